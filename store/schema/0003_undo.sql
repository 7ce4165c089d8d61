-- Version 3: an undo can be taken back, and the search index of a new library is clean.

-- What was undone, so that it can be redone, the newest first and until something else is deleted.
CREATE TABLE undos (
  id          INTEGER PRIMARY KEY,
  deletion_id INTEGER NOT NULL UNIQUE REFERENCES deletions (id),
  asked       INTEGER NOT NULL                   -- 1: there were requests to the makers
) STRICT;

CREATE TABLE deletion_items (
  deletion_id  INTEGER NOT NULL REFERENCES undos (deletion_id) ON DELETE CASCADE,
  recording_id INTEGER NOT NULL,
  PRIMARY KEY (deletion_id, recording_id)
) STRICT, WITHOUT ROWID;

-- What is in an index that was made before is cleaned by the next purge: see store/traces.go.
INSERT INTO words (words, rank) SELECT 'secure-delete', NOT EXISTS (SELECT 1 FROM recordings);
