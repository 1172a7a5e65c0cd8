package themeday

import (
	"fmt"
	"strings"
	"time"
)

// arranged is what was fixed before the day: length, notice, content, steps, host, recorder (R02, R06, R07, R16, R18, R19, R11).
func (g *evidenceGatherer) arranged(y *yearMonth) error {
	m, label, a := y.Month, y.label, y.Activity
	g.lasted(y)
	at := a.Steps[Noticing-1].At
	ahead := DaysAhead(at, a.Starts, g.desk.Zone)
	switch {
	case at.IsZero():
		g.gap(R06, m, "附当时发出的通知；没有发的，写明原因", "%s没有预告记录", label)
	case ahead < g.desk.Rules.NoticeDays:
		g.gap(R06, m, "写明原因存档", "%s预告只提前%d天，不足%d天", label, ahead, g.desk.Rules.NoticeDays)
		fallthrough
	default:
		g.item(R06, m, "预告发到支部群", at, fmt.Sprintf("提前%d天", ahead), formOf(m), inLedger(partNotices))
		g.short(R06, ahead < g.desk.Rules.NoticeDays)
	}
	if hasRequired(a.Content) {
		g.item(R16, m, "活动内容", time.Time{}, content(y), formOf(m))
	} else {
		g.gap(R16, m, "附说明：哪一项属于政治学习或党性锻炼", "%s内容里没有政治学习或党性锻炼", label)
	}
	if err := g.linkedTo(y); err != nil {
		return err
	}
	g.stepped(y)
	g.led(y)
	clear, err := g.tx.Blackouts(a.Branch)
	for _, b := range clear {
		if b.Covers(g.desk.Day(a.Starts)) {
			g.gap(R07, m, "附说明：怎样保证业务工作和群众办事", "%s活动日在要避开的时段里", label)
		}
	}
	return err
}

// linkedTo are the compulsory topics (R16), the four links (R17) and the meetings as which the activity counts too (R24).
func (g *evidenceGatherer) linkedTo(y *yearMonth) error {
	all, err := g.desk.RequiredOf(g.tx, y.Activity)
	for _, t := range all {
		if t.Planned {
			g.item(R16, y.Month, "必选主题："+t.Text, time.Time{}, "已列入", formOf(y.Month), inLedger(partApprovals))
		} else {
			g.gap(R16, y.Month, "附说明：为什么没有列入", "%s没有列入必选主题“%s”", y.label, t.Text)
		}
	}
	if len(y.Links) > 0 {
		g.item(R17, y.Month, "结合", time.Time{}, strings.Join(y.Links, "、"), formOf(y.Month), inLedger(partPlan))
	}
	if len(y.Meetings) > 0 {
		g.item(R24, y.Month, "同时计入", time.Time{}, strings.Join(y.Meetings, "、"), formOf(y.Month), inLedger(partRecords))
	}
	return err
}

// lasted is R02.
func (g *evidenceGatherer) lasted(y *yearMonth) {
	a := y.Activity
	if a.Ended.IsZero() || a.Steps[Holding-1].By == Bot {
		g.gap(R02, y.Month, "附纸质记录，说明实际起止时间", "%s没有记录实际结束时间", y.label)
		return
	}
	length := Hours(a.Ended.Sub(a.BeginAt()).Truncate(time.Minute))
	g.item(R02, y.Month, "起止时间", a.BeginAt(), length, formOf(y.Month))
	g.short(R02, g.desk.Shortened(a))
	if g.desk.Shortened(a) {
		g.gap(R02, y.Month, "写明原因存档", "%s活动%s，不足半天", y.label, length)
	}
}

// stepped is R18.
func (g *evidenceGatherer) stepped(y *yearMonth) {
	var lacking, do []string
	for s := Deciding; s <= Summing; s++ {
		if y.Done(s) {
			continue
		}
		lacking = append(lacking, s.String())
		if s == Summing && y.Filed.IsZero() {
			_, command := WhoTakes(y.Activity, s)
			do = append(do, "补总结："+command)
		}
	}
	if approved := y.Steps[Approving-1]; y.Approved() {
		g.item(R18, y.Month, "机关党委审定", approved.At, g.names[approved.By], formOf(y.Month), inLedger(partApprovals))
	}
	g.item(R18, y.Month, "九个步骤", time.Time{}, fmt.Sprintf("完成%d步", 9-len(lacking)), formOf(y.Month))
	g.short(R18, len(lacking) > 0)
	if len(lacking) > 0 {
		if len(do) < len(lacking) {
			do = append(do, "其余步骤附纸质材料或写明原因")
		}
		g.gap(R18, y.Month, strings.Join(do, "；"), "%s九步缺：%s", y.label, strings.Join(lacking, "、"))
	}
}

// led is who hosted and who kept the record (R11, R19).
func (g *evidenceGatherer) led(y *yearMonth) {
	host, ok := y.roster.Find(y.Host)
	if y.Host == 0 {
		host, ok = y.roster.Secretary()
	}
	if ok {
		g.item(R19, y.Month, "主持人"+yes(y.Host != 0, "（受委托，事由见台账）", ""), time.Time{}, host.Name, formOf(y.Month), inLedger(partPlan))
	} else {
		g.gap(R19, y.Month, "附说明：当天由谁主持", "%s没有主持人记录", y.label)
	}
	recorder, ok := y.roster.Find(y.Recorder)
	if y.Recorder == 0 {
		recorder, ok = y.roster.Recorder()
	}
	if ok {
		g.item(R11, y.Month, "记录人", time.Time{}, recorder.Name, formOf(y.Month))
	} else {
		g.gap(R11, y.Month, "附说明：当天由谁记录，并在名单上指定记录员", "%s没有指定记录人", y.label)
	}
}

// studied is the make-up study of those who were away (R20).
func (g *evidenceGatherer) studied(y *yearMonth) error {
	done, waiting, late := 0, 0, 0
	for _, m := range y.makeups {
		switch {
		case m.State == MakeupConfirmed:
			done++
		case m.State == MakeupHanded:
			waiting++
		case m.Overdue(g.at):
			late++
		}
	}
	owed := len(y.makeups)
	if owed > 0 {
		g.item(R20, y.Month, "补学", time.Time{}, fmt.Sprintf("应补%d人，完成%d人", owed, done), formOf(y.Month), inLedger(partMakeups))
		g.short(R20, late > 0)
	}
	if waiting > 0 {
		g.gap(R20, y.Month, "请书记确认：补学 过 姓名 "+y.Month.Chinese(), "%s有%d人补学待确认", y.label, waiting)
	}
	if left := owed - done - waiting; left > 0 {
		g.gap(R20, y.Month, "请本人私信：补学 心得；书记再确认", "%s有%d人补学未完成%s", y.label, left, yes(late > 0, fmt.Sprintf("（逾期%d人）", late), ""))
	}
	if away := y.tally.Leave + y.tally.Absent; owed < away {
		g.gap(R20, y.Month, "安排补学，附纸质材料", "%s有%d人没有补学记录", y.label, away-owed)
	}
	return nil
}

// recorded is what was written and filed (R21, R22, R23).
func (g *evidenceGatherer) recorded(y *yearMonth) error {
	if err := g.checked(y); err != nil {
		return err
	}
	if err := g.written(y); err != nil {
		return err
	}
	if err := g.photographed(y); err != nil {
		return err
	}
	m, state := y.Month, g.filedState(y)
	switch {
	case state == "待上报":
		g.item(R22, m, "纪实表待上报", time.Time{}, "期限 "+g.desk.Deadline(g.desk.RecordDueAt(y.Activity)), formOf(m))
	case y.Filed.IsZero():
		g.gap(R22, m, "现在上报：上报 "+y.label, "%s纪实表未上报", y.label)
		g.item(R22, m, "纪实表（未上报）", time.Time{}, state, formOf(m))
		g.short(R22, true)
	default:
		if err := g.versions(y, state); err != nil {
			return err
		}
		if state != "按期" {
			g.gap(R22, m, "写明原因存档", "%s纪实表%s上报", y.label, state)
		}
	}
	since, err := g.desk.Unfiled(g.tx, y.Activity)
	if len(since) > 0 {
		g.gap(R22, m, "再上报一次：上报 "+y.label, "%s纪实表上报后有%d处更正，还没有再上报", y.label, len(since))
	}
	return err
}

// versions are the form as it was filed first, by which it was in time or not, and every version since (R22, R33).
func (g *evidenceGatherer) versions(y *yearMonth, state string) error {
	all, err := g.desk.filings(g.tx, y.Activity)
	for _, f := range all {
		if f.Version > 1 {
			g.item(R22, y.Month, "纪实表更正稿"+VersionName(f.Version, true)+"上报", f.At, "", versionOf(y.Month, f.Version), inLedger(partCorrections))
			continue
		}
		g.item(R22, y.Month, "纪实表"+VersionName(1, true)+"上报", f.At, state, versionOf(y.Month, 1), inLedger(partFigures))
		g.short(R22, state != "按期")
	}
	return err
}

func (g *evidenceGatherer) checked(y *yearMonth) error {
	open, err := g.desk.Unticked(g.tx, y.Activity)
	all := g.desk.Rules.Checklist
	if len(open) < len(all) {
		g.item(R23, y.Month, "现场检查", time.Time{}, fmt.Sprintf("%d项中%d项已查", len(all), len(all)-len(open)), formOf(y.Month), inLedger(partRecords))
		g.short(R23, len(open) > 0)
	}
	if len(open) > 0 {
		g.gap(R23, y.Month, "附现场照片证明", "%s现场检查没有记录：%s", y.label, strings.Join(open, "、"))
	}
	return err
}

// written are the minutes and the summary.
func (g *evidenceGatherer) written(y *yearMonth) error {
	lines, err := g.tx.Minutes(y.ID)
	counts := map[MinuteKind]int{}
	for _, l := range lines {
		counts[l.Kind]++
	}
	var lacking []string
	for _, k := range []struct {
		kind MinuteKind
		name string
	}{{Noted, "讨论发言"}, {Agreed, "共识"}, {Assigned, "议定事项"}} {
		if counts[k.kind] == 0 {
			lacking = append(lacking, k.name)
		}
	}
	if y.Summary == "" {
		lacking = append(lacking, "总结")
	}
	if len(lines) > 0 {
		g.item(R21, y.Month, "活动记录", time.Time{}, fmt.Sprintf("%d条", len(lines)), formOf(y.Month), inLedger(partRecords))
	}
	if len(lacking) > 0 {
		g.gap(R21, y.Month, "附纸质记录", "%s没有记录：%s", y.label, strings.Join(lacking, "、"))
	}
	return err
}

// photographed are the photos; notes of leaves and make-up studies are none (R21).
func (g *evidenceGatherer) photographed(y *yearMonth) error {
	all, err := g.tx.Pictures(y.ID)
	seen, n := map[string]bool{}, 0
	var links []EvidenceLink
	for _, p := range all {
		if p.Use != "activity" || seen[p.ID] {
			continue
		}
		seen[p.ID] = true
		n++
		photo := EvidencePhoto{Month: y.Month, N: n, ID: p.ID, Caption: p.Caption}
		g.out.Photos = append(g.out.Photos, photo)
		links = append(links, EvidenceLink{File: photo.File(), N: n})
	}
	if n > 0 {
		g.item(R21, y.Month, "照片", time.Time{}, fmt.Sprintf("%d张", n), links...)
		g.short(R21, n < photosWanted)
	}
	if n < photosWanted {
		g.gap(R21, y.Month, "附纸质照片或电子照片", "%s照片不足%d张（现有%d张）", y.label, photosWanted, n)
	}
	return err
}
