-- One schema for SQLite and PostgreSQL. Times are milliseconds since the Unix epoch. Every id is a
-- time-ordered number, so that a log page is a range of the primary key and retention deletes (or,
-- on PostgreSQL, drops partitions) from the low end.

CREATE TABLE meta (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

CREATE TABLE node (
  id           ${key},
  heartbeat_at ${number} NOT NULL
);

CREATE TABLE tenant (
  id         ${key},
  name       TEXT NOT NULL UNIQUE,
  label      TEXT NOT NULL,
  created_at ${number} NOT NULL
);

CREATE TABLE api_key (
  id           ${key},
  tenant       ${number} NOT NULL,
  hash         ${bytes} NOT NULL UNIQUE,
  hint         TEXT NOT NULL,
  name         TEXT NOT NULL,
  role         TEXT NOT NULL,
  created_at   ${number} NOT NULL,
  expires_at   ${number},
  last_used_at ${number},
  revoked_at   ${number}
);
CREATE INDEX api_key_of_tenant ON api_key (tenant, id);

CREATE TABLE connector (
  id         ${key},
  tenant     ${number} NOT NULL,
  name       TEXT NOT NULL,
  doc        TEXT NOT NULL,
  secrets    ${bytes},
  active     ${number} NOT NULL,
  revision   ${number} NOT NULL,
  created_at ${number} NOT NULL,
  updated_at ${number} NOT NULL
);
CREATE UNIQUE INDEX connector_name ON connector (tenant, name);

CREATE TABLE event (
  id          ${number} NOT NULL,
  tenant      ${number} NOT NULL,
  type        TEXT NOT NULL,
  subject     TEXT,
  client_id   TEXT,
  occurred_at ${number} NOT NULL,
  deliveries  ${number} NOT NULL,
  data        ${bytes} NOT NULL,
  PRIMARY KEY (id)
) ${partitioned};
CREATE INDEX event_of_tenant ON event (tenant, id);
CREATE INDEX event_of_subject ON event (tenant, subject, id) WHERE subject IS NOT NULL;

-- Ids that senders gave, so that a repeat is told from a new event. kind 0 is the event's own id,
-- 1 the Idempotency-Key header.
CREATE TABLE idempotency (
  tenant      ${number} NOT NULL,
  kind        ${number} NOT NULL,
  value       TEXT NOT NULL,
  event       ${number} NOT NULL,
  deliveries  ${number} NOT NULL,
  fingerprint ${bytes} NOT NULL,
  PRIMARY KEY (tenant, kind, value)
);
CREATE INDEX idempotency_age ON idempotency (event);

-- Everything unfinished and nothing else: small and hot while deliveries flow.
CREATE TABLE pending (
  id        ${key},
  tenant    ${number} NOT NULL,
  connector ${number} NOT NULL,
  event     ${number} NOT NULL,
  node      ${number} NOT NULL,
  due_at    ${number} NOT NULL,
  attempts  ${number} NOT NULL,
  round     ${number} NOT NULL
);
CREATE INDEX pending_due ON pending (connector, due_at, id);
-- What was attempted already is found by its row in the log.
CREATE INDEX pending_fresh ON pending (tenant, id) WHERE attempts = 0;
CREATE INDEX pending_fresh_of_connector ON pending (connector, id) WHERE attempts = 0;

-- The log: a row a delivery, written when its first attempt (or an end without one) is, with that
-- attempt in it. `head` is the hash of a request head in `request_head`, or null with the head
-- itself in `head_text`.
CREATE TABLE delivery (
  id          ${number} NOT NULL,
  tenant      ${number} NOT NULL,
  connector   ${number} NOT NULL,
  event       ${number} NOT NULL,
  state       ${number} NOT NULL,
  attempts    ${number} NOT NULL,
  ended_at    ${number},
  last_status ${number},
  last_class  ${number},
  last_error  TEXT,
  started_at  ${number},
  micros      ${number},
  outcome     ${number},
  revision    ${number},
  status      ${number},
  class       ${number},
  error       TEXT,
  head        ${number},
  head_text   TEXT,
  body_kind   ${number},
  body_size   ${number},
  body        ${bytes},
  answer_head TEXT,
  answer_size ${number},
  answer      ${bytes},
  PRIMARY KEY (id)
) ${partitioned};
CREATE INDEX delivery_of_tenant ON delivery (tenant, id);
CREATE INDEX delivery_of_connector ON delivery (connector, id);
-- 4 is SUCCEEDED: the rule, which costs nothing here.
CREATE INDEX delivery_exception ON delivery (tenant, state, id) WHERE state <> 4;
CREATE INDEX delivery_exception_of_connector ON delivery (connector, state, id) WHERE state <> 4;

CREATE TABLE attempt (
  id          ${number} NOT NULL,
  tenant      ${number} NOT NULL,
  delivery    ${number} NOT NULL,
  number      ${number} NOT NULL,
  started_at  ${number} NOT NULL,
  micros      ${number} NOT NULL,
  outcome     ${number} NOT NULL,
  revision    ${number} NOT NULL,
  status      ${number},
  class       ${number},
  error       TEXT,
  head        ${number},
  head_text   TEXT,
  body_kind   ${number} NOT NULL,
  body_size   ${number} NOT NULL,
  body        ${bytes},
  answer_head TEXT,
  answer_size ${number},
  answer      ${bytes},
  PRIMARY KEY (id)
) ${partitioned};
CREATE INDEX attempt_of_delivery ON attempt (delivery, number);

CREATE TABLE request_head (
  hash ${key},
  text TEXT NOT NULL
);
