package app

import (
	"context"
	"errors"

	"unsaid/store"
)

// Why a recording cannot be heard.
var (
	ErrNoSound = errors.New("no sound came with this recording")
	ErrPurged  = errors.New("this recording was purged")
)

// Sound reads the sound of a recording, as it was imported. The error is [ErrNoSound] or [ErrPurged] if there is none.
func (a *App) Sound(ctx context.Context, r *store.Recording) ([]byte, error) {
	switch {
	case r.State == store.Purged:
		return nil, ErrPurged
	case r.Audio == nil:
		return nil, ErrNoSound
	}
	return a.DB.AudioData(ctx, r.Audio.ID)
}
