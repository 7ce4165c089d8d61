// Package ui is the terminal program: screens over the library, drawn with Bubble Tea.
package ui

import (
	"context"
	"errors"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"unsaid/deletion"
	"unsaid/player"
	"unsaid/store"
)

// Options is what the terminal program works with.
type Options struct {
	DB             *store.DB
	Player         *player.Player
	Probe          func(data []byte) (format string, duration time.Duration, ok bool) // recognises audio for imports
	Zone           *time.Location                                                     // whose days and hours are shown
	Correspondence deletion.Correspondence                                            // for the files of requests
	Keep           []deletion.Rule                                                    // for how long recordings are to be kept, by the settings
	RequestsDir    string                                                             // where those files are written
	Open           func(ctx context.Context, path string) error                       // shows a file or folder with the system's program for it
	Home           string                                                             // whose Downloads the file picker opens, "" for none
	Keys           KeyMap                                                             // which keys do what, nil for the usual ones
	Look           Look                                                               // how the screens are drawn
	Sample         bool                                                               // the library is a throw-away sample
	Now            func() time.Time
}

// Run shows the library until the user quits or ctx ends, as it does on a signal. The terminal is left as it was, also
// after a panic.
func Run(ctx context.Context, o Options) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	// Signals end ctx; a second handler in Bubble Tea would wait for ever for a program that ended.
	_, err := tea.NewProgram(newApp(ctx, o), tea.WithContext(ctx), tea.WithoutSignalHandler()).Run()
	if errors.Is(err, tea.ErrInterrupted) || errors.Is(err, tea.ErrProgramKilled) && ctx.Err() != nil {
		return nil // it was asked to end
	}
	if err != nil {
		return fmt.Errorf("run the terminal program: %w", err)
	}
	return nil
}
