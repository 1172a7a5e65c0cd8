package storage

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/glebarez/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// readers is how many Views may read at a time.
const readers = 4

// The settings of a connection. Every acknowledged fact survives a power cut (FULL), and what is deleted is overwritten (secure_delete).
var (
	writing = url.Values{
		"_txlock": {"immediate"},
		"_pragma": {"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "secure_delete(1)", "cache_size(-16000)"},
	}
	reading = url.Values{"_pragma": {"busy_timeout(10000)", "query_only(1)", "cache_size(-16000)"}}
)

// place finds the absolute path of the database and makes the empty file with mode 0600, which SQLite gives to its log as well.
// A file that is there is not opened here: to close it again would drop the locks of another Store in this process.
func place(path string) (string, error) {
	if path == "" {
		return "", errors.New("no database named: set `database:` in themeday.yaml or give --db FILE")
	}
	full, err := filepath.Abs(path)
	if err != nil {
		return "", fmt.Errorf("find database %s: %w", path, err)
	}
	if real, err := filepath.EvalSymlinks(full); err == nil {
		full = real // its log and its lock lie beside the file, not beside the link
	} else if link, linkErr := os.Lstat(full); linkErr == nil && link.Mode()&fs.ModeSymlink != 0 {
		return "", fmt.Errorf("the database %s is a link to a file that is not there: name that file itself, or take the link away", path)
	}
	there, err := os.Stat(full)
	switch {
	case err == nil && there.IsDir():
		return "", fmt.Errorf("the database %s is a folder: name a file in it, such as %s", path, filepath.Join(path, "themeday.db"))
	case err == nil && !there.Mode().IsRegular():
		return "", fmt.Errorf("the database %s is no ordinary file: name another", path)
	case err == nil && hardNames(there) > 1:
		return "", fmt.Errorf("the database %s lies on the disk under %d names (hard links): what is said under one name could be lost under another; leave one, or serve from a copy (cp)", path, hardNames(there))
	case errors.Is(err, fs.ErrNotExist):
		return full, create(path, full)
	case err != nil:
		return "", placeError(path, err)
	}
	return full, nil
}

func create(path, full string) error {
	f, err := os.OpenFile(full, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil // somebody else made it in the meantime
	}
	if err != nil {
		return placeError(path, err)
	}
	return f.Close()
}

// placeError words why a file could not be reached or made.
func placeError(path string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("the folder of the database %s does not exist: make it first (mkdir -p %q)", path, filepath.Dir(path))
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("the database %s may not be written: check the owner and the mode of the file and its folder", path)
	}
	return fmt.Errorf("reach the database %s: %w", path, err)
}

// connect opens a pool of so many connections with the given settings. Nothing of a statement is ever logged.
func connect(full string, settings url.Values, most int) (*gorm.DB, error) {
	file := filepath.ToSlash(full)
	if !strings.HasPrefix(file, "/") {
		file = "/" + file // a drive letter
	}
	dsn := "file:" + (&url.URL{Path: file}).EscapedPath() + "?" + settings.Encode()
	db, err := gorm.Open(sqlite.Open(dsn), &gorm.Config{Logger: logger.Discard, SkipDefaultTransaction: true, DisableAutomaticPing: true})
	if err != nil {
		return nil, err // gorm has closed the pool
	}
	pool, err := db.DB()
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(most)
	pool.SetMaxIdleConns(most)
	return db, nil
}
