package ui

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"unsaid/phrase"
	"unsaid/store"
	"unsaid/ui/common"
)

// Limits of the pause between two recordings of a review.
const (
	usualPause   = 500 * time.Millisecond
	pauseStep    = 250 * time.Millisecond
	longestPause = 5 * time.Second
)

// review plays recordings one after another. Everything else goes on meanwhile: they can be marked,
// deleted and restored while they are heard. The cursor goes along as long as it is on what plays.
type review struct {
	on    bool
	ids   []int64 // what is played, in this order
	at    int     // which of ids plays
	state store.State
	pause time.Duration // between two of them
	seq   int           // of the last wait or question; answers to older ones are dropped
}

func newReview() review { return review{pause: usualPause} }

// heard is the recording to be heard next, and the one that may follow it. at is its index, -1 if there is none.
type heard struct {
	at          int
	found, next store.Recording
}

// start plays recordings of a state one after another, from an index of theirs on.
func (v *review) start(a *App, ids []int64, from int, state store.State) tea.Cmd {
	if len(ids) == 0 {
		return a.say("There is nothing to play here")
	}
	v.on, v.ids, v.state = true, ids, state
	return v.look(a, from, 1, true)
}

// step plays the recording after (by 1) or before (by -1) the one that plays, or the one at the cursor.
func (v *review) step(a *App, by int) tea.Cmd {
	if v.on {
		return v.look(a, v.at+by, by, true)
	}
	l := a.recordings()
	if len(l.IDs) == 0 {
		return a.say("There is nothing to play here")
	}
	v.ids, v.state = l.IDs, l.State
	return v.look(a, l.Cursor+by, by, true)
}

func (v *review) end() {
	v.on = false
	v.seq++
}

// onward goes on to the next recording by itself.
func (v *review) onward(a *App) tea.Cmd {
	if !v.on || v.at >= len(v.ids) {
		return nil
	}
	at, listed := a.recordings().Current()
	return v.look(a, v.at+1, 1, listed && at == v.ids[v.at])
}

// look finds the first recording with sound from an index on, forward or back.
func (v *review) look(a *App, from, by int, along bool) tea.Cmd {
	v.seq++
	ctx, db, seq, ids, state := a.Ctx, a.o.DB, v.seq, v.ids, v.state
	return common.Ask(nil, func() (h heard, err error) {
		if h.at, h.found, err = audible(ctx, db, ids, from, by, state); err == nil && h.at >= 0 {
			_, h.next, err = audible(ctx, db, ids, h.at+by, by, state)
		}
		return h, err
	}, func(h heard, err error) common.Action {
		switch {
		case seq != v.seq:
			return nil
		case a.dialog != nil:
			return a.playback.whenClosed(a, func() tea.Cmd { return v.look(a, from, by, along) })
		case err != nil:
			v.end()
			return common.Fail{Err: err}
		case h.at < 0 && v.on:
			v.end()
			return common.Say{Text: "That was the last one"}
		case h.at < 0:
			return common.Say{Text: "No other recording has sound"}
		}
		return v.hear(a, h, along)
	})
}

// hear plays what was found.
func (v *review) hear(a *App, h heard, along bool) tea.Cmd {
	v.at = h.at
	if along {
		a.recordings().GoTo(h.found.ID)
	}
	play := a.playback.play(a, h.found)
	if h.next.Audio == nil {
		return play
	}
	return tea.Batch(play, a.playback.load(a, h.next.Audio.ID))
}

// audible returns the first recording with sound that is still in its place, live or in the trash;
// -1 if there is none.
func audible(ctx context.Context, db *store.DB, ids []int64, from, by int, state store.State) (int, store.Recording, error) {
	const few = 20 // most have sound
	for from >= 0 && from < len(ids) {
		var asked []int64
		for i := from; i >= 0 && i < len(ids) && len(asked) < few; i += by {
			asked = append(asked, ids[i])
		}
		rows, err := db.Recordings(ctx, asked)
		if err != nil {
			return -1, store.Recording{}, err
		}
		found := make(map[int64]store.Recording, len(rows))
		for _, r := range rows {
			found[r.ID] = r
		}
		for i, id := range asked {
			if r := found[id]; r.Audio != nil && r.State == state {
				return from + i*by, r, nil
			}
		}
		from += len(asked) * by
	}
	return -1, store.Recording{}, nil
}

// wait goes on to the next after a pause, if a review runs.
func (v *review) wait(a *App) tea.Cmd {
	if !v.on {
		return nil
	}
	v.seq++
	seq := v.seq
	return common.After(v.pause, func() common.Action {
		if seq != v.seq {
			return nil
		}
		return a.playback.whenClosed(a, func() tea.Cmd { return v.onward(a) })
	})
}

// skip goes on from a recording that cannot be played, if a review runs.
func (v *review) skip(a *App, r store.Recording) tea.Cmd {
	if !v.on || v.at >= len(v.ids) || v.ids[v.at] != r.ID {
		return nil
	}
	return v.onward(a)
}

// setPause makes the pause longer, or shorter.
func (v *review) setPause(a *App, by time.Duration) tea.Cmd {
	v.pause = max(0, min(v.pause+by, longestPause))
	return a.say("Pause between recordings: %s", seconds(v.pause))
}

// short is the review for the status row.
func (v *review) short() string {
	return fmt.Sprintf("%s of %s", phrase.Comma(v.at+1), phrase.Comma(len(v.ids)))
}

// seconds is a short time in words: 0.75 s.
func seconds(d time.Duration) string { return fmt.Sprintf("%g s", d.Seconds()) }
