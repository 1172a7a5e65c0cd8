package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"themeday"
	"themeday/storage"
)

type restoreCmd struct {
	File  string `arg:"" help:"The backup."`
	Force bool   `help:"Put it in the place of a database that is there; that one is kept under another name."`
}

// restored is what a restore has to tell.
type restored struct {
	seen     backupSeen
	aside    string // where the database lies that was there before; empty: there was none
	doubted  []themeday.Post
	settings string // where the old machine's configuration lies; empty: there was none
	session  bool   // the login on WeChat was put in its place
	altered  errAltered
}

func (c *restoreCmd) Run(s *session) error {
	config, err := s.load()
	if err != nil {
		return err
	}
	done, err := s.restore(config, c.File, c.Force)
	if err != nil {
		return err
	}
	return s.tell(config, done)
}

// restore puts a backup in the place of the database and of what lies beside it. Until the last step, the renaming of the database, everything
// is as it was.
func (s *session) restore(config Config, file string, force bool) (done restored, err error) {
	passphrase, err := config.passphrase()
	if err != nil {
		return done, err
	}
	full, err := realPath(config.Database)
	if err != nil {
		return done, err
	}
	held, err := lock(full + ".lock")
	switch {
	case errors.Is(err, errHeld):
		return done, fmt.Errorf("another themeday serves the database %s: end that one first", config.Database)
	case err != nil:
		return done, unwritten(full, err)
	}
	defer func() { err = errors.Join(err, unlock(held)) }()
	there, err := exists(full)
	if err != nil {
		return done, err
	}
	if there && !force {
		return done, fmt.Errorf("the database %s is there already: say --force to put the backup in its place (it is kept under another name), or name another with --db FILE", config.Database)
	}
	clearWork(filepath.Dir(full), workName("restore", full))
	work, err := os.MkdirTemp(filepath.Dir(full), workName("restore", full)+"*")
	if err != nil {
		return done, unwritten(full, err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	done.seen, err = examineBackup(s.ctx, file, passphrase, work, filepath.Base(full), config.keysAtHand(), true)
	if errors.As(err, &done.altered) && force { // there may be no other
		err = nil
	}
	if err != nil {
		return done, err
	}
	now := s.Now()
	if done.doubted, err = s.doubt(config, filepath.Join(work, filepath.Base(full)), done.seen.Made, now); err != nil {
		return done, err
	}
	return done, done.place(s.ctx, config, work, full, there, now)
}

func exists(path string) (bool, error) {
	_, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// doubt marks, in the restored database, what the old machine may have sent after the backup, and notes the restore in the ledger.
func (s *session) doubt(config Config, database string, made, now time.Time) (doubted []themeday.Post, err error) {
	if r, err := config.keys(); err == nil && len(r.keys) > 0 { // they do not lie beside the restored database
		var texts []string
		for _, k := range r.keys {
			texts = append(texts, k.Text())
		}
		config.env = strings.Join(texts, ",")
	}
	config.Database = database
	h, err := OpenHouse(config, nil, rand.Reader, s.logger(slog.LevelWarn))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	why := "due between the backup of " + made.In(config.Zone()).Format("2006-01-02 15:04") + " and its restore: the old machine may have sent it"
	if err := h.Store.Update(s.ctx, func(tx themeday.Tx) error {
		return tx.AddEntry(themeday.Entry{
			Happened: made, Entered: now, By: themeday.Bot, Verb: "restore", Noun: "database", Key: "restore",
			Why: "restored from a backup of " + made.In(config.Zone()).Format("2006-01-02 15:04:05") + "; what was entered after that is not in this ledger",
		})
	}); err != nil {
		return nil, err
	}
	doubted, err = h.Sender.Doubt(s.ctx, now, why, func(tx themeday.Tx) error { return h.Planner.Daily(tx, now) })
	if err != nil {
		return nil, err
	}
	return doubted, h.Store.Check(s.ctx)
}

// place moves what was restored to where it belongs: files that only add to what is there first, the database in one step at the end.
func (r *restored) place(ctx context.Context, config Config, work, full string, there bool, now time.Time) error {
	fresh := filepath.Join(work, filepath.Base(full))
	if sound, err := storage.Fold(ctx, fresh); err != nil || !sound {
		return errors.Join(fmt.Errorf("close the restored database"), err)
	}
	if err := r.spare(ctx, fresh, full, config.keysAtHand()); err != nil {
		return err
	}
	for _, of := range []func(string) string{picturesBeside, filedBeside} {
		if err := moveFiles(of(fresh), of(full)); err != nil {
			return err
		}
	}
	if err := r.placeSettings(fresh, full, now); err != nil {
		return err
	}
	if err := r.placeSession(unpackedSession(fresh), config.WeChat.Session); err != nil {
		return err
	}
	if err := r.putAside(ctx, full, there, now); err != nil {
		return err
	}
	if err := os.Rename(fresh, full); err != nil {
		return unwritten(full, err)
	}
	return syncFolder(filepath.Dir(full))
}

// moveFiles puts the files of a folder into another, over those of the same name; others stay.
func moveFiles(from, to string) error {
	first := true
	return errors.Join(eachMoved(from, func(base string) error {
		if first {
			if err := os.MkdirAll(to, 0o700); err != nil {
				return unwritten(to, err)
			}
			first = false
		}
		if err := os.Rename(filepath.Join(from, base), filepath.Join(to, base)); err != nil {
			return unwritten(to, err)
		}
		return nil
	}), syncFolder(to))
}

// spare leaves what was altered in the backup out where the file itself is in its place still.
func (r *restored) spare(ctx context.Context, fresh, full string, keys []storage.Key) error {
	for _, a := range r.seen.Amiss {
		if a.how != "altered" {
			continue
		}
		sum, err := sumAt(ctx, fileBeside(full, a.Named), a.SHA256, keys)
		if bad, _ := amissOf([]storage.Named{a.Named}, func(storage.Named) string { return sum }); err == nil && len(bad) == 0 {
			err = os.Remove(fileBeside(fresh, a.Named))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func eachMoved(dir string, do func(base string) error) error {
	var names []string
	if err := eachFile(dir, func(base string) { names = append(names, base) }); err != nil {
		return err
	}
	for _, base := range names {
		if err := do(base); err != nil {
			return err
		}
	}
	return nil
}

// placeSettings leaves the old machine's configuration beside the database, to be compared: the one in force is the operator's.
func (r *restored) placeSettings(fresh, full string, now time.Time) error {
	from := strings.TrimSuffix(fresh, filepath.Ext(fresh)) + "-settings"
	if there, err := exists(from); err != nil || !there {
		return err
	}
	to, err := free(strings.TrimSuffix(full, filepath.Ext(full))+"-settings", "", now)
	if err != nil {
		return err
	}
	if err := os.Rename(from, to); err != nil {
		return unwritten(to, err)
	}
	r.settings = to
	return nil
}

// free is a name that nothing has yet: as it is, or with the instant, or with a number behind that.
func free(name, ext string, now time.Time) (string, error) {
	try := name + ext
	for n := 1; ; n++ {
		there, err := exists(try)
		if err != nil || !there {
			return try, err
		}
		try = fmt.Sprintf("%s-%s-%d%s", name, now.UTC().Format(backupStamp), n, ext)
	}
}

func unpackedSession(fresh string) string {
	return strings.TrimSuffix(fresh, filepath.Ext(fresh)) + "-session.json"
}

// placeSession puts the login in its place, unless there is one: that one is newer.
func (r *restored) placeSession(from, to string) error {
	if there, err := exists(from); err != nil || !there {
		return err
	}
	if there, err := exists(to); err != nil || there {
		return err
	}
	if err := os.Rename(from, to); err != nil {
		return unwritten(to, err)
	}
	r.session = true
	return nil
}

// putAside keeps the database that is there under another name as well. Nobody else may have it open: what he wrote would be lost.
func (r *restored) putAside(ctx context.Context, full string, there bool, now time.Time) error {
	if !there {
		return nil
	}
	sound, err := storage.Fold(ctx, full)
	if errors.Is(err, storage.ErrLocked) {
		return fmt.Errorf("another program has the database %s open: end that one first", full)
	}
	if err != nil {
		return err
	}
	ext := filepath.Ext(full)
	if r.aside, err = free(strings.TrimSuffix(full, ext)+"-before-"+now.UTC().Format(backupStamp), ext, now); err != nil {
		return err
	}
	if err := link(full, r.aside); err != nil {
		return unwritten(r.aside, err)
	}
	for _, log := range []string{"-wal", "-shm"} { // of a damaged one; beside the restored database it would damage that too
		if there, err := exists(full + log); err == nil && there && !sound {
			if err := os.Rename(full+log, r.aside+log); err != nil {
				return unwritten(r.aside, err)
			}
		}
	}
	return nil
}

// link gives a file a second name, or, where the disk cannot, its only one.
func link(from, to string) error {
	if err := os.Link(from, to); err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	return os.Rename(from, to)
}

// tell says what the operator has to know and to do.
func (s *session) tell(config Config, r restored) error {
	var b strings.Builder
	local := func(at time.Time) string { return at.In(config.Zone()).Format("2006-01-02 15:04") }
	fmt.Fprintf(&b, "Restored into %s: the facts as of %s; what was said after that is not in it.\n", config.Database, local(r.seen.Made))
	if r.altered.what != "" {
		fmt.Fprintf(&b, "CAUTION: %v.\n", r.altered)
	} else {
		fmt.Fprintf(&b, "Its chain %s.\n", r.seen.Chain)
	}
	if r.aside != "" {
		fmt.Fprintf(&b, "The database that was there is kept as %s: delete it when you are sure.\n", r.aside)
	}
	fmt.Fprintf(&b, "The old machine must not serve any more: end it before you start this one.\n")
	b.WriteString(doubtWords(config, r.doubted, s.Now()))
	if ring, err := config.keys(); err != nil {
		fmt.Fprintf(&b, "The key of the sealed reasons cannot be read: %v\n", err)
	} else if missing := missingKeys(r.seen.Keys, ring); len(missing) > 0 {
		fmt.Fprintf(&b, "The key of the sealed reasons is not in a backup. Put %s into %s (or %s) before you start: without it those reasons cannot be read.\n",
			strings.Join(missing, ", "), keyBeside(config.Database), keyVariable)
	}
	if len(r.seen.Amiss) > 0 {
		fmt.Fprintf(&b, "CAUTION: %s\n", strings.ReplaceAll(amissWords(r.seen.Amiss), "\n", "\n  "))
	}
	if r.settings != "" {
		fmt.Fprintf(&b, "The old machine's configuration lies in %s: compare it with yours; it is not in force.\n", r.settings)
	}
	if r.session {
		fmt.Fprintf(&b, "Its login on WeChat is in %s.\n", config.WeChat.Session)
	}
	if r.seen.Holds.Open > 0 {
		fmt.Fprintf(&b, "%d evaluations were open at the backup, and ballots of open ones are in no backup: ask those groups to rate again (评分); codes of outsiders can be used again.\n", r.seen.Holds.Open)
	}
	fmt.Fprintf(&b, "Whom you erased after the backup is in it again: erase him again. Now: themeday doctor\n")
	return s.printf("%s", b.String())
}

func missingKeys(ids []string, r ring) []string {
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool {
		return slices.ContainsFunc(r.keys, func(k storage.Key) bool { return k.ID() == id })
	})
}

// doubtWords tells what may have been sent, and what to do about what is still of use.
func doubtWords(config Config, doubted []themeday.Post, now time.Time) string {
	if len(doubted) == 0 {
		return "Nothing was due between the backup and now.\n"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%d posts were due between the backup and now. The old machine may have sent them, so that this one does not. Look at the chats.\n", len(doubted))
	late := 0
	for _, p := range doubted {
		if !now.Before(p.Expires) {
			late++
			continue
		}
		fmt.Fprintf(&b, "  %s  %-18s %s\n    if it is not in the chat: themeday posts send %s\n", p.Due.In(config.Zone()).Format("2006-01-02 15:04"), p.Kind, p.Branch, quoted(p.Key))
	}
	if late > 0 {
		fmt.Fprintf(&b, "  %d of them would be of no use any more.\n", late)
	}
	return b.String()
}

// quoted is a key as a shell takes it.
func quoted(key string) string {
	if strings.ContainsAny(key, " \t'\"$`\\&|;<>()*?[]#~!{}") {
		return "'" + strings.ReplaceAll(key, "'", `'\''`) + "'"
	}
	return key
}
