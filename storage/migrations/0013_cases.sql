-- Best cases (最佳案例, R29): of every activity that was nominated where it stands now. Earlier states stand in the entries.
CREATE TABLE cases (
	activity     TEXT NOT NULL PRIMARY KEY REFERENCES activities (id) DEFERRABLE INITIALLY DEFERRED,
	highlights   TEXT NOT NULL,
	nominated_at TEXT NOT NULL,
	nominated_by INTEGER NOT NULL,
	state        TEXT NOT NULL,
	words        TEXT NOT NULL, -- the committee's, or why it was withdrawn
	decided_at   TEXT,
	decided_by   INTEGER NOT NULL,
	version      INTEGER NOT NULL -- how often it was chosen
) STRICT, WITHOUT ROWID;

-- Activities that their secretaries published for others to take over (案例), numbered within the house, as they went out: without names.
CREATE TABLE shared_activities (
	number       INTEGER PRIMARY KEY,
	activity     TEXT NOT NULL REFERENCES activities (id) DEFERRABLE INITIALLY DEFERRED,
	published_at TEXT NOT NULL,
	published_by INTEGER NOT NULL,
	withdrawn_at TEXT,
	withdrawn_by INTEGER NOT NULL,
	topics       TEXT NOT NULL,
	content      TEXT NOT NULL,
	agenda       TEXT NOT NULL,
	agreed       TEXT NOT NULL,
	short        TEXT NOT NULL
) STRICT;

-- For which activities one was taken over (借用).
CREATE TABLE borrowings (
	number   INTEGER NOT NULL REFERENCES shared_activities (number) DEFERRABLE INITIALLY DEFERRED,
	activity TEXT NOT NULL,
	at       TEXT NOT NULL,
	author   INTEGER NOT NULL,
	PRIMARY KEY (number, activity)
) STRICT, WITHOUT ROWID;

-- Praise of party groups (表扬), numbered within a branch.
CREATE TABLE praises (
	branch      TEXT NOT NULL REFERENCES branches (id) DEFERRABLE INITIALLY DEFERRED,
	number      INTEGER NOT NULL,
	party_group TEXT NOT NULL,
	text        TEXT NOT NULL,
	at          TEXT NOT NULL,
	author      INTEGER NOT NULL,
	PRIMARY KEY (branch, number)
) STRICT, WITHOUT ROWID;
