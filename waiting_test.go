package themeday_test

import (
	"fmt"
	"testing"
	"time"

	"themeday"
)

// waits puts facts into branch 一, whose secretary is 王强 (1) and whose member is 张三 (2), and draws what waits there at an instant: rule, who is
// waited for, what, how it stands, and what is typed.
func waits(t *testing.T, at string, put func(tx themeday.Tx) error) []string {
	t.Helper()
	s := newPlanStage(t)
	var out []string
	s.do(func(tx themeday.Tx) error {
		for i, office := range []themeday.Office{themeday.Secretary, themeday.Member} {
			if _, err := tx.AddPerson(themeday.Person{Name: []string{"王强", "张三"}[i]}); err != nil {
				return err
			}
			for _, b := range []themeday.BranchID{"一", "二"} {
				if err := tx.PutMembership(themeday.Membership{Branch: b, Person: themeday.PersonID(i + 1), Number: i + 1, Offices: themeday.Offices{office}, Category: themeday.Formal}); err != nil {
					return err
				}
			}
		}
		if err := tx.PutFiling(themeday.Filing{Branch: "一", Year: 2026, At: bookAt("01-10 09:00")}); err != nil {
			return err
		}
		if err := put(tx); err != nil {
			return err
		}
		open, err := s.desk.WaitingIn(tx, []themeday.Branch{{ID: "一", Name: "第一支部", Group: "一"}}, bookAt(at))
		for _, p := range open {
			who, do := p.Holder(), p.Do
			if p.Committee {
				who, do = who+"+", p.Above
			}
			out = append(out, fmt.Sprintf("%s %s %s（%s）%s", p.Rule, who, p.What, p.Stand(bookAt(at)), do))
		}
		return err
	})
	return out
}

// marchOf is the activity of 13 March 2026, 14:00 to 18:00, with its steps done up to one.
func marchOf(done themeday.Step, alter func(*themeday.Activity)) func(themeday.Tx) error {
	m := themeday.YearMonth{Year: 2026, Month: time.March}
	a := themeday.Activity{ID: themeday.ActivityOf("一", m), Branch: "一", Month: m, Version: 1, Topics: []string{"学习党章"}, Starts: bookAt("03-13 14:00"), Ends: bookAt("03-13 18:00")}
	for s := themeday.Deciding; s <= done; s++ {
		a.Steps[s-1].At = bookAt("03-02 09:00")
	}
	if alter != nil {
		alter(&a)
	}
	return func(tx themeday.Tx) error { return tx.PutActivity(a) }
}

func TestWhatWaitsIsToldWithItsHoursAndItsCommand(t *testing.T) {
	nothing := func(themeday.Tx) error { return nil }
	and := func(all ...func(themeday.Tx) error) func(themeday.Tx) error {
		return func(tx themeday.Tx) error {
			for _, one := range all {
				if err := one(tx); err != nil {
					return err
				}
			}
			return nil
		}
	}
	const march = themeday.ActivityID("一/2026-03")
	nominated := func(tx themeday.Tx) error {
		feb := themeday.YearMonth{Year: 2026, Month: time.February}
		if err := tx.PutActivity(themeday.Activity{ID: "一/2026-02", Branch: "一", Month: feb}); err != nil {
			return err
		}
		return tx.PutCase(themeday.Case{Activity: "一/2026-02", State: themeday.CaseNominated, Highlights: "人人发言", Nominated: bookAt("03-04 08:00"), By: 1})
	}
	for _, c := range []struct {
		name, at string
		put      func(themeday.Tx) error
		want     []string
	}{
		{"nothing in the first days of a month", "03-09 23:59", nothing, nil},
		{"no date from the 10th on", "03-10 00:00", nothing, []string{"R01 书记 3月还没有排定主题党日（还有22天）固定日 每月第2个周五 14:00-18:00 党员活动室"}},
		{"the committee sees it from the 20th on", "03-20 00:00", nothing, []string{"R01 书记+ 3月还没有排定主题党日（还有12天）下一步 第一支部"}},
		{"submitted", "03-06 10:30", marchOf(themeday.Deciding, func(a *themeday.Activity) { a.Submitted = bookAt("03-05 10:00") }), []string{"R18 机关党委+ 3月安排待审定（还有37小时，已等24小时）审定 第一支部 3月"}},
		{"sent back", "03-06 10:00", marchOf(themeday.Deciding, func(a *themeday.Activity) {
			a.Submitted, a.Returned = bookAt("03-05 10:00"), bookAt("03-05 11:00")
		}), []string{"R18 书记 3月安排被退回，还没有重报（还有38小时）报审 3月"}},
		{"not submitted nine days before", "03-04 10:00", marchOf(themeday.Deciding, nil), nil},
		{"not submitted eight days before", "03-05 10:00", marchOf(themeday.Deciding, nil), []string{"R18 书记 3月安排还没有报审（还有62小时）报审 3月"}},
		{"not submitted, and the notice is late", "03-08 01:00", marchOf(themeday.Deciding, nil), []string{"R18 书记+ 3月安排还没有报审（已逾期1天）下一步 第一支部"}},
		{"approved, all is well", "03-12 10:00", marchOf(themeday.Noticing, nil), nil},
		{"a leave to decide", "03-12 10:00", and(marchOf(themeday.Noticing, nil), func(tx themeday.Tx) error {
			return tx.PutLeave(themeday.Leave{Activity: march, Person: 2, At: bookAt("03-12 08:00"), State: themeday.LeaveAsked, Reason: "病"})
		}), []string{"R13 书记 张三请3月的假，等批（还有28小时）准假 张三（或不准 张三 事由）"}},
		{"a form to file", "03-14 10:00", marchOf(themeday.Summing, nil), []string{"R22 书记 3月纪实表还没有上报（还有38小时）上报 3月"}},
		{"a form without a summary", "03-14 10:00", marchOf(themeday.Evaluating, nil), []string{"R22 书记 3月纪实表还没有上报（还有38小时）总结 3月 成效……不足……下步……"}},
		{"a form that is overdue", "03-16 10:00", marchOf(themeday.Summing, nil), []string{"R22 书记+ 3月纪实表还没有上报（已逾期1天）进度 第一支部 3月"}},
		{"a form on the first instant too late", "03-16 00:00", marchOf(themeday.Summing, nil), []string{"R22 书记+ 3月纪实表还没有上报（已逾期1天）进度 第一支部 3月"}},
		{"make-up study handed in", "03-20 10:00", and(marchOf(themeday.Summing, func(a *themeday.Activity) { a.Filed = bookAt("03-14 10:00") }), func(tx themeday.Tx) error {
			return tx.PutMakeup(themeday.Makeup{Activity: march, Person: 2, State: themeday.MakeupHanded, Due: bookAt("03-28 00:00"), Handed: bookAt("03-20 08:00")})
		}), []string{"R20 书记 张三交了3月的补学，等确认（已等2小时）补学 过 张三 3月（或补学 退 张三 3月 事由）"}},
		{"make-up study overdue", "03-28 10:00", and(marchOf(themeday.Summing, func(a *themeday.Activity) { a.Filed = bookAt("03-14 10:00") }), func(tx themeday.Tx) error {
			return tx.PutMakeup(themeday.Makeup{Activity: march, Person: 2, State: themeday.MakeupOwed, Due: bookAt("03-28 00:00")})
		}), []string{"R20 书记 张三没有补3月的学习（已逾期1天）请本人私信发：补学 心得……"}},
		{"an objection", "03-15 10:00", and(marchOf(themeday.Summing, func(a *themeday.Activity) { a.Filed = bookAt("03-14 10:00") }), func(tx themeday.Tx) error {
			return tx.AddObjection(themeday.Objection{Branch: "一", Activity: march, Person: 2, Text: "我到了", At: bookAt("03-15 08:00")})
		}), []string{"R33 书记 张三对3月记录的异议没有答复（还有6天）异议 3月 成立（或不成立） 张三 说明"}},
		{"a best case that was nominated", "03-05 10:00", nominated, []string{"R29 机关党委+ 2月主题党日申报了最佳案例，等评选（已等26小时）最佳案例 选 第一支部 2月 评语（看申报发：最佳案例 2026）"}},
		{"one that nobody chose for 90 days", "06-02 08:00", nominated, nil},
		{"one of a quarter that has its best cases", "03-05 10:00", and(nominated, func(tx themeday.Tx) error {
			if err := tx.PutActivity(themeday.Activity{ID: "二/2026-01", Branch: "二", Month: themeday.YearMonth{Year: 2026, Month: time.January}}); err != nil {
				return err
			}
			return tx.PutCase(themeday.Case{Activity: "二/2026-01", State: themeday.CaseChosen, Nominated: bookAt("03-01 08:00"), Version: 1})
		}), nil},
		{"a rectification", "03-05 10:00", func(tx themeday.Tx) error {
			return tx.PutRectification(themeday.Rectification{Branch: "一", Number: 1, Source: themeday.ByCommittee, Text: "台账不全", Opened: bookAt("03-01 08:00"), Due: bookAt("03-07 00:00"), State: themeday.RectifyOpen})
		}, []string{"R28 书记 整改第1号（机关党委）待整改（还有38小时）整改 1号 措施 做了什么"}},
		{"measures handed in", "03-05 10:00", func(tx themeday.Tx) error {
			return tx.PutRectification(themeday.Rectification{
				Branch: "一", Number: 1, Source: themeday.ByCommittee, Text: "台账不全", Opened: bookAt("03-01 08:00"), Due: bookAt("03-07 00:00"), State: themeday.RectifyHanded,
				Steps: []themeday.RectifyStep{{Kind: themeday.RectifyHanded, At: bookAt("03-04 08:00")}},
			})
		}, []string{"R28 机关党委+ 整改第1号（机关党委）待复查（已等26小时）整改 第一支部 1号 通过（或退回 事由）"}},
		{"a finding", "03-05 10:00", func(tx themeday.Tx) error {
			return tx.PutFinding(themeday.Found{Number: 1, Branch: "一", Month: themeday.YearMonth{Year: 2026, Month: 2}, Kind: themeday.FoundShort, Text: "少", At: bookAt("03-04 08:00"), Due: bookAt("03-20 00:00"), State: themeday.FindingOpen})
		}, []string{"R30 书记 巡查问题第1号（缩减时间）待整改（还有14天）整改 巡查 1 措施 做了什么"}},
		{"a post without a group", "03-05 10:00", func(tx themeday.Tx) error {
			p := themeday.Post{Key: "x", Kind: themeday.Notice, Branch: "一", To: themeday.ToGroup, State: themeday.Waiting, Note: themeday.HeldNote + "no group", Due: bookAt("03-05 09:50"), Planned: bookAt("03-05 09:00"), Expires: bookAt("03-06 09:00")}
			return tx.PutPost(p)
		}, []string{"R06 书记+ 找不到群“一”，1条消息发不出去（已等1小时）请支部把群名改成“一”"}},
		{"somebody unbound", "03-05 10:00", func(tx themeday.Tx) error {
			p := themeday.Post{Key: "x", Kind: themeday.ForecastPost, Branch: "一", To: themeday.ToSecretary, State: themeday.Waiting, Note: themeday.HeldNote + "no friend", Due: bookAt("03-05 09:50"), Planned: bookAt("03-05 08:00"), Expires: bookAt("03-06 09:00")}
			return tx.PutPost(p)
		}, []string{"R33 机关党委+ 王强还没有加好友或绑定，1条私信发不出去（已等2小时）绑定码 第一支部 王强"}},
		{"a post of unknown outcome", "03-05 10:00", func(tx themeday.Tx) error {
			return tx.PutPost(themeday.Post{Key: "x", Kind: themeday.Notice, Branch: "一", To: themeday.ToGroup, State: themeday.Unknown, Due: bookAt("03-05 09:00"), SentAt: bookAt("03-05 09:00")})
		}, []string{"R33 机关党委+ 1条消息不知道发出没有，不会自动重发（已等1小时）请管理员看聊天记录，没有的请支部代发"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := waits(t, c.at, c.put); fmt.Sprint(got) != fmt.Sprint(c.want) {
				t.Errorf("got\n%q\nwant\n%q", got, c.want)
			}
		})
	}
}

func TestTheMostPressingComesFirst(t *testing.T) {
	got := waits(t, "03-14 10:00", func(tx themeday.Tx) error {
		if err := marchOf(themeday.Summing, nil)(tx); err != nil {
			return err
		}
		for i, due := range []string{"03-20 00:00", "03-14 12:00", "03-13 12:00"} {
			r := themeday.Rectification{Branch: "一", Number: i + 1, Source: themeday.ByCommittee, Text: "x", Opened: bookAt("03-01 08:00"), Due: bookAt(due), State: themeday.RectifyOpen}
			if err := tx.PutRectification(r); err != nil {
				return err
			}
		}
		return nil
	})
	want := []string{
		"R28 书记+ 整改第3号（机关党委）待整改（已逾期2天）整改 第一支部", "R28 书记 整改第2号（机关党委）待整改（还有2小时）整改 2号 措施 做了什么",
		"R22 书记 3月纪实表还没有上报（还有38小时）上报 3月", "R28 书记 整改第1号（机关党委）待整改（还有5天）整改 1号 措施 做了什么",
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}
