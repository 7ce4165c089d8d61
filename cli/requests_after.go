package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"unsaid/app"
	"unsaid/deletion"
	"unsaid/store"
)

func (a *application) draftRequestCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "draft ID",
		Short: "Note that a request was not sent after all; it is dropped if its deletion was undone",
		Args:  cobra.ExactArgs(1),
		RunE: a.onRequest(func(ctx context.Context, db *store.DB, r store.Request) error {
			dropped, err := a.on(db).MarkDraft(ctx, r.ID)
			switch {
			case err != nil:
				return err
			case dropped && a.json:
				return a.printJSON(map[string]any{"id": r.ID, "dropped": true})
			case dropped:
				return a.printLines("request " + idText(r.ID) + " is dropped, since its deletion was undone")
			}
			return a.printRequest(ctx, db, r.ID)
		}),
	}
}

func (a *application) followupCommand() *cobra.Command {
	var out, language, words string
	cmd := &cobra.Command{
		Use:   "followup ID",
		Short: "Write a letter about what is still there, with the evidence, into a new folder",
		Args:  cobra.ExactArgs(1),
		RunE: a.onRequest(func(ctx context.Context, db *store.DB, r store.Request) error {
			on := a.on(db)
			if err := choose(&on.Correspondence, language, words); err != nil {
				return err
			}
			on.RequestsDir = out
			folder, number, err := on.WriteFollowup(ctx, r.ID)
			if err != nil {
				return err
			}
			if a.json {
				return a.printJSON(map[string]any{"id": r.ID, "followup": number, "folder": folder})
			}
			return a.printLines(folder)
		}),
	}
	cmd.Flags().StringVar(&out, "out", "", "folder in which to make the new one")
	cmd.Flags().StringVar(&language, "language", "", "of the letter: en or de (default the settings', else en)")
	cmd.Flags().StringVar(&words, "words", "", "where to quote what was said: none, guide (nowhere either), or all (the evidence)")
	needFolder(cmd)
	return cmd
}

func (a *application) reportCommand() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "report",
		Short: "Report what was asked of the makers over time and what has become of it, as Markdown or JSON",
		Args:  cobra.NoArgs,
		RunE: a.onLibrary(func(ctx context.Context, db *store.DB, _ []string) error {
			report, err := a.on(db).Report(ctx)
			if err != nil {
				return err
			}
			var text bytes.Buffer
			if a.json {
				err = app.WriteJSON(&text, newReportJSON(report))
			} else {
				err = report.Markdown(&text)
			}
			switch {
			case err != nil:
				return err
			case out == "":
				_, err = text.WriteTo(a.out)
				return err
			}
			return writeNew(out, text.Bytes())
		}),
	}
	cmd.Flags().StringVar(&out, "out", "", "new file to write it to, instead of the standard output")
	return cmd
}

// writeNew writes a file that is not there yet and that only the user can read.
func writeNew(path string, text []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("write the report: %w (choose another file with --out)", err)
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Close())
}

// reportJSON is a report as scripts see it.
type reportJSON struct {
	Written  *string        `json:"written"`
	Requests []reportedJSON `json:"requests"` // the oldest first
	Totals   totalsJSON     `json:"totals"`
}

type reportedJSON struct {
	verdictJSON
	Followups []followupJSON `json:"followups"`
}

type followupJSON struct {
	Number     int     `json:"number"`
	Written    *string `json:"written"`
	Recordings int     `json:"recordings"`
	Folder     string  `json:"folder"`
}

type totalsJSON struct {
	Requests   int                         `json:"requests"`
	Status     map[store.RequestStatus]int `json:"status"`
	Recordings int                         `json:"recordings"` // of requests that were sent
	Gone       int                         `json:"gone"`
	StillThere int                         `json:"still_there"`
	CannotTell int                         `json:"cannot_tell"`
	Followups  int                         `json:"followups"`
}

func newReportJSON(r deletion.Report) reportJSON {
	return reportJSON{
		Written: app.Instant(r.Written), Totals: totalsJSON(r.Totals),
		Requests: app.Mapped(r.Requests, func(r *deletion.Reported) reportedJSON {
			return reportedJSON{newVerdictJSON(&r.Verdict), app.Mapped(r.Followups, func(f *store.Followup) followupJSON {
				return followupJSON{f.Number, app.Instant(f.Written), f.Recordings, f.Folder}
			})}
		}),
	}
}
