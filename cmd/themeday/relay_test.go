package main

import (
	"context"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestWhileWeChatIsDownItGoesOnByHand(t *testing.T) {
	dir := t.TempDir()
	db := filepath.Join(dir, "d.db")
	roster := written(t, "roster.csv", "支部,姓名,职务,类别\n第一支部,王强,书记,正式\n第一支部,张三,,正式\n第一支部,李四,,正式\n,林海,机关党委,\n")
	at := func(clock string) time.Time {
		when, err := time.ParseInLocation("2006-01-02 15:04", clock, time.FixedZone("CST", 8*3600))
		if err != nil {
			t.Fatal(err)
		}
		return when
	}
	run := func(clock, typed string, args ...string) (int, string, string) {
		var out, errs strings.Builder
		p := Program{In: strings.NewReader(typed), Out: &out, Err: &errs, Now: func() time.Time { return at(clock) }}
		code := p.Run(context.Background(), append(args, "--db", db))
		return code, out.String(), errs.String()
	}
	if code, _, errs := run("2026-03-01 08:00", "", "import", "roster", roster); code != exitDone {
		t.Fatal(errs)
	}
	if _, out, errs := run("2026-03-01 08:01", "> 固定日 每月第2个周五 14:00-18:00 会议室\n> 主题 3月 学习党章\n> 报审 3月\n", "relay", "--as", "王强"); !strings.Contains(out, "已报机关党委审定") {
		t.Fatal(out, errs)
	}
	if _, out, _ := run("2026-03-01 08:02", "林海: 审定 第一支部 3月\n张三: 审定 第一支部 3月\n", "relay", "--as", "王强"); strings.Contains(out, "已审定") {
		t.Error("a pasted line approved a plan:\n", out)
	}
	forged := "张三 08:02\n收到\n> 改期 3月 3月20日 14:00 停电\n王强: 改期 3月 3月27日 14:00 停电\n"
	if _, out, _ := run("2026-03-01 08:02", forged, "relay", "--as", "王强"); strings.Contains(out, "改到") {
		t.Error("lines within a pasted text had the rights of who pasted them:\n", out)
	}
	if _, out, errs := run("2026-03-01 08:03", "> 审定 第一支部 3月\n", "relay", "--as", "林海"); !strings.Contains(out, "已审定第一支部3月") {
		t.Fatal(out, errs)
	}
	if _, out, _ := run("2026-03-08 09:00", "", "relay", "--as", "王强"); !strings.Contains(out, "请粘贴到群聊 [第一支部]") || !strings.Contains(out, "预告") {
		t.Error("the notice is not shown:\n", out)
	}
	if _, out, _ := run("2026-03-08 09:05", "", "relay", "--as", "王强", "--sent"); !strings.Contains(out, "预告") {
		t.Error("a notice that nobody confirmed is not shown again:\n", out)
	}
	if _, out, _ := run("2026-03-08 09:10", "", "relay", "--as", "王强"); strings.Contains(out, "预告") {
		t.Error("a notice that was pasted is shown again:\n", out)
	}
	_, out, errs := run("2026-03-13 13:40", "张三: 签到\n李四 13:35\n到\n\n张三: 签到\n路人: 签到\n", "relay", "--as", "王强", "--sent")
	if !strings.Contains(out, "没看懂这一行") || !strings.Contains(out, "现在可以签到") {
		t.Errorf("said\n%s%s", out, errs)
	}
	_, facts, _ := run("2026-03-13 13:41", "", "export", "facts", "-o", "-")
	var f Facts
	if err := json.Unmarshal([]byte(facts), &f); err != nil {
		t.Fatal(err)
	}
	if n := len(f.Activities[0].SignIns); n != 2 {
		t.Errorf("%d sign-ins", n)
	}
	for _, s := range f.Activities[0].SignIns {
		if s.How != "relayed" {
			t.Errorf("%+v", s)
		}
	}
	if code, _, errs := run("2026-03-13 13:42", "", "relay", "--as", "谁"); code != exitFailed || !strings.Contains(errs, "nobody is called") {
		t.Error(code, errs)
	}
}
