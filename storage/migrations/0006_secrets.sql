-- Reasons of leaves and the words of objections are sealed with a key that stands outside (secret.go). Whether pages with earlier, unsealed
-- words may still lie in the file: then it is written anew when it is opened for serving.
CREATE TABLE secrets (
	one     INTEGER PRIMARY KEY CHECK (one = 1),
	unclean INTEGER NOT NULL
) STRICT;
INSERT INTO secrets (one, unclean) SELECT 1, EXISTS (SELECT 1 FROM leaves) OR EXISTS (SELECT 1 FROM objections);
-- What became of an objection. An open one has no state; answers are sealed as the objections are.
ALTER TABLE objections ADD COLUMN against INTEGER NOT NULL DEFAULT 0;
ALTER TABLE objections ADD COLUMN late INTEGER NOT NULL DEFAULT 0;
ALTER TABLE objections ADD COLUMN state TEXT NOT NULL DEFAULT '';
ALTER TABLE objections ADD COLUMN answered TEXT;
ALTER TABLE objections ADD COLUMN answered_by INTEGER NOT NULL DEFAULT 0;
ALTER TABLE objections ADD COLUMN answer TEXT NOT NULL DEFAULT '';
-- The words of an objection stand in objections alone.
UPDATE entries SET after = CASE WHEN json_valid(after) THEN json_remove(after, '$.Text') ELSE after END,
	before = CASE WHEN json_valid(before) THEN json_remove(before, '$.Text') ELSE before END WHERE noun = 'objection';
-- Who was shown reasons of leaves, when, and by what. Looker 0 is the operator; person 0 is everybody of the branch and year.
CREATE TABLE looks (
	seq      INTEGER PRIMARY KEY AUTOINCREMENT,
	at       TEXT NOT NULL,
	looker   INTEGER NOT NULL,
	branch   TEXT NOT NULL,
	year     INTEGER NOT NULL,
	activity TEXT NOT NULL,
	person   INTEGER NOT NULL,
	what     TEXT NOT NULL
) STRICT;
CREATE INDEX looks_branch ON looks (branch, year, seq);
