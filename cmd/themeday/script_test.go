package main

import (
	"os"
	"reflect"
	"strings"
	"testing"
	"time"
)

func march(day, hour, minute, second int) time.Time {
	return time.Date(2026, 3, day, hour, minute, second, 0, shanghai)
}

func TestEveryFormOfALineIsRead(t *testing.T) {
	two := march(13, 14, 0, 0)
	for _, c := range []struct {
		line string
		want ScriptStep
	}{
		{"2026-03-13 14:10 [第一支部] 张三: 签到", ScriptStep{At: march(13, 14, 10, 0), Verb: Say, Group: "第一支部", Name: "张三", Text: "签到"}},
		{"2026-03-13 14:10:30 [第一支部] 张三：签到", ScriptStep{At: march(13, 14, 10, 30), Verb: Say, Group: "第一支部", Name: "张三", Text: "签到"}},
		{"  2026-03-14  9:05   [第一支部]张三:签到", ScriptStep{At: march(14, 9, 5, 0), Verb: Say, Group: "第一支部", Name: "张三", Text: "签到"}},
		{"+0s (王强): 固定日 每月第2个周五 14:30-18:30", ScriptStep{At: two, Verb: Say, Name: "王强", Text: "固定日 每月第2个周五 14:30-18:30"}},
		{"+30s （王强）：进度", ScriptStep{At: march(13, 14, 0, 30), Verb: Say, Name: "王强", Text: "进度"}},
		{"+5m (张伟(女)): 我的", ScriptStep{At: march(13, 14, 5, 0), Verb: Say, Name: "张伟(女)", Text: "我的"}},
		{"+2h [群] 张三: 请假：事由：发烧", ScriptStep{At: march(13, 16, 0, 0), Verb: Say, Group: "群", Name: "张三", Text: "请假：事由：发烧"}},
		{"+1d [群] 张三: 到", ScriptStep{At: march(14, 14, 0, 0), Verb: Say, Group: "群", Name: "张三", Text: "到"}},
		{"+1h30m wait", ScriptStep{At: march(13, 15, 30, 0), Verb: Wait}},
		{"+1d2h3m4s wait", ScriptStep{At: march(14, 16, 3, 4), Verb: Wait}},
		{"+0m wait    # the schedule runs", ScriptStep{At: two, Verb: Wait}},
		{`+0m [群] 张三: #接龙\n例 姓名\n\n1. 张三`, ScriptStep{At: two, Verb: Say, Group: "群", Name: "张三", Text: "#接龙\n例 姓名\n\n1. 张三"}},
		{`+0m [群] 张三: a\\n b\tc\`, ScriptStep{At: two, Verb: Say, Group: "群", Name: "张三", Text: `a\n b\tc\`}},
		{"+0m [群] 张三: 签到  # 真的", ScriptStep{At: two, Verb: Say, Group: "群", Name: "张三", Text: "签到  # 真的"}},
		{"+0m [群] 张三: wait", ScriptStep{At: two, Verb: Say, Group: "群", Name: "张三", Text: "wait"}},
		{"+0m [群] 张三: 图片 in/my photo.jpg", ScriptStep{At: two, Verb: Say, Group: "群", Name: "张三", File: "in/my photo.jpg", Image: true}},
		{`+0m (张三): 文件 in\note.docx`, ScriptStep{At: two, Verb: Say, Name: "张三", File: `in\note.docx`}},
		{"+0m [群] 张三: 图片", ScriptStep{At: two, Verb: Say, Group: "群", Name: "张三", Text: "图片"}},
		{"+0m [群] 张三: 图片真好看", ScriptStep{At: two, Verb: Say, Group: "群", Name: "张三", Text: "图片真好看"}},
		{`+0m [群] 李四: 引用 签到\n好`, ScriptStep{At: two, Verb: Say, Group: "群", Name: "李四", Text: "签到\n好", Quoted: true}},
		{"+0m [群] 李四: 引用", ScriptStep{At: two, Verb: Say, Group: "群", Name: "李四", Text: "引用"}},
		{"+0m restart", ScriptStep{At: two, Verb: Restart}},
		{"+0m relogin", ScriptStep{At: two, Verb: Relogin}},
		{"+0m repeat  ", ScriptStep{At: two, Verb: Repeat}},
		{"+0m rename [第一支部] 新人 -> 李四        # 卡片", ScriptStep{At: two, Verb: Rename, Group: "第一支部", Name: "新人", To: "李四"}},
		{"+0m rename [第一支部] 新 人->李 四", ScriptStep{At: two, Verb: Rename, Group: "第一支部", Name: "新 人", To: "李 四"}},
		{"+0m join [第一支部] 新人", ScriptStep{At: two, Verb: Join, Group: "第一支部", Name: "新人"}},
		{"+0m leave [第一支部] 新人", ScriptStep{At: two, Verb: Leave, Group: "第一支部", Name: "新人"}},
		{"+0m offline 30m", ScriptStep{At: two, Verb: Offline, For: 30 * time.Minute}},
		{"+0m offline 30d", ScriptStep{At: two, Verb: Offline, For: 30 * 24 * time.Hour}},
		{"+0m roster new roster.csv", ScriptStep{At: two, Verb: Import, File: "new roster.csv"}},
	} {
		t.Run(c.line, func(t *testing.T) {
			script, err := ReadScript(strings.NewReader("2026-03-13 14:00 wait\n"+c.line), shanghai)
			if err != nil {
				t.Fatal(err)
			}
			c.want.Line = 2
			if got := script.Steps[1]; !reflect.DeepEqual(got, c.want) {
				t.Errorf("got  %+v\nwant %+v", got, c.want)
			}
		})
	}
}

func TestAScriptNamesItsFilesBeforeTheFirstStep(t *testing.T) {
	text := "\ufeff# a rehearsal\r\nconfig my config.yaml   # optional\r\nroster a.csv\r\n\r\n \t\r\nroster b.xlsx\r\n  # then\r\n2026-03-01 08:00 wait\r\n+1m restart"
	script, err := ReadScript(strings.NewReader(text), shanghai)
	want := Script{Config: "my config.yaml", Rosters: []string{"a.csv", "b.xlsx"}, Steps: []ScriptStep{
		{Line: 8, At: march(1, 8, 0, 0), Verb: Wait}, {Line: 9, At: march(1, 8, 1, 0), Verb: Restart},
	}}
	if err != nil || !reflect.DeepEqual(script, want) {
		t.Errorf("got  %+v\nwant %+v\nerror %v", script, want, err)
	}
}

func TestAFaultInAScriptIsNamedWithItsLineAndTheWayOut(t *testing.T) {
	const start = "2026-03-13 14:00 wait\n"
	for _, c := range []struct{ why, text, want string }{
		{"time runs back", start + "2026-03-13 13:59 wait", "line 2: time runs back from 2026-03-13 14:00:00 to 2026-03-13 13:59:00: put the lines in the order"},
		{"unknown verb", start + "+1m dance", `line 2: "dance" is no step: write`},
		{"no verb", start + "2026-03-13 15:00", "line 2: nothing happens at this time: write `wait`"},
		{"no verb after a relative time", start + "+1m ", "line 2: nothing happens at this time: write `wait`"},
		{"no time at the first step", "\n# hello\n(王强): 进度", "line 3: \"(王强):\": a step begins with its time, the first one with a full one: 2026-03-13 14:10"},
		{"no time later", start + "wait", `line 2: "wait": a step begins with its time: 2026-03-13 14:10, 2026-03-13 14:10:30 or +5m`},
		{"relative at the first step", "+5m wait", "line 1: +5m counts from the line before, and there is none with a time: begin with a full one"},
		{"bad duration", start + "+5 wait", `line 2: "5" is no duration: write 30s, 5m`},
		{"duration in the wrong order", start + "+5m1h wait", `"5m1h" is no duration`},
		{"empty duration", start + "+ wait", `"" is no duration`},
		{"endless duration", start + "+99999999999999999999s wait", "longer than a hundred years"},
		{"a duration past the last year", start + "+36000d wait", "line 2: the year 2124: times lie from 2000 to 2100"},
		{"a day that is not", "2026-02-30 10:00 wait", "line 1: 2026-02-30 10:00 is no day and time of the calendar"},
		{"an hour that is not", "2026-02-20 24:00 wait", "line 1: 2026-02-20 24:00 is no day and time of the calendar"},
		{"a year too early", "1999-12-31 23:59 wait", "line 1: the year 1999: times lie from 2000 to 2100"},
		{"a year too late", "2101-01-01 00:00 wait", "the year 2101"},
		{"offline too long", start + "+1m offline 31d", `line 2: out of reach for "31d": write more than nothing and at most 30d`},
		{"offline for nothing", start + "+1m offline 0m", `out of reach for "0m"`},
		{"offline without a duration", start + "+1m offline", `"" is no duration`},
		{"words after a verb", start + "+1m restart now", `line 2: restart stands alone on its line: take "now" away`},
		{"a message without a colon", start + "+1m [第一支部] 张三 签到", "line 2: a message without speaker or colon: write `[群名] 群昵称: text`"},
		{"a private one without a colon", start + "+1m (张三) 签到", "line 2: a message without speaker or colon: write `(姓名): text`"},
		{"a group without end", start + "+1m [第一支部 张三: 签到", "a message without speaker or colon"},
		{"a group without a name", start + "+1m [ ] 张三: 签到", "line 2: an empty name"},
		{"nobody speaks", start + "+1m [第一支部] : 签到", "line 2: an empty name"},
		{"nothing is said", start + "+1m [第一支部] 张三:  ", "line 2: 张三 says nothing"},
		{"a rename without a new name", start + "+1m rename [第一支部] 张三", "line 2: \"[第一支部] 张三\" does not say what the card becomes: write `rename [群] 名 -> 新名`"},
		{"a rename of nobody", start + "+1m rename [第一支部] -> 张三", "names no group or nobody in it"},
		{"joining no group", start + "+1m join 张三", "line 2: \"张三\" names no group or nobody in it: write `join [群] 名`"},
		{"leaving without a name", start + "+1m leave [第一支部]", "write `leave [群] 名`"},
		{"config without a file", "config", "line 1: config names no file"},
		{"roster without a file", "roster  # later", "line 1: roster names no file"},
		{"roster with a time but without a file", start + "+1m roster", "line 2: roster names no file"},
		{"a second config", "config a\nconfig b", "line 2: a second config: the script has a already"},
		{"config after a step", start + "config a", "line 2: config stands after the first step: move it to the beginning"},
		{"config with a time", start + "+1m config a", "line 2: config has no time: move it to the beginning"},
		{"roster after a step", start + "roster a", "line 2: roster without a time stands after the first step"},
		{"not UTF-8", start + "+1m [\xb5\xda] a: b", "line 2: not UTF-8: save the script as UTF-8"},
		{"a long line", start + "+1m (a): " + strings.Repeat("长", 22_000), "line 2: longer than 64 KB"},
		{"a long script", strings.Repeat("# "+strings.Repeat("-", 1022)+"\n", 8<<10), "the script is longer than 8 MB"},
		{"a long word", "问" + strings.Repeat("长", 100), `line 1: "问` + strings.Repeat("长", 39) + `…"`},
	} {
		t.Run(c.why, func(t *testing.T) {
			script, err := ReadScript(strings.NewReader(c.text), shanghai)
			if err == nil || !strings.Contains(err.Error(), c.want) || len(script.Steps) > 0 {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}

func TestAScriptThatCannotBeReadToTheEndIsAnError(t *testing.T) {
	if _, err := ReadScript(failing{}, shanghai); err == nil || !strings.Contains(err.Error(), "read the script") {
		t.Error(err)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, os.ErrClosed }

func FuzzReadScript(f *testing.F) {
	f.Add("config a\nroster b\n2026-03-01 08:00 (王强): 进度\n+5m [第一支部] 张三: 图片 photo.jpg\n")
	f.Add("2026-03-13 18:00:30 restart\n+1h30m rename [群] A -> B\n+1d join [群] N\n+0s leave [群] N\n+30s offline 30m\n")
	f.Add("\ufeff2026-03-13 18:00 [群] 李四：引用 签到\\n\\\\\r\n\r\n# x\r\n+2h repeat\n+1m roster c.csv\n+1m relogin\n")
	f.Fuzz(func(t *testing.T, text string) {
		script, err := ReadScript(strings.NewReader(text), shanghai)
		if err != nil {
			return
		}
		line, last := 0, time.Time{}
		for _, s := range script.Steps {
			if s.Line <= line || s.At.Before(last) || s.Verb == "" {
				t.Errorf("after line %d at %s: %+v", line, last, s)
			}
			if s.Verb == Say && (s.Name == "" || s.Text == "" && s.File == "") {
				t.Errorf("nobody or nothing: %+v", s)
			}
			line, last = s.Line, s.At
		}
	})
}
