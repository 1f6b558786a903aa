ALTER TABLE targets ADD COLUMN bookmark BIGINT NULL;
ALTER TABLE targets ADD COLUMN last_full_listing BIGINT NULL;
ALTER TABLE targets ADD COLUMN windows_unreliable_since BIGINT NULL;
