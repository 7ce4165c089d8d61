package importer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strings"
	"time"

	"unsaid/store"
)

// Options say what to import and how.
type Options struct {
	// Paths are files, folders, archives, or the parts of one archive, as [Paths] takes them.
	Paths []string

	// Stdin is what is read where a path is [Stdin].
	Stdin io.Reader

	// Map says which column of a table holds what, for tables whose header is not recognised.
	// The keys are time, text, reply, device, serial, type, audio and id; the values are names of
	// columns. The key dates, with the value month-first or day-first, settles how dates such as
	// 03/04/2025 are meant. It applies to the tables that have all the columns it names, and is
	// remembered for tables with the same header.
	Map map[string]string

	// Zone is the time zone of dates in the names of plain audio files; nil is UTC. It is not for
	// the makers' exports: dates without a zone in Amazon's are UTC.
	Zone *time.Location

	// Doubtful imports what may have been purged as well as not. Otherwise it is left out and counted.
	Doubtful bool

	// DryRun works everything out and keeps nothing.
	DryRun bool

	// Probe recognises audio by its content. Nil falls back to the magic bytes alone, without durations.
	Probe func(data []byte) (format string, duration time.Duration, ok bool)

	// AskDates, if set, is asked where no date of a table proves whether the month or the day comes
	// first. It is given some of them, and returns [MonthFirst] or [DayFirst], or "" where nobody
	// knows: then the table fails. The answer is remembered for tables with the same header.
	AskDates func(ctx context.Context, member string, dates []string) (string, error)

	// Progress, if set, is called after every record and member, from the import's goroutine.
	Progress func(Progress)
}

// Source reads one kind of voice history.
type Source interface {
	// Name is how reports call the source.
	Name() string

	// Recognize reports whether the input holds anything that the source may be able to read.
	Recognize(in *Input) bool

	// Import reads what it recognises and leaves the rest of the input alone. Records and members
	// that fail go to the sink; the error is only ever the sink's or the context's.
	Import(ctx context.Context, in *Input, sink Sink) error
}

// Sink takes what a source reads. [store.Import] is one.
type Sink interface {
	Device(ctx context.Context, vendor string, d store.IncomingDevice) error
	Add(ctx context.Context, rec store.Incoming) error
	Member(ctx context.Context, m store.MemberOutcome) error
}

// sources returns every known source in the order in which they read an input: those that know
// their records exactly before those that go by likeness, loose audio files last.
func sources(o Options, memory columnMemory) []Source {
	return []Source{
		alexaHistory{},
		alexaActivities{},
		takeout{},
		ovos{},
		homeAssistant{},
		alexaArchive{mapping: o.Map, memory: memory, ask: o.AskDates},
		audioFiles{zone: zoneOrUTC(o.Zone)},
	}
}

func zoneOrUTC(zone *time.Location) *time.Location {
	if zone == nil {
		return time.UTC
	}
	return zone
}

// gcPercent is how much garbage may be left lying during an import, in percent of what is held.
const gcPercent = 20

// errNothingKnown is the reason when no source could make anything of an input.
var errNothingKnown = errors.New("nothing in it is a voice history that unsaid knows; " +
	"give it the archive as the maker handed it out, or the folder it was unpacked to")

// Run imports o.Paths into db. Members that fail do not stop it: they stand in the report. The
// error is for an import that brought nothing at all, for a failing database, and the context's
// error after a cancel; what was read before a cancel stays, and the report tells of it. A cancel after
// which that could not be kept returns the database's error instead.
func Run(ctx context.Context, db *store.DB, o Options) (report store.ImportReport, err error) {
	if len(o.Paths) == 0 {
		return report, errors.New("import: no file, folder or archive was named")
	}
	if err := checkMapping(o.Map); err != nil {
		return report, err
	}
	// What an import holds for long is small, and what it reads is garbage soon.
	defer debug.SetGCPercent(debug.SetGCPercent(gcPercent))
	if o.Paths, err = Paths(o.Paths); err != nil {
		return report, fmt.Errorf("import: %w", err)
	}
	opening := newOpening(o.Progress)
	arch, err := openArchive(ctx, o.Paths, o.Stdin, opening)
	if err != nil {
		return report, fmt.Errorf("import: %w", err)
	}
	defer func() { err = errors.Join(err, arch.Close()) }()
	in, err := newInput(ctx, &arch.tree, opening)
	if err != nil {
		return report, fmt.Errorf("import %s: %w", strings.Join(o.Paths, ", "), err)
	}
	in.probe, in.root = o.Probe, rootName(o.Paths)
	debug.FreeOSMemory() // the opening of many members leaves much behind that is not needed again

	im, err := db.BeginImport(ctx, o.Paths, o.DryRun)
	if err != nil {
		return report, fmt.Errorf("begin import: %w", err)
	}
	defer func() { err = errors.Join(err, im.Close()) }()
	if o.Doubtful {
		im.TakeDoubtful()
	}
	acc := newAccount(im, in, o.Progress)
	runErr := acc.run(ctx, sources(o, columnMemory{db: db, readOnly: o.DryRun}), arch.failed)
	state := store.ImportDone
	switch {
	case runErr == nil && acc.imported == 0:
		state, runErr = store.ImportFailed, acc.nothing(o.Paths)
	case runErr != nil && ctx.Err() != nil:
		state, runErr = store.ImportCancelled, ctx.Err()
	case runErr != nil:
		state = store.ImportFailed
	}
	report, err = im.Finish(context.WithoutCancel(ctx), state)
	return report, ended(state, runErr, err)
}

// ended puts together what an import and its end failed by. A cancel that could not keep what was read
// is no mere cancel, so it is not the context's error.
func ended(state store.ImportState, runErr, finishErr error) error {
	switch {
	case finishErr == nil || runErr != nil && cause(runErr).Error() == cause(finishErr).Error():
		return runErr
	case state == store.ImportCancelled:
		return fmt.Errorf("the import was stopped, and what it read last was not kept: %w", finishErr)
	}
	return errors.Join(runErr, finishErr)
}

// cause is the innermost error that err wraps.
func cause(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		err = inner
	}
}
