package cli

import (
	"context"
	"errors"
	"os"

	"unsaid/player"
	"unsaid/store"
	"unsaid/ui"
	"unsaid/ui/style"
)

// openScreens shows the user's library, which it makes if there is none, and the sample whenever the user switches
// to it: on the screens, or at the prompt.
func (a *application) openScreens(ctx context.Context, _ []string) error {
	if err := a.needTerminal("unsaid --plain"); err != nil {
		return err
	}
	for {
		elsewhere, err := a.library(ctx)
		if err == nil && elsewhere {
			elsewhere, err = a.demo(ctx, true)
		}
		if err != nil || !elsewhere {
			return err
		}
	}
}

// library shows the user's library. elsewhere is whether the user left it for the sample.
func (a *application) library(ctx context.Context) (elsewhere bool, err error) {
	path := a.libraryPath()
	db, err := store.Open(ctx, path)
	if err != nil {
		return false, err
	}
	elsewhere, err = a.screens(ctx, db, ui.Options{Elsewhere: true})
	return elsewhere, errors.Join(err, db.Close())
}

// screens runs the terminal program over a library until the user quits, or leaves for the other one. It completes the
// options.
func (a *application) screens(ctx context.Context, db *store.DB, o ui.Options) (elsewhere bool, err error) {
	if a.plain {
		return false, a.prompt(ctx, db, o.Sample)
	}
	if o.Keys, err = a.config.keyMap(); err != nil {
		return false, err
	}
	o.Look, o.Background = a.look(), &a.background
	o.Home, _ = os.UserHomeDir() // without one the file picker opens elsewhere
	o.App, o.Player = a.on(db), player.New(player.DefaultOutput)
	copies := &openedCopies{}
	o.Open, o.OpenSound = openWithSystem, copies.open
	elsewhere, err = ui.Run(ctx, o)
	return elsewhere, errors.Join(err, o.Player.Close(), copies.remove())
}

// look is how the screens are drawn: as the settings say, and with no letters that the locale does not have.
func (a *application) look() style.Look {
	look := a.config.look()
	look.ASCIIText = a.asciiOnly()
	return look
}

// needTerminal refuses to draw screens where nobody sees them. The prompt, which the command in plain
// opens, needs no terminal.
func (a *application) needTerminal(plain string) error {
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
