package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"themeday"
	"themeday/bot/simnet"
	"themeday/storage"
	"themeday/storage/archive"
)

// scene is a folder with a database, in which the program is started at instants of Shanghai.
type scene struct {
	t   *testing.T
	dir string
	env map[string]string
}

func newScene(t *testing.T) *scene {
	t.Helper()
	s := &scene{t: t, dir: t.TempDir(), env: map[string]string{}}
	s.write("roster.csv", smallRoster)
	s.write(configFile, "database: d.db\n")
	return s
}

// house opens the house of the scene's configuration; its log is given.
func (s *scene) house(configuration string) (*House, *bytes.Buffer) {
	s.t.Helper()
	s.write(configFile, configuration)
	config, err := LoadConfig(s.path(configFile))
	if err != nil {
		s.t.Fatal(err)
	}
	log := &bytes.Buffer{}
	h, err := OpenHouse(config, nil, rand.NewChaCha8([32]byte{1}), slog.New(slog.NewTextHandler(log, nil)))
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = h.Close() })
	return h, log
}

func (s *scene) path(name string) string { return filepath.Join(s.dir, name) }

func (s *scene) write(name, text string) {
	s.t.Helper()
	if err := os.WriteFile(s.path(name), []byte(text), 0o600); err != nil {
		s.t.Fatal(err)
	}
}

func (s *scene) at(clock string) time.Time {
	s.t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", clock, time.FixedZone("CST", 8*3600))
	if err != nil {
		s.t.Fatal(err)
	}
	return at
}

// run starts the program at an instant.
func (s *scene) run(clock string, args ...string) (code int, out, errs string) {
	s.t.Helper()
	var o, e bytes.Buffer
	p := Program{In: strings.NewReader(""), Out: &o, Err: &e, Now: func() time.Time { return s.at(clock) }, Env: func(k string) string { return s.env[k] }, work: 4}
	code = p.Run(context.Background(), append(args, "--config", s.path(configFile)))
	return code, o.String(), e.String()
}

// does starts it and expects that it goes well.
func (s *scene) does(clock string, args ...string) string {
	s.t.Helper()
	code, out, errs := s.run(clock, args...)
	if code != exitDone {
		s.t.Fatalf("themeday %s: exit %d: %s%s", strings.Join(args, " "), code, out, errs)
	}
	return out
}

// refuses starts it and expects one line with some words.
func (s *scene) refuses(clock, words string, args ...string) {
	s.t.Helper()
	code, out, errs := s.run(clock, args...)
	if code != exitFailed || !strings.Contains(errs, words) || strings.Count(errs, "\n") != 1 {
		s.t.Errorf("themeday %s: exit %d: %s%s, want one line with %q", strings.Join(args, " "), code, out, errs, words)
	}
}

// plays rehearses lines in the database and gives the posts that went out, as kind [chat].
func (s *scene) plays(script string) (posts []string) {
	s.t.Helper()
	s.write("script.txt", script)
	out := s.does("2026-03-01 00:00", "rehearse", "--json", s.path("script.txt"), "--db", s.path("d.db"))
	for _, l := range lines(s.t, []byte(out)) {
		if l.Dir == "out" && l.Kind != string(themeday.ReplyKind) {
			posts = append(posts, fmt.Sprintf("%s [%s] %s", l.Kind, l.Chat, l.Data))
		}
	}
	return posts
}

// planned plays until the March activity is approved.
func (s *scene) planned() {
	s.t.Helper()
	s.plays("roster roster.csv\n2026-03-01 08:00 (王强): 固定日 每月第2个周五 14:00-18:00 会议室\n+1m (王强): 主题 3月 学习党章\n+1m (王强): 报审 3月\n+1m (林海): 审定 第一支部 3月\n2026-03-05 10:00 [第一支部] 张三: 请假 孩子住院\n")
}

// beside are the names in the scene's folder that begin or end with something.
func (s *scene) beside(part string) (names []string) {
	s.t.Helper()
	all, err := os.ReadDir(s.dir)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, e := range all {
		if strings.Contains(e.Name(), part) {
			names = append(names, e.Name())
		}
	}
	return names
}

func TestAfterARestoreNothingIsSentTwice(t *testing.T) {
	s := newScene(t)
	s.planned()
	s.does("2026-03-05 12:00", "backup", s.path("b.gz"))
	before := s.plays("2026-03-06 08:00 wait\n2026-03-12 18:00 wait\n")
	if !slices.ContainsFunc(before, func(p string) bool { return strings.HasPrefix(p, "notice ") }) {
		t.Fatalf("the old machine sent no notice: %v", before)
	}
	s.refuses("2026-03-12 20:00", "is there already: say --force", "restore", s.path("b.gz"))
	said := s.does("2026-03-12 20:00", "restore", s.path("b.gz"), "--force")
	for _, want := range []string{"the facts as of 2026-03-05 12:00", "The old machine may have sent them", "notice", "themeday posts send ", "is kept as " + s.path("d-before-20260312T120000Z.db")} {
		if !strings.Contains(said, want) {
			t.Errorf("the restore does not say %q:\n%s", want, said)
		}
	}
	after := s.plays("2026-03-12 20:30 wait\n2026-03-13 13:00 wait\n2026-03-13 14:00 [第一支部] 王强: 签到\n2026-03-13 19:00 wait\n")
	for _, p := range after {
		if slices.Contains(before, p) && !strings.HasPrefix(p, "digest") {
			t.Errorf("sent twice: %s", p)
		}
	}
	if !slices.ContainsFunc(after, func(p string) bool { return strings.HasPrefix(p, "signin.open ") }) {
		t.Errorf("the new machine does not go on: %v", after)
	}
}

func TestWhatTheOldMachineDidNotSendIsSentAtTheOperatorsWord(t *testing.T) {
	s := newScene(t)
	s.planned()
	s.does("2026-03-07 12:00", "backup", s.path("b.gz"))
	s.does("2026-03-08 12:00", "restore", s.path("b.gz"), "--force")
	var key string
	for _, line := range strings.Split(s.does("2026-03-08 12:00", "posts"), "\n") {
		if rest, ok := strings.CutPrefix(line, "    notice/"); ok {
			key = "notice/" + strings.Split(rest, ":")[0]
		}
	}
	if key == "" {
		t.Fatal("the notice is not listed")
	}
	s.refuses("2026-03-08 12:00", "there is no post", "posts", "send", "notice/nowhere")
	s.does("2026-03-08 12:00", "posts", "send", key)
	s.refuses("2026-03-08 12:00", "it is known", "posts", "send", key)
	posts := s.plays("2026-03-08 12:01 wait\n2026-03-08 13:00 wait\n")
	if len(slices.DeleteFunc(posts, func(p string) bool { return !strings.HasPrefix(p, "notice ") })) != 1 {
		t.Errorf("not sent once: %v", posts)
	}
}

func TestWhatIsInTheChatIsNotSentAgain(t *testing.T) {
	s := newScene(t)
	s.planned()
	s.does("2026-03-07 12:00", "backup", s.path("b.gz"))
	s.does("2026-03-08 12:00", "restore", s.path("b.gz"), "--force")
	list := s.does("2026-03-08 12:00", "posts")
	for _, line := range strings.Split(list, "\n") {
		if key, _, ok := strings.Cut(strings.TrimSpace(line), ": due between"); ok {
			s.does("2026-03-08 12:00", "posts", "sent", key)
		}
	}
	if left := s.does("2026-03-08 12:00", "posts"); !strings.Contains(left, "Of every post it is known") {
		t.Errorf("left of %s: %s", list, left)
	}
}

func TestAMessageFromBeforeTheBackupIsNoNewFact(t *testing.T) {
	s := newScene(t)
	s.planned()
	config, err := LoadConfig(s.path(configFile))
	if err != nil {
		t.Fatal(err)
	}
	net := simnet.New(1)
	net.Tick(s.at("2026-03-05 11:00"))
	net.Enrol(simnet.Person{ID: "p2", Name: "张三", Remark: "张三"})
	net.Count(1000)
	m, err := net.Say(simnet.Said{At: s.at("2026-03-05 11:00"), Name: "张三", Text: "我的"})
	if err != nil {
		t.Fatal(err)
	}
	message := func() int {
		h, err := OpenHouse(config, net, rand.NewChaCha8([32]byte{1}), slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		defer h.Close()
		reply, err := h.Router.Handle(context.Background(), m)
		if err != nil {
			t.Fatal(err)
		}
		return len(reply.Text)
	}
	if message() == 0 {
		t.Fatal("the first time it is not answered")
	}
	s.does("2026-03-05 12:00", "backup", s.path("b.gz"))
	s.does("2026-03-05 12:30", "restore", s.path("b.gz"), "--force")
	if message() != 0 {
		t.Error("answered again after the restore")
	}
}

func TestABackupHoldsWhatAnotherMachineNeedsAndNoKey(t *testing.T) {
	s := newScene(t)
	s.planned()
	s.write("wechat-session.json", `{"secret":"login"}`)
	if err := os.MkdirAll(s.path("texts"), 0o700); err != nil {
		t.Fatal(err)
	}
	s.write(configFile, "database: d.db\ntemplates: texts\nwechat: {session: wechat-session.json}\n")
	id := strings.Repeat("0a", 32)
	for _, dir := range []string{"d-pictures", "d-filed", "d-documents"} {
		if err := os.MkdirAll(s.path(dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	s.write("d-pictures/"+id, "a picture")
	s.write("d-pictures/new-77", "half a picture")
	s.write("d-filed/"+id+".docx", "a form")
	s.write("d-documents/x.docx", "made anew")
	s.write("texts/纪实表.txt", "no template")
	out := s.does("2026-03-05 12:00", "backup", s.path("b.gz"))
	if !strings.Contains(out, "1 pictures, 1 filed forms") || !strings.Contains(out, "keep a copy of it elsewhere") || !strings.Contains(out, "the login on WeChat") {
		t.Error(out)
	}
	names, texts := contentsOf(t, s.path("b.gz"))
	want := []string{archive.Database, "pictures/" + id, "filed/" + id + ".docx", "settings/" + configFile}
	if !slices.Equal(names, want) {
		t.Errorf("in the backup: %v, want %v", names, want)
	}
	key, err := os.ReadFile(s.path("d.key"))
	if err != nil {
		t.Fatal(err)
	}
	secret := strings.TrimSpace(string(key[bytes.LastIndexByte(bytes.TrimSpace(key), '\n')+1:]))
	for name, text := range texts {
		if strings.Contains(text, secret) || strings.Contains(text, "孩子住院") || strings.Contains(text, "login\"}") {
			t.Errorf("%s holds a secret", name)
		}
	}
	s.does("2026-03-05 12:00", "backup", "--session", s.path("with.gz"))
	if names, _ := contentsOf(t, s.path("with.gz")); !slices.Contains(names, archive.Session) {
		t.Error("--session leaves the login out")
	}

	far := &scene{t: t, dir: t.TempDir(), env: map[string]string{}}
	far.write(configFile, "database: d.db\n")
	said := far.does("2026-03-05 13:00", "restore", s.path("with.gz"))
	for _, want := range []string{"The key of the sealed reasons is not in a backup", far.path("d-settings"), far.path("wechat-session.json"), "Nothing was due"} {
		if !strings.Contains(said, want) {
			t.Errorf("the restore does not say %q:\n%s", want, said)
		}
	}
	for _, f := range []string{"d.db", "d-pictures/" + id, "d-filed/" + id + ".docx", "d-settings/" + configFile, "wechat-session.json"} {
		if st, err := os.Stat(far.path(f)); err != nil || runtime.GOOS != "windows" && st.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", f, st, err)
		}
	}
	if err := os.WriteFile(far.path("d.key"), key, 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out, _ := far.run("2026-03-05 13:00", "doctor"); strings.Contains(out, "cannot be read") {
		t.Error("with the key in its place:", code, out)
	}
	for _, dir := range []*scene{s, far} {
		if left := append(dir.beside(".themeday-"), dir.beside(".lock")...); len(left) > 0 {
			t.Errorf("left lying about: %v", left)
		}
	}
}

// contentsOf is everything in a backup, and the names in their order.
func contentsOf(t *testing.T, file string) (names []string, texts map[string]string) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	texts = map[string]string{}
	if err := archive.Read(f, "", &backupHead{}, func(name string, _ int64, r io.Reader) error {
		data, err := io.ReadAll(r)
		names, texts[name] = append(names, name), string(data)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return names, texts
}

func TestABackupThatIsSpoiltIsRefusedAndNothingChanges(t *testing.T) {
	s := newScene(t)
	s.planned()
	s.does("2026-03-05 12:00", "backup", s.path("b.gz"))
	whole, err := os.ReadFile(s.path("b.gz"))
	if err != nil {
		t.Fatal(err)
	}
	database, err := os.ReadFile(s.path("d.db"))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		data []byte
		says string
	}{
		"cut short":     {whole[:len(whole)-100], "damaged or cut short"},
		"a changed bit": {spoilt(whole), "damaged or cut short"},
		"empty":         {nil, "no backup of themeday"},
		"a database":    {database, "no backup of themeday"},
	} {
		s.write("spoilt.gz", string(c.data))
		s.refuses("2026-03-05 13:00", c.says, "restore", s.path("spoilt.gz"), "--force")
		s.refuses("2026-03-05 13:00", c.says, "backup", "--verify", s.path("spoilt.gz"))
		now, err := os.ReadFile(s.path("d.db"))
		if err != nil || !bytes.Equal(now, database) {
			t.Errorf("%s: the database was changed (%v)", name, err)
		}
	}
	s.refuses("2026-03-05 13:00", "no such file", "restore", s.path("nowhere.gz"), "--force")
	if left := append(s.beside(".themeday-"), s.beside("before")...); len(left) > 0 {
		t.Errorf("left lying about: %v", left)
	}
}

func spoilt(data []byte) []byte {
	out := bytes.Clone(data)
	out[len(out)/2] ^= 1
	return out
}

func TestAPassphraseEncryptsAndIsNeededToRestore(t *testing.T) {
	s := newScene(t)
	s.planned()
	s.env[passphraseVariable] = "天安门广场 1949"
	if out := s.does("2026-03-05 12:00", "backup", s.dir); !strings.Contains(out, "d-20260305T040000Z.tar.gz.age") || !strings.Contains(out, "encrypted") {
		t.Error(out)
	}
	file := s.path("d-20260305T040000Z.tar.gz.age")
	if out := s.does("2026-03-05 12:00", "backup", "--verify", file); !strings.Contains(out, "can be restored") || !strings.Contains(out, "1 branches, 3 people") {
		t.Error(out)
	}
	s.env[passphraseVariable] = "falsch"
	s.refuses("2026-03-05 12:00", "this is not its passphrase", "backup", "--verify", file)
	delete(s.env, passphraseVariable)
	s.refuses("2026-03-05 12:00", "give its passphrase", "restore", file, "--force")
	s.write("phrase", "天安门广场 1949\n")
	s.write(configFile, "database: d.db\nbackup: {passphrase_file: phrase}\n")
	s.does("2026-03-05 12:00", "restore", file, "--force")
	if runtime.GOOS == "windows" {
		return
	}
	if err := os.Chmod(s.path("phrase"), 0o644); err != nil {
		t.Fatal(err)
	}
	s.refuses("2026-03-05 12:00", "chmod 600", "backup", s.path("c.gz"))
}

func TestABackupNeverTakesThePlaceOfAnotherFile(t *testing.T) {
	s := newScene(t)
	s.planned()
	s.write("there", "something")
	for _, name := range []string{"there", "d.db", "d.key"} {
		s.refuses("2026-03-05 12:00", "is there already", "backup", s.path(name))
	}
	s.refuses("2026-03-05 12:00", "its folder does not exist", "backup", s.path("nowhere/b.gz"))
	s.refuses("2026-03-05 12:00", "there is no database", "backup", s.path("b.gz"), "--db", s.path("none.db"))
	if left := s.beside(".themeday-"); len(left) > 0 {
		t.Errorf("left lying about: %v", left)
	}
}

func TestARestoreWaitsForNobodyWhoHasTheDatabaseOpen(t *testing.T) {
	s := newScene(t)
	s.planned()
	s.does("2026-03-05 12:00", "backup", s.path("b.gz"))
	store, err := storage.Open(s.path("d.db"))
	if err != nil {
		t.Fatal(err)
	}
	s.refuses("2026-03-05 12:00", "has the database", "restore", s.path("b.gz"), "--force")
	held, err := lock(s.path("d.db.lock"))
	if err != nil {
		t.Fatal(err)
	}
	s.refuses("2026-03-05 12:00", "another themeday serves", "restore", s.path("b.gz"), "--force")
	if err := errors.Join(store.Close(), unlock(held)); err != nil {
		t.Fatal(err)
	}
	s.does("2026-03-05 12:00", "restore", s.path("b.gz"), "--force")
}

func TestADamagedDatabaseIsReplacedAndKept(t *testing.T) {
	s := newScene(t)
	s.planned()
	s.does("2026-03-05 12:00", "backup", s.path("b.gz"))
	s.write("d.db", strings.Repeat("damaged", 1000))
	s.write("d.db-wal", "a log of nothing")
	s.does("2026-03-05 13:00", "restore", s.path("b.gz"), "--force")
	if kept := s.beside("d-before-"); len(kept) != 2 {
		t.Errorf("kept: %v", kept)
	}
	if code, out, errs := s.run("2026-03-05 13:00", "agenda"); code != exitDone || out == "" {
		t.Error(code, out, errs)
	}
}

func TestABackupUnderLoadHoldsEveryFactAcknowledgedBefore(t *testing.T) {
	s := newScene(t)
	s.planned()
	config, err := LoadConfig(s.path(configFile))
	if err != nil {
		t.Fatal(err)
	}
	store, err := storage.Open(config.Database)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	enter := func() (seq int64) {
		err := store.Update(context.Background(), func(tx themeday.Tx) error {
			if err := tx.AddEntry(themeday.Entry{Entered: s.at("2026-03-05 12:00"), Noun: "load", Key: "load"}); err != nil {
				return err
			}
			e, _, err := tx.LastEntry(0)
			seq = e.Seq
			return err
		})
		if err != nil {
			t.Error(err)
		}
		return seq
	}
	stop, writing := make(chan struct{}), sync.WaitGroup{}
	for range 3 {
		writing.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					enter()
				}
			}
		})
	}
	for i := range 5 {
		acknowledged := enter()
		seen, err := backuper{store: store, config: config, work: 4}.to(context.Background(), s.path(fmt.Sprintf("b%d.gz", i)), s.at("2026-03-05 12:00"), false)
		if err != nil {
			t.Fatal(err)
		}
		if seen.Holds.Entry < acknowledged || !strings.HasPrefix(seen.Chain, fmt.Sprintf("holds: %d entries", seen.Holds.Rows["entries"])) {
			t.Errorf("acknowledged %d; %+v", acknowledged, seen)
		}
	}
	close(stop)
	writing.Wait()
}

func TestALedgerThatWasAlteredIsNotTakenForAGoodBackup(t *testing.T) {
	s := newScene(t)
	s.planned()
	s.does("2026-03-05 11:00", "backup", s.path("good.gz"))
	alter(t, s.path("d.db"), "UPDATE entries SET after = replace(after, '会议室', '公园') WHERE seq = 2 OR seq = 3 OR seq = 4 OR seq = 5 OR seq = 6 OR seq = 7")
	s.refuses("2026-03-05 12:00", "the ledger in it was altered", "backup", s.path("b.gz"))
	if left := append(s.beside(".themeday-"), s.beside("b.gz")...); len(left) > 0 {
		t.Errorf("left lying about: %v", left)
	}
	s.does("2026-03-05 12:00", "restore", s.path("good.gz"), "--force")
	s.does("2026-03-05 12:00", "backup", s.path("b.gz"))
}

// alter changes a database behind the program's back.
func alter(t *testing.T, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	done, err := db.Exec(statement)
	if err != nil {
		t.Fatal(err)
	}
	if n, _ := done.RowsAffected(); n == 0 {
		t.Fatal("nothing was altered")
	}
}
