package themeday

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// formerDays is how long commands understand the name that a branch had before.
const formerDays = 365

// RenameBranch gives a branch another name (更名), and another group where one is named. Its id stays, and so does what is stored under it.
func (d Desk) RenameBranch(tx Tx, c Cause, b Branch, name, group string) (Branch, error) {
	n, err := d.CanRename(tx, c, b, name, group)
	if err != nil {
		return b, err
	}
	if err := d.putBranch(tx, c, b, n, ""); err != nil {
		return b, err
	}
	return n, d.tellOfBranch(tx, c, n, "rename")
}

// CanRename is the branch as it would be after RenameBranch, or why it may not.
func (d Desk) CanRename(tx Tx, c Cause, b Branch, name, group string) (Branch, error) {
	name, group = joinHan(oneLine(name)), strings.TrimSpace(group)
	all, err := tx.Branches()
	if err != nil {
		return b, err
	}
	today := d.Day(c.At)
	if err := d.canBear(all, b, name, today); err != nil {
		return b, err
	}
	for _, o := range all {
		if o.ID != b.ID && !o.Gone(today) && group != "" && o.Group == group {
			return b, Refuse(Conflict, R08, "%s的群名已是“%s”，一个支部只能有一个群，请写另一个群名", o.Name, Shown(group))
		}
	}
	n := b
	n.Name = name
	n.Former = slices.DeleteFunc(slices.Clone(b.Former), func(f FormerName) bool { return f.Name == name || f.Name == b.Name })
	if b.Name != name {
		n.Former = append(n.Former, FormerName{b.Name, today.AddDays(formerDays)})
	}
	if group != "" {
		n.Group = group
	}
	return n, d.noParty(tx, c, b)
}

// canBear refuses a name that a branch cannot have, or that is another one's.
func (d Desk) canBear(all []Branch, b Branch, name string, today Date) error {
	bad := func(format string, args ...any) error {
		return Refuse(Invalid, R08, format+"，例如：支部 更名 %s 新名称", append(args, b.Name)...)
	}
	switch {
	case b.Gone(today):
		return Refuse(Conflict, R08, "%s已撤销，不能更名。要恢复请发：支部 恢复 %s", b.Name, b.Name)
	case name == "" || !strings.ContainsFunc(name, unicode.IsLetter):
		return bad("请写新名称")
	case strings.ContainsAny(name, "[]:：/／ ,，、"):
		return bad("支部名里不能有空格、括号、标点和斜杠")
	case utf8.RuneCountInString(name) > 40:
		return bad("支部名最多40个字，请用简称")
	case name == b.Name:
		return Refuse(Conflict, R08, "现在就叫%s，不用更名", b.Name)
	}
	for _, o := range all {
		_, former := o.WasCalled(name, today)
		if o.ID != b.ID && (o.Name == name || string(o.ID) == name || former) {
			return Refuse(Conflict, R08, "“%s”是%s的名称或旧名，请另取一个名称", Shown(name), o.Name)
		}
	}
	return nil
}

// CloseBranch ends a branch from today on (撤销): nothing is dated or reminded any more; everything stays readable.
func (d Desk) CloseBranch(tx Tx, c Cause, b Branch, why string) (Branch, error) {
	if err := d.CanClose(tx, c, b, why); err != nil {
		return b, err
	}
	n := b
	n.Closed, n.ClosedWhy = d.Day(c.At), strings.TrimSpace(why)
	if err := d.shut(tx, c, b, n); err != nil {
		return b, err
	}
	return n, d.tellOfBranch(tx, c, n, "close")
}

// CanClose tells whether CloseBranch may.
func (d Desk) CanClose(tx Tx, c Cause, b Branch, why string) error {
	if err := d.canClose(tx, c, b, why, "撤销"); err != nil {
		return err
	}
	return d.noParty(tx, c, b)
}

// MergeBranch moves the members of a branch into another one today and closes it (合并). Its history stays under its own id. Offices do not
// move: the other branch has its own.
func (d Desk) MergeBranch(tx Tx, c Cause, b, into Branch, why string) (moved BranchRoster, err error) {
	if moved, err = d.CanMerge(tx, c, b, into, why); err != nil {
		return nil, err
	}
	today := d.Day(c.At)
	from, err := tx.Roster(b.ID, today)
	if err != nil {
		return nil, err
	}
	n := b
	n.Closed, n.ClosedWhy, n.Into = today, strings.TrimSpace(why), into.ID
	if err := d.tellOfBranch(tx, c, n, "merge"); err != nil { // before its members have left it
		return nil, err
	}
	for _, m := range from {
		old := m.Membership
		old.Until = today
		if err := tx.PutMembership(old); err != nil {
			return nil, err
		}
	}
	for _, m := range moved {
		if err := tx.PutMembership(m.Membership); err != nil {
			return nil, err
		}
	}
	return moved, d.shut(tx, c, b, n)
}

// CanMerge gives who would move by MergeBranch, each in his new place, or why it may not.
func (d Desk) CanMerge(tx Tx, c Cause, b, into Branch, why string) (moved BranchRoster, err error) {
	today := d.Day(c.At)
	switch {
	case b.ID == into.ID:
		return nil, Refuse(Invalid, R08, "请写两个不同的支部，例如：支部 合并 %s 到 另一支部 事由", b.Name)
	case into.Gone(today):
		return nil, Refuse(Conflict, R08, "%s已撤销，不能并入。要恢复请发：支部 恢复 %s", into.Name, into.Name)
	}
	if err := d.canClose(tx, c, b, why, "合并"); err != nil {
		return nil, err
	}
	if err := d.noParty(tx, c, b, into); err != nil {
		return nil, err
	}
	from, err := tx.Roster(b.ID, today)
	if err != nil {
		return nil, err
	}
	there, err := tx.Roster(into.ID, today)
	if err != nil {
		return nil, err
	}
	ever, err := tx.Memberships()
	if err != nil {
		return nil, err
	}
	number := 0 // no number that somebody ever had there is given to another (enrolnumber.go)
	for _, m := range ever {
		if m.Branch == into.ID {
			number = max(number, m.Number)
		}
	}
	for _, m := range from {
		if _, already := there.Find(m.Person.ID); already {
			continue
		}
		for _, o := range there {
			if o.Name == m.Name || o.Card == m.Card {
				return nil, Refuse(Conflict, R08, "两个支部都有叫%s的同志，分不清。请先在名册里区别姓名和群昵称（如%s大、%s小），再合并", m.Name, m.Name, m.Name)
			}
		}
		number++
		place := m.Membership
		place.Branch, place.Number, place.Since, place.Until, place.Offices = into.ID, number, today, Date{}, Offices{Member}
		moved = append(moved, Comrade{Person: m.Person, Membership: place})
	}
	return moved, nil
}

// canClose: with a reason, and not on the day of an activity nor while its evaluation is open, so that nothing is lost.
func (d Desk) canClose(tx Tx, c Cause, b Branch, why, verb string) error {
	today := d.Day(c.At)
	switch {
	case b.Gone(today):
		return Refuse(Conflict, R08, "%s已于%s撤销", b.Name, b.Closed.Chinese())
	case strings.TrimSpace(why) == "" && verb == "合并":
		return Refuse(Invalid, R08, "合并要写事由，例如：支部 合并 %s 到 另一支部 机构调整", b.Name)
	case strings.TrimSpace(why) == "":
		return Refuse(Invalid, R08, "撤销要写事由，例如：支部 撤销 %s 机构调整", b.Name)
	}
	if err := tooLong(R08, verb+"事由", why, reasonMost); err != nil {
		return err
	}
	return d.canMoveToday(tx, c, b, verb)
}

// canMoveToday: not on the day of a branch's activity, nor while its evaluation is open.
func (d Desk) canMoveToday(tx Tx, c Cause, b Branch, verb string) error {
	today := d.Day(c.At)
	all, err := tx.Activities(b.ID, today.MonthOf().Prev(), today.MonthOf())
	if err != nil {
		return err
	}
	for _, a := range all {
		rules := d.For(a).Rules
		if !a.Dated() || c.At.Before(a.SignInOpens(rules)) {
			continue
		}
		if d.Day(a.Starts) == today {
			return Refuse(TooEarly, R12, "%s今天有主题党日，按当天的名单计算。请明天再%s", b.Name, verb)
		}
		if !a.Evaluated.IsZero() && c.At.Before(a.ClosesAt(rules)) {
			return Refuse(TooEarly, R25, "%s%s主题党日正在测评，请%s以后再%s", b.Name, a.Month.Chinese(), d.WhenFrom(a.ClosesAt(rules), c.At), verb)
		}
	}
	return nil
}

// shut writes a closed branch down and drops what was going to be said in it.
func (d Desk) shut(tx Tx, c Cause, b, n Branch) error {
	if err := d.putBranch(tx, c, b, n, n.ClosedWhy); err != nil {
		return err
	}
	return DropPosts(tx, b.ID)
}

// closedBranch is the note of a post that was dropped because its branch was closed.
const closedBranch = "the branch was closed"

// DropPosts drops what was going to be said about a closed branch, but for the word that it is one.
func DropPosts(tx Tx, b BranchID) error {
	posts, err := tx.PostsOf(b, Waiting)
	if err != nil {
		return err
	}
	for _, p := range posts {
		if p.Kind == BranchChanged {
			continue
		}
		p.State, p.Note = Dropped, closedBranch
		if err := tx.PutPost(p); err != nil {
			return err
		}
	}
	return nil
}

func (d Desk) putBranch(tx Tx, c Cause, before, after Branch, why string) error {
	c.Branch = after.ID
	if err := note(tx, c, "", nounBranch, string(after.ID), before, after, why); err != nil {
		return err
	}
	return tx.PutBranch(after)
}

// noParty keeps somebody of the committee from changing a branch that he himself leads, as long as another one of it can do it.
func (d Desk) noParty(tx Tx, c Cause, branches ...Branch) error {
	members, err := Committees(tx)
	if err != nil || !slices.ContainsFunc(members, func(p Person) bool { return p.ID != c.By }) {
		return err
	}
	for _, b := range branches {
		roster, err := tx.Roster(b.ID, d.Day(c.At))
		if err != nil {
			return err
		}
		who, ok := roster.Find(c.By)
		if ok && slices.ContainsFunc(who.Offices, func(o Office) bool { return o == Secretary || o == Deputy || o == CommitteeMember }) {
			return Refuse(Forbidden, R08, "您是%s的%s，自己支部的变动请机关党委其他同志来办", b.Name, who.Offices)
		}
	}
	return nil
}

// tellOfBranch tells the secretaries whom a change of a branch concerns, and the committee, but not who made it.
func (d Desk) tellOfBranch(tx Tx, c Cause, b Branch, what string) error {
	p := Post{Key: fmt.Sprintf("%s/%s/%d", BranchChanged, b.ID, c.At.Unix()), Kind: BranchChanged, Branch: b.ID, Arg: strings.TrimSpace(what + " " + by(c.By))}
	told := map[PersonID]bool{c.By: true}
	for _, id := range []BranchID{b.ID, b.Into} {
		roster, err := tx.Roster(id, d.Day(c.At))
		if err != nil {
			return err
		}
		s, ok := roster.Secretary()
		if !ok || told[s.ID] {
			continue
		}
		told[s.ID] = true
		if err := d.tellPerson(tx, c, s.ID, p); err != nil {
			return err
		}
	}
	members, err := Committees(tx)
	if err != nil {
		return err
	}
	for _, m := range members {
		if told[m.ID] {
			continue
		}
		if err := d.tellPerson(tx, c, m.ID, p); err != nil {
			return err
		}
	}
	return nil
}

// by is somebody's id as an argument of a post; empty for the bot.
func by(p PersonID) string {
	if p == Bot {
		return ""
	}
	return fmt.Sprint(p)
}

// OpenBranches are the branches that are not closed at an instant, in order of import.
func (d Desk) OpenBranches(tx Tx, at time.Time) ([]Branch, error) {
	all, err := tx.Branches()
	return slices.DeleteFunc(slices.Clone(all), func(b Branch) bool { return b.Gone(d.Day(at)) }), err
}
