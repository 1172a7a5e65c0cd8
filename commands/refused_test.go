package commands

import (
	"fmt"
	"strings"
	"testing"

	"themeday"
)

// refusals are the remembered refusals, one a line: hour, who, verb, branch, what.
func (s *stage) refusals() (out []string) {
	s.t.Helper()
	who := map[themeday.PersonID]string{themeday.Bot: "?"}
	for name, id := range s.people {
		who[id] = name
	}
	s.do(func(tx themeday.Tx) error {
		all, err := tx.EntriesAbout("refused", "")
		for _, e := range all {
			at := e.Entered.In(s.router.Desk.Zone).Format("01-02 15:04")
			out = append(out, fmt.Sprintf("%s %s %s %s %s", at, who[e.By], e.Verb, e.Branch, e.After))
			if e.Why != "" || e.Before != nil || e.Activity != "" || !e.Happened.Equal(e.Entered) {
				s.t.Errorf("an entry tells more than it should: %+v", e)
			}
			if (e.Verb == "测评") != (e.Message == "") {
				s.t.Errorf("message of %q: %q", e.Verb, e.Message)
			}
		}
		return err
	})
	return out
}

func (s *stage) remembers(want ...string) {
	s.t.Helper()
	if got := strings.Join(s.refusals(), "\n"); got != strings.Join(want, "\n") {
		s.t.Errorf("remembered:\n%s\nwant:\n%s", got, strings.Join(want, "\n"))
	}
}

func TestAnAttackOnAnotherBranchAndOnApprovalIsRefusedAndRemembered(t *testing.T) {
	s := newStage(t).approved()
	s.play(
		line{"03-02 09:00", "周红", private, "进度 第一支部 3月", "您不在第一支部的名单上"},
		line{"03-02 09:01", "周红", private, "主题 第一支部 3月 另一个主题", "您不在第一支部的名单上"},
		line{"03-02 09:02", "王强", private, "审定 第一支部 3月", "由机关党委来办"},
		line{"03-02 09:03", "何军", private, "固定日 每月第2个周五 14:00-18:00 会议室", "3月13日"},
		line{"03-02 09:04", "何军", private, "主题 3月 学习党章", "学习党章"},
		line{"03-02 09:05", "何军", private, "报审 3月", "已报"},
		line{"03-02 09:06", "何军", private, "审定 第三支部 3月", "自己支部的计划请机关党委其他同志审定"},
		line{"03-02 09:07", "张三", private, "固定日 每月第1个周五", "由书记来办"},
	)
	s.remembers(
		`03-02 09:00 周红 进度 第一支部 {"Rule":"R08","Code":"forbidden","Certain":true}`,
		`03-02 09:01 周红 主题 第一支部 {"Rule":"R08","Code":"forbidden","Certain":true}`,
		`03-02 09:02 王强 审定 第一支部 {"Rule":"R18","Code":"forbidden","Certain":true}`,
		`03-02 09:06 何军 审定 第三支部 {"Rule":"R18","Code":"forbidden","Certain":true}`,
		`03-02 09:07 张三 固定日 第一支部 {"Rule":"R03","Code":"forbidden","Certain":true}`,
	)
}

func TestWhoTriesAThousandTimesIsRememberedOnceAnHour(t *testing.T) {
	s := newStage(t).approved()
	for i := range 30 {
		s.play(line{fmt.Sprintf("03-02 09:%02d", 40+i%20), "周红", private, "进度 第一支部 3月", "您不在第一支部的名单上"})
	}
	s.play(line{"03-02 10:00", "周红", private, "进度 第一支部 3月", "您不在"}, line{"03-02 10:01", "周红", private, "下一步 第一支部", "您不在"})
	if n := len(s.refusals()); n != 3 {
		t.Errorf("%d entries, want 3", n)
	}
}

func TestWhatIsRefusedIsTakenBackAndStillRemembered(t *testing.T) {
	s := newStage(t)
	s.router.menu = append(s.router.menu, Command{Words: []string{"乱写"}, Who: Anyone, Run: func(c *Call) (themeday.Reply, error) {
		f := themeday.FixedDay{Place: "别处"}
		if err := c.Tx.PutFixedDay("第一支部", f, c.Message.At); err != nil {
			return themeday.Reply{}, err
		}
		return themeday.Reply{}, themeday.Refuse(themeday.Forbidden, themeday.R33, "不行")
	}})
	s.router.byWord["乱写"] = len(s.router.menu) - 1
	s.play(line{"03-02 09:00", "张三", private, "乱写", "不行"})
	s.remembers(`03-02 09:00 张三 乱写 第一支部 {"Rule":"R33","Code":"forbidden","Certain":true}`)
	s.do(func(tx themeday.Tx) error {
		if _, there, err := tx.FixedDay("第一支部"); there || err != nil {
			t.Errorf("what was refused stays: %v, %v", there, err)
		}
		return nil
	})
}

func TestASecondVoteIsRefusedAndRememberedToTheHour(t *testing.T) {
	s := newStage(t).held()
	s.play(line{"03-13 18:02", "林海", private, "绑定码 张三", "绑定码："})
	code := sixDigits.FindString(s.last.Text)
	s.play(
		line{"03-13 18:03", "路人", private, "绑定 " + code, "已绑定：张三"}, // one person in two chats
		line{"03-13 18:05", "张三", private, "满意 很好", "已收到"},
		line{"03-13 18:17", "路人", private, "不满意 不好", "您已经测评过"},
		line{"03-13 18:25", "张三", private, "评分 1 1 1 1", "您已经测评过"},
		line{"03-13 19:26", "张三", group, "基本满意", "您已经测评过"},
		line{"03-13 19:30", "李四", group, "满意", "您没有签到记录"},
	)
	if all := s.ballots(); len(all) != 1 || all[0].Scores != (themeday.Scores{5, 5, 5, 5}) {
		t.Errorf("ballots %+v", all)
	}
	s.remembers(
		`03-13 18:00 张三 测评 第一支部 {"Rule":"R25","Code":"conflict","Certain":true}`,
		`03-13 19:00 张三 测评 第一支部 {"Rule":"R25","Code":"conflict","Certain":true}`,
		`03-13 19:00 李四 测评 第一支部 {"Rule":"R25","Code":"forbidden","Certain":false}`,
	)
}

func TestACodeUsedTwiceByAnotherOrElsewhereIsRefusedAndRemembered(t *testing.T) {
	s := newStage(t).held()
	codes := s.codes("03-13 18:02", "邀评 3月 其他支部 3")
	s.play(
		line{"03-13 18:05", "周红", private, "满意 " + codes[0], "已收到"},
		line{"03-13 18:06", "周红", private, "不满意 " + codes[0], "已经用码测评过"},          // twice
		line{"03-13 18:07", "路人", private, "评分 " + codes[0] + " 1 1 1 1", "已经用过"}, // by another
		line{"03-13 18:08", "张三", private, "满意 " + codes[1], "给受邀的支部外人员用"},        // by a member
		line{"04-20 18:08", "周红", private, "满意 " + codes[1], "用于第一支部3月主题党日，测评已于3月14日 18:00截止"},
	)
	if n := len(s.ballots()); n != 1 {
		t.Errorf("%d ballots, want 1", n)
	}
	s.remembers(
		`03-13 18:00 周红 测评 第一支部 {"Rule":"R26","Code":"conflict","Certain":true}`,
		`03-13 18:00 ? 测评 第一支部 {"Rule":"R26","Code":"conflict","Certain":false}`,
		`03-13 18:00 张三 测评 第一支部 {"Rule":"R26","Code":"forbidden","Certain":true}`,
		`04-20 18:00 周红 测评 第一支部 {"Rule":"R26","Code":"too_late","Certain":true}`,
	)
	for _, c := range codes {
		s.secret(c)
	}
}

func TestARememberedRefusalIsNoStepToTakeBack(t *testing.T) {
	s := newStage(t).open()
	s.play(
		line{"03-13 13:50", "张三", private, "签到", "已签到"},
		line{"03-13 13:51", "张三", private, "审定 第一支部 3月", "由机关党委来办"},
		line{"03-13 13:52", "张三", private, "撤销", "签到"},
	)
	s.do(func(tx themeday.Tx) error {
		all, err := tx.SignIns("第一支部/2026-03")
		if len(all) != 0 {
			t.Errorf("the sign-in stands: %+v", all)
		}
		return err
	})
}

func TestTalkAndTyposAreNotRemembered(t *testing.T) {
	s := newStage(t).held()
	s.play(
		line{"03-13 18:05", "路人", group, "满意", ""},
		line{"03-13 18:05", "张三", private, "评分 6 6 6 6", "每项打1到5分"},
		line{"03-13 18:05", "路人", private, "满意 12345678", "没有这个评分码"},
		line{"03-13 18:05", "路人", private, "我的", "还没有认出您"},
	)
	s.remembers()
}
