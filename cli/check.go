package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"unsaid/app"
	"unsaid/phrase"
	"unsaid/store"
)

func (a *application) checkCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "check",
		Short: "Check the library: its file, its search index and every sound",
		Args:  cobra.NoArgs,
		RunE: a.onLibrary(func(ctx context.Context, db *store.DB, _ []string) error {
			report, err := db.Check(ctx)
			if err != nil {
				return err
			}
			if a.json {
				err = a.printJSON(checkJSON{
					report.Sound(), report.Recordings, report.AudioFiles,
					app.List(report.Integrity), app.OrNull(report.Index), app.List(report.Audio),
				})
			} else {
				err = a.showCheck(report)
			}
			if err == nil && !report.Sound() {
				err = errors.New("the library is damaged; a backup can be used with --db, and importing again adds what is missing")
			}
			return err
		}),
	}
}

type checkJSON struct {
	Sound        bool     `json:"sound"`
	Recordings   int      `json:"recordings"`
	AudioFiles   int      `json:"audio_files"`
	Integrity    []string `json:"integrity"`
	Index        *string  `json:"index"`
	DamagedAudio []string `json:"damaged_audio"`
}

func (a *application) showCheck(report store.CheckReport) error {
	lines := []string{"checked " + phrase.Count(report.Recordings, "recording") + " and " + phrase.Count(report.AudioFiles, "sound")}
	for _, problem := range report.Integrity {
		lines = append(lines, "the file: "+problem)
	}
	if report.Index != "" {
		lines = append(lines, "the search index: "+report.Index)
	}
	for _, sum := range report.Audio {
		lines = append(lines, "the sound "+sum+" is not what was imported")
	}
	if report.Sound() {
		lines = append(lines, "all is sound")
	}
	return a.printLines(lines...)
}
