-- What a picture shows: the words that came with it, its fingerprint as the eye sees it, the SHA-256 of the bytes as they were received, and
-- the earlier picture that it resembles.
ALTER TABLE pictures ADD COLUMN caption TEXT NOT NULL DEFAULT '';
ALTER TABLE pictures ADD COLUMN look TEXT NOT NULL DEFAULT '';
ALTER TABLE pictures ADD COLUMN received TEXT NOT NULL DEFAULT '';
ALTER TABLE pictures ADD COLUMN like_activity TEXT NOT NULL DEFAULT '';
ALTER TABLE pictures ADD COLUMN like_id TEXT NOT NULL DEFAULT '';
-- The record forms as they were filed: the bytes lie beside the database under their SHA-256.
CREATE TABLE filed_forms (
	activity TEXT NOT NULL,
	version  INTEGER NOT NULL,
	sha256   TEXT NOT NULL,
	filed_at TEXT NOT NULL,
	filed_by INTEGER NOT NULL,
	PRIMARY KEY (activity, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX entries_activity ON entries (activity, seq);
