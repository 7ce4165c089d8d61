package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"unsaid/player"
	"unsaid/store"
	"unsaid/ui/common"
)

// Nothing plays behind an open dialog, so that no recording passes while the user looks at something else, and
// what a dialog is about is not another one when it is closed. What plays is paused and goes on afterwards, unless
// the recording is gone by then.

// whenClosed does something that is heard, or puts it off until the open dialog is closed.
func (p *playback) whenClosed(a *App, do func() tea.Cmd) tea.Cmd {
	if a.dialog == nil {
		return do()
	}
	p.held = do
	return nil
}

// giveWay pauses what plays when a dialog has been opened, and goes on when it has been closed.
func (p *playback) giveWay(a *App) tea.Cmd {
	closed := p.covered && a.dialog == nil
	p.covered = a.dialog != nil
	switch {
	case p.covered && p.held == nil && p.State == player.Playing:
		p.held = func() tea.Cmd {
			return p.send(a, func() error { p.player.Resume(); return nil })
		}
		return p.send(a, func() error { p.player.Pause(); return nil })
	case closed && p.held != nil:
		return p.check(a)
	}
	return nil
}

// current is the recording that plays or is about to.
func (p *playback) current() store.Recording {
	if p.wanted.ID != 0 {
		return p.wanted
	}
	return p.Recording
}

// check looks whether what plays is still in the library, or in the trash if it was played there.
func (p *playback) check(a *App) tea.Cmd {
	r := p.current()
	if !p.Active() && p.wanted.ID == 0 && p.held == nil {
		return nil
	}
	at, listed := a.recordings().Current()
	ctx, db, along := a.Ctx, a.o.DB, listed && at == r.ID
	return common.Ask(nil, func() (bool, error) { return isHere(ctx, db, r) }, func(here bool, err error) common.Action {
		switch {
		case r.ID != p.current().ID:
			return nil
		case err != nil:
			p.held = nil
			return common.Fail{Err: err}
		case !here:
			return p.stopGone(a, along)
		case a.dialog == nil && p.held != nil:
			do := p.held
			p.held = nil
			return do()
		}
		return nil
	})
}

func isHere(ctx context.Context, db *store.DB, r store.Recording) (bool, error) {
	if r.ID == 0 { // the first of a review
		return true, nil
	}
	rows, err := db.Recordings(ctx, []int64{r.ID})
	if err != nil || len(rows) == 0 {
		return false, err
	}
	return rows[0].State == store.Live || rows[0].State == r.State, nil
}

// stopGone stops what is gone, and in a review goes on with what comes after it; along is whether the cursor goes
// there, too.
func (p *playback) stopGone(a *App, along bool) tea.Cmd {
	p.wanted, p.held = store.Recording{}, nil
	stop := p.send(a, func() error { p.player.Stop(); return nil })
	if p.review.on {
		return tea.Batch(stop, p.whenClosed(a, func() tea.Cmd { return p.review.look(a, p.review.at+1, 1, along) }))
	}
	return stop
}
