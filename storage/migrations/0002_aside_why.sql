-- A message that the bot could not cope with now says why, for the operator; the first schema kept only that it was set aside.
ALTER TABLE inbox ADD COLUMN why TEXT NOT NULL DEFAULT '';
CREATE INDEX inbox_aside ON inbox (at) WHERE aside = 1;
