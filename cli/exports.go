package cli

import (
	"cmp"
	"context"
	"errors"
	"strconv"

	"github.com/spf13/cobra"

	"unsaid/app"
	"unsaid/deletion"
	"unsaid/phrase"
	"unsaid/store"
)

func (a *application) exportsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "exports",
		Short: "List what makers handed out, as evidence of what they still have",
		Long: "List what makers handed out, as evidence of what they still have. Each import of a maker's product is an export: with its files, " +
			"when it was certainly made and what that rests on, what it covers, what of it was not read, and whether you said that it is all " +
			"that the account has.",
		Args: unknownCommand,
		RunE: a.onLibrary(func(ctx context.Context, db *store.DB, _ []string) error {
			exports, err := a.on(db).MakerExports(ctx)
			if err != nil {
				return err
			}
			return printList(a, exports, listing[store.Export]{
				object:  func(e *store.Export) any { return newMakerExportJSON(e) },
				empty:   "there are no exports; unsaid import reads them",
				columns: []string{"ID", "IMPORT", "MAKER", "MADE AFTER", "RECORDINGS", "FIRST", "LAST", "UNREAD", "COMPLETE", "FILES"},
				cells: func(e *store.Export) []string {
					return []string{
						idText(e.ID), idText(e.ImportID), phrase.Product(*e), a.moment(e.Made), strconv.Itoa(e.Recordings), a.moment(e.First),
						a.moment(e.Last), strconv.Itoa(e.Unread), phrase.Complete(e.Complete), fileNames(e.Files),
					}
				},
			})
		}),
	}
	cmd.AddCommand(a.showExportCommand(), a.completeExportCommand(), a.madeOnCommand())
	return cmd
}

// makerExportJSON is an export as scripts see it.
type makerExportJSON struct {
	ID       int64            `json:"id"`
	ImportID int64            `json:"import_id"`
	Account  app.AccountJSON  `json:"account"`
	Imported *string          `json:"imported"`
	Vendor   string           `json:"vendor"`
	Product  *string          `json:"product"` // null where the maker has only one
	Own      bool             `json:"written_by_unsaid"`
	Files    []exportFileJSON `json:"files"`
	Made     *string          `json:"made"`    // it was certainly made after this; null if nothing proves any moment
	MadeBy   *string          `json:"made_by"` // what that rests on: recording, name, user or import
	Packed   *string          `json:"packed"`  // by the clock of its archive, which proves nothing
	Covers   coversJSON       `json:"covers"`
	Unread   int              `json:"unread"`   // files and records that may hold recordings and were not read
	Missing  []string         `json:"missing"`  // parts of the archive that were not imported
	Finished bool             `json:"finished"` // whether the import came to its end
	Complete *bool            `json:"complete"` // by the user's word; null if nothing was said
}

type exportFileJSON struct {
	Name   string `json:"name"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

type coversJSON struct {
	From       *string           `json:"from"`
	To         *string           `json:"to"`
	Recordings int               `json:"recordings"`
	Unintended int               `json:"unintended"`
	Devices    []*app.DeviceJSON `json:"devices"`
}

func newMakerExportJSON(e *store.Export) makerExportJSON {
	j := makerExportJSON{
		ID: e.ID, ImportID: e.ImportID, Account: app.AccountJSON{ID: e.Account.ID, Name: cmp.Or(e.Account.Name, e.Vendor)},
		Imported: app.Instant(e.Imported), Vendor: e.Vendor, Product: app.OrNull(e.Product), Own: e.Own,
		Files: mapped(e.Files, func(f *store.ExportFile) exportFileJSON { return exportFileJSON(*f) }), Made: app.Instant(e.Made), MadeBy: app.OrNull(string(e.MadeBy)), Packed: app.Instant(e.Packed),
		Covers: coversJSON{app.Instant(e.First), app.Instant(e.Last), e.Recordings, e.Unintended, mapped(e.Devices, func(d *store.Device) *app.DeviceJSON { return app.NewDeviceJSON(*d) })},
		Unread: e.Unread, Missing: app.List(e.Missing), Finished: e.Finished,
	}
	if e.Complete != store.NotAnswered {
		complete := e.Complete == store.Yes
		j.Complete = &complete
	}
	return j
}

// fileNames names the files of an export, as many as a line can hold.
func fileNames(files []store.ExportFile) string {
	switch len(files) {
	case 0:
		return notKnown
	case 1:
		return files[0].Name
	}
	return files[0].Name + " and " + strconv.Itoa(len(files)-1) + " more"
}

func (a *application) printExport(ctx context.Context, db *store.DB, id int64) error {
	e, err := a.on(db).MakerExport(ctx, id)
	if err != nil {
		return err
	}
	if a.json {
		return a.printJSON(newMakerExportJSON(&e))
	}
	t := a.newTable("export", idText(e.ID)+" of import "+idText(e.ImportID)+", "+a.moment(e.Imported))
	t.width = 0 // nothing is cut here
	t.add("maker", phrase.Product(e))
	t.add("made after", a.moment(e.Made)+" ("+phrase.MadeBy(e.MadeBy)+")")
	if !e.Packed.IsZero() {
		t.add("packed", a.moment(e.Packed)+" by the clock of its archive, which proves nothing")
	}
	t.add("recordings", strconv.Itoa(e.Recordings)+", "+strconv.Itoa(e.Unintended)+" of them made by mistake")
	t.add("first", a.moment(e.First))
	t.add("last", a.moment(e.Last))
	for _, d := range e.Devices {
		t.add("device", phrase.Device(d))
	}
	t.add("unread", phrase.Comma(e.Unread)+" files and records that may hold recordings")
	for _, name := range e.Missing {
		t.add("missing", name)
	}
	t.add("complete", phrase.Complete(e.Complete))
	for _, f := range e.Files {
		t.add("file", f.Name+", "+phrase.Size(f.Bytes)+", SHA-256 "+f.SHA256)
	}
	return t.print()
}

// onExport turns work on the export that the first argument names into a command, which shows the export afterwards.
func (a *application) onExport(work func(ctx context.Context, db *store.DB, id int64, args []string) error) func(*cobra.Command, []string) error {
	return a.onLibrary(func(ctx context.Context, db *store.DB, args []string) error {
		id, err := number(args[0], "export's id", "exports")
		if err != nil {
			return err
		}
		if err := work(ctx, db, id, args[1:]); err != nil {
			return err
		}
		return a.printExport(ctx, db, id)
	})
}

func (a *application) showExportCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "show ID",
		Short: "Show an export with its files and their hashes",
		Args:  cobra.ExactArgs(1),
		RunE:  a.onExport(func(context.Context, *store.DB, int64, []string) error { return nil }),
	}
}

func (a *application) completeExportCommand() *cobra.Command {
	var no, unsaid bool
	cmd := &cobra.Command{
		Use:   "complete ID",
		Short: "Say that an export is all that the account has, or that it is not",
		Long: "Say that an export is all that the account has, so that what it lacks is gone: also the oldest and the newest recordings, and whole devices. " +
			"The proof then says that it rests on your word.",
		Example: "unsaid exports complete 3\nunsaid exports complete 3 --no",
		Args:    cobra.ExactArgs(1),
		RunE: a.onExport(func(ctx context.Context, db *store.DB, id int64, _ []string) error {
			answer := store.Yes
			switch {
			case no && unsaid:
				return usagef("--no and --unsay exclude each other")
			case no:
				answer = store.No
			case unsaid:
				answer = store.NotAnswered
			}
			_, err := a.on(db).SetComplete(ctx, answer, id)
			return err
		}),
	}
	cmd.Flags().BoolVar(&no, "no", false, "it is not all that the account has")
	cmd.Flags().BoolVar(&unsaid, "unsay", false, "take back what was said")
	return cmd
}

func (a *application) madeOnCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "made-on ID DATE",
		Short:   "Say on which day the maker made an export",
		Example: "unsaid exports made-on 3 2025-04-02",
		Args:    cobra.ExactArgs(2),
		RunE: a.onExport(func(ctx context.Context, db *store.DB, id int64, args []string) error {
			made, err := a.on(db).ReadMadeOn(args[0])
			if err != nil {
				return usageError{err}
			}
			_, err = a.on(db).SetMadeOn(ctx, made, id)
			return err
		}),
	}
}

func (a *application) compareCommand() *cobra.Command {
	var same, another bool
	cmd := &cobra.Command{
		Use:   "compare RECORDING OTHER",
		Short: "Show a recording beside one that may be the same, or say whether it is",
		Long: "Show a recording that a request asks for beside one that a later export has and that may be the same, under another time, device " +
			"or wording. With --same or --another, say which; until then the export proves nothing about the recording.",
		Args: cobra.ExactArgs(2),
		RunE: a.onLibrary(func(ctx context.Context, db *store.DB, args []string) error {
			var ids [2]int64
			for i := range ids {
				id, err := number(args[i], "recording's id", "list")
				if err != nil {
					return err
				}
				ids[i] = id
			}
			if same == another {
				if same {
					return usagef("--same and --another exclude each other")
				}
				return a.showBoth(ctx, db, ids)
			}
			answer := store.No
			if same {
				answer = store.Yes
			}
			verdicts, err := a.on(db).Compare(ctx, ids[0], ids[1], answer)
			if err != nil {
				return err
			}
			return a.printVerdicts(verdicts)
		}),
	}
	cmd.Flags().BoolVar(&same, "same", false, "they are one recording")
	cmd.Flags().BoolVar(&another, "another", false, "they are two recordings")
	return cmd
}

// showBoth shows two recordings, of which one may have been purged.
func (a *application) showBoth(ctx context.Context, db *store.DB, ids [2]int64) error {
	both, err := a.on(db).Both(ctx, ids)
	if err != nil {
		return err
	}
	if a.json {
		return a.printJSON([2]app.RecordingJSON{app.NewRecordingJSON(&both[0]), app.NewRecordingJSON(&both[1])})
	}
	return errors.Join(a.showRecording(&both[0]), a.showRecording(&both[1]))
}

// settlesText says what would settle an unknown outcome, and by which command.
func settlesText(r deletion.Reason) string {
	text := phrase.Settles(r.Settles())
	switch r.Settles() {
	case deletion.SayMadeOn:
		return text + ": unsaid exports made-on " + idText(r.Export) + " DATE"
	case deletion.SayComplete:
		return text + ": unsaid exports complete " + idText(r.Export)
	case deletion.ImportAgain:
		return text + "; unsaid imports " + idText(r.Import) + " lists it"
	case deletion.CompareBoth:
		return text + ": unsaid requests compare " + idText(r.Recording) + " " + idText(r.Other)
	}
	return text
}
