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

// openScreens shows the user's library, making one if there is none: on the screens, or at the prompt.
func (a *app) openScreens(ctx context.Context, _ []string) error {
	if err := a.needTerminal("unsaid --plain"); err != nil {
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
	if a.plain {
		return a.prompt(ctx, db, requestsDir, sample)
	}
	home, _ := os.UserHomeDir() // without one the file picker opens elsewhere
	p := player.New(player.DefaultOutput)
	err := ui.Run(ctx, ui.Options{
		DB:             db,
		Player:         p,
		Probe:          probe,
		Zone:           a.zone,
		Correspondence: a.config.correspondence(),
		Keep:           a.config.Keep,
		RequestsDir:    requestsDir,
		Open:           openWithSystem,
		Home:           home,
		Sample:         sample,
		Now:            a.Now,
	})
	return errors.Join(err, p.Close())
}

// needTerminal refuses to draw screens where nobody sees them. The prompt, which the command in plain
// opens, needs no terminal.
func (a *app) needTerminal(plain string) error {
	switch {
	case a.plain:
		return nil
	case !isTerminal(a.Stdin) || !isTerminal(a.Stdout):
		return usagef("the screens need a terminal; without one there is a prompt (%s), and for scripts there are commands (see unsaid --help)", plain)
	case a.Getenv("TERM") == "dumb":
		return usagef("this terminal cannot draw the screens (TERM is dumb); a prompt that prints lines is opened by: %s", plain)
	}
	return nil
}
