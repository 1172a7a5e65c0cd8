package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"themeday"
)

// Facts is what `export facts` gives to other programs: times in RFC 3339, null for not yet; no reasons, no single ratings.
type Facts struct {
	Activities []ActivityFacts `json:"activities"`
}

// ActivityFacts are the facts of one activity.
type ActivityFacts struct {
	ID         themeday.ActivityID `json:"id"`
	Branch     string              `json:"branch"`
	Starts     *time.Time          `json:"starts"`
	Ends       *time.Time          `json:"ends"`
	Began      *time.Time          `json:"began"`
	Ended      *time.Time          `json:"ended"`
	Topics     []string            `json:"topics"`
	Steps      []stepFact          `json:"steps"`
	NoticeAt   *time.Time          `json:"notice_at"`
	Members    int                 `json:"members"`
	SignIns    []signInFact        `json:"signins"`
	Guests     []signInFact        `json:"guests"`
	Leaves     []stateFact         `json:"leaves"`
	Makeups    []stateFact         `json:"makeups"`
	Evaluation *evaluationFact     `json:"evaluation"`
	Record     *recordFact         `json:"record"`
	Changes    []changeFact        `json:"changes"`
}

type stepFact struct {
	Step int        `json:"step"`
	At   *time.Time `json:"at"`
	By   string     `json:"by"`
}

type signInFact struct {
	Name string       `json:"name"`
	At   *time.Time   `json:"at"`
	How  themeday.How `json:"how"`
}

type stateFact struct {
	Name  string     `json:"name"`
	At    *time.Time `json:"at,omitempty"`
	State string     `json:"state"`
}

// evaluationFact tells only the number of ballots until the result is out: whoever looks after every ballot would read each of them. Of fewer
// ballots than the group hears a result of it never tells more.
type evaluationFact struct {
	Raters      int  `json:"raters"`
	Satisfied   *int `json:"satisfied"`
	RatePercent *int `json:"rate_percent"`

	Outside *themeday.RateFigures `json:"outside,omitempty"` // invited outsiders (R26), when there is something to tell of them
}

type recordFact struct {
	Due     *time.Time `json:"due"`
	FiledAt *time.Time `json:"filed_at"`
}

type changeFact struct {
	From *time.Time `json:"from"`
	To   *time.Time `json:"to"`
	At   *time.Time `json:"at"`
}

// WriteFacts writes the facts of all activities, or of one branch or activity, as JSON.
func (h *House) WriteFacts(ctx context.Context, w io.Writer, branch, activity string) error {
	var facts Facts
	err := h.Store.View(ctx, func(tx themeday.Tx) (err error) {
		facts, err = h.factsOf(tx, func(a themeday.Activity) bool {
			return (branch == "" || string(a.Branch) == branch) && (activity == "" || string(a.ID) == activity)
		})
		return err
	})
	if err != nil {
		return err
	}
	if len(facts.Activities) == 0 && (branch != "" || activity != "") {
		return fmt.Errorf("no activity of %q; an activity's id is 支部/2026-03", branch+activity)
	}
	return facts.write(w)
}

// factsOf are the facts of those activities that are asked for.
func (h *House) factsOf(tx themeday.Tx, asked func(themeday.Activity) bool) (Facts, error) {
	facts := Facts{Activities: []ActivityFacts{}}
	names, err := peopleNames(tx)
	if err != nil {
		return facts, err
	}
	all, err := tx.AllActivities(themeday.YearMonth{Year: 2000, Month: 1}, themeday.YearMonth{Year: 2100, Month: 12})
	if err != nil {
		return facts, err
	}
	for _, a := range all {
		if !asked(a) {
			continue
		}
		f, err := h.activityFacts(tx, a, names)
		if err != nil {
			return facts, fmt.Errorf("facts of %s: %w", a.ID, err)
		}
		facts.Activities = append(facts.Activities, f)
	}
	return facts, nil
}

func (f Facts) write(w io.Writer) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(f)
}

func peopleNames(tx themeday.Tx) (map[themeday.PersonID]string, error) {
	people, err := tx.People()
	names := map[themeday.PersonID]string{themeday.Bot: "themeday"}
	for _, p := range people {
		names[p.ID] = p.Name
	}
	return names, err
}

// local is a time in the house's zone, or null.
func (h *House) local(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = h.Desk.Local(t).Truncate(time.Second)
	return &t
}

func (h *House) activityFacts(tx themeday.Tx, a themeday.Activity, names map[themeday.PersonID]string) (ActivityFacts, error) {
	f := ActivityFacts{
		ID: a.ID, Branch: string(a.Branch), Starts: h.local(a.Starts), Ends: h.local(a.Ends), Began: h.local(a.Began), Ended: h.local(a.Ended),
		Topics: append([]string{}, a.Topics...), NoticeAt: h.local(a.Steps[themeday.Noticing-1].At), Steps: []stepFact{}, Guests: []signInFact{}, SignIns: []signInFact{},
		Leaves: []stateFact{}, Makeups: []stateFact{}, Changes: []changeFact{},
	}
	for i, s := range a.Steps {
		if !s.At.IsZero() {
			f.Steps = append(f.Steps, stepFact{Step: i + 1, At: h.local(s.At), By: names[s.By]})
		}
	}
	if a.Dated() {
		roster, err := h.Desk.RosterOf(tx, a)
		if err != nil {
			return f, err
		}
		f.Members = len(roster.Members())
		f.Record = &recordFact{Due: h.local(h.Desk.RecordDueAt(a)), FiledAt: h.local(a.Filed)}
	}
	if err := h.attendanceFacts(tx, a, names, &f); err != nil {
		return f, err
	}
	t, _, err := h.Desk.Evaluate(tx, a.ID)
	if err != nil {
		return f, err
	}
	outside, err := h.Desk.Outside(tx, a.ID)
	apart, _ := themeday.OutsideShown(t, outside, h.Desk.For(a).Rules)
	f.Evaluation = evaluationOf(a, t, apart, h.Desk.For(a).Rules)
	return f, err
}

func evaluationOf(a themeday.Activity, t themeday.EvaluationTally, outside *themeday.RateFigures, r themeday.Rules) *evaluationFact {
	if a.Evaluated.IsZero() && t.Raters == 0 {
		return nil
	}
	f := &evaluationFact{Raters: t.Raters}
	if !a.Result.IsZero() {
		f.Outside = outside
	}
	if !a.Result.IsZero() && (t.Raters == 0 || t.Told(r)) { // of too few nobody reads more than their number
		rate := t.RatePercent()
		f.Satisfied, f.RatePercent = &t.Satisfied, &rate
	}
	return f
}

func (h *House) attendanceFacts(tx themeday.Tx, a themeday.Activity, names map[themeday.PersonID]string, f *ActivityFacts) error {
	ins, err := tx.SignIns(a.ID)
	if err != nil {
		return err
	}
	for _, s := range ins {
		fact := signInFact{Name: names[s.Person], At: h.local(s.At), How: s.How}
		if s.Guest {
			f.Guests = append(f.Guests, fact)
		} else {
			f.SignIns = append(f.SignIns, fact)
		}
	}
	leaves, err := tx.Leaves(a.ID)
	if err != nil {
		return err
	}
	for _, l := range leaves {
		f.Leaves = append(f.Leaves, stateFact{Name: names[l.Person], At: h.local(l.At), State: string(l.State)})
	}
	makeups, err := tx.Makeups(a.ID)
	if err != nil {
		return err
	}
	for _, m := range makeups {
		f.Makeups = append(f.Makeups, stateFact{Name: names[m.Person], State: string(m.State)})
	}
	changes, err := tx.Changes(a.ID)
	for _, c := range changes {
		f.Changes = append(f.Changes, changeFact{From: h.local(c.From), To: h.local(c.To), At: h.local(c.At)})
	}
	return err
}
