package themeday_test

import (
	"testing"

	"pgregory.net/rapid"

	"themeday"
)

// network is a directory written by hand.
type network struct {
	session string
	groups  []themeday.GroupSeen
	friends []themeday.Sighting
}

func (n network) Session() string              { return n.session }
func (n network) Groups() []themeday.GroupSeen { return n.groups }
func (n network) Friends() []themeday.Sighting { return n.friends }

const (
	wang themeday.PersonID = 1 + iota // 王强, the secretary
	zhang
	li
)

// scene is 第一支部's group g1 in session s2: 王强, 张三 with the card 小张, 李四. Nobody is a friend, nothing is remembered.
func scene(members ...themeday.Sighting) themeday.Scene {
	names := []string{"王强", "张三", "李四"}
	cards := []string{"王强", "小张", "李四"}
	sc := themeday.Scene{Account: "wechat", Chat: "g1"}
	for i, name := range names {
		p := themeday.Person{ID: themeday.PersonID(i + 1), Name: name}
		sc.People = append(sc.People, p)
		sc.Roster = append(sc.Roster, themeday.Comrade{Person: p, Membership: themeday.Membership{Person: p.ID, Card: cards[i], Category: themeday.Formal}})
	}
	sc.Directory = network{session: "s2", groups: []themeday.GroupSeen{{Chat: "g1", Name: "一支部党员群", Members: members}}}
	return sc
}

func card(id themeday.SightingID, name string) themeday.Sighting {
	return themeday.Sighting{ID: id, Card: name}
}

func friend(id themeday.SightingID, name, remark string) themeday.Sighting {
	return themeday.Sighting{ID: id, Card: name, Remark: remark, Friend: true}
}

func befriend(sc themeday.Scene, friends ...themeday.Sighting) themeday.Scene {
	n := sc.Directory.(network)
	n.friends = friends
	sc.Directory = n
	return sc
}

func remembering(sc themeday.Scene, bindings ...themeday.Binding) themeday.Scene {
	sc.Bindings = bindings
	return sc
}

func privately(sc themeday.Scene) themeday.Scene {
	sc.Private, sc.Roster, sc.Chat = true, nil, "p1"
	return sc
}

func bind(session string, id themeday.SightingID, p themeday.PersonID, level themeday.Level, name string) themeday.Binding {
	return themeday.Binding{Account: "wechat", Session: session, Sighting: id, Person: p, Level: level, Name: name}
}

func TestSomebodyIsRecognisedByWhatCannotBeChosen(t *testing.T) {
	namesake := befriend(scene(), friend("@a", "王强", "王强"))
	namesake.People = append(namesake.People, themeday.Person{ID: 9, Name: "王强"})
	for _, row := range []struct {
		why   string
		from  themeday.Sighting
		scene themeday.Scene
		want  themeday.Recognition
	}{
		{"the remark on the bot's phone", friend("@a", "强哥", "王强"), befriend(scene(), friend("@a", "强哥", "王强")), known(wang, themeday.Certain)},
		{"the same in private", friend("@a", "强哥", "王强"), privately(befriend(scene(), friend("@a", "强哥", "王强"))), known(wang, themeday.Certain)},
		{"a remark borne by two friends", friend("@a", "强哥", "王强"), befriend(scene(), friend("@a", "强哥", "王强"), friend("@b", "强子", "王强")), doubt(themeday.SameName)},
		{"a remark that two people of the house bear", friend("@a", "王强", "王强"), privately(namesake), doubt(themeday.SameName)},
		{"a remark that is nobody's name", friend("@a", "强哥", "买菜的"), privately(befriend(scene(), friend("@a", "强哥", "买菜的"))), doubt(themeday.Stranger)},
		{"a remark of somebody who is no friend is no proof", themeday.Sighting{ID: "@a", Card: "强哥", Remark: "王强"}, scene(), doubt(themeday.SameName)},

		{"a one-time code in this session", card("@a", "随便"), remembering(scene(), bind("s2", "@a", li, themeday.Certain, "随便")), known(li, themeday.Certain)},
		{"a code of an earlier session under the same id", card("@a", "随便"), remembering(scene(), bind("s1", "@a", li, themeday.Certain, "别的")), doubt(themeday.Stranger)},
		{"the later of two bindings", card("@a", "李四"), remembering(scene(), bind("s2", "@a", zhang, themeday.Certain, ""), bind("s2", "@a", li, themeday.Certain, "")), known(li, themeday.Certain)},

		{"a card that is a roster name", card("@a", "李四"), scene(card("@a", "李四")), known(li, themeday.Strong)},
		{"a card that is the roster's card", card("@a", "小张"), scene(card("@a", "小张")), known(zhang, themeday.Strong)},
		{"the name of one whose card is another", card("@a", "张三"), scene(card("@a", "张三")), known(zhang, themeday.Strong)},
		{"blanks and what cannot be seen", card("@a", " 李四\u200b\u2005"), scene(card("@a", " 李四\u200b\u2005")), known(li, themeday.Strong)},
		{"a card like a name is none", card("@a", "李四爱学习"), scene(), doubt(themeday.Stranger)},
		{"an empty card", card("@a", "\u200b "), scene(), doubt(themeday.Stranger)},
		{"a card proves nothing in private", card("@a", "李四"), privately(scene()), doubt(themeday.Stranger)},
	} {
		if got := themeday.Recognise(row.from, row.scene); got != row.want {
			t.Errorf("%s: %+v, want %+v", row.why, got, row.want)
		}
	}
}

func known(p themeday.PersonID, l themeday.Level) themeday.Recognition {
	return themeday.Recognition{Person: p, Level: l}
}

func doubt(d themeday.Doubt) themeday.Recognition { return themeday.Recognition{Doubt: d} }

func TestAnImpostorGainsNothingByAName(t *testing.T) {
	homonyms := scene(card("@x", "李四"))
	homonyms.Roster = append(homonyms.Roster, themeday.Comrade{Person: themeday.Person{ID: 8, Name: "李四"}})
	cardOfAnother := scene(card("@x", "李四"))
	cardOfAnother.Roster[0].Card = "李四"
	for _, row := range []struct {
		why   string
		from  themeday.Sighting
		scene themeday.Scene
	}{
		{"two in the group show the name", card("@x", "李四"), scene(card("@x", "李四"), card("@l", "李四"))},
		{"the other one hides it behind what cannot be seen", card("@x", "李四"), scene(card("@x", "李四"), card("@l", "李\u200b四"))},
		{"the true one is a friend by remark", card("@x", "李四"), befriend(scene(card("@x", "李四")), friend("@l", "四哥", "李四"))},
		{"the true one bound himself by code", card("@x", "李四"), remembering(scene(card("@x", "李四")), bind("s2", "@l", li, themeday.Certain, "四哥"))},
		{"the true one was recognised first and then changed his card", card("@x", "李四"), remembering(scene(card("@x", "李四"), card("@l", "四哥")), bind("s2", "@l", li, themeday.Strong, "李四"))},
		{"he was taken for the true one until that one bound himself", card("@x", "李四"), remembering(scene(card("@x", "李四")), bind("s2", "@x", li, themeday.Strong, "李四"), bind("s2", "@l", li, themeday.Certain, "四哥"))},
		{"he was taken for the true one until that one became a friend", card("@x", "李四"), befriend(remembering(scene(card("@x", "李四")), bind("s2", "@x", li, themeday.Strong, "李四")), friend("@l", "四哥", "李四"))},
		{"the owner's phone calls him by another known name", friend("@x", "李四", "张三"), befriend(scene(card("@x", "李四")), friend("@x", "李四", "张三"), friend("@y", "三", "张三"))},
		{"the card that the roster gives the true one is somebody's", card("@x", "张三"), scene(card("@x", "张三"), card("@z", "小张"))},
		{"the name of the one with this card is shown by somebody", card("@x", "小张"), scene(card("@x", "小张"), card("@z", "张三"))},
		{"two on the roster are called so", card("@x", "李四"), homonyms},
		{"one on the roster is called so and another shows it", card("@x", "李四"), cardOfAnother},
		{"remembered from an earlier session, shown by two now", card("@x", "四哥"), remembering(scene(card("@x", "四哥"), card("@l", "四哥")), bind("s1", "@o", li, themeday.Strong, "四哥"))},
		{"remembered, but the true one is known elsewhere", card("@x", "四哥"), remembering(scene(card("@x", "四哥")), bind("s1", "@o", li, themeday.Strong, "四哥"), bind("s2", "@l", li, themeday.Certain, "李四"))},
		{"remembered for two people", card("@x", "四哥"), remembering(scene(card("@x", "四哥")), bind("s1", "@o", li, themeday.Strong, "四哥"), bind("s0", "@p", zhang, themeday.Strong, "四哥"))},
		{"remembered, but in private a name proves nothing", card("@x", "四哥"), privately(remembering(scene(), bind("s1", "@o", li, themeday.Strong, "四哥")))},
	} {
		if got := themeday.Recognise(row.from, row.scene); got != doubt(themeday.SameName) {
			t.Errorf("%s: %+v", row.why, got)
		}
	}
}

func TestAfterANewSessionAnOldNameIsAssumed(t *testing.T) {
	old := bind("s1", "@o", li, themeday.Strong, "四哥")
	for _, row := range []struct {
		why   string
		from  themeday.Sighting
		scene themeday.Scene
		want  themeday.Recognition
	}{
		{"the same name in the group", card("@n", "四哥"), remembering(scene(card("@n", "四哥")), old), known(li, themeday.Assumed)},
		{"remembered twice for the same person", card("@n", "四哥"), remembering(scene(card("@n", "四哥")), old, bind("s0", "@p", li, themeday.Certain, "四哥")), known(li, themeday.Assumed)},
		{"another name", card("@n", "五哥"), remembering(scene(card("@n", "五哥")), old), doubt(themeday.Stranger)},
		{"he was seen in this session already", card("@n", "改了名"), remembering(scene(), old, bind("s2", "@n", li, themeday.Assumed, "四哥")), known(li, themeday.Assumed)},
		{"a binding without a name remembers nobody", card("@n", ""), remembering(scene(), bind("s1", "@o", li, themeday.Strong, "")), doubt(themeday.Stranger)},
	} {
		if got := themeday.Recognise(row.from, row.scene); got != row.want {
			t.Errorf("%s: %+v, want %+v", row.why, got, row.want)
		}
	}
}

func TestAPrivateWordGoesToOneWhoIsSurelyHe(t *testing.T) {
	for _, row := range []struct {
		why   string
		scene themeday.Scene
		want  themeday.SightingID // of a word about his own matters
		sure  themeday.SightingID // of a word that only he may read
	}{
		{"by remark", befriend(scene(), friend("@z", "三", "张三"), friend("@l", "四哥", "李四")), "@l", "@l"},
		{"by code", remembering(befriend(scene(), friend("@l", "四哥", "")), bind("s2", "@l", li, themeday.Certain, "")), "@l", "@l"},
		{"by his card in this session", remembering(befriend(scene(), friend("@l", "四哥", "")), bind("s2", "@l", li, themeday.Strong, "")), "@l", ""},
		{"by his card, but another one is certain", remembering(befriend(scene(), friend("@x", "李四", ""), friend("@l", "四哥", "李四")), bind("s2", "@x", li, themeday.Strong, "李四")), "@l", "@l"},
		{"by his card, and somebody else bound himself since", remembering(befriend(scene(), friend("@x", "李四", "")), bind("s2", "@x", li, themeday.Strong, "李四"), bind("s2", "@l", li, themeday.Certain, "")), "", ""},
		{"assumed is not enough", remembering(befriend(scene(), friend("@l", "四哥", "")), bind("s2", "@l", li, themeday.Assumed, "")), "", ""},
		{"an id of an earlier session", remembering(befriend(scene(), friend("@l", "四哥", "")), bind("s1", "@l", li, themeday.Certain, "")), "", ""},
		{"two friends with his name", befriend(scene(), friend("@l", "四哥", "李四"), friend("@m", "四姐", "李四")), "", ""},
		{"nobody of that name", befriend(scene(), friend("@z", "三", "张三")), "", ""},
		{"known in the group, but no friend", remembering(scene(card("@l", "李四")), bind("s2", "@l", li, themeday.Strong, "")), "", ""},
	} {
		for least, want := range map[themeday.Level]themeday.SightingID{themeday.Strong: row.want, themeday.Certain: row.sure} {
			if got, ok := row.scene.Find(li, least); got.ID != want || ok != (want != "") {
				t.Errorf("%s: %q, %v, want %q at level %d", row.why, got.ID, ok, want, least)
			}
		}
	}
}

func TestWhatMayGoToSomebodyByHisCard(t *testing.T) {
	for kind, want := range map[themeday.Kind]themeday.Level{
		themeday.MakeupDuePost: themeday.Strong, themeday.LeaveDecided: themeday.Strong, themeday.LeaveAskedPost: themeday.Certain,
		themeday.AbsencePost: themeday.Certain, themeday.ApprovalAsked: themeday.Certain, themeday.IdentityDoubt: themeday.Certain,
	} {
		if got := (themeday.Post{Kind: kind, To: themeday.ToPerson}).Assured(); got != want {
			t.Errorf("%s: %d, want %d", kind, got, want)
		}
	}
	if (themeday.Post{Kind: themeday.MakeupDuePost, To: themeday.ToSecretary}).Assured() != themeday.Certain {
		t.Error("a post to the secretary goes by a card")
	}
}

func TestARemarkMeansWhoHasAPlace(t *testing.T) {
	sc := befriend(scene(), friend("@a", "强哥", "王强"))
	sc.People = append(sc.People, themeday.Person{ID: 9, Name: "王强"}) // a guest, or somebody who left
	for _, row := range []struct {
		standing map[themeday.PersonID]bool
		want     themeday.Recognition
	}{
		{map[themeday.PersonID]bool{wang: true}, known(wang, themeday.Certain)},
		{map[themeday.PersonID]bool{wang: true, 9: true}, doubt(themeday.SameName)},
		{nil, doubt(themeday.SameName)},
	} {
		sc.Standing = func(p themeday.PersonID) bool { return row.standing[p] }
		if got := themeday.Recognise(friend("@a", "强哥", "王强"), privately(sc)); got != row.want {
			t.Errorf("standing %v: %+v, want %+v", row.standing, got, row.want)
		}
	}
}

func TestABranchHasOneGroupOfItsNameOrNone(t *testing.T) {
	dir := network{groups: []themeday.GroupSeen{{Chat: "g1", Name: "一支部党员群"}, {Chat: "g2", Name: "二支部"}, {Chat: "g3", Name: "二支部"}, {Chat: "g4", Name: "三支部 "}}}
	for name, want := range map[string]themeday.ChatID{"一支部党员群": "g1", "二支部": "", "三支部": "", "四支部": "", "一支部": ""} {
		g, ok := themeday.FindGroup(dir, name)
		if ok != (want != "") || ok && g.Chat != want {
			t.Errorf("the group %q: %s, %v", name, g.Chat, ok)
		}
	}
}

func TestANameIsWhatCanBeSeenOfIt(t *testing.T) {
	for said, want := range map[string]string{
		"李四": "李四", " 李四 ": "李四", "李\u3000四": "李 四", "李  四": "李 四", "李\u2005四": "李 四", "李\u00a0四": "李 四",
		"李\u200b四": "李四", "\ufeff李四": "李四", "李四\u202e": "李四", "李\u00ad四": "李四", "李四\ufe0f": "李四", "李\n四": "李四", "\u200b": "", "": "",
		"𠮷田": "𠮷田", "Anna B": "Anna B",
	} {
		if got := themeday.CleanName(said); got != want {
			t.Errorf("CleanName(%q) = %q, want %q", said, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "name")
		if once := themeday.CleanName(s); themeday.CleanName(once) != once {
			t.Fatalf("%q is cleaned to %q, and that to %q", s, once, themeday.CleanName(once))
		}
	})
}

// Whatever the network shows, somebody is either one person at a level, or nobody with a doubt; and a name alone never makes certain.
func TestNobodyIsEverHalfRecognised(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SampledFrom([]string{"王强", "张三", "李四", "小张", "四哥", "", "王\u200b强"})
		ids := rapid.SampledFrom([]themeday.SightingID{"@a", "@b", "@c"})
		from := card(ids.Draw(t, "from"), names.Draw(t, "card"))
		sc := scene(from, card("@b", names.Draw(t, "other")))
		for range rapid.IntRange(0, 3).Draw(t, "bindings") {
			session := rapid.SampledFrom([]string{"s1", "s2"}).Draw(t, "session")
			level := rapid.SampledFrom([]themeday.Level{themeday.Assumed, themeday.Strong}).Draw(t, "level")
			sc.Bindings = append(sc.Bindings, bind(session, ids.Draw(t, "id"), rapid.SampledFrom([]themeday.PersonID{wang, zhang, li}).Draw(t, "person"), level, names.Draw(t, "name")))
		}
		got := themeday.Recognise(from, sc)
		if (got.Level == themeday.Nobody) != (got.Person == 0) || (got.Doubt == "") != (got.Level > themeday.Nobody) || got.Level == themeday.Certain {
			t.Fatalf("%+v is %+v", from, got)
		}
	})
}
