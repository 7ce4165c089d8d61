package cli

import (
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"unsaid/app"
	"unsaid/deletion"
	"unsaid/phrase"
	"unsaid/store"
)

func (a *application) requestsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "requests",
		Short: "List the requests to the makers, one per deletion and device",
		Args:  unknownCommand,
		RunE: a.onLibrary(func(ctx context.Context, db *store.DB, _ []string) error {
			requests, err := a.on(db).Requests(ctx)
			if err != nil {
				return err
			}
			return printList(a, requests, listing[store.Request]{
				object:  func(r *store.Request) any { return newRequestJSON(r) },
				empty:   "there are no requests; unsaid delete drafts them",
				columns: []string{"ID", "DELETION", "MAKER", "RECORDINGS", "STEPS", "STATUS", "SENT", "DUE", "DEVICE"},
				cells: func(r *store.Request) []string {
					return []string{
						idText(r.ID), idText(r.DeletionID), r.Device.Vendor, strconv.Itoa(r.Recordings), strconv.Itoa(len(r.Steps)),
						string(r.Status), orNotKnown(r.SentOn), orNotKnown(r.DueOn), phrase.Device(r.Device),
					}
				},
			})
		}),
	}
	cmd.AddCommand(
		a.showRequestCommand(), a.writeRequestCommand(), a.sentRequestCommand(), a.draftRequestCommand(),
		a.followupCommand(), a.reportCommand(), a.compareCommand(),
	)
	return cmd
}

// requestJSON is an erasure request as scripts see it.
type requestJSON struct {
	ID         int64               `json:"id"`
	Account    app.AccountJSON     `json:"account"`
	DeletionID int64               `json:"deletion_id"`
	Deletions  []int64             `json:"deletions"`
	Device     string              `json:"device"`
	DeviceID   int64               `json:"device_id"`
	Vendor     string              `json:"vendor"`
	Status     store.RequestStatus `json:"status"`
	Recordings int                 `json:"recordings"`
	Created    *string             `json:"created"`
	SentOn     *string             `json:"sent_on"` // local days
	DueOn      *string             `json:"due_on"`
	Gone       int                 `json:"gone"`
	StillThere int                 `json:"still_there"`
	CannotTell int                 `json:"cannot_tell"`
	Folder     *string             `json:"folder"`
	Outdated   bool                `json:"files_outdated"` // whether the files have other steps
	TimeZone   string              `json:"time_zone"`      // whose days the steps mean
	Steps      []stepJSON          `json:"steps"`
}

func newRequestJSON(r *store.Request) requestJSON {
	return requestJSON{
		ID: r.ID, Account: app.NewAccountJSON(r.Device), DeletionID: r.DeletionID, Deletions: []int64{r.DeletionID}, Device: r.Device.Name, DeviceID: r.Device.ID, Vendor: r.Device.Vendor,
		Status: r.Status, Recordings: r.Recordings, Created: app.Instant(r.Created), SentOn: app.OrNull(r.SentOn), DueOn: app.OrNull(r.DueOn),
		Gone: r.Gone, StillThere: r.StillThere, CannotTell: r.CannotTell, Folder: app.OrNull(r.Folder), Outdated: r.Outdated, TimeZone: r.TimeZone,
		Steps: newStepsJSON(r.Steps),
	}
}

func orNotKnown(s string) string {
	if s == "" {
		return notKnown
	}
	return s
}

func (a *application) showRequestCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "show ID",
		Short: "Show a request with its steps, and what the exports tell about it",
		Args:  cobra.ExactArgs(1),
		RunE: a.onRequest(func(ctx context.Context, db *store.DB, r store.Request) error {
			return a.printRequest(ctx, db, r.ID)
		}),
	}
}

// onRequest turns work on the request that the argument names into a command.
func (a *application) onRequest(work func(ctx context.Context, db *store.DB, r store.Request) error) func(*cobra.Command, []string) error {
	return a.onLibrary(func(ctx context.Context, db *store.DB, args []string) error {
		id, err := number(args[0], "request's id", "requests")
		if err != nil {
			return err
		}
		r, err := a.on(db).Request(ctx, id)
		if err != nil {
			return err
		}
		return work(ctx, db, r)
	})
}

// printRequest prints a request with what the exports tell about it.
func (a *application) printRequest(ctx context.Context, db *store.DB, id int64) error {
	r, err := a.on(db).Request(ctx, id)
	if err != nil {
		return err
	}
	verdict, err := a.on(db).Verdict(ctx, r)
	if err != nil {
		return err
	}
	r = verdict.Request
	if a.json {
		return a.printJSON(newVerdictJSON(&verdict))
	}
	t := a.newTable("request", idText(r.ID)+" of deletion "+idText(r.DeletionID))
	t.width = 0 // nothing is cut here
	t.add("status", string(r.Status))
	t.add("device", phrase.Device(r.Device)+" ("+r.Device.Vendor+")")
	t.add("asks for", phrase.Count(r.Recordings, "recording")+", days of "+r.TimeZone)
	t.add("sent", orNotKnown(r.SentOn))
	t.add("due", orNotKnown(r.DueOn))
	t.add("exports show", deletion.Tally(r.Gone, r.StillThere, r.CannotTell))
	t.add("files", orNotKnown(r.Folder))
	if r.Outdated {
		t.add("", deletion.OutOfDate+"; write them again with: unsaid requests write "+idText(r.ID)+" --out DIR")
	}
	if err := t.print(); err != nil {
		return err
	}
	lines := append([]string{"steps"}, a.stepLines(r.Steps)...)
	if told := a.verdictLines(&verdict); len(told) > 0 {
		lines = append(append(lines, "exports"), told...)
	}
	return a.printLines(lines...)
}

func (a *application) writeRequestCommand() *cobra.Command {
	var out, language, words string
	cmd := &cobra.Command{
		Use:   "write ID",
		Short: "Write the files of a request into a new folder: steps to follow, a letter, a list of the recordings",
		Long: "Write the files of a request into a new folder: request.md with the steps to follow, the letter, and manifests of the " +
			"recordings. Only request.md quotes what was said, to tell single recordings apart; do not send it.",
		Example: "unsaid requests write 1 --out requests --language de",
		Args:    cobra.ExactArgs(1),
		RunE: a.onRequest(func(ctx context.Context, db *store.DB, r store.Request) error {
			on := a.on(db)
			if err := choose(&on.Correspondence, language, words); err != nil {
				return err
			}
			on.RequestsDir = out
			folder, err := on.WriteRequest(ctx, r.ID)
			if err != nil {
				return err
			}
			if a.json {
				return a.printJSON(map[string]any{"id": r.ID, "folder": folder})
			}
			return a.printLines(folder)
		}),
	}
	cmd.Flags().StringVar(&out, "out", "", "folder in which to make the new one")
	cmd.Flags().StringVar(&language, "language", "", "of the letter and the steps: en or de (default the settings', else en)")
	cmd.Flags().StringVar(&words, "words", "", "where to quote what was said: none, guide (request.md alone), or all (the manifests, too)")
	needFolder(cmd)
	return cmd
}

// choose applies the flags for a request's files; "" leaves the settings as they are.
func choose(how *deletion.Correspondence, language, words string) (err error) {
	if language != "" {
		if how.Language, err = deletion.ParseLanguage(language); err != nil {
			return usageError{err}
		}
		for account, p := range how.Accounts {
			p.Language = ""
			how.Accounts[account] = p
		}
	}
	if words != "" {
		if how.Words, err = deletion.ParseWords(words); err != nil {
			return usageError{err}
		}
	}
	return nil
}

func (a *application) sentRequestCommand() *cobra.Command {
	var on string
	cmd := &cobra.Command{
		Use:   "sent ID",
		Short: "Note that a request was sent, today or on a date",
		Args:  cobra.ExactArgs(1),
		RunE: a.onRequest(func(ctx context.Context, db *store.DB, r store.Request) error {
			day, err := a.on(db).ReadSentDay(on)
			if err != nil {
				return usagef("--on: %w", err)
			}
			if _, err := a.on(db).MarkSent(ctx, r.ID, day); err != nil {
				return err
			}
			return a.printRequest(ctx, db, r.ID)
		}),
	}
	cmd.Flags().StringVar(&on, "on", "", "day on which it was sent (such as 2024-05-03 or yesterday)")
	return cmd
}
