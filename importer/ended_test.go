package importer

import (
	"context"
	"errors"
	"strings"
	"testing"

	"unsaid/store"
)

const someRows = "Timestamp,Transcript\n2025-03-01 10:00:00,hello\n2025-03-01 10:01:00,bye\n"

// A library that cannot keep what was read is never told as a mere interruption.
func TestACancelThatKeepsNothingSaysWhy(t *testing.T) {
	dir := onDisk(t, files{"t.csv": someRows})
	db := openLibrary(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	_, err := Run(ctx, db, Options{Paths: []string{dir}, Progress: func(p Progress) {
		if !p.Opening {
			cancel()
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		}
	}})
	if err == nil || errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "database is closed") {
		t.Errorf("%v", err)
	}
}

func TestWhatAnImportFailedByIsSaidOnce(t *testing.T) {
	full, other := errors.New("full"), errors.New("another")
	for _, c := range []struct {
		state            store.ImportState
		run, finish      error
		want             string
		isCanceled, none bool
	}{
		{state: store.ImportDone, none: true},
		{state: store.ImportDone, finish: full, want: "full"},
		{state: store.ImportFailed, run: full, want: "full"},
		{state: store.ImportFailed, run: full, finish: errors.New("full"), want: "full"},
		{state: store.ImportFailed, run: other, finish: full, want: "another\nfull"},
		{state: store.ImportCancelled, run: context.Canceled, want: "context canceled", isCanceled: true},
		{state: store.ImportCancelled, run: context.Canceled, finish: full, want: "the import was stopped, and what it read last was not kept: full"},
	} {
		err := ended(c.state, c.run, c.finish)
		if c.none != (err == nil) || err != nil && err.Error() != c.want || errors.Is(err, context.Canceled) != c.isCanceled {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

func TestACancelledDryRunTellsWhatItSaw(t *testing.T) {
	dir := onDisk(t, files{"t.csv": someRows})
	db := openLibrary(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	report, err := Run(ctx, db, Options{Paths: []string{dir}, DryRun: true, Progress: func(p Progress) {
		if !p.Opening {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) || report.State != store.ImportCancelled || report.Added == 0 {
		t.Errorf("%v, %+v", err, report)
	}
	if r := mustRun(t, db, Options{Paths: []string{dir}}); r.ID != 1 || r.Added != 2 {
		t.Errorf("afterwards: %+v", r)
	}
}

// An import that panics lets go of the library.
func TestAPanicInADryRunLetsGo(t *testing.T) {
	dir := onDisk(t, files{"t.csv": someRows})
	db := openLibrary(t)
	func() {
		defer func() {
			if recover() == nil {
				t.Error("there was no panic")
			}
		}()
		_, err := Run(t.Context(), db, Options{Paths: []string{dir}, DryRun: true, Progress: func(p Progress) {
			if !p.Opening {
				panic("synthetic")
			}
		}})
		t.Error(err)
	}()
	if r := mustRun(t, db, Options{Paths: []string{dir}}); r.Added != 2 {
		t.Errorf("afterwards: %+v", r)
	}
}
