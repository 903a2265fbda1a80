-- Types of events, each from its first use on or from when it was described. `sample` is the data of
-- one of the latest events.
CREATE TABLE event_type (
  id          ${key},
  tenant      ${number} NOT NULL,
  type        TEXT NOT NULL,
  description TEXT,
  schema      TEXT,
  validated   ${number} NOT NULL,
  sample      ${bytes},
  sample_at   ${number},
  revision    ${number} NOT NULL,
  created_at  ${number} NOT NULL,
  updated_at  ${number} NOT NULL
);
CREATE UNIQUE INDEX event_type_name ON event_type (tenant, type);
