package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"unsaid/phrase"
	"unsaid/store"
)

func (a *application) purgeCommand() *cobra.Command {
	var yes, dryRun bool
	cmd := &cobra.Command{
		Use:   "purge [DELETION]",
		Short: "Erase what is in the trash, or one deletion in it, beyond recovery",
		Args:  cobra.MaximumNArgs(1),
		PreRunE: func(*cobra.Command, []string) error {
			if yes || dryRun {
				return nil
			}
			return a.mayAsk()
		},
		RunE: a.onLibrary(func(ctx context.Context, db *store.DB, args []string) error {
			id, err := deletionID(args)
			if err != nil {
				return err
			}
			return a.purge(ctx, db, id, yes, dryRun)
		}),
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "do not ask")
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "show what would be erased, and erase nothing")
	return cmd
}

func (a *application) purge(ctx context.Context, db *store.DB, id int64, yes, dryRun bool) error {
	trashed, err := a.on(db).Trashed(ctx, id)
	if err != nil {
		return err
	}
	if dryRun {
		return a.printPurge("would erase", trashed.Recordings, trashed.Bytes, true)
	}
	if !yes && trashed.Recordings > 0 {
		if err := a.confirm(ctx, "Erase "+phrase.Count(trashed.Recordings, "recording")+" beyond recovery?"); err != nil {
			return err
		}
	}
	line := a.newProgress()
	result, err := db.Purge(ctx, id, func(done, total int) {
		line.tell(func() string {
			return fmt.Sprintf("%s %d of %d erased", line.bar(int64(done), int64(total)), done, total)
		})
	})
	line.done()
	if err != nil {
		return err
	}
	return a.printPurge("erased", result.Recordings, result.Bytes, false)
}

func (a *application) printPurge(what string, recordings int, bytes int64, dryRun bool) error {
	if a.json {
		return a.printJSON(map[string]any{"purged": recordings, "bytes": bytes, "dry_run": dryRun})
	}
	return a.printLines(what + " " + phrase.Count(recordings, "recording") + " (" + phrase.Size(bytes) + " of audio)")
}
