package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"unsaid/phrase"
	"unsaid/store"
)

// keepsWhatIsPurged is a warning for everyone who copies a library.
const keepsWhatIsPurged = "a copy keeps what a later purge erases from the library; delete the copy as well when you purge"

func (a *application) backupCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "backup FILE",
		Short:             "Copy the library to a new file, also while it is in use",
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: completeFiles,
		RunE: a.onLibrary(func(ctx context.Context, db *store.DB, args []string) error {
			err := db.Backup(ctx, args[0])
			if errors.Is(err, fs.ErrExist) {
				return fmt.Errorf("%w (a backup overwrites nothing; choose another name)", err)
			}
			if err != nil {
				return err
			}
			info, err := os.Stat(args[0])
			if err != nil {
				return err
			}
			a.say("%s", keepsWhatIsPurged)
			if a.json {
				return a.printJSON(map[string]any{"file": args[0], "bytes": info.Size(), "warning": keepsWhatIsPurged})
			}
			a.say("copied the library to %s (%s)", args[0], phrase.Size(info.Size()))
			return nil
		}),
	}
}

// completeFiles lets the shell complete the names of files.
func completeFiles(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveDefault
}
