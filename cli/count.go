package cli

import (
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"unsaid/store"
)

func (a *application) countCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "count [QUERY]",
		Short: "Count recordings",
		RunE: a.onLibrary(func(ctx context.Context, db *store.DB, args []string) error {
			q, err := a.query(args)
			if err != nil {
				return err
			}
			n, err := db.Count(ctx, q)
			if err != nil {
				return err
			}
			if a.json {
				return a.printJSON(map[string]int{"count": n})
			}
			return a.printLines(strconv.Itoa(n))
		}),
	}
}
