package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	driver "github.com/glebarez/go-sqlite"

	"themeday"
)

// ErrLocked means that another program kept the database to itself for longer than 10 seconds.
var ErrLocked error = passing("the database is locked by another program: end that one, or try again in a moment")

// passing is what may be over soon: a themeday.ErrPassing.
type passing string

// Error says what is wrong.
func (p passing) Error() string { return string(p) }

// Is tells that it passes.
func (p passing) Is(target error) bool { return target == themeday.ErrPassing }

// ErrViewOnly means that something was to be written inside a View.
var ErrViewOnly = errors.New("a View only reads: write in an Update")

// ErrTxOver means that a Tx was used after its View or Update had ended.
var ErrTxOver = errors.New("the transaction is over: use a Tx only inside its View or Update")

// The result codes of SQLite that are put into words here (https://sqlite.org/rescode.html).
const (
	codeBusy       = 5
	codeLocked     = 6
	codeReadOnly   = 8
	codeIO         = 10
	codeCorrupt    = 11
	codeFull       = 13
	codeCannotOpen = 14
	codeNotADB     = 26
	codeForeignKey = 787
)

var (
	errReadOnly   error = passing("the database may not be written: check the owner and the mode of the file and its folder")
	errIO               = errors.New("the disk failed to read or write: look at the disk, then run themeday doctor")
	errDamaged          = errors.New("the database is damaged: stop the program and put a backup in its place: themeday restore FILE")
	errFull       error = passing("the disk is full: make room and try again")
	errCannotOpen error = passing("the database or its folder cannot be opened for writing: check the owner and the mode of both")
	errNotADB           = errors.New("the file is no database: name another, or put a backup in its place: themeday restore FILE")
	errReference        = errors.New("it refers to a branch, person or activity that is not recorded")
)

// explain ends an error of gorm or SQLite here: it says what was being done and what is wrong, without any value.
// Only the context's own errors stay inside, and what passes.
func explain(doing string, err error) error {
	if err == nil {
		return nil
	}
	var sqlite *driver.Error
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded), errors.Is(err, themeday.ErrPassing): // explained already
		return fmt.Errorf("%s: %w", doing, err)
	case errors.Is(err, sql.ErrTxDone):
		return fmt.Errorf("%s: %w", doing, ErrTxOver)
	case errors.As(err, &sqlite):
		return fmt.Errorf("%s: %w", doing, meaning(sqlite))
	}
	return fmt.Errorf("%s: %v", doing, err)
}

func meaning(err *driver.Error) error {
	if err.Code() == codeForeignKey {
		return errReference
	}
	switch err.Code() & 0xff {
	case codeBusy, codeLocked:
		return ErrLocked
	case codeReadOnly:
		return errReadOnly
	case codeIO:
		return errIO
	case codeCorrupt:
		return errDamaged
	case codeFull:
		return errFull
	case codeCannotOpen:
		return errCannotOpen
	case codeNotADB:
		return errNotADB
	}
	return errors.New(err.Error())
}

// openError words why a database could not be opened, once.
func openError(path string, err error) error {
	var sqlite *driver.Error
	if errors.As(err, &sqlite) {
		return explain("open database "+path, sqlite)
	}
	return err
}
