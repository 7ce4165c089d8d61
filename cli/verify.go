package cli

import (
	"context"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"unsaid/app"
	"unsaid/deletion"
	"unsaid/phrase"
	"unsaid/store"
)

func (a *application) verifyCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "verify",
		Short: "Check the requests that were sent against the exports imported since",
		Long: "Check every request that was sent against the exports that were imported since. A recording is still there if an export has it " +
			"that was made after the request was sent. It is gone if such an export lacks it, and either has what was recorded before and after " +
			"or is all that the account has, by your word (unsaid exports complete). Otherwise it cannot be told, and the reason is given with " +
			"what would settle it. An import does the same by itself. The exit code is 0 even if something is still there.",
		Args: cobra.NoArgs,
		RunE: a.onLibrary(func(ctx context.Context, db *store.DB, _ []string) error {
			verdicts, err := a.on(db).Verify(ctx)
			if err != nil {
				return err
			}
			return a.printVerdicts(verdicts)
		}),
	}
}

func (a *application) printVerdicts(verdicts []deletion.Verdict) error {
	err := printList(a, verdicts, listing[deletion.Verdict]{
		object:  func(v *deletion.Verdict) any { return a.newVerdictJSON(v) },
		empty:   "no request was sent yet; unsaid requests sent ID notes that one was",
		columns: []string{"ID", "MAKER", "STATUS", "GONE", "STILL THERE", "CANNOT TELL", "SENT", "DUE", "DEVICE"},
		cells: func(v *deletion.Verdict) []string {
			r := &v.Request
			return []string{
				idText(r.ID), r.Device.Vendor, string(r.Status), strconv.Itoa(r.Gone), strconv.Itoa(r.StillThere), strconv.Itoa(r.CannotTell),
				orNotKnown(r.SentOn), orNotKnown(r.DueOn), phrase.Device(r.Device),
			}
		},
	})
	if err != nil || a.json {
		return err
	}
	for i := range verdicts {
		if lines := a.verdictLines(&verdicts[i]); len(lines) > 0 {
			if err := a.printLines(append([]string{"request " + idText(verdicts[i].Request.ID)}, lines...)...); err != nil {
				return err
			}
		}
	}
	return nil
}

// verdictJSON is a request with what the exports tell about it.
type verdictJSON struct {
	requestJSON
	Checked []checkedJSON `json:"checked"` // the export made last first
	Grounds []groundJSON  `json:"grounds"` // why what is known is known
	Reasons []reasonJSON  `json:"reasons"` // why what cannot be told cannot be
}

type checkedJSON struct {
	ImportID   int64    `json:"import_id"`
	Files      []string `json:"files"`
	Imported   *string  `json:"imported"`
	MadeAfter  *string  `json:"made_after"` // null if nothing proves any moment
	MadeBy     *string  `json:"made_by"`    // what that rests on
	Later      bool     `json:"later"`      // whether that is after the request was sent
	Gone       int      `json:"gone"`
	StillThere int      `json:"still_there"`
	CannotTell int      `json:"cannot_tell"`
}

type reasonJSON struct {
	Reason     deletion.ReasonKind `json:"reason"`
	Text       string              `json:"text"`
	Settles    string              `json:"settles"` // what would settle it
	ImportID   *int64              `json:"import_id"`
	ExportID   *int64              `json:"export_id"`
	Pair       []string            `json:"pair,omitempty"` // ids of a recording and of the one that may be it
	Recordings int                 `json:"recordings"`
}

// groundJSON is on what the outcome of some recordings rests.
type groundJSON struct {
	Outcome    store.RequestStatus `json:"outcome"`
	ImportID   int64               `json:"import_id"`
	MadeAfter  *string             `json:"made_after"`
	Ground     deletion.Ground     `json:"ground,omitempty"` // of what is gone: covered, or complete by the user's word
	Matched    store.Matched       `json:"matched_by,omitempty"`
	Text       string              `json:"text"`
	Recordings int                 `json:"recordings"`
}

func (a *application) newVerdictJSON(v *deletion.Verdict) verdictJSON {
	j := verdictJSON{requestJSON: a.newRequestJSON(&v.Request), Grounds: []groundJSON{}, Reasons: make([]reasonJSON, len(v.Reasons))}
	for _, g := range v.Grounds() {
		made := app.Instant(g.Export.Made)
		j.Grounds = append(j.Grounds, groundJSON{g.Outcome, g.Export.ImportID, made, g.Ground, g.Matched, phrase.Proof(g, *made), g.Recordings})
	}
	j.Checked = app.Mapped(v.Exports, func(e *deletion.Checked) checkedJSON {
		return checkedJSON{
			ImportID: e.ImportID, Files: app.List(e.Paths), Imported: app.Instant(e.Imported), MadeAfter: app.Instant(e.Made),
			MadeBy: app.OrNull(string(e.MadeBy)), Later: e.Later, Gone: e.Gone, StillThere: e.StillThere, CannotTell: e.CannotTell,
		}
	})
	for i, r := range v.Reasons {
		j.Reasons[i] = reasonJSON{Reason: r.Kind, Text: r.String(), Settles: settlesText(r), Recordings: r.Recordings}
		if r.Import != 0 {
			j.Reasons[i].ImportID = &r.Import
		}
		if r.Export != 0 {
			j.Reasons[i].ExportID = &r.Export
		}
		if r.Other != 0 {
			j.Reasons[i].Pair = []string{idText(r.Recording), idText(r.Other)}
		}
	}
	return j
}

// verdictLines says what each export shows about a request, why the rest cannot be told, and what to do now.
func (a *application) verdictLines(v *deletion.Verdict) []string {
	var lines []string
	for _, e := range v.Exports {
		lines = append(lines, "  import "+idText(e.ImportID)+" of "+a.moment(e.Imported)+", "+baseNames(e.Paths)+": "+e.Summary())
	}
	for _, g := range v.Grounds() {
		lines = append(lines, "  "+phrase.Proof(g, a.moment(g.Export.Made)))
	}
	for _, r := range v.Reasons {
		lines = append(lines, "  "+r.Sentence(), "    "+settlesText(r))
	}
	if v.Request.StillThere > 0 {
		line := "  still there: " + phrase.Count(v.Request.StillThere, "recording")
		if v.Request.DueOn != "" {
			line += "; due on " + v.Request.DueOn
		}
		lines = append(lines, line+"; write a follow-up with: unsaid requests followup "+idText(v.Request.ID)+" --out DIR")
	}
	return lines
}

// baseNames returns the names of files without their folders.
func baseNames(paths []string) string {
	names := make([]string, len(paths))
	for i, p := range paths {
		names[i] = filepath.Base(p)
	}
	return strings.Join(names, ", ")
}

// standingJSON is where a request stands after an import.
type standingJSON struct {
	ID         int64               `json:"id"`
	Status     store.RequestStatus `json:"status"`
	Gone       int                 `json:"gone"`
	StillThere int                 `json:"still_there"`
	CannotTell int                 `json:"cannot_tell"`
}

func newStandingJSON(v *deletion.Verdict) standingJSON {
	r := &v.Request
	return standingJSON{r.ID, r.Status, r.Gone, r.StillThere, r.CannotTell}
}

func standingLines(verdicts []deletion.Verdict) []string {
	var lines []string
	for i := range verdicts {
		r := &verdicts[i].Request
		lines = append(lines, "  request "+idText(r.ID)+" for "+phrase.Device(r.Device)+": "+verdicts[i].Summary()+"; see: unsaid verify")
	}
	return lines
}
