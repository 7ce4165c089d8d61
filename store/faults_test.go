package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

var errInjected = errors.New("injected fault")

// faults counts what the writing connection is asked to do, and lets one of these requests fail.
type faults struct {
	asked int
	at    int // which one fails, from 1 on; 0: none
}

func (f *faults) next() error {
	if f.asked++; f.asked == f.at {
		return errInjected
	}
	return nil
}

// inject puts a connection that fails in between a library and its file.
func inject(t *testing.T, db *DB) *faults {
	t.Helper()
	held, err := db.write.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	f := &faults{}
	if err := held.Raw(func(raw any) error {
		pool := db.write
		db.write = sql.OpenDB(faultyConnector{faultyConn{raw.(sqliteConn), f}, pool.Driver()})
		db.write.SetMaxOpenConns(1)
		t.Cleanup(func() {
			if err := errors.Join(db.write.Close(), held.Close()); err != nil {
				t.Error(err)
			}
			db.write = pool
		})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return f
}

// sqliteConn is what the driver's connections can do.
type sqliteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
}

type faultyConnector struct {
	conn   faultyConn
	driver driver.Driver
}

func (c faultyConnector) Connect(context.Context) (driver.Conn, error) { return c.conn, nil }
func (c faultyConnector) Driver() driver.Driver                        { return c.driver }

type faultyConn struct {
	sqliteConn
	f *faults
}

func (c faultyConn) Close() error { return nil } // it is the library's own

func (c faultyConn) ExecContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Result, error) {
	if err := c.f.next(); err != nil {
		return nil, err
	}
	return c.sqliteConn.ExecContext(ctx, text, args)
}

func (c faultyConn) QueryContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Rows, error) {
	if err := c.f.next(); err != nil {
		return nil, err
	}
	return c.sqliteConn.QueryContext(ctx, text, args)
}

func (c faultyConn) PrepareContext(ctx context.Context, text string) (driver.Stmt, error) {
	stmt, err := c.sqliteConn.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	return faultyStmt{stmt.(sqliteStmt), c.f}, nil
}

func (c faultyConn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	if err := c.f.next(); err != nil {
		return nil, err
	}
	tx, err := c.sqliteConn.BeginTx(ctx, o)
	return faultyTx{tx, c.f}, err
}

type sqliteStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

type faultyStmt struct {
	sqliteStmt
	f *faults
}

func (s faultyStmt) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	if err := s.f.next(); err != nil {
		return nil, err
	}
	return s.sqliteStmt.ExecContext(ctx, args)
}

func (s faultyStmt) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	if err := s.f.next(); err != nil {
		return nil, err
	}
	return s.sqliteStmt.QueryContext(ctx, args)
}

type faultyTx struct {
	driver.Tx
	f *faults
}

func (t faultyTx) Commit() error {
	if err := t.f.next(); err != nil {
		return errors.Join(err, t.Rollback())
	}
	return t.Tx.Commit()
}

// contents writes down all rows of a library, but for the inside of the search index.
func contents(t *testing.T, db *DB) string {
	t.Helper()
	ctx := context.Background()
	text := func(rows *sql.Rows) (string, error) {
		columns, err := rows.Columns()
		if err != nil {
			return "", err
		}
		values, places := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			places[i] = &values[i]
		}
		err = rows.Scan(places...)
		for i, v := range values {
			switch v.(type) {
			case string, []byte:
				values[i] = fmt.Sprintf("%q", v)
			}
		}
		return fmt.Sprint(values...), err
	}
	tables, err := all(ctx, db.read, scanValue[string], `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'words%' ORDER BY name`)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, table := range tables {
		columns := "*"
		if table == "import_members" { // which are written first depends on the batches
			columns = "import_id, member, outcome, reason, record, recording_id"
		}
		rows, err := all(ctx, db.read, text, `SELECT `+columns+` FROM `+table)
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(rows)
		fmt.Fprintf(&out, "%s\n%s\n", table, strings.Join(rows, "\n"))
	}
	return out.String()
}

// mixedImport is an import that goes on after an error.
type mixedImport struct {
	t      *testing.T
	im     *Import
	failed int // how many errors there were
}

func (m *mixedImport) try(err error) {
	if err != nil && !errors.Is(err, errInjected) {
		m.t.Fatal(err)
	}
	if err != nil {
		m.failed++
	}
}

func (m *mixedImport) add(origin string, rec Incoming, own ...string) {
	rec.Origin, rec.List.Name = origin, origin
	for _, member := range own {
		rec.Members = append(rec.Members, MemberOutcome{Member: member, Outcome: MemberImported})
	}
	m.try(m.im.Add(context.Background(), rec))
}

func (m *mixedImport) member(name string, o Outcome) {
	m.try(m.im.Member(context.Background(), MemberOutcome{Member: name, Outcome: o, Reason: "synthetic"}))
}

func (m *mixedImport) device(serial, name string) {
	m.try(m.im.Device(context.Background(), Amazon, IncomingDevice{Serial: serial, Type: "A1", Name: name}))
}

func (m *mixedImport) flush() { m.try(m.im.flush(context.Background())) }

// importMixed imports what meets every branch of an import, in several batches, and goes on after an
// error. It returns how many there were.
func importMixed(t *testing.T, db *DB) (failed int) {
	t.Helper()
	ctx := context.Background()
	m := &mixedImport{t: t}
	var err error
	for begun := false; !begun; begun = err == nil { // of one that fails nothing has come
		m.im, err = db.BeginImport(ctx, []string{"mixed.zip", "folder/purged.wav"}, false)
		m.try(err)
	}
	m.im.Source("synthetic")
	nameless := func(device, when, words string) Incoming { // known by device, time and words alone
		rec := said(device, when, words)
		rec.VendorID = ""
		return rec
	}
	m.add("a.csv", nameless("Kitchen", "2025-03-01 18:42:07", "play jazz")) // one that is known
	m.add("a.csv", nameless("Kitchen", "2025-03-04 08:00:00", "lights"))
	m.add("a.csv", nameless("Kitchen", "2025-03-04 08:00:00", "lights off"))
	m.device("G0ATTIC", "Attic")
	m.flush()
	m.add("a.csv", nameless("Kitchen", "2025-03-04 08:00:00", "")) // the same second, list and device, over two batches
	m.add("b.csv", nameless("Kitchen", "2025-03-04 08:00:00", "lights"))
	m.add("b.csv", nameless("Kitchen", "2025-03-04 08:00:00", ""))
	person := withAudio(said("Attic", "2025-03-05 08:00:00", "stop"), "attic")
	person.People = []IncomingPerson{{ID: "p1", Name: "Anna"}}
	m.add("b.csv", person, "stop.wav")
	m.member("b.csv", MemberImported)
	m.add("one.csv", nameless("Bedroom", "2025-03-02 18:42:07", "purged")) // in doubt, and all that its member holds
	m.add("several.csv", nameless("Bedroom", "2025-03-02 18:42:07", "purged"))
	m.flush()
	m.device("G0BEDROOM", "Guest room")
	m.member("one.csv", MemberImported)
	m.add("several.csv", nameless("Bedroom", "2025-03-02 18:42:07", "purged"), "doubtful.wav") // no entry before is taken for it
	m.add("c.csv", said("Bedroom", "2025-03-02 18:42:07", "purged"), "purged.wav")
	m.flush()
	m.member("several.csv", MemberImported)
	m.member("._purged.wav", MemberIgnored) // lies beside what an earlier batch did not name
	completed := withAudio(said("Bedroom", "2025-03-03 18:42:07", ""), "bedroom")
	completed.VendorID, completed.Transcript = "id:2025-03-03 18:42:07:", "good night"
	m.add("c.csv", completed)
	m.member("c.csv:3", MemberFailed)
	for done := false; !done; done = err == nil {
		_, err = m.im.Finish(ctx, ImportDone)
		m.try(err)
	}
	return m.failed
}

// An import in which any statement fails once, and which goes on, ends as one in which nothing failed.
func TestImportSurvivesEveryFault(t *testing.T) {
	ctx := context.Background()
	base := filepath.Join(t.TempDir(), "base.db")
	db := open(t)
	importAll(t, db, said("Kitchen", "2025-03-01 18:42:07", "play jazz"), said("Bedroom", "2025-03-02 18:42:07", "purged"),
		said("Bedroom", "2025-03-03 18:42:07", ""))
	deleteAll(t, db, "purged")
	if _, err := db.Purge(ctx, 0, nil); err != nil {
		t.Fatal(err)
	}
	if err := db.Backup(ctx, base); err != nil {
		t.Fatal(err)
	}
	library, err := os.ReadFile(base)
	if err != nil {
		t.Fatal(err)
	}
	run := func(t *testing.T, fail int) (string, int) {
		path := filepath.Join(t.TempDir(), "unsaid.db")
		if err := os.WriteFile(path, library, 0o600); err != nil {
			t.Fatal(err)
		}
		db := openAt(t, path)
		if _, err := db.write.Exec(`PRAGMA synchronous = OFF`); err != nil { // the test is about faults, not crashes
			t.Fatal(err)
		}
		db.now = func() time.Time { return at("2025-04-01 12:00:00") }
		f := inject(t, db)
		f.at = fail
		if failed := importMixed(t, db); failed != min(fail, 1) {
			t.Errorf("%d errors were returned", failed)
		}
		asked := f.asked
		if report, err := db.Check(ctx); err != nil || !report.Sound() {
			t.Errorf("%+v, %v", report, err)
		}
		return contents(t, db), asked
	}
	want, asked := run(t, 0)
	for _, text := range []string{`\"Doubtful\":3`, "stop.wav", "several.csv", erasedName} {
		if !strings.Contains(want, text) {
			t.Errorf("there is no %s in\n%s", text, want)
		}
	}
	for _, name := range []string{"purged.wav", "doubtful.wav", "one.csv"} {
		if strings.Contains(want, name) {
			t.Errorf("the name %s is kept in\n%s", name, want)
		}
	}
	for at := 1; at <= asked; at++ {
		t.Run(fmt.Sprint(at), func(t *testing.T) {
			if got, _ := run(t, at); got != want {
				t.Errorf("the library is another one:\n%s\ninstead of\n%s", got, want)
			}
		})
	}
}
