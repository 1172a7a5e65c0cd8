package themeday

import "fmt"

// leaderLife is a leader's year in the branch.
type leaderLife struct {
	name, office      string
	came, due, visits int
}

// leaders is part 12: leaders and the committee as ordinary members of the branch (R09), then those who came to it, with what they said
// (R10, R27). Of an activity that nobody attended nothing is told.
func (w *yearWriter) leaders(y *yearMonth) error {
	comments, err := w.tx.Comments(y.ID)
	if err != nil || !w.held(y) && len(comments) == 0 {
		return err
	}
	people, err := w.tx.People()
	if err != nil {
		return err
	}
	known := map[PersonID]Person{}
	for _, p := range people {
		known[p.ID] = p
	}
	guests, err := w.tx.Guests(y.ID)
	if err != nil {
		return err
	}
	w.ownLeaders(y)
	kinds, said := map[PersonID]string{}, map[PersonID]Comment{}
	for _, g := range guests {
		if g.Comments() {
			kinds[g.Person] = g.Kind
		}
	}
	for _, k := range comments {
		said[k.Person] = k
	}
	line := func(p PersonID, way string) {
		k, spoke := said[p]
		delete(said, p)
		kind := kinds[p]
		if kind == "" {
			kind = known[p].aboveKind()
		}
		if kind == "" {
			return
		}
		text := ""
		if spoke {
			text = k.Text + yes(k.Dictated(), "（书记代录）", "")
		}
		w.row(partLeaders, y.label, w.day(y.Starts), w.names[p], kind, way, text)
		w.life(p, kind).visits++
	}
	for _, s := range y.signins {
		if c, here := y.roster.Find(s.Person); !here || !c.Counts() {
			line(s.Person, "列席（"+howOf(s)+"）")
		}
	}
	for _, k := range comments {
		if _, left := said[k.Person]; left {
			line(k.Person, "列席（有点评）")
		}
	}
	return nil
}

// ownLeaders are those of the branch, as its ordinary members (R09): the same whom the review and the evidence count. Who heads the branch is
// no leader for that.
func (w *yearWriter) ownLeaders(y *yearMonth) {
	in, off := map[PersonID]SignIn{}, map[PersonID]bool{}
	for _, s := range y.signins {
		in[s.Person] = s
	}
	for _, l := range y.leaves {
		off[l.Person] = l.Excuses()
	}
	for _, c := range y.roster.Members() {
		office := c.aboveKind()
		if office == "" || !w.held(y) {
			continue
		}
		s, signed := in[c.ID]
		state := w.attended(y, s, signed, off[c.ID])
		w.row(partLeaders, y.label, w.day(y.Starts), c.Name, office, "本支部党员："+state, "")
		l := w.life(c.ID, office)
		l.due++
		l.came += boolInt(signed)
	}
}

func (w *yearWriter) life(p PersonID, office string) *leaderLife {
	if w.lives == nil {
		w.lives = map[PersonID]*leaderLife{}
	}
	if w.lives[p] == nil {
		w.lives[p] = &leaderLife{name: w.names[p]}
		w.order = append(w.order, p)
	}
	w.lives[p].office = office
	return w.lives[p]
}

// leadersSum are the year's figures of each.
func (w *yearWriter) leadersSum() {
	for _, p := range w.order {
		l := w.lives[p]
		if l.due > 0 {
			w.row(partLeaders, "全年", nil, l.name, l.office, fmt.Sprintf("本支部党员：应参加%d次，参加%d次", l.due, l.came), "")
		}
		if l.visits > 0 {
			w.row(partLeaders, "全年", nil, l.name, l.office, fmt.Sprintf("列席%d次", l.visits), "")
		}
	}
}
