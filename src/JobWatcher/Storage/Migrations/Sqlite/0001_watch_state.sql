-- Times are unix milliseconds, UTC.

CREATE TABLE targets (
  name            TEXT    NOT NULL PRIMARY KEY,
  version         BIGINT  NOT NULL,
  project_id      TEXT    NOT NULL,
  region          TEXT    NOT NULL,
  watch_from      BIGINT  NULL,
  last_answered   BIGINT  NULL,
  last_complete   BIGINT  NULL,
  failing_since   BIGINT  NULL,
  outage_reported BOOLEAN NOT NULL,
  next_sequence   BIGINT  NOT NULL
);

CREATE TABLE jobs (
  target          TEXT    NOT NULL REFERENCES targets (name),
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
  status_since    BIGINT  NULL,
  missed          BIGINT  NOT NULL,
  gone_since      BIGINT  NULL,
  vanished        BOOLEAN NOT NULL,
  PRIMARY KEY (target, job_id)
);

CREATE TABLE transitions (
  target          TEXT    NOT NULL REFERENCES targets (name),
  sequence        BIGINT  NOT NULL,
  id              TEXT    NOT NULL,
  project_id      TEXT    NOT NULL,
  region          TEXT    NOT NULL,
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
  from_status     TEXT    NOT NULL,
  to_status       TEXT    NOT NULL,
  observed        BIGINT  NOT NULL,
  labels          TEXT    NOT NULL,
  PRIMARY KEY (target, sequence)
);

CREATE INDEX transitions_by_job ON transitions (target, job_id);

CREATE TABLE counters (
  target          TEXT             NOT NULL REFERENCES targets (name),
  job_name        TEXT             NOT NULL,
  from_status     TEXT             NOT NULL,
  to_status       TEXT             NOT NULL,
  count           BIGINT           NOT NULL,
  seconds         DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (target, job_name, from_status, to_status)
);

CREATE TABLE cursors (
  reporter        TEXT    NOT NULL,
  target          TEXT    NOT NULL REFERENCES targets (name),
  sequence        BIGINT  NOT NULL,
  PRIMARY KEY (reporter, target)
);
