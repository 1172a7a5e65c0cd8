package commands

import (
	"fmt"
	"strings"

	"themeday"
	"themeday/templates"
)

// whyRanking answers 为什么 排名 2026 with the formula and its figures of every branch, and 为什么 排名 第一支部 2026 month by month; it is the
// committee's alone.
func (c *Call) whyRanking(args string) (themeday.Reply, error) {
	if !c.Actor.Committee {
		return themeday.Reply{}, themeday.Refuse(themeday.Forbidden, themeday.R28, "排名只供机关党委推荐时参考，依据由机关党委查。自己支部的测评请发：为什么 评先")
	}
	if c.Level < themeday.Certain {
		return themeday.Reply{}, c.office(true, "")
	}
	branches, err := c.Tx.Branches()
	if err != nil {
		return themeday.Reply{}, err
	}
	b, rest, one := cutBranch(branches, args, c.Day(c.Message.At))
	if !one {
		rest = args
		if c.Named { // the branch stood in front
			b, one = c.Branch, true
		}
	}
	this := c.Day(c.Message.At).Year
	year, rest := cutYear(rest, this)
	if rest != "" || year > this || year < 2000 {
		return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R28, "请这样写：为什么 排名 %d；看一个支部：为什么 排名 %s %d", this, c.anyBranch(), this)
	}
	ranked, err := c.ranked(year)
	if err != nil {
		return themeday.Reply{}, err
	}
	v := templates.RankingWhyView{Year: year, Results: c.Rules.RankResults, Ballots: c.Rules.RankBallots, Places: ranked.Places(), Count: len(ranked.Ranked)}
	for i, s := range ranked.Ranked {
		if !one || s.Branch.ID == b.ID {
			v.Lines = append(v.Lines, c.rankFacts(i+1, s, ranked, one))
		}
	}
	for _, s := range ranked.Few {
		if !one || s.Branch.ID == b.ID {
			v.Lines = append(v.Lines, templates.RankWhyLine{
				Branch: s.Branch.Name,
				Facts:  append([]string{fmt.Sprintf("%d次结果，%d票，样本太少不排", len(s.Rated), s.Pooled().Raters)}, c.rankMonths(s, one)...),
			})
		}
	}
	if one {
		v.Branch = b.Name
	} else if len(v.Lines) > 0 {
		v.Next = fmt.Sprintf("为什么 排名 %s %d", v.Lines[0].Branch, year)
	}
	text, err := c.Texts.RankingWhy(v)
	return private1(text), err
}

// ranked is the ranking of a year; closed branches are not in it.
func (c *Call) ranked(year int) (themeday.Ranking, error) {
	branches, err := c.OpenBranches(c.Tx, c.Message.At)
	if err != nil {
		return themeday.Ranking{}, err
	}
	var all []themeday.YearStanding
	for _, b := range branches {
		s, err := c.Standing(c.Tx, b.ID, year, c.Message.At)
		if err != nil {
			return themeday.Ranking{}, err
		}
		all = append(all, s)
	}
	return themeday.Rank(year, all, c.Rules), nil
}

// rankFacts are the figures behind a branch's place.
func (c *Call) rankFacts(place int, s themeday.Ranked, all themeday.Ranking, one bool) templates.RankWhyLine {
	t := s.Pooled()
	due, came := 0, 0
	for _, a := range s.Attended {
		due, came = due+a.Due, came+a.Came
	}
	l := templates.RankWhyLine{Place: place, Branch: s.Branch.Name, Facts: []string{
		fmt.Sprintf("满意率%d÷%d=%d%%，下限%.1f%%", t.Satisfied, t.Raters, t.RatePercent(), 100*s.Lower),
		fmt.Sprintf("到会%d÷%d=%d%%", came, due, themeday.Percent(came, due)),
	}}
	l.Facts = append(append(l.Facts, c.rankMonths(s.YearStanding, one)...), c.recommended(s, all))
	return l
}

// rankMonths are the months from which a branch's figures are summed up.
func (c *Call) rankMonths(s themeday.YearStanding, one bool) []string {
	if !one {
		return nil
	}
	var came []string
	for _, a := range s.Attended {
		came = append(came, fmt.Sprintf("%s%d÷%d", a.Month.Chinese(), a.Came, a.Due))
	}
	out := []string{"测评逐月：" + orNone(themeday.Monthly(s.Rated)), "到会逐月：" + orNone(strings.Join(came, "、"))}
	for _, a := range s.Untold {
		out = append(out, fmt.Sprintf("%s收回%d票，不足%d票，不算结果", a.Month.Chinese(), a.Tally.Raters, max(c.Rules.ResultBallots, 1)))
	}
	for _, m := range s.Open {
		out = append(out, m.Chinese()+c.untold(m))
	}
	return out
}

func orNone(s string) string {
	if s == "" {
		return "没有"
	}
	return s
}

// recommended says why a branch is recommended, or why not.
func (c *Call) recommended(s themeday.Ranked, all themeday.Ranking) string {
	var short []string
	for _, a := range s.Attended {
		if !a.Met {
			short = append(short, a.Month.Chinese())
		}
	}
	switch {
	case s.Recommended:
		return fmt.Sprintf("推荐：%d个支部里推荐%d个，排在前面且符合条件", len(all.Ranked), all.Places())
	case s.Barred():
		return fmt.Sprintf("不推荐：低于%d%%已有%d次，不能评先", c.Rules.SatisfactionFloor, s.Strikes())
	case len(short) > 0:
		return fmt.Sprintf("不推荐：%s到会没有达到%d%%", strings.Join(short, "、"), c.Rules.QuorumPercent)
	case len(s.Missed) > 0:
		var missed []string
		for _, m := range s.Missed {
			missed = append(missed, m.Chinese())
		}
		return "不推荐：" + strings.Join(missed, "、") + "没有开展"
	}
	return "不推荐：名额给了排在前面的"
}
