package themeday

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// amendment is a line of part 14 and when it was entered.
type amendment struct {
	at    time.Time
	cells []any
}

// corrections is part 14: every filed version of a form and every change after its filing, what was taken back, what was entered after the
// activity, and what members objected to (R33).
func (w *yearWriter) corrections() error {
	entries, err := w.entries()
	if err != nil {
		return err
	}
	bySeq := map[int64]Entry{}
	for _, e := range entries {
		bySeq[e.Seq] = e
	}
	ends, err := w.ends()
	if err != nil {
		return err
	}
	lines, told, err := w.amendments(ends)
	if err != nil {
		return err
	}
	for _, e := range entries {
		month := monthOf(e.Activity)
		line := func(kind string, happened time.Time, what, why string) {
			lines = append(lines, amendment{e.Entered, []any{kind, month, w.instant(e.Entered), w.instant(happened), what, w.about(e), w.names[e.By], why}})
		}
		old, replaced := rewritten(e)
		switch {
		case told[e.Seq]:
		case e.Undoes != 0:
			of := bySeq[e.Undoes]
			line("撤销", of.Entered, "撤销“"+of.Verb+"”", e.Why)
		case replaced:
			line("更正", e.Happened, "总结（上报前改写）", old.whole)
		case e.By != Bot && after(e, ends):
			line("事后补录", e.Happened, e.Verb, e.Why)
		}
	}
	slices.SortStableFunc(lines, func(a, b amendment) int { return a.at.Compare(b.at) })
	for _, l := range lines {
		w.row(partCorrections, l.cells...)
	}
	return w.objections()
}

// amendments are the filed versions of the year's forms and what was changed after the first of them, with the numbers of those entries.
// Objections have lines of their own.
func (w *yearWriter) amendments(all map[ActivityID]Activity) (lines []amendment, told map[int64]bool, err error) {
	told = map[int64]bool{}
	for _, id := range slices.Sorted(maps.Keys(all)) {
		a := all[id]
		if a.Filed.IsZero() {
			continue
		}
		filed, err := w.desk.filings(w.tx, a)
		if err != nil {
			return nil, nil, err
		}
		for _, f := range filed {
			sum := ""
			if f.SHA256 != "" {
				sum = "文件校验 " + f.SHA256[:min(12, len(f.SHA256))]
			}
			lines = append(lines, amendment{f.At, []any{"上报", monthOf(id), w.instant(f.At), nil, "纪实表" + VersionName(f.Version, true), nil, w.names[f.By], sum}})
		}
		changes, err := w.changedSince(a)
		if err != nil {
			return nil, nil, err
		}
		for _, k := range changes {
			told[k.entry.Seq] = true
			if k.entry.Noun == nounObjection {
				continue
			}
			lines = append(lines, amendment{k.At, []any{
				"更正", monthOf(id), w.instant(k.At), w.instant(k.entry.Happened), amendedBy(k.entry), w.about(k.entry), k.By, k.Whole,
			}})
		}
	}
	return lines, told, nil
}

// amendedBy is the command by which something was changed.
func amendedBy(e Entry) string {
	switch {
	case e.Undoes != 0:
		return "撤销"
	case e.By == Bot || e.Verb == "":
		return "自动更正"
	}
	return e.Verb
}

// changedSince are the changes of a form after its filing.
func (w *yearWriter) changedSince(a Activity) ([]Correction, error) {
	d := w.desk.For(a)
	entries, err := w.tx.ActivityEntries(a.ID)
	if err != nil {
		return nil, err
	}
	roster, err := d.RosterOf(w.tx, a)
	if err != nil {
		return nil, err
	}
	k := corrector{d: d, tx: w.tx, a: a, roster: roster, name: func(p PersonID) string { return w.names[p] }}
	out, _, err := k.corrections(entries)
	return out, err
}

// rewritten tells of a summary that took the place of another.
func rewritten(e Entry) (told, bool) {
	if e.Noun != nounActivity {
		return told{}, false
	}
	before, after, ok := bothOf[Activity](e)
	return fromTo("总结", before.Summary, after.Summary), ok && before.Summary != "" && before.Summary != after.Summary
}

// yearNouns are the facts of an activity whose entries may be corrections.
var yearNouns = []string{nounActivity, nounSignIn, nounLeave, nounMakeup, nounCheck, nounMinute, nounGuest}

// entries are those about the year's activities, in the order in which they were entered.
func (w *yearWriter) entries() ([]Entry, error) {
	var all []Entry
	for _, noun := range yearNouns {
		some, err := w.tx.EntriesAbout(noun, fmt.Sprintf("%s/%04d-", w.book.Branch.ID, w.book.Year))
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	slices.SortFunc(all, func(a, b Entry) int { return int(a.Seq - b.Seq) })
	return all, nil
}

// ends are the year's activities by their ids.
func (w *yearWriter) ends() (map[ActivityID]Activity, error) {
	all, err := w.tx.Activities(w.book.Branch.ID, YearMonth{w.book.Year, 1}, YearMonth{w.book.Year, 12})
	out := map[ActivityID]Activity{}
	for _, a := range all {
		out[a.ID] = a
	}
	return out, err
}

// after tells whether an entry writes down after the end what happened before it: a sign-in, or leave asked too late.
func after(e Entry, all map[ActivityID]Activity) bool {
	a, ok := all[e.Activity]
	if !ok || !a.Dated() || !e.Entered.After(a.EndAt()) {
		return false
	}
	switch e.Noun {
	case nounSignIn:
		return len(e.After) > 0 && !e.Happened.After(a.EndAt())
	case nounLeave:
		var before Leave
		return len(e.Before) == 0 || json.Unmarshal(e.Before, &before) == nil && before.State == LeaveCancelled
	}
	return false
}

// about is whom an entry concerns, when it is one person.
func (w *yearWriter) about(e Entry) any {
	var fact struct{ Person PersonID }
	for _, raw := range []json.RawMessage{e.After, e.Before} {
		if len(raw) > 0 && json.Unmarshal(raw, &fact) == nil && fact.Person != 0 {
			return w.names[fact.Person]
		}
	}
	return nil
}

func (w *yearWriter) objections() error {
	all, err := w.tx.Objections(w.book.Branch.ID)
	for _, o := range all {
		if o.Activity != "" && strings.HasPrefix(string(o.Activity), fmt.Sprintf("%s/%04d-", w.book.Branch.ID, w.book.Year)) ||
			o.Activity == "" && w.desk.Day(o.At).Year == w.book.Year {
			w.row(partCorrections, "异议", monthOf(o.Activity), w.instant(o.At), nil, yes(o.State.Above(), "异议（请机关党委复核）", yes(o.Late, "异议（超过"+Hours(w.desk.At(o.At).Rules.ObjectWithin)+"）", "异议")), w.names[o.Person], w.names[o.Person], w.secret(o.Text))
			if !o.Open() {
				w.row(partCorrections, "异议答复", monthOf(o.Activity), w.instant(o.Answered), w.instant(o.At), "异议"+o.State.Chinese(), w.names[o.Person], w.names[o.By], w.secret(o.Answer))
			}
		}
	}
	return err
}

// monthOf is the month of an activity's id, as people say it.
func monthOf(a ActivityID) string {
	_, month, ok := strings.Cut(string(a), "/")
	m, err := ParseYearMonth(month)
	if !ok || err != nil {
		return ""
	}
	return m.Chinese()
}
