-- Whose an API key is: the one-connector API asks for it beside the key.
ALTER TABLE api_key ADD COLUMN email TEXT;

-- The connector of a tenant that the one-connector API shows, with what it gives back as it came.
-- `parameters` is a text full of secrets, sealed for this tenant and connector.
CREATE TABLE one_connector (
  tenant     ${key},
  connector  ${number} NOT NULL,
  number     ${number} NOT NULL,
  auth       TEXT NOT NULL,
  method     TEXT NOT NULL,
  parameters ${bytes} NOT NULL
);
