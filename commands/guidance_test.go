package commands

import (
	"slices"
	"strings"
	"testing"
	"time"

	"themeday"
)

// guided adds to the stage: 陈国华, who guides 第一支部 and 第三支部 and is a member of 第二支部; 罗明, a leader of no branch who guides 第二支部; and
// a member of 第三支部 who is called 陈国华 as well.
func (s *stage) guided() *stage {
	s.t.Helper()
	s.do(func(tx themeday.Tx) error {
		leader := func(key string, guides ...themeday.BranchID) themeday.PersonID {
			id := s.person(tx, key, false)
			check(s.t, tx.PutPerson(themeday.Person{ID: id, Name: key, Liaison: true}))
			check(s.t, tx.PutGuides(id, guides))
			return id
		}
		chen := leader("陈国华", group, "第三支部")
		leader("罗明", group2)
		check(s.t, tx.PutMembership(themeday.Membership{Branch: group2, Person: chen, Number: 9, Offices: themeday.Offices{themeday.Member}, Category: themeday.Formal, Card: "陈国华"}))
		same := s.person(tx, "陈国华二", false)
		return tx.PutMembership(themeday.Membership{Branch: "第三支部", Person: same, Number: 9, Offices: themeday.Offices{themeday.Member}, Category: themeday.Formal, Card: "陈国华"})
	})
	for _, g := range []string{group, group2} {
		s.net.join(g, "陈国华", "陈国华")
		s.net.join(g, "罗明", "罗明")
	}
	s.net.join("第三支部", "陈国华二", "陈国华")
	// the two of one name have one remark: nobody is taken for the other by it; the leader has shown a code
	s.do(func(tx themeday.Tx) error {
		return tx.PutBinding(themeday.Binding{Account: account, Session: s.net.Session(), Sighting: s.net.sighting("陈国华", private).ID, Person: s.people["陈国华"], Level: themeday.Certain, At: s.clock("01-05 09:00")})
	})
	return s
}

// tally is March's, in figures.
func (s *stage) tally(branch string) (t themeday.Tally) {
	s.t.Helper()
	a := s.activityOf(branch, march)
	s.do(func(tx themeday.Tx) (err error) { t, err = s.desk().Tally(tx, a); return err })
	return t
}

// came are March's guests of a branch with their kinds, and the people of a name in the house.
func (s *stage) guestsOf(branch string) (out []string) {
	s.t.Helper()
	a := s.activityOf(branch, march)
	s.do(func(tx themeday.Tx) error {
		all, err := tx.Guests(a.ID)
		for _, g := range all {
			who := g.Name
			if g.Person != s.people[who] {
				who += "(another)"
			}
			out = append(out, who+" "+g.Kind)
		}
		return err
	})
	return out
}

func TestAGuidingLeaderSignsInAsAGuestAndIsNeverInTheQuorum(t *testing.T) {
	s := newStage(t).guided().open()
	s.play(
		line{"03-13 13:40", "陈国华", group, "签到", ""},
		line{"03-13 13:41", "陈国华", private, "签到", "您已于13:40签到"},
		line{"03-13 13:42", "罗明", group, "到", ""},
		line{"03-13 13:42", "林海", group, "签到", ""},
	)
	s.want("signed in", s.signins(group), "陈国华 self", "罗明 self")
	s.want("guests", s.guestsOf(group), "陈国华 联系领导", "罗明 联系领导")
	if n := s.tally(group); n.Due != 9 || n.Present != 0 || n.Guests != 2 {
		t.Errorf("tally %+v, want 9 due, none present, two guests", n)
	}
}

func TestAGuidingLeaderMaySignInInPrivateWhereItCanBeMeant(t *testing.T) {
	s := newStage(t).guided().open()
	s.play(
		line{"03-13 13:40", "陈国华", private, "签到", "陈国华，已签到"},
		line{"03-13 13:41", "罗明", private, "签到 第一支部", "罗明，已签到"},
		line{"03-13 13:42", "罗明", private, "撤销", "已撤销：签到"},
	)
	s.want("signed in", s.signins(group), "陈国华 self")
	s.want("guests", s.guestsOf(group), "陈国华 联系领导")
}

func TestTheSecretaryFindsTheLeaderAndNotHisNamesake(t *testing.T) {
	s := newStage(t).guided().approved()
	s.play(line{"03-02 09:00", "王强", private, "列席 3月 陈国华 联系领导", "陈国华（联系领导）列席 & 不会在群里提"})
	s.want("guests", s.guestsOf(group), "陈国华 联系领导")
	s.play(
		line{"03-02 09:01", "王强", group, "列席 3月 罗明", "私:罗明（联系领导）列席"},
		line{"03-02 09:02", "王强", private, "列席 3月 林海 机关党委", "林海（机关党委）列席"},
		line{"03-02 09:03", "王强", private, "列席 3月 何方 联系领导", "名册上没有叫“何方”的联系领导 & R10"},
		line{"03-02 09:04", "王强", private, "列席 3月 钱伟 路过", "列席身份没有“路过” & 积极分子、发展对象"},
		line{"03-02 09:05", "王强", private, "列席 3月 陈国华 群众代表", "按两个人记"},
	)
	s.until("03-13 13:30")
	s.play(
		line{"03-13 13:40", "王强", private, "纸 1-2 罗明", "录入3人"},
		line{"03-13 13:41", "王强", private, "代签 联系领导陈国华 手机没电", "已为陈国华代签"},
		line{"03-13 13:42", "王强", private, "代签 林海 手机没电", "已为林海代签"},
		line{"03-13 13:43", "王强", private, "代签 路某 手机没电", "名单上没有“路某”"},
	)
	s.want("signed in", s.signins(group), "王强 paper", "李敏 paper", "罗明 paper", "陈国华 proxy", "林海 proxy")
	if n := s.tally(group); n.Present != 2 || n.Guests != 3 {
		t.Errorf("tally %+v, want two present and three guests", n)
	}
}

func TestAMemberWhoBearsTheNameOfALeaderIsToldApart(t *testing.T) {
	s := newStage(t).guided().open()
	s.do(func(tx themeday.Tx) error {
		id := s.people["陈国华二"]
		return tx.PutMembership(themeday.Membership{Branch: group, Person: id, Number: 20, Offices: themeday.Offices{themeday.Member}, Category: themeday.Formal, Card: "陈国华"})
	})
	s.play(
		line{"03-13 13:40", "王强", private, "代签 陈国华 没电", "有两位陈国华 & 本支部陈国华 & 联系领导陈国华"},
		line{"03-13 13:41", "王强", private, "代签 联系领导陈国华 没电", "已为陈国华代签"},
	)
	if n := s.tally(group); n.Present != 0 || n.Guests != 1 {
		t.Errorf("tally %+v, want one guest", n)
	}
	s.play(line{"03-13 13:42", "王强", private, "代签 本支部陈国华 没电", "已为陈国华代签"})
	if n := s.tally(group); n.Present != 1 || n.Guests != 1 {
		t.Errorf("tally %+v, want one present and one guest", n)
	}
}

func TestALeaderIsAnOrdinaryMemberOfHisOwnBranch(t *testing.T) {
	s := newStage(t).guided().open()
	s.play(
		line{"03-13 13:40", "陈国华", group2, "签到", "还没有排定"},
		line{"03-13 13:41", "陈国华", private, "请假 第一支部 出差", "列席的同志不用请假"},
		line{"03-13 13:42", "陈国华", private, "名单 第一支部", "您不在第一支部的名单上"},
		line{"03-13 13:43", "罗明", private, "活动 第三支部", "您不在第三支部的名单上"},
	)
}

func TestWhoCameCommentsAndTheSecretaryHearsItInPrivate(t *testing.T) {
	s := newStage(t).guided().open()
	s.play(
		line{"03-13 13:40", "陈国华", group, "签到", ""},
		line{"03-13 13:40", "陈国华", private, "点评 第一支部 3月 优点好", "还没有开始"},
		line{"03-13 15:40", "罗明", private, "点评 第一支部 3月 优点好", "没有罗明的签到记录 & 代签 罗明 & R27"},
		line{"03-13 15:40", "陈国华", private, "点评 第一支部 3月", "请写点评内容"},
		line{"03-13 15:40", "陈国华", private, "点评 第一支部 8月 优点好", "8月主题党日还没有开始"},
		line{"03-13 15:40", "陈国华", private, "点评 第一支部 1月 优点好", "1月没有主题党日"},
		line{"03-13 15:40", "陈国华", private, "点评 第一支部 3月 " + strings.Repeat("好", 1001), "最多1000字"},
		line{"03-13 15:41", "陈国华", private, "点评 优点：准备充分；不足：讨论少；方向：多联系工作", "已记下第一支部3月主题党日的点评"},
		line{"03-13 15:42", "张三", private, "点评 3月 优点好", "张三在第一支部是普通党员 & R09"},
		line{"03-13 15:42", "张三", group, "点评一下", ""},
		line{"03-13 15:42", "张三", group, "点评 大家说说", ""},
		line{"03-13 15:43", "林海", private, "点评 第一支部 3月 优点好", "没有林海的签到记录"},
		line{"03-13 15:44", "王强", private, "代签 林海 没带手机", "已为林海代签"},
		line{"03-13 15:45", "林海", group, "点评 优点：发言踊跃", "私:已记下"},
		line{"03-13 15:46", "王强", private, "点评 3月 罗明 讲得实在", "没有罗明的签到记录"},
		line{"03-13 15:46", "王强", private, "点评 3月", "代录点评请写姓名和内容"},
		line{"03-13 15:47", "王强", private, "代签 罗明 没带手机", "已为罗明代签"},
		line{"03-13 15:48", "王强", private, "点评 3月 罗明 讲得实在", "已代录罗明 & 书记代录"},
		line{"03-13 15:50", "陈国华", private, "点评 第一支部 优点：准备充分；不足：时间紧", "已记下"},
		line{"03-13 15:50", "陈国华", private, "点评 第一支部 优点：准备充分；不足：时间紧", "不用再发"},
	)
	s.until("03-13 15:55")
	heard := s.sent(themeday.CommentGiven)
	if len(heard) != 3 {
		t.Errorf("the secretary heard %q, want three words, none of what he wrote down himself", heard)
	}
	var got []string
	a := s.activity()
	s.do(func(tx themeday.Tx) error {
		f, err := s.desk().RecordForm(tx, a)
		for _, c := range f.Comments {
			got = append(got, c.Name+" "+c.Office+" "+c.Text+" "+c.Dictated)
		}
		return err
	})
	s.want("comments", got, "林海 机关党委 优点：发言踊跃 ", "罗明 联系领导 讲得实在 王强", "陈国华 联系领导 优点：准备充分；不足：时间紧 ")
	for _, text := range s.public {
		for _, no := range []string{"陈国华", "罗明", "讲得实在", "发言踊跃", "时间紧"} {
			if strings.Contains(text, no) {
				t.Errorf("the group read %q", text)
			}
		}
	}
}

func TestACommentComesWithinAWeekAndIntoAFiledFormOnlyByCorrection(t *testing.T) {
	s := newStage(t).guided().open()
	s.play(line{"03-13 13:40", "陈国华", group, "签到", ""}, line{"03-13 13:41", "张三", group, "签到", ""})
	s.until("03-20 10:00")
	s.play(
		line{"03-20 20:00", "陈国华", private, "点评 第一支部 3月 优点好", "已记下"},
		line{"03-20 20:01", "陈国华", private, "撤销", "已撤销：点评"},
		line{"03-21 08:00", "陈国华", private, "点评 第一支部 3月 优点好", "点评到3月20日截止"},
	)
	a := s.activity()
	s.do(func(tx themeday.Tx) error {
		a.Filed, a.FiledBy = s.clock("03-15 09:00"), s.people["王强"]
		return tx.PutActivity(a)
	})
	s.play(
		line{"03-19 08:00", "陈国华", private, "点评 第一支部 3月 优点好", "已上报 & 更正 3月 点评 陈国华"},
		line{"03-22 08:00", "王强", private, "更正 3月 点评 陈国华 优点好", "已更正3月：点评"},
	)
}

func TestALeaderSeesHisOwnTwoLivesAndTheCommitteeEverybodys(t *testing.T) {
	s := newStage(t).guided().open()
	s.play(line{"03-13 13:40", "陈国华", group, "签到", ""}, line{"03-13 15:40", "陈国华", private, "点评 第一支部 优点好", "已记下"})
	s.until("03-13 20:00")
	s.play(
		line{"03-14 09:00", "陈国华", private, "指导", "陈国华 & 联系第一支部：四个季度到场1、0、0、0次 & 联系第三支部：四个季度到场0 & 还有17天，未到场：第三支部 & 联系支部的下一次活动 & 第一支部：4月10日 & !罗明"},
		line{"03-14 09:01", "陈国华", group, "领导 2026", "私:陈国华"},
		line{"03-14 09:02", "林海", private, "领导 2026", "陈国华 & 罗明 & 联系第二支部 & 未到场：第二支部（罗明）、第三支部（陈国华） & !下一次"},
		line{"03-14 09:03", "张三", private, "领导", "由联系领导看自己的 & R10"},
		line{"03-14 09:03", "张三", group, "领导 2026", ""},
		line{"03-14 09:03", "张三", group, "领导来了", ""},
		line{"03-14 09:03", "路人", private, "领导", "还没有认出您"},
		line{"03-14 09:04", "林海", private, "领导 今年", "后面只写年份"},
	)
}

func TestBeforeTheQuarterEndsLeadersAndTheCommitteeHearOnceWhatIsUnvisited(t *testing.T) {
	s := newStage(t).guided().open()
	s.play(line{"03-13 13:40", "陈国华", group, "签到", ""})
	for _, at := range []string{"03-13 20:00", "03-14 00:05", "03-15 00:05"} {
		s.do(func(tx themeday.Tx) error { return s.planner.Daily(tx, s.clock(at)) })
	}
	s.want("told", s.guidance("03-16 09:00"), "何军", "林海", "罗明", "陈国华")
	s.until("03-16 12:00")
	s.do(func(tx themeday.Tx) error { return s.planner.Daily(tx, s.clock("03-17 00:05")) })
	s.want("again", s.guidance("03-17 09:00"))
}

// guidance renders what of guidance is planned for an instant and gives who reads it, and fails where somebody reads what is not his.
func (s *stage) guidance(at string) (out []string) {
	s.t.Helper()
	s.do(func(tx themeday.Tx) error {
		all, err := tx.PlannedPosts(s.clock(at).Add(time.Minute))
		for _, p := range all {
			if p.Kind != themeday.GuidanceDue {
				continue
			}
			r, err := s.planner.Render(tx, p, s.clock(at))
			if err != nil {
				return err
			}
			who := s.name(p.Person)
			out = append(out, who)
			want := map[string]string{
				"陈国华": "您联系的支部里还没有到场指导的有1个（第三条·R10）：第三支部。下一次活动：", "罗明": "到场指导的有1个（第三条·R10）：第二支部。下一次活动：",
				"林海": "支部2个（第三条·R10）：第二支部（罗明）、第三支部（陈国华）。", "何军": "支部2个（第三条·R10）：第二支部（罗明）、第三支部（陈国华）。",
			}[who]
			if text := strings.Join(r.Texts, "\n"); !strings.Contains(text, want) || !strings.Contains(text, "第1季度还有15天") {
				s.t.Errorf("%s reads %q, want %q", who, text, want)
			}
		}
		return err
	})
	slices.Sort(out)
	return out
}

func TestALeaderSignsInByAChainAndItsOtherLinesClaimNothingForHim(t *testing.T) {
	s := newStage(t).guided().open()
	s.play(line{"03-13 13:40", "陈国华", group, "#接龙\n主题党日签到\n\n1. 陈国华", ""})
	s.want("signed in", s.signins(group), "陈国华 chain")
	s.want("guests", s.guestsOf(group), "陈国华 联系领导")
}
