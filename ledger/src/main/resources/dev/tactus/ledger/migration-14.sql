-- What version 14 adds: the mark of the lake's last change that the ledger has counted. A ledger and a lake that went on
-- apart from one another have counted equally far, perhaps, and not the same changes.

ALTER TABLE bond ADD COLUMN mark TEXT;
