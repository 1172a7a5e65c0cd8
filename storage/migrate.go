package storage

import (
	_ "embed"
	"fmt"

	"gorm.io/gorm"
)

//go:embed migrations/0001_first.sql
var firstSchema string

//go:embed migrations/0002_aside_why.sql
var asideWhy string

//go:embed migrations/0003_undone_marks.sql
var undoneMarks string

//go:embed migrations/0004_account.sql
var servingAccount string

//go:embed migrations/0005_paper.sql
var paperSchema string

//go:embed migrations/0006_secrets.sql
var secretsSchema string

//go:embed migrations/0007_outsiders.sql
var outsidersSchema string

//go:embed migrations/0008_branches.sql
var branchesSchema string

//go:embed migrations/0009_topics.sql
var topicsSchema string

//go:embed migrations/0010_guidance.sql
var guidanceSchema string

//go:embed migrations/0011_consequences.sql
var consequencesSchema string

//go:embed migrations/0012_inspection.sql
var inspectionSchema string

//go:embed migrations/0013_cases.sql
var casesSchema string

//go:embed migrations/0014_guests.sql
var guestsSchema string

//go:embed migrations/0015_chain.sql
var chainSchema string

// application marks our databases among SQLite's (PRAGMA application_id); the first migration sets it.
const application = 0x54484459

// migrations are the steps from an empty file to today's schema; step n leads to version n. A step that was shipped is never changed.
var migrations = []string{
	firstSchema, asideWhy, undoneMarks, servingAccount, paperSchema,
	secretsSchema, outsidersSchema, branchesSchema, topicsSchema, guidanceSchema, consequencesSchema, inspectionSchema, casesSchema,
	guestsSchema, chainSchema,
}

// migrate brings the database to the last version, each step in a transaction of its own; a step that fails leaves the version before it.
// A database of today is only read, so that another program's long Update does not keep this one from opening it.
func migrate(db *gorm.DB, path string, steps []string) error {
	for {
		have, err := known(db, path, len(steps))
		if err != nil || have == len(steps) {
			return err
		}
		if err := db.Transaction(func(tx *gorm.DB) error { return step(tx, path, steps) }); err != nil {
			return err
		}
	}
}

// step takes the next step, unless another program took it while this one waited for the lock.
func step(tx *gorm.DB, path string, steps []string) error {
	have, err := known(tx, path, len(steps))
	if err != nil || have == len(steps) {
		return err
	}
	if err := tx.Exec(steps[have]).Error; err != nil {
		return err
	}
	return tx.Exec(fmt.Sprintf("PRAGMA user_version = %d", have+1)).Error
}

// known gives the version of the database when it is one of ours and of today or before.
func known(tx *gorm.DB, path string, newest int) (int, error) {
	have, err := version(tx)
	if err != nil {
		return 0, err
	}
	var app, tables int
	if err := tx.Raw("PRAGMA application_id").Scan(&app).Error; err != nil {
		return 0, err
	}
	if err := tx.Raw("SELECT count(*) FROM sqlite_schema").Scan(&tables).Error; err != nil {
		return 0, err
	}
	switch {
	case tables == 0 && have == 0:
		return 0, nil
	case app != application:
		return 0, fmt.Errorf("the database %s belongs to another program: name another file", path)
	case have > newest:
		return 0, fmt.Errorf("the database %s has schema %d, this program knows %d: use a newer themeday", path, have, newest)
	}
	return have, nil
}

func version(db *gorm.DB) (int, error) {
	var v int
	err := db.Raw("PRAGMA user_version").Scan(&v).Error
	return v, err
}
