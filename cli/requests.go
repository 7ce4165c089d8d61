package cli

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"unsaid/app"
	"unsaid/deletion"
	"unsaid/phrase"
	"unsaid/store"
)

func (a *application) requestsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "requests",
		Short: "List the requests to the makers: each device has one open draft, which deletions add to until it is sent",
		Args:  unknownCommand,
		RunE: a.onLibrary(func(ctx context.Context, db *store.DB, _ []string) error {
			requests, err := a.on(db).Requests(ctx)
			if err != nil {
				return err
			}
			verdicts := make([]deletion.Verdict, len(requests))
			for i, r := range requests {
				if verdicts[i], err = a.on(db).Verdict(ctx, r); err != nil {
					return err
				}
			}
			return printList(a, verdicts, listing[deletion.Verdict]{
				object:  func(v *deletion.Verdict) any { return a.newVerdictJSON(v) },
				empty:   "there are no requests; unsaid delete drafts them",
				columns: []string{"ID", "MAKER", "RECORDINGS", "STEPS", "STATUS", "SENT", "DUE", "DEVICE"},
				cells: func(v *deletion.Verdict) []string {
					r := &v.Request
					return []string{
						idText(r.ID), r.Device.Vendor, strconv.Itoa(r.Recordings), strconv.Itoa(len(r.Steps)),
						a.statusText(r), orNotKnown(r.SentOn), orNotKnown(r.DueOn), phrase.Device(r.Device),
					}
				},
			})
		}),
	}
	cmd.AddCommand(
		a.showRequestCommand(), a.writeRequestCommand(), a.tickCommand(), a.sentRequestCommand(), a.draftRequestCommand(), a.answerCommand(),
		a.followupCommand(), a.withdrawCommand(), a.reportCommand(), a.compareCommand(),
	)
	return cmd
}

// requestJSON is an erasure request as scripts see it.
type requestJSON struct {
	ID         int64               `json:"id"`
	Account    app.AccountJSON     `json:"account"`
	DeletionID *int64              `json:"deletion_id"` // the first that asks for it
	Deletions  []int64             `json:"deletions"`
	Device     *string             `json:"device"` // null if no export names it
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
	Steps      []requestStepJSON   `json:"steps"`
	Law        string              `json:"law"`
	Language   *string             `json:"language"` // of its letter, null if none was written
	Standing   *string             `json:"standing"` // besides what exports prove: withdrawn, confirmed, refused, identity, overdue, extended
	SentBy     *string             `json:"sent_by"`
	Undone     int                 `json:"undone"` // asked for, and restored since
	Answers    []answerJSON        `json:"answers"`
	Files      map[string]string   `json:"files"` // SHA-256 by name, as written or sent
}

// requestStepJSON is a step with its number, and the local day on which it was done.
type requestStepJSON struct {
	stepJSON
	Step   int     `json:"step"`
	DoneOn *string `json:"done_on"`
}

// answerJSON is what a maker answered, or a note.
type answerJSON struct {
	Kind store.AnswerKind `json:"kind"`
	On   string           `json:"on"`
	Text *string          `json:"text"`
}

func (a *application) newRequestJSON(r *store.Request) requestJSON {
	j := requestJSON{
		ID: r.ID, Account: app.NewAccountJSON(r.Device), Deletions: app.List(r.Deletions), DeviceID: r.Device.ID, Vendor: r.Device.Vendor,
		Status: r.Status, Standing: app.OrNull(string(deletion.StandingOf(*r, a.now()))), Law: r.Written.Law, Language: app.OrNull(r.Written.Language),
		Recordings: r.Recordings, Created: app.Instant(r.Created), SentOn: app.OrNull(r.SentOn), SentBy: app.OrNull(r.SentBy), DueOn: app.OrNull(r.DueOn),
		Gone: r.Gone, StillThere: r.StillThere, CannotTell: r.CannotTell, Undone: r.Undone,
		Folder: app.OrNull(r.Written.Folder), Files: r.Written.Files, Outdated: r.Outdated, TimeZone: r.TimeZone, Steps: []requestStepJSON{},
		Answers: app.Mapped(r.Answers, func(a *store.Answered) answerJSON { return answerJSON{a.Kind, a.On, app.OrNull(a.Text)} }),
	}
	if len(r.Deletions) > 0 {
		j.DeletionID = &r.Deletions[0]
	}
	for i, s := range newStepsJSON(r.Steps) {
		j.Steps = append(j.Steps, requestStepJSON{s, i + 1, app.OrNull(r.Steps[i].DoneOn)})
	}
	if !r.Device.None {
		j.Device = &r.Device.Name
	}
	return j
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
		RunE: a.onRequest(func(ctx context.Context, db *store.DB, r store.Request, _ []string) error {
			return a.printRequest(ctx, db, r.ID)
		}),
	}
}

// onRequest turns work on the request that the first argument names into a command.
func (a *application) onRequest(work func(ctx context.Context, db *store.DB, r store.Request, rest []string) error) func(*cobra.Command, []string) error {
	return a.onLibrary(func(ctx context.Context, db *store.DB, args []string) error {
		id, err := number(args[0], "request's id", "requests")
		if err != nil {
			return err
		}
		r, err := a.on(db).Request(ctx, id)
		if err != nil {
			return err
		}
		return work(ctx, db, r, args[1:])
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
		return a.printJSON(a.newVerdictJSON(&verdict))
	}
	t := a.newTable("request", idText(r.ID)+" of "+deletionsText(r.Deletions))
	t.width = 0 // nothing is cut here
	t.add("status", string(r.Status))
	if standing := deletion.StandingOf(r, a.now()); standing != deletion.IsWaiting {
		t.add("standing", string(standing))
	}
	t.add("device", phrase.Device(r.Device)+" ("+r.Device.Vendor+")")
	t.add("asks for", phrase.Count(r.Recordings, "recording")+", days of "+r.TimeZone)
	if r.Undone > 0 {
		t.add("restored since", phrase.Count(r.Undone, "recording")+"; write a letter that takes them back with: unsaid requests withdraw "+idText(r.ID)+" --out DIR")
	}
	t.add("law", r.Written.Law)
	t.add("sent", orNotKnown(sentText(r)))
	t.add("due", orNotKnown(r.DueOn))
	if sent, err := store.ParseDay(r.SentOn); err == nil {
		if due := deletion.ReceiptDue(deletion.Law(r.Written.Law), sent); due != "" {
			t.add("receipt due", due)
		}
	}
	for _, answer := range r.Answers {
		t.add("answer", a.dates().Answer(answer))
	}
	t.add("exports show", deletion.Tally(r.Gone, r.StillThere, r.CannotTell))
	t.add("files", orNotKnown(r.Written.Folder))
	if r.Outdated {
		t.add("", deletion.OutOfDate+"; write them again with: unsaid requests write "+idText(r.ID)+" --out DIR")
	}
	if err := t.print(); err != nil {
		return err
	}
	lines := []string{fmt.Sprintf("steps, %d of %d done; unsaid requests tick %d STEP ticks one off", r.StepsDone(), len(r.Steps), r.ID)}
	for i, line := range a.stepLines(r.Steps) {
		if i < shownSteps {
			line = fmt.Sprintf("%3d. %s", i+1, strings.TrimSpace(line))
		}
		lines = append(lines, line)
	}
	if told := a.verdictLines(&verdict); len(told) > 0 {
		lines = append(append(lines, "exports"), told...)
	}
	return a.printLines(lines...)
}

// statusText is what exports prove of a request, and where it stands besides.
func (a *application) statusText(r *store.Request) string {
	if standing := deletion.StandingOf(*r, a.now()); standing != deletion.IsWaiting {
		return string(r.Status) + ", " + string(standing)
	}
	return string(r.Status)
}

// deletionsText names deletions: "deletion 1", "deletions 1, 3".
func deletionsText(ids []int64) string {
	names := app.Mapped(ids, func(id *int64) string { return idText(*id) })
	if len(names) == 1 {
		return "deletion " + names[0]
	}
	return "deletions " + strings.Join(names, ", ")
}

// sentText says when a request was sent, and how; "" if it was not.
func sentText(r store.Request) string {
	if r.SentBy == "" {
		return r.SentOn
	}
	return r.SentOn + ", by " + r.SentBy
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
		RunE: a.onRequest(func(ctx context.Context, db *store.DB, r store.Request, _ []string) error {
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

// choose applies the flags for a request's files; "" leaves the settings, or what was sent, as they are.
func choose(how *deletion.Correspondence, language, words string) (err error) {
	if language != "" {
		if how.ThisTime, err = deletion.ParseLanguage(language); err != nil {
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
