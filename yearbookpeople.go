package themeday

import (
	"time"
)

// signIns is part 4: everybody on the roster of the day, those who did not come too, then the guests (R12, R14, R33). An activity that nobody
// attended has no book: not marked is not absent.
func (w *yearWriter) signIns(y *yearMonth) error {
	if !w.held(y) {
		return nil
	}
	guests, err := w.tx.Guests(y.ID)
	if err != nil {
		return err
	}
	in, off := map[PersonID]SignIn{}, map[PersonID]Leave{}
	for _, s := range y.signins {
		in[s.Person] = s
	}
	for _, l := range y.leaves {
		if l.Excuses() {
			off[l.Person] = l
		}
	}
	for _, c := range y.roster.Members() {
		s, signed := in[c.ID]
		_, leave := off[c.ID]
		w.signIn(y, c.Number, c.Name, standing(c), w.attended(y, s, signed, leave), s, signed)
		delete(in, c.ID)
	}
	for _, g := range guests {
		s, signed := in[g.Person]
		w.signIn(y, nil, g.Name, "列席："+g.Kind, yes(signed, "列席", "未到"), s, signed)
		delete(in, g.Person)
	}
	for _, s := range y.signins { // on the roster but no members, such as activists
		if _, left := in[s.Person]; left {
			kind := "列席"
			if c, ok := y.roster.Find(s.Person); ok {
				kind = "列席：" + string(c.Category)
			}
			w.signIn(y, nil, w.names[s.Person], kind, "列席", s, true)
		}
	}
	return nil
}

func (w *yearWriter) signIn(y *yearMonth, number any, name, identity, state string, s SignIn, signed bool) {
	var at, how, by any
	if signed {
		at, how, by = w.instant(s.At), s.Way(), w.names[s.By]
		if s.afterwards() {
			at = "—" // when it was written down stands beside it
		}
	}
	w.row(partSignIns, y.label, w.day(y.Starts), number, name, identity, state, at, how, by, w.instant(s.Entered), w.secret(s.Why), nil)
}

// attended says whether a member came, in the words of the tally.
func (w *yearWriter) attended(y *yearMonth, s SignIn, signed, leave bool) string {
	switch {
	case signed && s.How == Remote:
		return "送学"
	case signed:
		return "到会"
	case leave:
		return "请假"
	case !y.Over(w.at):
		return "未签到"
	}
	return "缺席"
}

// standing is what somebody is in his branch: his offices, else how he stands to the Party.
func standing(c Comrade) string {
	if c.Offices.any() {
		return c.Offices.String()
	}
	return string(c.Category) + "党员"
}

func howOf(s SignIn) string { return s.Way() }

// leavesOf is part 5 (R13).
func (w *yearWriter) leavesOf(y *yearMonth) error {
	for i, l := range y.leaves {
		state := l.State.Chinese()
		slip := ""
		if l.Picture != "" {
			slip = "图片 " + l.Picture[:min(12, len(l.Picture))]
		}
		if l.State == LeaveCancelled { // nobody needs to know any more why he asked
			l.Reason, l.Refusal = "", ""
		} else if l.NoLongerKept() {
			l.Reason = NoLongerKept
		}
		w.row(partLeaves, leaveNumber(y.Month, i), y.label, w.names[l.Person], w.secret(l.Reason), w.instant(l.At), yes(l.Late, "事后补假", "事前"),
			state, w.who(l.By, l.Decided), w.instant(l.Decided), w.secret(l.Refusal), slip)
	}
	return nil
}

// makeupsOf is part 6 (R20).
func (w *yearWriter) makeupsOf(y *yearMonth) error {
	leave := map[PersonID]bool{}
	for _, c := range y.tally.OnLeave {
		leave[c.ID] = true
	}
	for _, m := range y.makeups {
		state := m.State.Chinese()
		if m.Overdue(w.at) {
			state = "逾期未补"
		}
		way := ""
		switch {
		case m.Text != "" && m.Picture != "":
			way = "文字、图片"
		case m.Text != "":
			way = "文字"
		case m.Picture != "":
			way = "图片"
		case m.State == MakeupConfirmed:
			m.Text = NoLongerKept
		}
		var due any
		if !m.Due.IsZero() {
			due = w.desk.Day(m.Due.Add(-time.Second)) // 24:00 belongs to the day that ends
		}
		w.row(partMakeups, y.label, w.names[m.Person], yes(leave[m.Person], "请假", "缺席"), due, state, w.instant(m.Handed), way, w.secret(m.Text),
			w.who(m.By, m.Decided), w.instant(m.Decided), w.secret(m.Why))
	}
	return nil
}
