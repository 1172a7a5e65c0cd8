package themeday

import (
	"fmt"
	"slices"
	"strings"
)

// Submit sends an activity to the committee for approval (报审, step ②). Content that the topics plainly name is read from them.
func (d Desk) Submit(tx Tx, c Cause, a Activity) (Activity, error) {
	if err := d.open(a, c.At); err != nil {
		return a, err
	}
	if a.Approved() {
		return a, Refuse(Conflict, R18, "%s主题党日已经审定，不用再报", a.Month.Chinese())
	}
	if !a.Submitted.IsZero() && !a.Returned.After(a.Submitted) {
		return a, Refuse(Conflict, R18, "%s已于%s报审，正在等机关党委审定", a.Month.Chinese(), d.WhenFrom(a.Submitted, c.At))
	}
	n, err := d.change(tx, c, a, "", func(n *Activity) error {
		if len(n.Content) == 0 {
			n.Content = ContentOf(n.Topics)
		}
		n.Submitted = c.At
		return CanSubmit(*n)
	})
	if err != nil {
		return a, err
	}
	key := fmt.Sprintf("%s/%s/%d", ApprovalAsked, a.ID, c.At.Unix())
	return n, d.tellCommittee(tx, c, Post{Key: key, Kind: ApprovalAsked, Branch: a.Branch, Activity: a.ID, Expires: a.Starts})
}

// Approve is the committee's word that an activity may be held (审定, step ②).
// One that lacks a compulsory topic of its month (R16) is approved only with still (仍审), which stands in the ledger.
func (d Desk) Approve(tx Tx, c Cause, a Activity, still bool) (Activity, error) {
	if err := d.notHisOwn(tx, c, a); err != nil {
		return a, err
	}
	if err := CanApprove(a, c.At); err != nil {
		return a, err
	}
	why, err := d.withoutCompulsory(tx, a, still)
	if err != nil {
		return a, err
	}
	n, err := d.change(tx, c, a, why, func(n *Activity) error {
		n.complete(Approving, c.At, c.By)
		return nil
	})
	if err != nil {
		return a, err
	}
	return n, d.tellSecretary(tx, c, Post{Key: fmt.Sprintf("%s/%s/%d", Approved, a.ID, c.At.Unix()), Kind: Approved, Branch: a.Branch, Activity: a.ID, Expires: a.Starts})
}

// withoutCompulsory refuses an activity that lacks a compulsory topic, or says what is approved without it.
func (d Desk) withoutCompulsory(tx Tx, a Activity, still bool) (why string, err error) {
	lacking, err := d.LackingTopics(tx, a)
	if err != nil || len(lacking) == 0 {
		return "", err
	}
	var texts []string
	for _, t := range lacking {
		texts = append(texts, t.Text)
	}
	m := a.Month.Chinese()
	if !still {
		return "", Refuse(Conflict, R16, "%s%s还没有列入必选主题：%s。请退回：退回 %s %s 缺必选主题；仍要审定请发：审定 %s %s 仍审",
			a.Branch, m, strings.Join(texts, "；"), a.Branch, m, a.Branch, m)
	}
	return "未列入必选主题仍审定：" + strings.Join(texts, "；"), nil
}

// SendBack returns an activity to its branch with a reason (退回). An approval that has not led to a notice yet is taken back with it.
func (d Desk) SendBack(tx Tx, c Cause, a Activity, why string) (Activity, error) {
	if err := tooLong(R18, "退回事由", why, reasonMost); err != nil {
		return a, err
	}
	if strings.TrimSpace(why) == "" {
		return a, Refuse(Invalid, R18, "退回要写事由，例如：退回 %s %s 缺少党性锻炼内容", a.Branch, a.Month.Chinese())
	}
	if err := d.notHisOwn(tx, c, a); err != nil {
		return a, err
	}
	if a.Submitted.IsZero() || a.Returned.After(a.Submitted) {
		return a, Refuse(Missing, R18, "%s%s没有待审的报审", a.Branch, a.Month.Chinese())
	}
	if a.Done(Noticing) {
		return a, Refuse(TooLate, R18, "%s%s的预告已经发出，不能再退回", a.Branch, a.Month.Chinese())
	}
	n, err := d.change(tx, c, a, why, func(n *Activity) error {
		n.Returned, n.ReturnWhy = c.At, why
		n.Steps[Approving-1] = StepDone{}
		return d.open(*n, c.At)
	})
	if err != nil {
		return a, err
	}
	return n, d.tellSecretary(tx, c, Post{Key: fmt.Sprintf("%s/%s/%d", Returned, a.ID, c.At.Unix()), Kind: Returned, Branch: a.Branch, Activity: a.ID, Expires: a.Starts})
}

// notHisOwn keeps somebody of the committee from deciding on what he arranged himself: as secretary, deputy or branch committee member, or
// as the host.
func (d Desk) notHisOwn(tx Tx, c Cause, a Activity) error {
	roster, err := tx.Roster(a.Branch, d.Day(c.At))
	if err != nil {
		return err
	}
	who, _ := roster.Find(c.By)
	if leading(who.Offices) || a.Host != 0 && a.Host == c.By {
		return Refuse(Forbidden, R18, "自己支部的计划请机关党委其他同志审定")
	}
	mine, err := d.arranged(tx, c.By, a)
	if err != nil || !mine {
		return err
	}
	return Refuse(Forbidden, R18, "这项计划是您在%s任职时安排或报审的，换了岗位也不能自己审定，请机关党委其他同志来", a.Branch)
}

// arranging are the verbs that say what an activity is to be, and ask for its approval.
var arranging = []string{"主题", "内容", "议程", "改期", "委托主持", "借用", "报审"}

// arranged tells whether somebody had a hand in an activity before he was of the committee: he led the branch when it was submitted, or wrote
// something of its plan himself.
func (d Desk) arranged(tx Tx, p PersonID, a Activity) (bool, error) {
	if !a.Submitted.IsZero() {
		if led, err := d.leads(tx, p, a.Branch, a.Submitted); err != nil || led {
			return led, err
		}
	}
	all, err := tx.ActivityEntries(a.ID)
	return slices.ContainsFunc(all, func(e Entry) bool {
		return e.By == p && e.Noun == nounActivity && slices.Contains(arranging, e.Verb)
	}), err
}
