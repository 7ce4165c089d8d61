package ui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"unsaid/player"
	"unsaid/store"
)

// through is recordings that are played one after the other, each when the one before has ended.
type through struct {
	seq   int // counts the turns; answers about an older one are dropped
	on    bool
	now   store.Recording // whose turn it is
	heard bool            // whether it was begun
	rest  []int64         // still to come, the next one first
	total int
}

// turnMsg is the next recording that has sound; without one all were played.
type turnMsg struct {
	seq       int
	recording store.Recording
	rest      []int64
	err       error
}

// playThrough plays recordings in the order of their ids.
func (p *playback) playThrough(a *App, ids []int64) tea.Cmd {
	if len(ids) == 0 {
		return a.say("There is no recording to play")
	}
	p.through = through{seq: p.through.seq, on: true, rest: ids, total: len(ids)}
	return p.nextTurn(a)
}

// nextTurn looks for the next recording with sound.
func (p *playback) nextTurn(a *App) tea.Cmd {
	p.through.seq++
	p.through.heard = false
	ctx, db, ids, seq := a.ctx, a.o.DB, p.through.rest, p.through.seq
	return func() tea.Msg {
		for i := range ids {
			found, err := db.Recordings(ctx, ids[i:i+1])
			if err != nil {
				return turnMsg{seq: seq, err: err}
			}
			if len(found) == 1 && found[0].Audio != nil && found[0].State == store.Live {
				return turnMsg{seq, found[0], ids[i+1:], nil}
			}
		}
		return turnMsg{seq: seq}
	}
}

// takeTurn plays the recording whose turn it is. The cursor goes with it.
func (p *playback) takeTurn(a *App, msg turnMsg) tea.Cmd {
	t := &p.through
	if msg.seq != t.seq || !t.on {
		return nil
	}
	if msg.err != nil {
		t.on = false
		return a.fail(msg.err)
	}
	if msg.recording.ID == 0 {
		t.on = false
		if t.now.ID == 0 {
			return a.say("No sound came with these recordings")
		}
		return a.say("That was the last one")
	}
	t.now, t.rest = msg.recording, msg.rest
	a.calendar.list.goTo(t.now.ID)
	return p.play(a, t.now)
}

// onward goes on to the next recording when the one whose turn it is has ended.
func (p *playback) onward(a *App) tea.Cmd {
	t := &p.through
	if !t.on || !t.heard || p.status.State != player.Ended {
		return nil
	}
	return p.nextTurn(a)
}

// stopThrough stops the recording that plays and those that would follow.
func (p *playback) stopThrough() tea.Cmd {
	p.through = through{seq: p.through.seq + 1}
	return p.send(p.playing.ID, func() error { p.player.Stop(); return nil })
}

// progress is how far playing through has come: "3 of 8".
func (t *through) progress() string {
	if !t.on {
		return ""
	}
	return fmt.Sprintf("%d of %d", t.total-len(t.rest), t.total)
}
