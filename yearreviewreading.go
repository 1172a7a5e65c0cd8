package themeday

// month takes together the figures of a month's activity.
func (w *reviewWriter) month(a Activity) (ReviewMonth, error) {
	w.desk = w.desk.For(a)
	d := w.desk
	m := ReviewMonth{Month: a.Month, Topics: a.Topics, Content: a.Content, Links: a.Links, Meetings: a.Meetings}
	if !a.Dated() {
		m.State = ReviewOpen
		if d.Day(w.at).After(a.Month.Last()) {
			m.State = ReviewNoTrace
		}
		return m, nil
	}
	m.Planned, m.Starts = d.Local(a.Starts), d.Local(a.Starts)
	moves, err := w.tx.Changes(a.ID)
	if err != nil {
		return m, err
	}
	if m.Moves = len(moves); m.Moves > 0 && !moves[0].From.IsZero() {
		m.Planned = d.Local(moves[0].From)
	}
	signins, err := w.tx.SignIns(a.ID)
	if err != nil {
		return m, err
	}
	m.State = w.state(a, len(signins) > 0)
	if m.Held() {
		err = w.held(&m, a, signins)
	}
	return m, err
}

func (w *reviewWriter) state(a Activity, signedIn bool) ReviewState {
	switch {
	case a.Over(w.at) && (signedIn || a.Done(SigningIn)):
		return ReviewHeld
	case a.Over(w.at):
		return ReviewMissed
	case !w.at.Before(a.BeginAt()):
		return ReviewNow
	}
	return ReviewAhead
}

// held adds what is told of an activity that was held.
func (w *reviewWriter) held(m *ReviewMonth, a Activity, signins []SignIn) error {
	d := w.desk
	m.Short = d.Shortened(a)
	if !a.Began.IsZero() && !a.Ended.IsZero() && a.Steps[Holding-1].By != Bot {
		m.Lasted = a.Ended.Sub(a.Began)
	}
	for s := Deciding; s <= Summing; s++ {
		m.Steps += boolInt(a.Done(s))
	}
	if at := a.Steps[Noticing-1].At; !at.IsZero() {
		m.Noticed, m.DaysAhead = d.Local(at), DaysAhead(at, a.Starts, d.Zone)
		m.NoticedInTime = m.DaysAhead >= d.Rules.NoticeDays
	}
	due := d.RecordDueAt(a)
	m.Record = ReviewRecord{Due: d.Local(due), PastDue: a.Filed.IsZero() && !w.at.Before(due)}
	switch {
	case !a.Filed.IsZero():
		m.Record.Filed, m.Record.DaysLate = d.Local(a.Filed), RecordOverdueDays(a.Filed, due, d.Zone)
	case m.Record.PastDue:
		m.Record.DaysLate = RecordOverdueDays(w.at, due, d.Zone)
	}
	for _, add := range []func(*ReviewMonth, Activity) error{w.makeups, w.evaluation, w.photos, w.guests} {
		if err := add(m, a); err != nil {
			return err
		}
	}
	return w.attendance(m, a, signins)
}

func (w *reviewWriter) attendance(m *ReviewMonth, a Activity, signins []SignIn) error {
	roster, err := w.desk.RosterOf(w.tx, a)
	if err != nil {
		return err
	}
	leaves, err := w.tx.Leaves(a.ID)
	if err != nil {
		return err
	}
	t := Count(roster, signins, leaves)
	m.Attendance = ReviewAttendance{
		Due: t.Due, Present: t.Present, Remote: t.Remote, Leave: t.Leave, Absent: t.Absent, Guests: t.Guests, Met: t.QuorumMet(w.desk.Rules),
	}
	for _, s := range signins {
		if c, ok := roster.Find(s.Person); ok && c.Counts() {
			m.Ways.add(s)
		}
	}
	for _, c := range roster.Members() {
		m.Leaders.Due += boolInt(c.Liaison || c.Person.Committee)
	}
	for _, c := range t.Attending {
		m.Leaders.Came += boolInt(c.Liaison || c.Person.Committee)
	}
	w.remember(t)
	return nil
}

func (n *ReviewWays) add(s SignIn) {
	switch {
	case s.How == Self:
		n.Self++
	case s.How == ByChain:
		n.Chain++
	case s.How == Proxy:
		n.Proxy++
	case s.How == Late && s.By == s.Person:
		n.Late++
	case s.How == Late:
		n.After++
	case s.How == Paper:
		n.Paper++
	case s.How == Remote:
		n.Remote++
	case s.How == Relayed:
		n.Relayed++
	}
}

func (w *reviewWriter) makeups(m *ReviewMonth, a Activity) error {
	all, err := w.tx.Makeups(a.ID)
	for _, k := range all {
		m.Makeup.Owed++
		m.Makeup.Done += boolInt(k.State == MakeupConfirmed)
		m.Makeup.Overdue += boolInt(k.Overdue(w.at))
	}
	return err
}

func (w *reviewWriter) evaluation(m *ReviewMonth, a Activity) error {
	raters, err := w.tx.Voters(a.ID)
	m.Evaluation = ReviewEvaluation{Raters: raters, Out: !a.Result.IsZero()}
	if err != nil || !m.Evaluation.Out {
		return err
	}
	t, _, err := w.desk.Evaluate(w.tx, a.ID)
	if err != nil || !t.Told(w.desk.Rules) {
		return err
	}
	e := &m.Evaluation
	e.Shown, e.Raters, e.Satisfied, e.Under = true, t.Raters, t.Satisfied, t.Under(w.desk.Rules.SatisfactionFloor)
	return err
}

func (w *reviewWriter) photos(m *ReviewMonth, a Activity) error {
	all, err := w.tx.Pictures(a.ID)
	seen := map[string]bool{}
	for _, p := range all {
		if p.Use == "activity" {
			seen[p.ID] = true
		}
	}
	m.Photos = len(seen)
	return err
}

// guests notes the leaders who came without being members of the branch (R10).
func (w *reviewWriter) guests(m *ReviewMonth, a Activity) error {
	signins, err := w.tx.SignIns(a.ID)
	if err != nil {
		return err
	}
	came := map[PersonID]bool{}
	for _, s := range signins {
		if p := w.people[s.Person]; s.Guest && p.Liaison {
			came[s.Person] = true
			w.out.visit(p.Name, m.Month)
		}
	}
	comments, err := w.tx.Comments(a.ID)
	for _, k := range comments {
		p := w.people[k.Person]
		if p.Liaison && !came[k.Person] {
			w.out.visit(p.Name, m.Month)
		}
		w.out.Comments = append(w.out.Comments, ReviewComment{Month: m.Month, Name: p.Name, Text: k.Text, Parts: k.Parts()})
	}
	return err
}

func (r *YearReview) visit(name string, m YearMonth) {
	for i, v := range r.Visits {
		if v.Name == name {
			r.Visits[i].Months = append(v.Months, m)
			return
		}
	}
	r.Visits = append(r.Visits, ReviewVisit{Name: name, Months: []YearMonth{m}})
}
