package themeday

import (
	"fmt"
	"slices"
	"strings"
)

// captionedWanted is how many photos that say what they show a nomination needs (R21, R29).
const captionedWanted = 2

// Nominate puts an activity forward as a best case (最佳案例 申报, R29). Until the committee has decided, its highlights may be written anew.
func (d Desk) Nominate(tx Tx, c Cause, a Activity, highlights string) (Case, error) {
	highlights = strings.TrimSpace(highlights)
	old, there, err := tx.Case(a.ID)
	m := a.Month.Chinese()
	switch {
	case err != nil:
		return old, err
	case there && old.State == CaseChosen:
		return old, Refuse(Conflict, R29, "%s主题党日已经评为最佳案例，不用再申报。供别的支部借用请发：案例 发布 %s", m, m)
	case highlights == "":
		return old, Refuse(Invalid, R29, "请写亮点，例如：最佳案例 申报 %s 老党员现场讲入党故事，青年党员当场认领任务", m)
	}
	if err := tooLong(R29, "亮点", highlights, reasonMost); err != nil {
		return old, err
	}
	if err := d.canBeCase(tx, c, a); err != nil {
		return old, err
	}
	k := Case{Activity: a.ID, Highlights: highlights, Nominated: c.At, By: c.By, State: CaseNominated, Version: old.Version}
	return k, putCase(tx, c, old, there, k, "")
}

func putCase(tx Tx, c Cause, old Case, there bool, k Case, why string) error {
	var before any
	if there {
		before = old
	}
	c.Branch = k.Branch()
	if err := note(tx, c, "", nounCase, string(k.Activity), before, k, why); err != nil {
		return err
	}
	return tx.PutCase(k)
}

// canBeCase names everything that an activity lacks to be a best case: held, filed, evaluated and not under the floor, with enough members and
// photos, of a branch that is not barred from the year's awards.
func (d Desk) canBeCase(tx Tx, c Cause, a Activity) error {
	m := a.Month.Chinese()
	if !a.Dated() || !a.Over(c.At) {
		return Refuse(TooEarly, R29, "%s主题党日还没有开展完，上报纪实表、公布测评结果以后再申报", m)
	}
	t, err := d.Tally(tx, a)
	if err != nil {
		return err
	}
	if t.Present+t.Remote == 0 {
		return Refuse(Missing, R29, "%s主题党日没有签到记录，不能申报最佳案例，可以申报其他月份的", m)
	}
	var lacks []string
	if a.Filed.IsZero() {
		lacks = append(lacks, fmt.Sprintf("纪实表还没有上报，请发：上报 %s", m))
	}
	if !t.QuorumMet(d.For(a).Rules) {
		lacks = append(lacks, fmt.Sprintf("参加%d人，没有达到党员总数%d人的%d%%", t.Present+t.Remote, t.Due, d.For(a).Rules.QuorumPercent))
	}
	rating, err := d.lacksRating(tx, a)
	if err != nil {
		return err
	}
	if rating != "" {
		lacks = append(lacks, rating)
	}
	n, err := captioned(tx, a.ID)
	if err != nil {
		return err
	}
	if n < captionedWanted {
		lacks = append(lacks, fmt.Sprintf("带说明、没有用过的照片%d张，要%d张（活动当天发到群里，5分钟内说一句照片里是什么）", n, captionedWanted))
	}
	bars, err := d.barredWhen(tx, c, a)
	if err != nil {
		return err
	}
	if lacks = append(lacks, bars...); len(lacks) == 0 {
		return nil
	}
	return Refuse(Missing, R29, "%s主题党日还不能申报最佳案例：%s。补不上的可以申报其他月份的", m, strings.Join(lacks, "；"))
}

// lacksRating says what an activity's evaluation lacks; nothing where the rules ask for none.
func (d Desk) lacksRating(tx Tx, a Activity) (string, error) {
	rules := d.For(a).Rules
	if rules.NoEvaluation {
		return "", nil
	}
	r, out, err := d.rated(tx, a)
	switch {
	case err != nil:
		return "", err
	case !out:
		return "测评结果还没有公布，公布后再申报", nil
	case !d.told(r):
		return fmt.Sprintf("测评不足%d票，没有满意率", max(rules.ResultBallots, 1)), nil
	case r.Under:
		return fmt.Sprintf("满意率%d%%，低于%d%%", r.Tally.RatePercent(), rules.SatisfactionFloor), nil
	}
	return "", nil
}

// captioned counts an activity's photos that say what they show and were not used before.
func captioned(tx Tx, a ActivityID) (int, error) {
	all, err := tx.Pictures(a)
	seen := map[string]bool{}
	for _, p := range all {
		if p.Use == forActivity && p.Caption != "" && p.LikeID == "" {
			seen[p.ID] = true
		}
	}
	return len(seen), err
}

// barredWhen says in which of the years that count, the activity's and this one, the branch is barred from awards (R28).
func (d Desk) barredWhen(tx Tx, c Cause, a Activity) (out []string, err error) {
	years := slices.Compact([]int{a.Month.Year, d.Day(c.At).Year})
	for _, year := range years {
		s, err := d.Standing(tx, a.Branch, year, c.At)
		if err != nil {
			return nil, err
		}
		if s.Barred() {
			out = append(out, fmt.Sprintf("支部%d年不得评先选优（依据请发：为什么 评先 %s %d）", year, s.Branch.Name, year))
		}
	}
	return out, nil
}

// ChooseCase makes a nomination a best case (最佳案例 选) and has it announced to the groups of all branches, each once. More of a quarter than
// the quota allows have to be confirmed.
func (d Desk) ChooseCase(tx Tx, c Cause, a Activity, words string, confirmed bool) (Case, error) {
	words = strings.TrimSpace(words)
	branch, err := d.Branch(tx, a.Branch)
	if err != nil {
		return Case{}, err
	}
	k, there, err := tx.Case(a.ID)
	name, m := branch.Name, a.Month.Chinese()
	switch {
	case err != nil:
		return k, err
	case !there || k.State == CaseWithdrawn:
		return k, Refuse(Missing, R29, "%s%s主题党日没有申报。请支部书记发：最佳案例 申报 %s 亮点", name, m, m)
	case k.State == CaseChosen:
		return k, Refuse(Conflict, R29, "%s%s主题党日已于%s评为最佳案例", name, m, d.Day(k.Decided).Chinese())
	case words == "":
		return k, Refuse(Invalid, R29, "请写评语，会发到各支部群，例如：最佳案例 选 %s %s 联系实际紧，人人发言", name, m)
	}
	for _, check := range []func() error{
		func() error { return d.notOwn(tx, c, a.Branch, "评选") },
		func() error { return d.notHisNomination(tx, c, k) },
		func() error { return tooLong(R29, "评语", words, reasonMost) },
		func() error { return d.fitForGroups(tx, c, a, words) },
		func() error { return d.canBeCase(tx, c, a) },
		func() error { return d.withinQuota(tx, c, a, name, confirmed) },
	} {
		if err := check(); err != nil {
			return k, err
		}
	}
	old := k
	k.State, k.Words, k.Decided, k.DecidedBy, k.Version = CaseChosen, words, c.At, c.By, k.Version+1
	if err := putCase(tx, c, old, true, k, ""); err != nil {
		return k, err
	}
	return k, d.announce(tx, c, k)
}

// notOwn keeps somebody of the committee from deciding on the branch that he leads.
func (d Desk) notOwn(tx Tx, c Cause, b BranchID, what string) error {
	own, err := d.leads(tx, c.By, b, c.At)
	if err == nil && own {
		err = Refuse(Forbidden, R29, "自己任书记或支委的支部，请机关党委其他同志%s", what)
	}
	return err
}

// notHisNomination keeps who nominated a case, or led its branch then, from choosing it when he is of the committee.
func (d Desk) notHisNomination(tx Tx, c Cause, k Case) error {
	b, _ := k.Activity.Parts()
	led, err := d.leads(tx, c.By, b, k.Nominated)
	if err == nil && (led || k.By == c.By) {
		err = Refuse(Forbidden, R29, "这个案例是您在%s任职时申报的，请机关党委其他同志评选", b)
	}
	return err
}

// withinQuota warns of more chosen cases of a quarter than the quota allows.
func (d Desk) withinQuota(tx Tx, c Cause, a Activity, name string, confirmed bool) error {
	q := a.Month.Quarter()
	most, chosen, err := d.CaseQuota(tx, q, c.At)
	if err != nil || chosen < most || confirmed {
		return err
	}
	return Refuse(Confirm, R29, "%d年%s已评%d个，按支部数的%d%%评%d个为宜。仍要评选请发：最佳案例 选 %s %s 评语 确认", q.Year, q.Chinese(), chosen, d.Rules.CaseQuotaPercent, most, name, a.Month.Chinese())
}

// announce plans the word to every group that has not heard of the case, and to the branch's own secretary.
func (d Desk) announce(tx Tx, c Cause, k Case) error {
	told, err := tx.ActivityPosts(k.Activity, CaseChosenPost)
	if err != nil {
		return err
	}
	heard := map[BranchID]bool{}
	for _, p := range told {
		heard[p.Branch] = heard[p.Branch] || p.To == ToGroup && p.State != Dropped && p.State != Failed
	}
	branches, err := tx.Branches()
	if err != nil {
		return err
	}
	for _, b := range branches {
		if heard[b.ID] || b.Gone(d.Day(c.At)) {
			continue
		}
		if err := d.tell(tx, c, Post{Key: fmt.Sprintf("%s/%s/%d/%s", CaseChosenPost, k.Activity, k.Version, b.ID), Kind: CaseChosenPost, Branch: b.ID, Activity: k.Activity, To: ToGroup}); err != nil {
			return err
		}
	}
	return d.tellSecretary(tx, c, Post{Key: fmt.Sprintf("%s/%s/%d/secretary", CaseChosenPost, k.Activity, k.Version), Kind: CaseChosenPost, Branch: k.Branch(), Activity: k.Activity})
}

// WithdrawCase takes a nomination or a choice back (最佳案例 撤): the committee with a reason, which the secretary is told; the secretary what
// has not been chosen.
func (d Desk) WithdrawCase(tx Tx, c Cause, a Activity, why string, committee bool) (Case, error) {
	why = strings.TrimSpace(why)
	k, there, err := tx.Case(a.ID)
	branch, m := string(a.Branch), a.Month.Chinese()
	switch {
	case err != nil:
		return k, err
	case !there || k.State == CaseWithdrawn:
		return k, Refuse(NotFound, R29, "%s%s主题党日没有在申报。看全部请发：最佳案例 %d", branch, m, a.Month.Year)
	case !committee && k.State == CaseChosen:
		return k, Refuse(Forbidden, R29, "%s主题党日已评为最佳案例，由机关党委来撤，请联系机关党委", m)
	case committee && why == "":
		return k, Refuse(Invalid, R29, "撤要写事由，例如：最佳案例 撤 %s %s 纪实表与签到册不符", branch, m)
	}
	if err := tooLong(R29, "事由", why, reasonMost); err != nil {
		return k, err
	}
	if committee {
		if err := d.notOwn(tx, c, a.Branch, "来撤"); err != nil {
			return k, err
		}
	}
	old := k
	k.State, k.Words, k.Decided, k.DecidedBy = CaseWithdrawn, why, c.At, c.By
	if err := putCase(tx, c, old, true, k, why); err != nil || !committee {
		return k, err
	}
	return k, d.tellSecretary(tx, c, Post{Key: fmt.Sprintf("%s/%s/%d", CaseWithdrawnPost, k.Activity, c.At.Unix()), Kind: CaseWithdrawnPost, Branch: a.Branch, Activity: a.ID})
}
