package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"unsaid/player"
	"unsaid/store"
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
			return p.send(p.Recording.ID, func() error { p.player.Resume(); return nil })
		}
		return p.send(p.Recording.ID, func() error { p.player.Pause(); return nil })
	case closed && p.held != nil:
		return p.check(a)
	}
	return nil
}

// hereMsg tells whether what plays, or is about to, is still where it was.
type hereMsg struct {
	recording int64
	here      bool
	along     bool // whether the cursor was on it
	err       error
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
	msg := hereMsg{recording: r.ID, along: listed && at == r.ID}
	ctx, db := a.Ctx, a.o.DB
	return func() tea.Msg {
		msg.here, msg.err = isHere(ctx, db, r)
		return msg
	}
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

// takeHere stops what is gone, and in a review goes on with what comes after it.
func (p *playback) takeHere(a *App, msg hereMsg) tea.Cmd {
	switch {
	case msg.recording != p.current().ID:
		return nil
	case msg.err != nil:
		p.held = nil
		return a.fail(msg.err)
	case msg.here && a.dialog == nil && p.held != nil:
		do := p.held
		p.held = nil
		return do()
	case msg.here:
		return nil
	}
	p.wanted, p.held = store.Recording{}, nil
	stop := p.send(p.Recording.ID, func() error { p.player.Stop(); return nil })
	if p.review.on {
		return tea.Batch(stop, p.whenClosed(a, func() tea.Cmd { return p.review.look(a, p.review.at+1, 1, msg.along) }))
	}
	return stop
}
