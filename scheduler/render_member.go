package scheduler

import (
	"fmt"
	"strconv"
	"strings"

	"themeday"
	"themeday/templates"
)

// leave is the request of the person whom the post is about.
func (j job) leave() (l themeday.Leave, ok bool, err error) {
	all, err := j.tx.Leaves(j.a.ID)
	about := j.post.Person
	if n, err := strconv.ParseInt(j.post.Arg, 10, 64); err == nil { // told to somebody else than the secretary: whose it is stands beside
		about = themeday.PersonID(n)
	}
	for _, each := range all {
		if each.Person == about {
			l, ok = each, true
		}
	}
	return l, ok, err
}

func (j job) leaveAsked() (Rendered, error) {
	l, ok, err := j.leave()
	if err != nil || !ok || l.State != themeday.LeaveAsked {
		return Rendered{Why: "decided or cancelled meanwhile"}, err
	}
	name, err := j.name(l.Person)
	if err != nil {
		return Rendered{}, err
	}
	v := templates.LeaveAskedView{Head: j.head, Activity: j.a.ID, Member: name, Late: l.Late, Picture: l.Picture != "", Reason: l.Reason}
	if v.Committee, err = j.toCommittee(); err != nil {
		return Rendered{}, err
	}
	r, err := say(j, j.Texts.LeaveAsked, v)
	r.Files = note("请假条", name, l.Picture)
	return r, err
}

// note is the picture of a note, for whoever decides on it.
func note(what, name, picture string) []themeday.File {
	if picture == "" {
		return nil
	}
	return []themeday.File{{Name: name + what + ".jpg", Image: true, Note: picture}}
}

// toCommittee tells whether a post to a person goes to one of the committee who has no place in the branch, so that commands name it.
func (j job) toCommittee() (bool, error) {
	if j.post.To != themeday.ToPerson {
		return false, nil
	}
	roster, err := j.tx.Roster(j.post.Branch, j.Desk.Day(j.at))
	_, here := roster.Find(j.post.Person)
	return !here, err
}

func (j job) leaveDecided() (Rendered, error) {
	l, ok, err := j.leave()
	if err != nil || !ok || l.State != themeday.LeaveGranted && l.State != themeday.LeaveRefused {
		return Rendered{Why: "cancelled meanwhile"}, err
	}
	name, err := j.name(l.Person)
	if err != nil {
		return Rendered{}, err
	}
	due := themeday.MakeupDue(j.a.EndAt(), j.Desk.Rules.MakeupDays, j.Desk.Zone)
	return say(j, j.Texts.LeaveDecided, templates.LeaveDecidedView{
		Head: j.head, Activity: j.a.ID, Member: name, Granted: l.State == themeday.LeaveGranted,
		Reason: l.Refusal, Makeup: j.lastDay(due), Over: j.a.Over(j.at),
	})
}

func (j job) signInProxy() (Rendered, error) {
	all, err := j.tx.SignIns(j.a.ID)
	if err != nil {
		return Rendered{}, err
	}
	for _, s := range all {
		if s.Person != j.post.Person {
			continue
		}
		v := templates.SignInProxyView{Head: j.head, Activity: j.a.ID, Verb: "代签"}
		if s.How == themeday.Late {
			v.Verb = "补签"
		}
		if v.Member, err = j.name(s.Person); err != nil {
			return Rendered{}, err
		}
		if v.By, err = j.name(s.By); err != nil {
			return Rendered{}, err
		}
		return say(j, j.Texts.SignInProxy, v)
	}
	return nothing("taken back meanwhile")
}

// study is the make-up study that the post is about, and the name of who owes it.
func (j job) study() (m themeday.Makeup, name string, err error) {
	all, err := j.tx.Makeups(j.a.ID)
	if err != nil {
		return m, "", err
	}
	for _, each := range all {
		if each.Person == j.post.Person {
			m = each
		}
	}
	name, err = j.name(j.post.Person)
	return m, name, err
}

func (j job) makeupDue() (Rendered, error) {
	m, name, err := j.study()
	if err != nil || m.State != themeday.MakeupOwed {
		return Rendered{Why: "handed in, or not owed"}, err
	}
	last := j.lastDay(m.Due)
	if j.daysTo(last) < 0 {
		return nothing("its time is over")
	}
	return say(j, j.Texts.MakeupDue, templates.MakeupDueView{Head: j.head, Activity: j.a.ID, Member: name, Due: j.local(m.Due), Last: last, Days: j.daysTo(last)})
}

func (j job) makeupHanded() (Rendered, error) {
	m, name, err := j.study()
	if err != nil || m.State != themeday.MakeupHanded {
		return Rendered{Why: "decided meanwhile"}, err
	}
	r, err := say(j, j.Texts.MakeupHanded, templates.MakeupHandedView{Head: j.head, Activity: j.a.ID, Member: name, Picture: m.Picture != "", Text: m.Text})
	r.Files = note("补学", name, m.Picture)
	return r, err
}

func (j job) makeupDecided() (Rendered, error) {
	m, name, err := j.study()
	if err != nil || m.State != themeday.MakeupConfirmed && (m.State != themeday.MakeupOwed || m.Decided.IsZero()) {
		return Rendered{Why: "handed in anew meanwhile"}, err
	}
	return say(j, j.Texts.MakeupDecided, templates.MakeupDecidedView{
		Head: j.head, Activity: j.a.ID, Member: name, Confirmed: m.State == themeday.MakeupConfirmed,
		Reason: m.Why, Last: j.lastDay(m.Due),
	})
}

// correction tells a member that something was taken back; who did it and what stand in the post's argument: 5 代签.
func (j job) correction() (Rendered, error) {
	by, verb, _ := strings.Cut(j.post.Arg, " ")
	id, err := strconv.ParseInt(by, 10, 64)
	if err != nil {
		return Rendered{}, err
	}
	v := templates.CorrectionView{Head: j.head, Activity: j.a.ID, Verb: verb}
	if v.By, err = j.name(themeday.PersonID(id)); err != nil {
		return Rendered{}, err
	}
	if v.Member, err = j.name(j.post.Person); err != nil {
		return Rendered{}, err
	}
	return say(j, j.Texts.Correction, v)
}

func (j job) identityDoubt() (Rendered, error) {
	said, like, _ := strings.Cut(j.post.Arg, "\n")
	v := templates.IdentityDoubtView{Head: j.head, ID: j.post.Branch, Name: themeday.Shown(said), Like: like}
	if j.post.To != themeday.ToPerson {
		return say(j, j.Texts.IdentityDoubt, v)
	}
	name, err := j.name(j.post.Person)
	if err != nil {
		return Rendered{}, err
	}
	v.Name, v.Own, v.Bound = name, true, strings.HasSuffix(j.post.Key, "/bound")
	return say(j, j.Texts.IdentityDoubt, v)
}

// codeIssued tells one of the committee who asked for whose code: the two stand in the post's argument.
func (j job) codeIssued() (Rendered, error) {
	var by, who themeday.PersonID
	if _, err := fmt.Sscan(j.post.Arg, &by, &who); err != nil {
		return Rendered{}, fmt.Errorf("post %s: %w", j.post.Key, err)
	}
	v := templates.CodeIssuedView{Head: j.head, ID: j.post.Branch, At: j.local(j.planned), Own: by == who}
	var err error
	if v.By, err = j.name(by); err != nil {
		return Rendered{}, err
	}
	if v.Name, err = j.name(who); err != nil {
		return Rendered{}, err
	}
	return say(j, j.Texts.CodeIssued, v)
}
