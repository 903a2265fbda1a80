-- What was read of an answer, and which rule decided: JSON, at most 16 KiB; null where there is
-- nothing to keep. `last_result` is the value at the response key of the latest attempt.
ALTER TABLE delivery ADD COLUMN result TEXT;
ALTER TABLE delivery ADD COLUMN last_result TEXT;
ALTER TABLE attempt ADD COLUMN result TEXT;

-- Why nothing is sent although people want it: 0 the third party refuses the credential, 1 it wants
-- no more calls; null while the connector runs.
ALTER TABLE connector ADD COLUMN halt ${number};
ALTER TABLE connector ADD COLUMN halt_reason TEXT;
