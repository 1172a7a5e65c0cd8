//go:build !windows

package main

import (
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The program as a process of its own, in a folder of its own, started by somebody who lets everybody read what he writes.
type outside struct {
	t      *testing.T
	dir    string
	output *lockedBuffer
	in     io.WriteCloser
	serves *exec.Cmd
}

func newOutside(t *testing.T) *outside {
	t.Helper()
	o := &outside{t: t, dir: t.TempDir(), output: &lockedBuffer{}}
	o.write("roster.csv", smallRoster)
	o.write(configFile, "transport: console\nbackup: {dir: backups}\n")
	o.call(true, "import", "roster", "roster.csv")
	t.Cleanup(func() {
		if o.serves != nil {
			_ = o.serves.Process.Kill()
			_ = o.serves.Wait()
		}
	})
	return o
}

func (o *outside) write(name, text string) {
	o.t.Helper()
	if err := os.WriteFile(filepath.Join(o.dir, name), []byte(text), 0o600); err != nil {
		o.t.Fatal(err)
	}
}

func (o *outside) command(args ...string) *exec.Cmd {
	o.t.Helper()
	path, err := binary()
	if err != nil {
		o.t.Fatal(err)
	}
	c := exec.Command("sh", append([]string{"-c", `umask 0; exec "$@"`, "sh", path}, args...)...)
	c.Dir = o.dir
	return c
}

// call runs a command to its end and expects that it goes well, or not.
func (o *outside) call(well bool, args ...string) string {
	o.t.Helper()
	out, err := o.command(args...).CombinedOutput()
	if (err == nil) != well {
		o.t.Fatalf("themeday %s: %v: %s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// start serves in the terminal until its input ends.
func (o *outside) start() {
	o.t.Helper()
	o.serves = o.command("run")
	o.serves.Stdout, o.serves.Stderr = o.output, o.output
	var err error
	if o.in, err = o.serves.StdinPipe(); err == nil {
		err = o.serves.Start()
	}
	if err != nil {
		o.t.Fatal(err)
	}
	o.says("(王强): 我的\n", "→ (王强)")
}

// says types something and waits for what comes of it.
func (o *outside) says(typed, hears string) {
	o.t.Helper()
	before := strings.Count(o.output.String(), hears)
	if _, err := io.WriteString(o.in, typed); err != nil {
		o.t.Fatal(err)
	}
	o.until(hears, func() bool { return strings.Count(o.output.String(), hears) > before })
}

func (o *outside) until(what string, holds func() bool) {
	o.t.Helper()
	for end := time.Now().Add(30 * time.Second); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			o.t.Fatalf("%s: not in 30 seconds:\n%s", what, o.output)
		}
	}
}

// hangup asks the serving program to read its configuration anew and waits for what it says.
func (o *outside) hangup(says string) {
	o.t.Helper()
	before := strings.Count(o.output.String(), says)
	if err := o.serves.Process.Signal(syscall.SIGHUP); err != nil {
		o.t.Fatal(err)
	}
	o.until(says, func() bool { return strings.Count(o.output.String(), says) > before })
}

func (o *outside) private() {
	o.t.Helper()
	seen := map[string]bool{}
	err := filepath.WalkDir(o.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == o.dir {
			return err
		}
		st, err := d.Info()
		if err != nil {
			return err
		}
		seen[filepath.Ext(path)] = true
		if st.Mode().Perm()&0o077 != 0 {
			o.t.Errorf("others may look into %s: %o", strings.TrimPrefix(path, o.dir), st.Mode().Perm())
		}
		return nil
	})
	if err != nil {
		o.t.Fatal(err)
	}
	for _, ext := range []string{".db", ".db-wal", ".db-shm", ".lock", ".key", ".gz", ".xlsx", ".json"} {
		if !seen[ext] {
			o.t.Errorf("no %s file was there to look at", ext)
		}
	}
}

func TestFromOutsideOneServesAndTheOthersLookOn(t *testing.T) {
	o := newOutside(t)
	o.start()
	o.until("the first backup", func() bool { return len(globbed(o, "backups/themeday-*.tar.gz")) == 1 })
	for _, args := range [][]string{{"run"}, {"chat"}, {"restore", globbed(o, "backups/*.gz")[0], "--force"}, {"key", "rotate"}} {
		if said := o.call(false, args...); !strings.Contains(said, "another themeday serves the database") {
			t.Errorf("%v: %s", args, said)
		}
	}
	o.call(true, "backup", "b.gz")
	if said := o.call(true, "backup", "--verify", "b.gz"); !strings.Contains(said, "b.gz can be restored") {
		t.Error(said)
	}
	o.call(true, "export", "facts", "-o", "facts.json")
	o.call(true, "export", "plan", "-o", "plan.xlsx")
	o.private()

	o.write(configFile, "transport: console\ncolour: red\n")
	o.hangup("the old ones hold")
	o.says("(王强): 我的\n", "→ (王强)")
	o.write(configFile, "transport: console\ndatabase: other.db\n")
	o.hangup("keys=database") // which needs a restart
	o.says("(王强): 我的\n", "→ (王强)")
	o.write(configFile, "transport: console\n")

	if err := o.in.Close(); err != nil {
		t.Fatal(err)
	}
	if err := o.serves.Wait(); err != nil {
		t.Error(err, o.output)
	}
	o.serves = nil
	if said := o.call(true, "restore", "b.gz", "--force"); !strings.Contains(said, "Restored into themeday.db") {
		t.Error(said)
	}
	if left := globbed(o, ".themeday-*"); len(left) > 0 {
		t.Errorf("left lying about: %v", left)
	}
}

func globbed(o *outside, pattern string) []string {
	all, _ := filepath.Glob(filepath.Join(o.dir, pattern))
	return all
}

func TestFromOutsideAKilledBackupLeavesNoHalfFile(t *testing.T) {
	o := newOutside(t)
	for _, after := range []time.Duration{1, 5, 10, 20, 40, 80} {
		c := o.command("backup", "b.gz")
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(after * time.Millisecond)
		_ = c.Process.Kill()
		_ = c.Wait()
		if _, err := os.Stat(filepath.Join(o.dir, "b.gz")); err == nil {
			if said := o.call(true, "backup", "--verify", "b.gz"); !strings.Contains(said, "can be restored") {
				t.Error(said)
			}
			break
		}
	}
	o.call(true, "backup", "c.gz")
	if left := append(globbed(o, ".themeday-*"), globbed(o, "*.backup.lock")...); len(left) > 0 {
		t.Errorf("left lying about: %v", left)
	}
}

func TestFromOutsideAKilledRestoreLeavesTheOldDatabaseOrTheNewOne(t *testing.T) {
	o := newOutside(t)
	o.call(true, "backup", "b.gz")
	for after := time.Duration(2); after < 400; after = after * 3 / 2 {
		c := o.command("restore", "b.gz", "--force")
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(after * time.Millisecond)
		_ = c.Process.Kill()
		_ = c.Wait()
		if said := o.call(true, "verify"); !strings.Contains(said, "The chain holds") {
			t.Errorf("killed after %d ms: %s", after, said)
		}
		o.call(true, "agenda")
	}
	o.call(true, "restore", "b.gz", "--force")
	if left := globbed(o, ".themeday-*"); len(left) > 0 {
		t.Errorf("left lying about: %v", left)
	}
}
