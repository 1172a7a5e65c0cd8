package themeday

import (
	"strings"
	"time"
)

// BranchID is the name under which a branch was first imported; it stays when the branch is renamed. Activity ids begin with it.
type BranchID string

// Branch is a Party branch (支部).
type Branch struct {
	ID    BranchID
	Name  string
	Group string // the exact name of its chat group (群名)

	Former    []FormerName // names that it had before
	Closed    Date         // first day on which it is none any more (撤销); zero while it is one
	ClosedWhy string
	Into      BranchID // the branch with which it was merged
}

// FormerName is a name that a branch had before; commands understand it until a day.
type FormerName struct {
	Name  string
	Until Date
}

// Gone tells whether the branch has been closed by a day.
func (b Branch) Gone(on Date) bool { return b.Closed != Date{} && !on.Before(b.Closed) }

// WasCalled tells whether the branch had a name before, and whether commands still understand it on a day.
func (b Branch) WasCalled(name string, on Date) (was, understood bool) {
	for _, f := range b.Former {
		if f.Name == name {
			return true, on.Before(f.Until)
		}
	}
	return false, false
}

// PersonID is the number of a person; the store makes it.
type PersonID int64

// Bot is the person that stands in the ledger where the program itself acted.
const Bot PersonID = 0

// Person is somebody the organisation knows: a member, a guest, one of the committee.
type Person struct {
	ID        PersonID
	Name      string
	Phone     string
	Committee bool // of the committee (机关党委)
	Liaison   bool // a leader who guides branches (联系领导)
}

// Membership is a person's place on a branch's roster, from a day until a day.
type Membership struct {
	Branch     BranchID
	Person     PersonID
	Number     int // his number on the printed list, from 1
	Offices    Offices
	Category   Category
	PartyGroup string
	Frail      bool   // old or infirm: takes part in a fitting way (R15)
	Card       string // his name in the group (群昵称)
	Since      Date   // first day; zero means always
	Until      Date   // first day no longer on it; zero means open
}

// On tells whether the membership holds on a day.
func (m Membership) On(d Date) bool {
	return (m.Since == Date{} || !d.Before(m.Since)) && (m.Until == Date{} || d.Before(m.Until))
}

// Comrade is a person together with his place on one branch's roster (同志).
type Comrade struct {
	Person
	Membership
}

// Counts tells whether he is one of the members that R12 divides by: formal and probationary ones (R08).
func (c Comrade) Counts() bool { return c.Category.Counts() }

// Roster is a branch's list on one day, in the order of its numbers.
type BranchRoster []Comrade

// Members are those who count in R12, in order.
func (r BranchRoster) Members() BranchRoster {
	var out BranchRoster
	for _, c := range r {
		if c.Counts() {
			out = append(out, c)
		}
	}
	return out
}

// Find gives the comrade of a person id.
func (r BranchRoster) Find(p PersonID) (Comrade, bool) {
	for _, c := range r {
		if c.Person.ID == p {
			return c, true
		}
	}
	return Comrade{}, false
}

// Named gives the comrade of a name or group card; several or none is a refusal that names the way out.
func (r BranchRoster) Named(name string) (Comrade, error) {
	var hits BranchRoster
	for _, c := range r {
		if c.Name == name || c.Card == name {
			hits = append(hits, c)
		}
	}
	for _, c := range hits {
		if c.Name == name {
			return c, nil
		}
	}
	switch len(hits) {
	case 1:
		return hits[0], nil
	case 0:
		return Comrade{}, Refuse(NotFound, "", "名单上没有“%s”。发“名单”可看全部姓名", Shown(name))
	}
	return Comrade{}, Refuse(Conflict, "", "有几位同志的群昵称是“%s”，请写姓名", Shown(name))
}

// Secretary gives the branch's secretary (书记).
func (r BranchRoster) Secretary() (Comrade, bool) { return r.holder(Secretary) }

// Deputy gives the branch's deputy secretary (副书记).
func (r BranchRoster) Deputy() (Comrade, bool) { return r.holder(Deputy) }

// Recorder gives the branch's standing recorder (记录员).
func (r BranchRoster) Recorder() (Comrade, bool) { return r.holder(Recorder) }

func (r BranchRoster) holder(o Office) (Comrade, bool) {
	for _, c := range r {
		if c.Offices.Has(o) {
			return c, true
		}
	}
	return Comrade{}, false
}

// Guide is a leader's charge over a branch (联系支部, R10).
type Guide struct {
	Person PersonID
	Branch BranchID
}

// Shown makes text that somebody typed fit to be repeated: one line, at most 20 characters, nothing invisible.
func Shown(s string) string {
	s = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		switch {
		case r == blankLike:
			return ' '
		case Invisible(r):
			return -1
		}
		return r
	}, clipped(s, 1000))), " ")
	if rs := []rune(s); len(rs) > 20 {
		s = string(rs[:20]) + "…"
	}
	return s
}

// Blackout is a time in which a branch should not be disturbed (R07), by days or by hours of its days.
type Blackout struct {
	Branch   BranchID
	From, To Date
	Why      string
}

// Covers tells whether a day is one of those kept clear; the first and the last are.
func (b Blackout) Covers(d Date) bool { return !d.Before(b.From) && !d.After(b.To) }

// Filing is the receipt of a year's plan filed with the committee (备案, R04).
type Filing struct {
	Branch BranchID
	Year   int
	At     time.Time
	By     PersonID
	Late   bool
}
