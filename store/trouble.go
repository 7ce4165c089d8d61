package store

import (
	"errors"
	"fmt"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// explain adds what can be done about SQLite's errors that are not the program's fault.
func explain(err error) error {
	if h := hint(err); h != "" {
		return fmt.Errorf(h, err)
	}
	return err
}

// hint is the format in which to explain an error, "" if there is nothing to say about it.
func hint(err error) string {
	var failure *sqlite.Error
	if !errors.As(err, &failure) {
		return ""
	}
	const primary = 0xff // the rest of a code tells the circumstances
	switch failure.Code() & primary {
	case sqlite3.SQLITE_FULL:
		return "there is no room for the library (%w); what was kept before is safe: make room and do it again"
	case sqlite3.SQLITE_IOERR:
		return "the library's disk is full or fails (%w); what was kept before is safe: see to the disk and do it again"
	case sqlite3.SQLITE_BUSY:
		return "the library is busy: another program has been writing to it for long (%w); do it again when that is done"
	}
	return ""
}
