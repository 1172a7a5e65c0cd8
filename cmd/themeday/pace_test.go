package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Forty members, the pace of personal WeChat, and everybody talks at once: a group never hears more than it should.
func TestAWholeActivityOfFortyKeepsThePaceAndTheBudget(t *testing.T) {
	var roster, script strings.Builder
	roster.WriteString("支部,姓名,职务,类别\n")
	for i := range 40 {
		office := map[int]string{0: "书记", 1: "记录员"}[i]
		fmt.Fprintf(&roster, "第一支部,同志%02d,%s,正式\n", i, office)
	}
	roster.WriteString(",林海,机关党委,\n")
	dir := filepath.Dir(written(t, "x", ""))
	for name, text := range map[string]string{"roster.csv": roster.String(), "pace.yaml": "wechat: {pace: {min: 3s, max: 8s, per_hour: 20, per_day: 60}}\n"} {
		if err := writeNew(filepath.Join(dir, name), []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	script.WriteString("config pace.yaml\nroster roster.csv\n2026-03-01 08:00 (同志00): 固定日 每月第2个周五 14:00-18:00 会议室\n+1m (同志00): 主题 3月 学习党章\n+1m (同志00): 报审 3月\n+1m (林海): 审定 第一支部 3月\n")
	script.WriteString("2026-03-13 13:30 wait\n")
	for i := range 40 {
		fmt.Fprintf(&script, "+%ds [第一支部] 同志%02d: 签到\n", 5+i%60, i)
		fmt.Fprintf(&script, "+1s [第一支部] 路人%02d: 签到\n", i) // each is refused once
	}
	script.WriteString("2026-03-13 14:10 [第一支部] 同志00: 开始\n2026-03-13 18:05 wait\n")
	for i := range 40 {
		fmt.Fprintf(&script, "+10s [第一支部] 同志%02d: 满意\n", i)
	}
	script.WriteString("2026-03-15 00:00 wait\n")
	path := filepath.Join(dir, "s.txt")
	if err := writeNew(path, []byte(script.String())); err != nil {
		t.Fatal(err)
	}
	var group []time.Time
	var last time.Time
	kinds := map[string]int{}
	for _, l := range lines(t, rehearsed(t, path)) {
		if l.Dir != "out" {
			continue
		}
		at, err := time.Parse(time.RFC3339, l.At)
		if err != nil {
			t.Fatal(err)
		}
		if !last.IsZero() && at.Sub(last) < 3*time.Second {
			t.Errorf("%s %s comes %v after the one before", l.At, l.Kind, at.Sub(last))
		}
		if last = at; l.Private {
			continue
		}
		kinds[l.Kind]++
		group = append(group, at)
		within := 0
		for _, earlier := range group {
			if at.Sub(earlier) < time.Hour {
				within++
			}
		}
		if within > 20 {
			t.Errorf("%s: %d to the group within an hour", l.At, within)
		}
	}
	for kind, want := range map[string]int{"notice": 1, "reminder": 1, "signin.open": 1, "attendance": 1, "evaluation.open": 1, "evaluation.result": 1} {
		if kinds[kind] != want {
			t.Errorf("%d of %s, want %d; all: %v", kinds[kind], kind, want, kinds)
		}
	}
}
