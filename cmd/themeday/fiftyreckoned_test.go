package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// The reckoning: what has to come of the year, straight from what was done in it, in whole numbers, with nothing of the program.

func (did *fiftyDid) id() string { return fmt.Sprintf("%s/2026-%02d", fiftyBranch(did.b), did.m) }

func (did *fiftyDid) held() bool { return !did.approved.IsZero() }

// due are the members of the day.
func (did *fiftyDid) due() []*fiftyMember {
	return slices.DeleteFunc(slices.Clone(did.roster), func(p *fiftyMember) bool { return !p.counts() })
}

// came is how many members took part, as known at the end or afterwards.
func (did *fiftyDid) came(atEnd bool) int {
	n := 0
	for p := range did.in {
		if !atEnd || !did.afterwards[p] {
			n++
		}
	}
	return n
}

func (did *fiftyDid) excused(p *fiftyMember) bool {
	return did.leave[p] == "asked" || did.leave[p] == "granted"
}

// absent are the members who were neither there nor excused.
func (did *fiftyDid) absent() []*fiftyMember {
	return slices.DeleteFunc(did.due(), func(p *fiftyMember) bool { return did.in[p] != "" || did.excused(p) })
}

func (did *fiftyDid) satisfied() int {
	n := 0
	for _, good := range did.ballots {
		if good {
			n++
		}
	}
	return n
}

// counts tells whether the result is one: of two ballots there is none.
func (did *fiftyDid) counts() bool { return len(did.ballots) >= 3 }

// low tells whether it is under 60 %.
func (did *fiftyDid) low() bool { return did.counts() && did.satisfied()*10 < len(did.ballots)*6 }

// lateDays is how many days too late the form was filed; as of an instant, where it never was.
func (did *fiftyDid) lateDays(asked time.Time) int {
	filed := did.filed
	if filed.IsZero() {
		filed = asked
	}
	return max(0, filed.YearDay()-did.ended.YearDay()-2)
}

// fiftyNotice is one notice: of which date, and when it goes out.
type fiftyNotice struct{ starts, at time.Time }

// notices are one for every date that the activity had until the date was changed again.
func (did *fiftyDid) notices() []fiftyNotice {
	var out []fiftyNotice
	starts, since := did.first, did.approved
	for _, move := range append(slices.Clone(did.moves), fiftyMove{at: fiftyAsked}) {
		at := onDay(starts, -5, 9, 0)
		if at.Before(since) {
			at = since
		}
		if at.Before(move.at) {
			out = append(out, fiftyNotice{starts, at})
		}
		starts, since = move.to, move.at
	}
	return out
}

// makeups are who owes study, and where it stands.
func (did *fiftyDid) makeups() map[string]string {
	out := map[string]string{}
	for _, p := range did.due() {
		if did.in[p] == "" {
			out[p.name] = cmp.Or(did.handed[p], "owed")
		}
	}
	return out
}

// all are the activities that were held, by their starts.
func (y *fiftyYear) all() []*fiftyDid {
	var out []*fiftyDid
	for b := range fifty {
		for m := 1; m <= 12; m++ {
			if y.did[b][m].held() {
				out = append(out, y.did[b][m])
			}
		}
	}
	slices.SortStableFunc(out, func(a, b *fiftyDid) int { return a.starts.Compare(b.starts) })
	return out
}

// fiftyAbsence is somebody on an absence list: how often in a row and in the year.
type fiftyAbsence struct{ row, year int }

// absences are the lists by activity and name: twice in a row or three times a year.
func (y *fiftyYear) absences() map[string]map[string]fiftyAbsence {
	out, count := map[string]map[string]fiftyAbsence{}, map[*fiftyMember]fiftyAbsence{}
	for _, did := range y.all() {
		missing := did.absent()
		for _, p := range did.due() {
			c := count[p]
			c.row++
			c.year++
			if !slices.Contains(missing, p) {
				c = fiftyAbsence{year: c.year - 1}
			}
			count[p] = c
			if c.row >= 2 || c.row > 0 && c.year >= 3 {
				if out[did.id()] == nil {
					out[did.id()] = map[string]fiftyAbsence{}
				}
				out[did.id()][p.name] = c
			}
		}
	}
	return out
}

// strikes is how many results of a branch were under the floor.
func (y *fiftyYear) strikes(b int) int {
	n := 0
	for m := 1; m <= 12; m++ {
		if y.did[b][m].low() {
			n++
		}
	}
	return n
}

// fiftyRank is a branch in the ranking.
type fiftyRank struct {
	branch            string
	satisfied, raters int
	lower             float64
	attendance        int
	always            bool
	barred            bool
}

// ranking is by the lower root of Wilson's equation.
func (y *fiftyYear) ranking() (ranked []fiftyRank, few map[string]int) {
	few = map[string]int{}
	for b := range fifty {
		r, results, due, came := fiftyRank{branch: fiftyBranch(b), always: true, barred: y.strikes(b) >= 3}, 0, 0, 0
		for m := 1; m <= 12; m++ {
			did := y.did[b][m]
			if !did.held() {
				r.always = false
				continue
			}
			due, came = due+len(did.due()), came+did.came(false)
			r.always = r.always && did.came(false)*5 >= len(did.due())*4
			if did.counts() {
				results, r.satisfied, r.raters = results+1, r.satisfied+did.satisfied(), r.raters+len(did.ballots)
			}
		}
		r.attendance = came * 100 / due
		s, n, z := float64(r.satisfied), float64(r.raters), 1.959963984540054
		r.lower = (2*s + z*z - z*math.Sqrt(z*z+4*s*(n-s)/n)) / (2 * (n + z*z))
		if results < 3 || r.raters < 10 {
			few[r.branch] = results
			continue
		}
		ranked = append(ranked, r)
	}
	slices.SortStableFunc(ranked, func(a, b fiftyRank) int { return cmp.Or(cmp.Compare(b.lower, a.lower), b.raters-a.raters) })
	return ranked, few
}

// leaderLines is what 领导 2026 says of the leaders: own attendance, and visits by quarter.
func (y *fiftyYear) leaderLines() []string {
	var out []string
	for _, l := range y.leaders {
		own, due, comments := 0, 0, 0
		visits, commented := map[int][4]int{}, map[int]int{}
		for _, did := range y.all() {
			if slices.Contains(did.due(), l) {
				due++
				if did.in[l] != "" {
					own++
				}
			}
			if did.guests[l] {
				v := visits[did.b]
				v[(did.m-1)/3]++
				visits[did.b] = v
			}
			if did.comments[l] {
				comments++
				commented[did.b]++
			}
		}
		out = append(out, l.name, fmt.Sprintf("参加%d/%d次", own, due))
		for _, b := range l.guides {
			v := visits[b]
			line := fmt.Sprintf("联系%s：四个季度到场%d、%d、%d、%d次（每季度应1次）", fiftyBranch(b), v[0], v[1], v[2], v[3])
			if commented[b] > 0 {
				line += fmt.Sprintf("，点评%d条", commented[b])
			}
			out = append(out, line)
		}
		if comments > 0 {
			out = append(out, fmt.Sprintf("点评共%d条", comments))
		}
	}
	return out
}

// filingLine is a branch's line in 备案 2026.
func (y *fiftyYear) filingLine(b int) string {
	line := fiftyBranch(b) + "："
	if at := y.filed[b]; at.IsZero() {
		line += "未备案"
	} else {
		line += fmt.Sprintf("%d月%d日备案", at.Month(), at.Day())
		if at.YearDay() > 31 {
			line += "（逾期）"
		}
		line += fmt.Sprintf("，回执 %s-2026-1", fiftyBranch(b))
	}
	n, months := 0, []string{}
	for m := 1; m <= 12; m++ {
		switch c := len(y.did[b][m].moves); {
		case c == 1:
			months = append(months, fmt.Sprintf("%d月", m))
			n++
		case c > 1:
			months = append(months, fmt.Sprintf("%d月%d次", m, c))
			n += c
		}
	}
	if n > 0 {
		line += fmt.Sprintf("，改期%d次（%s）", n, strings.Join(months, "、"))
	}
	return line
}

// waiting are the exceptions that the committee sees at the year's end: branch and what.
func (y *fiftyYear) waiting(drawn []string) []string {
	var out []string
	add := func(b int, text string, parts ...any) {
		out = append(out, fiftyBranch(b)+"："+fmt.Sprintf(text, parts...))
	}
	absent := y.absences()
	for b := range fifty {
		if y.filed[b].IsZero() {
			add(b, "2026年度计划没有备案")
		}
		for m := 9; m <= 12; m++ {
			did := y.did[b][m]
			if !did.held() {
				if m == 11 {
					add(b, "11月没有开展主题党日")
				}
				continue
			}
			if did.filed.IsZero() && did.lateDays(fiftyAsked) > 0 {
				add(b, "%d月纪实表还没有上报", m)
			}
			if n := len(absent[did.id()]); n > 0 && m >= 11 && onDay(did.ended, 10, 9, 0).Before(fiftyAsked) {
				add(b, "%d人多次无故缺席（到%d月）", n, m)
			}
		}
		if y.strikes(b) >= 3 && !y.mended[b] {
			add(b, "整改第1号（测评）%s", map[bool]string{true: "待复查", false: "待整改"}[b == 33])
		}
		if slices.Contains(drawn, fiftyBranch(b)) && !slices.Contains(y.visited, b) {
			add(b, "抽查抽到，还没有去")
		}
	}
	for _, f := range y.findings {
		switch {
		case f.closed || f.rectified:
		case f.handed:
			add(f.b, "巡查问题第%d号（%s）待复查", f.number, f.kind)
		default: // due 15 days after 8 December
			add(f.b, "巡查问题第%d号（%s）待整改", f.number, f.kind)
		}
	}
	slices.Sort(out)
	return out
}
