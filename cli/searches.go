package cli

import (
	"context"

	"github.com/spf13/cobra"

	"unsaid/store"
)

func (a *application) searchesCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "searches",
		Short: "List the searches that were saved in the terminal program",
		Long: "List the searches that were saved under a name in the terminal program (S), with their queries. Past searches without a name, which " +
			"its search box brings back, are not listed; unsaid searches forget and every purge erase them.",
		Args: unknownCommand,
		RunE: a.onLibrary(func(ctx context.Context, db *store.DB, _ []string) error {
			saved, err := db.SavedSearches(ctx)
			if err != nil {
				return err
			}
			return printList(a, saved, listing[store.SavedSearch]{
				object:  func(s *store.SavedSearch) any { return searchJSON(*s) },
				empty:   "no searches are saved",
				columns: []string{"NAME", "QUERY"},
				cells:   func(s *store.SavedSearch) []string { return []string{s.Name, shellQuoted(s.Query)} },
				uncut:   true, // a query that was cut would be another one
			})
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
