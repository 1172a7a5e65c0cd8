package storage

import (
	"database/sql"
	"encoding/hex"
	"errors"
)

// chained is an entry as the chain sees it.
type chained struct {
	seq                                        int64
	happened                                   sql.NullString
	entered                                    string
	by                                         int64
	verb, branch, activity, noun, key, message string
	undoes                                     int64
	commitment                                 string
	salt                                       sql.NullString // none: it was erased
	before, after                              sql.NullString
	why                                        string
}

const selectChained = "SELECT seq, happened, entered, entered_by, verb, branch, activity, noun, key, message, undoes, commitment, salt, before, after, why FROM entries"

func scanChained(r row, e *chained) error {
	return r.Scan(&e.seq, &e.happened, &e.entered, &e.by, &e.verb, &e.branch, &e.activity, &e.noun, &e.key, &e.message, &e.undoes, &e.commitment, &e.salt, &e.before, &e.after, &e.why)
}

func one1(rows *sql.Rows, err error) (chained, error) {
	if err != nil {
		return chained{}, err
	}
	all, err := collect(rows, scanChained)
	if err == nil && len(all) == 0 {
		err = errors.New("an entry is gone")
	}
	if err != nil {
		return chained{}, err
	}
	return all[0], nil
}

// hash is the hash of what stays of an entry; what may be erased is in its commitment.
func (e chained) hash() string {
	return hex.EncodeToString(digest("entry 1", number(e.seq), nullable(e.happened), []byte(e.entered), number(e.by), []byte(e.verb), []byte(e.branch),
		[]byte(e.activity), []byte(e.noun), []byte(e.key), []byte(e.message), number(e.undoes), []byte(e.commitment)))
}

// commit makes the commitment with a salt.
func (e *chained) commit(salt string) {
	e.salt, e.commitment = sql.NullString{String: salt, Valid: true}, commitment(salt, e.before, e.after, e.why)
}
