-- A target that is still looking for its project has no row of its own, but can be unreachable all the same.
-- Times are unix milliseconds, UTC. job_id is empty for an alert about the target itself.

CREATE TABLE alerts (
  id              TEXT    NOT NULL PRIMARY KEY,
  target          TEXT    NOT NULL,
  rule            TEXT    NOT NULL,
  severity        TEXT    NOT NULL,
  labels          TEXT    NOT NULL,
  annotations     TEXT    NOT NULL,
  job_id          TEXT    NOT NULL,
  job_name        TEXT    NOT NULL,
  status          TEXT    NOT NULL,
  process         TEXT    NULL,
  instance_id     TEXT    NULL,
  instance_name   TEXT    NULL,
  instance_status TEXT    NULL,
  order_id        TEXT    NULL,
  created_time    BIGINT  NULL,
  ended_time      BIGINT  NULL,
  fail_reason     TEXT    NULL,
  started         BIGINT  NOT NULL,
  observed        BIGINT  NOT NULL,
  ended           BIGINT  NULL,
  end_reason      TEXT    NULL,
  end_seen        BIGINT  NULL,
  start_told      BOOLEAN NOT NULL,
  end_told        BOOLEAN NOT NULL,
  shown           BOOLEAN NOT NULL
);

CREATE UNIQUE INDEX alerts_firing ON alerts (target, rule, job_id) WHERE ended IS NULL;

CREATE INDEX alerts_by_end ON alerts (end_seen);

CREATE INDEX alerts_untold ON alerts (observed) WHERE NOT end_told;
