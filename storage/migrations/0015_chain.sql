-- The chain of the ledger (R33): nothing is changed unseen.
-- An entry is bound by a commitment: SHA-256 of its salt and of what was before, what after, and why. To erase a person, these and the salt are
-- taken away; the commitment stays, and the chain holds.
ALTER TABLE entries ADD COLUMN salt TEXT;
ALTER TABLE entries ADD COLUMN commitment TEXT NOT NULL DEFAULT '';

-- One link for each transaction that changed a fact. facts lists the entries and the rows it touched, each with its hash, as JSON; hash is over
-- that, the number and the hash before. A link with a schema took over what it found when the database came to that schema.
CREATE TABLE links (
	number      INTEGER PRIMARY KEY,
	schema      INTEGER NOT NULL,
	first_entry INTEGER NOT NULL, -- of its entries; one more than the last where it has none
	last_entry  INTEGER NOT NULL, -- of all entries up to this link
	facts       TEXT NOT NULL,
	hash        TEXT NOT NULL
) STRICT;
CREATE INDEX links_schema ON links (number) WHERE schema > 0;

-- Of every row of a fact the salted hash, and the link that lists it. A row that is gone keeps a seal without a hash.
CREATE TABLE seals (
	tbl  TEXT NOT NULL,
	key  TEXT NOT NULL,
	salt TEXT NOT NULL,
	hash TEXT NOT NULL,
	link INTEGER NOT NULL,
	PRIMARY KEY (tbl, key)
) STRICT, WITHOUT ROWID;
