package themeday_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"themeday"
)

// planRows draws a sheet: a line a row, | between the cells; the header is line 1.
func planRows(drawn string) []themeday.SheetRow {
	var rows []themeday.SheetRow
	for i, line := range strings.Split(drawn, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			rows = append(rows, themeday.SheetRow{Line: i + 1, Cells: strings.Split(line, "|")})
		}
	}
	return rows
}

const planHeader = "支部|月份|日期|开始|结束|地点|主题|内容|事由\n"

func TestAPlanIsReadLineByLineInAnyOrderAndBothScripts(t *testing.T) {
	want := themeday.PlanLine{
		Branch: "第一支部", Month: themeday.YearMonth{Year: 2026, Month: 3}, Date: themeday.Date{Year: 2026, Month: 3, Day: 13},
		From: 14 * 60, To: 18 * 60, Place: "党员活动室", Topics: []string{"学习党章", "重温誓词"}, Content: []string{"政治学习", "党性锻炼"},
	}
	for _, c := range []struct{ name, drawn string }{
		{"as it is exported", planHeader + "第一支部|2026年3月|2026-03-13|14:00|18:00|党员活动室|学习党章；重温誓词|政治学习、党性锻炼|"},
		{"in another order, in traditional script", "\n内容|主題|地點|結束時間|開始時間|日期|支部\n政治学习，党性锻炼|学习党章;重温誓词|党员活动室|18:00|14:00|2026/3/13|第一支部"},
		{"with a month of its own and a bare date", planHeader + "第一支部|2026年3月|3月13日|14：00|18:00:00|党员活动室|学习党章；重温誓词|政治学习、党性锻炼"},
		{"with a bare month and full-width figures", planHeader + "第一支部|３月|２０２６年３月１３日|14:00|18:00| 党员活动室 |学习党章；；重温誓词|政治学习、党性锻炼"},
		{"with the halves of the day", planHeader + "第一支部|3月|2026-03-13|02:00:00 PM|下午6:00|党员活动室|学习党章；重温誓词|政治学习、党性锻炼"},
		{"from cells that hold a date and a time", planHeader + "第 一 支 部|2026-03-01|2026-03-13 00:00|14:00:00|18:00:00|党员活动室|学习党章；重温誓词|政治学习、党性锻炼"},
	} {
		got, bad := themeday.ReadPlan(planRows(c.drawn))
		if len(bad) > 0 || len(got) != 1 {
			t.Errorf("%s: %d lines, %v", c.name, len(got), bad)
			continue
		}
		if got[0].Line = 0; !reflect.DeepEqual(got[0], want) {
			t.Errorf("%s:\n%+v, want\n%+v", c.name, got[0], want)
		}
	}
}

func TestEveryFaultOfAPlanIsNamedWithItsLine(t *testing.T) {
	for _, c := range []struct{ row, want string }{
		{"|3月|2026-03-13|14:00|18:00", "第2行 支部：支部为空"},
		{"一|3月|2026-03-32|14:00|18:00", "第2行 日期：没有3月32日这一天"},
		{"一|2月|2026-02-29|14:00|18:00", "第2行 日期：没有2月29日这一天"},
		{"一|3月|下周五|14:00|18:00", "第2行 日期：“下周五”不是日期"},
		{"一|3月|3月13日|14:00|18:00", "第2行 日期：“3月13日”不是日期"}, // of which year?
		{"一|3月|2026-04-03|14:00|18:00", "第2行 日期：2026年4月3日不在本行的月份里：须在当月开展（第二条·R05）"},
		{"一|2027年3月|2026-03-13|14:00|18:00", "第2行 日期：2026年3月13日不在本行的月份里"},
		{"一|13月|2026-03-13|14:00|18:00", "第2行 月份：没有13月"},
		{"一|三月|2026-03-13|14:00|18:00", "第2行 月份：“三月”不是月份"},
		{"一|3月|2026-03-13|下午|18:00", "第2行 开始：“下午”不是时间"},
		{"一|3月|2026-03-13|14:00|", "第2行 结束：“”不是时间"},
		{"一|3月|2026-03-13|18:00|14:00", "第2行 结束：结束时间要在开始之后"},
		{"一|3月|2026-03-13|14:00|25:00", "第2行 结束：“25:00”不是时间"},
		{"一|3月||||室|学习", "第2行 日期：日期为空"},
		{"一|2026年3月||14:00|18:00", "第2行 日期：写了时间，没有写日期"},
		{"一|3月|2026-03-13|14:00|18:00|" + strings.Repeat("长", 61), "第2行 地点：地点太长"},
		{"一|3月|2026-03-13|14:00|18:00||" + strings.Repeat("长", 10_000), "第2行 主题：太长"},
		{"一|3月|2026-03-13|14:00|18:00\n一||2026-03-20|14:00|18:00", "第3行 月份：与第2行都是一2026年3月：每月一次（第二条·R01）"},
	} {
		lines, bad := themeday.ReadPlan(planRows(planHeader + c.row))
		if len(bad) != 1 || !strings.HasPrefix(bad[0].Error(), c.want) || lines != nil {
			t.Errorf("%s: %d lines, %v; want one fault %q", c.row[:min(len(c.row), 60)], len(lines), bad, c.want)
		}
	}
}

func TestAPlanWithoutItsColumnsIsRefused(t *testing.T) {
	for _, c := range []struct{ drawn, want string }{
		{"姓名|职务\n张三|书记", "没有找到表头"},
		{"支部|日期|开始\n一|2026-03-13|14:00", "缺少“结束”列"},
		{"支部|日期|开始|结束|日期\n一|2026-03-13|14:00|18:00|", "第2列和第5列都是“日期”"},
		{planHeader, "表头下面没有计划"},
	} {
		if _, bad := themeday.ReadPlan(planRows(c.drawn)); len(bad) == 0 || !strings.Contains(bad[0].Error(), c.want) {
			t.Errorf("%q: %v, want %q", c.drawn, bad, c.want)
		}
	}
	if _, bad := themeday.ReadPlan(nil); len(bad) == 0 {
		t.Error("no rows at all are read as a plan")
	}
}

func TestAFormulaInAPlanIsRefusedAndTextThatLooksLikeOneStays(t *testing.T) {
	rows := planRows(planHeader + "一|3月|2026-03-13|14:00|18:00||=cmd、@学习|")
	lines, bad := themeday.ReadPlan(rows)
	if len(bad) > 0 || len(lines) != 1 || fmt.Sprint(lines[0].Topics) != "[=cmd、@学习]" {
		t.Errorf("%v, %v", lines, bad)
	}
	rows[1].Formulas = []int{2}
	if _, bad := themeday.ReadPlan(rows); len(bad) == 0 || !strings.Contains(bad[0].Error(), "第2行 日期：这一格是公式") {
		t.Error(bad)
	}
}

func TestAllFaultyLinesOfAPlanAreReportedAtOnce(t *testing.T) {
	_, bad := themeday.ReadPlan(planRows(planHeader + "一|3月|x|14:00|18:00\n\n一|4月|2026-04-10|y|z\n一|5月|2026-05-08|14:00|18:00"))
	var lines []int
	for _, e := range bad {
		lines = append(lines, e.Line)
	}
	if fmt.Sprint(lines) != "[2 4 4]" {
		t.Error(bad)
	}
}
