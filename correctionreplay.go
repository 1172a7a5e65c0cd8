package themeday

import (
	"fmt"
	"maps"
	"slices"
)

// muster is who came to an activity and who was excused, at some moment.
type muster struct {
	roster BranchRoster
	in     map[PersonID]SignIn
	off    map[PersonID]Leave
}

// replay says of every entry about who came where somebody stood before it and where after it, and the attendance: it walks back from what
// stands now.
func (f corrector) replay(entries []Entry) (map[int64]told, error) {
	ins, err := f.tx.SignIns(f.a.ID)
	if err != nil {
		return nil, err
	}
	leaves, err := f.tx.Leaves(f.a.ID)
	if err != nil {
		return nil, err
	}
	m := muster{roster: f.roster, in: map[PersonID]SignIn{}, off: map[PersonID]Leave{}}
	for _, s := range ins {
		m.in[s.Person] = s
	}
	for _, l := range leaves {
		m.off[l.Person] = l
	}
	out := map[int64]told{}
	for _, e := range slices.Backward(entries) {
		switch e.Noun {
		case nounSignIn:
			p := concerned(e)
			stands, rate := m.stands(p), m.percent()
			if before, _, ok := bothOf[SignIn](e); ok {
				put(m.in, p, before, len(e.Before) > 0)
			}
			what := fmt.Sprintf("%s：%s→%s", f.name(p), m.stands(p), stands)
			if c, here := m.roster.Find(p); here && c.Counts() {
				what += fmt.Sprintf("，出席率 %d%%→%d%%", m.percent(), rate)
			}
			out[e.Seq] = same(what)
		case nounLeave:
			if before, _, ok := bothOf[Leave](e); ok {
				put(m.off, concerned(e), before, len(e.Before) > 0)
			}
		}
	}
	return out, nil
}

func put[T any](all map[PersonID]T, p PersonID, fact T, there bool) {
	if there {
		all[p] = fact
	} else {
		delete(all, p)
	}
}

func (m muster) percent() int {
	return Count(m.roster, slices.Collect(maps.Values(m.in)), slices.Collect(maps.Values(m.off))).RatePercent()
}

// stands is where somebody stands, in the words of the form.
func (m muster) stands(p PersonID) string {
	s, signed := m.in[p]
	c, here := m.roster.Find(p)
	switch {
	case signed && s.How == Remote:
		return string(StandsRemote)
	case signed && here && c.Counts():
		return string(StandsPresent) + "（" + s.Way() + "）"
	case signed:
		return "列席（" + s.Way() + "）"
	case !here || !c.Counts():
		return "未到"
	case m.off[p].Excuses():
		return string(StandsLeave)
	}
	return string(StandsAbsent)
}
