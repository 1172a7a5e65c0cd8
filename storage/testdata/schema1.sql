-- A database of the first schema, with rows, as version 1 left it. Never changed.
PRAGMA application_id = 0x54484459;
PRAGMA user_version = 1;

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
CREATE TABLE votes (
	activity TEXT NOT NULL REFERENCES activities (id) DEFERRABLE INITIALLY DEFERRED,
	person   INTEGER NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
	PRIMARY KEY (activity, person)
) STRICT, WITHOUT ROWID;
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
CREATE INDEX memberships_person ON memberships (person);
CREATE INDEX bindings_person ON bindings (person);
CREATE INDEX activities_branch ON activities (branch, month);
CREATE INDEX activities_month ON activities (month);
CREATE INDEX signins_activity ON signins (activity, entered);
CREATE INDEX minutes_activity ON minutes (activity, seq);
CREATE INDEX objections_branch ON objections (branch);
CREATE INDEX makeups_person ON makeups (person);
CREATE INDEX entries_person ON entries (entered_by, entered);
CREATE INDEX entries_fact ON entries (noun, key, seq);
CREATE INDEX posts_planned ON posts (state, due) WHERE state = 'planned';
CREATE INDEX posts_stuck ON posts (state, due) WHERE state IN ('sending', 'unknown');
CREATE INDEX posts_sent ON posts (sent_at) WHERE state = 'sent' AND audience = 'group';
CREATE INDEX posts_activity ON posts (activity, kind);
CREATE INDEX posts_branch ON posts (branch, due);

INSERT INTO branches (id, name, chat_group) VALUES ('第一支部', '第一支部', '一支部群');
INSERT INTO people (name, phone, committee, liaison) VALUES ('张三', '13800000000', 0, 0), ('王强', '', 0, 1);
INSERT INTO memberships VALUES ('第一支部', 1, '', '', 1, '[]', '正式', '一组', 0, '张三'), ('第一支部', 2, '2026-01-01', '', 2, '[]', '正式', '', 1, '老王');
INSERT INTO guides VALUES (2, '第一支部');
INSERT INTO bindings VALUES ('wechat', 's1', '@a', 1, 2, '张三', '2026-03-01T00:00:00.000000000Z');
INSERT INTO codes VALUES ('5e88', 1, 2, '2026-03-01T00:00:00.000000000Z', '2026-03-02T00:00:00.000000000Z', NULL);
INSERT INTO tries VALUES ('wechat/@a', '2026-03-01', 2);
INSERT INTO inbox VALUES ('wechat', 'm1', '@@g', '2026-03-13T06:30:00.000000000Z', 0), ('wechat', 'm2', '@@g', '2026-03-13T06:31:00.000000000Z', 1);
INSERT INTO fixed_days VALUES ('第一支部', 'weekday', 2, 5, 870, 1110, '党员活动室', '2026-01-05T01:00:00.000000000Z');
INSERT INTO filings VALUES ('第一支部', 2026, '2026-01-20T01:00:00.000000000Z', 2, 0);
INSERT INTO blackouts VALUES ('第一支部', '2026-03-25', '2026-03-31', '月末结账');
INSERT INTO activities VALUES ('第一支部/2026-03', '第一支部', '2026-03', 1, '2026-03-13T06:30:00.000000000Z', '2026-03-13T10:30:00.000000000Z', '党员活动室', '["学习党章"]', '["政治学习"]', '[]', 0, '', 0, NULL, NULL, '', '', NULL, NULL, NULL, NULL, NULL, '', NULL, 0, '[{"step":1,"at":"2026-03-01T00:00:00Z","by":2}]');
INSERT INTO changes VALUES ('第一支部/2026-03', 1, NULL, '2026-03-13T06:30:00.000000000Z', '场地', '2026-03-01T00:00:00.000000000Z', 2);
INSERT INTO signins VALUES ('第一支部/2026-03', 1, '2026-03-13T06:30:00.000000000Z', '2026-03-13T06:30:01.000000000Z', 'self', 1, '', 0);
INSERT INTO leaves VALUES ('第一支部/2026-03', 2, '2026-03-12T01:00:00.000000000Z', '住院', '', 'granted', 0, '2026-03-12T02:00:00.000000000Z', 2, '');
INSERT INTO minutes (activity, kind, text, written_by, at) VALUES ('第一支部/2026-03', '记录', '传达学习', 2, '2026-03-13T07:00:00.000000000Z');
INSERT INTO makeups VALUES ('第一支部/2026-03', 2, 'owed', '2026-03-27T10:30:00.000000000Z', '', '', NULL, NULL, 0, '');
INSERT INTO votes VALUES ('第一支部/2026-03', 1);
INSERT INTO ballots VALUES ('第一支部/2026-03', '0a1b', '[5,4,5,5]', '', 0);
INSERT INTO entries (happened, entered, entered_by, verb, branch, activity, noun, key, before, after, why, message, undoes) VALUES ('2026-03-13T06:30:00.000000000Z', '2026-03-13T06:30:01.000000000Z', 1, '签到', '第一支部', '第一支部/2026-03', 'signin', '第一支部/2026-03/1', NULL, '{"How":"self"}', '', 'm1', 0);
INSERT INTO posts VALUES ('notice/第一支部/2026-03/1', 'notice', '第一支部', '第一支部/2026-03', 'group', 0, '', '2026-03-08T01:00:00.000000000Z', '2026-03-08T01:00:00.000000000Z', '2026-03-13T06:30:00.000000000Z', 'sent', 1, 0, '2026-03-08T01:00:02.000000000Z', '预告', '');
