package themeday

import (
	"encoding/json"
	"fmt"
	"time"
)

// Purge is a kind of what is taken away after its time. What the regulation asks for is none: who came, who was on leave and whether it was
// granted, minutes, forms, results, objections and who entered what stay.
type Purge string

// The kinds, in the order in which they are purged.
const (
	PurgeMessages Purge = "messages" // ids and chats of messages: they only serve to know a repeated one
	PurgeCodes    Purge = "codes"    // binding codes, and counts of what was tried
	PurgeBindings Purge = "bindings" // how people were seen in earlier sessions; of everybody the last session stays, by which he is known again
	PurgePosts    Purge = "posts"    // the texts of posts; that they went out, when and to whom stays
	PurgeDropped  Purge = "dropped"  // posts that never went out
	PurgeReasons  Purge = "reasons"  // of leaves and of refusals of them, with the pictures of notes
	PurgeMakeups  Purge = "makeups"  // what was handed in as make-up study and confirmed, and why it had been sent back
	PurgeRefused  Purge = "refused"  // why an attempt was refused; that it was tried stays
	PurgeLooks    Purge = "looks"    // who was shown reasons
)

// Purges are all kinds.
func Purges() []Purge {
	return []Purge{PurgeMessages, PurgeCodes, PurgeBindings, PurgePosts, PurgeDropped, PurgeReasons, PurgeMakeups, PurgeRefused, PurgeLooks}
}

// Retention is for how many days each kind is kept; one that is not named is kept for ever.
type Retention map[Purge]int

// DefaultRetention is what holds where nothing is said. The year's papers are asked for in the year after: two years hold them all.
func DefaultRetention() Retention {
	return Retention{
		PurgeMessages: 30, PurgeCodes: 30, PurgeBindings: 365, PurgePosts: 730, PurgeDropped: 730, PurgeReasons: 730, PurgeMakeups: 730,
		PurgeRefused: 365, PurgeLooks: 1095,
	}
}

// Cutoff is a kind and the day before which it is taken away; At is the beginning of that day.
type Cutoff struct {
	Kind   Purge
	Before Date
	At     time.Time
}

// Cutoffs are the days before which things go, seen from an instant.
func (d Desk) Cutoffs(r Retention, at time.Time) []Cutoff {
	var out []Cutoff
	for _, kind := range Purges() {
		if days := r[kind]; days > 0 {
			day := d.Day(at).AddDays(-days)
			out = append(out, Cutoff{Kind: kind, Before: day, At: day.Start(d.Zone)})
		}
	}
	return out
}

// Purged is how much of a kind was taken away, and up to which day.
type Purged struct {
	Kind  Purge `json:"kind"`
	Upto  Date  `json:"upto"`
	Count int   `json:"count"`
}

// Purgeable counts what would go; kinds of which there is nothing are left out.
func (d Desk) Purgeable(tx Tx, r Retention, at time.Time) ([]Purged, error) {
	var out []Purged
	for _, c := range d.Cutoffs(r, at) {
		n, err := tx.Purgeable(c)
		if err != nil {
			return nil, fmt.Errorf("count %s: %w", c.Kind, err)
		}
		if n > 0 {
			out = append(out, Purged{c.Kind, c.Before.AddDays(-1), n})
		}
	}
	return out, nil
}

// Purge takes away up to so many of what is past its time, oldest kinds first, and notes it in one entry (R33). Nothing means that nothing is left
// to do. drop takes away the file of a picture that nothing uses any more; one that is gone already is no error, so that what was killed half way
// goes on.
func (d Desk) Purge(tx Tx, c Cause, r Retention, most int, drop func(picture string) error) ([]Purged, error) {
	var out []Purged
	for _, cut := range d.Cutoffs(r, c.At) {
		n, pictures, err := tx.Purge(cut, most)
		if err != nil {
			return nil, fmt.Errorf("purge %s: %w", cut.Kind, err)
		}
		for _, id := range pictures {
			if err := drop(id); err != nil {
				return nil, fmt.Errorf("purge a picture: %w", err)
			}
		}
		if n > 0 {
			out = append(out, Purged{cut.Kind, cut.Before.AddDays(-1), n})
		}
		if most -= n; most <= 0 {
			break
		}
	}
	if len(out) == 0 {
		return nil, nil
	}
	return out, note(tx, c, "", nounPurge, d.Day(c.At).String(), nil, out, "")
}

const nounPurge = "purge"

// LastPurge is the last purge that the ledger knows; false: there was none.
func (d Desk) LastPurge(tx Tx) (at time.Time, what []Purged, ok bool, err error) {
	all, err := tx.EntriesAbout(nounPurge, "")
	if err != nil || len(all) == 0 {
		return at, nil, false, err
	}
	last := all[len(all)-1]
	for _, e := range all { // of one purge: what was taken away in several steps
		if e.Key != last.Key {
			continue
		}
		var some []Purged
		if err := json.Unmarshal(e.After, &some); err != nil {
			return at, nil, false, fmt.Errorf("read the entry of a purge: %w", err)
		}
		what = AddPurged(what, some)
	}
	return last.Entered, what, true, nil
}

// AddPurged adds up what was taken away, in the order of the kinds.
func AddPurged(all, more []Purged) []Purged {
	var out []Purged
	for _, kind := range Purges() {
		sum := Purged{Kind: kind}
		for _, some := range [][]Purged{all, more} {
			for _, p := range some {
				if p.Kind == kind {
					sum.Count, sum.Upto = sum.Count+p.Count, p.Upto
				}
			}
		}
		if sum.Count > 0 {
			out = append(out, sum)
		}
	}
	return out
}

// NoLongerKept stands where words stood that were purged or erased.
const NoLongerKept = "（不再保存）"
