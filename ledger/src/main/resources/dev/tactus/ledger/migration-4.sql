-- What version 4 adds: the digest of each staged file, noted with its items.

-- absent in rows of before
ALTER TABLE chunk ADD COLUMN sha256 TEXT;
