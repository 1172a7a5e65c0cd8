package main

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"themeday"
	"themeday/bot/wechat/tencent"
	"themeday/storage"
)

// binary builds the program once.
var binary = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "themeday-binary-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "themeday")
	out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return path, nil
})

// town is a group of 40 members on the fake servers, and the program, as a process of its own, with a folder to live in.
type town struct {
	t       *testing.T
	server  *tencent.Server
	dir     string
	members []string
	zone    *time.Location
	output  *lockedBuffer

	process *exec.Cmd
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

const townGroup = "一支部党员群"

func newTown(t *testing.T) *town {
	t.Helper()
	w := &town{t: t, dir: t.TempDir(), output: &lockedBuffer{}}
	// A zone in which it is ten in the morning or so: the wall's clock rules here, and nothing should happen near midnight.
	hour := time.Now().UTC().Hour()
	name := fmt.Sprintf("Etc/GMT%+d", hour-10) // POSIX: the sign is the other way round
	if hour-10 == 0 {
		name = "UTC"
	}
	var err error
	if w.zone, err = time.LoadLocation(name); err != nil {
		t.Fatal(err)
	}
	world := tencent.World{Groups: []tencent.Group{{Name: townGroup, Saved: true}}}
	var roster strings.Builder
	roster.WriteString("支部,姓名,职务,类别,群名\n")
	for i := range 40 {
		who := fmt.Sprintf("同志%02d", i)
		office := "党员"
		if i == 0 {
			office = "书记"
		}
		fmt.Fprintf(&roster, "第一支部,%s,%s,正式,%s\n", who, office, townGroup)
		w.members = append(w.members, who)
		p := tencent.Person{Name: who, NickName: "昵称" + who}
		if i < 3 {
			p.Friend, p.RemarkName = true, who
		}
		world.People = append(world.People, p)
		world.Groups[0].Members = append(world.Groups[0].Members, tencent.Member{Name: who, Card: who})
	}
	roster.WriteString(",林海,机关党委,,\n")
	world.People = append(world.People, tencent.Person{Name: "林海", Friend: true, RemarkName: "林海"})
	w.server = tencent.New(tencent.WithWorld(world), tencent.WithHold(time.Second), tencent.WithLoginHold(200*time.Millisecond))
	if err := w.server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.server.Close)
	if err := w.server.WriteCA(filepath.Join(w.dir, "ca.pem")); err != nil {
		t.Fatal(err)
	}
	w.write("roster.csv", roster.String())
	w.write(configFile, "timezone: "+name+"\nwechat: {pace: {min: 20ms, max: 60ms}}\nrules: {progress_after: 1s}\n")
	w.call("import", "roster", "roster.csv")
	t.Cleanup(w.kill)
	return w
}

func (w *town) write(name, text string) {
	w.t.Helper()
	if err := os.WriteFile(filepath.Join(w.dir, name), []byte(text), 0o600); err != nil {
		w.t.Fatal(err)
	}
}

// command is the program with the environment of somebody who reaches WeChat through a proxy.
func (w *town) command(args ...string) *exec.Cmd {
	w.t.Helper()
	path, err := binary()
	if err != nil {
		w.t.Fatal(err)
	}
	c := exec.Command(path, args...)
	c.Dir = w.dir
	c.Env = append(os.Environ(), "HTTPS_PROXY="+w.server.ProxyURL(), "NO_PROXY=", "SSL_CERT_FILE="+filepath.Join(w.dir, "ca.pem"))
	return c
}

func (w *town) call(args ...string) string {
	w.t.Helper()
	out, err := w.command(args...).CombinedOutput()
	if err != nil {
		w.t.Fatalf("themeday %s: %v: %s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// start starts `themeday run`.
func (w *town) start(args ...string) {
	w.t.Helper()
	w.process = w.command(append([]string{"run"}, args...)...)
	w.process.Stdout, w.process.Stderr = w.output, w.output
	if err := w.process.Start(); err != nil {
		w.t.Fatal(err)
	}
}

// kill ends it as a power cut would.
func (w *town) kill() {
	if w.process == nil || w.process.Process == nil {
		return
	}
	_ = w.process.Process.Kill()
	_ = w.process.Wait()
	w.process = nil
}

func (w *town) until(what string, holds func() bool) {
	w.t.Helper()
	for end := time.Now().Add(40 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if holds() {
			return
		}
	}
	w.t.Fatalf("%s: not in 40 seconds; the program says:\n%s\nsent: %v", what, w.output, w.sent())
}

// sent is what the program has sent, as [to] text.
func (w *town) sent() []string {
	var out []string
	for _, s := range w.server.Sent() {
		out = append(out, "["+s.To+"] "+s.Text)
	}
	return out
}

// sentLike counts what the program has sent to somebody with certain words in it.
func (w *town) sentLike(to, words string) int {
	n := 0
	for _, s := range w.server.Sent() {
		if s.To == to && strings.Contains(s.Text, words) {
			n++
		}
	}
	return n
}

func (w *town) login() {
	w.t.Helper()
	w.start("--login")
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	if !w.server.WaitCode(ctx) {
		w.t.Fatalf("nobody asked for a code: %s", w.output)
	}
	w.server.Scan()
	w.server.Confirm()
	w.until("online", func() bool { return strings.Contains(w.output.String(), "phase=online") })
}

// prepare plans today's activity so that it can be signed in for now.
func (w *town) prepare() {
	w.t.Helper()
	now := time.Now().In(w.zone)
	starts := now.Add(10 * time.Minute)
	secretary := w.members[0]
	for _, step := range []struct{ who, says, hears string }{
		{secretary, fmt.Sprintf("固定日 每月%d日 %s-%s 会议室", now.Day(), starts.Format("15:04"), starts.Add(4*time.Hour).Format("15:04")), "固定日"},
		{secretary, fmt.Sprintf("改期 %d月 %d月%d日 %s-%s 测试", now.Month(), now.Month(), now.Day(), starts.Format("15:04"), starts.Add(4*time.Hour).Format("15:04")), ""},
		{secretary, fmt.Sprintf("主题 %d月 学习党章", now.Month()), "主题"},
		{secretary, fmt.Sprintf("报审 %d月", now.Month()), "已报机关党委审定"},
		{"林海", fmt.Sprintf("审定 第一支部 %d月", now.Month()), "已审定"},
	} {
		before := len(w.server.Sent())
		w.server.SayPrivate(step.who, step.says)
		w.until("answer to "+step.says, func() bool { return len(w.server.Sent()) > before && w.sentLike(step.who, step.hears) > 0 })
	}
	w.until("the notice", func() bool { return w.sentLike(townGroup, "预告") == 1 })
	w.until("the call to sign in", func() bool { return w.sentLike(townGroup, "现在可以签到") == 1 })
}

// signedIn are the sign-ins in the database, by name.
func (w *town) signedIn() map[string]int {
	w.t.Helper()
	store, err := storage.Open(filepath.Join(w.dir, "themeday.db"))
	if err != nil {
		w.t.Fatal(err)
	}
	defer store.Close()
	seen := map[string]int{}
	err = store.View(context.Background(), func(tx themeday.Tx) error {
		names, err := peopleNames(tx)
		if err != nil {
			return err
		}
		m := themeday.DateOf(time.Now(), w.zone).MonthOf()
		all, err := tx.SignIns(themeday.ActivityOf("第一支部", m))
		for _, s := range all {
			seen[names[s.Person]]++
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return seen
}

func picture(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTheProgramServesAGroupOfFortyOnWeChat(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts processes")
	}
	w := newTown(t)
	w.login()
	w.prepare()
	w.server.SendImage("", w.members[1], picture(t))
	w.until("the leave is passed on", func() bool { return w.sentLike(w.members[0], w.members[1]+"请假") == 1 })
	if w.sentLike(townGroup, "请假条") > 0 {
		t.Error("the leave is told to the group")
	}
	w.server.Say(townGroup, w.members[2], "@主题党日小助手\u2005签到")
	w.server.SendQuote(townGroup, w.members[3], "簽到", "现在可以签到", w.members[0])
	w.server.SendChain(townGroup, w.members[4], tencent.Chain{Header: "主题党日签到", Items: []tencent.ChainItem{{By: w.members[4], Text: w.members[4]}, {By: w.members[4], Text: w.members[5]}}})
	for _, m := range w.members[6:] {
		w.server.Say(townGroup, m, "到")
	}
	w.until("37 have signed in", func() bool { return len(w.signedIn()) == 37 })
	w.server.Say(townGroup, w.members[0], "开始")
	w.until("attendance", func() bool { return w.sentLike(townGroup, "到会情况") == 1 })
	w.server.Say(townGroup, w.members[0], "结束")
	w.until("the evaluation", func() bool { return w.sentLike(townGroup, "请参加的同志测评") == 1 })
	w.server.SayPrivate(w.members[2], "评分 5 4 5 5")
	w.until("the ballot is taken", func() bool { return w.sentLike(w.members[2], "已收到您的测评") == 1 })
	if n := w.sentLike(townGroup, "预告"); n != 1 {
		t.Errorf("%d notices", n)
	}
	log := w.output.String()
	for _, secret := range append([]string{"签到", "评分", "pass_ticket", "skey", "webwx_data_ticket"}, w.members...) {
		if strings.Contains(log, secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
	if out := w.call("doctor"); !strings.Contains(out, "online") {
		t.Errorf("doctor says\n%s", out)
	}
	_ = w.process.Process.Signal(syscall.SIGTERM)
	if err := w.process.Wait(); err != nil {
		t.Errorf("it ends with %v:\n%s", err, w.output)
	}
	w.process = nil
	w.call("backup", "backup.tar.gz")
	w.lookForSession()
}

// Two members who are no friends swap their cards while the servers give new ids to all, whether or not they have spoken before.
func TestCardsThatWereSwappedWhileTheSessionChangedSignNobodyIn(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts processes")
	}
	for _, c := range []struct {
		name  string
		spoke bool
	}{{"who have spoken", true}, {"who have not", false}} {
		t.Run(c.name, func(t *testing.T) {
			w := newTown(t)
			w.login()
			w.prepare()
			one, other, third := w.members[10], w.members[11], w.members[12]
			if c.spoke {
				w.server.Say(townGroup, one, "我的")
				w.server.Say(townGroup, other, "我的")
			}
			w.server.Say(townGroup, w.members[13], "签到")
			w.until("somebody has signed in", func() bool { return w.signedIn()[w.members[13]] == 1 })
			w.server.RenameCard(townGroup, one, other)
			w.server.RenameCard(townGroup, other, one)
			w.server.NewSession()
			w.until("the phone is asked", w.server.Confirm)
			w.until("online again", func() bool {
				said := w.output.String()
				return strings.Count(said, "phase=opening") == 2 && strings.LastIndex(said, "phase=online") > strings.LastIndex(said, "phase=opening")
			})
			for _, m := range []string{one, other, third} {
				w.server.Say(townGroup, m, "签到")
			}
			w.until("the third has signed in", func() bool { return w.signedIn()[third] == 1 })
			if in := w.signedIn(); in[one]+in[other] > 0 {
				t.Errorf("signed in: %v", in)
			}
		})
	}
}

func TestARefusedAccountIsLeftInPeaceAndTheProgramGoesOn(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts processes")
	}
	w := newTown(t)
	w.server.DropAfter(100 * time.Millisecond)
	w.start("--login")
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	if !w.server.WaitCode(ctx) {
		t.Fatalf("nobody asked for a code: %s", w.output)
	}
	w.server.Scan()
	w.server.Confirm()
	w.until("refused", func() bool { return strings.Contains(w.output.String(), "no login is tried for 24 hours") })
	codes := w.server.Requests()["jslogin"]
	w.kill()
	w.start("--login")
	w.until("it says until when", func() bool { return strings.Contains(w.output.String(), "no login is tried before") })
	if n := w.server.Requests(); n["jslogin"] != codes || n["webwxpushloginurl"] > 0 {
		t.Errorf("a login was tried: %v", n)
	}
	if out, err := w.command("doctor").CombinedOutput(); err == nil || !strings.Contains(string(out), "refused (1102)") {
		t.Errorf("doctor says %v\n%s", err, out)
	}
	if err := w.process.Process.Signal(syscall.SIGTERM); err != nil {
		t.Errorf("it did not stay: %v", err)
	}
	if err := w.process.Wait(); err != nil {
		t.Errorf("it ends with %v:\n%s", err, w.output)
	}
	w.process = nil
}

// It is killed at random instants while forty sign in; THEMEDAY_KILLS says how often.
func TestAKilledProcessLosesNoSignInAndRepeatsNoNotice(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts processes")
	}
	kills := 8
	if n, err := strconv.Atoi(os.Getenv("THEMEDAY_KILLS")); err == nil {
		kills = n
	}
	w := newTown(t)
	w.login()
	w.prepare()
	chance := rand.New(rand.NewPCG(1, 2))
	next := 0
	for k := range kills {
		for until := (k + 1) * len(w.members) / kills; next < until; next++ {
			w.server.Say(townGroup, w.members[next], "签到")
		}
		time.Sleep(time.Duration(chance.IntN(400)) * time.Millisecond)
		w.kill()
		w.start()
	}
	w.until("all forty have signed in", func() bool { return len(w.signedIn()) == 40 })
	for name, n := range w.signedIn() {
		if n != 1 {
			t.Errorf("%s signed in %d times", name, n)
		}
	}
	if n := w.sentLike(townGroup, "预告"); n != 1 {
		t.Errorf("%d notices", n)
	}
	w.kill()
	w.call("verify") // the chain is whole
}
