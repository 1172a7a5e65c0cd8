package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"themeday"
	"themeday/bot/console"
	"themeday/storage"
)

// servingOn is a database with a roster that served on a network; none when that is empty.
func servingOn(t *testing.T, account themeday.Account) string {
	t.Helper()
	db := filepath.Join(t.TempDir(), "d.db")
	if code, _, errs := start(t, "import", "roster", sheetOf(t, smallRoster), "--db", db); code != exitDone {
		t.Fatal(errs)
	}
	if account == "" {
		return db
	}
	s, err := storage.Open(db)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.Serve(context.Background(), account), s.Close()); err != nil {
		t.Fatal(err)
	}
	return db
}

func TestNeitherARehearsalNorATrialConsumesWhatIsReal(t *testing.T) {
	script := written(t, "s.txt", "roster "+sheetOf(t, smallRoster)+"\n2026-03-01 08:00 (王强): 计划 2026\n2026-03-01 08:01 restart\n2026-03-01 08:02 (王强): 计划 2026\n")
	rehearsed := filepath.Join(t.TempDir(), "r.db")
	if code, out, errs := start(t, "rehearse", script, "--db", rehearsed); code != exitDone || strings.Count(out, "→ (王强)") != 2 {
		t.Fatal(code, out, errs)
	}
	for _, c := range []struct {
		name, db string
		args     []string
		refused  string // empty: it goes on
	}{
		{"a rehearsal on a roster", servingOn(t, ""), []string{"rehearse", script}, ""},
		{"a rehearsal on WeChat's", servingOn(t, "wechat"), []string{"rehearse", script}, "serves real people"},
		{"a rehearsal on the console's", servingOn(t, "console"), []string{"rehearse", script}, "serves real people"},
		{"a second rehearsal", rehearsed, []string{"rehearse", script}, ""},
		{"a chat on a rehearsal", rehearsed, []string{"chat"}, ""},
		{"a chat on WeChat's", servingOn(t, "wechat"), []string{"chat"}, "say --force"},
		{"a chat on WeChat's all the same", servingOn(t, "wechat"), []string{"chat", "--force"}, ""},
		{"a chat on a roster", servingOn(t, ""), []string{"chat"}, ""},
		{"a second chat", servingOn(t, "console"), []string{"chat"}, ""},
		{"relay on a chat's", servingOn(t, "console"), []string{"relay", "--as", "王强"}, ""},
		{"relay on a rehearsal", rehearsed, []string{"relay", "--as", "王强"}, "is of a rehearsal"},
		{"a look at a rehearsal", rehearsed, []string{"agenda"}, ""},
		{"the facts of a rehearsal", rehearsed, []string{"export", "facts", "-o", "-"}, ""},
	} {
		code, _, errs := start(t, append(c.args, "--db", c.db)...)
		if c.refused == "" && code != exitDone || c.refused != "" && (code != exitFailed || !strings.Contains(errs, c.refused) || strings.Count(errs, "\n") != 1) {
			t.Errorf("%s: exit %d, %q, want %q", c.name, code, errs, c.refused)
		}
	}
}

func TestAForcedChatLeavesTheDatabaseWeChats(t *testing.T) {
	db := servingOn(t, "wechat")
	if code, _, errs := start(t, "chat", "--force", "--db", db); code != exitDone {
		t.Fatal(errs)
	}
	if code, _, errs := start(t, "chat", "--db", db); code != exitFailed || !strings.Contains(errs, "serves on WeChat") {
		t.Error(code, errs)
	}
}

// slowLine is an input whose reader has to wait until it is let go.
type slowLine struct{ begun, end chan struct{} }

func (s slowLine) Read([]byte) (int, error) {
	close(s.begun)
	<-s.end
	return 0, errors.New("gone")
}

func TestTwoProgramsNeverSendFromOneDatabase(t *testing.T) {
	db := servingOn(t, "")
	in := slowLine{make(chan struct{}), make(chan struct{})}
	done := make(chan int)
	go func() {
		var out, errs strings.Builder
		p := Program{In: in, Out: &out, Err: &errs, Now: func() time.Time { return time.Date(2026, 3, 1, 2, 0, 0, 0, time.UTC) }}
		done <- p.Run(context.Background(), []string{"chat", "--db", db})
	}()
	<-in.begun
	for _, command := range []string{"chat", "relay --as 王强"} {
		if code, _, errs := start(t, append(strings.Fields(command), "--db", db)...); code != exitFailed || !strings.Contains(errs, "another themeday serves the database "+db) {
			t.Errorf("%s: exit %d, %q", command, code, errs)
		}
	}
	for _, command := range []string{"agenda", "export facts -o -", "doctor"} {
		if code, _, errs := start(t, append(strings.Fields(command), "--db", db)...); code != exitDone {
			t.Errorf("%s beside it: exit %d, %q", command, code, errs)
		}
	}
	close(in.end)
	<-done
	if code, _, errs := start(t, "chat", "--db", db); code != exitDone {
		t.Error("after the first has ended:", code, errs)
	}
	if _, err := os.Stat(db + ".lock"); err == nil && runtime.GOOS != "windows" {
		t.Error("the lock file is left behind")
	}
}

func TestALockFileOfAKilledProgramIsNoObstacle(t *testing.T) {
	db := servingOn(t, "")
	if err := os.WriteFile(db+".lock", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := start(t, "chat", "--db", db); code != exitDone {
		t.Error(code, errs)
	}
}

func TestTheDoctorSeesADatabaseThatEverybodyMayRead(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no modes there")
	}
	db := servingOn(t, "")
	for mode, want := range map[os.FileMode]string{0o600: "ok", 0o644: "mend", 0o666: "mend"} {
		if err := os.Chmod(db, mode); err != nil {
			t.Fatal(err)
		}
		if f := private(db); f.state != want {
			t.Errorf("mode %o: %+v", mode, f)
		}
	}
}

func TestAnAnswerLongerThanAPostComesInSeveral(t *testing.T) {
	long := themeday.Reply{Text: strings.Repeat("主题党日活动\n", 200), Short: "短", Aside: true, Data: 1, Files: []themeday.File{{Name: "a"}}}
	parts := inPosts(long)
	if len(parts) != 3 || parts[0].Short != "短" || parts[0].Data != 1 || len(parts[0].Files) != 0 || len(parts[2].Files) != 1 || parts[1].Short != "" || !parts[1].Aside {
		t.Errorf("%+v", parts)
	}
	short := themeday.Reply{Text: "好"}
	if parts := inPosts(short); len(parts) != 1 || parts[0].Text != "好" {
		t.Errorf("%+v", parts)
	}
}

// serving is a house on the console that serves a database.
func serving(t *testing.T, db string) (*House, error) {
	t.Helper()
	config, err := LoadConfig("")
	if err != nil {
		t.Fatal(err)
	}
	config.Database = db
	return OpenHouse(config, &console.Transport{In: strings.NewReader(""), Out: io.Discard, Now: time.Now, Names: func() ([]string, []string) { return nil, nil }}, rand.NewChaCha8([32]byte{1}), slog.New(slog.DiscardHandler))
}

func TestNoOtherNameAndNoMissingLockLetsASecondServe(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("who serves has the files open, and nobody can take them away")
	}
	for _, c := range []struct {
		name    string
		deed    func(db string) (second string, err error)
		refused string
		ends    bool // the first one ends of itself
	}{
		{"a symbolic link", func(db string) (string, error) { return db + "2", os.Symlink(db, db+"2") }, "another themeday serves", false},
		{"a hard link", func(db string) (string, error) { return db + "2", os.Link(db, db+"2") }, "hard links", false},
		{"the lock taken away", func(db string) (string, error) { return db, os.Remove(db + ".lock") }, "another themeday serves", true},
		{"the lock replaced", func(db string) (string, error) {
			return db, errors.Join(os.Remove(db+".lock"), os.WriteFile(db+".lock", nil, 0o600))
		}, "another themeday serves", true},
		{"the database moved", func(db string) (string, error) { return db + "2", os.Rename(db, db+"2") }, "another themeday serves", true},
	} {
		if runtime.GOOS != "linux" && c.ends {
			continue // the first one ends within a minute
		}
		db := servingOn(t, "")
		first, err := serving(t, db)
		if err != nil {
			t.Fatal(err)
		}
		second, err := c.deed(db)
		if err != nil {
			t.Fatal(err)
		}
		if h, err := serving(t, second); err == nil || !strings.Contains(err.Error(), c.refused) {
			t.Errorf("%s: %v, want %q", c.name, err, c.refused)
			if err == nil {
				_ = h.Close()
			}
		}
		if err := first.holds(); (err != nil) != c.ends {
			t.Errorf("%s: the first one holds: %v", c.name, err)
		}
		if err := first.Close(); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestAHouseWhoseLockWasTakenAwayEndsAndSaysSo(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("it cannot be taken away there")
	}
	db := servingOn(t, "")
	in := slowLine{make(chan struct{}), make(chan struct{})}
	defer close(in.end)
	config, err := LoadConfig("")
	if err != nil {
		t.Fatal(err)
	}
	config.Database = db
	h, err := OpenHouse(config, &console.Transport{In: in, Out: io.Discard, Now: time.Now, Names: func() ([]string, []string) { return nil, nil }}, rand.NewChaCha8([32]byte{1}), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	if err := os.Remove(db + ".lock"); err != nil {
		t.Fatal(err)
	}
	var told []string
	live := &Live{House: h, Now: func() time.Time { return time.Date(2026, 3, 1, 2, 0, 0, 0, time.UTC) }, Alert: func(what string) { told = append(told, what) }}
	if err := live.Serve(context.Background()); !errors.Is(err, errTaken) || len(told) != 1 {
		t.Errorf("%v, %q", err, told)
	}
}
