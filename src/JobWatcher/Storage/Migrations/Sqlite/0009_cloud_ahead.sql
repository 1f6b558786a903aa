-- Milliseconds by which the cloud's clock was ahead of the watcher's at the last answered poll.

ALTER TABLE targets ADD COLUMN cloud_ahead BIGINT NULL;
