package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"unsaid/importer"
	"unsaid/player"
	"unsaid/store"
)

func (a *app) importCommand() *cobra.Command {
	var o importer.Options
	cmd := &cobra.Command{
		Use:   "import PATH…",
		Short: "Import files, folders, archives, or all parts of one",
		Long: "Import a voice history as its maker handed it out: a file, a folder, an archive or all parts of one archive at once. " +
			"What is known already is not added twice, so that an interrupted import is finished by doing it again.",
		Example:           "unsaid import Alexa.zip\nunsaid import takeout-*.zip\nunsaid import dump.csv --map time=When,text='What was said'",
		Args:              cobra.MinimumNArgs(1),
		ValidArgsFunction: completeFiles,
		RunE: a.run(func(ctx context.Context, args []string) error {
			o.Paths = args
			if err := readable(args); err != nil {
				return err
			}
			return a.importPaths(ctx, o)
		}),
	}
	cmd.Flags().BoolVar(&o.DryRun, "dry-run", false, "tell what would be imported, and keep nothing")
	cmd.Flags().StringToStringVar(&o.Map, "map", nil,
		"columns of a table whose header is not recognised: time, text, reply, device, serial, type, audio, id; dates=month-first or day-first")
	return cmd
}

// readable finds mistyped paths before a library is made for them.
func readable(paths []string) error {
	for _, path := range paths {
		if path == "-" {
			return usagef("import -: an archive cannot be read from standard input; save it as a file and name that")
		}
		if _, err := os.Stat(path); err != nil {
			return fmt.Errorf("import: %w", err)
		}
	}
	return nil
}

func (a *app) importPaths(ctx context.Context, o importer.Options) (err error) {
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

	p := a.newProgress()
	o.Probe = probe
	o.Progress = func(at importer.Progress) { p.tell(func() string { return importLine(at) }) }
	report, err := importer.Run(ctx, db, o)
	p.done()
	if err != nil && ctx.Err() == nil {
		return err
	}
	if report.Finished.IsZero() { // it did not come to reading anything
		return err
	}
	if err := a.printImport(newImportJSON(report, report.Members, o.DryRun), a.importSummary(report, o.DryRun)); err != nil {
		return err
	}
	switch {
	case ctx.Err() != nil:
		return errors.New("what was read so far is kept; import again to add the rest")
	case len(report.Failed) > 0:
		return incomplete{countOf(len(report.Failed), "member or record") + " failed"}
	}
	return nil
}

// importInto is the library to import into. A dry run that would have to make one uses a
// temporary library instead, which remove removes.
func (a *app) importInto(dryRun bool) (path string, remove func() error, err error) {
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

// probe recognises audio for the importer, which does not know the player.
func probe(data []byte) (format string, duration time.Duration, ok bool) {
	info, ok := player.Probe(data)
	return info.Format, info.Duration, ok
}

func importLine(at importer.Progress) string {
	share := int64(0)
	if at.BytesTotal > 0 {
		share = at.BytesRead * 100 / at.BytesTotal
	}
	line := fmt.Sprintf("%s %3d%%  %s/s  %d added, %d known", bar(at.BytesRead, at.BytesTotal), share,
		bytesText(int64(at.Rate())), at.Counts.Added, at.Counts.Known)
	if left := at.ETA(); left > 0 {
		line += "  " + left.Round(time.Second).String() + " left"
	}
	return line + "  " + at.Member
}

// importSummary is an import's account for people.
func (a *app) importSummary(r store.ImportReport, dryRun bool) []string {
	what := "import " + idText(r.ID) + " of "
	if dryRun {
		what = "dry run, nothing was kept, of "
	}
	lines := []string{what + strings.Join(r.Paths, ", ") + ": " + string(r.State)}
	count := func(n int, noun, rest string) {
		if n > 0 {
			lines = append(lines, "  "+countOf(n, noun)+" "+rest)
		}
	}
	count(r.Added, "recording", "added")
	count(r.Completed, "known recording", "completed")
	count(r.Known, "recording", "known already")
	count(r.Tombstoned, "recording", "left out, since purged here")
	count(r.WithoutAudio, "recording", "without audio")
	count(r.AudioWithoutText, "recording", "with audio but without words")
	count(r.Devices, "device", "recorded them")
	count(r.Members, "member", "read")
	count(r.Ignored, "member", "ignored")
	count(len(r.Failed), "member or record", "failed:")
	for _, f := range r.Failed {
		lines = append(lines, "    "+f.Member+": "+f.Reason)
	}
	return lines
}

func (a *app) printImport(object importJSON, lines []string) error {
	if a.json {
		return a.printJSON(object)
	}
	return a.printLines(lines...)
}
