package themeday_test

import (
	"testing"

	"themeday"
)

// terminal is a network that shows its groups, but not who is in them.
type terminal struct{ groups []themeday.GroupSeen }

func (terminal) Session() string                { return "console" }
func (d terminal) Groups() []themeday.GroupSeen { return d.groups }
func (terminal) Friends() []themeday.Sighting   { return nil }

func TestAGroupThatShowsNobodyIsTakenByItsNameAlone(t *testing.T) {
	sc := themeday.Scene{}
	var roster themeday.BranchRoster
	for i, name := range []string{"许宁", "李敏", "陈静", "赵国栋"} {
		id := themeday.PersonID(i + 1)
		roster = append(roster, themeday.Comrade{Person: themeday.Person{ID: id, Name: name}})
		sc.Bindings = append(sc.Bindings, themeday.Binding{Person: id, Name: name})
	}
	for unlisted, want := range map[bool]bool{true: true, false: false} { // elsewhere a group without any of them is another one
		sc.Directory = terminal{[]themeday.GroupSeen{{Chat: "g", Name: "一支部党员群", Unlisted: unlisted}}}
		if _, got := sc.GroupOf("一支部党员群", roster); got != want {
			t.Errorf("unlisted %v: %v, want %v", unlisted, got, want)
		}
	}
}
