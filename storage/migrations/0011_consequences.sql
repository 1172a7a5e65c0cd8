-- What follows from low evaluations (R28): that a branch was told to be barred from a year's awards, how often it had been under the floor
-- then, and when the bar fell away.
CREATE TABLE bars (
	branch    TEXT NOT NULL REFERENCES branches (id) DEFERRABLE INITIALLY DEFERRED,
	year      INTEGER NOT NULL,
	version   INTEGER NOT NULL,
	strikes   INTEGER NOT NULL,
	told_at   TEXT NOT NULL,
	lifted_at TEXT,
	PRIMARY KEY (branch, year, version)
) STRICT, WITHOUT ROWID;

-- Rectifications, numbered within a branch, and what was done about each.
CREATE TABLE rectifications (
	branch    TEXT NOT NULL REFERENCES branches (id) DEFERRABLE INITIALLY DEFERRED,
	number    INTEGER NOT NULL,
	year      INTEGER NOT NULL,
	source    TEXT NOT NULL,
	text      TEXT NOT NULL,
	opened_at TEXT NOT NULL,
	opened_by INTEGER NOT NULL,
	due       TEXT NOT NULL,
	state     TEXT NOT NULL,
	PRIMARY KEY (branch, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE rectification_steps (
	branch TEXT NOT NULL,
	number INTEGER NOT NULL,
	seq    INTEGER NOT NULL,
	kind   TEXT NOT NULL,
	text   TEXT NOT NULL,
	author INTEGER NOT NULL,
	at     TEXT NOT NULL,
	PRIMARY KEY (branch, number, seq),
	FOREIGN KEY (branch, number) REFERENCES rectifications (branch, number) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
