package themeday

import (
	"fmt"
	"strings"
	"time"
)

// attendedBy is who took part, in figures (R08, R09, R10, R12, R13, R14, R15, R32, R33).
func (g *evidenceGatherer) attendedBy(y *yearMonth) error {
	m, t, r := y.Month, y.tally, g.desk.Rules
	book := []EvidenceLink{sheetOf(m), inLedger(partSignIns)}
	g.item(R08, m, "名单覆盖全体党员", time.Time{}, fmt.Sprintf("%d人", t.Due), book...)
	g.item(R12, m, "出席率", y.Steps[Reporting-1].At, fmt.Sprintf("%d%%（%d/%d）", t.RatePercent(), t.Present+t.Remote, t.Due), append([]EvidenceLink{formOf(m)}, book...)...)
	g.short(R12, !t.QuorumMet(r))
	if !t.QuorumMet(r) {
		g.gap(R12, m, "写明原因，督促缺席同志补学", "%s出席率%d%%，低于%d%%", y.label, t.RatePercent(), r.QuorumPercent)
	}
	g.excused(y)
	if err := g.leaders(y); err != nil {
		return err
	}
	g.waysIn(y)
	held := Held{Month: m}
	for _, c := range t.Absentees {
		held.Absentees = append(held.Absentees, c.ID)
		g.absent[c.ID] = append(g.absent[c.ID], m)
	}
	g.held = append(g.held, held)
	guests, err := g.tx.Guests(y.ID)
	if t.Guests > 0 || len(guests) > 0 {
		g.item(R14, m, "列席", time.Time{}, fmt.Sprintf("到会%d人", t.Guests)+g.guestKinds(y, guests), formOf(m), inLedger(partSignIns))
	}
	g.notes[R14] = "本年没有列席记录"
	return err
}

// excused are the leaves, without anybody's reason (R13).
func (g *evidenceGatherer) excused(y *yearMonth) {
	g.notes[R13] = "本年没有人请假"
	all, granted, open, late := 0, 0, 0, 0
	for _, l := range y.leaves {
		if l.State == LeaveCancelled {
			continue
		}
		all++
		granted += boolInt(l.State == LeaveGranted)
		open += boolInt(l.State == LeaveAsked)
		late += boolInt(l.Late)
	}
	if all > 0 {
		g.item(R13, y.Month, "书面请假", time.Time{}, fmt.Sprintf("%d人，已准%d人", all, granted), inLedger(partLeaves))
		g.short(R13, open > 0 || late > 0)
	}
	if open > 0 {
		do := "请书记批：准假 姓名，或：不准 姓名 事由"
		if !y.Filed.IsZero() {
			do = "请书记在请假条上补签意见，由支部保存"
		}
		g.gap(R13, y.Month, do, "%s有%d人请假没有批复", y.label, open)
	}
	if late > 0 {
		g.gap(R13, y.Month, "附补假说明，由支部保存", "%s有%d人事后补假", y.label, late)
	}
}

// waysIn are the sign-ins by other ways than one's own word, shown as such (R15, R33).
func (g *evidenceGatherer) waysIn(y *yearMonth) {
	g.notes[R15] = "本年没有送学"
	if y.tally.Remote > 0 {
		g.item(R15, y.Month, "送学", time.Time{}, fmt.Sprintf("%d人", y.tally.Remote), formOf(y.Month), inLedger(partSignIns))
	}
	proxy, late, paper := 0, 0, 0
	for _, s := range y.signins {
		proxy += boolInt(s.How == Proxy)
		late += boolInt(s.How == Late)
		paper += boolInt(s.How == Paper)
	}
	var said []string
	for _, n := range []struct {
		n    int
		name string
	}{{proxy, "代签"}, {late, "迟到或补签"}, {paper, "纸质"}} {
		if n.n > 0 {
			said = append(said, fmt.Sprintf("%s%d人", n.name, n.n))
		}
	}
	if len(said) > 0 {
		g.item(R33, y.Month, "不是本人当场签到的，如实标注", time.Time{}, strings.Join(said, "，"), formOf(y.Month), inLedger(partSignIns))
	}
}
