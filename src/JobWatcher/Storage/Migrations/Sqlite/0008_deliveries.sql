-- Times are unix milliseconds, UTC, by the watcher's clock. sequence: 1 tells that the alert fires, 2 that it has ended.
-- next_try is null while an older delivery of the same receiver and alert is there.

CREATE TABLE deliveries (
  receiver    TEXT   NOT NULL,
  alert_id    TEXT   NOT NULL,
  sequence    BIGINT NOT NULL,
  created     BIGINT NOT NULL,
  attempts    BIGINT NOT NULL,
  next_try    BIGINT NULL,
  lease_until BIGINT NULL,
  last_error  TEXT   NULL,
  PRIMARY KEY (receiver, alert_id, sequence)
);

CREATE INDEX deliveries_due ON deliveries (receiver, next_try);
