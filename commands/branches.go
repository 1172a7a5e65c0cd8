package commands

import (
	"fmt"
	"strings"

	"themeday"
	"themeday/commands/fold"
	"themeday/templates"
)

var branches = Command{
	Words: []string{"支部"}, Usage: "支部 第一支部", Help: "看各支部和书记；支部 更名、撤销、合并、恢复", Who: Committee, NoBranch: true, Everyday: true, Aside: true, Run: runBranches,
}

// runBranches lists the branches, shows the card of one, and renames, closes, merges and reopens them.
func runBranches(c *Call) (themeday.Reply, error) {
	args := c.Args
	if line := fold.Parse(c.Message.Text); line.Word == c.name() { // a branch in front may have been cut off: 支部 第一支部 更名 新名称
		args = line.Rest
	} else if c.Branch.ID != "" {
		args = strings.TrimSpace(c.Branch.Name + " " + c.Args)
	}
	all, err := c.Tx.Branches()
	if err != nil {
		return themeday.Reply{}, err
	}
	word, rest := cutWord(args)
	verb := fold.Command(word)
	if b, behind, ok := cutBranch(all, args, c.Day(c.Message.At)); ok {
		if behind == "" {
			return c.branchCard(b)
		}
		next, more := cutWord(behind)
		verb, rest = fold.Command(next), b.Name+" "+more
	}
	run, ok := map[string]func(*Call, []themeday.Branch, string) (themeday.Reply, error){
		"更名": (*Call).renameBranch, "撤销": (*Call).closeBranch, "合并": (*Call).mergeBranch, "恢复": (*Call).reopenBranch,
	}[verb]
	switch {
	case args == "":
		return c.listBranches(all)
	case !c.Message.Private() && (!ok || !namesOne(c, all, rest)):
		return themeday.Reply{}, nil // talk of branches
	case !ok && likeBranch(args) != "":
		return themeday.Reply{}, c.noSuchBranch(likeBranch(args), "支部 第一支部")
	case !ok:
		return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R08, "请这样写：支部，支部 第一支部，支部 更名 第一支部 新名称，支部 撤销 第一支部 事由，支部 合并 第二支部 到 第一支部 事由，支部 恢复 第一支部")
	}
	return run(c, all, rest)
}

func namesOne(c *Call, all []themeday.Branch, rest string) bool {
	_, _, ok := cutBranch(all, rest, c.Day(c.Message.At))
	return ok
}

// cutOne cuts the branch off that a change is about.
func (c *Call) cutOne(all []themeday.Branch, rest, form string) (themeday.Branch, string, error) {
	typed, _ := cutWord(rest)
	b, rest, ok := cutBranch(all, rest, c.Day(c.Message.At))
	switch {
	case !ok && typed == "":
		return b, rest, themeday.Refuse(themeday.Invalid, themeday.R08, "请写明是哪个支部，这样写：%s。只发“支部”看全部名称", form)
	case !ok:
		return b, rest, c.noSuchBranch(typed, form)
	}
	c.Cause.Branch = b.ID
	return b, rest, nil
}

func (c *Call) renameBranch(all []themeday.Branch, rest string) (themeday.Reply, error) {
	b, rest, err := c.cutOne(all, rest, "支部 更名 第一支部 新名称")
	if err != nil {
		return themeday.Reply{}, err
	}
	rest, confirmed := cutConfirmed(rest)
	typed := oneLine(rest)
	name, rest := cutWord(rest)
	group := ""
	if word, g := cutWord(rest); fold.Command(word) == "群名" && g != "" {
		group = g
	} else if rest != "" {
		return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R08, "名称里不要有空格。连群名一起改请发：支部 更名 %s %s 群名 新群名", b.Name, themeday.Shown(name))
	}
	if !confirmed {
		n, err := c.CanRename(c.Tx, c.Cause, b, name, group)
		if err != nil {
			return themeday.Reply{}, err
		}
		return c.askOfBranch(b, templates.BranchAskView{What: "rename", Name: n.Name, Group: n.Group, Type: "支部 更名 " + b.Name + " " + typed + " 确认"}, nil)
	}
	n, err := c.RenameBranch(c.Tx, c.Cause, b, name, group)
	if err != nil {
		return themeday.Reply{}, err
	}
	return private1(fmt.Sprintf("%s已更名为%s，群名仍按“%s”。一年内写旧名也认得；以前的记录都在。名册也请改成新名称", b.Name, n.Name, n.Group)), nil
}

func (c *Call) closeBranch(all []themeday.Branch, rest string) (themeday.Reply, error) {
	b, why, err := c.cutOne(all, rest, "支部 撤销 第一支部 事由")
	if err != nil {
		return themeday.Reply{}, err
	}
	why, confirmed := cutConfirmed(why)
	if !confirmed {
		if err := c.CanClose(c.Tx, c.Cause, b, why); err != nil {
			return themeday.Reply{}, err
		}
		return c.askOfBranch(b, templates.BranchAskView{What: "close", Why: oneLine(why), Type: "支部 撤销 " + b.Name + " " + oneLine(why) + " 确认"}, nil)
	}
	if b, err = c.CloseBranch(c.Tx, c.Cause, b, why); err != nil {
		return themeday.Reply{}, err
	}
	return private1(fmt.Sprintf("%s已撤销，今天起不再排定和提醒，以前的记录仍可查、可导出。恢复请发：支部 恢复 %s", b.Name, b.Name)), nil
}

func (c *Call) mergeBranch(all []themeday.Branch, rest string) (themeday.Reply, error) {
	b, rest, err := c.cutOne(all, rest, "支部 合并 第二支部 到 第一支部 事由")
	if err != nil {
		return themeday.Reply{}, err
	}
	rest = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(rest, "并"), "到"), "入"))
	if rest == "" {
		return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R08, "请写明%s并到哪个支部，这样写：支部 合并 %s 到 另一支部 事由。前一个撤销，后一个留下", b.Name, b.Name)
	}
	into, why, err := c.cutOne(all, rest, "支部 合并 "+b.Name+" 到 另一支部 事由")
	if err != nil {
		return themeday.Reply{}, err
	}
	c.Cause.Branch = b.ID
	why, confirmed := cutConfirmed(why)
	if !confirmed {
		moved, err := c.CanMerge(c.Tx, c.Cause, b, into, why)
		if err != nil {
			return themeday.Reply{}, err
		}
		return c.askOfBranch(b, templates.BranchAskView{
			What: "merge", Into: into.Name, Why: oneLine(why), Type: "支部 合并 " + b.Name + " 到 " + into.Name + " " + oneLine(why) + " 确认",
		}, moved)
	}
	moved, err := c.MergeBranch(c.Tx, c.Cause, b, into, why)
	if err != nil {
		return themeday.Reply{}, err
	}
	c.Branch = into // whose posts are planned anew
	c.replan()
	return private1(fmt.Sprintf("%s已并入%s，%d人今天起在%s的名单上，职务没有带过去；%s以前的记录仍按原名可查。名册也请改过来", b.Name, into.Name, len(moved), into.Name, b.Name)), nil
}

func (c *Call) reopenBranch(all []themeday.Branch, rest string) (themeday.Reply, error) {
	b, rest, err := c.cutOne(all, rest, "支部 恢复 第一支部")
	if err != nil {
		return themeday.Reply{}, err
	}
	rest, confirmed := cutConfirmed(rest)
	if rest != "" {
		return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R08, "请这样写：支部 恢复 %s", b.Name)
	}
	if !confirmed {
		r, err := c.CanReopen(c.Tx, c.Cause, b)
		if err != nil {
			return themeday.Reply{}, err
		}
		text, err := c.Texts.BranchAsk(templates.BranchAskView{
			What: "reopen", Branch: b.Name, Into: branchOf(all, b.Into).Name, Members: withOffices(r.Back), Away: awayNames(r), Type: "支部 恢复 " + b.Name + " 确认",
		})
		return private1(text), err
	}
	r, err := c.ReopenBranch(c.Tx, c.Cause, b)
	if err != nil {
		return themeday.Reply{}, err
	}
	c.Branch = r.Branch
	c.replan()
	text := b.Name + "已恢复，照常排定和提醒"
	if len(r.Back) > 0 {
		text += fmt.Sprintf("。回到名单的%d人：%s", len(r.Back), strings.Join(withOffices(r.Back), "、"))
	}
	if away := awayNames(r); len(away) > 0 {
		text += "。没有回的：" + strings.Join(away, "、") + "；要移回请导入名册"
	}
	return private1(text), nil
}

func awayNames(r themeday.Reopening) []string {
	var out []string
	for _, e := range r.Stay {
		out = append(out, e.Person.Name+"（已在"+e.Branch.Name+"）")
	}
	return out
}

// withOffices are names with the offices.
func withOffices(roster themeday.BranchRoster) []string {
	var out []string
	for _, m := range roster {
		name := m.Name
		if !m.Offices.Has(themeday.Member) {
			name += "（" + m.Offices.String() + "）"
		}
		out = append(out, name)
	}
	return out
}

func (c *Call) listBranches(all []themeday.Branch) (themeday.Reply, error) {
	var v templates.BranchesView
	for _, b := range all {
		l, err := c.branchLine(all, b)
		if err != nil {
			return themeday.Reply{}, err
		}
		v.Lines = append(v.Lines, l)
	}
	text, err := c.Texts.Branches(v)
	return private1(text), err
}

func (c *Call) branchLine(all []themeday.Branch, b themeday.Branch) (templates.BranchLine, error) {
	today := c.Day(c.Message.At)
	l := templates.BranchLine{ID: b.ID, Name: b.Name}
	if b.Gone(today) {
		l.State = c.day(b.Closed) + "撤销"
		if b.Into != "" {
			l.State = c.day(b.Closed) + "并入" + branchOf(all, b.Into).Name
		}
		return l, nil
	}
	roster, err := c.Tx.Roster(b.ID, today)
	if err != nil {
		return l, err
	}
	s, _ := roster.Secretary()
	l.Secretary, l.Members = s.Name, len(roster.Members())
	switch a, ok, err := c.Next(c.Tx, b.ID, c.Message.At); {
	case err != nil:
		return l, err
	case !ok:
		l.State = "近期没有排定"
	case a.Approved():
		l.State = c.month(a.Month) + "：" + c.When(a.Starts)
	default:
		l.State = c.month(a.Month) + "：" + c.When(a.Starts) + "，待审定"
	}
	return l, nil
}

// branchCard is what there is to know of one branch at a glance.
func (c *Call) branchCard(b themeday.Branch) (themeday.Reply, error) {
	all, err := c.Tx.Branches()
	if err != nil {
		return themeday.Reply{}, err
	}
	l, err := c.branchLine(all, b)
	if err != nil {
		return themeday.Reply{}, err
	}
	v := templates.BranchCardView{BranchLine: l, Group: b.Group, Gone: b.Gone(c.Day(c.Message.At)), Why: b.ClosedWhy}
	for _, f := range b.Former {
		v.Former = append(v.Former, f.Name)
	}
	roster, err := c.Tx.Roster(b.ID, c.Day(c.Message.At))
	if err != nil {
		return themeday.Reply{}, err
	}
	for _, m := range roster {
		if m.Offices.Has(themeday.Deputy) || m.Offices.Has(themeday.CommitteeMember) || m.Offices.Has(themeday.Recorder) {
			v.Offices = append(v.Offices, m.Name+"（"+m.Offices.String()+"）")
		}
	}
	guides, err := c.Tx.Guides()
	if err != nil {
		return themeday.Reply{}, err
	}
	people, err := c.Tx.People()
	if err != nil {
		return themeday.Reply{}, err
	}
	for _, g := range guides {
		if g.Branch == b.ID {
			v.Guides = append(v.Guides, calledOf(people, g.Person))
		}
	}
	if !v.Gone {
		open, err := c.Duties(c.Tx, b, c.Message.At)
		if err != nil {
			return themeday.Reply{}, err
		}
		v.Duties = templates.DutyLines(open, false)
	}
	text, err := c.Texts.BranchCard(v)
	return private1(text), err
}
