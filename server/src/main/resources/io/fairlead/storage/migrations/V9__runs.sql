-- Runs of commands: what was asked of third parties while somebody waited, and what came of it. A
-- row is written when the run is over. `asked_by` is 0 for the operator's key, 1 for an API key, 2
-- for a link, 3 for a person; `asked_key` is the number of the API key (for a link: of the one that made it), null
-- where it was the operator; the name is as it was then. `status` is what the caller was answered,
-- null when the caller was gone.

CREATE TABLE run (
  id           ${number} NOT NULL,
  tenant       ${number} NOT NULL,
  command      TEXT NOT NULL,
  outcome      ${number} NOT NULL,
  asked_by     ${number} NOT NULL,
  asked_key    ${number},
  asked_name   TEXT,
  started_at   ${number} NOT NULL,
  micros       ${number} NOT NULL,
  status       ${number},
  content_type TEXT,
  size         ${number},
  error        TEXT,
  PRIMARY KEY (id)
) ${partitioned};
CREATE INDEX run_of_tenant ON run (tenant, id);
CREATE INDEX run_of_command ON run (tenant, command, id);
-- 0 is ANSWERED: the rule, which costs nothing here.
CREATE INDEX run_exception ON run (tenant, outcome, id) WHERE outcome <> 0;

-- What each target was asked and what it answered, in order; `id` is the run's. `target` is what it is called,
-- `connector` its number where it is one of the tenant's connectors.
CREATE TABLE run_attempt (
  id          ${number} NOT NULL,
  tenant      ${number} NOT NULL,
  number      ${number} NOT NULL,
  target      TEXT NOT NULL,
  connector   ${number},
  started_at  ${number} NOT NULL,
  micros      ${number} NOT NULL,
  outcome     ${number} NOT NULL,
  revision    ${number} NOT NULL,
  status      ${number},
  class       ${number},
  error       TEXT,
  head        TEXT,
  body_kind   ${number} NOT NULL,
  body_size   ${number} NOT NULL,
  body        ${bytes},
  answer_head TEXT,
  answer_size ${number},
  answer      ${bytes},
  result      TEXT,
  PRIMARY KEY (id, number)
) ${partitioned};

-- How many commands a tenant may run at once, and how many seconds any may take.
ALTER TABLE tenant ADD COLUMN run_concurrency ${number} NOT NULL DEFAULT 1000;
ALTER TABLE tenant ADD COLUMN run_deadline ${number} NOT NULL DEFAULT 120;
ALTER TABLE tenant ADD COLUMN revision ${number} NOT NULL DEFAULT 1;
