package main

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"themeday/storage"
)

// with runs the program with a key in its environment.
func with(t *testing.T, env, typed string, args ...string) (code int, out, errs string) {
	t.Helper()
	return withAt(t, 2, env, typed, args...)
}

// withAt does so at an hour of the day.
func withAt(t *testing.T, hour int, env, typed string, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e strings.Builder
	p := Program{In: strings.NewReader(typed), Out: &o, Err: &e, Now: func() time.Time { return time.Date(2026, 3, 1, hour, 0, 0, 0, time.UTC) }, Env: func(name string) string {
		if name == keyVariable {
			return env
		}
		return ""
	}}
	code = p.Run(context.Background(), args)
	return code, o.String(), e.String()
}

// asked is what makes a leave with a marked reason in a new database.
const asked = "(王强): 固定日 每月第2个周五 14:00-18:00 会议室\n(王强): 主题 3月 学习党章\n(王强): 报审 3月\n(林海): 审定 第一支部 3月\n(张三): 请假 膝盖手术\n(张三): 异议 3月 记录不对啊\n"

// leftOpen names the files beside a database that hold a text.
func leftOpen(t *testing.T, db, text string) []string {
	t.Helper()
	var out []string
	err := filepath.Walk(filepath.Dir(db), func(path string, st os.FileInfo, err error) error {
		if err != nil || st.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if strings.Contains(string(data), text) {
			out = append(out, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestAReasonIsSealedFromTheFirstMessageOnAndReadWithItsKeyAlone(t *testing.T) {
	db := servingOn(t, "")
	key := keyBeside(db)
	if _, err := os.Stat(key); err == nil {
		t.Error("an import made a key")
	}
	if code, out, errs := with(t, "", asked, "chat", "--db", db); code != exitDone || !strings.Contains(out, "事由：膝盖手术") || strings.Contains(errs, "膝盖手术") {
		t.Fatal(code, out, errs)
	}
	if st, err := os.Stat(key); err != nil || st.Mode().Perm() != 0o600 {
		t.Fatal("the key:", st, err)
	}
	for _, secret := range []string{"膝盖手术", "记录不对啊"} {
		if files := leftOpen(t, db, secret); len(files) > 0 {
			t.Errorf("%s stands in %v", secret, files)
		}
	}
	if _, out, _ := start(t, "doctor", "--db", db); !strings.Contains(out, "ok    key       "+key+", 2 sealed") {
		t.Error(out)
	}
	ledger := filepath.Join(t.TempDir(), "l.html")
	reasons := func() string {
		if code, _, errs := start(t, "export", "ledger", "--branch", "第一支部", "-o", ledger, "--db", db); code != exitDone {
			t.Fatal(errs)
		}
		data, err := os.ReadFile(ledger)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	if !strings.Contains(reasons(), "膝盖手术") {
		t.Error("the ledger of the branch lacks the reason")
	}
	kept := key + ".kept"
	if err := os.Rename(key, kept); err != nil {
		t.Fatal(err)
	}
	if got := reasons(); !strings.Contains(got, storage.Unreadable) || strings.Contains(got, "膝盖手术") {
		t.Error("without the key the ledger says otherwise")
	}
	if code, out, _ := start(t, "doctor", "--db", db); code != exitFailed || !strings.Contains(out, "2 of 2 sealed reasons cannot be read: the key ") || !strings.Contains(out, "put it behind the others into "+key) {
		t.Error(code, out)
	}
	if code, out, _ := withAt(t, 3, "", "(张三): 请假 另有手术\n", "chat", "--db", db); code != exitDone || !strings.Contains(out, "保密用的密钥不在") {
		t.Error(code, out)
	}
	if code, _, errs := start(t, "key", "rotate", "--db", db); code != exitFailed || !strings.Contains(errs, "nothing was changed") {
		t.Error(code, errs)
	}
	if _, err := os.Stat(key); err == nil {
		t.Error("a new key took the place of the missing one")
	}
	if err := os.Rename(kept, key); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(reasons(), "膝盖手术") {
		t.Error("with the key back the reason is lost")
	}
	if _, out, _ := withAt(t, 4, "", "(张三): 我的 全部\n", "chat", "--db", db); !strings.Contains(out, "管理员 3月1日 周日 10:00（管理员导出台账）") {
		t.Error("the operator's look is not told:", out)
	}
}

func TestANewKeyTakesTheOldOnesPlace(t *testing.T) {
	db := servingOn(t, "")
	if code, _, errs := with(t, "", asked, "chat", "--db", db); code != exitDone {
		t.Fatal(errs)
	}
	old, err := os.ReadFile(keyBeside(db))
	if err != nil {
		t.Fatal(err)
	}
	held, err := lock(db + ".lock")
	if err != nil {
		t.Fatal(err)
	}
	if code, _, errs := start(t, "key", "rotate", "--db", db); code != exitFailed || !strings.Contains(errs, "another themeday serves the database") {
		t.Error(code, errs)
	}
	if err := unlock(held); err != nil {
		t.Fatal(err)
	}
	itself, err := lockItself(db) // somebody serves, and the lock's file was taken away
	if err != nil {
		t.Fatal(err)
	}
	if code, _, errs := start(t, "key", "rotate", "--db", db); runtime.GOOS == "linux" && (code != exitFailed || !strings.Contains(errs, "another themeday serves the database")) {
		t.Error("without the lock's file:", code, errs)
	}
	if err := itself.Close(); err != nil {
		t.Fatal(err)
	}
	if code, out, errs := start(t, "key", "rotate", "--db", db); code != exitDone || !strings.Contains(out, "2 sealed anew") {
		t.Fatal(code, out, errs)
	}
	now, err := os.ReadFile(keyBeside(db))
	if err != nil || string(now) == string(old) || strings.Count(string(now), "\n") != strings.Count(string(old), "\n") {
		t.Errorf("the file of keys: %v", err)
	}
	if _, out, _ := withAt(t, 4, "", "(张三): 我的 全部\n", "chat", "--db", db); !strings.Contains(out, "事由：膝盖手术") {
		t.Error(out)
	}
}

func TestAKeyOfTheEnvironmentGoesBeforeTheFile(t *testing.T) {
	one, two := storage.Key{1}, storage.Key{2}
	db := servingOn(t, "")
	if code, out, errs := with(t, one.Text(), asked, "chat", "--db", db); code != exitDone || !strings.Contains(out, "事由：膝盖手术") {
		t.Fatal(code, out, errs)
	}
	if _, err := os.Stat(keyBeside(db)); err == nil {
		t.Error("a file beside the key of the environment")
	}
	for _, c := range []struct {
		env, args string
		code      int
		says      string
	}{
		{"geheim", "doctor", exitFailed, "the environment's THEMEDAY_KEY: key 1 is no base64 of 32 bytes"},
		{two.Text(), "doctor", exitFailed, "the key " + one.ID() + " is missing; put it behind the others into THEMEDAY_KEY"},
		{two.Text(), "key rotate", exitFailed, "nothing was changed"},
		{one.Text(), "doctor", exitDone, "THEMEDAY_KEY, 2 sealed"},
		{two.Text() + "," + one.Text(), "key rotate", exitDone, "2 sealed anew with the first key of THEMEDAY_KEY"},
		{two.Text(), "doctor", exitDone, "THEMEDAY_KEY, 2 sealed"},
	} {
		code, out, errs := with(t, c.env, "", append(strings.Fields(c.args), "--db", db)...)
		if code != c.code || !strings.Contains(out+errs, c.says) || strings.Contains(out+errs, "geheim") {
			t.Errorf("%s: exit %d, %s%s; want %q", c.args, code, out, errs, c.says)
		}
	}
}

func TestInitMakesTheKeyAndARehearsalLeavesNoneBehind(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	code, out, errs := start(t, "init", dir)
	if st, err := os.Stat(filepath.Join(dir, "themeday.key")); code != exitDone || err != nil || st.Mode().Perm() != 0o600 || !strings.Contains(out, "themeday.key: keep a copy of it elsewhere") {
		t.Error(code, out, errs, err)
	}
	work := t.TempDir()
	t.Chdir(work)
	script := written(t, "s.txt", "roster "+sheetOf(t, smallRoster)+"\n2026-03-01 08:00 (王强): 计划 2026\n")
	if code, _, errs := start(t, "rehearse", script); code != exitDone {
		t.Error(errs)
	}
	if left, err := os.ReadDir(work); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}
