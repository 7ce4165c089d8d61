package ui

import (
	"context"
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"unsaid/app"
	"unsaid/player"
	"unsaid/ui/keys"
	"unsaid/ui/style"
)

// Options is what the terminal program works with.
type Options struct {
	*app.App
	Player     *player.Player
	Open       func(ctx context.Context, path string) error // shows a file or folder with the system's program for it
	OpenSound  func(ctx context.Context, data []byte) error // plays a copy of a sound with the system's player
	Home       string                                       // whose Downloads the file picker opens, "" for none
	Keys       keys.Map                                     // which keys do what, nil for the usual ones
	Look       style.Look                                   // how the screens are drawn
	Sample     bool                                         // the library is a throw-away sample
	Elsewhere  bool                                         // there is another library to go to: the sample, or from it the user's
	Background *Background                                  // kept from one Run to the next, so that the terminal is asked once; nil if there is one Run only
}

// Run shows the library until the user quits or ctx ends, as it does on a signal. The terminal is left as it was, also
// after a panic. elsewhere is whether the user left for the other library.
func Run(ctx context.Context, o Options) (elsewhere bool, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	// Signals end ctx; a second handler in Bubble Tea would wait for ever for a program that ended.
	app := newApp(ctx, o)
	_, err = tea.NewProgram(app, tea.WithContext(ctx), tea.WithoutSignalHandler()).Run()
	if errors.Is(err, tea.ErrInterrupted) || errors.Is(err, tea.ErrProgramKilled) && ctx.Err() != nil {
		return false, nil // it was asked to end
	}
	if err != nil {
		return false, fmt.Errorf("run the terminal program: %w", err)
	}
	if o.Background != nil {
		*o.Background = app.background
	}
	return app.switching, nil
}
