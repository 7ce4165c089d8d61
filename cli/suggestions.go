package cli

import (
	"context"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"unsaid/app"
	"unsaid/store"
)

func (a *application) suggestionsCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "suggestions",
		Short: "List what may be worth deleting, and what your rules for keeping say is due",
		Long: "List queries for what may be worth deleting, with how many recordings each finds, and for what is due by the rules for " +
			"keeping in the settings ([[keep]]). Nothing is deleted: that is done by unsaid delete with the query.",
		Args: cobra.NoArgs,
		RunE: a.onLibrary(func(ctx context.Context, db *store.DB, _ []string) error {
			all, err := a.on(db).Suggest(ctx)
			if err != nil {
				return err
			}
			if !a.json {
				return a.showSuggestions(all)
			}
			list := make([]suggestionJSON, len(all))
			for i, s := range all {
				list[i] = suggestionJSON{s.Title, s.Query, s.Recordings, s.Due}
			}
			return a.printJSON(list)
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

func (a *application) showSuggestions(list []app.Suggestion) error {
	if len(list) == 0 {
		a.say("there is nothing to suggest")
		return nil
	}
	t := a.newTable("RECORDINGS", "DUE", "WHAT", "QUERY")
	t.width = 0 // a query that was cut would be another one
	for _, s := range list {
		due := ""
		if s.Due {
			due = "due"
		}
		t.add(strconv.Itoa(s.Recordings), due, s.Title, shellQuoted(s.Query))
	}
	if err := t.print(); err != nil {
		return err
	}
	a.say("to look at one of them first: unsaid delete QUERY --dry-run")
	return nil
}

// shellQuoted writes a text so that a shell reads it as one word.
func shellQuoted(text string) string {
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
