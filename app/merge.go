package app

import (
	"context"
	"errors"

	"unsaid/store"
)

// An export proves something about the devices of its account. So whatever changes what is part of what
// has the sent requests judged again.

// MergeDevices makes one device of two: see [store.DB.MergeDevices].
func (a *App) MergeDevices(ctx context.Context, id, into int64) (store.Change, error) {
	done, err := a.DB.MergeDevices(ctx, id, into)
	return done, a.judgeAgain(ctx, err)
}

// SplitDevice takes back a merge: see [store.DB.SplitDevice].
func (a *App) SplitDevice(ctx context.Context, id int64) (store.Change, error) {
	done, err := a.DB.SplitDevice(ctx, id)
	return done, a.judgeAgain(ctx, err)
}

// MergeAccounts makes one account of two: see [store.DB.MergeAccounts].
func (a *App) MergeAccounts(ctx context.Context, id, into int64) (store.Change, error) {
	done, err := a.DB.MergeAccounts(ctx, id, into)
	return done, a.judgeAgain(ctx, err)
}

// Undo undoes what was done last, or a certain deletion: see [store.DB.Undo].
func (a *App) Undo(ctx context.Context, deletion int64, evenIfSent bool) (store.Undone, error) {
	done, err := a.DB.Undo(ctx, deletion, evenIfSent)
	return done, a.judgeAgain(ctx, err)
}

// judgeAgain judges the sent requests after a change that had the error err.
func (a *App) judgeAgain(ctx context.Context, err error) error {
	if err != nil {
		return err
	}
	if _, err := a.Verify(context.WithoutCancel(ctx)); err != nil {
		return errors.Join(errors.New("it is done, but the requests that were sent could not be checked again"), err)
	}
	return nil
}
