package commands

import (
	"fmt"
	"strings"
	"time"

	"themeday"
	"themeday/commands/fold"
)

type timeAt = time.Time

// speaker is who sent a message and where, before any command is looked at.
type speaker struct {
	known    themeday.Recognition
	person   themeday.Person
	places   []themeday.Membership // today's, of all branches
	branches []themeday.Branch
	group    *themeday.Branch // of the group's message
	roster   themeday.BranchRoster
	foreign  bool // a group that is no branch's
	session  string
}

// speaker recognises who sent the message and remembers him for this session.
func (r *Router) speaker(tx themeday.Tx, m themeday.Message) (speaker, error) {
	sp := speaker{}
	var err error
	if sp.branches, err = tx.Branches(); err != nil {
		return sp, err
	}
	if !m.Private() {
		if sp.group = groupBranch(sp.branches, m.Group); sp.group == nil {
			sp.foreign = true
			return sp, nil
		}
		if sp.roster, err = withGuests(r.Desk, tx, *sp.group, m.At); err != nil {
			return sp, err
		}
	}
	people, err := tx.People()
	if err != nil {
		return sp, err
	}
	bindings, err := tx.Bindings(m.Account)
	if err != nil {
		return sp, err
	}
	dir := r.Directory(m.Account)
	sp.session = dir.Session()
	scene := themeday.Scene{Directory: dir, Account: m.Account, People: people, Roster: sp.roster, Chat: m.Chat, Private: m.Private(), Bindings: bindings}
	if sp.group != nil {
		if g, ok := scene.GroupOf(sp.group.Group, sp.roster); !ok || g.Chat != m.Chat { // a group that only bears the name
			sp.foreign = true
			return sp, nil
		}
	}
	sp.known = themeday.Recognise(m.From, scene)
	if sp.known.Level == themeday.Nobody {
		return sp, nil
	}
	for _, p := range people {
		if p.ID == sp.known.Person {
			sp.person = p
		}
	}
	if sp.places, err = r.placesOf(tx, sp.person.ID, m.At); err != nil {
		return sp, err
	}
	return sp, remember(tx, m, sp, bindings)
}

// remember writes down how somebody was recognised, when this session has not seen him so sure before.
func remember(tx themeday.Tx, m themeday.Message, sp speaker, bindings []themeday.Binding) error {
	for _, b := range bindings {
		if b.Session == sp.session && b.Sighting == m.From.ID && b.Person == sp.known.Person && b.Level >= sp.known.Level {
			return nil
		}
	}
	return tx.PutBinding(themeday.Binding{
		Account: m.Account, Session: sp.session, Sighting: m.From.ID, Person: sp.known.Person,
		Level: sp.known.Level, Name: themeday.CleanName(m.From.Card), At: m.At,
	})
}

func groupBranch(all []themeday.Branch, group string) *themeday.Branch {
	for i := range all {
		if all[i].Group == group {
			return &all[i]
		}
	}
	return nil
}

func (r *Router) placesOf(tx themeday.Tx, p themeday.PersonID, at time.Time) ([]themeday.Membership, error) {
	all, err := tx.Memberships()
	var mine []themeday.Membership
	for _, m := range all {
		if m.Person == p && m.On(r.Desk.Day(at)) {
			mine = append(mine, m)
		}
	}
	return mine, err
}

// withGuests is a branch's roster together with the guests of its last and next activities.
func withGuests(d themeday.Desk, tx themeday.Tx, b themeday.Branch, at time.Time) (themeday.BranchRoster, error) {
	roster, err := tx.Roster(b.ID, d.Day(at))
	if err != nil {
		return nil, err
	}
	for _, find := range []func(themeday.Tx, themeday.BranchID, time.Time) (themeday.Activity, bool, error){d.Last, d.Next} {
		a, ok, err := find(tx, b.ID, at)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		if roster, err = addGuests(tx, roster, a); err != nil {
			return nil, err
		}
	}
	return roster, nil
}

func addGuests(tx themeday.Tx, roster themeday.BranchRoster, a themeday.Activity) (themeday.BranchRoster, error) {
	guests, err := tx.Guests(a.ID)
	for _, g := range guests {
		if _, there := roster.Find(g.Person); there {
			continue
		}
		roster = append(roster, themeday.Comrade{
			Person:     themeday.Person{ID: g.Person, Name: g.Name},
			Membership: themeday.Membership{Branch: a.Branch, Person: g.Person, Card: g.Name, Category: themeday.Masses},
		})
	}
	return roster, err
}

// settle finds which branch a call is about: the group's; the one named first; else the only one where the speaker can mean it.
func (c *Call) settle(sp speaker) error {
	c.cutMonth()
	if other, rest, ok := c.namedBranch(sp); ok && sp.group != nil && c.ofCommittee(sp) {
		c.Branch, c.Args = other, rest // the committee may name another branch than the group's
	} else if sp.group != nil {
		c.Branch = *sp.group
	} else if b, rest, ok := c.namedBranch(sp); ok {
		c.Branch, c.Args = b, rest
	} else if err := c.onlyBranch(sp); err != nil {
		return err
	}
	if c.Branch.ID != "" {
		var err error
		if c.Roster, err = withGuests(c.Desk, c.Tx, c.Branch, c.Message.At); err != nil {
			return err
		}
		c.Cause.Branch = c.Branch.ID
	}
	c.Actor = c.actor(sp)
	c.cutMonth()
	return nil
}

// cutMonth takes the month off the arguments, whether it stands before the branch or behind it; the first one counts.
func (c *Call) cutMonth() {
	if c.Command.Month && c.Month == nil {
		c.Month, c.Args = cutMonth(c.Args, c.Day(c.Message.At).MonthOf(), c.Command.Who)
	}
}

// namedBranch cuts a branch's name off the front of the arguments.
func (c *Call) namedBranch(sp speaker) (themeday.Branch, string, bool) {
	for _, b := range sp.branches {
		rest, ok := strings.CutPrefix(c.Args, b.Name)
		if !ok {
			first := fold.Parse(c.Args)
			if first.Word != fold.Command(b.Name) {
				continue
			}
			return b, first.Rest, true
		}
		if trimmed := strings.TrimLeft(rest, " ,，、:：\n"); rest == "" || trimmed != rest {
			return b, trimmed, true
		}
	}
	return themeday.Branch{}, "", false
}

// onlyBranch: the one branch where the speaker has the office that the command needs, or any place at all.
func (c *Call) onlyBranch(sp speaker) error {
	var mine []themeday.BranchID
	for _, p := range sp.places {
		if c.Command.Who < Writer || p.Offices.Has(themeday.Secretary) {
			mine = append(mine, p.Branch)
		}
	}
	if len(mine) == 0 {
		for _, p := range sp.places {
			mine = append(mine, p.Branch)
		}
	}
	if len(mine) == 0 && !c.ofCommittee(sp) {
		return nil // he belongs nowhere, and to name a branch would not help him
	}
	if len(mine) == 0 && len(sp.branches) == 1 {
		mine = []themeday.BranchID{sp.branches[0].ID}
	}
	if len(mine) == 1 {
		for _, b := range sp.branches {
			if b.ID == mine[0] {
				c.Branch = b
			}
		}
		return nil
	}
	if c.Command.Words == nil || c.Command.NoBranch || sp.known.Level == themeday.Nobody || len(sp.branches) == 0 {
		return nil
	}
	names := make([]string, 0, len(sp.branches))
	for _, b := range sp.branches {
		for _, id := range mine {
			if len(names) < 5 && b.ID == id {
				names = append(names, b.Name)
			}
		}
	}
	if len(names) == 0 {
		names = []string{sp.branches[0].Name}
	}
	return themeday.Refuse(themeday.Invalid, "", "请先写支部名，例如：%s %s", c.Command.Words[0], names[0])
}

// actor is the speaker as the branch's roster knows him.
func (c *Call) actor(sp speaker) themeday.Comrade {
	if who, ok := c.Roster.Find(sp.person.ID); ok && sp.known.Level > themeday.Nobody {
		return who
	}
	return themeday.Comrade{Person: sp.person}
}

// may tells whether the speaker may run the command here. A word of ordinary talk from somebody who may not is not answered in a group.
func (c *Call) may(sp speaker) error {
	if c.Command.Who == Anyone {
		return nil
	}
	err := c.allowed(sp)
	if err != nil && c.Command.Everyday && !c.Message.Private() {
		return themeday.Refuse(themeday.Forbidden, "", "")
	}
	return err
}

func (c *Call) allowed(sp speaker) error {
	if c.Command.Who == Committee {
		return c.office(sp.person.Committee, "机关党委")
	}
	if c.Command.NoBranch && (len(sp.places) > 0 || sp.person.Committee) {
		return nil // what is his own he may do wherever he says it
	}
	if c.Branch.ID == "" {
		return themeday.Refuse(themeday.Forbidden, "", "您不在任何支部的名单上，请联系书记")
	}
	if c.Actor.Branch != c.Branch.ID {
		if c.Command.Who >= Secretary && sp.person.Committee && readable[c.Command.Words[0]] {
			return c.office(true, "")
		}
		return themeday.Refuse(themeday.Forbidden, "", "您不在%s的名单上，不能办这件事", c.Branch.Name)
	}
	return c.officeHere()
}

// readable are the secretary's commands that only show, and the binding codes: the committee may use them for any branch.
var readable = map[string]bool{"进度": true, "下一步": true, "年度计划": true, "计划": true, "绑定码": true}

// ofCommittee tells whether the speaker says the command as one of the committee, for whom no branch is his own.
func (c *Call) ofCommittee(sp speaker) bool {
	return c.Command.Who == Committee || sp.person.Committee && readable[c.name()]
}

// officeHere checks the office that the command needs in its branch.
func (c *Call) officeHere() error {
	switch has := c.holds(c.Command.Who); c.Command.Who {
	case Member:
		return nil
	case Writer:
		return c.office(has, "记录员、主持人或书记")
	case Host:
		return c.office(has, "主持人或书记")
	default:
		return c.office(has, "书记")
	}
}

// holds tells whether the speaker is of a circle in the call's branch: by his office, or named for the activity.
func (c *Call) holds(circle Who) bool {
	switch {
	case c.Actor.Offices.Has(themeday.Secretary):
		return true
	case circle == Writer:
		return c.Actor.Offices.Has(themeday.Recorder) || c.named(func(a themeday.Activity) bool { return a.Recorder == c.Actor.ID || a.Host == c.Actor.ID })
	case circle == Host:
		return c.named(func(a themeday.Activity) bool { return a.Host == c.Actor.ID })
	}
	return false
}

// named asks the activity of today, or the last one, whether it names the speaker.
func (c *Call) named(is func(themeday.Activity) bool) bool {
	if c.Actor.ID == 0 {
		return false
	}
	a, err := c.Today(c.Tx, c.Branch.ID, c.Message.At)
	if err == nil && is(a) {
		return true
	}
	a, ok, err := c.Last(c.Tx, c.Branch.ID, c.Message.At)
	return err == nil && ok && is(a)
}

// office: offices need somebody who is certainly he.
func (c *Call) office(has bool, name string) error {
	if !has {
		return themeday.Refuse(themeday.Forbidden, "", "“%s”由%s来办，您可以请他们操作", c.Command.Words[0], name)
	}
	if c.Level < themeday.Certain {
		return themeday.Refuse(themeday.Forbidden, "", "为防冒名，请先绑定身份：向书记或机关党委要绑定码，再发“绑定 六位数字”")
	}
	return nil
}

// unrecognised answers somebody who was not recognised, once a day and group, and tells the secretary once of a name that is somebody else's.
func (c *Call) unrecognised(sp speaker) (themeday.Reply, error) {
	if c.Message.Private() {
		return say("还没有认出您。请向书记要绑定码，再发：绑定 六位数字"), nil
	}
	if c.Command.Everyday {
		if _, err := c.Signable(c.Tx, c.Branch.ID, c.Message.At); err != nil {
			return themeday.Reply{}, nil
		}
	}
	name := themeday.CleanName(c.Message.From.Card)
	text, rule := "名单上没有“"+themeday.Shown(name)+"”，这条没有记。请把群昵称改成姓名，或向书记要绑定码", themeday.R08
	if sp.known.Doubt == themeday.SameName {
		text, rule = "“"+themeday.Shown(name)+"”与别的同志重名，没法确认是本人，这条没有记。请向书记要绑定码，私信我：绑定 六位数字", themeday.R33
		if err := c.tellDoubt(name); err != nil {
			return themeday.Reply{}, err
		}
	}
	times, err := c.Tx.CountTry(fmt.Sprintf("doubt/%s/%s/%s", c.Message.Account, c.Message.Chat, c.Message.From.ID), c.Day(c.Message.At))
	if err != nil || times > 1 {
		return themeday.Reply{}, err
	}
	e := themeday.Refuse(themeday.Forbidden, rule, "%s", text)
	reply := refused(e, heard{})
	reply.Short = reply.Text // who is not known cannot be answered in private
	return reply, nil
}

// tellDoubt tells the secretary of a doubtful name, once a session.
func (c *Call) tellDoubt(name string) error {
	key := fmt.Sprintf("%s/%s/%s/%s", themeday.IdentityDoubt, c.Message.Account, c.Session, c.Message.From.ID)
	_, there, err := c.Tx.Post(key)
	if err != nil || there {
		return err
	}
	at := c.Message.At
	return c.Tx.PutPost(themeday.Post{
		Key: key, Kind: themeday.IdentityDoubt, Branch: c.Branch.ID, To: themeday.ToSecretary, Arg: name,
		Due: at, Planned: at, Expires: at.Add(24 * time.Hour), State: themeday.Waiting,
	})
}
