package cli

import (
	"context"

	"github.com/spf13/cobra"

	"unsaid/app"
	"unsaid/phrase"
	"unsaid/store"
)

func (a *application) undoCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "undo [DELETION]",
		Short: "Undo what was done last, or a certain deletion",
		Long: "Undo what was done last, whatever it was, here or in the terminal program: a deletion, a new name of a device or an account, " +
			"a merge, a split, a change of the saved searches. With a number, undo that deletion (unsaid trash lists them). The recordings of a deletion come back " +
			"and its draft requests are dropped. Requests that were sent stay, and the maker may still act on them.\n\n" +
			"With --json: undone (recordings-deleted, device-renamed, devices-merged, device-split, account-renamed, accounts-merged, " +
			"search-saved, search-renamed or search-dropped) and text (what the undo did); of a deletion also deletion_id, restored, dropped_requests and sent_requests.",
		Args: cobra.MaximumNArgs(1),
		RunE: a.onLibrary(func(ctx context.Context, db *store.DB, args []string) error {
			id, err := deletionID(args)
			if err != nil {
				return err
			}
			undone, err := a.on(db).Undo(ctx, id, true)
			if err != nil {
				return err
			}
			return a.printUndone(undone)
		}),
	}
}

// deletionID reads the deletion that may be named, 0 if none is.
func deletionID(args []string) (int64, error) {
	if len(args) == 0 {
		return 0, nil
	}
	id, err := number(args[0], "deletion's id", "trash")
	if err == nil && id == 0 {
		err = usagef("deletions are numbered from 1; they are listed by: unsaid trash")
	}
	return id, err
}

func (a *application) printUndone(u store.Undone) error {
	if a.json {
		j := map[string]any{"undone": u.Kind, "text": u.Text}
		if u.Kind == store.RecordingsDeleted {
			sent := app.Mapped(u.Sent, func(r *store.Request) int64 { return r.ID })
			j["deletion_id"], j["restored"], j["dropped_requests"], j["sent_requests"] = u.Deletion.ID, u.Restored, u.Dropped, sent
		}
		return a.printJSON(j)
	}
	for _, r := range u.Sent {
		switch r.Status {
		case store.Gone:
			a.say("request %d for %s: the maker has deleted already, an export proves it", r.ID, phrase.Device(r.Device))
		default:
			a.say("request %d for %s was sent before: the maker may delete all the same; "+
				"if it was not really sent: unsaid requests draft %d", r.ID, phrase.Device(r.Device), r.ID)
		}
	}
	return a.printLines(u.Text, "redo it with: unsaid redo")
}
