package themeday

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// ofTheYear gathers what is on record once a year: fixed day, plan and filing, days kept clear, the ledger itself.
func (g *evidenceGatherer) ofTheYear() error {
	none, plan := YearMonth{}, []EvidenceLink{theFile(PlanFile), theFile(CalendarFile)}
	fixed, ok, err := g.desk.fixedDayOf(g.tx, g.book.Branch.ID)
	if err != nil {
		return err
	}
	if ok {
		g.item(R03, none, "固定日", time.Time{}, strings.TrimSpace(fixed), plan...)
	} else {
		g.gap(R03, none, "定下固定日，例如：固定日 每月第2个周五 14:00-18:00 党员活动室", "没有固定日")
	}
	if err := g.planFiled(plan); err != nil {
		return err
	}
	clear, err := g.tx.Blackouts(g.book.Branch.ID)
	for _, b := range clear {
		if b.From.Year == g.book.Year || b.To.Year == g.book.Year {
			g.item(R07, none, "避开的时段："+b.Why, time.Time{}, b.From.Chinese()+"至"+b.To.Chinese())
		}
	}
	g.notes[R17] = "没有登记结合内容。纪实表上报以前可发：结合 3月 中心工作"
	g.notes[R24] = "没有同时计入三会一课、组织生活会的活动"
	g.item(R21, none, "年度台账，14部分", time.Time{}, "", theFile(LedgerFile), theFile(LedgerPage))
	g.item(R31, none, "年度述职材料和全年数字", time.Time{}, "", theFile(ReviewFile), inLedger(partFigures))
	b, burdenErr := g.desk.YearBurden(g.tx, g.book.Branch.ID, g.book.Year, g.at)
	if burdenErr != nil {
		return burdenErr
	}
	if b.Group+b.Private > 0 {
		g.item(R31, none, "减负：发消息、请党员报的次数", time.Time{}, fmt.Sprintf("群内%d条，私信%d条，请党员报%d次，重复要%d次", b.Group, b.Private, b.Members, b.Twice))
	}
	g.item(R33, none, "全年事实，供与各表核对；文件校验见 SHA256SUMS.txt", time.Time{}, "", theFile(FactsFile))
	return err
}

// fixedDayOf is a branch's fixed day in words.
func (d Desk) fixedDayOf(tx Tx, b BranchID) (string, bool, error) {
	f, ok, err := tx.FixedDay(b)
	if !ok || err != nil {
		return "", false, err
	}
	return f.String(), true, nil
}

// planFiled is R04.
func (g *evidenceGatherer) planFiled(plan []EvidenceLink) error {
	f, filed, err := g.filing()
	r := g.desk.Rules
	due := PlanFilingDue(g.book.Year, time.Month(r.FilingMonth), r.FilingDay, g.desk.Zone)
	switch {
	case filed:
		g.item(R04, YearMonth{}, "年度计划报机关党委备案", f.At, yes(f.Late, "逾期", "按期"), append(plan, inLedger(partPlan))...)
		g.short(R04, f.Late)
		if f.Late {
			g.gap(R04, YearMonth{}, "写明原因，随计划存档", "年度计划逾期备案（%s）", g.desk.Day(f.At).Chinese())
		}
	case !g.at.Before(due):
		g.gap(R04, YearMonth{}, fmt.Sprintf("现在报备：年度计划 %d 报备", g.book.Year), "年度计划未备案")
	}
	return err
}

// moved are the changes of a date (R05).
func (g *evidenceGatherer) moved(y *yearMonth) error {
	g.notes[R05] = "本年没有改期"
	if !y.Dated() {
		return nil
	}
	moves, err := g.tx.Changes(y.ID)
	for _, c := range moves {
		from := "未排定"
		if !c.From.IsZero() {
			from = g.desk.Day(c.From).Chinese()
		}
		g.item(R05, y.Month, "改期并报备", c.At, from+"→"+g.desk.Day(c.To).Chinese(), inLedger(partChanges))
		if strings.TrimSpace(c.Why) == "" {
			g.gap(R05, y.Month, "附书面说明", "%s改期没有写事由", y.label)
		}
	}
	return err
}

// standings are what shows only over the year: satisfaction (R28) and absence (R32).
func (g *evidenceGatherer) standings() {
	none, r := YearMonth{}, g.desk.Rules
	if n := len(g.under); n > 0 {
		g.item(R28, none, fmt.Sprintf("满意率低于%d%%的次数", r.SatisfactionFloor), time.Time{}, fmt.Sprintf("%d次（%s）", n, strings.Join(g.under, "、")), inLedger(partEvaluations))
		g.short(R28, n >= r.Strikes)
		if n >= r.Strikes {
			g.gap(R28, none, "按规定本年度不得评先选优，附整改方案", "全年%d次满意率低于%d%%", n, r.SatisfactionFloor)
		}
	}
	if len(g.held) == 0 {
		return
	}
	slices.Reverse(g.held)
	often, times := 0, 0
	for p, months := range g.absent {
		times += len(months)
		if mostAbsences(g.held, p).TooOften(r) {
			often++
		}
	}
	g.item(R32, none, "无假缺席", time.Time{}, fmt.Sprintf("%d人次", times), inLedger(partSignIns))
	g.short(R32, often > 0)
	if often > 0 {
		g.gap(R32, none, "批评教育，谈话记录存档", "%d人无假缺席较多（连续%d次或全年%d次）", often, r.AbsentInRow, r.AbsentInYear)
	}
}

// mostAbsences is the longest row of absences of the year, whenever it was, and how many there were.
func mostAbsences(held []Held, p PersonID) Absences {
	most := CountAbsences(held, p)
	for i := range held {
		most.InRow = max(most.InRow, CountAbsences(held[i:], p).InRow)
	}
	return most
}

// amendments are the corrections and objections of part 14 (R33).
func (g *evidenceGatherer) amendments() error {
	if err := g.corrections(); err != nil {
		return err
	}
	counts := map[string]int{}
	for _, row := range g.book.Rows[partCorrections] {
		if kind, ok := row[0].(string); ok {
			counts[kind]++
		}
	}
	for _, kind := range []string{"更正", "撤销", "事后补录", "异议"} {
		if n := counts[kind]; n > 0 {
			g.item(R33, YearMonth{}, kind, time.Time{}, fmt.Sprintf("%d项", n), inLedger(partCorrections))
		}
	}
	if n := counts["异议"] - counts["异议答复"]; n > 0 {
		g.gap(R33, YearMonth{}, "逐条核实，书面答复本人并存档", "有%d条异议，本系统没有答复记录", n)
	}
	return nil
}
