-- Who calls are made as. `doc` has no secrets; `secrets` is sealed for this tenant and row.
CREATE TABLE authorizations (
  id         ${key},
  tenant     ${number} NOT NULL,
  name       TEXT NOT NULL,
  doc        TEXT NOT NULL,
  secrets    ${bytes} NOT NULL,
  revision   ${number} NOT NULL,
  created_at ${number} NOT NULL,
  updated_at ${number} NOT NULL
);
CREATE UNIQUE INDEX authorizations_name ON authorizations (tenant, name);
