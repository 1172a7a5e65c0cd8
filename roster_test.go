package themeday_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"themeday"
)

// rosterRows makes rows of a drawn table: a line a row, | between cells; \n in a cell is a line break.
func rosterRows(drawn string) []themeday.SheetRow {
	var rows []themeday.SheetRow
	for i, line := range strings.Split(drawn, "\n") {
		rows = append(rows, themeday.SheetRow{Line: i + 1, Cells: strings.Split(strings.ReplaceAll(line, `\n`, "\n"), "|")})
	}
	return rows
}

func mustReadRoster(t *testing.T, drawn string) themeday.Roster {
	t.Helper()
	r, bad := themeday.ReadRoster(rosterRows(drawn))
	if len(bad) > 0 {
		t.Fatalf("refused: %v", bad)
	}
	return r
}

func TestARosterIsReadLineByLine(t *testing.T) {
	r := mustReadRoster(t, `支部|姓名|职务|类别|党小组|手机|备注|联系支部|群名|群昵称
第一支部|王强|书记、联系领导|正式|第一小组|138 0013-8000|||一支部党员群|王书记
第一支部|李四||预备|||年老体弱，住院|||
第一支部|张三||积极分子|||||一支部党员群|
机关党委|赵敏|机关党委|||||第一支部||`)
	want := []themeday.RosterLine{
		{
			Line: 2, Branch: "第一支部", Name: "王强", Offices: themeday.Offices{themeday.Secretary, themeday.Liaison}, Category: themeday.Formal,
			PartyGroup: "第一小组", Phone: "13800138000", Group: "一支部党员群", Card: "王书记", Counted: true,
		},
		{
			Line: 3, Branch: "第一支部", Name: "李四", Offices: themeday.Offices{themeday.Member}, Category: themeday.Probationary,
			Frail: true, Remark: "年老体弱，住院", Group: "一支部党员群", Card: "李四", Counted: true,
		},
		{Line: 4, Branch: "第一支部", Name: "张三", Offices: themeday.Offices{themeday.Member}, Category: themeday.Activist, Group: "一支部党员群", Card: "张三"},
		{Line: 5, Name: "赵敏", Offices: themeday.Offices{themeday.Committee}, Category: themeday.Formal, Guides: []string{"第一支部"}, Card: "赵敏"},
	}
	for i, w := range want {
		if i >= len(r.Lines) || !reflect.DeepEqual(r.Lines[i], w) {
			t.Errorf("line %d:\n got %+v\nwant %+v", w.Line, r.Lines[i], w)
		}
	}
	if len(r.Lines) != len(want) || len(r.Notes) != 0 {
		t.Errorf("%d lines, notes %q", len(r.Lines), r.Notes)
	}
}

func TestATraditionalSheetReadsAsTheSimplifiedOne(t *testing.T) {
	simplified := mustReadRoster(t, `姓名|支部|职务|类别|党小组|手机|备注|联系支部|群昵称
王强|第一支部|书记、支委|正式党员|一组|13800138000|体弱||老王
李四|第一支部|副书记 记录员|预备党员|||行动不便||
张三|第一支部|党员|入党积极分子|||||
钱七|第一支部|支委|发展对象|||||
孙八|第一支部|党员|团员|||||
周九|第一支部|党员|群众|||||
赵敏||机关党委、联系领导|||||第一支部|`)
	traditional := mustReadRoster(t, "\ufeff姓 名|支部|職務|類\u200b別|黨小組|手機|備註|聯繫支部|群暱稱\n"+`王強|第一支部|書記／支部委员|正式黨員|一组|＋８６ １３８００１３８０００|體弱||老王
李四|第一支部|副書記；記錄員|預備黨員|||行動不便||
张三|第一支部|黨員|積極分子|||||
钱七|第一支部|支委|發展對象|||||
孙八|第一支部|黨員|團員|||||
周九|第一支部|黨員|群眾|||||
赵敏||機關黨委,聯繫領導|||||第一支部|`)
	for i, s := range simplified.Lines {
		got := traditional.Lines[i]
		if got.Name == "王強" { // names keep their script
			got.Name = "王强"
		}
		got.Remark, s.Remark = "", ""
		if !reflect.DeepEqual(got, s) {
			t.Errorf("line %d:\n got %+v\nwant %+v", s.Line, got, s)
		}
	}
}

func TestWhatCannotBeSeenIsStrippedFromCells(t *testing.T) {
	for _, c := range []struct{ cell, want string }{
		{" 王强 ", "王强"},
		{"王 强", "王强"},
		{"王\u3000强", "王强"},
		{"王\u200b强\ufeff", "王强"},
		{"\u202e王强\u202c", "王强"},
		{"王\u2066强\u2069", "王强"},
		{"王\x07强\x1b", "王强"},
		{"王\u00a0强\t", "王强"},
		{"王强\\n", "王强"},
		{"阿卜杜拉·买买提", "阿卜杜拉·买买提"},
		{"John   Smith", "John Smith"},
		{"王 John", "王John"},
		{"王2", "王2"},
	} {
		r := mustReadRoster(t, "支部|姓名|职务\n 第 一\u200b支部 |"+c.cell+"|书记")
		if l := r.Lines[0]; l.Name != c.want || l.Branch != "第一支部" || l.Card != c.want {
			t.Errorf("%q is read as %+v", c.cell, l)
		}
	}
}

func TestEveryFaultOfARosterIsNamedWithItsLine(t *testing.T) {
	for _, c := range []struct{ fault, rows, want string }{
		{"no branch", "|王强|党员", "第2行 支部：支部为空"},
		{"branch name unfit for scripts", "第一[支部]|王强|", "第2行 支部：支部名里不能有方括号"},
		{"branch name too long", strings.Repeat("长", 41) + "|王强|", "第2行 支部：支部名最多40个字"},
		{"no name", "一支部||书记", "第2行 姓名：姓名为空"},
		{"name of one character", "一支部|王|", "第2行 姓名：姓名应为2至20个字，现为1个"},
		{"name of 21 characters", "一支部|" + strings.Repeat("王", 21) + "|", "第2行 姓名：姓名应为2至20个字，现为21个"},
		{"name of digits", "一支部|12345|", "第2行 姓名：“12345”不像姓名"},
		{"name with brackets", "一支部|张伟（大）|", "第2行 姓名：姓名里不能有括号"},
		{"name with plain brackets", "一支部|张伟(大)|", "第2行 姓名：姓名里不能有括号"},
		{"name with square brackets", "一支部|[张伟]|", "第2行 姓名：姓名里不能有括号"},
		{"name with a colon", "一支部|张伟：大|", "第2行 姓名：姓名里不能有括号"},
		{"name with a line break", `一支部|张伟\n李四|`, "第2行 姓名：一格只写一个姓名"},
		{"two names with a comma", "一支部|张伟、李四|", "第2行 姓名：一格只写一个姓名"},
		{"name of broken bytes", "一支部|张\xff伟|", "第2行 姓名：姓名里有损坏的字符"},
		{"name that begins with a sign", "一支部|+张伟|", "第2行 姓名：姓名不能以“+”开头"},
		{"name that is a formula", "一支部|=A1|", "第2行 姓名：这一格是公式"},
		{"full-width formula", "一支部|王强|党员||＝A1", "第2行 备注：这一格是公式"},
		{"unknown office", "一支部|王强|书记、主任", "第2行 职务：没有“主任”这个职务，可填：书记、副书记、支委、记录员、党员、机关党委、联系领导"},
		{"unknown category", "一支部|王强|书记|民主党派", "第2行 类别：没有“民主党派”这个类别，可填：正式、预备、积极分子、发展对象、团员、群众"},
		{"phone with letters", "一支部|王强|书记|||1380013800a", "第2行 手机：手机号应为5至20位数字"},
		{"phone too short", "一支部|王强|书记|||1234", "第2行 手机：手机号应为5至20位数字"},
		{"phone too long", "一支部|王强|书记|||123456789012345678901", "第2行 手机：手机号应为5至20位数字"},
		{"phone with a plus inside", "一支部|王强|书记|||138+0013800", "第2行 手机：手机号应为5至20位数字"},
		{"same name twice in a branch", "一支部|王强|\n一支部|李四|\n一支部|王 强|", "第4行 姓名：与第2行同在一支部、同名“王强”，请在姓名后加区别，如“王强大”“王强小”"},
		{"two secretaries", "一支部|王强|书记\n一支部|李四|支委、书记", "第3行 职务：一支部已有书记（第2行）"},
		{"same card twice in a branch", "一支部|王强|||||||小王\n一支部|王伟|||||||小王", "第3行 群昵称：与第2行的群昵称“小王”相同"},
		{"card that is another's name", "一支部|王强|\n一支部|王伟|||||||王强", "第3行 群昵称：与第2行的群昵称“王强”相同"},
		{"two groups for a branch", "一支部|王强||||||甲群\n一支部|王伟||||||乙群", "第3行 群名：一支部的群名与第2行不同（“甲群”）"},
		{"one group for two branches", "一支部|王强||||||甲群\n二支部|王伟||||||甲群", "第3行 群名：一支部和二支部的群名都是“甲群”"},
		{"a group that is another branch's default", "一支部|王强||||||二支部\n二支部|王伟|", "第2行 群名：一支部和二支部的群名都是“二支部”"},
		{"guide of an unknown branch", "一支部|王强|书记\n|赵敏|联系领导||||一支部、三支部", "第3行 联系支部：本表没有“三支部”这个支部"},
		{"a namesake who could be either", "一支部|王强||||13800000001\n二支部|王强||||13800000002\n三支部|王强|", "第4行 手机：“王强”在别处有不同的手机号"},
		{"no people", "", "第1行：表头下面没有人员"},
	} {
		t.Run(c.fault, func(t *testing.T) {
			r, bad := themeday.ReadRoster(rosterRows("支部|姓名|职务|类别|备注|手机|联系支部|群名|群昵称\n" + c.rows))
			if len(bad) != 1 || !strings.HasPrefix(bad[0].Error(), c.want) {
				t.Errorf("got %v\nwant one fault: %s", bad, c.want)
			}
			if len(r.Lines) != 0 {
				t.Errorf("a roster with a fault has %d lines", len(r.Lines))
			}
		})
	}
}

func TestAFaultyHeaderIsNamed(t *testing.T) {
	for _, c := range []struct{ fault, drawn, want string }{
		{"no name column", "支部|职务|序号\n一支部|书记|1", "第1行 表头：缺少“姓名”列，请补上；找到的列：支部、职务、序号"},
		{"no branch column", "花名册\n姓名|职务\n王强|书记", "第2行 表头：缺少“支部”列，请补上；找到的列：姓名、职务"},
		{"no header at all", "王强|13800138000", "第1行 表头：缺少“支部”“姓名”列，请补上；找到的列：王强、13800138000"},
		{"header below the tenth row", strings.Repeat("题目\n", 10) + "支部|姓名\n一支部|王强", "第1行 表头：缺少“支部”“姓名”列，请补上；找到的列：题目"},
		{"a column twice", "支部|姓名|手机|电话\n一支部|王强||", "第1行 手机：第3列和第4列都是“手机”，请只留一列"},
	} {
		t.Run(c.fault, func(t *testing.T) {
			if _, bad := themeday.ReadRoster(rosterRows(c.drawn)); len(bad) != 1 || bad[0].Error() != c.want {
				t.Errorf("got %v\nwant %s", bad, c.want)
			}
		})
	}
	if _, bad := themeday.ReadRoster(nil); len(bad) != 1 || bad[0].Error() != "表格是空的，请填写表头和人员" {
		t.Errorf("no rows: %v", bad)
	}
}

func TestAHeaderMayStandBelowNineTitles(t *testing.T) {
	r := mustReadRoster(t, strings.Repeat("题目\n", 8)+"支部\n姓名＊|支部：|序号\n王强|一支部|1\n||2")
	if len(r.Lines) != 1 || r.Lines[0].Line != 11 {
		t.Errorf("got %+v", r.Lines)
	}
	want := []string{"“序号”列不认识，已忽略", "一支部没有书记，请确认"}
	if !slices.Equal(r.Notes, want) {
		t.Errorf("notes %q, want %q", r.Notes, want)
	}
}

func TestAFormulaInAKnownColumnIsRefused(t *testing.T) {
	rows := rosterRows("序号|支部|姓名|手机\n1|一支部|王强|13800138000")
	rows[1].Formulas = []int{0, 3}
	_, bad := themeday.ReadRoster(rows)
	if len(bad) != 1 || bad[0].Line != 2 || bad[0].Column != "手机" {
		t.Errorf("got %v, want one fault in 手机", bad)
	}
}

func TestAFormulaBeyondTheLastTextOfARowIsRefused(t *testing.T) {
	rows := rosterRows("支部|姓名|群昵称\n一支部|王强")
	rows[1].Formulas = []int{2}
	_, bad := themeday.ReadRoster(rows)
	if len(bad) != 1 || bad[0].Line != 2 || bad[0].Column != "群昵称" {
		t.Errorf("got %v, want one fault in 群昵称", bad)
	}
}

func TestARemarkMarksWhoIsFrail(t *testing.T) {
	for remark, want := range map[string]bool{
		"体弱": true, "體弱": true, "年老": true, "年老体弱": true, "行动不便": true, "行動不便": true, "住院，行动 不便": true,
		"": false, "住院": false, "老党员": false, "体育委员": false,
	} {
		r := mustReadRoster(t, "支部|姓名|备注\n一支部|王强|"+remark)
		if got := r.Lines[0].Frail; got != want {
			t.Errorf("%q: frail %v", remark, got)
		}
	}
}

func TestAllFaultyRowsAreReportedAtOnceByLine(t *testing.T) {
	_, bad := themeday.ReadRoster(rosterRows("支部|姓名|职务|联系支部\n一支部|王强|书记|九支部\n一支部|李四|主任|\n|钱七||\n一支部|王强|书记|\n一支部|周|站长|"))
	var got []string
	for _, b := range bad {
		got = append(got, fmt.Sprint(b.Line, b.Column))
	}
	want := []string{"2联系支部", "3职务", "4支部", "5姓名", "5职务", "6姓名", "6职务"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWhoStandsAboveTheBranchesNeedNotBelongToOne(t *testing.T) {
	for _, c := range []struct {
		row, branch string
		counted     bool
	}{
		{"|赵敏|机关党委|正式", "", false},
		{"机关党委|赵敏|机关党委、联系领导|正式", "", false},
		{"機關黨委|赵敏|联系领导|正式", "", false},
		{"三支部|赵敏|联系领导|正式", "", false},
		{"一支部|赵敏|机关党委|正式", "一支部", true},
		{"一支部|赵敏|联系领导|群众", "一支部", false},
		{"三支部|赵敏|联系领导、党员|正式", "三支部", true},
	} {
		r := mustReadRoster(t, "支部|姓名|职务|类别\n"+c.row+"\n一支部|王强|书记|正式")
		if l := r.Lines[0]; l.Branch != c.branch || l.Counted != c.counted {
			t.Errorf("%s: in %q, counted %v", c.row, l.Branch, l.Counted)
		}
		wantPlaces := 1
		if c.branch == "" {
			wantPlaces = 0
		}
		if p := r.People()[0]; len(p.Memberships) != wantPlaces {
			t.Errorf("%s: %d memberships, want %d", c.row, len(p.Memberships), wantPlaces)
		}
	}
}

func TestAMisspeltBranchOfALeaderIsNoted(t *testing.T) {
	r := mustReadRoster(t, "支部|姓名|职务\n一支部|王强|书记\n一支步|赵敏|联系领导")
	if want := []string{"第3行 赵敏：本表没有“一支步”这个支部，不计入任何支部"}; !slices.Equal(r.Notes, want) {
		t.Errorf("notes %q, want %q", r.Notes, want)
	}
}

func TestLinesOfOneNameAreOnePersonUnlessPhonesDiffer(t *testing.T) {
	for _, c := range []struct {
		what, rows string
		people     int
		notes      []string
	}{
		{"no phones", "第一支部|张伟|书记|\n第二支部|张伟|书记|", 1, []string{"张伟 同时在第一支部、第二支部，按一人处理；若是两人请填手机号"}},
		{"one phone", "第一支部|张伟|书记|13800000001\n第二支部|张伟|书记|", 1, []string{"张伟 同时在第一支部、第二支部，按一人处理；若是两人请填手机号"}},
		{"the same phone", "第一支部|张伟|书记|13800000001\n第二支部|张伟|书记|+86 138-0000-0001", 1, []string{"张伟 同时在第一支部、第二支部，按一人处理"}},
		{"two phones", "第一支部|张伟|书记|13800000001\n第二支部|张伟|书记|13800000002", 2, nil},
		{"above the branches too", "第一支部|张伟|书记|\n|张伟|机关党委|", 1, []string{"张伟 同时在第一支部、机关党委，按一人处理；若是两人请填手机号"}},
	} {
		t.Run(c.what, func(t *testing.T) {
			r := mustReadRoster(t, "支部|姓名|职务|手机\n"+c.rows)
			if n := len(r.People()); n != c.people || !slices.Equal(r.Notes, c.notes) {
				t.Errorf("%d people, notes %q", n, r.Notes)
			}
		})
	}
}

func TestAPersonHasEverythingThatHisLinesGive(t *testing.T) {
	r := mustReadRoster(t, `支部|姓名|职务|手机|联系支部
第一支部|李四|书记||
第二支部|王强|书记、联系领导||第一支部；第二支部
|王强|机关党委|13800000001|第一支部 第三支部
第三支部|王强|书记||`)
	p := r.People()
	if len(p) != 2 || p[0].Name != "李四" || p[1].Name != "王强" {
		t.Fatalf("people %+v", p)
	}
	w := p[1]
	if w.Phone != "13800000001" || !w.Committee || !w.Liaison || !slices.Equal(w.Guides, []string{"第一支部", "第二支部", "第三支部"}) {
		t.Errorf("got %+v", w)
	}
	if len(w.Memberships) != 2 || w.Memberships[0].Line != 3 || w.Memberships[1].Line != 5 {
		t.Errorf("memberships %+v", w.Memberships)
	}
}

func TestOnlyFormalAndProbationaryMembersCount(t *testing.T) {
	for category, want := range map[themeday.Category]bool{
		themeday.Formal: true, themeday.Probationary: true,
		themeday.Activist: false, themeday.Target: false, themeday.League: false, themeday.Masses: false, "": false,
	} {
		if category.Counts() != want {
			t.Errorf("%q counts: %v", category, !want)
		}
	}
}
