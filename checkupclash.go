package themeday

import (
	"fmt"
	"slices"
	"strings"
)

// clash is a leader who is expected in two branches at one time, and in which months.
type clash struct {
	who    Person
	one    BranchID
	other  BranchID
	guides [2]bool // he guides the one, the other; otherwise he is a member there
	months []Activity
}

// clashes finds the leaders who are expected in two branches at the same time: as ordinary members of their own (R09) and as those who guide
// others (R10). Both branches are told, a line for each pair.
func (w *ward) clashes() error {
	people, err := w.tx.People()
	if err != nil {
		return err
	}
	expected, guiding, err := w.expected()
	if err != nil {
		return err
	}
	for _, p := range people {
		if !p.Liaison {
			continue
		}
		of := expected[p.ID]
		for i, one := range of {
			for _, other := range of[i+1:] {
				k := clash{who: p, one: one, other: other, guides: [2]bool{guiding[Guide{p.ID, one}], guiding[Guide{p.ID, other}]}}
				if k.months = w.together(one, other); len(k.months) > 0 {
					w.tell(k)
				}
			}
		}
	}
	return nil
}

// expected are the branches where each leader is expected, in their order, and which of them he guides.
func (w *ward) expected() (map[PersonID][]BranchID, map[Guide]bool, error) {
	guides, err := w.tx.Guides()
	if err != nil {
		return nil, nil, err
	}
	guiding, of := map[Guide]bool{}, map[PersonID][]BranchID{}
	for _, g := range guides {
		guiding[g] = true
	}
	for _, r := range w.out {
		roster, err := w.tx.Roster(r.Branch.ID, w.desk.Day(w.at))
		if err != nil {
			return nil, nil, err
		}
		var here []PersonID
		for _, c := range roster.Members() {
			here = append(here, c.Person.ID)
			delete(guiding, Guide{c.Person.ID, r.Branch.ID}) // where he is a member he comes as one
		}
		for _, g := range guides {
			if g.Branch == r.Branch.ID && !slices.Contains(here, g.Person) {
				here = append(here, g.Person)
			}
		}
		for _, p := range here {
			of[p] = append(of[p], r.Branch.ID)
		}
	}
	return of, guiding, nil
}

// together are a branch's activities to come that overlap with another's.
func (w *ward) together(one, other BranchID) []Activity {
	var out []Activity
	for _, a := range w.plans[one] {
		if a.Starts.After(w.at) && slices.ContainsFunc(w.plans[other], func(b Activity) bool { return a.Starts.Before(b.Ends) && b.Starts.Before(a.Ends) }) {
			out = append(out, a)
		}
	}
	return out
}

// tell adds a clash to both branches.
func (w *ward) tell(k clash) {
	var days []string
	for _, a := range k.months {
		days = append(days, w.desk.Day(a.Starts).Chinese())
	}
	for i := range w.out {
		r := &w.out[i]
		other, here, there := k.other, k.guides[0], k.guides[1]
		if r.Branch.ID == k.other {
			other, here, there = k.one, k.guides[1], k.guides[0]
		} else if r.Branch.ID != k.one {
			continue
		}
		rule := R09
		if here && there {
			rule = R10
		}
		as := map[bool]string{true: "联系领导", false: "党员"}
		both := fmt.Sprintf("%d/%s/%s", k.who.ID, k.one, k.other)
		r.add(k.months[0].Month, rule, moveTo(k.months[0].Month), "%s%s要同时到两个支部：本支部（%s）和%s（%s）在同一时间开展，请错开", strings.Join(days, "、"), k.who.Name, as[here], w.name(other), as[there])
		r.Risks[len(r.Risks)-1].Both = both
	}
}

func (w *ward) name(b BranchID) string {
	for _, r := range w.out {
		if r.Branch.ID == b {
			return r.Branch.Name
		}
	}
	return string(b)
}
