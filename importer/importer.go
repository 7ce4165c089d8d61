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

	// Map says which column of a table holds what, for tables whose header unsaid does not know.
	// The keys are time, text, reply, device, serial, type, audio and id; the values are names of
	// columns. The key dates, with the value month-first or day-first, settles how dates such as
	// 03/04/2025 are meant. It applies to the tables that have all the columns it names, and is
	// remembered for tables with the same header.
	Map map[string]string

	// Zone is the time zone of dates in the names of plain audio files; nil is UTC. It is not for
	// vendors' exports: dates without a zone in Amazon's are UTC.
	Zone *time.Location

	// DateZone is the time zone of dates in exports whose zone cannot be known; nil if the user has not said. An
	// abbreviation keeps the offset that it has there in any season.
	DateZone *time.Location
	// Account is whose history it is, by the user's word: the name or the number of an account, which is made if there is
	// none of that name. "" is the account of the customer that the export names, or else the maker's only one.
	Account string

	// Complete is the user's answer to whether this is all that the account has.
	Complete store.Answer

	// MadeAfter is when, at the earliest, the maker made the export, as the user says; the zero Time if unknown.
	MadeAfter time.Time

	// Doubtful also imports recordings that may be purged ones. Otherwise they are left out and counted.
	Doubtful bool

	// DryRun reads everything and keeps nothing.
	DryRun bool

	// Probe recognises audio by its content. Nil falls back to the magic bytes alone, without durations.
	Probe func(data []byte) (format string, duration time.Duration, ok bool)

	// AskDates, if set, is called if no date of a table proves whether the month or the day comes first.
	// It gets some of the dates and returns [MonthFirst], [DayFirst], or "" for no answer, which fails
	// the table. The answer is remembered for tables with the same header.
	AskDates func(ctx context.Context, member string, dates []string) (string, error)

	// AskZone, if set, is called for a file whose dates have a time zone that cannot be known. It returns nil for no
	// answer, which fails the file.
	AskZone func(context.Context, ZoneQuestion) (*time.Location, error)
	// Progress, if set, is called after every record and member, from the import's goroutine.
	Progress func(Progress)
}

// Source reads one kind of voice history.
type Source interface {
	// Name is the name of the source in reports.
	Name() string

	// Import reads what it recognises, if anything. Records and members that fail go to the sink; the error is
	// only the sink's or the context's.
	Import(ctx context.Context, in *Input, sink Sink) error
}

// Sink receives what a source reads. [store.Import] is one.
type Sink interface {
	Device(ctx context.Context, vendor string, d store.IncomingDevice) error
	Add(ctx context.Context, rec store.Incoming) error
	Member(ctx context.Context, m store.MemberOutcome) error
	// Export says that there is an export of a maker's product, even if it has no recordings.
	Export(ctx context.Context, vendor, product string) error
}

// sources returns the sources in the order in which they read an input: those that recognise their records
// exactly come before those that guess, and plain audio files come last.
func sources(o Options, memory columnMemory) []Source {
	return []Source{
		alexaJSON{name: "alexa-history", kind: contentHistory},
		alexaJSON{name: "alexa-activities", kind: contentActivities},
		alexaCapture{},
		takeout{zone: o.DateZone, order: orderNamed(o.Map[mapDates]), ask: o.AskZone},
		chatGPT{},
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

// errNothingKnown is the error if no source recognised anything in an input.
var errNothingKnown = errors.New("it holds no voice history that unsaid knows; " +
	"import the archive as the maker sent it, or the folder it was unpacked to")

// Run imports o.Paths into db. Members that fail do not stop it; the report lists them. Run returns an error
// if nothing was imported, if the database fails, or the context's after a cancel. A cancelled import keeps
// what it read, which the report counts; if that fails, Run returns the database's error instead.
func Run(ctx context.Context, db *store.DB, o Options) (report store.ImportReport, err error) {
	if len(o.Paths) == 0 {
		return report, errors.New("import: no file, folder or archive was given")
	}
	if err := checkMapping(o.Map); err != nil {
		return report, err
	}
	if o.Paths, err = Paths(o.Paths); err != nil {
		return report, fmt.Errorf("import: %w", err)
	}
	meter := newMeter(o.Progress)
	arch, err := openArchive(ctx, o.Paths, o.Stdin, meter)
	if err != nil {
		return report, fmt.Errorf("import: %w", err)
	}
	defer func() { err = errors.Join(err, arch.Close()) }()
	in, err := newInput(ctx, &arch.tree, meter)
	if err != nil {
		return report, fmt.Errorf("import %s: %w", strings.Join(o.Paths, ", "), err)
	}
	in.probe = o.Probe
	debug.FreeOSMemory() // opening many members leaves much garbage

	im, err := db.BeginImport(ctx, o.Paths, o.DryRun)
	if err != nil {
		return report, fmt.Errorf("begin import: %w", err)
	}
	defer func() { err = errors.Join(err, im.Close()) }()
	if o.Doubtful {
		im.TakeDoubtful()
	}
	im.Of(o.Account)
	im.Answer(o.Complete, o.MadeAfter)
	if err := noteFiles(ctx, im, arch.files); err != nil {
		return report, err
	}
	if err := im.Missing(ctx, missingParts(arch.files)); err != nil {
		return report, err
	}
	out := newOutcomes(im, in)
	runErr := out.run(ctx, sources(o, columnMemory{db: db, readOnly: o.DryRun}), arch.failed)
	if open := (*store.AccountError)(nil); errors.As(runErr, &open) {
		runErr = store.WithRemedy(fmt.Errorf("import %s: %w", strings.Join(o.Paths, ", "), open), store.RemedyOf(runErr))
	}
	state := store.ImportDone
	switch {
	case runErr == nil && out.imported == 0 && out.devices == 0:
		state, runErr = store.ImportFailed, out.nothing(o.Paths)
	case runErr != nil && ctx.Err() != nil:
		state, runErr = store.ImportCancelled, ctx.Err()
	case runErr != nil:
		state = store.ImportFailed
	}
	if open := (*store.AccountError)(nil); errors.As(runErr, &open) {
		im.Discard() // the same error would come again
	}
	report, err = im.Finish(context.WithoutCancel(ctx), state)
	return report, ended(state, runErr, err)
}

// ended combines the error of an import with that of finishing it. If a cancelled import could not keep what
// it read, the error is not the context's.
func ended(state store.ImportState, runErr, finishErr error) error {
	switch {
	case finishErr == nil || runErr != nil && cause(runErr).Error() == cause(finishErr).Error():
		return runErr
	case state == store.ImportCancelled:
		return fmt.Errorf("the import was stopped, and what it read last was not kept: %w", finishErr)
	}
	return errors.Join(runErr, finishErr)
}

// cause returns the innermost error that err wraps.
func cause(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		err = inner
	}
}
