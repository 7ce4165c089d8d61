package cli

import (
	"cmp"
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"unsaid/app"
	"unsaid/phrase"
	"unsaid/store"
)

func (a *application) accountsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "accounts",
		Short: "List whose histories are in the library",
		Long: "List whose histories are in the library: one person's account at one maker each. The histories of several people never mix. " +
			"An import takes the account of the customer that the export names, or else the maker's only one; where that leaves it open, " +
			"import --account says it.",
		Args: unknownCommand,
		RunE: a.onLibrary(func(ctx context.Context, db *store.DB, _ []string) error {
			accounts, err := db.Accounts(ctx)
			if err != nil {
				return err
			}
			return a.printAccounts(accounts)
		}),
	}
	cmd.AddCommand(a.renameAccountCommand(), a.mergeAccountsCommand())
	return cmd
}

// accountJSON is an account as scripts see it in a list of them.
type accountJSON struct {
	ID         int64   `json:"id"`
	Name       string  `json:"name"`
	Vendor     string  `json:"vendor"`
	Customer   *string `json:"customer"` // the maker's id, null if no export gave it
	Devices    int     `json:"devices"`
	Recordings int     `json:"recordings"`
	First      *string `json:"first"`
	Last       *string `json:"last"`
	Parts      []int64 `json:"parts,omitempty"` // ids of what was merged into it
}

func newAccountJSON(s store.AccountSummary) accountJSON {
	return accountJSON{
		s.ID, cmp.Or(s.Name, s.Vendor), s.Vendor, app.OrNull(s.Customer), s.Devices, s.Recordings, app.Instant(s.First), app.Instant(s.Last),
		app.Mapped(s.Parts, func(p *store.Account) int64 { return p.ID }),
	}
}

func (a *application) printAccounts(accounts []store.AccountSummary) error {
	return printList(a, accounts, listing[store.AccountSummary]{
		object:  func(s *store.AccountSummary) any { return newAccountJSON(*s) },
		empty:   "there are no accounts; unsaid import reads histories",
		columns: []string{"ID", "NAME", "MAKER", "DEVICES", "RECORDINGS", "FIRST", "LAST", "CUSTOMER"},
		cells: func(s *store.AccountSummary) []string {
			return []string{
				idText(s.ID), orNotKnown(s.Name), phrase.Maker(s.Vendor), strconv.Itoa(s.Devices), strconv.Itoa(s.Recordings),
				a.moment(s.First), a.moment(s.Last), orNotKnown(s.Customer),
			}
		},
	})
}

func (a *application) renameAccountCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "rename ID NAME",
		Short:   "Give an account a name",
		Example: "unsaid accounts rename 2 Anna",
		Args:    cobra.ExactArgs(2),
		RunE: a.changing("account", 1, func(ctx context.Context, db *store.DB, ids []int64, args []string) (store.Change, map[string]any, error) {
			done, err := db.RenameAccount(ctx, ids[0], args[0])
			return done, map[string]any{"id": ids[0], "name": args[0]}, err
		}),
	}
}

func (a *application) mergeAccountsCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "merge ID INTO",
		Short: "Make one account of two that are the same person's",
		Long: "Make one account of two that are the same person's: everything of account ID becomes account INTO's, now and in later imports. " +
			"Devices with the same serial number or name become one. The requests that were sent are checked again. \"unsaid undo\" takes it back.",
		Example: "unsaid accounts merge 2 1",
		Args:    cobra.ExactArgs(2),
		RunE: a.changing("account", 2, func(ctx context.Context, db *store.DB, ids []int64, _ []string) (store.Change, map[string]any, error) {
			done, err := a.on(db).MergeAccounts(ctx, ids[0], ids[1])
			return done, map[string]any{"id": ids[0], "into": ids[1]}, err
		}),
	}
}
