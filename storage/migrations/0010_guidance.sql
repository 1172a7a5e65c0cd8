-- What leaders who came said of an activity (点评, R27): of everybody the last word, with who entered it. Earlier words stand in the entries.
CREATE TABLE comments (
	activity TEXT NOT NULL,
	person   INTEGER NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
	text     TEXT NOT NULL CHECK (text <> ''),
	at       TEXT NOT NULL,
	by       INTEGER NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
	PRIMARY KEY (activity, person)
) STRICT, WITHOUT ROWID;
