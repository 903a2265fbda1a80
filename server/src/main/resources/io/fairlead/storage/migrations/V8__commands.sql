-- Commands: what an operator wrote about each. A name is unique in the hub and never changes.
CREATE TABLE command (
  id         ${key},
  name       TEXT NOT NULL UNIQUE,
  doc        TEXT NOT NULL,
  revision   ${number} NOT NULL,
  created_at ${number} NOT NULL,
  updated_at ${number} NOT NULL
);

-- How tenants have bound commands; the secrets of their requests are encrypted beside the document.
CREATE TABLE binding (
  id         ${key},
  tenant     ${number} NOT NULL,
  command    TEXT NOT NULL,
  doc        TEXT NOT NULL,
  secrets    ${bytes},
  revision   ${number} NOT NULL,
  created_at ${number} NOT NULL,
  updated_at ${number} NOT NULL
);
CREATE UNIQUE INDEX binding_of_command ON binding (tenant, command);

-- The two that every hub begins with; an operator may change them, and take them away.
INSERT INTO command (id, name, doc, revision, created_at, updated_at) VALUES
  (1, 'GetInvoiceImage',
   '{"name":"GetInvoiceImage","sentence":"Shows an invoice as the third party has it: as a PDF or an image.","inputs":[{"name":"InvoiceNumber","type":"text","required":true,"description":"The number of the invoice that is viewed.","example":"INV0000001"}],"answer":{"type":"document","contentTypes":["application/pdf","image/*"],"mostBytes":26214400},"deadline":"30s"}',
   1, 1795305600000, 1795305600000),
  (2, 'LoginWithToken',
   '{"name":"LoginWithToken","sentence":"Turns a one-time token into the contact who logs in with it.","inputs":[{"name":"Token","type":"text","required":true,"description":"The one-time token that the contact came with.","example":"4f9c2d71e0"}],"answer":{"type":"json","schema":{"type":"object","properties":{"ContactId":{"type":["string","integer"]},"ContactEmail":{"type":"string"}},"anyOf":[{"required":["ContactId"]},{"required":["ContactEmail"]}]}},"deadline":"15s"}',
   1, 1795305600000, 1795305600000);
