package commands

import (
	"strings"
	"testing"

	"themeday"
)

func (s *stage) ballots() (out []themeday.Ballot) {
	s.t.Helper()
	s.do(func(tx themeday.Tx) (err error) { out, err = tx.Ballots("第一支部/2026-03"); return err })
	return out
}

func TestScoresAreReadHoweverTheyAreTyped(t *testing.T) {
	for said, want := range map[string]string{
		"评分 5 4 5 5": "", "評分 5 4 5 5": "", "评分5 4 5 5": "", "评分 5，4，5，5": "", "评分 5、4、5、5": "", "评分：5,4,5,5": "", "测评 5 4 5 5": "", "评分 5455": "",
		"评分5455": "", "评分　５　４　５　５": "", "评分 5分 4分 5分 5分": "", "评分 5 4 5 5。": "",
		"评分 5 4 5 5 很好": "很好", "评分 5 4 5 5，希望多讨论": "希望多讨论", "评分 5455 3个小组都好": "3个小组都好", "评分5 4 5 5\n很好": "很好",
	} {
		s, remark, ok := scoresOf(said)
		if !ok || s != (themeday.Scores{5, 4, 5, 5}) || remark != want {
			t.Errorf("%q read as %v %q %v", said, s, remark, ok)
		}
	}
	for _, said := range []string{"评分", "评分 5 4 5", "评分 很好", "评分 5 4 5 五", "评分 满意"} {
		if s, remark, ok := scoresOf(said); ok {
			t.Errorf("%q read as %v %q", said, s, remark)
		}
	}
}

// scoresOf reads scores as the router would in private.
func scoresOf(said string) (themeday.Scores, string, bool) {
	h, _ := New(Router{}).read(themeday.Message{Text: said})
	return readScores(h.line.Rest)
}

func TestWhoTookPartRatesOnceAndTheGroupHearsNoScores(t *testing.T) {
	s := newStage(t).held()
	before := len(s.public)
	s.play(
		line{"03-13 18:05", "张三", private, "评分 5 4 5 3 投影看不清", "已收到您的测评 & 不记名 & !投影"},
		line{"03-13 18:06", "张三", private, "评分 1 1 1 1", "您已经测评过"},
		line{"03-13 18:06", "张三", group, "满意", "您已经测评过"},
		line{"03-13 18:07", "李敏", group, "评分 1 2 1 2 内容太散", ""},
		line{"03-13 18:08", "陈静", group, "基本滿意", ""},
		line{"03-13 18:09", "王强", group, "不满意！", ""},
		line{"03-13 18:09", "王五", private, "满意 送学上门很贴心", "已收到"},
	)
	if n := len(s.ballots()); n != 5 {
		t.Errorf("%d ballots, want 5", n)
	}
	s.until("03-14 19:00")
	for _, text := range s.public[before:] {
		if strings.Contains(text, "1 2 1 2") {
			t.Errorf("the group reads scores in %q", text)
		}
	}
	s.secret("投影看不清")
	s.secret("内容太散")
	s.secret("5,4,5,3")
}

func TestWrongScoresAreRefused(t *testing.T) {
	s := newStage(t).held()
	s.play(
		line{"03-13 18:05", "张三", private, "评分 6 4 5 5", "每项打1到5分"},
		line{"03-13 18:05", "张三", private, "评分 5 4 5", "请给四项各打1到5分 & 主题特色鲜明"},
		line{"03-13 18:05", "张三", group, "评分 5 4 5", "请给四项各打1到5分"},
		line{"03-13 18:05", "张三", private, "评分", "请给四项各打1到5分"},
	)
	if n := len(s.ballots()); n != 0 {
		t.Errorf("%d ballots, want none", n)
	}
}

func TestRatingsAreTakenOnlyWhileTheEvaluationIsOpenAndOnlyFromWhoWasThere(t *testing.T) {
	s := newStage(t).open()
	s.play(line{"03-13 13:40", "张三", group, "签到", ""})
	s.until("03-13 15:00")
	s.play(
		line{"03-13 15:00", "张三", group, "满意", ""},
		line{"03-13 15:00", "张三", private, "满意", "活动结束后开始测评"},
		line{"03-13 15:00", "张三", group, "评分 5 4 5 5", "活动结束后开始测评"},
	)
	s.until("03-13 18:01")
	s.play(
		line{"03-13 18:05", "李四", group, "满意", "您没有签到记录"},
		line{"03-13 18:05", "路人", group, "满意", ""},
		line{"03-13 18:05", "周红", private, "满意", "没有测评"},
	)
	s.until("03-14 18:30")
	s.play(line{"03-14 18:30", "张三", group, "满意", ""}, line{"03-14 18:30", "张三", private, "满意", "测评已于18:00截止"},
		line{"03-14 18:30", "张三", group, "评分 5 4 5 5", "截止"})
	if n := len(s.ballots()); n != 0 {
		t.Errorf("%d ballots, want none", n)
	}
}

func TestTalkOfSatisfactionIsNotAnswered(t *testing.T) {
	s := newStage(t).held()
	for _, said := range []string{"满意度怎么样", "评分在哪里看", "满意吗", "测评链接呢", "大家满意就好", "满意 度怎么样", "基本满意吧？", "评分标准是什么", "评分 怎么打", "测评：在哪", "满意 吗？", "满意，不是吗"} {
		s.play(line{"03-13 18:05", "张三", group, said, ""})
	}
	if n := len(s.ballots()); n != 0 {
		t.Errorf("%d ballots, want none", n)
	}
}

func TestAGuestRatesToo(t *testing.T) {
	s := newStage(t).approved()
	s.play(line{"03-02 09:00", "王强", private, "列席 3月 钱伟 积极分子", "列席"})
	s.net.stranger("钱伟")
	s.until("03-13 13:30")
	s.play(line{"03-13 13:40", "钱伟", group, "签到", ""}, line{"03-13 13:41", "张三", group, "签到", ""})
	s.until("03-13 18:01")
	s.play(line{"03-13 18:05", "钱伟", group, "评分 5 4 5 5", ""})
	if all := s.ballots(); len(all) != 1 || all[0].Outside {
		t.Errorf("ballots %+v, want one among the branch's own", all)
	}
}

func TestAMemberOfTwoBranchesRatesAndStudiesWhereHeCan(t *testing.T) {
	s := newStage(t).held()
	s.play(
		line{"03-13 18:05", "吴青", private, "满意", "已收到您的测评"},
		line{"03-13 18:06", "吴青", private, "我的", "请先写支部名"},
		line{"03-13 18:07", "吴青", private, "补学 我学习了", "请先写支部名"},
	)
}

func TestAMemberOfTwoBranchesStudiesForTheOneThatHeOwes(t *testing.T) {
	s := newStage(t).open()
	s.play(line{"03-13 13:50", "王强", group, "签到", ""})
	s.until("03-13 19:30")
	s.play(line{"03-14 09:00", "吴青", private, "补学 我学习了党章", "3月的补学已收到"})
}

func TestWhoSignedInAsAGuestRatesInPrivate(t *testing.T) {
	s := newStage(t).held()
	s.do(func(tx themeday.Tx) error {
		s.person(tx, "秦岭", true)
		s.person(tx, "孙积", false)
		s.person(tx, "钱远", false)
		a, _, err := tx.Activity("第一支部/2026-03")
		check(t, err)
		check(t, tx.PutGuest(themeday.Guest{Activity: a.ID, Person: s.people["孙积"], Name: "孙积"}))
		for _, who := range []string{"林海", "秦岭", "孙积"} {
			check(t, tx.PutSignIn(themeday.SignIn{Activity: a.ID, Person: s.people[who], At: a.Starts, Entered: a.Starts, How: themeday.Proxy, Guest: true}))
		}
		return nil
	})
	s.play(
		line{"03-13 18:05", "秦岭", private, "满意", "已收到您的测评"},
		line{"03-13 18:06", "秦岭", private, "评分 5 4 5 5", "您已经测评过"},
		line{"03-13 18:07", "孙积", private, "评分 5 4 5 5", "已收到您的测评"},
		line{"03-13 18:08", "林海", private, "评分 第一支部 5 4 5 5", "已收到您的测评"},
		line{"03-13 18:09", "何军", private, "满意", "!已收到"},
		line{"03-13 18:10", "钱远", private, "满意", "!已收到"},
		line{"03-30 18:10", "秦岭", private, "满意", "!已收到"},
	)
	if got := len(s.ballots()); got != 3 {
		t.Errorf("%d ballots, want three", got)
	}
}
