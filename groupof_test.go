package themeday_test

import (
	"testing"

	"themeday"
)

// onlyGroup is one group, and friends.
type onlyGroup struct {
	members, friends []themeday.Sighting
}

func (onlyGroup) Session() string                { return "s" }
func (d onlyGroup) Friends() []themeday.Sighting { return d.friends }
func (d onlyGroup) Groups() []themeday.GroupSeen {
	return []themeday.GroupSeen{{Chat: "g", Name: "一支部党员群", Members: d.members}}
}

func TestBeforeAnybodyWasRecognisedAGroupTakesSomebodyCertainWithAnOffice(t *testing.T) {
	card := func(name string) themeday.Sighting {
		return themeday.Sighting{ID: themeday.SightingID("@" + name), Card: name, Nick: name}
	}
	remarked := func(name string) themeday.Sighting {
		return themeday.Sighting{ID: themeday.SightingID("@" + name), Remark: name, Friend: true}
	}
	people := []themeday.Person{{ID: 1, Name: "许宁"}, {ID: 2, Name: "李敏"}, {ID: 3, Name: "林海", Committee: true}}
	roster := themeday.BranchRoster{
		{Person: people[0], Membership: themeday.Membership{Offices: themeday.Offices{themeday.Secretary}}}, {Person: people[1]},
	}
	code := themeday.Binding{Session: "s", Sighting: "@许宁", Person: 1, Level: themeday.Certain}
	for _, c := range []struct {
		name     string
		members  []themeday.Sighting
		friends  []themeday.Sighting
		bindings []themeday.Binding
		want     bool
	}{
		{"nobody", nil, nil, nil, false},
		{"cards alone, which anybody chooses", []themeday.Sighting{card("许宁"), card("李敏"), card("林海")}, nil, nil, false},
		{"the secretary by his remark on the bot's phone", []themeday.Sighting{card("许宁")}, []themeday.Sighting{remarked("许宁")}, nil, true},
		{"the secretary by a code", []themeday.Sighting{card("许宁")}, nil, []themeday.Binding{code}, true},
		{"the secretary, but in no such group", []themeday.Sighting{card("李敏")}, []themeday.Sighting{remarked("许宁")}, nil, false},
		{"a member without an office", []themeday.Sighting{card("李敏")}, []themeday.Sighting{remarked("李敏")}, nil, false},
		{"somebody of the committee", []themeday.Sighting{card("林海")}, []themeday.Sighting{remarked("林海")}, nil, true},
	} {
		sc := themeday.Scene{Directory: onlyGroup{c.members, c.friends}, People: people, Bindings: c.bindings}
		if _, got := sc.GroupOf("一支部党员群", roster); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

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
