package themeday

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
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
	By        map[Said]int   // the posts, by where they went and their kind
	Gave      map[string]int // the messages, by what was entered: for members and for the office alike
}

// Said is where posts went and of which kind they were.
type Said struct {
	Where Audience // ToGroup, ToSecretary for what is private in the branch, ToPerson for the committee
	Kind  Kind
}

// KindCount is how many posts there were of a kind.
type KindCount struct {
	Kind  Kind
	Posts int
}

// Kinds are the posts that went somewhere, by kind, the most frequent first.
func (b Burden) Kinds(where Audience) []KindCount {
	var out []KindCount
	for s, n := range b.By {
		if s.Where == where {
			out = append(out, KindCount{s.Kind, n})
		}
	}
	slices.SortFunc(out, func(a, b KindCount) int { return cmp.Or(cmp.Compare(b.Posts, a.Posts), cmp.Compare(a.Kind, b.Kind)) })
	return out
}

// Given says of how many messages of each sort a figure consists: 签到12、请假2. Whose they are is office, or the members'.
func (b Burden) Given(office bool) []string {
	var out []string
	for _, noun := range givenNouns {
		if n := b.Gave[givenBy(office, noun.noun)]; n > 0 {
			out = append(out, fmt.Sprintf("%s%d", noun.chinese, n))
		}
	}
	return out
}

// givenNouns are what messages enter about an activity, as people read it; the last is everything else.
var givenNouns = []struct{ noun, chinese string }{
	{nounSignIn, "签到"},
	{nounLeave, "请假"},
	{nounMakeup, "补学"},
	{nounObjection, "异议"},
	{nounActivity, "安排和步骤"},
	{nounCheck, "会前检查"},
	{nounMinute, "记录"},
	{nounGuest, "列席"},
	{nounPicture, "照片"},
	{nounForm, "上报"},
	{nounComment, "点评"},
	{"", "其他"},
}

func givenBy(office bool, noun string) string {
	if !slices.ContainsFunc(givenNouns, func(n struct{ noun, chinese string }) bool { return n.noun == noun }) {
		noun = ""
	}
	return yes(office, "office/", "members/") + noun
}

// Answers is how often the bot answered: every message of these once.
func (b Burden) Answers() int { return b.Members + b.Office }

// plus adds another month's figures.
func (b Burden) plus(o Burden) Burden {
	b.Group, b.Private, b.Above, b.Members, b.Office = b.Group+o.Group, b.Private+o.Private, b.Above+o.Above, b.Members+o.Members, b.Office+o.Office
	b.Signed, b.Rated, b.Twice = b.Signed+o.Signed, b.Rated+o.Rated, b.Twice+o.Twice
	b.TwiceWhat = append(b.TwiceWhat, o.TwiceWhat...)
	b.By, b.Gave = added(b.By, o.By), added(b.Gave, o.Gave)
	return b
}

// added are the counts of both.
func added[K comparable](a, b map[K]int) map[K]int {
	out := maps.Clone(a)
	if out == nil {
		out = map[K]int{}
	}
	for k, n := range b {
		out[k] += n
	}
	return out
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
	out := Burden{Month: m, By: map[Said]int{}, Gave: map[string]int{}}
	from, to := m.First().Start(d.Zone), m.Next().First().Start(d.Zone)
	above, err := d.above(tx, b, m)
	if err != nil {
		return out, err
	}
	for _, p := range posts {
		if p.State != Sent || p.SentAt.Before(from) || !p.SentAt.Before(to) {
			continue
		}
		where := ToSecretary
		switch {
		case p.To == ToGroup:
			where = ToGroup
			out.Group++
		case p.To == ToPerson && above[p.Person]:
			where = ToPerson
			out.Above++
		default:
			out.Private++
		}
		out.By[Said{where, p.Kind}]++
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
				out.Gave[givenBy(false, e.Noun)]++
				out.Signed += boolInt(e.Noun == nounSignIn)
				continue
			}
		}
		out.Office++
		out.Gave[givenBy(true, e.Noun)]++
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
