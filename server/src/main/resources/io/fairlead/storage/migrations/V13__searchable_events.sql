-- By which paths events of a type are found, as a JSON array of texts; null for none.
ALTER TABLE event_type ADD COLUMN searchable TEXT;

-- What stood at those paths, in small letters.
CREATE TABLE event_search (
  tenant ${number} NOT NULL,
  value  TEXT NOT NULL,
  event  ${number} NOT NULL,
  PRIMARY KEY (tenant, value, event)
);
