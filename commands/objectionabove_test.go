package commands

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"themeday"
)

func TestASignInOfWhoHasRatedIsTakenBackAndHisBallotStays(t *testing.T) {
	s := newStage(t).held()
	s.play(line{"03-13 18:05", "王强", private, "补签 赵六 手机坏了", "已为赵六补签"})
	s.until("03-13 18:06")
	s.play(
		line{"03-13 18:10", "赵六", private, "评分 5 4 5 5", "谢谢"},
		line{"03-13 18:20", "赵六", private, "异议 3月 我没有到会", "已转书记"},
		line{"03-13 18:21", "王强", private, "异议 成立 赵六 认错人了", "成立，已告诉本人和机关党委（这条是您自己录入的）。签到已撤销，按未到会登记；本人已参加测评，评分不记名，找不出来，照旧计入，台账已注明"},
		line{"03-13 18:22", "赵六", private, "我的", "缺席 & 异议成立"},
		line{"03-13 18:23", "赵六", private, "评分 5 4 5 5", "!谢谢"},
	)
	if s.inMarch("赵六") {
		t.Error("an upheld objection left the sign-in")
	}
	s.do(func(tx themeday.Tx) error {
		id := themeday.ActivityOf(group, march)
		ballots, err := tx.Ballots(id)
		check(t, err)
		voters, err := tx.Voters(id)
		check(t, err)
		if len(ballots) != voters || voters == 0 {
			t.Errorf("%d ballots of %d who rated", len(ballots), voters)
		}
		entries, err := tx.EntriesAbout("signin", "")
		check(t, err)
		last := entries[len(entries)-1]
		if !strings.Contains(last.Why, "如已评分，票不记名，找不出来，照旧计入") || !strings.HasSuffix(last.Key, "/"+fmt.Sprint(s.people["赵六"])) {
			t.Errorf("the ledger says %q of %s", last.Why, last.Key)
		}
		owed, err := tx.Makeups(id)
		for _, m := range owed {
			if m.Person == s.people["赵六"] {
				return err
			}
		}
		t.Error("he owes no make-up study")
		return err
	})
}

func TestAnAnswerThatAMemberDoesNotAcceptGoesUpToTheCommittee(t *testing.T) {
	s := newStage(t).held()
	s.play(
		line{"03-13 19:00", "赵六", private, "异议 上级 3月 我到会了", "请先向支部提异议"},
		line{"03-13 19:01", "赵六", private, "异议 3月 我到会了", "已转书记"},
		line{"03-13 19:02", "赵六", private, "异议 上级 3月 我到会了", "还在等答复，满7天没有答复会告诉机关党委"},
		line{"03-13 19:03", "王强", private, "异议 不成立 赵六 没看见他", "不成立，已告诉本人"},
	)
	if said := s.rendered(themeday.ObjectionAnswered, "03-13 19:04"); !strings.Contains(said, "异议 上级 3月 理由") {
		t.Errorf("the member is told:\n%s", said)
	}
	s.until("03-13 19:05")
	s.play(
		line{"03-13 19:05", "张三", private, "异议 上级 3月 我到会了", "请先向支部提异议"}, // not his
		line{"03-13 19:05", "赵六", private, "异议 上级", "要写理由"},
		line{"03-13 19:05", "赵六", private, "异议 上级 3月 " + strings.Repeat("长", 201), "最多200字"},
		line{"03-13 19:06", "赵六", group, "异议 上级 3月 合影里有我", "私:已请机关党委复核"},
		line{"03-13 19:07", "赵六", private, "异议 上级 3月 合影里有我", "已在机关党委，正等复核"},
		line{"03-13 19:07", "王强", private, "异议 不成立 赵六 没看见他", "由机关党委答复"},
		line{"03-13 19:07", "李敏", private, "异议 成立 赵六 看见了", "由机关党委答复"},
		line{"03-13 19:07", "赵六", private, "我的 全部", "异议：合影里有我"},
		line{"03-13 19:08", "林海", private, "异议 第一支部 3月 成立 赵六", "例如：异议 第一支部 3月 成立 赵六 核对过签到册"},
	)
	if told := strings.Join(s.posted(themeday.ObjectionRaised), ","); !strings.Contains(told, "何军 planned") || !strings.Contains(told, "林海 planned") {
		t.Errorf("of the committee are told: %s", told)
	}
	if said := s.rendered(themeday.ObjectionRaised, "03-13 19:09"); !strings.Contains(said, "请机关党委复核：合影里有我") || !strings.Contains(said, "王强此前答复：不成立。没看见他") ||
		!strings.Contains(said, "异议 第一支部 3月 成立 赵六 说明") {
		t.Errorf("the committee is told:\n%s", said)
	}
	s.until("03-17 08:59")
	if due := strings.Join(s.posted(themeday.ObjectionDue), ","); strings.Contains(due, "secretary planned") || !strings.Contains(due, "林海 planned") {
		t.Errorf("whom the delay concerns: %s", due)
	}
	s.play(
		line{"03-17 09:30", "林海", private, "异议 第一支部 3月 成立 赵六 合影里有他", "成立，已告诉本人。确实到会的请第一支部书记发：补签 3月 赵六 事由"},
		line{"03-17 09:31", "赵六", private, "异议 上级 3月 再看看", "已经成立，不用再报上级"},
		line{"03-17 09:32", "赵六", private, "我的 全部", "林海答复：成立。合影里有他"},
	)
	s.do(func(tx themeday.Tx) error {
		entries, err := tx.EntriesAbout("objection", "")
		if len(entries) != 4 {
			t.Errorf("%d entries of the objection, want raised, answered, taken up, answered", len(entries))
		}
		return err
	})
}

func TestTheCommitteesAnswerIsTheLastAndAnotherOneOfItGivesIt(t *testing.T) {
	s := newStage(t).held()
	s.play(
		line{"03-13 19:00", "赵六", private, "异议 3月 我到会了", "已转书记"},
		line{"03-13 19:01", "林海", private, "异议 第一支部 3月 不成立 赵六 没有他", "不成立"},
		line{"03-13 19:02", "赵六", private, "异议 上级 有照片", "已请机关党委复核"},
		line{"03-13 19:03", "林海", private, "异议 第一支部 3月 不成立 赵六 没有他", "您已经答复过，请机关党委其他同志（何军）来复核"},
		line{"03-13 19:04", "何军", private, "异议 第一支部 3月 不成立 赵六 照片里没有", "不成立，已告诉本人"},
		line{"03-13 19:05", "赵六", private, "异议 上级 3月 还是不服", "机关党委已经复核，这是最后的答复"},
	)
	if said := s.rendered(themeday.ObjectionAnswered, "03-13 19:06"); !strings.Contains(said, "这是机关党委复核的结果") {
		t.Errorf("said:\n%s", said)
	}
}

func TestTheTermsOfAnObjectionAreRules(t *testing.T) {
	s := newStage(t).held()
	r := themeday.DefaultRules()
	r.ObjectWithin, r.ObjectionRemind, r.ObjectionCommittee = 48*time.Hour, 1, 2
	day := themeday.Date{Year: 2026, Month: time.March, Day: 14}
	book := themeday.Rulebook{{Rules: themeday.DefaultRules()}, {From: day, Rules: r}}
	s.router.Desk.Book, s.planner.Desk.Book = book, book
	s.play(
		line{"03-13 18:20", "王强", private, "规则 R33", "告知后24小时内提异议，3天没有答复提醒书记，7天告诉机关党委 & 2026年3月14日起改为 & 告知后48小时内"},
		line{"03-13 18:30", "王强", private, "补签 赵六 手机坏了", "已为赵六补签"},
	)
	s.until("03-13 18:31")
	s.play(line{"03-15 12:00", "赵六", private, "异议 3月 我没有到会", "!48小时 & !24小时"})
	s.until("03-17 09:01")
	if all := strings.Join(s.posted(themeday.ObjectionDue), ","); !strings.Contains(all, "secretary sent") {
		t.Errorf("after a day: %s", all)
	}
	s.until("03-18 09:01")
	if all := strings.Join(s.posted(themeday.ObjectionDue), ","); !strings.Contains(all, "林海 sent") {
		t.Errorf("after two days: %s", all)
	}
}
