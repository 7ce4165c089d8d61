package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"unsaid/store"
	"unsaid/ui"
)

func (a *app) exportCommand() *cobra.Command {
	var o exportOptions
	cmd := &cobra.Command{
		Use:   "export ID... | [QUERY]",
		Short: "Copy recordings to files: the audio as it was imported, and lists of all that is known of it",
		Long: "Copy recordings to files: the audio as it was imported, named by the local time, the device and the id, and two lists of all " +
			"that is known of it, recordings.csv and recordings.ndjson. No file is overwritten: where there is one of that name, the new one has " +
			"-2 behind it, and so on. Numbers alone are ids, as unsaid list shows them; a number that was said goes in quotation marks: '\"42\"'.",
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
	flags.StringVar(&o.folder, "out", "", "folder to write to, made if there is none")
	flags.BoolVar(&o.wav, "wav", false, "convert the audio to WAV, which any program plays")
	flags.BoolVar(&o.words, "words", false, "write what was said, and answered, into a text file beside each")
	flags.BoolVar(&o.dry, "dry-run", false, "only tell what would be written")
	needFolder(cmd)
	return cmd
}

// needFolder makes --out, which names a folder, a flag that cannot be left out.
func needFolder(cmd *cobra.Command) {
	if err := errors.Join(cmd.MarkFlagRequired("out"), cmd.MarkFlagDirname("out")); err != nil {
		panic(err) // the command has no such flag
	}
}

// exportJSON tells what was exported.
type exportJSON struct {
	Folder       string              `json:"folder"`
	DryRun       bool                `json:"dry_run"`
	Recordings   int                 `json:"recordings"`
	AudioFiles   int                 `json:"audio_files"`
	WithoutAudio int                 `json:"without_audio"`
	Bytes        int64               `json:"bytes"` // of audio
	CSV          string              `json:"csv"`
	NDJSON       string              `json:"ndjson"`
	Files        []exportedJSON      `json:"files"`
	Failed       []exportFailureJSON `json:"failed"`
}

// exportedJSON names the files in the folder that a recording was written to.
type exportedJSON struct {
	ID    string  `json:"id"`
	Audio *string `json:"audio"`
	Words *string `json:"words"`
}

type exportFailureJSON struct {
	ID     string `json:"id"`
	Reason string `json:"reason"`
}

// export writes the recordings. If it fails, or is interrupted, nothing that it wrote stays.
func (a *app) export(ctx context.Context, db *store.DB, ids []int64, o exportOptions) error {
	e, err := newExport(o, a.zone)
	if err != nil {
		return err
	}
	line := a.newProgress()
	err = e.write(ctx, db, ids, func(done int) {
		line.tell(func() string {
			return line.bar(int64(done), int64(len(ids))) + " " + countOf(done, "recording") + " of " + idText(int64(len(ids)))
		})
	})
	line.done()
	if err != nil {
		return errors.Join(err, e.remove())
	}
	if a.json {
		err = a.printJSON(e.result)
	} else {
		err = a.showExport(e.result)
	}
	if err == nil && len(e.result.Failed) > 0 {
		err = incomplete{countOf(len(e.result.Failed), "recording") + " could not be read"}
	}
	return err
}

// exportFromScreen makes the export that the terminal program offers.
func (a *app) exportFromScreen(db *store.DB) ui.Export {
	return func(ctx context.Context, ids []int64, folder string, wav bool) (string, error) {
		e, err := newExport(exportOptions{folder: folder, wav: wav}, a.zone)
		if err != nil {
			return "", err
		}
		if err := e.write(ctx, db, ids, func(int) {}); err != nil {
			return "", errors.Join(err, e.remove())
		}
		text := "Exported " + countOf(e.result.Recordings, "recording") + " to " + folder
		if n := len(e.result.Failed); n > 0 {
			return text, incomplete{text + ", but " + countOf(n, "sound") + " could not be read: " + e.result.Failed[0].Reason}
		}
		return text, nil
	}
}

func (a *app) showExport(r exportJSON) error {
	did := "exported "
	if r.DryRun {
		did = "would export "
	}
	lines := []string{
		did + countOf(r.Recordings, "recording") + " to " + r.Folder,
		"  " + countOf(r.AudioFiles, "audio file") + " (" + bytesText(r.Bytes) + "), " + idText(int64(r.WithoutAudio)) + " without audio",
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
