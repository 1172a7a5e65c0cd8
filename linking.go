package themeday

import (
	"slices"
	"strings"
)

// Meetings are the meetings as which an activity may count too: the three meetings and one lesson (三会一课), and the organisation-life meeting
// (组织生活会, R24).
var Meetings = []string{"党员大会", "支委会", "党小组会", "党课", "组织生活会"}

// Linked is what 结合 says of an activity.
type Linked struct {
	Links    []string // R17, as the rules name them
	Meetings []string // R24
}

// ReadLinks reads what people type after 结合: each word is a link or a meeting, or a part of the name of exactly one.
func (d Desk) ReadLinks(words []string) (Linked, error) {
	var l Linked
	for _, w := range words {
		link, meeting := d.naming(d.Rules.Links, w), d.naming(Meetings, w)
		switch {
		case len(link)+len(meeting) > 1:
			return l, Refuse(Invalid, R17, "“%s”可以是%s，请写全", Shown(w), strings.Join(slices.Concat(link, meeting), "，也可以是"))
		case len(link) == 1 && !slices.Contains(l.Links, link[0]):
			l.Links = append(l.Links, link[0])
		case len(meeting) == 1 && !slices.Contains(l.Meetings, meeting[0]):
			l.Meetings = append(l.Meetings, meeting[0])
		case len(link)+len(meeting) == 0:
			return l, Refuse(Invalid, R17, "没有“%s”这一项。可以写：%s；同时计入（R24）：%s", Shown(w), strings.Join(d.Rules.Links, "、"), strings.Join(Meetings, "、"))
		}
	}
	slices.SortFunc(l.Links, func(a, b string) int { return slices.Index(d.Rules.Links, a) - slices.Index(d.Rules.Links, b) })
	slices.SortFunc(l.Meetings, func(a, b string) int { return slices.Index(Meetings, a) - slices.Index(Meetings, b) })
	return l, nil
}

// naming are the names that a word is, or else that contain it.
func (d Desk) naming(names []string, word string) []string {
	word = d.plain(word)
	var out []string
	for _, n := range names {
		switch p := d.plain(n); {
		case p == word:
			return []string{n}
		case len([]rune(word)) > 1 && (strings.Contains(p, word) || n == Meetings[0] && word == "支部"+p):
			out = append(out, n)
		}
	}
	return out
}

// SetLinks says with what an activity is linked (R17) and as which meetings it counts too (R24); nothing at all takes both away. It may be said
// until the record form is filed.
func (d Desk) SetLinks(tx Tx, c Cause, a Activity, l Linked) (Activity, error) {
	if err := sealed(a, c, "结合 中心工作"); err != nil {
		return a, err
	}
	if !a.Dated() {
		return a, Refuse(Missing, R17, "%s还没有排定主题党日，先定日期再写结合。请发：改期 %s 日期 14:00 事由", a.Month.Chinese(), a.Month.Chinese())
	}
	if c.Correcting && slices.Equal(a.Links, l.Links) && slices.Equal(a.Meetings, l.Meetings) {
		return a, Refuse(Conflict, R17, "%s的结合内容没有变化，不用更正", a.Month.Chinese())
	}
	return d.change(tx, c, a, "", func(n *Activity) error {
		n.Links, n.Meetings = l.Links, l.Meetings
		return nil
	})
}

// LinkUse is a link or a meeting and the months of a year that have it.
type LinkUse struct {
	Name   string
	Months []YearMonth
}

// LinkYear is the balance of a branch's year: how often each link was used (R17), and each meeting counted (R24).
type LinkYear struct {
	Links    []LinkUse // all that the rules name, and those of other times
	Meetings []LinkUse // those that there are
	Dated    int       // months that have a date
}

// Never are the links that no month uses.
func (y LinkYear) Never() []string {
	var out []string
	for _, l := range y.Links {
		if len(l.Months) == 0 {
			out = append(out, l.Name)
		}
	}
	return out
}

// LinkYear draws the balance from the months of a year, held and planned.
func (d Desk) LinkYear(tx Tx, b BranchID, year int) (LinkYear, error) {
	var y LinkYear
	for _, name := range d.Rules.Links {
		y.Links = append(y.Links, LinkUse{Name: name})
	}
	branch, err := d.Branch(tx, b)
	if err != nil {
		return y, err
	}
	all, err := tx.Activities(b, YearMonth{year, 1}, YearMonth{year, 12})
	for _, a := range all {
		if !a.Dated() || branch.Gone(d.Day(a.Starts)) { // what was dated beyond its closing is never held
			continue
		}
		y.Dated++
		y.Links = used(y.Links, a.Links, a.Month)
		y.Meetings = used(y.Meetings, a.Meetings, a.Month)
	}
	return y, err
}

// used counts a month's names.
func used(all []LinkUse, names []string, m YearMonth) []LinkUse {
	for _, name := range names {
		i := slices.IndexFunc(all, func(u LinkUse) bool { return u.Name == name })
		if i < 0 {
			i, all = len(all), append(all, LinkUse{Name: name})
		}
		all[i].Months = append(all[i].Months, m)
	}
	return all
}
