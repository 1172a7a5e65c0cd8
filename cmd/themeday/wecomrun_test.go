package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"themeday/bot/wecom/fakewecom"
)

func TestTheConfigurationOfWeCom(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"two networks", "transport: [wechat, wecom]\n", ""},
		{"one as a list", "transport: [wecom]\n", ""},
		{"nothing but remarks", "transport: wecom\nwecom:\n  # name: x\n", ""},
		{"one twice", "transport: [wecom, wecom]\n", "wecom stands there twice"},
		{"the console with another", "transport: [console, wecom]\n", "the console serves alone"},
		{"the secret in clear over the network", "wecom: {endpoint: \"ws://example.org\"}\n", "wecom.endpoint"},
		{"a server on this machine", "wecom: {endpoint: \"ws://127.0.0.1:8899\", name: [小助手, 主题党日 助手]}\n", ""},
		{"the secret does not stand here", "wecom: {secret: x}\n", "secret"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := LoadConfig(written(t, configFile, c.text))
			if c.want == "" && (err != nil || filepath.Base(got.WeCom.SecretFile) != "wecom-secret" || filepath.Base(got.WeCom.Status) != "wecom-status.json") {
				t.Errorf("%v: %+v", err, got.WeCom)
			}
			if c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestTheSecretComesFromTheEnvironmentOrAFileOfItsOwn(t *testing.T) {
	for _, c := range []struct {
		name, file string
		mode       os.FileMode
		w          weComConfig
		id, secret string
		fails      string
	}{
		{"the secret alone", "s3cret\n", 0o600, weComConfig{BotID: "b"}, "b", "s3cret", ""},
		{"both in the file", "bot_id: b\nsecret: s:3=\n", 0o600, weComConfig{}, "b", "s:3=", ""},
		{"the environment goes first", "bot_id: b\nsecret: s\n", 0o600, weComConfig{BotID: "x", envBotID: "e", envSecret: "f"}, "e", "f", ""},
		{"others may read it", "s\n", 0o644, weComConfig{BotID: "b"}, "", "", "chmod 600"},
		{"no id", "s\n", 0o600, weComConfig{}, "", "", "no bot id"},
		{"no secret", "# nothing\n", 0o600, weComConfig{BotID: "b"}, "", "", "no secret"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.w.SecretFile = written(t, "wecom-secret", c.file)
			if err := os.Chmod(c.w.SecretFile, c.mode); err != nil {
				t.Fatal(err)
			}
			id, secret, err := c.w.credentials()
			if id != c.id || secret != c.secret || (err == nil) != (c.fails == "") || err != nil && !strings.Contains(err.Error(), c.fails) {
				t.Errorf("%q, %q, %v", id, secret, err)
			}
		})
	}
}

// office is the program, as a process, on the fake server.
type office struct {
	*testing.T
	server *fakewecom.Server
	dir    string
	out    *lockedBuffer
}

func newOffice(t *testing.T, transport string) *office {
	t.Helper()
	o := &office{T: t, server: fakewecom.New("bot-1", "secret-1"), dir: t.TempDir(), out: &lockedBuffer{}}
	if err := o.server.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(o.server.Close)
	for name, text := range map[string]string{
		"roster.csv": "支部,姓名,职务,类别,企业微信账号\n第一支部,王强,书记,正式,wangqiang\n第一支部,张三,党员,正式,\n,林海,机关党委,,linhai\n",
		configFile:   fmt.Sprintf("transport: %s\nwecom: {endpoint: %q, name: %s}\n", transport, o.server.URL(), weComBot), "wecom-secret": "bot_id: bot-1\nsecret: secret-1\n",
	} {
		if err := os.WriteFile(filepath.Join(o.dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := o.command("import", "roster", "roster.csv").CombinedOutput(); err != nil || !strings.Contains(string(out), "2 joined to their WeCom ids") {
		t.Fatalf("%v: %s", err, out)
	}
	return o
}

func (o *office) command(args ...string) *exec.Cmd {
	o.Helper()
	path, err := binary()
	if err != nil {
		o.Fatal(err)
	}
	c := exec.Command(path, args...)
	c.Dir, c.Stdout, c.Stderr = o.dir, nil, nil
	return c
}

func (o *office) run() (ended chan error) {
	o.Helper()
	c := o.command("run")
	c.Stdout, c.Stderr = o.out, o.out
	if err := c.Start(); err != nil {
		o.Fatal(err)
	}
	ended = make(chan error, 1)
	go func() { ended <- c.Wait() }()
	o.Cleanup(func() { _ = c.Process.Kill() })
	return ended
}

func (o *office) until(what string, holds func() bool) {
	o.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for late := time.After(30 * time.Second); !holds(); {
		select {
		case <-tick.C:
		case <-late:
			o.Fatalf("%s: not in 30 seconds\n%s\n%v", what, o.out, o.server.Sent())
		}
	}
}

func (o *office) heard(chat, words string) int {
	n := 0
	for _, m := range o.server.Sent() {
		if m.Chat == chat && strings.Contains(m.Text, words) {
			n++
		}
	}
	return n
}

func TestTheProgramServesOnWeComAndEndsWhenAnotherTakesOver(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts processes")
	}
	o := newOffice(t, "wecom")
	ended := o.run()
	o.until("online", o.server.Online)
	o.server.Say(fakewecom.Said{Group: weComGroup, From: "wangqiang", Body: fakewecom.Text("@" + weComBot + " 进度")})
	o.until("it says that the group is nobody's", func() bool { return o.heard(weComGroup, "还没有绑定支部") == 1 })
	o.server.Say(fakewecom.Said{Group: weComGroup, From: "wangqiang", Body: fakewecom.Text("@" + weComBot + " 绑定群 第一支部")})
	o.until("the group is claimed", func() bool { return o.heard(weComGroup, "已绑定为第一支部的群") == 1 })
	o.server.Say(fakewecom.Said{From: "woOPAQUE", Body: fakewecom.Text("我的")})
	o.until("a stranger is told what to do", func() bool { return o.heard("woOPAQUE", "绑定") == 1 })
	code, err := o.command("code", "张三").CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, code)
	}
	digits := strings.TrimSpace(string(code)[strings.LastIndex(string(code), "绑定"):])
	o.server.Say(fakewecom.Said{From: "woOPAQUE", Body: fakewecom.Text(digits)})
	o.until("he is bound", func() bool { return o.heard("woOPAQUE", "已绑定：张三") == 1 })
	o.server.Drop()
	o.until("online again", func() bool { n, _ := o.server.Subscriptions(); return n == 2 })
	o.server.Say(fakewecom.Said{From: "wangqiang", Body: fakewecom.Text("下一步")})
	o.until("it goes on", func() bool { return o.heard("wangqiang", "") == 1 })
	out, _ := o.command("doctor").CombinedOutput()
	for _, words := range []string{"wecom     online since", "1 groups belong to branches"} {
		if !strings.Contains(string(out), words) {
			t.Errorf("doctor does not say %q:\n%s", words, out)
		}
	}
	other := newOffice(t, "wecom")
	if err := os.WriteFile(filepath.Join(other.dir, configFile), []byte(fmt.Sprintf("transport: wecom\nwecom: {endpoint: %q}\n", o.server.URL())), 0o600); err != nil {
		t.Fatal(err)
	}
	other.run()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("it ends with %v:\n%s", err, o.out)
		}
	case <-time.After(30 * time.Second):
		t.Fatalf("it does not end:\n%s", o.out)
	}
	if log := o.out.String(); !strings.Contains(log, "took over") || strings.Contains(log, "secret-1") {
		t.Errorf("it says:\n%s", log)
	}
	if n, _ := o.server.Subscriptions(); n != 3 {
		t.Errorf("%d subscriptions: they throw each other out", n)
	}
	if out, err := o.command("doctor").CombinedOutput(); err == nil || !strings.Contains(string(out), "taken over") {
		t.Errorf("doctor says\n%s", out)
	}
}

func TestWeComServesWhileWeChatIsLoggedOut(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts processes")
	}
	o := newOffice(t, "[wechat, wecom]")
	ended := o.run()
	o.until("online", o.server.Online)
	o.server.Say(fakewecom.Said{Group: weComGroup, From: "linhai", Body: fakewecom.Text("@" + weComBot + " 绑定群 第一支部")})
	o.until("the group is claimed", func() bool { return o.heard(weComGroup, "已绑定为第一支部的群") == 1 })
	o.server.Say(fakewecom.Said{From: "wangqiang", Body: fakewecom.Text("固定日 每月第2个周五 14:00-18:00 党员活动室")})
	o.until("the secretary is answered", func() bool { return o.heard("wangqiang", "固定日") == 1 })
	select {
	case err := <-ended:
		t.Fatalf("it ended: %v\n%s", err, o.out)
	default:
	}
	out, _ := o.command("doctor").CombinedOutput()
	if !strings.Contains(string(out), "wecom     online since") || !strings.Contains(string(out), "wechat") {
		t.Errorf("doctor says\n%s", out)
	}
}
