package themeday

import (
	"fmt"
	"strings"
	"time"
)

// OpenRectificationsOf are a branch's rectifications that are not done, by number.
func (d Desk) OpenRectificationsOf(tx Tx, b BranchID) ([]Rectification, error) {
	all, err := tx.Rectifications(b)
	var open []Rectification
	for _, r := range all {
		if r.Open() {
			open = append(open, r)
		}
	}
	return open, err
}

// OpenRectification opens a rectification of a branch for a source other than its evaluations, such as an inspection; the secretary is told.
// Due is the first instant that is too late.
func (d Desk) OpenRectification(tx Tx, c Cause, b BranchID, source, text string, due time.Time) (Rectification, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return Rectification{}, Refuse(Invalid, R28, "整改要写明整改什么，例如：整改 %s %d天 事由", b, d.Rules.RectifyDays)
	}
	if err := tooLong(R28, "整改事由", text, reasonMost); err != nil {
		return Rectification{}, err
	}
	if !due.After(c.At) {
		return Rectification{}, Refuse(Invalid, R28, "整改期限要在今天以后，例如：整改 %s %d天 事由", b, d.Rules.RectifyDays)
	}
	r, err := d.openRectification(tx, c, Rectification{Branch: b, Year: d.Day(c.At).Year, Source: source, Text: text, Due: due})
	if err != nil {
		return r, err
	}
	return r, d.tellSecretary(tx, c, r.post(RectifyOpened, c.At))
}

// openRectification writes a new one down and tells nobody.
func (d Desk) openRectification(tx Tx, c Cause, r Rectification) (Rectification, error) {
	all, err := tx.Rectifications(r.Branch)
	if err != nil {
		return r, err
	}
	r.Number, r.Opened, r.By, r.State = len(all)+1, c.At, c.By, RectifyOpen
	if err := note(tx, c, "", nounRectification, r.key(), nil, r, ""); err != nil {
		return r, err
	}
	return r, tx.PutRectification(r)
}

func (r Rectification) key() string { return fmt.Sprintf("%s/%d", r.Branch, r.Number) }

// post is a post about a rectification, once for each instant.
func (r Rectification) post(k Kind, at time.Time) Post {
	return Post{Key: fmt.Sprintf("%s/%s/%d", k, r.key(), at.Unix()), Kind: k, Branch: r.Branch, Arg: fmt.Sprint(r.Number)}
}

// HandInMeasures takes what the secretary did about a rectification (整改 措施), as often as he likes until it is closed; the committee is told.
func (d Desk) HandInMeasures(tx Tx, c Cause, r Rectification, text string) (Rectification, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return r, Refuse(Invalid, R28, "请写明采取了什么措施，例如：整改 措施 重新安排下月主题，请党员提前点题")
	}
	if err := tooLong(R28, "整改措施", text, noteMost); err != nil {
		return r, err
	}
	r, err := d.stepRectification(tx, c, r, RectifyHanded, text)
	if err != nil {
		return r, err
	}
	return r, d.tellCommittee(tx, c, r.post(RectifyHandedPost, c.At))
}

// CloseRectification is the committee's word that enough was done (整改 通过).
func (d Desk) CloseRectification(tx Tx, c Cause, r Rectification) (Rectification, error) {
	return d.decideRectification(tx, c, r, RectifyClosed, "")
}

// ReturnRectification sends measures back with a reason (整改 退回); the deadline stays.
func (d Desk) ReturnRectification(tx Tx, c Cause, r Rectification, why string) (Rectification, error) {
	why = strings.TrimSpace(why)
	if err := d.canDecide(tx, c, r); err != nil {
		return r, err
	}
	if why == "" {
		return r, Refuse(Invalid, R28, "退回要写事由，例如：整改 %s %d号 退回 措施不具体", r.Branch, r.Number)
	}
	if err := tooLong(R28, "退回事由", why, reasonMost); err != nil {
		return r, err
	}
	return d.decideRectification(tx, c, r, RectifyReturned, why)
}

func (d Desk) decideRectification(tx Tx, c Cause, r Rectification, to RectifyState, why string) (Rectification, error) {
	if err := d.canDecide(tx, c, r); err != nil {
		return r, err
	}
	r, err := d.stepRectification(tx, c, r, to, why)
	if err != nil {
		return r, err
	}
	return r, d.tellSecretary(tx, c, r.post(RectifyDecided, c.At))
}

// canDecide tells whether somebody may pass or send back what a branch did: measures that were handed in, and not his own.
func (d Desk) canDecide(tx Tx, c Cause, r Rectification) error {
	if err := d.notHisRectification(tx, c, r); err != nil {
		return err
	}
	switch r.State {
	case RectifyHanded:
		return nil
	case RectifyReturned:
		return Refuse(Missing, R28, "第%d号整改已经退回，支部还没有重交。请支部书记发：整改 %d号 措施 做了什么", r.Number, r.Number)
	case RectifyOpen:
		return Refuse(Missing, R28, "支部还没有交整改措施。请支部书记先发：整改 %d号 措施 做了什么", r.Number)
	}
	return Refuse(Conflict, R28, "这项整改%s，不用再办", r.State.Chinese())
}

// notHisRectification keeps somebody of the committee from deciding on the rectification of the branch that he leads, or on measures of his own.
func (d Desk) notHisRectification(tx Tx, c Cause, r Rectification) error {
	roster, err := tx.Roster(r.Branch, d.Day(c.At))
	if err != nil {
		return err
	}
	who, _ := roster.Find(c.By)
	own := who.Offices.Has(Secretary) || who.Offices.Has(Deputy) || who.Offices.Has(CommitteeMember)
	for _, s := range r.Steps {
		own = own || s.Kind == RectifyHanded && s.By == c.By
	}
	led, err := d.leads(tx, c.By, r.Branch, r.Opened) // what he was to put right himself stays his, whatever he is now
	if err != nil {
		return err
	}
	if own || led {
		return Refuse(Forbidden, R33, "自己支部的整改请机关党委其他同志复查")
	}
	return nil
}

// stepRectification writes down a step and the state to which it leads.
func (d Desk) stepRectification(tx Tx, c Cause, r Rectification, to RectifyState, text string) (Rectification, error) {
	if !r.Open() {
		return r, Refuse(Conflict, R28, "这项整改%s，不用再办", r.State.Chinese())
	}
	before := r
	r.State = to
	r.Steps = append(append([]RectifyStep{}, r.Steps...), RectifyStep{Kind: to, Text: text, By: c.By, At: c.At})
	if err := note(tx, c, "", nounRectification, r.key(), before, r, text); err != nil {
		return r, err
	}
	return r, tx.PutRectification(r)
}
