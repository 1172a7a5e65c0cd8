package scheduler

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"themeday"
)

// days lets days pass as the program does: the daily look at 00:05, then what falls due. It gives what went out of some kinds.
func (s *stage) days(from, to, kinds string) []said {
	s.t.Helper()
	var out []said
	for day := clockOf(s.t, from+" 00:05"); !day.After(clockOf(s.t, to+" 00:05")); day = day.AddDate(0, 0, 1) {
		date := day.Format("2006-01-02")
		s.do(date+" 00:05", func(tx themeday.Tx, at time.Time) error { return s.planner.Daily(tx, at) })
		for _, w := range s.run(date + " 23:59") {
			for _, k := range strings.Fields(kinds) {
				if string(w.kind) == k {
					out = append(out, w)
				}
			}
		}
	}
	return out
}

// items are the lines of a digest: what, rule, hours left.
func (w said) items() []string {
	var out []string
	all, _ := w.data["items"].([]any)
	for _, one := range all {
		i := one.(map[string]any)
		out = append(out, fmt.Sprintf("%s %v %v", i["what"], i["rule"], i["hours_left"]))
	}
	return out
}

func digestsDrawn(all []said) []string {
	var out []string
	for _, w := range all {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s: %s", w.at.In(shanghai).Format("01-02 15:04"), w.to, strings.Join(w.items(), "；"))))
	}
	return out
}

// submitted brings March to the committee and leaves it there.
func (s *stage) submitted() {
	s.t.Helper()
	s.act("2026-03-01 08:10", "王强", func(tx themeday.Tx, c themeday.Cause, _ themeday.Activity) error {
		if err := tx.PutFiling(themeday.Filing{Branch: first, Year: 2026, At: c.At}); err != nil {
			return err
		}
		_, _, err := s.desk.SetFixedDay(tx, c, first, themeday.FixedDay{Kind: themeday.NthWeekday, N: 2, Weekday: time.Friday, From: 14*60 + 30, To: 18*60 + 30, Place: "党员活动室"})
		return err
	})
	s.act("2026-03-01 08:20", "王强", func(tx themeday.Tx, c themeday.Cause, a themeday.Activity) error {
		a, err := s.desk.SetTopics(tx, c, a, []string{"学习党章", "重温入党誓词"})
		if err == nil {
			_, err = s.desk.Submit(tx, c, a)
		}
		return err
	})
}

func TestTheDigestNeverSaysWhatAPostOfItsOwnSaysThatDayOrSaidTheDayBefore(t *testing.T) {
	s := newStage(t)
	s.submitted()
	all := s.days("2026-03-02", "2026-03-12", "approval.asked approval.due digest")
	var told []said
	for _, w := range all {
		if w.to != string(themeday.ToSecretary) {
			told = append(told, w)
		}
	}
	// Asked on the 1st, 08:20. Its own posts come on the 5th and 7th, 09:00. In between the committee is told on the 4th, when it has let it wait
	// for 48 hours; from the 8th on every day: then it is past the day of the notice, which is news although it was said the day before.
	compare(t, digestsDrawn(told), `
		03-01 08:20 陈明: 
		03-04 08:00 陈明: 3月安排待审定 R18 88
		03-05 09:00 陈明: 
		03-07 09:00 陈明: 
		03-08 08:00 陈明: 3月安排待审定 R18 -8
		03-09 08:00 陈明: 3月安排待审定 R18 -32
		03-10 08:00 陈明: 3月安排待审定 R18 -56
		03-11 08:00 陈明: 3月安排待审定 R18 -80
		03-12 08:00 陈明: 3月安排待审定 R18 -104`)
}

func TestWhatBecomesOverdueIsNewsAtOnceAndThenOnceAWeek(t *testing.T) {
	s := newStage(t)
	s.submitted()
	s.do("2026-03-01 09:00", func(tx themeday.Tx, _ time.Time) error {
		return tx.PutPerson(themeday.Person{ID: s.people["陈明"], Name: "陈明"}) // nobody of the committee: the secretary alone is told
	})
	var got []string
	for _, w := range s.days("2027-01-24", "2027-02-20", "digest filing.due") {
		text := strings.Join(w.items(), "；")
		if w.kind == themeday.FilingDue {
			text = "2027年度计划没有备案"
		}
		if strings.Contains(text, "2027年度计划没有备案") {
			got = append(got, w.at.In(shanghai).Format("01-02 15:04 ")+string(w.kind))
		}
	}
	// Posts of its own come up to the deadline, 31 January at 24:00; the day after it is overdue, and then it comes once in seven days.
	compare(t, got, `
		01-24 09:00 filing.due
		01-30 09:00 filing.due
		02-01 08:00 digest
		02-08 08:00 digest
		02-15 08:00 digest`)
}

// ledgerHead is what changes with every entry in the weekly line to the committee.
var ledgerHead = regexp.MustCompile(`台账链首 [0-9a-f-]{14} · 第 \d+ 条`)

func TestWhoIsOfTheCommitteeAndSecretaryHearsBothSidesInOneMessage(t *testing.T) {
	s := newStage(t)
	s.submitted()
	s.do("2026-03-01 09:00", func(tx themeday.Tx, _ time.Time) error {
		people, err := tx.People()
		for _, p := range people {
			if p.ID == s.people["王强"] {
				p.Committee = true
				err = tx.PutPerson(p)
			}
		}
		return err
	})
	s.do("2026-03-01 09:00", func(tx themeday.Tx, at time.Time) error {
		if err := tx.PutBranch(themeday.Branch{ID: "第二支部", Name: "第二支部", Group: "第二支部"}); err != nil {
			return err
		}
		return tx.PutFinding(themeday.Found{Number: 1, Branch: first, Month: themeday.YearMonth{Year: 2026, Month: 2}, Kind: themeday.FoundShort, Text: "少", At: at, Due: clockOf(t, "2026-03-20 00:00"), State: themeday.FindingOpen})
	})
	var got []string
	for _, w := range s.days("2026-03-02", "2026-03-02", "digest weekly") {
		if w.to == "王强" || w.to == string(themeday.ToSecretary) {
			got = append(got, strings.Split(w.at.In(shanghai).Format("01-02 15:04 ")+string(w.kind)+" → "+w.to+": "+ledgerHead.ReplaceAllString(w.text, "台账链首 ……"), "\n")...)
		}
	}
	compare(t, got, `
		03-02 08:00 digest → 王强: 有1件事请机关党委看：
		
		· 第二支部：没有书记，计划和请假没有人办（第六条·R19）。名册补上书记后由管理员重新导入
		
		第一支部有1件事等您办：
		
		· 巡查问题第1号（缩减时间）待整改（第八条·R30，还有17天）。请发：整改 巡查 1 措施 做了什么
		03-02 08:30 weekly → 王强: 机器人正常工作。过去7天在2个支部发消息1条。现在有1件事等您，请发：情况
		第一支部（您任书记）：发消息1条。现在有1件事等您，请发：情况
		台账链首 ……`)
}

func TestNobodyHearsADigestWhenNothingNeedsHim(t *testing.T) {
	s := newStage(t)
	s.submitted()
	s.approve("2026-03-01 10:00")
	if got := s.days("2026-03-02", "2026-03-12", "digest"); len(got) != 0 {
		t.Errorf("%v", digestsDrawn(got))
	}
}

func TestTheWeeklyLineAlwaysComesOnMondays(t *testing.T) {
	s := newStage(t)
	s.submitted()
	s.approve("2026-03-01 10:00")
	got := s.days("2026-03-01", "2026-03-16", "weekly")
	compare(t, transcript(got), `
		03-02 08:30 weekly → 陈明: 机器人正常工作。过去7天在1个支部发消息1条。审定1次，平均用时2小时。现在没有要您办的事。
		03-02 08:30 weekly → secretary: 机器人正常工作。过去7天在第一支部发消息1条。现在没有要您办的事。
		03-09 08:30 weekly → 陈明: 机器人正常工作。过去7天在1个支部发消息2条。现在没有要您办的事。
		03-09 08:30 weekly → secretary: 机器人正常工作。过去7天在第一支部发消息2条。现在没有要您办的事。
		03-16 08:30 weekly → 陈明: 机器人正常工作。过去7天在1个支部发消息13条。现在有1件事等您，请发：情况
		03-16 08:30 weekly → secretary: 机器人正常工作。过去7天在第一支部发消息13条。现在有1件事等您，请发：情况`)
}

func TestDigestsComeAtTheHourThatIsSet(t *testing.T) {
	s := newStage(t)
	s.planner.Schedule = scheduleOf(t, map[string]string{"digest": "30 7 * * *", "weekly": "0 12 * * 3"})
	s.submitted()
	var got []string
	for _, w := range s.days("2026-03-02", "2026-03-04", "digest weekly") {
		got = append(got, w.at.In(shanghai).Format("01-02 15:04 ")+string(w.kind)+" "+w.to)
	}
	compare(t, got, `
		03-04 07:30 digest 陈明
		03-04 12:00 weekly 陈明
		03-04 12:00 weekly secretary`)
}

func TestWhatIsSettledBeforeTheHourFallsOutOfTheDigest(t *testing.T) {
	s := newStage(t)
	s.submitted()
	s.days("2026-03-02", "2026-03-03", "digest")
	s.do("2026-03-04 00:05", func(tx themeday.Tx, at time.Time) error { return s.planner.Daily(tx, at) })
	s.post("digest/2026-03-04/" + fmt.Sprint(s.people["陈明"]))
	s.approve("2026-03-04 07:59")
	for _, w := range s.run("2026-03-04 23:59") {
		if w.kind == themeday.Digest {
			t.Errorf("%v", w)
		}
	}
}
