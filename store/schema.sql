-- The schema of a library. From the first release on it is never edited: changes come as a new file
-- beside this one.

-- Whose history it is: one person's account at one maker.
CREATE TABLE accounts (
  id       INTEGER PRIMARY KEY,
  vendor   TEXT NOT NULL,
  customer TEXT NOT NULL,                        -- the maker's id of the customer, '' if no export gave it
  name     TEXT NOT NULL,                        -- given by the user, '' if none
  merged_into INTEGER REFERENCES accounts (id)   -- the same person's; later imports follow this
) STRICT;
CREATE UNIQUE INDEX accounts_by_customer ON accounts (vendor, customer) WHERE customer <> '';

-- What accounts are called: by the user, or else, if the maker has several, by the end of the customer's id.
CREATE VIEW account_names (id, name) AS
  SELECT a.id, CASE WHEN a.name <> '' THEN a.name
    WHEN a.customer = '' OR (SELECT count(*) FROM accounts o WHERE o.vendor = a.vendor AND o.merged_into IS NULL) = 1 THEN ''
    ELSE '…' || substr(a.customer, -4) END FROM accounts a;

-- What recorded. A device is known by its serial where an export gives one, else by its name, within its account.
CREATE TABLE devices (
  id          INTEGER PRIMARY KEY,
  account_id  INTEGER NOT NULL REFERENCES accounts (id),
  named_account_id INTEGER REFERENCES accounts (id), -- under which it came, where that one was merged into account_id
  vendor      TEXT NOT NULL,
  serial      TEXT,
  type        TEXT NOT NULL DEFAULT '',
  maker_name  TEXT NOT NULL DEFAULT '',
  user_name   TEXT NOT NULL DEFAULT '',          -- given by the user; shown instead of the maker's
  none        INTEGER NOT NULL DEFAULT 0,        -- 1: it is no device, but has the recordings that no export puts on one
  merged_into INTEGER REFERENCES devices (id)    -- later imports follow this
) STRICT;
CREATE UNIQUE INDEX devices_by_serial ON devices (account_id, serial) WHERE serial IS NOT NULL AND merged_into IS NULL;
CREATE INDEX devices_of_serial ON devices (account_id, serial); -- merged ones, too
CREATE INDEX devices_by_name ON devices (account_id, maker_name);

-- Each device with the device that it is part of now, which is itself unless it was merged.
CREATE VIEW roots (id, root) AS
  WITH RECURSIVE chain (id, root) AS (
    SELECT id, id FROM devices WHERE merged_into IS NULL
    UNION ALL SELECT d.id, c.root FROM chain c JOIN devices d ON d.merged_into = c.id)
  SELECT id, root FROM chain;

-- Who was recognised.
CREATE TABLE people (
  id     INTEGER PRIMARY KEY,
  vendor TEXT NOT NULL,
  key    TEXT NOT NULL,                          -- the maker's id for the person, else the name
  name   TEXT NOT NULL,
  UNIQUE (vendor, key)
) STRICT;

-- What is known of a sound; its bytes are kept apart so that no listing ever reads past them.
CREATE TABLE audio (
  id          INTEGER PRIMARY KEY,
  sha256      BLOB NOT NULL UNIQUE,
  format      TEXT NOT NULL,
  bytes       INTEGER NOT NULL,
  duration_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE audio_data (
  audio_id INTEGER PRIMARY KEY REFERENCES audio (id) ON DELETE CASCADE,
  data     BLOB NOT NULL,
  peaks    BLOB                                  -- the waveform to draw, once it was computed
) STRICT;

CREATE TABLE imports (
  id       INTEGER PRIMARY KEY,
  state    TEXT NOT NULL CHECK (state IN ('running', 'done', 'cancelled', 'failed')),
  started  INTEGER NOT NULL,                     -- Unix milliseconds
  finished INTEGER,
  paths    TEXT NOT NULL,                        -- JSON array
  sources  TEXT NOT NULL DEFAULT '[]',           -- JSON array
  counts   TEXT NOT NULL DEFAULT '{}',           -- JSON object
  missing  TEXT NOT NULL DEFAULT '[]'            -- JSON array: names of the parts of its archives that no import has read
) STRICT;

CREATE TABLE import_members (
  id        INTEGER PRIMARY KEY,
  import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  member    TEXT NOT NULL,
  outcome   TEXT NOT NULL CHECK (outcome IN ('imported', 'ignored', 'failed')),
  reason    TEXT NOT NULL,
  remedy    TEXT NOT NULL,                       -- how to import it after all, '' if no way is known
  record    INTEGER NOT NULL,                    -- 1: one record inside a member
  may_hold  INTEGER NOT NULL,                    -- 1: it may hold recordings that were not read
  columns   TEXT NOT NULL,                       -- JSON array: of a table, what its columns were taken to hold
  recording_id INTEGER                           -- the only recording that it holds or belongs to, NULL if there are several or none
) STRICT;
CREATE INDEX import_members_by_import ON import_members (import_id, outcome);
-- A purge erases the names of the members of its recordings: a clip is often called after its words.
CREATE INDEX import_members_by_recording ON import_members (recording_id) WHERE recording_id IS NOT NULL;

-- Recordings that an import left out, since they may be purged ones as well as others: nothing that was said.
CREATE TABLE import_doubts (
  id        INTEGER PRIMARY KEY,
  import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  device_id INTEGER NOT NULL REFERENCES devices (id), -- as the export names it
  time      INTEGER NOT NULL                     -- Unix milliseconds, 0 if it is not known
) STRICT;
CREATE INDEX import_doubts_by_import ON import_doubts (import_id);

-- What a maker handed out of one product, as one import read it: the evidence of what it still holds.
CREATE TABLE exports (
  id        INTEGER PRIMARY KEY,
  import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  named_account_id INTEGER REFERENCES accounts (id), -- as in devices
  vendor    TEXT NOT NULL,
  product   TEXT NOT NULL,                       -- such as Gemini Apps; '' where a maker has only one
  made_on   INTEGER NOT NULL DEFAULT 0,          -- by the user's word it was made after this, in Unix milliseconds; 0: not said
  complete  INTEGER CHECK (complete IN (0, 1)),  -- by the user's word: whether it is all that the account has; NULL: not said
  UNIQUE (import_id, account_id, product)
) STRICT;

-- The files that were imported. A folder's are its archives.
CREATE TABLE export_files (
  id        INTEGER PRIMARY KEY,
  import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  name      TEXT NOT NULL,                       -- without its folder
  bytes     INTEGER NOT NULL,
  sha256    BLOB NOT NULL
) STRICT;
CREATE INDEX export_files_by_import ON export_files (import_id);

-- The lists that an export consists of: a table, a page of JSON, a folder of clips. What one list
-- leaves out is known to be left out only between its own first and last recording. Lists have no names:
-- a name may be made of what was said.
CREATE TABLE import_lists (
  id        INTEGER PRIMARY KEY,
  import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  export_id INTEGER NOT NULL REFERENCES exports (id) ON DELETE CASCADE,
  own       INTEGER NOT NULL,                    -- 1: unsaid wrote it, so it proves nothing
  made      INTEGER NOT NULL,                    -- Unix milliseconds; it was certainly made after this; 0: not known
  made_by   TEXT NOT NULL,                       -- what that rests on, '' for nothing
  packed    INTEGER NOT NULL                     -- when its archive says that it was packed, which is a hint; 0: not known
) STRICT;
CREATE INDEX import_lists_by_import ON import_lists (import_id);

-- What a list had of each device, as the export names it. A request's recordings count as gone only
-- where a later export covers their device and time.
CREATE TABLE list_coverage (
  list_id    INTEGER NOT NULL REFERENCES import_lists (id) ON DELETE CASCADE,
  device_id  INTEGER NOT NULL REFERENCES devices (id),
  first_id   INTEGER NOT NULL,                   -- ids carry the time; 0 if none is known
  last_id    INTEGER NOT NULL,
  recordings INTEGER NOT NULL,
  unintended INTEGER NOT NULL,                   -- how many of them were not meant for the assistant
  PRIMARY KEY (list_id, device_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE deletions (
  id         INTEGER PRIMARY KEY,
  created    INTEGER NOT NULL,                   -- Unix milliseconds
  query      TEXT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('done', 'undone', 'purged')),
  local      INTEGER NOT NULL,                   -- 1: went to the trash here
  recordings INTEGER NOT NULL,
  bytes      INTEGER NOT NULL,
  first_id   INTEGER NOT NULL,
  last_id    INTEGER NOT NULL,
  devices    INTEGER NOT NULL
) STRICT;

-- id = Unix milliseconds << 20 | disambiguator, so that the order of rows is the order of time
-- and no page of a listing needs a sort.
CREATE TABLE recordings (
  id          INTEGER PRIMARY KEY,
  device_id   INTEGER NOT NULL REFERENCES devices (id),
  named_id    INTEGER REFERENCES devices (id),   -- the device its export names, where that one was merged into device_id
  import_id   INTEGER REFERENCES imports (id),   -- that brought it
  state       INTEGER NOT NULL DEFAULT 0,        -- 0 live, 1 trashed
  deletion_id INTEGER REFERENCES deletions (id), -- that trashed it
  audio_id    INTEGER REFERENCES audio (id),
  unintended  INTEGER NOT NULL,
  typed       INTEGER NOT NULL,
  doubtful    INTEGER NOT NULL DEFAULT 0,        -- 1: it may be a purged one, and was imported since the user asked for it
  time_from   TEXT NOT NULL,
  linked_by   TEXT NOT NULL,
  kinds       TEXT NOT NULL DEFAULT '',          -- of its identifiers, with commas between: see store/keys.go
  vendor_id   TEXT,
  kind        TEXT NOT NULL,
  domain      TEXT NOT NULL,
  intent      TEXT NOT NULL,
  skill       TEXT NOT NULL,
  transcript  TEXT NOT NULL,
  reply       TEXT NOT NULL
) STRICT;
-- The newest of a state, and the newest of a device in a state, straight off an index.
CREATE INDEX recordings_by_state ON recordings (state, id);
CREATE INDEX recordings_by_device ON recordings (device_id, state, id);
-- Few recordings are unintended, and they are what people look for first.
CREATE INDEX recordings_unintended ON recordings (state, id) WHERE unintended = 1;
CREATE INDEX recordings_by_deletion ON recordings (deletion_id) WHERE deletion_id IS NOT NULL;
-- Audio that no recording uses any more is found when a purge looks it up here.
CREATE INDEX recordings_by_audio ON recordings (audio_id) WHERE audio_id IS NOT NULL;

CREATE TABLE recording_people (
  recording_id INTEGER NOT NULL REFERENCES recordings (id) ON DELETE CASCADE ON UPDATE CASCADE,
  person_id    INTEGER NOT NULL REFERENCES people (id),
  PRIMARY KEY (recording_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX recording_people_by_person ON recording_people (person_id);

-- The files of sound that recordings name, by the hashes of their names, whether the sound is there or not: it may come
-- with another import than the record that names it, before or after it.
CREATE TABLE clips (
  name         BLOB NOT NULL,
  recording_id INTEGER NOT NULL REFERENCES recordings (id) ON DELETE CASCADE ON UPDATE CASCADE,
  loose        INTEGER NOT NULL,                 -- 1: the recording is the clip alone, since no record named it yet
  PRIMARY KEY (name, recording_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX clips_by_recording ON clips (recording_id);
CREATE INDEX clips_loose ON clips (recording_id) WHERE loose = 1;

-- By what an import knows a recording again, as a hash: the maker's identifiers, or, where there
-- is none, device, time and words. It begins with the time where that is known, so that a batch of an import writes
-- to few pages of it. Several recordings may share a key, such as two entries of one
-- utterance. Keys of identifiers outlive a purge, and then lead to the tombstone.
CREATE TABLE recording_keys (
  key          BLOB NOT NULL,
  recording_id INTEGER NOT NULL,
  kind         INTEGER NOT NULL,                 -- of the identifier, see store/keys.go; 0: it is none, and there are words or a sound in it
  PRIMARY KEY (key, recording_id)
) STRICT, WITHOUT ROWID;
-- A purge erases these.
CREATE INDEX recording_keys_of_words ON recording_keys (recording_id) WHERE kind = 0;

-- What is left of a purged recording: nothing that was said.
CREATE TABLE tombstones (
  id          INTEGER PRIMARY KEY,               -- the recording's
  device_id   INTEGER NOT NULL REFERENCES devices (id),
  named_id    INTEGER REFERENCES devices (id),   -- as in recordings
  deletion_id INTEGER REFERENCES deletions (id),
  kinds       TEXT NOT NULL DEFAULT '',          -- as in recordings
  vendor_id   TEXT,
  unintended  INTEGER NOT NULL,                  -- an export may leave these out as a kind
  purged      INTEGER NOT NULL                   -- Unix milliseconds
) STRICT;

-- The search index. Rows are written by the same transactions that write recordings: a trigger
-- costs many times as much. One-letter prefixes are indexed since search begins at the first key.
CREATE VIRTUAL TABLE words USING fts5 (
  transcript, reply,
  content = 'recordings', content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2', prefix = '1'
);
-- Purged words are cut out of a new index one by one: see store/traces.go.
INSERT INTO words (words, rank) VALUES ('secure-delete', 1);
-- The words of a batch of an import are one segment of the index, and 16 of these are merged at once. With SQLite's own
-- settings, half the time of an import goes to merging segments.
INSERT INTO words (words, rank) VALUES ('hashsize', 4194304);
INSERT INTO words (words, rank) VALUES ('automerge', 16);

-- Erasure requests. A device has at most one draft, to which deletions add until it is sent.
CREATE TABLE requests (
  id          INTEGER PRIMARY KEY AUTOINCREMENT, -- a dropped draft's number stands in folders already
  device_id   INTEGER NOT NULL REFERENCES devices (id),
  named_id    INTEGER REFERENCES devices (id),   -- as in recordings
  status      TEXT NOT NULL CHECK (status IN ('draft', 'sent', 'gone', 'still-there', 'cannot-tell')),
  created     INTEGER NOT NULL,                  -- Unix milliseconds
  time_zone   TEXT NOT NULL,                     -- the days of its steps are days of this zone
  sent_on     TEXT NOT NULL DEFAULT '',          -- local day, or '' for not yet
  sent_by     TEXT NOT NULL DEFAULT '',          -- how, in the user's words
  sent_at     INTEGER NOT NULL DEFAULT 0,        -- Unix milliseconds by which it was sent at the latest
  due_on      TEXT NOT NULL DEFAULT '',
  after_import INTEGER NOT NULL,                 -- the newest import when it was last added to: only later ones can tell
  -- As the files were last written, or as it was sent:
  folder      TEXT NOT NULL DEFAULT '',          -- where they are
  law         TEXT NOT NULL DEFAULT '',
  language    TEXT NOT NULL DEFAULT '',
  letter      TEXT NOT NULL DEFAULT '',
  files       TEXT NOT NULL DEFAULT '{}'         -- JSON object: their SHA-256 in hex, by name
) STRICT;

-- The steps as the files were last written, or as the request was sent. Those of a draft are planned when it is shown.
CREATE TABLE request_steps (
  request_id INTEGER NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
  step       INTEGER NOT NULL,                   -- 0, 1, … in order of time
  kind       TEXT NOT NULL CHECK (kind IN ('device', 'range', 'single')),
  from_day   TEXT NOT NULL,                      -- local days, both included, '' unless a range
  to_day     TEXT NOT NULL,
  PRIMARY KEY (request_id, step)
) STRICT, WITHOUT ROWID;

-- recording_id has no foreign key: a request outlives the purge of its recordings.
CREATE TABLE request_items (
  request_id   INTEGER NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
  recording_id INTEGER NOT NULL,
  deletion_id  INTEGER NOT NULL REFERENCES deletions (id), -- that asks for it
  step         INTEGER NOT NULL DEFAULT -1,      -- of request_steps; -1: in none
  withdrawn    INTEGER NOT NULL DEFAULT 0,       -- 1: taken out after the files were written, or withdrawn by letter
  done_on      TEXT NOT NULL DEFAULT '',         -- local day on which the user did its step at the maker, '' for not yet
  outcome      TEXT NOT NULL DEFAULT ''          -- '', gone, still-there or cannot-tell
    CHECK (outcome IN ('', 'gone', 'still-there', 'cannot-tell')),
  PRIMARY KEY (request_id, recording_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX request_items_by_recording ON request_items (recording_id, request_id);
CREATE INDEX request_items_by_deletion ON request_items (deletion_id);

-- The items with whether they are in force: neither withdrawn nor their deletion undone.
CREATE VIEW asked (request_id, recording_id, deletion_id, step, done_on, outcome, in_force) AS
  SELECT i.request_id, i.recording_id, i.deletion_id, i.step, i.done_on, i.outcome, i.withdrawn = 0 AND d.state <> 'undone'
  FROM request_items i JOIN deletions d ON d.id = i.deletion_id;

-- Which recordings under a request an import found again, and how they were matched: the proof that
-- the maker still has them. An unsure one proves nothing: see import_doubts.
CREATE TABLE sightings (
  recording_id INTEGER NOT NULL,
  list_id      INTEGER NOT NULL REFERENCES import_lists (id) ON DELETE CASCADE,
  matched      TEXT NOT NULL CHECK (matched IN ('identifier', 'time', 'unsure', 'words')),
  PRIMARY KEY (recording_id, list_id)
) STRICT, WITHOUT ROWID;

-- What an export has that no recording under a request was found to be, but that may be one. It proves nothing until the
-- user says whether it is the same.
CREATE TABLE lookalikes (
  recording_id INTEGER NOT NULL,                 -- under a request
  other_id     INTEGER NOT NULL,                 -- the recording that an import added
  list_id      INTEGER NOT NULL REFERENCES import_lists (id) ON DELETE CASCADE,
  PRIMARY KEY (recording_id, other_id, list_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX lookalikes_by_other ON lookalikes (other_id);

CREATE TABLE lookalike_answers (
  recording_id INTEGER NOT NULL,
  other_id     INTEGER NOT NULL,
  same         INTEGER NOT NULL,                 -- 1: the user says that they are one recording; 0: two
  PRIMARY KEY (recording_id, other_id)
) STRICT, WITHOUT ROWID;

-- What a maker answered to a request, and what the user noted about it.
CREATE TABLE request_answers (
  id         INTEGER PRIMARY KEY,
  request_id INTEGER NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
  kind       TEXT NOT NULL,                      -- see store/requests_answers.go
  day        TEXT NOT NULL,                      -- local
  text       TEXT NOT NULL                       -- the ground, or the note
) STRICT;
CREATE INDEX request_answers_by_request ON request_answers (request_id, day, id);

-- Letters that were written after a request was sent.
CREATE TABLE request_letters (
  request_id INTEGER NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
  kind       TEXT NOT NULL CHECK (kind IN ('followup', 'withdrawal')),
  number     INTEGER NOT NULL,                   -- 1, 2, … of the kind
  written    INTEGER NOT NULL,                   -- Unix milliseconds
  recordings INTEGER NOT NULL,                   -- that it is about
  folder     TEXT NOT NULL,
  PRIMARY KEY (request_id, kind, number)
) STRICT, WITHOUT ROWID;

-- Column mappings that the user gave for a table header, so that they are asked for once.
CREATE TABLE column_maps (
  header TEXT PRIMARY KEY,                       -- the normalised header
  map    TEXT NOT NULL                           -- JSON object
) STRICT, WITHOUT ROWID;

-- What was searched for, the newest with the highest id. It tells as much of a person as the
-- recordings do, so it is short, and a purge erases all of it.
CREATE TABLE searches (
  id    INTEGER PRIMARY KEY,
  query TEXT NOT NULL UNIQUE
) STRICT;

-- Searches that were given a name, which stay until they are dropped.
CREATE TABLE saved_searches (
  name  TEXT PRIMARY KEY COLLATE NOCASE,
  query TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What was done and can be undone, in the order in which it was done.
CREATE TABLE changes (
  id          INTEGER PRIMARY KEY,
  deletion_id INTEGER UNIQUE REFERENCES deletions (id),
  change      TEXT NOT NULL,                     -- JSON object; of an undone deletion with its recordings' ids
  undone      INTEGER                            -- in which order they were undone, NULL: in force
) STRICT;
