-- Times are unix milliseconds, UTC, by the cloud's clock.

CREATE TABLE receivers (
  name  TEXT   NOT NULL PRIMARY KEY,
  since BIGINT NOT NULL
);

CREATE TABLE alert_posts (
  receiver TEXT   NOT NULL,
  alert_id TEXT   NOT NULL,
  accepted BIGINT NOT NULL,
  PRIMARY KEY (receiver, alert_id)
);
