-- A ballot no longer tells that a guest gave it: held against the sign-ins and votes it named the ballot of a guest who came alone. The column
-- stays and is 0.
UPDATE ballots SET guest = 0;

-- Who has rated by code (R26): of the speaker a keyed hash alone, no time, no rowid to tell the order, and nothing that ballots or codes have.
-- The rows of an activity are gone when its evaluation closes.
CREATE TABLE outside_marks (
	activity TEXT NOT NULL REFERENCES activities (id) DEFERRABLE INITIALLY DEFERRED,
	mark     TEXT NOT NULL,
	PRIMARY KEY (activity, mark)
) STRICT, WITHOUT ROWID;
