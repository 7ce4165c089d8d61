package cli

import (
	"context"

	"github.com/spf13/cobra"

	"unsaid/deletion"
	"unsaid/store"
)

func (a *application) redoCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "redo",
		Short: "Take back the newest undo, as long as nothing else was changed",
		Long: "Take back the newest undo, as long as nothing else was changed: those of its recordings that are still there go to the trash again, " +
			"and the requests to the makers are planned and drafted anew.",
		Args: cobra.NoArgs,
		RunE: a.onLibrary(func(ctx context.Context, db *store.DB, _ []string) error { return a.redo(ctx, db) }),
	}
}

func (a *application) redo(ctx context.Context, db *store.DB) error {
	redone, err := deletion.Redo(ctx, db, a.zone)
	if err != nil {
		return err
	}
	f := deleteFlags{request: redone.Asked, keepLocal: !redone.Deletion.Local}
	return a.printDeletion(redone.Proposal, redone.Deletion, byDevice(redone.Order, redone.Requests), f)
}
