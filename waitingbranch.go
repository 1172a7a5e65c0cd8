package themeday

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// office: without a secretary nobody can plan (R19).
func (w *waiter) office() error {
	if w.secretary() == Bot {
		w.add(Pending{
			Key: "office/" + string(w.branch.ID), What: "没有书记，计划和请假没有人办", Rule: R19, Committee: true,
			Above: "名册补上书记后由管理员重新导入", Facts: []string{fmt.Sprintf("名册上%d人，没有一位的职务是书记", len(w.roster))},
		})
	}
	return nil
}

// stuckFor is how long a post of unknown outcome is pointed out: later nobody can tell any more.
const stuckFor = 7 * 24 * time.Hour

// unsent are the posts that found no group or nobody bound to whom they could go, and those of which nobody knows whether they went out.
func (w *waiter) unsent() error {
	group, private := Pending{}, map[PersonID]*Pending{}
	var order []PersonID
	for _, p := range w.planned {
		if p.Branch != w.branch.ID || !strings.HasPrefix(p.Note, HeldNote) {
			continue
		}
		if p.To == ToGroup {
			group.gather(p)
			continue
		}
		who := p.Person
		if p.To == ToSecretary {
			who = w.secretary()
		}
		if who == Bot {
			continue // told by the office
		}
		if private[who] == nil {
			private[who] = &Pending{}
			order = append(order, who)
		}
		private[who].gather(p)
	}
	if len(group.Facts) > 0 {
		group.Key, group.Rule, group.Secretary, group.Committee = "group/"+string(w.branch.ID), R06, true, true
		group.What = fmt.Sprintf("找不到群“%s”，%d条消息发不出去", w.branch.Group, len(group.Facts))
		group.Do, group.Above = "请把群名改成“"+w.branch.Group+"”，并保存到通讯录", "请支部把群名改成“"+w.branch.Group+"”"
		w.add(group)
	}
	for _, who := range order {
		p := private[who]
		p.Key, p.Rule, p.Committee, p.About = fmt.Sprintf("bound/%s/%d", w.branch.ID, who), R33, true, who
		p.What = fmt.Sprintf("%s还没有加好友或绑定，%d条私信发不出去", w.name(who), len(p.Facts))
		p.Above = fmt.Sprintf("绑定码 %s %s", w.branch.Name, w.name(who))
		w.add(*p)
	}
	return w.unknown()
}

// gather adds a post that could not go out.
func (p *Pending) gather(post Post) {
	if p.Since.IsZero() || post.Planned.Before(p.Since) {
		p.Since = post.Planned
	}
	p.Facts = append(p.Facts, fmt.Sprintf("%s：%s", post.Kind, strings.TrimPrefix(post.Note, HeldNote)))
}

func (w *waiter) unknown() error {
	var p Pending
	for _, s := range w.stuck {
		if s.Branch == w.branch.ID && s.State == Unknown && w.at.Before(s.SentAt.Add(stuckFor)) {
			if p.Since.IsZero() || s.SentAt.Before(p.Since) {
				p.Since = s.SentAt
			}
			p.Facts = append(p.Facts, fmt.Sprintf("%s：%s发出，不知道到了没有", s.Kind, w.when(s.SentAt)))
		}
	}
	if len(p.Facts) > 0 {
		p.Key, p.Rule, p.Committee = "unknown/"+string(w.branch.ID), R33, true
		p.What, p.Above = fmt.Sprintf("%d条消息不知道发出没有，不会自动重发", len(p.Facts)), "请管理员看聊天记录，没有的请支部代发"
		w.add(p)
	}
	return nil
}

// months: this month without a date (R01), and the last one without an activity.
func (w *waiter) months() error {
	m := w.today.MonthOf()
	days := PlanWarnDays(m, w.d.Rules.PlanWarnDays, w.d.Rules.PlanWarnBeforeEnd)
	dated, held := false, false
	for _, a := range w.activities[w.branch.ID] {
		dated = dated || a.Month == m && a.Dated()
		held = held || a.Month == m.Prev() && a.Done(SigningIn) && a.Over(w.at)
	}
	if !dated && len(days) > 0 && !w.today.Before(days[0]) {
		p := Pending{
			Key: fmt.Sprintf("plan/%s/%s", w.branch.ID, m), What: m.Chinese() + "还没有排定主题党日", Rule: R01, Secretary: true,
			Committee: w.today.Day >= w.d.Rules.PlanCommitteeDay, Since: days[0].Start(w.d.Zone), Due: m.Next().First().Start(w.d.Zone),
			Do: fmt.Sprintf("改期 %s 日期 14:00 事由", m.Chinese()), Above: fmt.Sprintf("下一步 %s", w.branch.Name), Kinds: []Kind{PlanMissing},
			Facts: []string{fmt.Sprintf("每月%s起没有日期就提醒，%d日起机关党委也看到", days[0].Chinese(), w.d.Rules.PlanCommitteeDay)},
		}
		if _, fixed, err := w.tx.FixedDay(w.branch.ID); err != nil {
			return err
		} else if !fixed {
			p.Do = "固定日 每月第2个周五 14:00-18:00 党员活动室"
		}
		w.add(p)
	}
	if held || w.needed {
		return nil
	}
	return w.missed(m.Prev())
}

// topics are the compulsory ones that are overdue: until then a post of their own reminds of them (R16).
func (w *waiter) topics() error {
	for _, m := range []YearMonth{w.today.MonthOf(), w.today.MonthOf().Next()} {
		a := Activity{ID: ActivityOf(w.branch.ID, m), Branch: w.branch.ID, Month: m}
		for _, known := range w.activities[w.branch.ID] {
			if known.Month == m {
				a = known
			}
		}
		lacking, err := w.d.LackingTopics(w.tx, a)
		if err != nil {
			return err
		}
		for _, t := range lacking {
			if a.Approved() || !w.today.After(t.Due) {
				continue
			}
			w.add(Pending{
				Key: fmt.Sprintf("topic/%s/%d", w.branch.ID, t.Number), Activity: a.ID, What: fmt.Sprintf("%s还没有安排必选主题“%s”", m.Chinese(), Shown(t.Text)), Rule: R16,
				Secretary: true, Committee: true, Since: t.At, Due: t.Due.AddDays(1).Start(w.d.Zone),
				Do: fmt.Sprintf("主题 %s 必选 %s", m.Chinese(), t.Text), Above: fmt.Sprintf("必选主题 %s", m.Chinese()), Kinds: []Kind{TopicRequired, TopicDue},
				Facts: []string{fmt.Sprintf("机关党委%s布置，%s前安排", w.when(t.At), t.Due.Chinese())},
			})
		}
	}
	return nil
}

// missed is a month without an activity of which secretary and committee were told (R01): nothing can be done about it any more.
func (w *waiter) missed(m YearMonth) error {
	told, _, err := w.tx.Post(fmt.Sprintf("%s/%s/%s/%s/secretary", Violation, R01, w.branch.ID, m))
	if err == nil && told.State == Sent {
		w.add(Pending{
			Key: fmt.Sprintf("missed/%s/%s", w.branch.ID, m), What: m.Chinese() + "没有开展主题党日", Rule: R01, Secretary: true, Committee: true, Past: true,
			Since: m.Next().First().Start(w.d.Zone), Do: "请在述职中说明原因", Above: "请支部在述职中说明原因",
			Facts: []string{"到月底没有签到记录"},
		})
	}
	return err
}

// filing: the year's plan that is not filed (R04).
func (w *waiter) filing() error {
	r := w.d.Rules
	for _, year := range []int{w.today.Year, w.today.Year + 1} {
		due := PlanFilingDue(year, time.Month(r.FilingMonth), r.FilingDay, w.d.Zone)
		warn := 0
		for _, n := range r.FilingWarnDays {
			warn = max(warn, n)
		}
		since := w.d.Day(due.Add(-1)).AddDays(-warn).Start(w.d.Zone)
		if w.filed[year][w.branch.ID] || w.at.Before(since) {
			continue
		}
		if _, fixed, err := w.tx.FixedDay(w.branch.ID); err != nil || !fixed {
			return err
		}
		w.add(Pending{
			Key: fmt.Sprintf("filing/%s/%d", w.branch.ID, year), What: fmt.Sprintf("%d年度计划没有备案", year), Rule: R04, Secretary: true,
			Committee: !w.at.Before(due), Since: since, Due: due, Do: fmt.Sprintf("年度计划 %d 报备", year), Above: fmt.Sprintf("备案 %d", year),
			Kinds: []Kind{FilingDue}, Facts: []string{fmt.Sprintf("应在%s前备案", w.d.Deadline(due))},
		})
	}
	return nil
}

// objections that nobody has answered (R33).
func (w *waiter) objections() error {
	all, err := w.tx.Objections(w.branch.ID)
	for _, o := range all {
		if !o.Open() || o.Activity == "" {
			continue
		}
		own := o.Person == w.secretary()
		rules := w.d.At(o.At).Rules
		becomes := o.At.AddDate(0, 0, rules.ObjectionCommittee)
		above := o.State == ObjectionAbove
		name, month := w.name(o.Person), o.month()
		w.add(Pending{
			Key: fmt.Sprintf("objection/%d", o.ID), Activity: o.Activity, What: fmt.Sprintf("%s对%s记录的异议没有答复", name, month), Rule: R33, Since: o.At, Due: becomes,
			Secretary: !own && !above, Committee: own || above || o.Against == w.secretary() || !w.at.Before(becomes),
			Do:    fmt.Sprintf("异议 %s 成立（或不成立） %s 说明", month, name),
			Above: fmt.Sprintf("异议 %s %s 成立（或不成立） %s 说明", w.branch.Name, month, name),
			Kinds: []Kind{ObjectionRaised, ObjectionDue}, About: o.Person,
			Facts: []string{w.when(o.At) + "提出", fmt.Sprintf("满%d天没有答复告诉机关党委", rules.ObjectionCommittee)},
		})
	}
	return err
}

// rectifications that the branch has to answer, or the committee to decide on: under the rule from which each comes.
func (w *waiter) rectifications() error {
	open, err := w.d.OpenRectificationsOf(w.tx, w.branch.ID)
	for _, r := range open {
		p := Pending{
			Key: fmt.Sprintf("rectify/%s", r.key()), What: fmt.Sprintf("整改第%d号（%s）%s", r.Number, r.Source, r.State.Chinese()), Rule: r.Rule(), Since: r.Opened, Due: r.Due,
			Secretary: true, Committee: !w.at.Before(r.Due), Do: fmt.Sprintf("整改 %d号 措施 做了什么", r.Number), Above: "整改 " + w.branch.Name,
			Kinds: []Kind{RectifyOpened, RectifyDecided, RectifyDuePost, RectifyOverdue},
			Facts: []string{w.when(r.Opened) + "提出，" + w.d.Deadline(r.Due) + "前完成"},
		}
		for _, s := range r.Steps {
			p.Since = s.At
			p.Facts = append(p.Facts, w.when(s.At)+s.Chinese())
		}
		if r.State == RectifyHanded {
			p.Secretary, p.Committee, p.Due, p.Kinds = false, true, time.Time{}, []Kind{RectifyHandedPost}
			p.Above = fmt.Sprintf("整改 %s %d号 通过（或退回 事由）", w.branch.Name, r.Number)
		}
		w.add(p)
	}
	return err
}

// findings that the branch has to answer, or the committee to decide on (R30).
func (w *waiter) findings() error {
	for _, f := range w.found[w.branch.ID] {
		if !f.Open() || f.Rectification != 0 {
			continue
		}
		p := Pending{
			Key: fmt.Sprintf("finding/%d", f.Number), What: fmt.Sprintf("巡查问题第%d号（%s）%s", f.Number, f.Kind, f.State.Chinese()), Rule: R30, Since: f.At, Due: f.Due,
			Secretary: true, Committee: !w.at.Before(f.Due), Do: fmt.Sprintf("整改 巡查 %d 措施 做了什么", f.Number), Above: "巡查 " + w.branch.Name,
			Kinds: []Kind{InspectionFinding, InspectionDecided, InspectionDue},
			Facts: []string{w.when(f.At) + "巡查发现，" + w.d.Deadline(f.Due) + "前整改"},
		}
		for _, s := range f.Steps {
			p.Since = s.At
			p.Facts = append(p.Facts, w.when(s.At)+s.Chinese())
		}
		if f.State == FindingHanded {
			p.Secretary, p.Committee, p.Due, p.Kinds = false, true, time.Time{}, []Kind{InspectionHanded}
			p.Above = fmt.Sprintf("巡查 销号 %d 说明（或重开）", f.Number)
		}
		w.add(p)
	}
	return nil
}

// visits: a draw named the branch and nobody went there (R30).
func (w *waiter) visits() error {
	if slices.Contains(w.drawn, w.branch.ID) {
		held, err := w.d.HeldFrom(w.tx, w.branch.ID, w.at)
		if err != nil {
			return err
		}
		w.add(Pending{
			NotFor: held,
			Key:    "visit/" + string(w.branch.ID), What: "抽查抽到，还没有去", Rule: R30, Committee: true, Kinds: []Kind{InspectionDrawn},
			Above: fmt.Sprintf("巡查 %s %s 现场 看到的情况", w.branch.Name, w.today.MonthOf().Chinese()), Facts: []string{"抽查之后没有巡查记录"},
		})
	}
	return nil
}
