-- Each save of a connector: what people wrote, without its secrets. `made_by` is the number of the
-- API key, null where it was the operator, or nobody knows any more; the name is as it was then.

CREATE TABLE connector_revision (
  connector    ${number} NOT NULL,
  revision     ${number} NOT NULL,
  tenant       ${number} NOT NULL,
  doc          TEXT NOT NULL,
  active       ${number} NOT NULL,
  made_at      ${number} NOT NULL,
  made_by      ${number},
  made_by_name TEXT,
  PRIMARY KEY (connector, revision)
);

INSERT INTO connector_revision (connector, revision, tenant, doc, active, made_at)
SELECT id, revision, tenant, doc, active, updated_at FROM connector;

-- Tests: an event that was given for a test alone, and the delivery that a test is logged as.
ALTER TABLE event ADD COLUMN test ${number} NOT NULL DEFAULT 0;
ALTER TABLE delivery ADD COLUMN test ${number} NOT NULL DEFAULT 0;
