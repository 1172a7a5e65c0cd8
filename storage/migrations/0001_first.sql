-- The first schema.
-- Instants are UTC text of fixed width (2026-03-13T06:30:00.000000000Z): they compare as text in the order of time. NULL is no instant.
-- Days are YYYY-MM-DD, months YYYY-MM; an empty text is no day. Lists are JSON.
-- References are checked at commit, so that a use case may write its facts in any order. Person 0 is the program itself and stands in no table.
PRAGMA application_id = 0x54484459;

CREATE TABLE branches (
	position   INTEGER PRIMARY KEY AUTOINCREMENT,
	id         TEXT NOT NULL UNIQUE CHECK (id <> ''),
	name       TEXT NOT NULL,
	chat_group TEXT NOT NULL
) STRICT;

CREATE TABLE people (
	id        INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id > 0),
	name      TEXT NOT NULL,
	phone     TEXT NOT NULL,
	committee INTEGER NOT NULL,
	liaison   INTEGER NOT NULL
) STRICT;

CREATE TABLE memberships (
	branch      TEXT NOT NULL REFERENCES branches (id) DEFERRABLE INITIALLY DEFERRED,
	person      INTEGER NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
	since       TEXT NOT NULL,
	until       TEXT NOT NULL,
	number      INTEGER NOT NULL,
	offices     TEXT NOT NULL,
	category    TEXT NOT NULL,
	party_group TEXT NOT NULL,
	frail       INTEGER NOT NULL,
	card        TEXT NOT NULL,
	PRIMARY KEY (branch, person, since)
) STRICT, WITHOUT ROWID;
CREATE INDEX memberships_person ON memberships (person);

CREATE TABLE guides (
	person INTEGER NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
	branch TEXT NOT NULL REFERENCES branches (id) DEFERRABLE INITIALLY DEFERRED,
	PRIMARY KEY (person, branch)
) STRICT, WITHOUT ROWID;

CREATE TABLE bindings (
	account  TEXT NOT NULL,
	session  TEXT NOT NULL,
	sighting TEXT NOT NULL,
	person   INTEGER NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
	level    INTEGER NOT NULL,
	name     TEXT NOT NULL,
	at       TEXT,
	PRIMARY KEY (account, session, sighting)
) STRICT, WITHOUT ROWID;
CREATE INDEX bindings_person ON bindings (person);

CREATE TABLE codes (
	hash      TEXT NOT NULL PRIMARY KEY,
	person    INTEGER NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
	issued_by INTEGER NOT NULL,
	issued    TEXT,
	expires   TEXT,
	used      TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE tries (
	key   TEXT NOT NULL,
	day   TEXT NOT NULL,
	count INTEGER NOT NULL,
	PRIMARY KEY (key, day)
) STRICT, WITHOUT ROWID;

-- No text and no name of a message is kept.
CREATE TABLE inbox (
	account TEXT NOT NULL,
	message TEXT NOT NULL,
	chat    TEXT NOT NULL,
	at      TEXT,
	aside   INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (account, message)
) STRICT, WITHOUT ROWID;

CREATE TABLE fixed_days (
	branch      TEXT NOT NULL PRIMARY KEY REFERENCES branches (id) DEFERRABLE INITIALLY DEFERRED,
	kind        TEXT NOT NULL,
	n           INTEGER NOT NULL,
	weekday     INTEGER NOT NULL,
	from_minute INTEGER NOT NULL,
	to_minute   INTEGER NOT NULL,
	place       TEXT NOT NULL,
	set_at      TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE filings (
	branch   TEXT NOT NULL REFERENCES branches (id) DEFERRABLE INITIALLY DEFERRED,
	year     INTEGER NOT NULL,
	at       TEXT,
	filed_by INTEGER NOT NULL,
	late     INTEGER NOT NULL,
	PRIMARY KEY (branch, year)
) STRICT, WITHOUT ROWID;

CREATE TABLE blackouts (
	branch    TEXT NOT NULL REFERENCES branches (id) DEFERRABLE INITIALLY DEFERRED,
	first_day TEXT NOT NULL,
	last_day  TEXT NOT NULL,
	why       TEXT NOT NULL,
	PRIMARY KEY (branch, first_day, last_day)
) STRICT, WITHOUT ROWID;

CREATE TABLE activities (
	id         TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
	branch     TEXT NOT NULL REFERENCES branches (id) DEFERRABLE INITIALLY DEFERRED,
	month      TEXT NOT NULL,
	version    INTEGER NOT NULL,
	starts     TEXT,
	ends       TEXT,
	place      TEXT NOT NULL,
	topics     TEXT NOT NULL,
	content    TEXT NOT NULL,
	agenda     TEXT NOT NULL,
	host       INTEGER NOT NULL,
	host_why   TEXT NOT NULL,
	recorder   INTEGER NOT NULL,
	submitted  TEXT,
	returned   TEXT,
	return_why TEXT NOT NULL,
	code       TEXT NOT NULL,
	began      TEXT,
	ended      TEXT,
	evaluated  TEXT,
	closes     TEXT,
	result     TEXT,
	summary    TEXT NOT NULL,
	filed      TEXT,
	filed_by   INTEGER NOT NULL,
	steps      TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX activities_branch ON activities (branch, month);
CREATE INDEX activities_month ON activities (month);

CREATE TABLE changes (
	activity   TEXT NOT NULL REFERENCES activities (id) DEFERRABLE INITIALLY DEFERRED,
	version    INTEGER NOT NULL,
	from_time  TEXT,
	to_time    TEXT,
	why        TEXT NOT NULL,
	at         TEXT,
	changed_by INTEGER NOT NULL,
	PRIMARY KEY (activity, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE signins (
	activity   TEXT NOT NULL REFERENCES activities (id) DEFERRABLE INITIALLY DEFERRED,
	person     INTEGER NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
	at         TEXT,
	entered    TEXT,
	how        TEXT NOT NULL,
	entered_by INTEGER NOT NULL,
	why        TEXT NOT NULL,
	guest      INTEGER NOT NULL,
	PRIMARY KEY (activity, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX signins_activity ON signins (activity, entered);

-- The one place of a reason for leave.
CREATE TABLE leaves (
	activity   TEXT NOT NULL REFERENCES activities (id) DEFERRABLE INITIALLY DEFERRED,
	person     INTEGER NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
	at         TEXT,
	reason     TEXT NOT NULL,
	picture    TEXT NOT NULL,
	state      TEXT NOT NULL,
	late       INTEGER NOT NULL,
	decided    TEXT,
	decided_by INTEGER NOT NULL,
	refusal    TEXT NOT NULL,
	PRIMARY KEY (activity, person)
) STRICT, WITHOUT ROWID;

-- Guests may be invited before the activity has a row of its own.
CREATE TABLE guests (
	activity TEXT NOT NULL,
	person   INTEGER NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
	name     TEXT NOT NULL,
	kind     TEXT NOT NULL,
	PRIMARY KEY (activity, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE claims (
	activity   TEXT NOT NULL,
	name       TEXT NOT NULL,
	claimed_by INTEGER NOT NULL,
	at         TEXT,
	told       INTEGER NOT NULL,
	PRIMARY KEY (activity, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE checks (
	activity   TEXT NOT NULL,
	item       TEXT NOT NULL,
	checked_by INTEGER NOT NULL,
	at         TEXT,
	PRIMARY KEY (activity, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE minutes (
	seq        INTEGER PRIMARY KEY AUTOINCREMENT,
	activity   TEXT NOT NULL REFERENCES activities (id) DEFERRABLE INITIALLY DEFERRED,
	kind       TEXT NOT NULL,
	text       TEXT NOT NULL,
	written_by INTEGER NOT NULL,
	at         TEXT
) STRICT;
CREATE INDEX minutes_activity ON minutes (activity, seq);

-- The same picture may come twice, for another activity or from somebody else: every use is a row.
CREATE TABLE pictures (
	activity TEXT NOT NULL,
	id       TEXT NOT NULL,
	person   INTEGER NOT NULL,
	used_for TEXT NOT NULL,
	at       TEXT,
	PRIMARY KEY (activity, id, person, used_for)
) STRICT, WITHOUT ROWID;

CREATE TABLE objections (
	id       INTEGER PRIMARY KEY AUTOINCREMENT,
	branch   TEXT NOT NULL REFERENCES branches (id) DEFERRABLE INITIALLY DEFERRED,
	activity TEXT NOT NULL,
	person   INTEGER NOT NULL,
	text     TEXT NOT NULL,
	at       TEXT
) STRICT;
CREATE INDEX objections_branch ON objections (branch);

-- The one place of the text of a make-up study.
CREATE TABLE makeups (
	activity   TEXT NOT NULL REFERENCES activities (id) DEFERRABLE INITIALLY DEFERRED,
	person     INTEGER NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
	state      TEXT NOT NULL,
	due        TEXT,
	text       TEXT NOT NULL,
	picture    TEXT NOT NULL,
	handed     TEXT,
	decided    TEXT,
	decided_by INTEGER NOT NULL,
	why        TEXT NOT NULL,
	PRIMARY KEY (activity, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX makeups_person ON makeups (person);

-- Who took part in an evaluation: no time, and no rowid to tell the order.
CREATE TABLE votes (
	activity TEXT NOT NULL REFERENCES activities (id) DEFERRABLE INITIALLY DEFERRED,
	person   INTEGER NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
	PRIMARY KEY (activity, person)
) STRICT, WITHOUT ROWID;

-- The ballots: no person, no time, and no rowid to tell the order; the key is random.
CREATE TABLE ballots (
	activity TEXT NOT NULL REFERENCES activities (id) DEFERRABLE INITIALLY DEFERRED,
	key      TEXT NOT NULL,
	scores   TEXT NOT NULL,
	remark   TEXT NOT NULL,
	guest    INTEGER NOT NULL,
	PRIMARY KEY (activity, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE entries (
	seq        INTEGER PRIMARY KEY AUTOINCREMENT,
	happened   TEXT,
	entered    TEXT NOT NULL,
	entered_by INTEGER NOT NULL,
	verb       TEXT NOT NULL,
	branch     TEXT NOT NULL,
	activity   TEXT NOT NULL,
	noun       TEXT NOT NULL,
	key        TEXT NOT NULL,
	before     TEXT,
	after      TEXT,
	why        TEXT NOT NULL,
	message    TEXT NOT NULL,
	undoes     INTEGER NOT NULL
) STRICT;
CREATE INDEX entries_person ON entries (entered_by, entered);
CREATE INDEX entries_fact ON entries (noun, key, seq);

CREATE TABLE posts (
	key      TEXT NOT NULL PRIMARY KEY CHECK (key <> ''),
	kind     TEXT NOT NULL,
	branch   TEXT NOT NULL,
	activity TEXT NOT NULL,
	audience TEXT NOT NULL,
	person   INTEGER NOT NULL,
	arg      TEXT NOT NULL,
	due      TEXT NOT NULL,
	planned  TEXT,
	expires  TEXT,
	state    TEXT NOT NULL,
	tries    INTEGER NOT NULL,
	said     INTEGER NOT NULL,
	sent_at  TEXT,
	text     TEXT NOT NULL,
	note     TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX posts_planned ON posts (state, due) WHERE state = 'planned';
CREATE INDEX posts_stuck ON posts (state, due) WHERE state IN ('sending', 'unknown');
CREATE INDEX posts_sent ON posts (sent_at) WHERE state = 'sent' AND audience = 'group';
CREATE INDEX posts_activity ON posts (activity, kind);
CREATE INDEX posts_branch ON posts (branch, due);
