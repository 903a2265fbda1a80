-- Named mappings from events' data to third parties' fields. Which connectors use one stands in the
-- connectors' documents.
CREATE TABLE adaptor (
  id         ${key},
  tenant     ${number} NOT NULL,
  name       TEXT NOT NULL,
  doc        TEXT NOT NULL,
  revision   ${number} NOT NULL,
  created_at ${number} NOT NULL,
  updated_at ${number} NOT NULL
);
CREATE UNIQUE INDEX adaptor_name ON adaptor (tenant, name);
