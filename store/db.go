package store

import (
	"context"
	"database/sql"
	_ "embed" // for the schema
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	_ "modernc.org/sqlite" // registers the driver "sqlite"
)

// applicationID marks the file as ours in SQLite's header: "unsd" in ASCII.
const applicationID = 0x756e7364

// schemaVersion is the file's user_version. Versions below it belong to development versions.
const schemaVersion = 104

// How many connections read at a time: the screen, a search, a count, one to spare.
const readers = 4

//go:embed schema.sql
var schema string

// The kinds of file that Open refuses, without having touched them.
var (
	ErrNotOurs     = errors.New("not an unsaid library")
	ErrNewer       = errors.New("made by a newer version of unsaid")
	ErrDevelopment = errors.New("made by a development version of unsaid")
)

// ErrNotFound is returned where something asked for by its id does not exist.
var ErrNotFound = errors.New("not found")

// DB is an open library. It is safe for use by several goroutines.
type DB struct {
	path  string
	write *sql.DB
	pool  *sql.DB // of the connections that read
	read  querier // pool, or the transaction that this DB is a view of
	now   func() time.Time
}

// Open opens the library at path and makes it, and the folder around it, if there is none. It
// returns an error that wraps [ErrNotOurs], [ErrNewer] or [ErrDevelopment] for a file that it must
// not touch.
func Open(ctx context.Context, path string) (*DB, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("open library: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, WithRemedy(fmt.Errorf("make the folder of the library: %w", err), ChooseLibrary)
	}
	if err := inspect(path); err != nil {
		return nil, err
	}
	if info, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() == 0 {
		if err := create(ctx, path); err != nil {
			return nil, WithRemedy(fmt.Errorf("make library %s: %w", path, explain(err)), ChooseLibrary)
		}
	}
	db := &DB{path: path, now: time.Now}
	// A backup is not in WAL mode yet, in which browsing goes on during an import. A larger cache makes an import a little faster, and takes twice its size in memory.
	if db.write, err = connect(path, 1, "_txlock=immediate", "_pragma=journal_mode(WAL)", "_pragma=secure_delete(1)",
		"_pragma=foreign_keys(1)", "_pragma=synchronous(FULL)", "_pragma=cache_size(-4096)",
		"_pragma=temp_store(MEMORY)", "_pragma=journal_size_limit(67108864)"); err != nil {
		return nil, err
	}
	if db.pool, err = connect(path, readers, "mode=ro", "_pragma=query_only(1)",
		"_pragma=temp_store(MEMORY)"); err != nil {
		return nil, errors.Join(err, db.write.Close())
	}
	db.read = db.pool
	if err := db.checkVersion(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// SetClock has the library take the time from a clock other than the machine's.
func (db *DB) SetClock(now func() time.Time) { db.now = now }

// Close ends all work with the library. Close waits for running statements.
func (db *DB) Close() error {
	return errors.Join(db.pool.Close(), db.write.Close())
}

// Path is where the library is.
func (db *DB) Path() string { return db.path }

// connect opens at most n connections to the file at path. temp_store is MEMORY on all of them,
// so that no word reaches a temporary file.
func connect(path string, n int, options ...string) (*sql.DB, error) {
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // C:/… on Windows
	}
	dsn := "file://" + (&url.URL{Path: slashed}).EscapedPath() + "?_pragma=busy_timeout(15000)"
	for _, o := range options {
		dsn += "&" + o
	}
	pool, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, fmt.Errorf("open library %s: %w", path, err)
	}
	pool.SetMaxOpenConns(n)
	pool.SetMaxIdleConns(n)
	return pool, nil
}

// inspect reads the file's header, without SQLite's help so that nothing is changed, and
// refuses what is not ours. The offsets are those of the "Database Header" section of SQLite's
// file format.
func inspect(path string) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return WithRemedy(fmt.Errorf("open library: %w", err), ChooseLibrary)
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return WithRemedy(fmt.Errorf("open library %s: %w: it is not a file", path, ErrNotOurs), ChooseLibrary)
	}
	header := make([]byte, 100)
	n, err := io.ReadFull(f, header)
	switch {
	case errors.Is(err, io.EOF):
		return nil // empty: ours to make
	case err != nil && !errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("read library %s: %w", path, err)
	case n < len(header) || string(header[:16]) != "SQLite format 3\x00":
		return WithRemedy(fmt.Errorf("open library %s: %w: it is not an SQLite file", path, ErrNotOurs), ChooseLibrary)
	case binary.BigEndian.Uint32(header[68:]) != applicationID:
		return WithRemedy(fmt.Errorf("open library %s: %w: it belongs to another program", path, ErrNotOurs), ChooseLibrary)
	}
	return refuseVersion(path, int(binary.BigEndian.Uint32(header[60:])))
}

// refuseVersion refuses a library whose schema is not the one that this program knows.
func refuseVersion(path string, version int) error {
	switch {
	case version > schemaVersion:
		return fmt.Errorf("open library %s: %w (its schema is %d, this program knows up to %d; update unsaid)",
			path, ErrNewer, version, schemaVersion)
	case version < schemaVersion:
		return WithRemedy(fmt.Errorf("open library %s: %w, which this version cannot read; import your exports into a new library",
			path, ErrDevelopment), ChooseLibrary)
	}
	return nil
}

// create makes a library beside path and moves it there when it is whole, so that a file at
// path is always a library, whenever the program is interrupted.
func create(ctx context.Context, path string) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".new-*") // has mode 0600
	if err != nil {
		return err
	}
	temp := f.Name()
	defer func() {
		if removed := os.Remove(temp); removed != nil && !errors.Is(removed, fs.ErrNotExist) {
			err = errors.Join(err, removed)
		}
	}()
	if err := f.Close(); err != nil {
		return err
	}
	pool, err := connect(temp, 1)
	if err != nil {
		return err
	}
	// Both need to be set before there are tables; free pages can then be returned by a purge.
	script := fmt.Sprintf("PRAGMA auto_vacuum = INCREMENTAL; PRAGMA application_id = %d; BEGIN; %s; PRAGMA user_version = %d; COMMIT; PRAGMA journal_mode = WAL",
		applicationID, schema, schemaVersion)
	_, err = pool.ExecContext(ctx, script)
	if err := errors.Join(err, pool.Close()); err != nil {
		return err
	}
	// A link fails where another process was faster, and then that one's library is taken.
	if err := os.Link(temp, path); err == nil || errors.Is(err, fs.ErrExist) && !isEmpty(path) {
		return nil
	}
	return os.Rename(temp, path)
}

func isEmpty(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Size() == 0
}

// checkVersion reads the version once more, by SQLite: a change of it may still stand in the
// write-ahead log alone.
func (db *DB) checkVersion(ctx context.Context) error {
	var version int
	if err := db.write.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return WithRemedy(fmt.Errorf("open library %s: %w", db.path, err), OpenBackup)
	}
	return refuseVersion(db.path, version)
}

// Backup writes a consistent copy of the library to path, which must not exist yet. The library
// may be in use.
func (db *DB) Backup(ctx context.Context, path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("back up library: %w", err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("back up library: %w", err)
	}
	if _, err := db.write.ExecContext(ctx, "VACUUM INTO ?", path); err != nil {
		return errors.Join(fmt.Errorf("back up library to %s: %w", path, explain(err)), os.Remove(path))
	}
	return nil
}

// update runs work in a transaction of the writing connection. If work fails or panics, or the commit
// fails, the library is as it was before, so work must not change anything else that outlives it.
func (db *DB) update(ctx context.Context, work func(*sql.Tx) error) error {
	return explain(db.attempt(ctx, work))
}

func (db *DB) attempt(ctx context.Context, work func(*sql.Tx) error) (err error) {
	tx, err := db.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	// Also after a panic: there is no other connection that writes.
	defer func() { err = errors.Join(err, ignoreDone(tx.Rollback())) }()
	if err := work(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// execute runs a single statement in a transaction.
func (db *DB) execute(ctx context.Context, text string, args ...any) error {
	return db.update(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, text, args...)
		return err
	})
}

// ignoreDone drops the error of rolling back a transaction that has ended already: it was committed, or
// rolled back when its context was cancelled.
func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

// all collects what scan reads from each row of a query.
func all[T any](ctx context.Context, from querier, scan func(*sql.Rows) (T, error), query string, args ...any) ([]T, error) {
	rows, err := from.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		found = append(found, one)
	}
	return found, rows.Err()
}

// scanValue reads a row of one column.
func scanValue[T any](rows *sql.Rows) (T, error) {
	var value T
	return value, rows.Scan(&value)
}

// querier is what a pool and a transaction have in common.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// affected is how many rows an executed statement changed.
func affected(result sql.Result, err error) (int, error) {
	if err != nil {
		return 0, err
	}
	n, err := result.RowsAffected()
	return int(n), err
}

// changes reports whether an executed statement changed any row.
func changes(result sql.Result, err error) (bool, error) {
	n, err := affected(result, err)
	return n > 0, err
}

// milliseconds of a time for a column, and back; the zero Time is 0.
func toMillis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func fromMillis(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
