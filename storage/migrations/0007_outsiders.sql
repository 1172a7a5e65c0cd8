-- Invited outsiders who rate (R26).
-- The codes that let them: no plain code, no person, no time, and no rowid to tell the order. Whoever used one stands nowhere.
CREATE TABLE outside_codes (
	activity TEXT NOT NULL REFERENCES activities (id) DEFERRABLE INITIALLY DEFERRED,
	hash     TEXT NOT NULL,
	kind     TEXT NOT NULL,
	used     INTEGER NOT NULL,
	PRIMARY KEY (activity, hash)
) STRICT, WITHOUT ROWID;

-- What the codes of this house are hashed with: one row.
CREATE TABLE outside_salt (
	one  INTEGER PRIMARY KEY CHECK (one = 1),
	salt TEXT NOT NULL
) STRICT;

-- A ballot tells that it came from outside, and neither by which code nor of which kind: a kind of which one came would name its ballot.
ALTER TABLE ballots ADD COLUMN outside INTEGER NOT NULL DEFAULT 0;
