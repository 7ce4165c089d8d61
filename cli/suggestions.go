package cli

import (
	"context"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"unsaid/deletion"
	"unsaid/store"
)

func (a *application) suggestionsCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "suggestions",
		Short: "List what may be worth deleting, and what your retention rules say is due",
		Long: "List queries for recordings that may be worth deleting, with how many each finds, and for those that are due by the " +
			"retention rules in the settings ([[keep]]). Nothing is deleted; to delete, give the query to unsaid delete.",
		Args: cobra.NoArgs,
		RunE: a.onLibrary(func(ctx context.Context, db *store.DB, _ []string) error {
			all, err := a.on(db).Suggest(ctx)
			if err != nil {
				return err
			}
			err = printList(a, all, listing[deletion.Suggestion]{
				object:  func(s *deletion.Suggestion) any { return suggestionJSON{s.Title, s.Query, s.Recordings, s.Due} },
				empty:   "there is nothing to suggest",
				columns: []string{"RECORDINGS", "DUE", "WHAT", "QUERY"},
				cells: func(s *deletion.Suggestion) []string {
					due := ""
					if s.Due {
						due = "due"
					}
					return []string{strconv.Itoa(s.Recordings), due, s.Title, shellQuoted(s.Query)}
				},
				uncut: true, // a query that was cut would be another one
			})
			if err == nil && !a.json && len(all) > 0 {
				a.say("to look at one of them first: unsaid delete QUERY --dry-run")
			}
			return err
		}),
	}
}

// suggestionJSON is a suggestion as scripts see it.
type suggestionJSON struct {
	Title      string `json:"title"`
	Query      string `json:"query"`
	Recordings int    `json:"recordings"`
	Rule       bool   `json:"rule"` // whether a rule of the settings says so
}

// shellQuoted writes a text so that a shell reads it as one word.
func shellQuoted(text string) string {
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
