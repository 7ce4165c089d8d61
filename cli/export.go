package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"unsaid/app"
	"unsaid/phrase"
	"unsaid/store"
)

func (a *application) exportCommand() *cobra.Command {
	var o app.ExportOptions
	cmd := &cobra.Command{
		Use:   "export ID... | [QUERY]",
		Short: "Copy recordings to files: the audio as it was imported, and lists of everything known about them",
		Long: "Copy recordings to files: the audio as it was imported, named by the local time, the device and the id, and two lists of " +
			"everything known about them, recordings.csv and recordings.ndjson. No file is overwritten: if a name is taken, the new file gets " +
			"-2 after its name, and so on. Bare numbers are ids, as in unsaid list; put a number that was said in quotation marks: '\"42\"'.",
		Example: "unsaid export --out voices\nunsaid export device:kitchen after:2025-01 --wav --out kitchen",
		RunE: a.onLibrary(func(ctx context.Context, db *store.DB, args []string) error {
			ids, err := a.named(ctx, db, args)
			if err != nil {
				return err
			}
			return a.export(ctx, db, ids, o)
		}),
	}
	flags := cmd.Flags()
	flags.StringVar(&o.Folder, "out", "", "folder to write to, created if it does not exist")
	flags.BoolVar(&o.WAV, "wav", false, "convert the audio to WAV, which any program plays")
	flags.BoolVar(&o.Words, "words", false, "write what was said and answered to a text file beside each recording")
	flags.BoolVar(&o.DryRun, "dry-run", false, "only show what would be written")
	needFolder(cmd)
	return cmd
}

// needFolder makes --out, which names a folder, a flag that cannot be left out.
func needFolder(cmd *cobra.Command) {
	if err := errors.Join(cmd.MarkFlagRequired("out"), cmd.MarkFlagDirname("out")); err != nil {
		panic(err) // the command has no such flag
	}
}

func (a *application) export(ctx context.Context, db *store.DB, ids []int64, o app.ExportOptions) error {
	line := a.newProgress()
	exported, err := a.on(db).Export(ctx, ids, o, func(done int) {
		line.tell(func() string {
			return line.bar(int64(done), int64(len(ids))) + " " + phrase.Count(done, "recording") + " of " + idText(int64(len(ids)))
		})
	})
	line.done()
	if err != nil {
		return err
	}
	if a.json {
		err = a.printJSON(exported)
	} else {
		err = a.showExport(exported)
	}
	if err == nil && len(exported.Failed) > 0 {
		err = incomplete{phrase.Count(len(exported.Failed), "recording") + " could not be read"}
	}
	return err
}

func (a *application) showExport(r app.Exported) error {
	did := "exported "
	if r.DryRun {
		did = "would export "
	}
	lines := []string{
		did + phrase.Count(r.Recordings, "recording") + " to " + r.Folder,
		"  " + phrase.Count(r.AudioFiles, "audio file") + " (" + phrase.Size(r.Bytes) + "), " + idText(int64(r.WithoutAudio)) + " without audio",
		"  lists: " + r.CSV + ", " + r.NDJSON,
	}
	if r.DryRun {
		for _, f := range r.Files {
			for _, name := range []*string{f.Audio, f.Words} {
				if name != nil {
					lines = append(lines, "  "+*name)
				}
			}
		}
	}
	for _, f := range r.Failed {
		lines = append(lines, "  failed: "+f.ID+": "+f.Reason)
	}
	return a.printLines(lines...)
}
