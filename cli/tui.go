package cli

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"unsaid/player"
	"unsaid/store"
	"unsaid/ui"
)

// openScreens shows the user's library, making one if there is none.
func (a *app) openScreens(ctx context.Context, _ []string) error {
	if err := a.needTerminal(); err != nil {
		return err
	}
	path := a.libraryPath()
	db, err := store.Open(ctx, path)
	if err != nil {
		return err
	}
	return errors.Join(a.screens(ctx, db, filepath.Join(filepath.Dir(path), "requests"), false), db.Close())
}

// screens runs the terminal program over a library until the user quits.
func (a *app) screens(ctx context.Context, db *store.DB, requestsDir string, sample bool) error {
	keys, err := a.config.keyMap()
	if err != nil {
		return err
	}
	home, _ := os.UserHomeDir() // without one the file picker opens elsewhere
	p := player.New(player.DefaultOutput)
	err = ui.Run(ctx, ui.Options{
		DB:             db,
		Player:         p,
		Probe:          probe,
		Zone:           a.zone,
		Correspondence: a.config.correspondence(),
		Keep:           a.config.Keep,
		RequestsDir:    requestsDir,
		Open:           openWithSystem,
		Home:           home,
		Keys:           keys,
		Look:           a.look(),
		Sample:         sample,
		Now:            a.Now,
	})
	return errors.Join(err, p.Close())
}

// look is how the screens are drawn: as the settings say, and with no letters that the locale does not have.
// Where none is named the terminal is taken to be one of today.
func (a *app) look() ui.Look {
	look := a.config.look()
	locale := strings.ToLower(cmp.Or(a.Getenv("LC_ALL"), a.Getenv("LC_CTYPE"), a.Getenv("LANG")))
	look.ASCIIText = locale != "" && !strings.Contains(locale, "utf-8") && !strings.Contains(locale, "utf8")
	return look
}

// needTerminal refuses to draw screens where nobody sees them.
func (a *app) needTerminal() error {
	if isTerminal(a.Stdin) && isTerminal(a.Stdout) {
		return nil
	}
	return usagef("the screens need a terminal; for scripts there are commands (see unsaid --help)")
}
