package commands

import (
	"strings"
	"testing"

	"themeday"
)

func TestACommentInTheWrongGroupTellsThatGroupNothing(t *testing.T) {
	s := newStage(t).guided()
	before := len(s.public)
	s.play(
		line{"03-13 15:00", "林海", group2, "点评 第一支部 3月 优点：好", "私:请私信我发 & !第一支部 & !3月"},
		line{"03-13 15:01", "张三", group2, "点评 第一支部 3月 优点：好", ""},
		line{"03-13 15:02", "林海", group, "点评 第二支部 3月 优点：好", "私:别的支部的点评不在这个群里发"},
	)
	for _, text := range s.public[before:] {
		if strings.Contains(text, "支部") || strings.Contains(text, "3月") {
			t.Errorf("a group reads %q", text)
		}
	}
}

func TestTheGroupReadsAChangeOfDateOnce(t *testing.T) {
	s := newStage(t).approved()
	s.until("03-08 09:01")
	s.play(line{"03-09 10:00", "王强", group, "改期 3月 3月20日 14:00 会议冲突", "私:3月主题党日改到3月20日"})
	before := len(s.public)
	s.until("03-09 10:05")
	if said := s.public[before:]; len(said) != 1 || !strings.Contains(said[0], "3月20日") {
		t.Errorf("the group reads %q", said)
	}
	s.play(line{"03-09 10:06", "王强", group, "改期 3月 3月20日 14:00 会议冲突", "不用改"})
}

func TestALeadersNameIsWarnedOfInADateAFixedDayAndWhatIsBorrowed(t *testing.T) {
	s := newStage(t).approved()
	s.do(func(tx themeday.Tx) error {
		_, err := tx.AddPerson(themeday.Person{Name: "高远", Liaison: true})
		return err
	})
	const warned = "里面写了领导同志（高远） & 不在群里预告"
	s.play(
		line{"03-02 10:00", "王强", private, "改期 3月 3月20日 14:00 请高远讲党课", "改到3月20日 & " + warned},
		line{"03-02 10:01", "王强", group, "固定日 每月第2个周五 14:00-18:00 高远局长办公室", "私:" + warned},
		line{"03-02 10:02", "王强", private, "固定日 每月第2个周五 14:00-18:00 党员活动室", "!领导同志"},
	)
}

func TestAMemberOfAnotherBranchIsAGuestUnderHisOwnName(t *testing.T) {
	s := newStage(t).approved()
	s.play(
		line{"03-02 09:00", "王强", private, "列席 3月 周红 其他 支部党员", "周红（其他支部党员） & 就是第二支部的周红，用本人的微信"},
		line{"03-02 09:01", "王强", private, "列席 3月 何军 群众", "第三支部也有一位何军，按两个人记 & 列席 3月 何军 其他支部党员"},
		line{"03-02 09:02", "王强", private, "列席 3月 钱伟 其他支部的党员", "钱伟（其他支部党员） & !也有"},
		line{"03-02 09:03", "王强", private, "列席 3月 孙明 其他（共建单位）", "孙明（其他（共建单位））"},
	)
	s.do(func(tx themeday.Tx) error {
		guests, err := tx.Guests(themeday.ActivityOf(group, march))
		for _, g := range guests {
			if g.Name == "周红" && g.Person != s.people["周红"] {
				t.Error("周红 is somebody else as a guest")
			}
		}
		return err
	})
}

func TestAnInspectionByWhoIsKeptOutDoesNotTellOfTheDraw(t *testing.T) {
	s := newStage(t)
	s.do(func(tx themeday.Tx) error {
		return tx.PutDraw(themeday.Draw{
			Number: 1, Commitment: "c", Committed: s.clock("03-01 09:00"), Seed: "s", Drawn: s.clock("03-01 11:00"), By: s.people["林海"],
			On: themeday.Date{Year: 2026, Month: 3, Day: 1}, Candidates: []themeday.Candidate{{Branch: group, Weight: 1, Place: 1}, {Branch: "第三支部", Weight: 1}},
		})
	})
	s.play(
		line{"03-02 09:00", "何军", private, "巡查 第一支部 3月 现场 按时开展", "已记下巡查第1号 & !抽查"},
	)
}

func TestTheHostOfTheNextActivitySeesTheList(t *testing.T) {
	s := newStage(t).approved()
	s.play(
		line{"03-02 09:00", "李敏", private, "名单", "由主持人或书记来办"},
		line{"03-02 09:01", "王强", private, "委托主持 3月 李敏 外出开会", "委托李敏主持"},
		line{"03-02 09:02", "李敏", private, "名单", "第一支部名单（3月）"},
		line{"03-02 09:03", "陈静", private, "名单", "由主持人或书记来办"},
	)
}

func TestTheBurdenOfAYearAndSinceWhenARuleHolds(t *testing.T) {
	s := newStage(t).approved()
	s.play(
		line{"03-02 09:00", "王强", private, "负担 2026", "第一支部2026年负担 & 为什么 负担 第一支部 2026年 & !每人平均"},
		line{"03-02 09:01", "林海", private, "负担 第一支部 2026", "第一支部2026年负担"},
		line{"03-02 09:02", "王强", private, "负担 2027", "没有2027年的数字 & 负担 2026"},
		line{"03-02 09:03", "王强", group, "负担 2026 太重", ""},
		line{"03-02 09:04", "王强", private, "为什么 负担 第一支部 2026年", "2026年"},
		line{"03-02 09:05", "王强", private, "规则 R12", "80% & 启用以来一直如此"},
		line{"03-02 09:06", "王强", private, "规则 R11", "!一直如此"},
	)
}

func TestTheCheckupOfAllBranchesSaysEachThingOnce(t *testing.T) {
	s := newStage(t)
	for _, who := range []string{"王强", "周红", "何军"} {
		s.play(line{"03-01 08:00", who, private, "固定日 每月第2个周五 14:00-18:00 会议室", "3月13日"})
	}
	s.play(line{"03-01 08:10", "林海", private, "体检 2026", "第一支部、第二支部、第三支部4月：预告"})
	for _, l := range strings.Split(s.last.Text, "\n") {
		if l != "" && strings.Count(s.last.Text, l) > 1 {
			t.Errorf("%q stands there twice", l)
		}
	}
	if n := strings.Count(s.last.Text, "清明节放假"); n != 1 {
		t.Errorf("the same risk is told %d times", n)
	}
}

func TestAMergerThatIsHalfSaidIsAnsweredWithWhatIsMissing(t *testing.T) {
	s := newStage(t)
	s.play(
		line{"03-02 09:00", "林海", private, "支部 合并", "请写明是哪个支部 & 支部 合并 第二支部 到 第一支部 事由"},
		line{"03-02 09:01", "林海", private, "支部 合并 第一支部", "并到哪个支部 & 前一个撤销，后一个留下"},
		line{"03-02 09:02", "林海", private, "支部 合并 第一支部 到 第七支部 精简", "没有“第七支部” & 相近的有：第一支部"},
		line{"03-02 09:03", "林海", private, "支部 更名 第一 党建支部", "没有“第一”这个支部 & 第一支部"},
	)
}
