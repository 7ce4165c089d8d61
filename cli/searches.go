package cli

import (
	"context"

	"github.com/spf13/cobra"

	"unsaid/app"
	"unsaid/store"
)

func (a *application) searchesCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "searches",
		Short: "List the searches that were saved in the terminal program",
		Long: "List the searches that were saved under a name in the terminal program (S), with their queries. Past searches without a name, which " +
			"its search box brings back, are not listed: unsaid searches forget erases them, and so does every purge.",
		Args: unknownCommand,
		RunE: a.onLibrary(func(ctx context.Context, db *store.DB, _ []string) error {
			saved, err := db.SavedSearches(ctx)
			if err != nil {
				return err
			}
			return a.showSearches(saved)
		}),
	}
	cmd.AddCommand(&cobra.Command{
		Use:   "forget",
		Short: "Erase the past searches that have no name",
		Args:  cobra.NoArgs,
		RunE: a.onLibrary(func(ctx context.Context, db *store.DB, _ []string) error {
			return db.ForgetSearches(ctx)
		}),
	})
	return cmd
}

// searchJSON is a saved search as scripts see it.
type searchJSON struct {
	Name  string `json:"name"`
	Query string `json:"query"`
}

func (a *application) showSearches(saved []store.SavedSearch) error {
	if a.json {
		var list []searchJSON
		for _, s := range saved {
			list = append(list, searchJSON(s))
		}
		return a.printJSON(app.List(list))
	}
	if len(saved) == 0 {
		a.say("no searches are saved")
		return nil
	}
	t := a.newTable("NAME", "QUERY")
	t.width = 0 // a query that was cut would be another one
	for _, s := range saved {
		t.add(s.Name, shellQuoted(s.Query))
	}
	return t.print()
}
