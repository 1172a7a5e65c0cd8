-- How often 开始 or 结束 of an activity was taken back.
ALTER TABLE activities ADD COLUMN undone INTEGER NOT NULL DEFAULT 0;
-- What else somebody showed when he was recognised: it may refute him in a later session.
ALTER TABLE bindings ADD COLUMN nick TEXT NOT NULL DEFAULT '';
ALTER TABLE bindings ADD COLUMN mark TEXT NOT NULL DEFAULT '';
