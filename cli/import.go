package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"unsaid/app"
	"unsaid/importer"
	"unsaid/phrase"
	"unsaid/store"
)

func (a *application) importCommand() *cobra.Command {
	var o importer.Options
	var doubtful, madeOn, zone string
	var complete bool
	cmd := &cobra.Command{
		Use:   "import PATH...",
		Short: "Import files, folders, archives, or all parts of one",
		Long: "Import a voice history as its maker handed it out: a file, a folder, an archive or all parts of one archive at once. " +
			"Recordings that are already here are not added twice, so import again to finish an interrupted import.",
		Example: "unsaid import Alexa.zip\nunsaid import takeout-*.zip\nunsaid import dump.csv --map time=When,text='What was said'\n" +
			"gpg -d Alexa.zip.gpg | unsaid import -",
		Args:              cobra.MinimumNArgs(1),
		ValidArgsFunction: completeFiles,
		RunE: a.run(func(ctx context.Context, args []string) (err error) {
			switch doubtful {
			case "import", "leave":
				o.Doubtful = doubtful == "import"
			default:
				return usagef("import --doubtful %s: it must be import or leave", doubtful)
			}
			if complete {
				o.Complete = store.Yes
			}
			if madeOn != "" {
				if o.MadeAfter, err = (&app.App{Zone: a.zone, Now: a.Now}).ReadMadeOn(madeOn); err != nil {
					return usagef("--made-on: %w", err)
				}
			}
			if zone != "" {
				if o.DateZone, err = importer.ParseZone(zone); err != nil {
					return usagef("--zone: %w", err)
				}
			}
			if o.Paths, err = importer.Paths(args); err != nil { // before a library is made for a mistyped path
				return fmt.Errorf("import: %w", err)
			}
			if slices.Contains(o.Paths, importer.Stdin) && isTerminal(a.Stdin) {
				return usagef("import -: the standard input is a terminal; send an export into it, as in: unsaid import - < Alexa.zip")
			}
			return a.importPaths(ctx, o)
		}),
	}
	cmd.Flags().BoolVar(&o.DryRun, "dry-run", false, "show what would be imported, and keep nothing")
	cmd.Flags().StringVar(&doubtful, "doubtful", "leave",
		"recordings that may have been purged here before: import or leave")
	cmd.Flags().StringVar(&o.Account, "account", "", "whose history it is: the name or the number of an account, which is made if there is none of that name")
	cmd.Flags().BoolVar(&complete, "complete", false, "this is all that the account has, so that what it lacks is gone")
	cmd.Flags().StringVar(&madeOn, "made-on", "", "day on which the maker made it (such as 2024-05-03 or yesterday)")
	cmd.Flags().StringVar(&zone, "zone", "",
		"time zone of dates that do not say which they mean: a name such as Asia/Kolkata, or an offset such as +05:30")
	cmd.Flags().StringToStringVar(&o.Map, "map", nil,
		"columns of a table that were not recognised, or wrongly: time, text, reply, device, serial, type, audio, id; dates=month-first or day-first")
	return cmd
}

// gcPercent is how much garbage may be left lying during an import, in percent of what is held: an import holds little
// for long, and what it reads soon becomes garbage.
const gcPercent = 20

// mostDoubts is how many of the recordings that were left out the report of an import lists.
const mostDoubts = 10

func (a *application) importPaths(ctx context.Context, o importer.Options) (err error) {
	path, remove, err := a.importInto(o.DryRun)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, remove()) }()
	db, err := store.Open(ctx, path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()

	defer debug.SetGCPercent(debug.SetGCPercent(gcPercent))
	p := a.newProgress()
	o.Stdin = a.Stdin
	if isTerminal(a.Stdin) && isTerminal(a.Stderr) {
		o.AskDates = func(ctx context.Context, member string, dates []string) (string, error) {
			p.done()
			return a.askDates(ctx, member, dates)
		}
		o.AskZone = func(ctx context.Context, q importer.ZoneQuestion) (*time.Location, error) {
			p.done()
			return a.askZone(ctx, q)
		}
	}
	o.Progress = func(at importer.Progress) { p.tell(func() string { return p.importLine(at) }) }
	imported, err := a.on(db).Import(ctx, o)
	p.done()
	if open := (*store.AccountError)(nil); errors.As(err, &open) && o.Account == "" && isTerminal(a.Stdin) && isTerminal(a.Stderr) {
		if o.Account, err = a.askAccount(ctx, open); err != nil {
			return err
		}
		imported, err = a.on(db).Import(ctx, o)
		p.done()
	}
	report := imported.Report
	if err != nil && ctx.Err() == nil {
		return err
	}
	if report.Finished.IsZero() { // nothing was read
		return err
	}
	doubts, err := db.Doubts(context.WithoutCancel(ctx), report.ID, mostDoubts)
	if err != nil {
		return err
	}
	object, lines := newImportJSON(report, report.Members, o.DryRun), a.importSummary(report, doubts, o.DryRun)
	object.Requests = app.Mapped(imported.Verdicts, newStandingJSON)
	lines = append(lines, standingLines(imported.Verdicts)...)
	if err := a.printImport(object, lines); err != nil {
		return err
	}
	switch {
	case ctx.Err() != nil:
		return errors.New("what was read so far is kept; import again to add the rest")
	case len(report.Failed) > 0:
		return incomplete{phrase.Count(len(report.Failed), "file or record") + " failed"}
	}
	return nil
}

// importInto is the library to import into. A dry run that would have to make one uses a
// temporary library instead, which remove removes.
func (a *application) importInto(dryRun bool) (path string, remove func() error, err error) {
	path = a.libraryPath()
	if !dryRun || exists(path) {
		return path, func() error { return nil }, nil
	}
	dir, err := os.MkdirTemp("", "unsaid-dry-run-")
	if err != nil {
		return "", nil, fmt.Errorf("make a temporary library: %w", err)
	}
	return filepath.Join(dir, "unsaid.db"), func() error { return os.RemoveAll(dir) }, nil
}

// askAccount asks whose history it is. Without an answer the import ends with the error.
func (a *application) askAccount(ctx context.Context, open *store.AccountError) (string, error) {
	for i := range open.Accounts {
		a.say("%d %s", open.Accounts[i].ID, phrase.Account(open.Accounts[i]))
	}
	answer, err := a.ask(ctx, phrase.WhoseIsIt(open)+" Whose is it? [number or name, also a new one; enter to import nothing]")
	if err == nil && answer == "" {
		err = store.WithRemedy(open, store.NameAccount)
	}
	return answer, err
}

// askDates asks how the dates of a table are meant. Any other answer counts as none.
func (a *application) askDates(ctx context.Context, member string, dates []string) (string, error) {
	answer, err := a.ask(ctx, fmt.Sprintf("%s: are its dates, such as %s, written month first or day first? [m/d, enter to leave the table out]",
		member, strings.Join(dates, " and ")))
	switch strings.ToLower(answer) {
	case "m":
		return importer.MonthFirst, err
	case "d":
		return importer.DayFirst, err
	}
	return "", err
}

// askZone asks for the time zone of a file's dates, until the answer is one. No answer leaves the file out.
func (a *application) askZone(ctx context.Context, q importer.ZoneQuestion) (*time.Location, error) {
	question := q.Member + ": " + q.String() + ". Which is meant? [" + strings.Join(append(q.Candidates, "an offset such as +05:30", "enter to leave the file out"), ", ") + "]"
	for {
		answer, err := a.ask(ctx, question)
		if err != nil || answer == "" {
			return nil, err
		}
		zone, err := importer.ParseZone(answer)
		if err == nil {
			return zone, nil
		}
		question = err.Error() + ":"
	}
}

// importLine says how far an import is. On a terminal, it has a bar.
func (p *progress) importLine(at importer.Progress) string {
	if at.Opening {
		line := "looking at what is in it: " + phrase.Count(at.Members, "file")
		if at.BytesTotal > 0 {
			line += ", " + phrase.Size(at.BytesRead) + " of " + phrase.Size(at.BytesTotal) + " unpacked"
		}
		return line
	}
	share := int64(0)
	if at.BytesTotal > 0 {
		share = at.BytesRead * 100 / at.BytesTotal
	}
	line := fmt.Sprintf("%3d%%  %s of %s, %s/s  %s added, %s known", share, phrase.Size(at.BytesRead), phrase.Size(at.BytesTotal),
		phrase.Size(int64(at.Rate())), phrase.Comma(at.Counts.Added), phrase.Comma(at.Counts.Known))
	if p.terminal {
		line = p.bar(at.BytesRead, at.BytesTotal) + " " + line
	}
	if left := at.ETA(); left > 0 {
		line += "  " + left.Round(time.Second).String() + " left"
	}
	return line + "  " + at.Member
}

// importSummary is an import's account for people, with the first of what was left out, or all of it.
func (a *application) importSummary(r store.ImportReport, doubts []store.Doubt, dryRun bool) []string {
	what := "import " + idText(r.ID) + " of "
	if dryRun {
		what = "dry run, nothing was kept, of "
	}
	lines := []string{what + strings.Join(r.Paths, ", ") + ": " + string(r.State)}
	count := func(n int, noun, rest string) {
		if n > 0 {
			lines = append(lines, "  "+phrase.Count(n, noun)+" "+rest)
		}
	}
	count(r.Added, "recording", "added")
	count(r.Completed, "known recording", "completed")
	count(r.Known, "recording", "already here")
	count(r.Tombstoned, "recording", "purged before")
	count(r.Doubtful, "recording", "left out as possibly purged before (to add what was left out: --doubtful import)")
	for _, d := range doubts {
		lines = append(lines, "    "+a.moment(d.Time)+", "+phrase.Device(d.Device))
	}
	if n := len(doubts); 0 < n && n < r.Doubtful {
		lines = append(lines, "    unsaid imports "+idText(r.ID)+" lists all of them")
	}
	count(r.WithoutAudio, "recording", "without audio")
	count(r.AudioWithoutText, "recording", "with audio but without words")
	count(r.Devices, "device", "recorded them")
	count(r.Members, "file", "read")
	count(r.Ignored, "file", "ignored")
	if missing := phrase.Missing(r); missing != "" {
		lines = append(lines, "  "+missing)
	}
	if guessed, maps := phrase.Guessed(r.Tables); guessed != nil {
		lines = append(lines, "  columns recognised by what they hold (if one is wrong, import again with --map "+maps+"):")
		for _, line := range guessed {
			lines = append(lines, "    "+a.own(line))
		}
	}
	count(len(r.Failed), "file or record", "failed:")
	for _, f := range r.Failed {
		lines = append(lines, "    "+f.Member+": "+a.own(withReason(f)))
	}
	if advice := phrase.Advice(r.Sources); advice != "" {
		lines = append(lines, advice)
	}
	return lines
}

func (a *application) printImport(object importJSON, lines []string) error {
	if a.json {
		return a.printJSON(object)
	}
	return a.printLines(lines...)
}
