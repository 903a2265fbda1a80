-- Attempts by the hour in which they ended, counted in the commit that logs them: how many brought a
-- delivery into a state within a class of duration. Connector 0 is all of the tenant's together, so
-- that a tenant with many connectors is one short range.
CREATE TABLE attempt_hour (
  tenant    ${number} NOT NULL,
  hour      ${number} NOT NULL,
  connector ${number} NOT NULL,
  state     ${number} NOT NULL,
  duration  ${number} NOT NULL,
  attempts  ${number} NOT NULL,
  PRIMARY KEY (tenant, hour, connector, state, duration)
);
