package themeday

import "slices"

// ReviewSum are the figures of the whole year, over the activities that were held.
type ReviewSum struct {
	Held, Missed, NoTrace     int // months
	Attendance                ReviewAttendance
	MetMonths                 int
	Ways                      ReviewWays
	Leaders                   ReviewLeaders
	Short                     int
	Noticed, NoticedInTime    int
	Moves, MovedMonths        int // of all months that have a date
	DateKept                  int
	AllSteps                  int // months with all nine
	Evaluation                ReviewEvaluation
	Evaluated, Rated, Strikes int // months: with ballots; whose result is told; under the floor (R28)
	Filed, FiledOnTime        int
	Unfiled                   int // overdue
	Makeup                    ReviewMakeup
	Photos, Photographed      int // pictures, and months with two or more
}

// Barred tells whether so many activities were under the floor that branch and committee (班子) are barred from awards (R28).
func (r YearReview) Barred() bool { return r.Sum.Strikes >= r.Rules.Strikes }

// sum adds the months up.
func (r *YearReview) sum() {
	s := &r.Sum
	for _, m := range r.Months {
		s.Missed += boolInt(m.State == ReviewMissed)
		s.NoTrace += boolInt(m.State == ReviewNoTrace)
		s.Moves += m.Moves
		s.MovedMonths += boolInt(m.Moves > 0)
		if m.Held() {
			s.add(m)
		}
	}
	s.Attendance.Met = Quorum(s.Attendance.Present+s.Attendance.Remote, s.Attendance.Due, r.Rules.QuorumPercent)
}

func (s *ReviewSum) add(m ReviewMonth) {
	s.Held++
	s.Attendance.add(m.Attendance)
	s.MetMonths += boolInt(m.Attendance.Met)
	s.Ways.addAll(m.Ways)
	s.Leaders.Due, s.Leaders.Came = s.Leaders.Due+m.Leaders.Due, s.Leaders.Came+m.Leaders.Came
	s.Short += boolInt(m.Short)
	s.Noticed += boolInt(!m.Noticed.IsZero())
	s.NoticedInTime += boolInt(m.NoticedInTime)
	s.DateKept += boolInt(m.DateKept(m.Starts.Location()))
	s.AllSteps += boolInt(m.Steps == len(steps))
	s.Evaluated += boolInt(m.Evaluation.Raters > 0)
	if e := m.Evaluation; e.Shown {
		s.Rated++
		s.Evaluation.Raters, s.Evaluation.Satisfied = s.Evaluation.Raters+e.Raters, s.Evaluation.Satisfied+e.Satisfied
		s.Evaluation.Shown = true
		s.Strikes += boolInt(e.Under)
	}
	s.Filed += boolInt(!m.Record.Filed.IsZero())
	s.FiledOnTime += boolInt(m.Record.OnTime())
	s.Unfiled += boolInt(m.Record.PastDue)
	s.Makeup.Owed, s.Makeup.Done, s.Makeup.Overdue = s.Makeup.Owed+m.Makeup.Owed, s.Makeup.Done+m.Makeup.Done, s.Makeup.Overdue+m.Makeup.Overdue
	s.Photos += m.Photos
	s.Photographed += boolInt(m.Photos >= 2)
}

func (a *ReviewAttendance) add(b ReviewAttendance) {
	a.Due, a.Present, a.Remote = a.Due+b.Due, a.Present+b.Present, a.Remote+b.Remote
	a.Leave, a.Absent, a.Guests = a.Leave+b.Leave, a.Absent+b.Absent, a.Guests+b.Guests
}

func (n *ReviewWays) addAll(b ReviewWays) {
	n.Self, n.Chain, n.Late, n.Proxy = n.Self+b.Self, n.Chain+b.Chain, n.Late+b.Late, n.Proxy+b.Proxy
	n.After, n.Paper, n.Relayed, n.Remote = n.After+b.After, n.Paper+b.Paper, n.Relayed+b.Relayed, n.Remote+b.Remote
}

// memberYear is one member's year, for the bands alone: it leaves the branch nowhere.
type memberYear struct {
	due, came      int
	absent         int // without leave
	inRow, longest int
}

// remember adds an activity to the years of its members; activities come in the order of the months.
func (w *reviewWriter) remember(t Tally) {
	of := func(p PersonID) *memberYear {
		if w.members[p] == nil {
			w.members[p] = &memberYear{}
		}
		w.members[p].due++
		return w.members[p]
	}
	for _, c := range t.Attending {
		m := of(c.ID)
		m.came, m.inRow = m.came+1, 0
	}
	for _, c := range t.OnLeave {
		of(c.ID).inRow = 0
	}
	for _, c := range t.Absentees {
		m := of(c.ID)
		m.absent, m.inRow = m.absent+1, m.inRow+1
		m.longest = max(m.longest, m.inRow)
	}
}

// bands counts the members by their attendance, and those absent too often.
func (w *reviewWriter) bands() {
	quorum := w.desk.Rules.QuorumPercent
	w.out.Bands = []ReviewBand{{From: 100, Below: 101}, {From: min(quorum, 100), Below: 100}, {From: min(60, quorum), Below: min(quorum, 100)}, {From: 0, Below: min(60, quorum)}}
	for _, m := range w.members {
		p := Percent(m.came, m.due)
		for i, b := range w.out.Bands {
			w.out.Bands[i].Members += boolInt(p >= b.From && p < b.Below)
		}
		w.out.Often += boolInt(Absences{InRow: m.longest, InYear: m.absent}.TooOften(w.desk.Rules))
	}
}

// contents counts what the held activities consisted of (R16), with what they were linked (R17) and as what they counted too (R24).
func (r *YearReview) contents() {
	r.Contents = r.often(func(m ReviewMonth) []string { return m.Content })
	r.Links = r.often(func(m ReviewMonth) []string { return m.Links })
	r.Meetings = r.often(func(m ReviewMonth) []string { return m.Meetings })
}

// often counts names over the held activities, the most frequent first.
func (r *YearReview) often(names func(ReviewMonth) []string) []ReviewContent {
	var out []ReviewContent
	for _, m := range r.Months {
		if !m.Held() {
			continue
		}
		for i, c := range names(m) {
			if slices.Contains(names(m)[:i], c) {
				continue
			}
			at := slices.IndexFunc(out, func(o ReviewContent) bool { return o.Name == c })
			if at < 0 {
				at, out = len(out), append(out, ReviewContent{Name: c})
			}
			out[at].Months = append(out[at].Months, m.Month)
		}
	}
	slices.SortStableFunc(out, func(a, b ReviewContent) int { return len(b.Months) - len(a.Months) })
	return out
}
