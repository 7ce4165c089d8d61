-- Version 5: a merge of devices can be taken back, and so can changes of names; what an import brought
-- is found again.

-- Which device an export named, where that one was merged into device_id. Of what was merged before this
-- version it is not known.
ALTER TABLE recordings ADD COLUMN named_id INTEGER REFERENCES devices (id);
ALTER TABLE tombstones ADD COLUMN named_id INTEGER REFERENCES devices (id);
ALTER TABLE requests ADD COLUMN named_id INTEGER REFERENCES devices (id);

-- Which import it came with. Of what came before this version it is not known.
ALTER TABLE recordings ADD COLUMN import_id INTEGER REFERENCES imports (id);

-- Each device, and the one that it is a part of by now, which is itself where it was not merged.
-- list_coverage keeps to the devices that exports name.
CREATE VIEW roots (id, root) AS
  WITH RECURSIVE chain (id, root) AS (
    SELECT id, id FROM devices WHERE merged_into IS NULL
    UNION ALL SELECT d.id, c.root FROM chain c JOIN devices d ON d.merged_into = c.id)
  SELECT id, root FROM chain;

-- What was done and can be taken back, in the order in which it was done.
CREATE TABLE changes (
  id          INTEGER PRIMARY KEY,
  deletion_id INTEGER UNIQUE REFERENCES deletions (id),
  change      TEXT NOT NULL,                     -- JSON object; {} for a deletion
  undone      INTEGER                            -- in which order they were taken back, NULL: in force
) STRICT;
INSERT INTO changes (deletion_id, change, undone)
  SELECT d.id, '{}', u.id FROM deletions d LEFT JOIN undos u ON u.deletion_id = d.id
  WHERE d.state = 'done' OR u.id IS NOT NULL ORDER BY d.id;
