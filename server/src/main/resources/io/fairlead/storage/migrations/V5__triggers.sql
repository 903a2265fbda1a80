-- When the last delivery was due that a trigger with a least delay made, by what sets its events
-- apart (a hash of the key, in two halves). `free_at` says from when on the row means nothing.
CREATE TABLE cool_down (
  connector    ${number} NOT NULL,
  trigger_hash ${number} NOT NULL,
  key_high     ${number} NOT NULL,
  key_low      ${number} NOT NULL,
  last_at      ${number} NOT NULL,
  free_at      ${number} NOT NULL,
  PRIMARY KEY (connector, trigger_hash, key_high, key_low)
);
CREATE INDEX cool_down_free ON cool_down (free_at);
