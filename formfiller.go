package themeday

import (
	"fmt"
	"strings"
	"time"
)

// formFiller is a record form while it is being filled.
type formFiller struct {
	d      Desk
	tx     Tx
	a      Activity
	roster BranchRoster
	names  map[PersonID]Person
	at     time.Time // as it stands then; zero: not told
	form   RecordForm
	said   []Entry // about the activity
}

func (f *formFiller) load() (err error) {
	if f.roster, err = f.d.RosterOf(f.tx, f.a); err != nil {
		return err
	}
	people, err := f.tx.People()
	if err != nil {
		return err
	}
	f.names = map[PersonID]Person{Bot: {Name: "机器人"}}
	for _, p := range people {
		f.names[p.ID] = p
	}
	f.said, err = f.tx.ActivityEntries(f.a.ID)
	return err
}

func (f *formFiller) name(p PersonID) string { return f.names[p].Name }

// local is a time in the desk's zone; zero stays zero.
func (f *formFiller) local(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return f.d.Local(t)
}

func (f *formFiller) arrangement() error {
	a, o := f.a, &f.form
	b, err := f.d.Branch(f.tx, a.Branch)
	if err != nil {
		return err
	}
	o.Activity, o.Branch, o.Month, o.Over = a.ID, b.Name, a.Month, !a.Ended.IsZero() || !f.at.IsZero() && a.Over(f.at)
	o.Topics, o.Content, o.Agenda, o.Place, o.Summary = a.Topics, a.Content, a.Agenda, a.Place, a.Summary
	o.Links, o.Meetings = formTags(f.d.Rules.Links, a.Links), formTags(Meetings, a.Meetings)
	if o.Compulsory, o.Own, err = f.d.TopicKinds(f.tx, a); err != nil {
		return err
	}
	o.Starts, o.Ends, o.Began = f.local(a.Starts), f.local(a.Ends), f.local(a.Began)
	if a.Steps[Holding-1].By != Bot {
		o.Ended = f.local(a.Ended)
	}
	o.Short = f.d.Shortened(a)
	moves, err := f.tx.Changes(a.ID)
	if err != nil {
		return err
	}
	o.Planned = o.Starts
	for i, m := range moves {
		m.From, m.To, m.At = f.local(m.From), f.local(m.To), f.local(m.At)
		if i == 0 && !m.From.IsZero() {
			o.Planned = m.From
		}
		o.Moves = append(o.Moves, m)
	}
	for i, s := range a.Steps {
		if !s.At.IsZero() {
			o.Steps[i] = StepTaken{At: f.local(s.At), By: f.name(s.By)}
		}
	}
	if decided := decidedLast(a, f.said); !decided.At.IsZero() {
		o.Steps[Deciding-1] = StepTaken{At: f.local(decided.At), By: f.name(decided.By)}
	}
	if at := a.Steps[Noticing-1].At; !at.IsZero() {
		o.DaysAhead = DaysAhead(at, a.Starts, f.d.Zone)
		o.NoticeLate = o.DaysAhead < f.d.Rules.NoticeDays
	}
	filings, err := f.tx.FilingsOf(a.Branch)
	if err != nil {
		return err
	}
	for _, one := range filings {
		if one.Year == a.Month.Year {
			o.PlanFiled = f.local(one.At)
		}
	}
	return f.checks()
}

func (f *formFiller) checks() error {
	open, err := f.d.Unticked(f.tx, f.a)
	left := map[string]bool{}
	for _, item := range open {
		left[item] = true
	}
	for _, item := range f.d.Rules.Checklist {
		f.form.Checklist = append(f.form.Checklist, CheckedItem{Item: item, Ticked: !left[item]})
	}
	return err
}

// people are host and recorder: those named for this activity, else those of the roster (R11, R19).
func (f *formFiller) people() error {
	host, there := f.roster.Find(f.a.Host)
	if f.a.Host == 0 {
		host, there = f.roster.Secretary()
	}
	if there {
		f.form.Host, f.form.HostOffice, f.form.HostWhy = host.Name, host.Offices.String(), f.a.HostWhy
	}
	recorder, there := f.roster.Find(f.a.Recorder)
	if f.a.Recorder == 0 {
		recorder, there = f.roster.Recorder()
	}
	if there {
		f.form.Recorder = recorder.Name
	}
	return nil
}

func (f *formFiller) attendance() error {
	ins, err := f.tx.SignIns(f.a.ID)
	if err != nil {
		return err
	}
	leaves, err := f.tx.Leaves(f.a.ID)
	if err != nil {
		return err
	}
	makeups, err := f.tx.Makeups(f.a.ID)
	if err != nil {
		return err
	}
	f.form.Tally = Count(f.roster, ins, leaves)
	f.form.QuorumMet = f.form.Tally.QuorumMet(f.d.Rules)
	lines := map[PersonID]*FormMember{}
	for _, c := range f.roster.Members() {
		f.form.Members = append(f.form.Members, FormMember{
			Number: c.Number, Name: c.Name, PartyGroup: c.PartyGroup, Category: c.Category,
			Leader: c.Liaison || c.Person.Committee, Standing: StandsAbsent,
		})
	}
	for i, c := range f.roster.Members() {
		lines[c.ID] = &f.form.Members[i]
	}
	for i, l := range leaves {
		if m := lines[l.Person]; m != nil {
			m.leave(l, leaveNumber(f.a.Month, i), f)
		}
	}
	for _, s := range ins {
		if m := lines[s.Person]; m != nil {
			m.signIn(s, f)
		}
	}
	for _, k := range makeups {
		if m := lines[k.Person]; m != nil {
			m.Makeup = &FormMakeup{State: k.State, Due: f.local(k.Due), Handed: f.local(k.Handed), Decided: f.local(k.Decided), By: f.name(k.By)}
		}
	}
	return nil
}

// leaveNumber is the number of a slip in the month's register of leaves.
func leaveNumber(m YearMonth, i int) string { return fmt.Sprintf("%02d-%02d", m.Month, i+1) }

func (m *FormMember) leave(l Leave, number string, f *formFiller) {
	m.Leave = &FormLeave{Number: number, State: l.State, Late: l.Late, Asked: f.local(l.At), Decided: f.local(l.Decided)}
	if !l.Decided.IsZero() {
		m.Leave.By = f.name(l.By)
	}
	if m.Standing = StandsAbsent; l.Excuses() {
		m.Standing = StandsLeave
	}
}

// afterwards tells whether a sign-in was written down without its time being known: when he came nobody noted.
func (s SignIn) afterwards() bool { return s.How == Paper || s.How == Late && s.By != s.Person }

func (m *FormMember) signIn(s SignIn, f *formFiller) {
	m.Standing, m.How, m.At = StandsPresent, s.How, f.local(s.At)
	m.Entered, m.Afterwards = f.local(s.Entered), s.afterwards()
	if s.How == Remote {
		m.Standing, m.Way = StandsRemote, fittingWay(s.Why)
	}
	if s.By != s.Person {
		m.EnteredBy = f.name(s.By)
	}
}

// guests are those invited and those who signed in without counting (R10, R14).
func (f *formFiller) guests() error {
	invited, err := f.tx.Guests(f.a.ID)
	if err != nil {
		return err
	}
	ins, err := f.tx.SignIns(f.a.ID)
	if err != nil {
		return err
	}
	at := map[PersonID]int{}
	for _, g := range invited {
		at[g.Person] = len(f.form.Guests)
		f.form.Guests = append(f.form.Guests, FormGuest{Name: g.Name, Kind: g.Kind, Leader: g.Kind == kindLeader || f.names[g.Person].Liaison})
	}
	for _, s := range ins {
		c, onRoster := f.roster.Find(s.Person)
		if onRoster && c.Counts() {
			continue
		}
		i, known := at[s.Person]
		if !known {
			i = len(f.form.Guests)
			f.form.Guests = append(f.form.Guests, FormGuest{Name: f.name(s.Person), Kind: string(c.Category), Leader: f.names[s.Person].Liaison})
		}
		g := &f.form.Guests[i]
		g.Came, g.How, g.At = true, s.How, f.local(s.At)
		g.Entered, g.Afterwards = f.local(s.Entered), s.afterwards()
	}
	return nil
}

func (f *formFiller) minutes() error {
	lines, err := f.tx.Minutes(f.a.ID)
	if err != nil {
		return err
	}
	for _, m := range lines {
		f.form.Minutes = append(f.form.Minutes, FormMinute{Kind: m.Kind, Text: m.Text, Speaker: f.name(m.By), At: f.local(m.At), Later: f.d.Day(m.At) != f.d.Day(f.a.BeginAt())})
	}
	photos, err := f.tx.Pictures(f.a.ID)
	seen := map[string]bool{}
	for _, p := range photos {
		if p.Use == forActivity && !seen[p.ID] {
			seen[p.ID] = true
			f.form.Photos = append(f.form.Photos, FormPhoto{ID: p.ID, By: f.name(p.Person), At: f.local(p.At), Caption: p.Caption})
		}
	}
	return err
}

func (f *formFiller) comments() error {
	all, err := f.tx.Comments(f.a.ID)
	kinds := map[string]string{}
	for _, g := range f.form.Guests {
		kinds[g.Name] = g.Kind
	}
	for _, k := range all {
		c := FormComment{Name: f.name(k.Person), Text: k.Text, Parts: k.Parts(), At: f.local(k.At)}
		if c.Office = kinds[c.Name]; c.Office == "" {
			c.Office = f.names[k.Person].aboveKind()
		}
		if k.Dictated() {
			c.Dictated = f.name(k.By)
		}
		f.form.Comments = append(f.form.Comments, c)
	}
	return err
}

// fittingWays are the ways of taking part that the form tells (R15); in what state somebody is stays with the branch.
var fittingWays = []string{"上门", "送书", "视频", "电话", "线上", "直播"}

// fittingWay is the first of them that was named.
func fittingWay(said string) string {
	for _, way := range fittingWays {
		if strings.Contains(said, way) {
			return way
		}
	}
	return "适当方式"
}
