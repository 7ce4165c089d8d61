package cli

import (
	"cmp"
	"context"
	"errors"

	"github.com/spf13/cobra"

	"unsaid/app"
	"unsaid/phrase"
	"unsaid/store"
)

func (a *application) configCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "config",
		Short: "Show where the settings are, and by whom and by which law letters are written",
		Long: "Show where the settings file, the library and the folders of requests are, and for each account by whom and by which law its " +
			"letters are written. A table of the settings is for one account: [account.Anna] may have name, email, address, account_id, law, " +
			"language and marketplace.",
		Args: cobra.NoArgs,
		RunE: a.run(func(ctx context.Context, _ []string) (err error) {
			path := a.libraryPath()
			if !exists(path) {
				return a.printConfig("", nil)
			}
			db, err := store.Open(ctx, path)
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, db.Close()) }()
			accounts, err := db.Accounts(ctx)
			if err != nil {
				return err
			}
			return a.printConfig(a.on(db).RequestsDir, accounts)
		}),
	}
}

// configJSON is what the settings come to, as scripts see it.
type configJSON struct {
	File     string        `json:"file"`
	Exists   bool          `json:"exists"` // whether the file is there
	Library  string        `json:"library"`
	TimeZone string        `json:"time_zone"`
	Requests *string       `json:"requests"` // the folder of their files, null without a library
	Letters  []lettersJSON `json:"letters"`  // for each account at a maker
}

// lettersJSON is how the letters of an account are written; null is a blank that the letter marks.
type lettersJSON struct {
	Account     int64   `json:"account"`
	Name        *string `json:"name"`
	Email       *string `json:"email"`
	Address     *string `json:"address"`
	AccountID   *string `json:"account_id"`
	Law         *string `json:"law"`
	Language    *string `json:"language"`
	Marketplace *string `json:"marketplace"`
}

func (a *application) printConfig(requests string, accounts []store.AccountSummary) error {
	file, _ := a.configPath()
	j := configJSON{
		File: file, Exists: exists(file), Library: a.libraryPath(), TimeZone: a.zone.String(), Requests: app.OrNull(requests), Letters: []lettersJSON{},
	}
	there := ""
	if !j.Exists {
		there = " (not there)"
	}
	lines := []string{"settings: " + file + there, "library: " + j.Library, "time zone: " + j.TimeZone}
	if requests != "" {
		lines = append(lines, "requests: "+requests)
	}
	for _, s := range accounts {
		if s.Vendor != store.Amazon && s.Vendor != store.Google {
			continue
		}
		c := a.config.correspondence().For(store.DeviceAccount{ID: s.ID, Name: s.Name})
		j.Letters = append(j.Letters, lettersJSON{
			s.ID, app.OrNull(c.Sender.Name), app.OrNull(c.Sender.Email), app.OrNull(c.Sender.Address), app.OrNull(c.Sender.AccountID),
			app.OrNull(string(c.Law)), app.OrNull(string(c.Language)), app.OrNull(c.Marketplace),
		})
		lines = append(lines, "letters of "+phrase.Account(s.Account)+": by "+cmp.Or(c.Sender.Name, "nobody yet")+
			", law "+cmp.Or(string(c.Law), "not chosen")+", language "+cmp.Or(string(c.Language), "en"))
	}
	if a.json {
		return a.printJSON(j)
	}
	return a.printLines(lines...)
}
