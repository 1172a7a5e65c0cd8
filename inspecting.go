package themeday

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// findingMost leaves room for kind and month, with which a finding becomes what a rectification is about.
const findingMost = reasonMost - 50

// ByInspection is the source of rectifications that follow from findings.
const ByInspection = "巡查"

// PartyGroups are the names of a branch's party groups (党小组), as its roster has them.
func (r BranchRoster) PartyGroups() []string {
	var out []string
	seen := map[string]bool{"": true}
	for _, c := range r {
		if !seen[c.PartyGroup] {
			seen[c.PartyGroup] = true
			out = append(out, c.PartyGroup)
		}
	}
	return out
}

// Inspect records an inspection (巡查). It counts as drawn when a draw named the branch and nobody went there since.
func (d Desk) Inspect(tx Tx, c Cause, i Inspection) (Inspection, error) {
	i.Text = strings.TrimSpace(i.Text)
	if err := d.canInspect(tx, c, i.Branch, i.Month); err != nil {
		return i, err
	}
	switch today := d.Day(c.At); {
	case i.Text == "":
		return i, Refuse(Invalid, R30, "巡查要写看到的情况，例如：巡查 %s %s %s 按时开展，记录齐全", i.Branch, i.Month.Chinese(), i.Way)
	case i.On.After(today):
		return i, Refuse(Invalid, R30, "巡查日期不能晚于今天（%s）", today.Chinese())
	}
	if err := tooLong(R30, "巡查情况", i.Text, noteMost); err != nil {
		return i, err
	}
	all, err := tx.Inspections("")
	if err != nil {
		return i, err
	}
	i.Number, i.By, i.At = len(all)+1, c.By, c.At
	if i.Draw, err = openDraw(tx, i.Branch, all); err != nil {
		return i, err
	}
	own, err := d.OwnInspection(tx, c.By, i.Branch, c.At)
	if err != nil {
		return i, err
	}
	if err := note(tx, c, "", nounInspection, fmt.Sprint(i.Number), nil, i, own); err != nil {
		return i, err
	}
	return i, tx.PutInspection(i)
}

// canInspect keeps somebody from inspecting the branch that he leads, and everybody from months to come.
func (d Desk) canInspect(tx Tx, c Cause, b BranchID, m YearMonth) error {
	if m.After(d.Day(c.At).MonthOf()) {
		return Refuse(Invalid, R30, "%s还没有到，不能巡查", m.Chinese())
	}
	own, err := d.leads(tx, c.By, b, c.At)
	if err != nil || !own {
		return err
	}
	others, err := othersOfCommittee(tx, c.By)
	if err == nil && others {
		err = Refuse(Forbidden, R30, "不能巡查自己任书记或支委的支部，请机关党委其他同志来")
	}
	return err
}

// othersOfCommittee tells whether the committee has anybody but one.
func othersOfCommittee(tx Tx, but PersonID) (bool, error) {
	members, err := Committees(tx)
	return slices.ContainsFunc(members, func(p Person) bool { return p.ID != but }), err
}

// ofOwn is what the ledger says of an inspection by somebody who leads the branch, which is only where the committee is nobody but he.
const ofOwn = "巡查人在本支部任职，机关党委只有他一人"

// OwnInspection tells whether somebody inspects or decides on what he leads himself, and what the ledger says of it.
func (d Desk) OwnInspection(tx Tx, p PersonID, b BranchID, at time.Time) (string, error) {
	own, err := d.leads(tx, p, b, at)
	return yes(own, ofOwn, ""), err
}

// leads tells whether somebody is secretary, deputy or of the branch committee of a branch.
func (d Desk) leads(tx Tx, p PersonID, b BranchID, at time.Time) (bool, error) {
	roster, err := tx.Roster(b, d.Day(at))
	who, _ := roster.Find(p)
	return who.Offices.Has(Secretary) || who.Offices.Has(Deputy) || who.Offices.Has(CommitteeMember), err
}

// openDraw is the number of the last draw that named a branch, unless somebody went there for it already; 0 for none.
func openDraw(tx Tx, b BranchID, inspected []Inspection) (int, error) {
	draws, err := tx.Draws()
	return openAmong(draws, b, inspected), err
}

func openAmong(draws []Draw, b BranchID, inspected []Inspection) int {
	named := 0
	for _, x := range draws {
		for _, p := range x.Picked() {
			if p.Branch == b {
				named = x.Number
			}
		}
	}
	for _, i := range inspected {
		if i.Branch == b && i.Draw == named {
			return 0
		}
	}
	return named
}

// AwaitingVisit are the branches that a draw named and where nobody went for it.
func AwaitingVisit(tx Tx) ([]BranchID, error) {
	branches, err := tx.Branches()
	if err != nil {
		return nil, err
	}
	inspected, err := tx.Inspections("")
	if err != nil {
		return nil, err
	}
	draws, err := tx.Draws()
	var out []BranchID
	for _, b := range branches {
		if openAmong(draws, b.ID, inspected) > 0 && b.Closed == (Date{}) {
			out = append(out, b.ID)
		}
	}
	return out, err
}

// Find notes a finding (巡查 … 问题); the secretary is told in private. A zero deadline is the usual one.
func (d Desk) Find(tx Tx, c Cause, f Found) (Found, error) {
	f.Text = strings.TrimSpace(f.Text)
	if err := d.canInspect(tx, c, f.Branch, f.Month); err != nil {
		return f, err
	}
	if f.Text == "" {
		return f, Refuse(Invalid, R30, "问题要写说明，例如：巡查 %s %s 问题 %s 说明", f.Branch, f.Month.Chinese(), f.Kind)
	}
	if err := tooLong(R30, "问题说明", f.Text, findingMost); err != nil {
		return f, err
	}
	if f.Due.IsZero() {
		f.Due = RecordDue(c.At, d.Rules.FindingDays, d.Zone)
	}
	if !f.Due.After(c.At) {
		return f, Refuse(Invalid, R30, "整改期限要在今天以后，例如：巡查 %s %s 问题 %s %d天 说明", f.Branch, f.Month.Chinese(), f.Kind, d.Rules.FindingDays)
	}
	all, err := tx.Findings("")
	if err != nil {
		return f, err
	}
	f.Number, f.By, f.At, f.State = len(all)+1, c.By, c.At, FindingOpen
	if f.Inspection, err = inspectionOf(tx, f); err != nil {
		return f, err
	}
	own, err := d.OwnInspection(tx, c.By, f.Branch, c.At)
	if err != nil {
		return f, err
	}
	if err := putFinding(tx, c, nil, f, own); err != nil {
		return f, err
	}
	return f, d.tellSecretary(tx, c, f.post(InspectionFinding, c.At))
}

// inspectionOf is the last inspection of the finding's activity by the same person; 0 for none.
func inspectionOf(tx Tx, f Found) (int, error) {
	all, err := tx.Inspections(f.Branch)
	n := 0
	for _, i := range all {
		if i.Month == f.Month && i.By == f.By && i.PartyGroup == f.PartyGroup {
			n = i.Number
		}
	}
	return n, err
}

func putFinding(tx Tx, c Cause, before any, f Found, why string) error {
	c.Branch = f.Branch
	if err := note(tx, c, "", nounFinding, fmt.Sprint(f.Number), before, f, why); err != nil {
		return err
	}
	return tx.PutFinding(f)
}

// post is a post about a finding, once for each instant.
func (f Found) post(k Kind, at time.Time) Post {
	return Post{Key: fmt.Sprintf("%s/%d/%d", k, f.Number, at.Unix()), Kind: k, Branch: f.Branch, Arg: fmt.Sprint(f.Number)}
}

// AnswerFinding takes what the branch did about a finding (整改 巡查); the committee is told.
func (d Desk) AnswerFinding(tx Tx, c Cause, f Found, text string) (Found, error) {
	text = strings.TrimSpace(text)
	switch {
	case f.Rectification != 0:
		return f, Refuse(Conflict, R30, "巡查问题第%d号已转为整改，请发：整改 %d号 措施 做了什么", f.Number, f.Rectification)
	case text == "":
		return f, Refuse(Invalid, R30, "请写明采取了什么措施，例如：整改 巡查 %d 措施 已补开，今后改期先报备", f.Number)
	}
	if err := tooLong(R30, "整改措施", text, noteMost); err != nil {
		return f, err
	}
	f, err := stepFinding(tx, c, f, FindingHanded, text, text)
	if err != nil {
		return f, err
	}
	return f, d.tellCommittee(tx, c, f.post(InspectionHanded, c.At))
}

// CloseFinding is the committee's word that a finding is done with (销号), with what was seen.
func (d Desk) CloseFinding(tx Tx, c Cause, f Found, text string) (Found, error) {
	if f.Rectification != 0 {
		all, err := tx.Rectifications(f.Branch)
		if err != nil {
			return f, err
		}
		if n := f.Rectification; n <= len(all) && all[n-1].Open() {
			return f, Refuse(Missing, R30, "这个问题已转为整改第%d号，请先复查通过：整改 %s 第%d号 通过", n, f.Branch, n)
		}
	}
	return d.decideFinding(tx, c, f, FindingClosed, text)
}

// ReopenFinding sends measures back, or takes a closed finding up again (重开); one whose time is over gets the usual time anew.
func (d Desk) ReopenFinding(tx Tx, c Cause, f Found, text string) (Found, error) {
	if f.State == FindingOpen || f.State == FindingReopened {
		return f, Refuse(Conflict, R30, "巡查问题第%d号%s，不用重开", f.Number, f.State.Chinese())
	}
	if !f.Due.After(c.At) {
		f.Due = RecordDue(c.At, d.Rules.FindingDays, d.Zone)
	}
	f.Rectification = 0
	return d.decideFinding(tx, c, f, FindingReopened, text)
}

func (d Desk) decideFinding(tx Tx, c Cause, f Found, to FindingState, text string) (Found, error) {
	text = strings.TrimSpace(text)
	own, err := d.leads(tx, c.By, f.Branch, c.At)
	for _, s := range f.Steps {
		own = own || s.To == FindingHanded && s.By == c.By
	}
	if led, err := d.leads(tx, c.By, f.Branch, f.At); err != nil || led { // what was found while he led the branch stays his
		own = true
		if err != nil {
			return f, err
		}
	}
	others, err2 := othersOfCommittee(tx, c.By)
	word := FindingStep{To: to}.Chinese()
	switch {
	case err != nil || err2 != nil:
		return f, cmp.Or(err, err2)
	case own && others:
		return f, Refuse(Forbidden, R30, "自己支部的巡查问题请机关党委其他同志复查")
	case text == "":
		return f, Refuse(Invalid, R30, "%s要写说明，例如：巡查 %s %d 说明", word, word, f.Number)
	}
	if err := tooLong(R30, word+"说明", text, reasonMost); err != nil {
		return f, err
	}
	if f, err = stepFinding(tx, c, f, to, text, text+yes(own, "（"+ofOwn+"）", "")); err != nil {
		return f, err
	}
	return f, d.tellSecretary(tx, c, f.post(InspectionDecided, c.At))
}

// stepFinding writes down a step and the state to which it leads, and why.
func stepFinding(tx Tx, c Cause, f Found, to FindingState, text, why string) (Found, error) {
	if !f.Open() && to != FindingReopened {
		return f, Refuse(Conflict, R30, "巡查问题第%d号已销号，不用再办。要重新办请机关党委发：巡查 重开 %d 说明", f.Number, f.Number)
	}
	before := f
	f.State = to
	f.Steps = append(append([]FindingStep{}, f.Steps...), FindingStep{To: to, Text: text, By: c.By, At: c.At})
	return f, putFinding(tx, c, before, f, why)
}

// RectifyFinding turns a finding into a rectification of its branch (巡查 整改), where it is answered and decided on.
func (d Desk) RectifyFinding(tx Tx, c Cause, f Found, due time.Time) (Found, Rectification, error) {
	own, err := d.leads(tx, c.By, f.Branch, c.At)
	others, err2 := othersOfCommittee(tx, c.By)
	switch {
	case err != nil || err2 != nil:
		return f, Rectification{}, cmp.Or(err, err2)
	case own && others:
		return f, Rectification{}, Refuse(Forbidden, R30, "自己支部的巡查问题请机关党委其他同志来办")
	case !f.Open() || f.Rectification != 0:
		return f, Rectification{}, Refuse(Conflict, R30, "巡查问题第%d号%s，不能再转整改", f.Number, yes(f.Open(), "已转为整改", "已销号"))
	}
	c.Branch = f.Branch
	r, err := d.OpenRectification(tx, c, f.Branch, ByInspection, f.title(), due)
	if err != nil {
		return f, r, err
	}
	before := f
	f.Rectification, f.State = r.Number, FindingOpen
	f.Steps = append(append([]FindingStep{}, f.Steps...), FindingStep{To: FindingOpen, Text: fmt.Sprintf("整改第%d号", r.Number), By: c.By, At: c.At})
	return f, r, putFinding(tx, c, before, f, yes(own, ofOwn, ""))
}

// title is kind, month and what was found.
func (f Found) title() string {
	return fmt.Sprintf("%s%s%s：%s", f.PartyGroup, f.Month.Chinese(), f.Kind, f.Text)
}
