package cli

import (
	"context"

	"github.com/spf13/cobra"

	"unsaid/store"
)

func (a *application) redoCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "redo",
		Short: "Redo what was undone last, as long as nothing else was changed",
		Long: "Redo what was undone last, as long as nothing else was changed. If it was a deletion, the recordings that are still there go to " +
			"the trash again, and the requests to the makers are drafted again.\n\n" +
			"With --json: redone and text, like undone and text of undo; for a deletion also what delete prints.",
		Args: cobra.NoArgs,
		RunE: a.onLibrary(func(ctx context.Context, db *store.DB, _ []string) error { return a.redo(ctx, db) }),
	}
}

func (a *application) redo(ctx context.Context, db *store.DB) error {
	redone, err := a.on(db).Redo(ctx)
	if err != nil {
		return err
	}
	switch {
	case redone.Kind == store.RecordingsDeleted:
	case a.json:
		return a.printJSON(map[string]any{"redone": redone.Kind, "text": redone.Text})
	default:
		return a.printLines(redone.Text, "undo it with: unsaid undo")
	}
	f := deleteFlags{request: redone.Asked, keepLocal: !redone.Local}
	return a.printDeletion(redone.Proposal, redone.Deleted, redone.Change, f)
}
