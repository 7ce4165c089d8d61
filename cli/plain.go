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

// addPlain adds the flag that has a prompt instead of the screens. ACCESSIBLE in the environment asks
// programs for the same.
func (a *app) addPlain(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&a.plain, "plain", a.Getenv("ACCESSIBLE") != "",
		"a prompt that prints and reads lines instead of the screens, for screen readers, braille displays and plain terminals (default if $ACCESSIBLE is set)")
}

// prompt runs the prompt over a library until the user quits.
func (a *app) prompt(ctx context.Context, db *store.DB, requestsDir string, sample bool) error {
	home, _ := os.UserHomeDir() // without one a path cannot begin with ~
	// An interrupt stops what the prompt is doing, not the program.
	signal.Reset(os.Interrupt)
	interrupts := make(chan os.Signal, 1)
	signal.Notify(interrupts, os.Interrupt)
	defer signal.Stop(interrupts)
	p, copies := player.New(player.DefaultOutput), &openedCopies{}
	err := plain.Run(ctx, plain.Options{
		In:             a.Stdin,
		Out:            a.Stdout,
		Interrupts:     interrupts,
		DB:             db,
		Player:         p,
		Probe:          probe,
		Zone:           a.zone,
		Correspondence: a.config.correspondence(),
		Keep:           a.config.Keep,
		RequestsDir:    requestsDir,
		Open:           openWithSystem,
		OpenSound:      copies.open,
		Export:         a.exportFromScreen(db),
		Home:           home,
		Sample:         sample,
		Now:            a.Now,
	})
	return errors.Join(err, p.Close(), copies.remove())
}
