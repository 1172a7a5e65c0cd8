package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func sprint(v any) string { return fmt.Sprintf("%+v", v) }

// sheetOf writes a roster sheet.
func sheetOf(t *testing.T, text string) string { return written(t, "roster.csv", text) }

const smallRoster = "支部,姓名,职务,类别\n第一支部,王强,书记,正式\n第一支部,张三,,正式\n,林海,机关党委,\n"

func TestWrongUsageIsExitTwoAndFailureIsExitOne(t *testing.T) {
	for _, c := range []struct {
		args string
		code int
		errs string
	}{
		{"", exitUsage, "expected one of"},
		{"dance", exitUsage, "unexpected argument dance"},
		{"rehearse", exitUsage, `expected "<script>"`},
		{"agenda --days many", exitUsage, "--days"},
		{"agenda --days 0", exitUsage, "write a number from 1 to 400"},
		{"export facts", exitUsage, "--out"},
		{"rehearse nowhere.txt", exitFailed, "nowhere.txt"},
		{"agenda --db nowhere.db", exitFailed, "begin with themeday init"},
		{"export facts -o - --db nowhere.db", exitFailed, "there is no database nowhere.db"},
		{"import roster nowhere.csv --db nowhere.db", exitFailed, "there is no such file"},
		{"doctor --config nowhere.yaml", exitFailed, "something must be mended"},
		{"demo --db x.db", exitUsage, "--out"},
	} {
		code, _, errs := start(t, strings.Fields(c.args)...)
		if code != c.code || !strings.Contains(errs, c.errs) || strings.Count(errs, "\n") != 1 {
			t.Errorf("themeday %s: exit %d, %q; want %d, one line with %q", c.args, code, errs, c.code, c.errs)
		}
	}
}

func TestRunWithoutALoginAndNobodyThereEndsWithTheWayOut(t *testing.T) {
	dir := t.TempDir()
	config := filepath.Join(dir, configFile)
	if err := os.WriteFile(config, []byte("language: zh-Hans\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, _, errs := start(t, "run", "--config", config)
	last := strings.Split(strings.TrimSpace(errs), "\n")
	if code != exitFailed || !strings.HasPrefix(last[len(last)-1], "themeday: WeChat is logged out: log in with `themeday run --login`") {
		t.Error(code, errs)
	}
}

func TestHelpIsThereForEveryCommand(t *testing.T) {
	for _, c := range []string{"--help", "demo --help", "init --help", "import --help", "import roster --help", "run --help", "chat --help", "rehearse --help", "agenda --help", "export facts --help", "code --help", "doctor --help", "version --help"} {
		code, out, errs := start(t, strings.Fields(c)...)
		if code != exitDone || !strings.HasPrefix(out, "Usage: themeday") || errs != "" {
			t.Errorf("themeday %s: exit %d, %q, %q", c, code, out, errs)
		}
	}
}

func TestFromInitToTheFirstMessage(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	config := filepath.Join(dir, configFile)
	if code, out, errs := start(t, "init", dir); code != exitDone || !strings.Contains(out, "themeday import roster FILE --config "+config) {
		t.Fatal(code, out, errs)
	}
	for _, f := range []string{configFile, "themeday.db"} {
		if st, err := os.Stat(filepath.Join(dir, f)); err != nil || st.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", f, st, err)
		}
	}
	if code, _, errs := start(t, "init", dir); code != exitFailed || !strings.Contains(errs, "is there already") {
		t.Error("a second init overwrites:", code, errs)
	}
	roster := sheetOf(t, smallRoster)
	if code, out, errs := start(t, "import", "roster", roster, "--dry-run", "--config", config); code != exitDone || !strings.Contains(out, "Nothing was changed") {
		t.Error(code, out, errs)
	}
	if code, out, _ := start(t, "doctor", "--config", config); code != exitFailed || !strings.Contains(out, "there is no branch yet") {
		t.Error("the dry run left something:", out)
	}
	if code, out, errs := start(t, "import", "roster", roster, "--config", config); code != exitDone || !strings.Contains(out, "1 new branches, 3 new people") {
		t.Error(code, out, errs)
	}
	if code, out, errs := start(t, "doctor", "--config", config); code != exitDone || !strings.Contains(out, "2 members") {
		t.Error(code, out, errs)
	}
	said := chatted(t, config, "(王强): 固定日 每月第2个周五 14:00-18:00 会议室\n(王强): 主题 3月 学习党章\n(王强): 报审 3月\n[第一支部] 张三: 你好\n胡话\n(林海): 审定 第一支部 3月\n")
	for _, want := range []string{"→ (王强) 第一支部固定日", "→ (林海) 第一支部报审3月主题党日", "请这样写", "→ (王强) 3月主题党日（3月13日 周五 14:00）已经审定"} {
		if !strings.Contains(said, want) {
			t.Errorf("the chat lacks %q:\n%s", want, said)
		}
	}
	_, agenda, _ := start(t, "agenda", "--json", "--config", config)
	var items []AgendaItem
	if err := json.Unmarshal([]byte(agenda), &items); err != nil || !slices.ContainsFunc(items, func(i AgendaItem) bool { return i.Kind == "notice" && i.Chat == "第一支部" }) {
		t.Errorf("agenda %s: %v", agenda, err)
	}
	if code, out, errs := start(t, "export", "facts", "-o", "-", "--config", config, "--activity", "第一支部/2026-03"); code != exitDone || !strings.Contains(out, `"members": 2`) {
		t.Error(code, out, errs)
	}
	if code, _, errs := start(t, "export", "facts", "-o", "-", "--config", config, "--branch", "别的"); code != exitFailed || !strings.Contains(errs, "别的") {
		t.Error(code, errs)
	}
}

// chatted types lines into `themeday chat` and gives what it shows.
func chatted(t *testing.T, config, typed string) string {
	t.Helper()
	var out, errs strings.Builder
	p := Program{In: strings.NewReader(typed), Out: &out, Err: &errs, Now: func() time.Time { return time.Date(2026, 3, 1, 2, 0, 0, 0, time.UTC) }}
	if code := p.Run(context.Background(), []string{"chat", "--config", config}); code != exitDone || errs.Len() > 0 {
		t.Fatalf("exit %d: %s", code, errs.String())
	}
	return out.String()
}

func TestABadRosterIsRefusedWholeWithEveryRowNamed(t *testing.T) {
	db := filepath.Join(t.TempDir(), "d.db")
	bad := sheetOf(t, "支部,姓名,职务,类别\n第一支部,王强,书记,正式\n第一支部,,党员,正式\n第一支部,李四,书记,正式\n第一支部,张三,厂长,正式\n")
	code, _, errs := start(t, "import", "roster", bad, "--db", db)
	if code != exitFailed || !strings.Contains(errs, "第3行") || !strings.Contains(errs, "第4行") || !strings.Contains(errs, "第5行") || !strings.Contains(errs, "nothing was imported") {
		t.Error(code, errs)
	}
	if _, err := os.Stat(db); err == nil {
		t.Error("a database was made for a roster that was refused")
	}
}

func TestFiveThousandPeopleAreImported(t *testing.T) {
	var sheet strings.Builder
	sheet.WriteString("支部,姓名,职务,类别,手机\n")
	for i := range 5000 {
		office := "党员"
		if i%50 == 0 {
			office = "书记"
		}
		fmt.Fprintf(&sheet, "第%d支部,同志%d,%s,正式,1390000%04d\n", i/50+1, i, office, i)
	}
	code, out, errs := start(t, "import", "roster", sheetOf(t, sheet.String()), "--db", filepath.Join(t.TempDir(), "d.db"))
	if code != exitDone || !strings.Contains(out, "100 new branches, 5000 new people") {
		t.Error(code, out, errs)
	}
}

func TestTheDemoTellsTheWholeMonth(t *testing.T) {
	dir := t.TempDir()
	code, out, errs := start(t, "demo", "--out", dir)
	if code != exitDone || errs != "" {
		t.Fatal(code, errs)
	}
	for _, want := range []string{"【3月主题党日预告】", "签到 3/12", "没法确认是哪一位", "周大伟（冯雪代写）", "送学1人", "【3月主题党日测评结果】", "3月纪实表已上报机关党委", "补学已经确认"} {
		if !strings.Contains(out, want) {
			t.Errorf("the demo does not tell %q", want)
		}
	}
	if toldTheGroup(out, "孩子") || toldTheGroup(out, "讨论时间再长些") {
		t.Error("a reason or a remark of a ballot came to the group")
	}
	var facts Facts
	data, err := os.ReadFile(filepath.Join(dir, "facts.json"))
	if err != nil || json.Unmarshal(data, &facts) != nil || len(facts.Activities) == 0 {
		t.Fatal("facts.json", err)
	}
	march := facts.Activities[0]
	if march.ID != "第一支部/2026-03" || march.Members != 12 || len(march.SignIns) != 10 || len(march.Guests) != 1 || len(march.Leaves) != 1 || len(march.Steps) != 9 {
		t.Errorf("the facts of March: %+v", march)
	}
	if code, again, _ := start(t, "demo", "--out", dir); code != exitDone || again != out {
		t.Error("a second demo in the same folder comes out differently")
	}
}

// toldTheGroup tells whether the bot said a word in a group.
func toldTheGroup(chat, word string) bool {
	for _, post := range strings.Split(chat, "\n2026-") {
		if strings.Contains(post, "→ [") && strings.Contains(post, word) {
			return true
		}
	}
	return false
}

func TestABadScriptIsRefusedBeforeAnythingHappens(t *testing.T) {
	roster := sheetOf(t, smallRoster)
	for text, want := range map[string]string{
		"2026-03-01 09:00 wait\n2026-03-01 08:00 wait\n":                 "line 2: time runs back",
		"roster nowhere.csv\n2026-03-01 08:00 wait\n":                    "there is no such file",
		"config nowhere.yaml\n2026-03-01 08:00 wait\n":                   "nowhere.yaml",
		"2026-03-01 08:00 dance\n":                                       "line 1: ",
		"# nothing\n":                                                    "no steps",
		"2026-03-01 08:00 [群] 张三: 图片 nowhere.jpg\n":                      "nowhere.jpg",
		"2026-03-01 08:00 rename [群] 张三 -> 李四\n":                         "nobody called 张三",
		"roster " + roster + "\n2026-03-01 08:00 repeat\n":               "nothing was said yet",
		"roster " + sheetOf(t, "姓名\n张三\n") + "\n2026-03-01 08:00 wait\n": "支部",
	} {
		code, _, errs := start(t, "rehearse", written(t, "s.txt", text))
		if code != exitFailed || !strings.Contains(errs, want) || strings.Count(errs, "\n") != 1 {
			t.Errorf("%q: exit %d, %q, want one line with %q", text, code, errs, want)
		}
	}
}
