-- Version 2: what an export proves about a request.

-- The lists that an export consists of: a table, a page of JSON, a folder of clips. What one list
-- leaves out is known to be left out only between its own first and last recording.
CREATE TABLE import_lists (
  id        INTEGER PRIMARY KEY,
  import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  name      TEXT NOT NULL,                       -- the member's, '' if not known
  made      INTEGER NOT NULL DEFAULT 0,          -- Unix milliseconds that it was made after for certain, 0: nothing proves any
  UNIQUE (import_id, name)
) STRICT;

-- What a list had of each device.
CREATE TABLE list_coverage (
  list_id    INTEGER NOT NULL REFERENCES import_lists (id) ON DELETE CASCADE,
  device_id  INTEGER NOT NULL REFERENCES devices (id),
  first_id   INTEGER NOT NULL,                   -- ids carry the time; 0 if none is known
  last_id    INTEGER NOT NULL,
  recordings INTEGER NOT NULL,
  PRIMARY KEY (list_id, device_id)
) STRICT, WITHOUT ROWID;

-- Which recordings under a request an import came across again, and by what it knew them: the
-- proof that the maker still has them.
CREATE TABLE sightings (
  recording_id INTEGER NOT NULL,
  list_id      INTEGER NOT NULL REFERENCES import_lists (id) ON DELETE CASCADE,
  matched      TEXT NOT NULL CHECK (matched IN ('identifier', 'words', 'time')),
  PRIMARY KEY (recording_id, list_id)
) STRICT, WITHOUT ROWID;

-- Of earlier imports it is not known which list had what, nor when they were made. Each device
-- gets a list of its own, so that none is taken for the list of a whole account.
INSERT INTO import_lists (import_id, name) SELECT import_id, 'device ' || device_id FROM import_coverage;
INSERT INTO list_coverage (list_id, device_id, first_id, last_id, recordings)
  SELECT l.id, c.device_id, c.first_id, c.last_id, c.recordings FROM import_coverage c
  JOIN import_lists l ON l.import_id = c.import_id AND l.name = 'device ' || c.device_id;
INSERT INTO import_lists (import_id, name) SELECT DISTINCT import_id, '' FROM request_sightings;
INSERT INTO sightings (recording_id, list_id, matched)
  SELECT s.recording_id, l.id, 'time' FROM request_sightings s
  JOIN import_lists l ON l.import_id = s.import_id AND l.name = '';
DROP TABLE import_coverage;
DROP TABLE request_sightings;

-- Sightings are noted from a request's beginning on, so that only imports that began later can
-- tell what is gone.
ALTER TABLE requests ADD COLUMN after_import INTEGER NOT NULL DEFAULT 0; -- the newest import when it was drafted
UPDATE requests SET after_import = coalesce((SELECT max(i.id) FROM imports i WHERE i.started <= requests.created), 0);

-- Letters that were written because a maker still had something.
CREATE TABLE request_followups (
  request_id INTEGER NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
  number     INTEGER NOT NULL,                   -- 1, 2, …
  written    INTEGER NOT NULL,                   -- Unix milliseconds
  recordings INTEGER NOT NULL,                   -- that were still there
  folder     TEXT NOT NULL,
  PRIMARY KEY (request_id, number)
) STRICT, WITHOUT ROWID;
