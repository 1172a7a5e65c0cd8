package simnet

import (
	"slices"
	"strings"
	"testing"
)

func TestANameInAScriptMeansOnePerson(t *testing.T) {
	for _, c := range []struct {
		why, in, name string
		who           string // the ID of the roster; empty: a stranger
		card          string
	}{
		{"a name of the roster", firstGroup, "张三", "p1", "老张"},
		{"a 群昵称", firstGroup, "老张", "p1", "老张"},
		{"a 群昵称 of another group is a stranger's name here", secondGroup, "老张", "", "老张"},
		{"a name of the roster in a foreign group", secondGroup, "张三", "p1", "张三"},
		{"one of two of a name, in his group", firstGroup, "张伟", "p4", "张伟"},
		{"the other of the two, in his", secondGroup, "张伟", "p5", "小张伟"},
		{"a stranger", firstGroup, "路人", "", "路人"},
		{"in private, a name of the roster", "", "张三", "p1", "张三"},
		{"in private, a 群昵称 of any group", "", "小张伟", "p5", "张伟"},
		{"in private, a stranger", "", "路人", "", "路人"},
	} {
		t.Run(c.why, func(t *testing.T) {
			n := branches(t)
			m := say(t, n, c.in, c.name)
			if p := n.last.from; p.key != c.who || p.id != m.From.ID || m.From.Card != c.card {
				t.Errorf("%s in %q is %q with card %q, want %q with %q", c.name, c.in, p.key, m.From.Card, c.who, c.card)
			}
			if again := say(t, n, c.in, c.name); again.From != m.From {
				t.Errorf("the second time he is %+v", again.From)
			}
		})
	}
}

func TestANameOfSeveralPeopleIsRefusedWhereNothingTellsThemApart(t *testing.T) {
	for _, c := range []struct {
		why, in string
		mend    func(*Network)
		ok      bool
	}{
		{"in private", "", func(*Network) {}, false},
		{"in a group where none of them is", "临时群", func(*Network) {}, false},
		{"in a group where one of them is", firstGroup, func(*Network) {}, true},
		{"in a group where both are, one under that card", firstGroup, func(n *Network) {
			n.Enrol(Person{ID: "p5", Name: "张伟", Remark: "张伟", Cards: map[string]string{firstGroup: "小张伟"}})
		}, true},
		{"in a group where both are under that card", firstGroup, func(n *Network) {
			n.Enrol(Person{ID: "p5", Name: "张伟", Remark: "张伟", Cards: map[string]string{firstGroup: "张伟"}})
		}, false},
	} {
		t.Run(c.why, func(t *testing.T) {
			n := branches(t)
			c.mend(n)
			_, err := n.Say(Said{At: noon, Group: c.in, Name: "张伟"})
			if c.ok != (err == nil) || err != nil && !strings.Contains(err.Error(), "2 people of the roster are called 张伟") {
				t.Errorf("error: %v", err)
			}
			if join := n.Join(c.in, "张伟"); c.in != "" && c.ok != (join == nil) {
				t.Errorf("joining: %v", join)
			}
		})
	}
}

func TestARenamedPersonIsSeenUnderTheNewCardAndCalledByTheOldName(t *testing.T) {
	n := branches(t)
	stranger := say(t, n, firstGroup, "新人")
	real4 := say(t, n, firstGroup, "李四")
	if err := n.Rename(firstGroup, "新人", "李四"); err != nil {
		t.Fatal(err)
	}
	after := say(t, n, firstGroup, "新人")
	if after.From.ID != stranger.From.ID || after.From.Card != "李四" || after.From.Nick != "新人" || after.From.Friend {
		t.Errorf("the stranger is now %+v", after.From)
	}
	if m := say(t, n, firstGroup, "李四"); m.From != real4.From {
		t.Errorf("李四 became %+v", m.From)
	}
	if got := cards(n, firstGroup); !slices.Equal(got, []string{"老张", "李四", "张伟", "李四"}) {
		t.Errorf("the group shows %q", got)
	}
	if m := say(t, n, "", "新人"); m.From.ID != stranger.From.ID || m.From.Card != "新人" {
		t.Errorf("in private he is %+v", m.From)
	}
	if err := n.Rename(firstGroup, "李四", "阿四"); err != nil {
		t.Fatal(err)
	}
	if m := say(t, n, firstGroup, "李四"); m.From.ID != real4.From.ID || m.From.Card != "阿四" {
		t.Errorf("李四 renamed is %+v", m.From)
	}
}

func TestJoiningAndLeaving(t *testing.T) {
	n := branches(t)
	for range 2 { // the second time nothing happens
		if err := n.Join(firstGroup, "新人"); err != nil {
			t.Fatal(err)
		}
	}
	if got := cards(n, firstGroup); !slices.Equal(got, []string{"老张", "李四", "张伟", "新人"}) {
		t.Errorf("after joining %q", got)
	}
	if err := n.Leave(firstGroup, "张三"); err != nil {
		t.Fatal(err)
	}
	if got := cards(n, firstGroup); !slices.Equal(got, []string{"李四", "张伟", "新人"}) {
		t.Errorf("after leaving %q", got)
	}
	for _, c := range []struct{ why, in, name string }{
		{"he left already", firstGroup, "张三"}, {"he is in another group", firstGroup, "王芳"}, {"nobody is called so", firstGroup, "王方"}, {"no such group", "第一支步", "李四"},
	} {
		if err := n.Leave(c.in, c.name); err == nil || !strings.Contains(err.Error(), c.name+" is in group ["+c.in+"]") {
			t.Errorf("%s: %v", c.why, err)
		}
		if err := n.Rename(c.in, c.name, "某人"); err == nil {
			t.Errorf("renamed though %s", c.why)
		}
	}
	if err := n.Join(firstGroup, "张三"); err != nil || !slices.Contains(cards(n, firstGroup), "老张") {
		t.Errorf("back again: %v, %q", err, cards(n, firstGroup))
	}
}

func TestEnrollingAgainKeepsWhatPeopleDidSince(t *testing.T) {
	n := branches(t)
	id := say(t, n, firstGroup, "张三").From.ID
	if err := n.Rename(firstGroup, "张三", "三哥"); err != nil {
		t.Fatal(err)
	}
	if err := n.Leave(firstGroup, "李四"); err != nil {
		t.Fatal(err)
	}
	n.Enrol(Person{ID: "p1", Name: "张三", Remark: "张三", Cards: map[string]string{firstGroup: "老张", secondGroup: "老张"}})
	n.Enrol(Person{ID: "p2", Name: "李四", Remark: "李四", Cards: map[string]string{firstGroup: "李四"}})
	n.Enrol(Person{ID: "p4", Name: "张伟", Remark: "张伟", Cards: map[string]string{firstGroup: "大张伟"}})
	if got := cards(n, firstGroup); !slices.Equal(got, []string{"三哥", "大张伟"}) {
		t.Errorf("the first group shows %q", got)
	}
	if got := cards(n, secondGroup); !slices.Equal(got, []string{"王芳", "小张伟", "老张"}) {
		t.Errorf("the second group shows %q", got)
	}
	if m := say(t, n, firstGroup, "张三"); m.From.ID != id {
		t.Errorf("张三 has become somebody else")
	}
}

func TestAStrangerWhoComesOntoTheRosterIsTheSamePerson(t *testing.T) {
	n := branches(t)
	before := say(t, n, firstGroup, "新人")
	n.Enrol(Person{ID: "p9", Name: "新人", Remark: "新人", Cards: map[string]string{firstGroup: "小新"}})
	after := say(t, n, firstGroup, "新人")
	if after.From.ID != before.From.ID || !after.From.Friend || after.From.Remark != "新人" || after.From.Card != "新人" {
		t.Errorf("he is %+v, was %+v", after.From, before.From)
	}
	if m := say(t, n, firstGroup, "小新"); m.From != after.From {
		t.Errorf("by his 群昵称 he is %+v", m.From)
	}
}
