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

func (a *application) followupCommand() *cobra.Command {
	return a.letterCommand("followup", &cobra.Command{
		Use:   "followup ID",
		Short: "Write a letter about what is still there, with the evidence, or about an answer that is overdue",
		Long: "Write a letter into a new folder about what an export proves to be still there, with the evidence, or, if the day has passed by which " +
			"an answer was due, about the answer that is missing. Otherwise it says why there is no reason for one.",
	}, (*app.App).WriteFollowup)
}

func (a *application) withdrawCommand() *cobra.Command {
	return a.letterCommand("withdrawal", &cobra.Command{
		Use:   "withdraw ID",
		Short: "Write a letter that takes a request back as far as its deletions were undone",
	}, (*app.App).WriteWithdrawal)
}

// letterCommand completes a command that writes a letter which follows a request. kind is the letter's name in JSON.
func (a *application) letterCommand(kind string, cmd *cobra.Command, write func(*app.App, context.Context, int64) (string, int, error)) *cobra.Command {
	var out, language, words string
	cmd.Args = cobra.ExactArgs(1)
	cmd.RunE = a.onRequest(func(ctx context.Context, db *store.DB, r store.Request, _ []string) error {
		on := a.on(db)
		if err := choose(&on.Correspondence, language, words); err != nil {
			return err
		}
		on.RequestsDir = out
		folder, number, err := write(on, ctx, r.ID)
		if err != nil {
			return err
		}
		if a.json {
			return a.printJSON(map[string]any{"id": r.ID, kind: number, "folder": folder})
		}
		return a.printLines(folder)
	})
	cmd.Flags().StringVar(&out, "out", "", "folder in which to make the new one")
	cmd.Flags().StringVar(&language, "language", "", "of the letter: en or de (default that of the request)")
	cmd.Flags().StringVar(&words, "words", "", "where to quote what was said: none, guide (nowhere either), or all (the list)")
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
				err = app.WriteJSON(&text, a.newReportJSON(report))
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
	Letters []letterJSON `json:"followups"`
}

// letterJSON is a letter that followed a request.
type letterJSON struct {
	Number     int              `json:"number"`
	Written    *string          `json:"written"`
	Recordings int              `json:"recordings"`
	Folder     string           `json:"folder"`
	Kind       store.LetterKind `json:"kind"`
}

type totalsJSON struct {
	Requests   int                         `json:"requests"`
	Status     map[store.RequestStatus]int `json:"status"`
	Recordings int                         `json:"recordings"` // of requests that were sent
	Gone       int                         `json:"gone"`
	StillThere int                         `json:"still_there"`
	CannotTell int                         `json:"cannot_tell"`
	Letters    int                         `json:"followups"`
}

func (a *application) newReportJSON(r deletion.Report) reportJSON {
	return reportJSON{
		Written: app.Instant(r.Written), Totals: totalsJSON(r.Totals),
		Requests: app.Mapped(r.Requests, func(r *deletion.Reported) reportedJSON {
			return reportedJSON{a.newVerdictJSON(&r.Verdict), app.Mapped(r.Letters, func(l *store.Letter) letterJSON {
				return letterJSON{l.Number, app.Instant(l.Written), l.Recordings, l.Folder, l.Kind}
			})}
		}),
	}
}
