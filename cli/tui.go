package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"

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
		Sample:         sample,
		Now:            a.Now,
	})
	return errors.Join(err, p.Close())
}

// needTerminal refuses to draw screens where nobody sees them.
func (a *app) needTerminal() error {
	if isTerminal(a.Stdin) && isTerminal(a.Stdout) {
		return nil
	}
	return usagef("the screens need a terminal; for scripts there are commands (see unsaid --help)")
}
