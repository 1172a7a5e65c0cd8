-- A branch that was closed or merged into another one keeps its rows; closed is the first day on which it is none any more, empty while it is one.
ALTER TABLE branches ADD COLUMN closed TEXT NOT NULL DEFAULT '';
ALTER TABLE branches ADD COLUMN closed_why TEXT NOT NULL DEFAULT '';
ALTER TABLE branches ADD COLUMN merged_into TEXT NOT NULL DEFAULT '';

-- Names that a branch had before, and until when commands understand them.
CREATE TABLE branch_names (
	branch TEXT NOT NULL REFERENCES branches (id) DEFERRABLE INITIALLY DEFERRED,
	name   TEXT NOT NULL CHECK (name <> ''),
	until  TEXT NOT NULL,
	PRIMARY KEY (branch, name)
) STRICT, WITHOUT ROWID;

-- The office of secretary handed over (移交); from_person 0: there was no secretary. listed is the day from which a roster sheet agrees.
CREATE TABLE handovers (
	branch      TEXT NOT NULL REFERENCES branches (id) DEFERRABLE INITIALLY DEFERRED,
	number      INTEGER NOT NULL,
	from_person INTEGER NOT NULL,
	to_person   INTEGER NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
	state       TEXT NOT NULL,
	asked_at    TEXT,
	asked_by    INTEGER NOT NULL,
	decided_at  TEXT,
	decided_by  INTEGER NOT NULL,
	why         TEXT NOT NULL,
	listed      TEXT NOT NULL,
	PRIMARY KEY (branch, number)
) STRICT, WITHOUT ROWID;
