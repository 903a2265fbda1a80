-- People who sign in. `email` is in lower case. Without a password they have been invited and have
-- not come yet. `operator` may do everything, for every tenant.
CREATE TABLE person (
  id         ${key},
  email      TEXT NOT NULL UNIQUE,
  name       TEXT,
  password   TEXT,
  operator   ${number} NOT NULL,
  created_at ${number} NOT NULL
);

-- What a person is in a tenant. `joined` is 0 until the invitation has been taken up.
CREATE TABLE membership (
  person     ${number} NOT NULL,
  tenant     ${number} NOT NULL,
  role       TEXT NOT NULL,
  payloads   ${number} NOT NULL,
  joined     ${number} NOT NULL,
  revision   ${number} NOT NULL,
  created_at ${number} NOT NULL,
  PRIMARY KEY (tenant, person)
);
CREATE INDEX membership_of_person ON membership (person);

-- Who is signed in, by the SHA-256 of what the cookie holds.
CREATE TABLE person_session (
  id         ${key},
  hash       ${bytes} NOT NULL UNIQUE,
  person     ${number} NOT NULL,
  created_at ${number} NOT NULL,
  seen_at    ${number} NOT NULL
);
CREATE INDEX session_of_person ON person_session (person, id);

-- Links that work once, by the SHA-256 of their token. Without a person: whoever has it becomes the
-- hub's first user. Without a tenant: it sets a new password and joins nothing.
CREATE TABLE setup_link (
  id         ${key},
  hash       ${bytes} NOT NULL UNIQUE,
  person     ${number},
  tenant     ${number},
  resets     ${number} NOT NULL,
  expires_at ${number} NOT NULL
);
CREATE INDEX link_of_person ON setup_link (person);

-- Who did what. `tenant` is null for what concerns the whole hub. `actor` is the number of the user
-- or API key, null for the operator's key and for who was not known; the name is as it was then.
CREATE TABLE audit (
  id         ${key},
  tenant     ${number},
  actor_kind TEXT NOT NULL,
  actor      ${number},
  actor_name TEXT NOT NULL,
  action     TEXT NOT NULL,
  noun       TEXT NOT NULL,
  subject    TEXT,
  address    TEXT NOT NULL,
  changes    TEXT NOT NULL
);
CREATE INDEX audit_of_tenant ON audit (tenant, id);
