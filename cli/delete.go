package cli

import (
	"context"
	"fmt"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"unsaid/app"
	"unsaid/deletion"
	"unsaid/phrase"
	"unsaid/store"
)

// deleteFlags are the switches of a deletion.
type deleteFlags struct {
	dryRun, yes, all   bool
	request, keepLocal bool
}

func (a *application) deleteCommand() *cobra.Command {
	var f deleteFlags
	cmd := &cobra.Command{
		Use:   "delete QUERY",
		Short: "Move recordings to the trash and draft a request to the maker for each device",
		Long: "Move the recordings that a query finds to the trash, from which undo restores them, and draft a request to the maker " +
			"for each device. It asks first; without a terminal to ask on, it needs --yes.",
		Example: "unsaid delete is:unintended --dry-run\nunsaid delete 'device:bedroom before:2024' --yes",
		PreRunE: func(_ *cobra.Command, args []string) error { return a.checkDelete(f, strings.Join(args, " ")) },
		RunE: a.onLibrary(func(ctx context.Context, db *store.DB, args []string) error {
			return a.delete(ctx, db, strings.Join(args, " "), f)
		}),
	}
	cmd.Flags().BoolVar(&f.dryRun, "dry-run", false, "show what would be done, and do nothing")
	cmd.Flags().BoolVar(&f.yes, "yes", false, "do not ask")
	cmd.Flags().BoolVar(&f.all, "all", false, "all recordings, without a query")
	cmd.Flags().BoolVar(&f.request, "request", true, "draft requests to the maker")
	cmd.Flags().BoolVar(&f.keepLocal, "keep-local", false, "keep the recordings here, only draft the requests")
	return cmd
}

// checkDelete refuses calls that are probably mistakes. A query without words finds everything; it may come
// from a script's variable that happens to be empty.
func (a *application) checkDelete(f deleteFlags, query string) error {
	saysNothing := strings.IndexFunc(query, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) < 0
	switch {
	case saysNothing && !f.all:
		return usagef("say what to delete by a query (unsaid list --help), or use --all for everything")
	case !saysNothing && f.all:
		return usagef("--all deletes everything and takes no query")
	case f.keepLocal && !f.request:
		return usagef("--keep-local with --request=false does nothing")
	case f.yes || f.dryRun:
		return nil
	}
	return a.mayAsk()
}

func (a *application) delete(ctx context.Context, db *store.DB, query string, f deleteFlags) error {
	q, err := store.ParseQuery(query, a.now())
	if err != nil {
		return err
	}
	ids, err := db.IDs(ctx, q)
	if err != nil {
		return err
	}
	proposal, err := a.on(db).Propose(ctx, ids)
	if err != nil {
		return err
	}
	if len(ids) == 0 || f.dryRun {
		return a.printDeletion(proposal, app.Deleted{}, store.Change{}, f)
	}
	if !f.yes {
		for _, line := range a.proposalLines(proposal, f) {
			a.say("%s", line)
		}
		if err := a.confirm(ctx, deleteQuestion(len(ids), f)); err != nil {
			return err
		}
	}
	done, err := a.on(db).Delete(ctx, proposal, query, !f.keepLocal, f.request)
	if err != nil {
		return err
	}
	return a.printDeletion(proposal, done, store.Change{}, f)
}

func deleteQuestion(n int, f deleteFlags) string {
	switch {
	case f.keepLocal:
		return "Draft requests for " + phrase.Count(n, "recording") + " and keep them here?"
	case f.request:
		return "Move " + phrase.Count(n, "recording") + " to the trash and draft the requests?"
	}
	return "Move " + phrase.Count(n, "recording") + " to the trash?"
}

// proposalLines describe a deletion: its devices and the steps to ask for.
func (a *application) proposalLines(p deletion.Proposal, f deleteFlags) []string {
	var lines []string
	for _, d := range p.Devices {
		lines = append(lines, fmt.Sprintf("%s: %s, %s, sound %s, %s", phrase.Device(d.Device), phrase.Count(len(d.IDs), "recording"),
			a.dates().Span(d.Span()), length(d.Duration), phrase.Size(d.Bytes)))
		if !f.request {
			continue
		}
		if why := d.NothingToAsk(); why != "" {
			lines = append(lines, "  "+why)
		}
		lines = append(lines, a.stepLines(d.Steps)...)
		if d.Beyond {
			lines = append(lines, "  this may also remove recordings that are newer than the last import")
		}
	}
	return lines
}

// shownSteps is how many single recordings are listed one by one.
const shownSteps = 20

// stepLines say what the steps of a request ask for. A single recording is named by its id, too.
func (a *application) stepLines(steps []store.Step) []string {
	var lines []string
	for i, s := range steps {
		if i == shownSteps {
			return append(lines, "  and "+phrase.Count(len(steps)-i, "more step"))
		}
		line := "  " + a.dates().Step(s)
		if s.Kind == store.Single {
			line += " (" + idText(s.Recordings[0]) + ")"
		}
		lines = append(lines, line)
	}
	return lines
}
