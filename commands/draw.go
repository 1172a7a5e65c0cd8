package commands

import (
	"fmt"
	"strconv"
	"strings"

	"themeday"
	"themeday/commands/fold"
	"themeday/templates"
)

var draw = Command{
	Words: []string{"抽查"}, Usage: "抽查 3", Help: "随机抽取支部去巡查；先发“抽查 承诺”；抽后谁都可以发“抽查 验证”", Who: Committee, NoBranch: true, Everyday: true, Aside: true, Run: runDraw,
}

// runDraw commits to a seed, draws branches with it, or recomputes a draw.
func runDraw(c *Call) (themeday.Reply, error) {
	word, rest := cutWord(c.Args)
	switch fold.Command(word) {
	case "":
		return c.drawState()
	case "承诺":
		if rest == "" {
			return c.commitDraw()
		}
	case "验证":
		return c.checkDraw(rest)
	}
	n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSuffix(fold.Text(c.Args), "支部"), "个"))
	switch {
	case err != nil && !c.Message.Private():
		return themeday.Reply{}, nil // talk of a draw
	case err != nil:
		return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R30, "请这样写：抽查 承诺，抽查 3，抽查 验证")
	}
	return c.drawBranches(n)
}

// drawState says what may be done now.
func (c *Call) drawState() (themeday.Reply, error) {
	x, ok, err := themeday.PendingDraw(c.Tx)
	if err != nil {
		return themeday.Reply{}, err
	}
	if !ok {
		return private1("还没有承诺种子。请发：抽查 承诺，满1小时后再发：抽查 3\n看上一次请发：抽查 验证"), nil
	}
	from := x.Committed.Add(themeday.DrawAfter)
	return private1(fmt.Sprintf("抽查承诺第%d号：%s\n%s起可发：抽查 3", x.Number, x.Commitment, c.When(from))), nil
}

func (c *Call) commitDraw() (themeday.Reply, error) {
	x, err := c.CommitDraw(c.Tx, c.Cause, c.Message.At)
	if err != nil {
		return themeday.Reply{}, err
	}
	return private1(fmt.Sprintf("抽查承诺第%d号已公布给机关党委全体：%s\n%s起可发：抽查 3", x.Number, x.Commitment, c.When(x.Committed.Add(themeday.DrawAfter)))), nil
}

// drawBranches draws, and answers with the branches and a check card of each.
func (c *Call) drawBranches(n int) (themeday.Reply, error) {
	x, err := c.DrawBranches(c.Tx, c.Cause, n)
	if err != nil {
		return themeday.Reply{}, err
	}
	v, shown, err := c.drawView(x)
	if err != nil {
		return themeday.Reply{}, err
	}
	v.Alone = shown.Alone
	text, err := c.Texts.Draw(v)
	if err != nil {
		return themeday.Reply{}, err
	}
	may := shown.Picked
	if shown.All {
		may = x.Picked()
	}
	var picked []themeday.BranchID
	for _, p := range may {
		picked = append(picked, p.Branch)
	}
	odd, err := c.OdditiesOf(c.Tx, picked, c.Message.At)
	if err != nil {
		return themeday.Reply{}, err
	}
	parts := []string{text}
	for _, b := range picked {
		card, err := c.checkCard(b, odd[b])
		if err != nil {
			return themeday.Reply{}, err
		}
		parts = append(parts, card)
	}
	r := private1(strings.Join(parts, "\n\n"))
	r.Data = v
	return r, nil
}

// drawView is a draw as far as the speaker may know of it.
func (c *Call) drawView(x themeday.Draw) (templates.DrawView, themeday.DrawShown, error) {
	branches, err := c.Tx.Branches()
	if err != nil {
		return templates.DrawView{}, themeday.DrawShown{}, err
	}
	v := templates.NewDrawView(x, branches)
	v.Committed = c.Local(x.Committed).Format("2006-01-02 15:04")
	shown, err := c.ShowsDraw(c.Tx, x, c.Cause.By, c.Message.At)
	if err == nil && !shown.All {
		v = v.Hide(shown.Picked, shown.With)
	}
	return v, shown, err
}

// verifies tells whether the line recomputes a draw, which everybody may do who is certainly he.
func (c *Call) verifies() bool {
	word, _ := cutWord(c.Args)
	return c.name() == draw.Words[0] && fold.Command(word) == "验证"
}

// checkDraw recomputes the last draw, or that of a day, and shows every figure.
func (c *Call) checkDraw(args string) (themeday.Reply, error) {
	var day *themeday.Date
	if args != "" {
		on, rest, ok := cutDay(args, c.Day(c.Message.At).MonthOf())
		if !ok || rest != "" {
			return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R30, "请这样写：抽查 验证 %s，只发“抽查 验证”看最近一次", c.Day(c.Message.At))
		}
		day = &on
	}
	x, err := c.DrawnOn(c.Tx, day)
	if err != nil {
		return themeday.Reply{}, err
	}
	v, shown, err := c.drawView(x)
	if err != nil {
		return themeday.Reply{}, err
	}
	if v.Wrong, err = c.CheckDraw(c.Tx, x); err != nil {
		return themeday.Reply{}, err
	}
	if !shown.All {
		v = v.Hide(shown.Picked, shown.With)
	}
	text, err := c.Texts.DrawCheck(v)
	r := private1(text)
	r.Data = v
	return r, err
}

// checkCard is what an inspector takes along to a branch.
func (c *Call) checkCard(b themeday.BranchID, odd []themeday.Oddity) (string, error) {
	card, err := c.CheckCard(c.Tx, b, odd, c.Message.At)
	if err != nil {
		return "", err
	}
	v := templates.CheckCardView{Branch: card.Branch.Name, FixedDay: strings.TrimSpace(card.FixedDay), Open: card.Open, Questions: oddLines(card.Oddities)}
	if a := card.Activity; a.Dated() {
		v.When, v.Place, v.Topic = c.span(a.Starts, a.Ends), a.Place, a.Topic()
	}
	if a := card.Last; a != nil {
		t := card.Tally
		v.Last = fmt.Sprintf("%s：应到%d人，实到%d人，送学%d人，请假%d人，缺席%d人", c.span(a.BeginAt(), a.EndAt()), t.Due, t.Present, t.Remote, t.Leave, t.Absent)
	}
	for _, f := range card.Findings {
		v.Due = append(v.Due, fmt.Sprintf("巡查问题第%d号（%s）%s", f.Number, f.Kind, f.State.Chinese()))
	}
	for _, r := range card.Rectify {
		v.Due = append(v.Due, fmt.Sprintf("整改第%d号（%s）%s", r.Number, r.Source, r.State.Chinese()))
	}
	return c.Texts.CheckCard(v)
}
