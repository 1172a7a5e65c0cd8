package commands

import (
	"fmt"
	"strings"

	"themeday"
	"themeday/templates"
)

var file = Command{
	Words: []string{"上报"}, Usage: "上报 %s", Help: "把纪实表报机关党委，活动后2日内；上报后有更正，再发一次就报新的一版", Who: Secretary, Month: true, Behind: true, Bare: true, Everyday: true, Run: runFile,
}

var recordForm = Command{
	Words: []string{"纪实表"}, Usage: "纪实表 %s", Help: "要纪实表文件，并看还缺什么", Who: Secretary, Month: true, Behind: true, Bare: true, Everyday: true, Aside: true, Run: runRecordForm,
}

var signInSheet = Command{
	Words: []string{"签到册", "签到表"}, Usage: "签到册 %s", Help: "要打印用的签到册，编号就是“纸 1-12”的编号", Who: Host, Month: true, Bare: true, Everyday: true, Aside: true, Run: runSignInSheet,
}

var ledger = Command{
	Words: []string{"台账"}, Usage: "台账 2026", Help: "要全年台账文件", Who: Secretary, Everyday: true, Aside: true, Anywhere: true, Run: runLedger,
}

var review = Command{
	Words: []string{"述职", "述职报告"}, Usage: "述职 2026", Help: "要年度述职报告文件", Who: Secretary, Everyday: true, Aside: true, Run: runReview,
}

var evidence = Command{
	Words: []string{"迎检", "迎检材料"}, Usage: "迎检 2026", Help: "要全年迎检材料：目录、台账、纪实表、签到册、照片", Who: Secretary, Everyday: true, Aside: true, Run: runEvidence,
}

// byPrivate is what a group hears where a document cannot be sent to whoever asked.
const byPrivate = "文件只能私信发，请先加机器人为好友，再私信发一次"

func runFile(c *Call) (themeday.Reply, error) {
	a, err := c.Choose(c.Tx, c.Branch.ID, c.Month, c.Message.At, c.Held)
	if err != nil {
		return themeday.Reply{}, err
	}
	a, filed, err := c.FileRecord(c.Tx, c.Cause, a)
	if err != nil {
		return themeday.Reply{}, err
	}
	c.replan()
	if filed.Version > 1 {
		return say(fmt.Sprintf("%s纪实表更正稿（第%d版）已上报机关党委，原稿照存", c.month(a.Month), filed.Version)), nil
	}
	text := fmt.Sprintf("%s纪实表已上报机关党委", c.month(a.Month))
	if due := c.RecordDueAt(a); !c.Message.At.Before(due) {
		text += fmt.Sprintf("，逾期%d天，按逾期登记", themeday.RecordOverdueDays(c.Message.At, due, c.Zone))
	}
	if closes := a.ClosesAt(c.For(a).Rules); !c.For(a).Rules.NoEvaluation && c.Message.At.Before(closes) {
		text += fmt.Sprintf("。测评%s截止，结果到时补进纪实表，自动报更正稿", c.WhenFrom(closes, c.Message.At))
	}
	return say(text), nil
}

func runRecordForm(c *Call) (themeday.Reply, error) {
	a, err := c.Choose(c.Tx, c.Branch.ID, c.Month, c.Message.At, c.shown)
	if err != nil {
		return themeday.Reply{}, err
	}
	form, err := c.RecordForm(c.Tx, a)
	if err != nil {
		return themeday.Reply{}, err
	}
	last, filed, err := c.LastFiled(c.Tx, a.ID)
	if err != nil {
		return themeday.Reply{}, err
	}
	v := templates.FormView{
		Branch: c.Branch.Name, Month: c.month(a.Month), Version: form.Version, Missing: form.Missing,
		Filed: c.Local(a.Filed), Current: filed && last.Version == form.Version || !filed && form.Version == 1,
	}
	if a.Filed.IsZero() {
		v.Filed = a.Filed
	}
	if _, open := themeday.NextStep(a); c.secretary(c.Actor) && (!open || !a.Filed.IsZero()) {
		v.File = "上报 " + a.Month.Chinese()
	}
	text, err := c.Texts.Form(v)
	return c.with(text, themeday.Document{Kind: themeday.RecordDocument, Branch: a.Branch, Activity: a.ID}), err
}

// shown is the activity that a form or a sheet is asked for without its month: of today, else the last one, else the next.
func (c *Call) shown(tx themeday.Tx, b themeday.BranchID, at timeAt) (themeday.Activity, error) {
	if a, err := c.Today(tx, b, at); err == nil {
		return a, nil
	}
	if a, ok, err := c.Last(tx, b, at); err != nil || ok {
		return a, err
	}
	return c.Planned(tx, b, at)
}

func runSignInSheet(c *Call) (themeday.Reply, error) {
	a, err := c.Choose(c.Tx, c.Branch.ID, c.Month, c.Message.At, c.nearest1)
	if err != nil {
		return themeday.Reply{}, err
	}
	if _, err := c.SignInSheet(c.Tx, a); err != nil {
		return themeday.Reply{}, err
	}
	text := fmt.Sprintf("%s%s签到册，打印后放在会场。会后把签了名的编号发给我，例如：纸 1-12,15", c.Branch.Name, c.month(a.Month))
	return c.with(text, themeday.Document{Kind: themeday.SheetDocument, Branch: a.Branch, Activity: a.ID}), nil
}

func runLedger(c *Call) (themeday.Reply, error) {
	if word, _ := cutWord(c.Args); c.Actor.Committee && c.Message.Private() && !c.Named && word != "" {
		if _, rest := cutYear(c.Args, 0); rest != "" && !strings.ContainsAny(word[:1], "0123456789") {
			return themeday.Reply{}, c.noSuchBranch(word, "台账 第一支部 2026")
		}
	}
	year, err := c.yearAsked()
	if err != nil {
		return themeday.Reply{}, err
	}
	if c.Actor.Committee && !c.secretary(c.Actor) && !c.branchNamed() {
		c.Branch = themeday.Branch{} // of all branches, also for somebody who is a member of one
	}
	whose, own := c.Branch.Name, c.own()
	if own {
		if err := c.LookAtAll(c.Tx, c.Actor.ID, c.Branch.ID, year, c.Message.At, themeday.LookLedger); err != nil {
			return themeday.Reply{}, err
		}
	}
	text := fmt.Sprintf("%s%d年主题党日台账，十四个部分各一张表。", whose, year)
	switch {
	case c.Branch.ID == "":
		text = fmt.Sprintf("各支部%d年主题党日台账。请假事由等留在支部，表里不列。", year)
	case own:
		text += "内有请假事由，只供支部存档，请勿外传。"
	default:
		text += "请假事由等留在支部，表里不列。"
	}
	return c.with(text, themeday.Document{Kind: themeday.LedgerDocument, Branch: c.Branch.ID, Year: year, Own: own}), nil
}

func runReview(c *Call) (themeday.Reply, error) {
	year, err := c.yearAsked()
	if err != nil {
		return themeday.Reply{}, err
	}
	text := fmt.Sprintf("%s%d年述职报告，数字都由记录算出，标【待填】处请补写。数字的依据请发：为什么 述职 %s %d", c.Branch.Name, year, c.Branch.Name, year)
	return c.with(text, themeday.Document{Kind: themeday.ReviewDocument, Branch: c.Branch.ID, Year: year}), nil
}

func runEvidence(c *Call) (themeday.Reply, error) {
	year, err := c.yearAsked()
	if err != nil {
		return themeday.Reply{}, err
	}
	text := fmt.Sprintf("%s%d年迎检材料，先看“00-目录”：缺口在前，条款、证据、文件逐条对照。请假事由不在内。", c.Branch.Name, year)
	return c.with(text, themeday.Document{Kind: themeday.EvidenceDocument, Branch: c.Branch.ID, Year: year}), nil
}

// own tells whether whoever asks gets the branch's own copy, with the reasons of leaves.
func (c *Call) own() bool { return c.Branch.ID != "" && c.secretary(c.Actor) }

// with is an answer in private that documents go with.
func (c *Call) with(text string, documents ...themeday.Document) themeday.Reply {
	return themeday.Reply{Text: text, Aside: true, Short: byPrivate, Documents: documents}
}

// yearAsked is the year behind the word; this one without.
func (c *Call) yearAsked() (int, error) {
	this := c.Day(c.Message.At).Year
	year, rest := cutYear(c.Args, this)
	switch {
	case strings.TrimSpace(rest) != "" && !c.Message.Private():
		return 0, themeday.Refuse(themeday.Invalid, "", "") // talk of a ledger
	case strings.TrimSpace(rest) != "":
		return 0, c.usage()
	case year > this:
		return 0, themeday.Refuse(themeday.Invalid, themeday.R31, "%d年还没有到，请发：%s %d", year, c.name(), this)
	case year < 2000:
		return 0, themeday.Refuse(themeday.Invalid, themeday.R31, "没有%d年的记录，请发：%s %d", year, c.name(), this)
	}
	return year, nil
}
