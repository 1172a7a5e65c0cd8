package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"themeday/bot/wechat/tencent"
)

func TestTheConsoleObeys(t *testing.T) {
	picture := filepath.Join(t.TempDir(), "a.png")
	if err := os.WriteFile(picture, []byte("png"), 0o600); err != nil {
		t.Fatal(err)
	}
	world, err := readWorld("")
	if err != nil {
		t.Fatal(err)
	}
	s := tencent.New(tencent.WithWorld(world))
	for _, row := range []struct{ line, want string }{
		{"", ""},
		{`[第一支部] 张三: 签到\n好`, ""},
		{"[第一支部] 李四：签到", ""},
		{"(张三): 绑定 123456", ""},
		{"image [第一支部] 张三: " + picture, ""},
		{"file (张三): " + picture, ""},
		{"image [第一支部] 张三: /nowhere", "open /nowhere: no such file or directory"},
		{"[第一支部] 王五: 签到", "nobody is called 王五 there"},
		{"[第二支部] 张三: 签到", "nobody is called 张三 there"},
		{"scan", "no code waits"},
		{"fault 1205 3 webwxsendmsg", "done"},
		{"heal", "done"},
		{"newsession", "done"},
		{"end 1102", "done"},
		{"requests", "map[]"},
	} {
		if got := obey(s, row.line); got != row.want {
			t.Errorf("%s: %q, want %q", row.line, got, row.want)
		}
	}
	for _, line := range []string{"fault", "fault nothing", "dance"} {
		if got := obey(s, line); got == "done" || got == "" {
			t.Errorf("%s: %q", line, got)
		}
	}
}

func TestItStartsAndTellsHowToReachIt(t *testing.T) {
	ca := filepath.Join(t.TempDir(), "ca.pem")
	var out strings.Builder
	if err := run([]string{"--listen", "127.0.0.1:0", "--ca", ca}, strings.NewReader("requests\n"), &out); err != nil {
		t.Fatal(err)
	}
	if got := out.String(); !strings.HasPrefix(got, "HTTPS_PROXY=http://127.0.0.1:") || !strings.Contains(got, "SSL_CERT_FILE="+ca) || !strings.HasSuffix(got, "map[]\n") {
		t.Errorf("%q", got)
	}
	if _, err := os.Stat(ca); err != nil {
		t.Error(err)
	}
}
