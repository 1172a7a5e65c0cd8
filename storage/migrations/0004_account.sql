-- On which network the database serves, so that a rehearsal does not consume the facts of a real one. None: on none yet.
CREATE TABLE serving (
	one     INTEGER PRIMARY KEY CHECK (one = 1),
	account TEXT NOT NULL
) STRICT;
INSERT INTO serving (one, account) SELECT 1, CASE account WHEN 'relay' THEN 'wechat' ELSE account END FROM inbox ORDER BY account IN ('wechat', 'relay') DESC, at DESC LIMIT 1;
-- What is planned is a small part of a branch's posts, and looked at by each plan.
CREATE INDEX posts_planned_branch ON posts (branch, due, key) WHERE state = 'planned';
-- The time, the order and the word of a ballot go out of the ledger, and the reasons of sign-ins, which stand in signins.
DELETE FROM entries WHERE noun = 'vote';
UPDATE entries SET why = '', after = CASE WHEN json_valid(after) THEN json_remove(after, '$.Why') ELSE after END,
	before = CASE WHEN json_valid(before) THEN json_remove(before, '$.Why') ELSE before END WHERE noun = 'signin';
