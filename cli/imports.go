package cli

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"unsaid/app"
	"unsaid/store"
)

func (a *application) importsCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "imports [ID]",
		Short: "List past imports, or show what became of every file of one",
		Args:  cobra.MaximumNArgs(1),
		RunE: a.onLibrary(func(ctx context.Context, db *store.DB, args []string) error {
			if len(args) == 1 {
				return a.accountFor(ctx, db, args[0])
			}
			reports, err := db.Imports(ctx)
			if err != nil {
				return err
			}
			if !a.json {
				return a.showImports(reports)
			}
			list := make([]importJSON, len(reports))
			for i, r := range reports {
				if r, err = db.Import(ctx, r.ID); err != nil {
					return err
				}
				list[i] = newImportJSON(r, r.Members, false)
			}
			return a.printJSON(list)
		}),
	}
}

// importJSON is an import's account as scripts see it.
type importJSON struct {
	ImportID         *int64            `json:"import_id"` // null for a dry run
	DryRun           bool              `json:"dry_run"`
	Account          *app.AccountJSON  `json:"account"` // whose history it read; null if it read none
	State            store.ImportState `json:"state"`
	Started          *string           `json:"started"`
	Finished         *string           `json:"finished"`
	Paths            []string          `json:"paths"`
	Sources          []string          `json:"sources"`
	Members          any               `json:"members"` // how many, or a list of them
	Added            int               `json:"added"`
	Completed        int               `json:"completed"`
	Known            int               `json:"known"`
	Tombstoned       int               `json:"tombstoned"`
	Doubtful         int               `json:"doubtful"`
	WithoutAudio     int               `json:"without_audio"`
	AudioWithoutText int               `json:"audio_without_text"`
	Ignored          int               `json:"ignored"`
	Missing          []string          `json:"missing"` // parts of its archives that were not imported
	Failed           []failureJSON     `json:"failed"`
	Devices          int               `json:"devices"`
	Columns          []columnJSON      `json:"columns"` // of the tables that were imported
	Seconds          float64           `json:"seconds"`
	Requests         []standingJSON    `json:"requests,omitempty"` // those that the import tells something about
	LeftOut          []doubtJSON       `json:"left_out,omitempty"` // those in doubt, in the account of one import
}

// doubtJSON is a recording that was left out, as it may be a purged one.
type doubtJSON struct {
	Time   *string         `json:"time"`
	Device *app.DeviceJSON `json:"device"`
}

// columnJSON is what a column of an imported table was taken to hold.
type columnJSON struct {
	Member string `json:"member"`
	store.Column
}

type failureJSON struct {
	Member string `json:"member"`
	Reason string `json:"reason"`
}

type memberJSON struct {
	Member  string        `json:"member"`
	Outcome store.Outcome `json:"outcome"`
	Reason  string        `json:"reason"`
}

func newImportJSON(r store.ImportReport, members any, dryRun bool) importJSON {
	j := importJSON{
		DryRun: dryRun, State: r.State, Started: app.Instant(r.Started), Finished: app.Instant(r.Finished),
		Paths: app.List(r.Paths), Sources: app.List(r.Sources), Members: members,
		Added: r.Added, Completed: r.Completed, Known: r.Known, Tombstoned: r.Tombstoned, Doubtful: r.Doubtful,
		WithoutAudio: r.WithoutAudio, AudioWithoutText: r.AudioWithoutText, Ignored: r.Ignored, Missing: app.List(r.Missing),
		Failed: make([]failureJSON, len(r.Failed)), Devices: r.Devices, Columns: []columnJSON{},
	}
	if len(r.Accounts) > 0 {
		whose := app.AccountJSON{ID: r.Accounts[0].ID, Name: cmp.Or(r.Accounts[0].Name, r.Accounts[0].Vendor)}
		j.Account = &whose
	}
	if !dryRun {
		j.ImportID = &r.ID
	}
	if !r.Finished.IsZero() {
		j.Seconds = r.Finished.Sub(r.Started).Seconds()
	}
	for i, f := range r.Failed {
		j.Failed[i] = failureJSON{f.Member, withReason(f)}
	}
	for _, table := range r.Tables {
		for _, c := range table.Columns {
			j.Columns = append(j.Columns, columnJSON{table.Member, c})
		}
	}
	return j
}

// accountFor prints one import with every member.
func (a *application) accountFor(ctx context.Context, db *store.DB, arg string) error {
	id, err := number(arg, "import's id", "imports")
	if err != nil {
		return err
	}
	report, err := db.Import(ctx, id)
	if err != nil {
		return err
	}
	members, err := db.ImportMembers(ctx, id)
	if err != nil {
		return err
	}
	doubts, err := db.Doubts(ctx, id, -1)
	if err != nil {
		return err
	}
	whole := []memberJSON{}
	lines := a.importSummary(report, doubts, false)
	for _, m := range members {
		if !m.Record { // the failed records of a member stand under failed
			whole = append(whole, memberJSON{m.Member, m.Outcome, withReason(m)})
			lines = append(lines, a.memberLine(m))
		}
	}
	object := newImportJSON(report, whole, false)
	object.LeftOut = app.Mapped(doubts, func(d *store.Doubt) doubtJSON { return doubtJSON{app.Instant(d.Time), app.NewDeviceJSON(d.Device)} })
	return a.printImport(object, lines)
}

func (a *application) memberLine(m store.MemberOutcome) string {
	line := fmt.Sprintf("%-8s  %s", m.Outcome, m.Member)
	if m.Reason != "" {
		line += ": " + a.own(withReason(m))
	}
	return line
}

func (a *application) showImports(reports []store.ImportReport) error {
	t := a.newTable("ID", "STARTED", "STATE", "ADDED", "KNOWN", "FAILED", "PATHS")
	for _, r := range reports {
		state := string(r.State)
		if r.State == store.ImportRunning {
			state = "running, or interrupted"
		}
		t.add(idText(r.ID), a.moment(r.Started), state, strconv.Itoa(r.Added), strconv.Itoa(r.Known),
			strconv.Itoa(r.FailedMembers+r.FailedRecords), strings.Join(r.Paths, ", "))
	}
	return t.print()
}
