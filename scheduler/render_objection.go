package scheduler

import (
	"strconv"

	"themeday"
	"themeday/templates"
)

// objector is whom a post about an objection is about: its argument; of older ones the person.
func (j job) objector() themeday.PersonID {
	if n, err := strconv.ParseInt(j.post.Arg, 10, 64); err == nil {
		return themeday.PersonID(n)
	}
	return j.post.Person
}

// lastObjection is the newest objection of a person about the post's activity when the post was planned.
func (j job) lastObjection(p themeday.PersonID) (themeday.Objection, bool, error) {
	all, err := j.tx.Objections(j.post.Branch)
	for i := len(all) - 1; i >= 0; i-- {
		if o := all[i]; o.Activity == j.a.ID && o.Person == p && !o.At.After(j.post.Planned) {
			return o, true, err
		}
	}
	return themeday.Objection{}, false, err
}

// objection goes to the secretary; to the deputy and the committee where it is the secretary's own, and to the committee where it is against
// what the secretary entered.
func (j job) objection() (Rendered, error) {
	o, ok, err := j.lastObjection(j.objector())
	if err != nil || !ok {
		return Rendered{Why: "no such objection"}, err
	}
	reader, why, err := j.mayJudge()
	if err != nil || why != "" {
		return Rendered{Why: why}, err
	}
	v := templates.ObjectionView{Head: j.head, Activity: j.a.ID, Text: o.Text, Late: o.Late, Filed: !j.a.Filed.IsZero(), Own: o.Against != themeday.Bot && o.Against == reader}
	v.Within, v.Above = themeday.Hours(j.Desk.At(o.At).Rules.ObjectWithin), o.State.Above()
	if v.Above {
		if v.Answer, err = j.answerBefore(o); err != nil {
			return Rendered{}, err
		}
	}
	if v.Committee, err = j.toCommittee(); err != nil {
		return Rendered{}, err
	}
	if v.Member, err = j.name(o.Person); err != nil {
		return Rendered{}, err
	}
	if o.Against != themeday.Bot {
		if v.Against, err = j.name(o.Against); err != nil {
			return Rendered{}, err
		}
	}
	v.Record, v.Absent, err = j.recorded(o.Person)
	if err != nil {
		return Rendered{}, err
	}
	return say(j, j.Texts.Objection, v)
}

// answerBefore is the answer with which somebody went up to the committee.
func (j job) answerBefore(o themeday.Objection) (string, error) {
	all, err := j.tx.Objections(j.post.Branch)
	answer := ""
	for _, b := range all {
		if b.Activity == o.Activity && b.Person == o.Person && b.ID < o.ID && !b.Open() {
			answer = b.Answer
		}
	}
	return answer, err
}

// mayJudge tells who reads a post about an objection, and why he may not.
func (j job) mayJudge() (reader themeday.PersonID, why string, err error) {
	roster, err := j.tx.Roster(j.post.Branch, j.Desk.Day(j.at))
	if err != nil {
		return 0, "", err
	}
	if j.post.To == themeday.ToSecretary {
		s, _ := roster.Secretary()
		return s.ID, "", nil
	}
	if c, here := roster.Find(j.post.Person); here && c.Offices.Has(themeday.Deputy) {
		return c.ID, "", nil
	}
	people, err := themeday.Committees(j.tx)
	for _, p := range people {
		if p.ID == j.post.Person {
			return p.ID, "", err
		}
	}
	return 0, "neither deputy nor of the committee any longer", err
}

// recorded is what stands of somebody in the post's activity, and whether he is not signed in.
func (j job) recorded(p themeday.PersonID) (state string, absent bool, err error) {
	ins, err := j.tx.SignIns(j.a.ID)
	if err != nil {
		return "", false, err
	}
	for _, s := range ins {
		if s.Person == p {
			return j.local(s.At).Format("15:04") + " " + s.Way(), false, nil
		}
	}
	leaves, err := j.tx.Leaves(j.a.ID)
	for _, l := range leaves {
		if l.Person == p && l.State != themeday.LeaveCancelled {
			return "请假" + l.State.Chinese(), true, err
		}
	}
	if !j.a.Over(j.at) {
		return "未签到", true, err
	}
	return "缺席", true, err
}

func (j job) objectionDue() (Rendered, error) {
	id, err := strconv.ParseInt(j.post.Arg, 10, 64)
	if err != nil {
		return Rendered{}, err
	}
	all, err := j.tx.Objections(j.post.Branch)
	if err != nil {
		return Rendered{}, err
	}
	for _, o := range all {
		if o.ID != id || !o.Open() {
			continue
		}
		reader, why, err := j.mayJudge()
		switch {
		case err != nil || why != "":
			return Rendered{Why: why}, err
		case reader == o.Person:
			return nothing("it is his own")
		}
		name, err := j.name(o.Person)
		if err != nil {
			return Rendered{}, err
		}
		return say(j, j.Texts.ObjectionDue, templates.ObjectionDueView{Head: j.head, Activity: j.a.ID, Member: name, Days: -j.daysTo(o.At), Text: o.Text, Becomes: j.Desk.At(o.At).Rules.ObjectionCommittee, Above: o.State.Above()})
	}
	return nothing("answered meanwhile")
}

// objectionAnswered goes to who objected; where its argument names another than who reads it, to the committee.
func (j job) objectionAnswered() (Rendered, error) {
	o, ok, err := j.lastObjection(j.objector())
	if err != nil || !ok || o.Open() {
		return Rendered{Why: "no such answer"}, err
	}
	v := templates.ObjectionAnsweredView{Head: j.head, Activity: j.a.ID, Upheld: o.State.Upheld(), Above: o.State.Above(), Text: o.Text, Answer: o.Answer}
	v.Committee = o.Person != j.post.Person
	if v.Member, err = j.name(o.Person); err != nil {
		return Rendered{}, err
	}
	if v.By, err = j.name(o.By); err != nil {
		return Rendered{}, err
	}
	_, absent, err := j.recorded(o.Person)
	if err != nil {
		return Rendered{}, err
	}
	v.Back = v.Upheld && o.Against != themeday.Bot && absent
	if v.Committee {
		if _, why, err := j.mayJudge(); err != nil || why != "" {
			return Rendered{Why: why}, err
		}
	}
	return say(j, j.Texts.ObjectionAnswered, v)
}
