package cli

import (
	"context"

	"github.com/spf13/cobra"

	"unsaid/store"
)

func (a *application) undoCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "undo [DELETION]",
		Short: "Take back the newest deletion, or the one named, with its draft requests",
		Args:  cobra.MaximumNArgs(1),
		RunE: a.onLibrary(func(ctx context.Context, db *store.DB, args []string) error {
			id, err := deletionID(args)
			if err != nil {
				return err
			}
			undone, err := db.Undo(ctx, id)
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
	sent := make([]int64, len(u.Sent))
	for i, r := range u.Sent {
		sent[i] = r.ID
	}
	if a.json {
		return a.printJSON(map[string]any{
			"deletion_id": u.Deletion.ID, "restored": u.Restored, "dropped_requests": u.Dropped, "sent_requests": sent,
		})
	}
	for _, r := range u.Sent {
		switch r.Status {
		case store.Gone:
			a.say("request %d for %s: the maker has deleted already, an export proves it", r.ID, r.Device.Name)
		default:
			a.say("request %d for %s was sent before: the maker may delete all the same; "+
				"if it was not really sent: unsaid requests draft %d", r.ID, r.Device.Name, r.ID)
		}
	}
	return a.printLines("deletion "+idText(u.Deletion.ID)+" taken back: "+countOf(u.Restored, "recording")+" restored, "+
		countOf(u.Dropped, "draft request")+" dropped", "do it again with: unsaid redo")
}
