-- What version 11 adds: what tells whether the items of a run have changed since they were last copied to the lake.

-- goes up with every change of an item
ALTER TABLE run ADD COLUMN change INTEGER NOT NULL DEFAULT 0;
