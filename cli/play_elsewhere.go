package cli

import (
	"context"
	"errors"
	"fmt"

	"unsaid/app"
	"unsaid/store"
)

// handOver opens a sound with the system's player: a copy of it, which is removed when the user says
// that it was heard, or interrupts.
func (a *application) handOver(ctx context.Context, r *store.Recording, data []byte) (err error) {
	path, err := copyForOthers(data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, removeCopy(path)) }()
	if err := opener(ctx, path).Run(); err != nil {
		return fmt.Errorf("open it with the system's player: %w; export it instead", err)
	}
	_, err = a.ask(ctx, fmt.Sprintf("opened elsewhere: %s, %s. Press Enter when it was heard; the copy is then removed.",
		a.moment(app.KnownTime(r)), r.Device.Name))
	return err
}
