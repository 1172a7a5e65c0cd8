package templates

import (
	"encoding/json"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// texts are all samples and variants, rendered.
func texts(t *testing.T) map[string]string {
	t.Helper()
	posts, err := LoadPosts("")
	if err != nil {
		t.Fatal(err)
	}
	views := tried()
	out := map[string]string{}
	for name, view := range views {
		template, _, _ := strings.Cut(name, ".")
		if out[name], err = posts.set.Text(template, view); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func TestEveryTextIsAsItsGoldenFile(t *testing.T) {
	dir := filepath.Join("testdata", "golden")
	all := texts(t)
	if *update {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		path := filepath.Join(dir, name+".txt")
		if *update {
			if err := os.WriteFile(path, []byte(all[name]+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Errorf("%v: run go test ./templates -update and read what it wrote", err)
		} else if all[name]+"\n" != string(want) {
			t.Errorf("%s:\ngot\n%s\nwant\n%s", name, all[name], want)
		}
	}
}

func TestEveryTemplateHasASample(t *testing.T) {
	posts, err := LoadPosts("")
	if err != nil {
		t.Fatal(err)
	}
	samples := samplesOfAll()
	for name := range posts.set.files {
		if _, ok := samples[name]; !ok {
			t.Errorf("%s.md is tried with nothing", name)
		}
	}
	for name := range samples {
		if _, ok := posts.set.files[name]; !ok {
			t.Errorf("there is a sample but no text/%s.md", name)
		}
	}
}

// marks are the Markdown that a reader must not see, blank lines in a row, and what Go prints of a value that is none.
var marks = regexp.MustCompile("(?m)\\*\\*|`|^#|^- |^> |\\]\\(|\\n\\n\\n|<nil>|<no value>|%!|\\{\\{")

func TestNoTextShowsMarkdown(t *testing.T) {
	for name, text := range texts(t) {
		if bad := marks.FindString(text); bad != "" {
			t.Errorf("%s shows %q:\n%s", name, bad, text)
		}
		if text == "" {
			t.Errorf("%s says nothing", name)
		}
	}
}

func TestPrivateWordsStayOutOfTheFigures(t *testing.T) {
	v := samplesOfAll()["leave_asked"].(LeaveAskedView)
	v.Reason = "孩子住院"
	for _, view := range []any{v, LeaveDecidedView{Reason: "孩子住院"}, MakeupHandedView{Text: "孩子住院"}, ObjectionView{Text: "孩子住院"}} {
		if data := encoded(t, view); strings.Contains(data, "孩子住院") {
			t.Errorf("private words among the figures: %s", data)
		}
	}
}

func TestTheFiguresBearTheNamesOfTheContract(t *testing.T) {
	all := samplesOfAll()
	for name, want := range map[string]string{
		"plan_missing":      `{"branch":"第一支部","month":"2026-03"}`,
		"approvals_due":     `{"activity":"第一支部/2026-03","step":2,"activities":[{"activity":"第一支部/2026-03","step":2},{"activity":"第二支部/2026-03","step":1},{"activity":"第三支部/2026-03","step":2}]}`,
		"approval_due":      `{"activity":"第一支部/2026-03","step":1}`,
		"notice":            `{"activity":"第一支部/2026-03","starts":"2026-03-13T14:30:00+08:00","ends":"2026-03-13T18:30:00+08:00","place":"党员活动室","topics":["学习党章","重温入党誓词"],"days_ahead":5,"late":false}`,
		"forecast":          `{"activity":"第一支部/2026-03","due":12,"leave":1,"expected":11,"need":10,"at_risk":false}`,
		"reminder":          `{"activity":"第一支部/2026-03","starts":"2026-03-13T14:30:00+08:00"}`,
		"checklist":         `{"activity":"第一支部/2026-03","open":["党旗","徽章"]}`,
		"signin_open":       `{"activity":"第一支部/2026-03","closes":"2026-03-13T18:30:00+08:00"}`,
		"signin_progress":   `{"activity":"第一支部/2026-03","present":5,"due":12}`,
		"attendance":        `{"activity":"第一支部/2026-03","due":12,"present":10,"remote":1,"leave":1,"absent":0,"rate_percent":91,"quorum_met":true}`,
		"absent":            `{"activity":"第一支部/2026-03","names":["赵六","钱七"]}`,
		"evaluation_open":   `{"activity":"第一支部/2026-03","closes":"2026-03-14T18:30:00+08:00"}`,
		"evaluation_result": `{"activity":"第一支部/2026-03","raters":7,"satisfied":6,"rate_percent":85,"dimensions":[4.6,4.8,4.2,4.5]}`,
		"record_due":        `{"activity":"第一支部/2026-03","due":"2026-03-16T00:00:00+08:00"}`,
		"record_overdue":    `{"activity":"第一支部/2026-03","days":2}`,
		"makeup_due":        `{"activity":"第一支部/2026-03","member":"张三","due":"2026-03-28T00:00:00+08:00"}`,
		"violation":         `{"rule":"R12","activity":"第一支部/2026-03"}`,
	} {
		if got := encoded(t, all[name]); got != want {
			t.Errorf("%s:\ngot  %s\nwant %s", name, got, want)
		}
	}
	if got, want := encoded(t, ViolationView{Rule: "R01", MonthID: "2026-03"}), `{"rule":"R01","month":"2026-03"}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// encoded is a view as it goes out beside its text.
func encoded(t *testing.T, view any) string {
	t.Helper()
	data, err := json.Marshal(view)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
