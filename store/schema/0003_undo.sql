-- Version 3: an undo can be taken back, and the search index begins clean.

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

-- Nothing of a row is in the index any more that is not in the library: see store/traces.go.
INSERT INTO words (words) VALUES ('optimize');
INSERT INTO words (words, rank) VALUES ('secure-delete', 1);
