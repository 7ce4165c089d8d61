package cli

import (
	"context"
	"errors"
	"os"
	"os/signal"

	"github.com/spf13/cobra"

	"unsaid/player"
	"unsaid/store"
	"unsaid/ui/plain"
)

// addPlain adds the flag for a prompt instead of the screens. Setting ACCESSIBLE in the environment is a common way
// to ask programs for that.
func (a *application) addPlain(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&a.plain, "plain", a.Getenv("ACCESSIBLE") != "",
		"a prompt that prints and reads lines instead of the screens, for screen readers, braille displays and plain terminals (default if $ACCESSIBLE is set)")
}

// prompt runs the prompt over a library until the user quits.
func (a *application) prompt(ctx context.Context, db *store.DB, sample bool) error {
	home, _ := os.UserHomeDir() // without one a path cannot begin with ~
	// An interrupt stops what the prompt is doing, not the program.
	signal.Reset(os.Interrupt)
	interrupts := make(chan os.Signal, 1)
	signal.Notify(interrupts, os.Interrupt)
	defer signal.Stop(interrupts)
	p, copies := player.New(player.DefaultOutput), &openedCopies{}
	err := plain.Run(ctx, plain.Options{
		In:         a.Stdin,
		Out:        a.Stdout,
		Interrupts: interrupts,
		App:        a.on(db),
		Player:     p,
		Open:       openWithSystem,
		OpenSound:  copies.open,
		Home:       home,
		Sample:     sample,
	})
	return errors.Join(err, p.Close(), copies.remove())
}
