-- Version 4: searches are remembered.

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
