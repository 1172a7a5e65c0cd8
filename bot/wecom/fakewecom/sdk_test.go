package fakewecom

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// sdk is the official client, in the version that was read.
const sdk = "@wecom/aibot-node-sdk@1.0.7"

// judge is the official SDK at work against the fake.
type judge struct {
	t    *testing.T
	seen chan map[string]any
	past []map[string]any
}

// TestTheOfficialSDKFindsTheServerThatItKnows lets WeCom's own client judge the fake: whatever it does with the real server works here too. It needs
// node, npm and the npm registry, and so runs only where THEMEDAY_JUDGE is set.
func TestTheOfficialSDKFindsTheServerThatItKnows(t *testing.T) {
	if os.Getenv("THEMEDAY_JUDGE") == "" {
		t.Skip("set THEMEDAY_JUDGE=1 to let the official SDK from npm judge the fake server")
	}
	s := New("bot-1", "secret-1")
	if err := s.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	dir := install(t)
	j := hire(t, dir, s.URL(), "secret-1")
	j.sees("authenticated")
	say := func(group, text string) { s.Say(Said{Group: group, From: "zhangsan", Body: Text(text)}) }

	s.Dirty(true)
	say("wrGROUP", "@助手 签到")
	if got := j.sees("text"); got["text"] != "@助手 签到" || got["chat"] != "wrGROUP" || got["from"] != "zhangsan" {
		t.Errorf("the SDK hears %v", got)
	}
	s.Dirty(false)
	for _, c := range []struct {
		says string
		want map[string]float64
	}{
		{"reply", map[string]float64{"reply": 0, "second reply": 846605}},
		{"stream", map[string]float64{"stream": 0, "stream end": 0}},
		{"push", map[string]float64{"push": 0}},
		{"stranger", map[string]float64{"stranger": 93006}},
		{"card", map[string]float64{"card": 0, "same task": 42014}},
		{"upload", map[string]float64{"upload": 0}},
	} {
		say("", c.says)
		for range c.want {
			got := j.seesAny(c.want)
			if want := c.want[got["saw"].(string)]; got["code"] != want {
				t.Errorf("%s: %v, want the code %v", c.says, got, want)
			}
		}
	}
	sent := s.Sent()
	if last := sent[len(sent)-1]; last.Media.Name != "纪实表.docx" || len(last.Media.Data) != 1300000 {
		t.Errorf("the file is %q of %d bytes", last.Media.Name, len(last.Media.Data))
	}

	s.Tap("task_1", "zhangsan", "in")
	if got := j.sees("tap"); got["key"] != "in" || got["task"] != "task_1" {
		t.Errorf("the SDK sees the tap %v", got)
	}
	if got := j.sees("update"); got["code"] != 0.0 || s.CardFor("task_1", "zhangsan").Title != "已签到" || s.CardFor("task_1", "lisi").Title != "签到" {
		t.Errorf("the card: %v, %+v", got, s.CardFor("task_1", "zhangsan"))
	}
	s.Enter("lisi")
	if got := j.sees("welcome"); got["code"] != 0.0 {
		t.Errorf("the welcome: %v", got)
	}
	s.Say(Said{From: "zhangsan", Body: Voice("签到。")})
	j.sees("voice")
	s.Say(Said{From: "zhangsan", Body: Mixed(Text("请假"), s.File("image", "", []byte("x"), Padded))})
	j.sees("mixed")
	for _, form := range []KeyForm{Padded, Unpadded, URLAlphabet} {
		data := []byte(strings.Repeat("请假条", 11))
		s.Say(Said{From: "zhangsan", Body: s.File("file", "条 子.txt", data, form)})
		sum := sha256.Sum256(data)
		if got := j.sees("file"); got["sha"] != hex.EncodeToString(sum[:]) {
			t.Errorf("key form %d: %v", form, got)
		}
	}

	s.NoPong(true) // it gives the connection up and comes back
	j.sees("reconnecting")
	s.NoPong(false)
	j.sees("authenticated")
	pings := s.Commands("ping")
	j.until(func() bool { return s.Commands("ping") > pings })
	s.Drop()
	j.sees("authenticated")

	conn, _, err := websocket.Dial(t.Context(), s.URL(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.CloseNow() //nolint:errcheck // the test is over
	hello := `{"cmd":"aibot_subscribe","headers":{"req_id":"x"},"body":{"bot_id":"bot-1","secret":"secret-1"}}`
	if err := conn.Write(t.Context(), websocket.MessageText, []byte(hello)); err != nil {
		t.Fatal(err)
	}
	j.sees("taken over")

	bad := hire(t, dir, s.URL(), "wrong")
	if got := bad.sees("error"); !strings.Contains(got["text"].(string), "853000") {
		t.Errorf("a wrong secret: %v", got)
	}
}

// install brings the SDK here, or skips where that cannot be.
func install(t *testing.T) string {
	t.Helper()
	for _, tool := range []string{"node", "npm"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is missing: the official SDK cannot judge the fake server", tool)
		}
	}
	dir := t.TempDir()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	npm := exec.CommandContext(ctx, "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", dir, sdk)
	if out, err := npm.CombinedOutput(); err != nil {
		t.Skipf("%s cannot be installed here: %v\n%s", sdk, err, out)
	}
	script, err := os.ReadFile("testdata/judge.cjs")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "judge.cjs"), script, 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// hire starts the SDK.
func hire(t *testing.T, dir, url, secret string) *judge {
	t.Helper()
	node := exec.CommandContext(t.Context(), "node", filepath.Join(dir, "judge.cjs"), url, "bot-1", secret)
	node.Stderr = os.Stderr
	in, err := node.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := node.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := node.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = in.Close(); _ = node.Wait() })
	j := &judge{t: t, seen: make(chan map[string]any, 100)}
	go func() {
		for lines := bufio.NewScanner(out); lines.Scan(); {
			var line map[string]any
			if json.Unmarshal(lines.Bytes(), &line) == nil {
				j.seen <- line
			}
		}
		close(j.seen)
	}()
	return j
}

// sees waits for something that the SDK saw or did.
func (j *judge) sees(what string) map[string]any {
	j.t.Helper()
	return j.seesAny(map[string]float64{what: 0})
}

func (j *judge) seesAny(of map[string]float64) map[string]any {
	j.t.Helper()
	late := time.After(15 * time.Second)
	for {
		select {
		case line, ok := <-j.seen:
			if !ok {
				j.t.Fatalf("the SDK ended before %v; it saw %v", of, j.past)
			}
			j.past = append(j.past, line)
			if _, wanted := of[line["saw"].(string)]; wanted {
				return line
			}
		case <-late:
			j.t.Fatalf("the SDK saw no %v, but %v", of, j.past)
		}
	}
}

// until waits for something on the server.
func (j *judge) until(holds func() bool) {
	j.t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	late := time.After(10 * time.Second)
	for !holds() {
		select {
		case <-tick.C:
		case <-late:
			j.t.Fatal("it does not go on")
		}
	}
}
