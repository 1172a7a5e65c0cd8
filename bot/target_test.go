package bot

import (
	"errors"
	"strings"
	"testing"
	"time"

	"themeday"
)

func TestAPostGoesToTheChatOfItsAudience(t *testing.T) {
	noGroup := "nobody to send it to: no group of exactly this name with its people in it, one of them certain and with an office, or several"
	noFriend := "nobody to send it to: the person is no friend of the account"
	group := func(p *themeday.Post) { p.To = themeday.ToGroup }
	secretary := func(p *themeday.Post) { p.To = themeday.ToSecretary }
	toZhang := func(p *themeday.Post) { p.To, p.Person = themeday.ToPerson, zhang }
	makeup := func(p *themeday.Post) { toZhang(p); p.Kind = themeday.MakeupDuePost }
	old := func(chat string) func(*themeday.Post) {
		return func(p *themeday.Post) { toZhang(p); p.Kind, p.Arg = themeday.IdentityDoubt, chat }
	}
	elsewhere := func(p *themeday.Post) { p.Branch = "没有的支部" }
	for _, c := range []struct {
		name    string
		post    []func(*themeday.Post)
		groups  []string
		friends []string
		to      string // empty: held
		held    string
	}{
		{"the group", []func(*themeday.Post){group}, []string{"一支部群", "闲聊"}, nil, "一支部群: p", ""},
		{"a group that somebody else gave that name", []func(*themeday.Post){group}, []string{"empty 一支部群"}, nil, "", noGroup},
		{"no such group", []func(*themeday.Post){group}, []string{"一支部群2"}, nil, "", noGroup},
		{"two groups of the same name", []func(*themeday.Post){group}, []string{"一支部群", "一支部群"}, nil, "", noGroup},
		{"a branch that is gone", []func(*themeday.Post){group, elsewhere}, []string{"一支部群"}, nil, "", "nobody to send it to: no such branch"},
		{"the secretary", []func(*themeday.Post){secretary}, nil, []string{"王强", "张三"}, "王强: p", ""},
		{"the secretary is no friend", []func(*themeday.Post){secretary}, []string{"一支部群"}, []string{"张三"}, "", noFriend},
		{"two friends of the secretary's name", []func(*themeday.Post){secretary}, nil, []string{"王强", "王强"}, "", noFriend},
		{"a branch without a secretary", []func(*themeday.Post){secretary, elsewhere}, nil, []string{"王强"}, "", "nobody to send it to: the branch has no secretary"},
		{"a person", []func(*themeday.Post){toZhang}, nil, []string{"王强", "张三"}, "张三: p", ""},
		{"a person who is no friend, though the secretary is", []func(*themeday.Post){toZhang}, nil, []string{"王强"}, "", noFriend},
		{"a make-up reminder to the member", []func(*themeday.Post){makeup}, nil, []string{"王强", "张三"}, "张三: p", ""},
		{"a make-up reminder to a member who is no friend", []func(*themeday.Post){makeup}, nil, []string{"王强"}, "王强: p", ""},
		{"a word to the chat that was somebody before", []func(*themeday.Post){old("@张三b")}, nil, []string{"王强", "张三"}, "张三: p", ""},
		{"a word to a chat of an earlier session", []func(*themeday.Post){old("@张三x")}, nil, []string{"王强", "张三"}, "", "nobody to send it to: the chat is of an earlier session"},
		{"a make-up reminder that reaches nobody", []func(*themeday.Post){makeup}, nil, nil, "", noFriend},
	} {
		t.Run(c.name, func(t *testing.T) {
			st := newStage(t)
			seen(st.net, c.groups, c.friends)
			st.plan("p", c.post...)
			next := st.deliver()
			if c.to != "" {
				st.heard(c.to)
				st.stands("p", themeday.Sent, "")
				if p := st.post("p"); (p.Text != "") != (p.To == themeday.ToGroup) {
					t.Errorf("the text %q is kept of a post to the %s", p.Text, p.To)
				}
				return
			}
			st.heard()
			st.stands("p", themeday.Waiting, c.held)
			st.logged("post held")
			if next != 10*time.Minute || st.post("p").Tries != 0 {
				t.Errorf("looks again in %v after %d tries", next, st.post("p").Tries)
			}
		})
	}
}

// seen sets what the network shows. Two friends of one name are two people.
func seen(n *network, groups, friends []string) {
	n.groups, n.friends = nil, nil
	for i, g := range groups {
		name, empty := strings.CutPrefix(g, "empty ")
		seen := themeday.GroupSeen{Chat: themeday.ChatID(rune('a' + i)), Name: name}
		if !empty {
			seen.Members = []themeday.Sighting{friendCalled("王强")}
		}
		n.groups = append(n.groups, seen)
	}
	for i, f := range friends {
		s := friendCalled(f)
		s.ID += themeday.SightingID(rune('a' + i))
		n.friends = append(n.friends, s)
	}
}

func TestAHeldPostGoesOutWhenItsGroupIsFound(t *testing.T) {
	st := newStage(t)
	groups := st.net.groups
	st.net.groups = nil
	st.plan("held")
	st.plan("private", func(p *themeday.Post) { p.To, p.Person = themeday.ToPerson, zhang })
	st.deliver()
	st.heard("张三: private")
	st.net.groups = groups
	st.now = st.now.Add(holdFor)
	st.deliver()
	st.heard("张三: private", "一支部群: held")
	st.stands("held", themeday.Sent, "")
}

func TestAHeldPostThatExpiresSaysWhatHeldIt(t *testing.T) {
	st := newStage(t)
	st.net.friends = nil
	st.plan("held", func(p *themeday.Post) { p.To, p.Expires = themeday.ToSecretary, st.now.Add(5*time.Minute) })
	st.deliver()
	st.now = st.now.Add(holdFor)
	st.deliver()
	st.stands("held", themeday.Dropped, "expired; before: nobody to send it to: the person is no friend of the account")
}

func TestAPostThatIsLateGoesToTheSecretaryOfToday(t *testing.T) {
	st := newStage(t)
	handover := st.Desk.Day(st.now.Add(24 * time.Hour))
	st.write(func(tx themeday.Tx) error {
		return errors.Join(
			tx.PutMembership(themeday.Membership{Branch: branch, Person: wang, Number: 1, Offices: themeday.Offices{themeday.Secretary}, Until: handover}),
			tx.PutMembership(themeday.Membership{Branch: branch, Person: zhang, Number: 2, Until: handover}),
			tx.PutMembership(themeday.Membership{Branch: branch, Person: zhang, Number: 2, Offices: themeday.Offices{themeday.Secretary}, Since: handover}))
	})
	st.plan("late", func(p *themeday.Post) { p.To, p.Expires = themeday.ToSecretary, st.now.Add(72*time.Hour) })
	st.now = st.now.Add(24 * time.Hour)
	st.deliver()
	st.heard("张三: late")
}

func TestWhoIsDoubtedDoesNotHearOfIt(t *testing.T) {
	st := newStage(t)
	doubt := func(p *themeday.Post) { p.Kind, p.To = themeday.IdentityDoubt, themeday.ToSecretary }
	st.plan("identity.doubt/test/s1/@王强", doubt)
	st.plan("identity.doubt/test/s1/@张三", doubt)
	st.deliver()
	st.heard("王强: identity.doubt/test/s1/@张三")
	st.stands("identity.doubt/test/s1/@王强", themeday.Waiting, "nobody to send it to: the secretary is whom the doubt is about")
}

func TestASecretaryKnownByHisCardAloneIsToldNothingInPrivate(t *testing.T) {
	st := newStage(t)
	st.net.friends = []themeday.Sighting{{ID: "@x", Card: "王强", Friend: true}, {ID: "@y", Card: "张三", Friend: true}}
	st.write(func(tx themeday.Tx) error {
		return errors.Join(
			tx.PutBinding(themeday.Binding{Account: "test", Session: "s1", Sighting: "@x", Person: wang, Level: themeday.Strong, At: st.now}),
			tx.PutBinding(themeday.Binding{Account: "test", Session: "s1", Sighting: "@y", Person: zhang, Level: themeday.Strong, At: st.now}))
	})
	st.plan("reasons", func(p *themeday.Post) { p.Kind, p.To = themeday.LeaveAskedPost, themeday.ToSecretary })
	st.plan("absences", func(p *themeday.Post) { p.Kind, p.To, p.Person = themeday.AbsencePost, themeday.ToPerson, zhang })
	st.plan("his own", func(p *themeday.Post) { p.Kind, p.To, p.Person = themeday.MakeupDuePost, themeday.ToPerson, zhang })
	st.deliver()
	st.heard("张三: his own")
}
