package themeday

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// tellViolation tells the branch's secretary at once and once that a rule was broken, and everybody of the committee together with what else of
// the kind comes up.
func (d Desk) tellViolation(tx Tx, c Cause, b BranchID, about ActivityID, r Rule) error {
	p := Post{Key: fmt.Sprintf("%s/%s/%s", Violation, r, about), Kind: Violation, Branch: b, Activity: about, Arg: string(r)}
	if err := d.tellSecretary(tx, c, p); err != nil {
		return err
	}
	members, err := Committees(tx)
	if err != nil {
		return err
	}
	for _, m := range members {
		if err := d.addViolation(tx, c, m.ID, BrokenRule{r, about}); err != nil {
			return err
		}
	}
	return nil
}

// addViolation adds a broken rule to the word of the day to one of the committee; once that has gone out, to the one of the next morning.
func (d Desk) addViolation(tx Tx, c Cause, who PersonID, broken BrokenRule) error {
	day := d.Day(c.At)
	today, there, err := tx.Post(OfAllKey(Violation, day, who))
	switch {
	case err != nil:
		return err
	case !there:
		p := Post{Key: OfAllKey(Violation, day, who), Kind: Violation, To: ToPerson, Person: who, Arg: broken.String()}
		return tx.PutPost(d.post(c, p))
	case slices.Contains(BrokenRules(today.Arg), broken): // it was said, and found broken again
		return nil
	case today.State == Waiting:
		today.Arg = joined(today.Arg, broken)
		return tx.PutPost(today)
	}
	more := Post{Key: OfAllKey(Violation, day, who) + "/more", Kind: Violation, To: ToPerson, Person: who, Due: day.AddDays(1).Start(d.Zone).Add(9 * time.Hour)}
	if old, there, err := tx.Post(more.Key); err != nil {
		return err
	} else if there {
		more = old
	}
	if more.Arg = joined(more.Arg, broken); more.State == "" {
		more = d.post(c, more)
	}
	return tx.PutPost(more)
}

// OfAllKey is the key of a day's post to one of the committee that tells of all branches.
func OfAllKey(k Kind, day Date, who PersonID) string {
	return fmt.Sprintf("%s/committee/%s/%d", k, day, who)
}

// BrokenRule is a rule that was broken by an activity, as the committee's word of a day keeps it.
type BrokenRule struct {
	Rule     Rule
	Activity ActivityID
}

// String is how the argument of a post keeps it.
func (b BrokenRule) String() string { return string(b.Rule) + " " + string(b.Activity) }

// BrokenRules reads the argument of a post, a line each.
func BrokenRules(arg string) []BrokenRule {
	var out []BrokenRule
	for _, l := range strings.Split(arg, "\n") {
		if r, id, ok := strings.Cut(l, " "); ok {
			out = append(out, BrokenRule{Rule(r), ActivityID(id)})
		}
	}
	return out
}

func joined(arg string, b BrokenRule) string {
	if slices.Contains(BrokenRules(arg), b) {
		return arg
	}
	return strings.TrimPrefix(arg+"\n"+b.String(), "\n")
}

// OfAll tells whether posts of a kind tell the committee once a day of all branches that concern it, instead of branch by branch: such a post
// is of no single one.
func (k Kind) OfAll() bool {
	switch k {
	case ApprovalDue, PlanMissing, RecordOverdue, RectifyOverdue, Violation:
		return true
	}
	return false
}
