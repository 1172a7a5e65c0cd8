package themeday

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Praise is the committee's praise of a party group (党小组, R29); its branch's group alone hears it.
type Praise struct {
	Branch     BranchID
	Number     int // within the branch, from 1
	PartyGroup string
	Text       string
	At         time.Time
	By         PersonID
}

// PraiseGroup praises a party group in its branch's group (表扬).
func (d Desk) PraiseGroup(tx Tx, c Cause, b Branch, group, text string) (Praise, error) {
	p := Praise{Branch: b.ID, PartyGroup: group, Text: strings.TrimSpace(text), At: c.At, By: c.By}
	roster, err := tx.Roster(b.ID, d.Day(c.At))
	if err != nil {
		return p, err
	}
	groups := roster.PartyGroups()
	switch {
	case len(groups) == 0:
		return p, Refuse(NotFound, R29, "%s的名册上没有党小组，可以先在名册“党小组”一栏写上再导入", b.Name)
	case !slices.Contains(groups, group):
		return p, Refuse(NotFound, R29, "%s没有“%s”，党小组有：%s", b.Name, Shown(group), strings.Join(groups, "、"))
	case p.Text == "":
		return p, Refuse(Invalid, R29, "表扬要写事由，会发到%s群，例如：表扬 %s %s 全员到会，人人发言", b.Name, b.Name, group)
	}
	for _, check := range []func() error{
		func() error { return tooLong(R29, "表扬事由", p.Text, reasonMost) },
		func() error { return d.fitForBranch(tx, c, b, p.Text) },
		func() error { return d.notOwn(tx, c, b.ID, "表扬") },
	} {
		if err := check(); err != nil {
			return p, err
		}
	}
	all, err := tx.Praises(b.ID)
	if err != nil {
		return p, err
	}
	for _, o := range all {
		if o.PartyGroup == group && o.Text == p.Text && d.Day(o.At) == d.Day(c.At) {
			return p, Refuse(Conflict, R29, "今天已经这样表扬过%s%s，不用再发", b.Name, group)
		}
	}
	p.Number = len(all) + 1
	c.Branch = b.ID
	if err := note(tx, c, "", nounPraise, fmt.Sprintf("%s/%d", b.ID, p.Number), nil, p, ""); err != nil {
		return p, err
	}
	if err := tx.PutPraise(p); err != nil {
		return p, err
	}
	return p, d.tell(tx, c, Post{Key: fmt.Sprintf("%s/%s/%d", GroupPraised, b.ID, p.Number), Kind: GroupPraised, Branch: b.ID, To: ToGroup, Arg: fmt.Sprint(p.Number)})
}

// fitForBranch refuses words for a branch's group that name a member, give a number of his or tell of ratings.
func (d Desk) fitForBranch(tx Tx, c Cause, b Branch, words string) error {
	names, err := d.namesIn(tx, c.At, b.ID)
	if err != nil {
		return err
	}
	return d.namesNobody("表扬会发到"+b.Name+"群", words, names)
}
