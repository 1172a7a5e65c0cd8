package commands

import "testing"

func TestAMonthInABallotIsNoRemark(t *testing.T) {
	s := newStage(t).held()
	s.play(
		line{"03-13 18:05", "张三", private, "评分 1月 5 5 5 5", "现在测评的是3月的主题党日"},
		line{"03-13 18:05", "张三", private, "评分 3月 5 5 5 5", "已收到您的测评"},
		line{"03-13 18:06", "李敏", private, "满意 第一支部 1月", "现在测评的是3月的主题党日"},
		line{"03-13 18:06", "李敏", private, "满意 第一支部 3月", "已收到您的测评"},
	)
	for _, b := range s.ballots() {
		if b.Remark != "" {
			t.Errorf("a month is taken as the remark %q", b.Remark)
		}
	}
}

func TestNobodyObjectsToWhatHasNotBeenHeld(t *testing.T) {
	s := newStage(t).approved()
	s.play(line{"03-05 09:00", "张三", private, "异议 3月 我到会了", "还没有开展"})
}

func TestWithoutEvaluationsNoOutsiderIsAskedToRate(t *testing.T) {
	s := newStage(t).approved()
	s.router.Desk.Rules.NoEvaluation = true
	s.play(line{"03-05 09:00", "王强", private, "邀评 3月 党外人士 2", "不安排测评"})
}
