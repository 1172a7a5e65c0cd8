package themeday_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"themeday"
)

func (s *planStage) evidence() (e themeday.Evidence) {
	s.t.Helper()
	s.do(func(tx themeday.Tx) (err error) {
		e, err = s.desk.Evidence(tx, "一", 2026, s.at)
		return err
	})
	return e
}

// gapsDrawn writes the gaps: a line a gap.
func gapsDrawn(e themeday.Evidence) string {
	var lines []string
	for _, g := range e.Gaps {
		lines = append(lines, fmt.Sprintf("%s|%s|%s|%s", g.Of(), g.Rule, g.What, g.Do))
	}
	return strings.Join(lines, "\n")
}

// clausesDrawn writes the clauses: a line an item or note.
func clausesDrawn(e themeday.Evidence) string {
	var lines []string
	for _, c := range e.Clauses {
		for _, i := range c.Items {
			at := ""
			if !i.When.IsZero() {
				at = i.When.Format("01-02 15:04")
			}
			var files []string
			for _, f := range i.Files {
				files = append(files, f.String())
			}
			if i.Short {
				i.Figure += "（不达标）"
			}
			lines = append(lines, fmt.Sprintf("%s|%s|%s|%s|%s|%s", c.Rule, i.Of(), i.What, i.Figure, at, strings.Join(files, "、")))
		}
		if c.Note != "" {
			lines = append(lines, fmt.Sprintf("%s||%s", c.Rule, c.Note))
		}
	}
	return strings.Join(lines, "\n")
}

func TestTheEvidenceOfAYearNamesItsGapsFirstAndThenWhatIsThere(t *testing.T) {
	s := newYear(t)
	five, two := themeday.Scores{5, 5, 5, 5}, themeday.Scores{2, 2, 2, 2}
	s.rate(five, five, two, two, two)
	e := s.evidence()
	for _, c := range []struct{ name, got, want string }{
		{"gaps", gapsDrawn(e), `
全年|R03|没有固定日|定下固定日，例如：固定日 每月第2个周五 14:00-18:00 党员活动室
全年|R04|年度计划逾期备案（2月2日）|写明原因，随计划存档
全年|R33|有1条异议，本系统没有答复记录|逐条核实，书面答复本人并存档
1月|R01|1月没有活动记录|启用本系统以前开展过的，请附纸质材料；没有开展的，写明原因报机关党委
2月|R01|2月没有活动记录|启用本系统以前开展过的，请附纸质材料；没有开展的，写明原因报机关党委
3月|R11|3月没有指定记录人|附说明：当天由谁记录，并在名单上指定记录员
3月|R12|3月出席率50%，低于80%|写明原因，督促缺席同志补学
3月|R20|3月有1人补学未完成（逾期1人）|请本人私信：补学 心得；书记再确认
3月|R21|3月没有记录：讨论发言、议定事项|附纸质记录
3月|R21|3月照片不足2张（现有1张）|附纸质照片或电子照片
3月|R22|3月纪实表逾期2天上报|写明原因存档
3月|R23|3月现场检查没有记录：徽章|附现场照片证明
3月|R28|3月满意率40%，低于60%|写出原因和改进办法，附整改材料
`},
		{"clauses", clausesDrawn(e), `
R01|3月|已开展：=学习；誓词||03-13 14:00|纪实表、台账13 年度统计
R02|3月|起止时间|4小时5分|03-13 14:00|纪实表
R04|全年|年度计划报机关党委备案|逾期（不达标）|02-02 09:00|年度计划、计划日历、台账1 年度计划及备案
R05|4月|改期并报备|4月10日→4月24日|04-01 09:00|台账9 变更报备
R06|3月|预告发到支部群|提前8天|03-05 09:00|纪实表、台账3 预告
R07||本系统暂无记录，请附纸质材料
R08|3月|名单覆盖全体党员|4人||签到册、台账4 签到册
R09||名单上没有领导干部
R10||名册上没有登记联系本支部的领导
R12|3月|出席率|50%（2/4）（不达标）|03-05 09:00|纪实表、签到册、台账4 签到册
R13|3月|书面请假|1人，已准1人||台账5 请假登记
R14|3月|列席|到会1人（积极分子1）||纪实表、台账4 签到册
R15||本年没有送学
R16|3月|活动内容|政治学习||纪实表
R17||没有登记结合内容。纪实表上报以前可发：结合 3月 中心工作
R18|3月|机关党委审定|王强|03-05 09:00|纪实表、台账2 月度方案与审定
R18|3月|九个步骤|完成9步||纪实表
R19|3月|主持人|王强||纪实表、台账1 年度计划及备案
R20|3月|补学|应补2人，完成1人（不达标）||纪实表、台账6 补学登记
R21|全年|年度台账，14部分|||台账（表格）、台账
R21|3月|活动记录|1条||纪实表、台账7 活动纪实
R21|3月|照片|1张（不达标）||照片1
R22|3月|纪实表第1版上报|逾期2天（不达标）|03-17 10:00|纪实表第1版、台账13 年度统计
R23|3月|现场检查|2项中1项已查（不达标）||纪实表、台账7 活动纪实
R24||没有同时计入三会一课、组织生活会的活动
R25|3月|会后测评|参会3人，参测5人，满意率40%|03-13 18:05|纪实表、台账8 测评汇总
R26||本系统暂无记录，请附纸质材料
R27||本年没有领导点评
R28|全年|满意率低于60%的次数|1次（3月）||台账8 测评汇总
R28|3月|满意率|40%（2/5）（不达标）|03-14 18:05|台账8 测评汇总
R29||本年没有申报最佳案例
R30||本系统暂无记录，请附纸质材料
R31|全年|年度述职材料和全年数字|||述职、台账13 年度统计
R31|全年|减负：发消息、请党员报的次数|群内1条，私信0条，请党员报5次，重复要0次||
R32|全年|无假缺席|1人次||台账4 签到册
R33|全年|全年事实，供与各表核对；文件校验见 SHA256SUMS.txt|||事实数据
R33|全年|撤销|1项||台账14 更正与异议
R33|全年|事后补录|1项||台账14 更正与异议
R33|全年|异议|1项||台账14 更正与异议
R33|3月|不是本人当场签到的，如实标注|迟到或补签1人||纪实表、台账4 签到册
`},
	} {
		if c.got != strings.TrimSpace(c.want) {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, c.got, c.want)
		}
	}
}

func TestEveryGapSaysWhatToDoAboutItNow(t *testing.T) {
	for _, c := range []struct {
		name, at string
		change   func(a *themeday.Activity)
		want     string
	}{
		{"not filed", "04-20 08:00", func(a *themeday.Activity) { a.Filed = time.Time{} }, "3月|R22|3月纪实表未上报|现在上报：上报 3月"},
		{"not filed yet, still in time", "03-14 20:00", func(a *themeday.Activity) { a.Filed = time.Time{} }, ""},
		{"noticed late", "04-20 08:00", func(a *themeday.Activity) { a.Steps[themeday.Noticing-1].At = bookAt("03-11 09:00") }, "3月|R06|3月预告只提前2天，不足5天|写明原因存档"},
		{"never noticed", "04-20 08:00", func(a *themeday.Activity) { a.Steps[themeday.Noticing-1] = themeday.StepDone{} }, "3月|R06|3月没有预告记录|附当时发出的通知；没有发的，写明原因"},
		{"cut short", "04-20 08:00", func(a *themeday.Activity) { a.Began, a.Ended = bookAt("03-13 14:00"), bookAt("03-13 16:30") }, "3月|R02|3月活动2小时30分，不足半天|写明原因存档"},
		{"nobody said when it ended", "04-20 08:00", func(a *themeday.Activity) { a.Steps[themeday.Holding-1].By = themeday.Bot }, "3月|R02|3月没有记录实际结束时间|附纸质记录，说明实际起止时间"},
		{"without study", "04-20 08:00", func(a *themeday.Activity) { a.Content = []string{"参观"} }, "3月|R16|3月内容里没有政治学习或党性锻炼|附说明：哪一项属于政治学习或党性锻炼"},
		{"never summed up", "04-20 08:00", func(a *themeday.Activity) { a.Steps[themeday.Summing-1], a.Filed = themeday.StepDone{}, time.Time{} }, "3月|R18|3月九步缺：⑨总结提升|补总结：总结 3月 成效……不足……下步……"},
		{"nobody rated", "04-20 08:00", func(*themeday.Activity) {}, "3月|R25|3月没有人测评|过期不能补测；写明原因"},
		{"April passed without a word", "05-02 08:00", func(*themeday.Activity) {}, "4月|R01|4月未开展|已经开展的，附纸质签到册和记录；没有开展的，写明原因报机关党委"},
		{"May has no date yet", "05-02 08:00", func(*themeday.Activity) {}, "5月|R01|5月还没有排定|排定日期：改期 5月 日期 14:00 事由"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newYear(t)
			s.at = bookAt(c.at)
			a := s.activity("一/2026-03")
			c.change(&a)
			s.do(func(tx themeday.Tx) error { return tx.PutActivity(a) })
			got := gapsDrawn(s.evidence())
			if c.want == "" && strings.Contains(got, "R22") || !strings.Contains(got, c.want) {
				t.Errorf("%s\nwant %s", got, c.want)
			}
		})
	}
}

func TestTheIndexOfEvidenceTellsNobodysReasonsAndNamesNobodyWhoWasAway(t *testing.T) {
	s := newYear(t)
	s.rate(themeday.Scores{1, 1, 1, 1}, themeday.Scores{5, 5, 5, 5})
	e := s.evidence()
	all := gapsDrawn(e) + clausesDrawn(e)
	for _, private := range []string{"@住院", "手机没电", "体会", "我到了", "太长", "会场占用", "李四", "赵六", "50%（1/2）", "满意率"} {
		if strings.Contains(strings.ReplaceAll(all, "没有满意率", ""), private) {
			t.Errorf("%q stands in the index", private)
		}
	}
}

func TestAYearOfWhichNothingIsKnownIsAllGaps(t *testing.T) {
	s := newPlanStage(t)
	e := s.evidence()
	if got, want := gapsDrawn(e), "全年|R03|"; !strings.HasPrefix(got, want) || !strings.Contains(got, "全年|R04|年度计划未备案|现在报备：年度计划 2026 报备") || strings.Contains(got, "4月") {
		t.Error(got)
	}
	if len(e.Clauses) != 33 || len(e.Held)+len(e.Photos) != 0 {
		t.Errorf("%d clauses, held %v, photos %v", len(e.Clauses), e.Held, e.Photos)
	}
}
