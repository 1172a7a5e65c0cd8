-- Inspections of branches and party groups by the committee (巡查, R30), numbered within the house.
CREATE TABLE inspections (
	number      INTEGER PRIMARY KEY,
	branch      TEXT NOT NULL REFERENCES branches (id) DEFERRABLE INITIALLY DEFERRED,
	party_group TEXT NOT NULL,
	month       TEXT NOT NULL,
	way         TEXT NOT NULL,
	draw        INTEGER NOT NULL, -- the draw that named the branch; 0: a planned one
	held_on     TEXT NOT NULL,
	author      INTEGER NOT NULL,
	at          TEXT NOT NULL,
	text        TEXT NOT NULL
) STRICT;

CREATE INDEX inspections_of_branch ON inspections (branch, number);

-- What they found wanting, numbered within the house, and what was done about each.
CREATE TABLE findings (
	number        INTEGER PRIMARY KEY,
	branch        TEXT NOT NULL REFERENCES branches (id) DEFERRABLE INITIALLY DEFERRED,
	party_group   TEXT NOT NULL,
	month         TEXT NOT NULL,
	inspection    INTEGER NOT NULL,
	kind          TEXT NOT NULL,
	text          TEXT NOT NULL,
	author        INTEGER NOT NULL,
	at            TEXT NOT NULL,
	due           TEXT NOT NULL,
	state         TEXT NOT NULL,
	rectification INTEGER NOT NULL -- of the branch; 0: none
) STRICT;

CREATE INDEX findings_of_branch ON findings (branch, number);

CREATE TABLE finding_steps (
	number INTEGER NOT NULL REFERENCES findings (number) DEFERRABLE INITIALLY DEFERRED,
	seq    INTEGER NOT NULL,
	state  TEXT NOT NULL,
	text   TEXT NOT NULL,
	author INTEGER NOT NULL,
	at     TEXT NOT NULL,
	PRIMARY KEY (number, seq)
) STRICT, WITHOUT ROWID;

-- Draws of branches to be inspected: the commitment is published beforehand, the seed only with the draw. A seed is used once.
CREATE TABLE draws (
	number       INTEGER PRIMARY KEY,
	commitment   TEXT NOT NULL UNIQUE,
	committed_at TEXT NOT NULL,
	committed_by INTEGER NOT NULL,
	seed         TEXT NOT NULL,
	head         TEXT NOT NULL,
	head_seq     INTEGER NOT NULL,
	drawn_on     TEXT NOT NULL, -- empty until it is drawn
	drawn_at     TEXT,
	drawn_by     INTEGER NOT NULL
) STRICT;

CREATE TABLE draw_candidates (
	draw   INTEGER NOT NULL REFERENCES draws (number) DEFERRABLE INITIALLY DEFERRED,
	seq    INTEGER NOT NULL,
	branch TEXT NOT NULL REFERENCES branches (id) DEFERRABLE INITIALLY DEFERRED,
	weight INTEGER NOT NULL,
	since  TEXT NOT NULL, -- empty: nothing is known from which it could count
	place  INTEGER NOT NULL, -- as the how-manieth it was drawn; 0: it was not
	PRIMARY KEY (draw, seq)
) STRICT, WITHOUT ROWID;
