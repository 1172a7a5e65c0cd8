-- Compulsory topics, the menu of topics, what an activity is linked to, and every version of a plan that was filed.
CREATE TABLE required_topics (
	number       INTEGER NOT NULL PRIMARY KEY,
	month        TEXT NOT NULL,
	text         TEXT NOT NULL CHECK (text <> ''),
	branches     TEXT NOT NULL, -- a list of ids; empty: all branches
	due          TEXT NOT NULL, -- the last day
	asked_at     TEXT,
	asked_by     INTEGER NOT NULL,
	withdrawn_at TEXT
) STRICT;
CREATE INDEX required_topics_month ON required_topics (month);

CREATE TABLE menu_topics (
	category TEXT NOT NULL,
	text     TEXT NOT NULL CHECK (text <> ''),
	added_at TEXT,
	added_by INTEGER NOT NULL,
	PRIMARY KEY (category, text)
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_versions (
	branch   TEXT NOT NULL REFERENCES branches (id) DEFERRABLE INITIALLY DEFERRED,
	year     INTEGER NOT NULL,
	version  INTEGER NOT NULL,
	at       TEXT,
	filed_by INTEGER NOT NULL,
	months   TEXT NOT NULL, -- what was planned for each month
	PRIMARY KEY (branch, year, version)
) STRICT, WITHOUT ROWID;

ALTER TABLE activities ADD COLUMN compulsory TEXT NOT NULL DEFAULT '[]'; -- which topic plans which compulsory one
ALTER TABLE activities ADD COLUMN links TEXT NOT NULL DEFAULT '[]';
ALTER TABLE activities ADD COLUMN meetings TEXT NOT NULL DEFAULT '[]';
