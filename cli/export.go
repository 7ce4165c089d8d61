package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"unsaid/store"
)

func (a *app) exportCommand() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "export [QUERY]",
		Short: "Copy recordings to files: the audio as it was imported, and lists of all that is known of it",
		RunE: a.onLibrary(func(ctx context.Context, db *store.DB, args []string) error {
			q, err := a.query(args)
			if err != nil {
				return err
			}
			ids, err := db.IDs(ctx, q)
			if err != nil {
				return err
			}
			return a.export(ctx, db, ids, out)
		}),
	}
	cmd.Flags().StringVar(&out, "out", "", "folder to write to, made if there is none")
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
	Recordings   int                 `json:"recordings"`
	AudioFiles   int                 `json:"audio_files"`
	WithoutAudio int                 `json:"without_audio"`
	Bytes        int64               `json:"bytes"` // of audio
	CSV          string              `json:"csv"`
	NDJSON       string              `json:"ndjson"`
	Failed       []exportFailureJSON `json:"failed"`
}

type exportFailureJSON struct {
	ID     string `json:"id"`
	Reason string `json:"reason"`
}

// export writes the recordings. If it fails, or is interrupted, nothing that it wrote stays.
func (a *app) export(ctx context.Context, db *store.DB, ids []int64, dir string) error {
	e, err := newExport(dir, a.zone)
	if err != nil {
		return err
	}
	line := a.newProgress()
	err = e.write(ctx, db, ids, func(done int) {
		line.tell(func() string {
			return bar(int64(done), int64(len(ids))) + " " + countOf(done, "recording") + " of " + idText(int64(len(ids)))
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
		err = incomplete{countOf(len(e.result.Failed), "recording") + " had audio that could not be read"}
	}
	return err
}

func (a *app) showExport(r exportJSON) error {
	lines := []string{
		"exported " + countOf(r.Recordings, "recording") + " to " + r.Folder,
		"  " + countOf(r.AudioFiles, "audio file") + " (" + bytesText(r.Bytes) + "), " + idText(int64(r.WithoutAudio)) + " without audio",
		"  lists: " + r.CSV + ", " + r.NDJSON,
	}
	for _, f := range r.Failed {
		lines = append(lines, "  failed: "+f.ID+": "+f.Reason)
	}
	return a.printLines(lines...)
}
