package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"themeday/storage"
	"themeday/storage/archive"
)

type backupCmd struct {
	File    string `arg:"" help:"The file to write, or a folder: then the name tells the instant. With --verify the backup to look through."`
	Verify  bool   `help:"A drill: restore the backup into a temporary folder, look through everything, say what it holds, and take that away again."`
	Session bool   `help:"Put the login on WeChat in as well: a key to the account. Without it the new machine logs in anew."`
}

func (c *backupCmd) Run(s *session) error {
	config, err := s.load()
	if err != nil {
		return err
	}
	if c.Verify {
		return s.drill(config, c.File)
	}
	if err := existing(config); err != nil {
		return err
	}
	store, err := storage.Open(config.Database)
	if err != nil {
		return err
	}
	defer store.Close() //nolint:errcheck // nothing was written
	path, now := c.File, s.Now()
	if st, err := os.Stat(path); err == nil && st.IsDir() {
		phrase, err := config.passphrase()
		if err != nil {
			return err
		}
		path = filepath.Join(path, backupName(config.Database, now, phrase != ""))
	}
	seen, err := backuper{store: store, config: config, work: s.work}.to(s.ctx, path, now, c.Session)
	if err != nil {
		return err
	}
	if err := s.printf("Written and read back: %s\n", path); err != nil {
		return err
	}
	return s.show(config, seen, path)
}

// drill restores a backup into a temporary folder and tells what came of it.
func (s *session) drill(config Config, file string) (err error) {
	passphrase, err := config.passphrase()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "themeday-drill-")
	if err != nil {
		return fmt.Errorf("make a temporary folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	seen, err := examineBackup(s.ctx, file, passphrase, dir, archive.Database, config.keysAtHand(), true)
	if err != nil {
		return err
	}
	if err := s.printf("%s can be restored.\n", file); err != nil {
		return err
	}
	return s.show(config, seen, file)
}

// show tells what a backup holds, and what it does not.
func (s *session) show(config Config, seen backupSeen, file string) error {
	var b strings.Builder
	local := func(at time.Time) string { return at.In(config.Zone()).Format("2006-01-02 15:04:05") }
	fmt.Fprintf(&b, "  made       %s (%s), by themeday %s\n", local(seen.Made), config.Timezone, seen.Program)
	last := "nothing entered yet"
	if !seen.Holds.Last.IsZero() {
		last = fmt.Sprintf("up to %s, entry %d of the ledger", local(seen.Holds.Last), seen.Holds.Entry)
	}
	fmt.Fprintf(&b, "  facts      %s\n", last)
	fmt.Fprintf(&b, "  database   undamaged, schema %d, %d branches, %d people, %d activities, %d posts\n", seen.Holds.Schema,
		seen.Holds.Rows["branches"], seen.Holds.Rows["people"], seen.Holds.Rows["activities"], seen.Holds.Rows["posts"])
	if seen.Chain != "" {
		fmt.Fprintf(&b, "  chain      %s\n", seen.Chain)
	}
	fmt.Fprintf(&b, "  files      %d pictures, %d filed forms, %d MB unpacked\n", seen.Pictures, seen.Forms, (seen.Bytes+1<<20-1)>>20)
	if seen.Closed > 0 {
		fmt.Fprintf(&b, "             of them %d are sealed notes whose key is not here: whether they are as they were kept cannot be told\n", seen.Closed)
	}
	if len(seen.Amiss) > 0 {
		fmt.Fprintf(&b, "  CAUTION    %s\n", strings.ReplaceAll(amissWords(seen.Amiss), "\n", "\n             "))
	}
	fmt.Fprintf(&b, "  passphrase %s\n", sealedWords(file))
	fmt.Fprintf(&b, "  not in it  %s\n", strings.Join(seen.without(), "; "))
	return s.printf("%s", b.String())
}

func sealedWords(file string) string {
	f, err := os.Open(file)
	if err != nil {
		return "unknown"
	}
	defer f.Close() //nolint:errcheck // it was only read
	if sealed, err := archive.Encrypted(f); err != nil || !sealed {
		return "none: whoever has the file can read everything but the sealed reasons; set " + passphraseVariable + " or backup.passphrase_file"
	}
	return "encrypted; without the passphrase it is lost: keep that elsewhere"
}

// without is what has to be kept apart.
func (h backupHead) without() []string {
	key := "the key of the sealed reasons (nothing is sealed yet)"
	if len(h.Keys) > 0 {
		key = "the key of the sealed reasons (" + strings.Join(h.Keys, ", ") + "): keep a copy of it elsewhere, apart from the backups"
	}
	out := []string{key}
	if !h.Session {
		out = append(out, "the login on WeChat")
	}
	if h.Holds.Open > 0 {
		out = append(out, fmt.Sprintf("what was said in evaluations that were open (%d): ballots there are to be cast again", h.Holds.Open))
	}
	return out
}

// The names of backups in a folder tell the instant in UTC.
const backupStamp = "20060102T150405Z"

func backupName(database string, at time.Time, sealed bool) string {
	name := backupBase(database) + at.UTC().Format(backupStamp) + ".tar.gz"
	if sealed {
		name += ".age"
	}
	return name
}

func backupBase(database string) string {
	base := filepath.Base(database)
	return strings.TrimSuffix(base, filepath.Ext(base)) + "-"
}

// keptBackup is a backup in a folder.
type keptBackup struct {
	path string
	made time.Time
}

var backupEnd = regexp.MustCompile(`^(\d{8}T\d{6}Z)\.tar\.gz(\.age)?$`)

// keptBackups are those of a database in a folder, the oldest first. What has another name is not ours and is left alone.
func keptBackups(dir, database string) ([]keptBackup, error) {
	var all []keptBackup
	entries, err := os.ReadDir(dir) // by name, and so by instant
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("look through the backups: %w", err)
	}
	for _, e := range entries {
		rest, ours := strings.CutPrefix(e.Name(), backupBase(database))
		hit := backupEnd.FindStringSubmatch(rest)
		if !ours || hit == nil || !e.Type().IsRegular() {
			continue
		}
		if made, err := time.Parse(backupStamp, hit[1]); err == nil {
			all = append(all, keptBackup{filepath.Join(dir, e.Name()), made})
		}
	}
	return all, nil
}

// tidyBackups takes away all but the newest of those that there are at an instant; only call it after a new one was looked through. Those from the
// future, which a clock set wrong made, wait for their time.
func tidyBackups(ctx context.Context, dir, database string, keep int, at time.Time) error {
	all, err := keptBackups(dir, database)
	all = slices.DeleteFunc(all, func(b keptBackup) bool { return b.made.After(at) })
	for i := 0; err == nil && i < len(all)-keep && ctx.Err() == nil; i++ {
		err = os.Remove(all[i].path)
	}
	return err
}
