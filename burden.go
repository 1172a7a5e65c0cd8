package themeday

import (
	"fmt"
	"time"
)

// Burden is how much the bot asked of a branch in a month (减负): what it said, what it was told, and what it asked although it knew.
type Burden struct {
	Month     YearMonth
	Group     int // posts to the group
	Private   int // posts in private, to the secretary or a member
	Above     int // posts about the branch to the committee
	Members   int // messages in which members gave something: sign-in, leave, make-up study, rating
	Office    int // messages in which the secretary and others with an office entered something about the month's activity
	Signed    int // of the members' messages, sign-ins
	Rated     int // and ratings, of which nobody can tell whose they are
	Twice     int // asked of somebody who had given it already: must be none
	TwiceWhat []string
}

// Answers is how often the bot answered: every message of these once.
func (b Burden) Answers() int { return b.Members + b.Office }

// plus adds another month's figures.
func (b Burden) plus(o Burden) Burden {
	b.Group, b.Private, b.Above, b.Members, b.Office = b.Group+o.Group, b.Private+o.Private, b.Above+o.Above, b.Members+o.Members, b.Office+o.Office
	b.Signed, b.Rated, b.Twice = b.Signed+o.Signed, b.Rated+o.Rated, b.Twice+o.Twice
	b.TwiceWhat = append(b.TwiceWhat, o.TwiceWhat...)
	return b
}

// BurdenOf reckons a branch's month: the posts that went out in it, and what was entered about its activity.
func (d Desk) BurdenOf(tx Tx, b BranchID, m YearMonth) (Burden, error) {
	posts, err := tx.PostsBetween(b, m.First().AddDays(-2).Start(d.Zone), m.Next().First().Start(d.Zone))
	if err != nil {
		return Burden{Month: m}, err
	}
	return d.burden(tx, b, m, posts)
}

// YearBurden is that of a branch's year up to an instant.
func (d Desk) YearBurden(tx Tx, b BranchID, year int, at time.Time) (Burden, error) {
	var sum Burden
	posts, err := tx.PostsBetween(b, Date{year, time.January, 1}.AddDays(-2).Start(d.Zone), Date{year + 1, time.January, 1}.Start(d.Zone))
	for m := (YearMonth{year, time.January}); err == nil && m.Year == year && !m.After(d.Day(at).MonthOf()); m = m.Next() {
		var one Burden
		one, err = d.burden(tx, b, m, posts)
		sum = sum.plus(one)
	}
	return sum, err
}

func (d Desk) burden(tx Tx, b BranchID, m YearMonth, posts []Post) (Burden, error) {
	out := Burden{Month: m}
	from, to := m.First().Start(d.Zone), m.Next().First().Start(d.Zone)
	above, err := d.above(tx, b, m)
	if err != nil {
		return out, err
	}
	for _, p := range posts {
		if p.State != Sent || p.SentAt.Before(from) || !p.SentAt.Before(to) {
			continue
		}
		switch {
		case p.To == ToGroup:
			out.Group++
		case p.To == ToPerson && above[p.Person]:
			out.Above++
		default:
			out.Private++
		}
		twice, err := d.knewAlready(tx, p)
		if err != nil {
			return out, err
		}
		if twice {
			out.Twice++
			out.TwiceWhat = append(out.TwiceWhat, d.Day(p.SentAt).Chinese()+" "+string(p.Kind))
		}
	}
	return out, d.given(tx, b, m, &out)
}

// above are those of the committee who are not on the branch's roster.
func (d Desk) above(tx Tx, b BranchID, m YearMonth) (map[PersonID]bool, error) {
	out := map[PersonID]bool{}
	members, err := Committees(tx)
	if err != nil {
		return nil, err
	}
	roster, err := tx.Roster(b, m.Last())
	for _, who := range members {
		if _, here := roster.Find(who.ID); !here {
			out[who.ID] = true
		}
	}
	return out, err
}

// given counts the messages by which the month's activity was filled in, each once.
func (d Desk) given(tx Tx, b BranchID, m YearMonth, out *Burden) error {
	a, err := d.OfMonth(tx, b, m)
	if err != nil || !a.Dated() {
		return err
	}
	roster, err := d.RosterOf(tx, a)
	if err != nil {
		return err
	}
	all, err := tx.ActivityEntries(a.ID)
	if err != nil {
		return err
	}
	seen := map[MessageID]bool{}
	for _, e := range all {
		if e.By == Bot || e.Message == "" || seen[e.Message] || e.Noun == nounRefused {
			continue
		}
		seen[e.Message] = true
		who, _ := roster.Find(e.By)
		switch e.Noun {
		case nounSignIn, nounLeave, nounMakeup, nounObjection:
			if e.Verb == verbOwn[e.Noun] || !who.Offices.Has(Secretary) && !who.Offices.Has(Deputy) {
				out.Members++
				out.Signed += boolInt(e.Noun == nounSignIn)
				continue
			}
		}
		out.Office++
	}
	out.Rated, err = tx.Voters(a.ID)
	out.Members += out.Rated
	return err
}

// verbOwn are the words by which anybody gives what is his own.
var verbOwn = map[string]string{nounSignIn: "签到", nounLeave: "请假", nounMakeup: "补学", nounObjection: "异议"}

// knewAlready tells whether a post asked for what had been given before it went out.
func (d Desk) knewAlready(tx Tx, p Post) (bool, error) {
	switch p.Kind {
	case MakeupDuePost, ApprovalDue, RecordDuePost, RecordOverdue, FilingDue:
	default:
		return false, nil
	}
	if p.Kind == FilingDue {
		return d.filedBefore(tx, p)
	}
	a, _, err := tx.Activity(p.Activity)
	if err != nil {
		return false, err
	}
	given := func(t time.Time) bool { return !t.IsZero() && t.Before(p.SentAt) }
	switch p.Kind {
	case RecordDuePost, RecordOverdue:
		return given(a.Filed), nil
	case ApprovalDue:
		return given(a.Steps[Approving-1].At), nil
	}
	return d.madeUpBefore(tx, p)
}

func (d Desk) filedBefore(tx Tx, p Post) (bool, error) {
	all, err := tx.Filings(d.Day(p.SentAt).Year)
	for _, f := range all {
		if f.Branch == p.Branch && p.Arg == fmt.Sprint(f.Year) && f.At.Before(p.SentAt) {
			return true, err
		}
	}
	return false, err
}

// madeUpBefore tells whether the make-up study had been handed in when it was asked for; sent back, it is asked for anew.
func (d Desk) madeUpBefore(tx Tx, p Post) (bool, error) {
	all, err := tx.EntriesAbout(nounMakeup, key(p.Activity, p.Person))
	given := false
	for _, e := range all {
		if e.Key != key(p.Activity, p.Person) || !e.Entered.Before(p.SentAt) {
			continue
		}
		if _, after, ok := bothOf[Makeup](e); ok {
			given = after.State != MakeupOwed
		}
	}
	return given, err
}
