package ui

import (
	"fmt"
	"slices"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"unsaid/phrase"
	"unsaid/player"
	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

const (
	tickWhilePlay = 40 * time.Millisecond
	aMoment       = 60 * time.Millisecond // how long the cursor rests before the clip under it is decoded
)

// playback is what is heard, and the clips at hand for it.
type playback struct {
	*common.Heard
	clips
	player   *player.Player
	order    *order
	settings player.Settings
	review   review

	under   int64           // the recording the cursor is on
	seq     int             // of its coming there
	resting bool            // it is being seen whether it rests there
	wanted  store.Recording // to be played when its clip is there; the zero Recording for none
	ticking bool
	// held is what goes on when the open dialog is closed, nil for nothing.
	held    func() tea.Cmd
	covered bool // a dialog is open
}

// order keeps commands to the player in the order of the keys that gave them, although Bubble
// Tea runs each on a goroutine of its own: one that is no longer the newest is not carried out.
type order struct {
	mu     sync.Mutex
	newest int
}

// next announces a command, which carry will run unless another one was announced.
func (o *order) next() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.newest++
	return o.newest
}

func (o *order) carry(n int, command func() error) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if n != o.newest {
		return nil
	}
	return command()
}

func newPlayback(p *player.Player, heard *common.Heard) playback {
	return playback{Heard: heard, clips: newClips(heard), player: p, order: &order{}, settings: p.Settings(), review: newReview()}
}

// send has the player do something that may take a while, such as opening the sound output.
func (p *playback) send(a *App, command func() error) tea.Cmd {
	order := p.order
	n := order.next()
	return common.Try(func() error { return order.carry(n, command) }, func(err error) common.Action {
		if err != nil {
			p.Status = p.player.Status()
			p.review.end()
			return common.Fail{Err: err}
		}
		return p.look(a)
	})
}

// toggle pauses and resumes what plays, or plays the recording at the cursor.
func (p *playback) toggle(a *App) tea.Cmd {
	if p.held != nil && p.State == player.Paused {
		p.held = nil // what a dialog has paused stays so
		return nil
	}
	r, ok := a.selected()
	if p.Active() && (!ok || r.ID == p.Recording.ID) {
		return p.send(a, func() error { p.player.Toggle(); return nil })
	}
	if !ok {
		return a.say(nothingToPlay)
	}
	if p.review.on {
		if at := slices.Index(p.review.ids, r.ID); at >= 0 {
			return p.review.look(a, at, 1, true) // it goes on from here
		}
	}
	return p.play(a, r)
}

func (p *playback) replay(a *App) tea.Cmd {
	r, ok := a.selected()
	if !ok || p.review.on {
		r, ok = p.Recording, p.Recording.ID != 0
	}
	if !ok {
		return nil
	}
	return p.play(a, r)
}

// play plays a recording from its start, as soon as it is decoded.
func (p *playback) play(a *App, r store.Recording) tea.Cmd {
	if r.Audio == nil {
		return a.say(noSound)
	}
	p.held = nil
	s, _ := p.Sound(r)
	if !s.Ready() {
		p.wanted = r
		return p.load(a, r.Audio.ID)
	}
	p.wanted = store.Recording{}
	if s.Err != nil {
		return tea.Batch(a.fail(s.Err), p.review.skip(a, r))
	}
	p.Recording = r
	return p.send(a, func() error { return p.player.Play(s.Clip) })
}

// stop ends what is heard, and a review.
func (p *playback) stop(a *App) tea.Cmd {
	p.review.end()
	p.wanted, p.held = store.Recording{}, nil
	return p.send(a, func() error { p.player.Stop(); return nil })
}

// seek moves the play head, if something plays.
func (p *playback) seek(a *App, by time.Duration) tea.Cmd {
	if p.State == player.Stopped {
		return nil
	}
	return p.send(a, func() error { p.player.SeekBy(by); return nil })
}

// seekTo moves the play head to a share of the clip, in tenths.
func (p *playback) seekTo(a *App, tenths int) tea.Cmd {
	if p.State == player.Stopped {
		return nil
	}
	to := p.Length * time.Duration(tenths) / 10
	return p.send(a, func() error { p.player.Seek(to); return nil })
}

// follow notices that the cursor went to another recording. What it rests on is decoded, so
// that its waveform is seen and a key plays it at once; what it only passes is not.
func (p *playback) follow(a *App) tea.Cmd {
	r, ok := a.selected()
	if !ok || r.ID == p.under {
		return nil
	}
	p.under = r.ID
	if p.wanted.ID != r.ID && !p.review.on {
		p.wanted = store.Recording{} // what was passed is not heard by surprise
	}
	p.seq++
	if p.resting {
		return nil
	}
	return p.lookAgain(a)
}

// lookAgain looks again in a moment whether the cursor is where it is now. One look at a time is enough for
// all the recordings that it passes meanwhile.
func (p *playback) lookAgain(a *App) tea.Cmd {
	p.resting = true
	seq := p.seq
	return common.After(aMoment, func() common.Action { return p.rested(a, seq) })
}

// takeClip keeps a decoded sound, and plays it if that is wanted.
func (p *playback) takeClip(a *App, audio int64, sound common.Sound) common.Action {
	kept := p.take(a, audio, sound)
	if r := p.wanted; r.Audio != nil && r.Audio.ID == audio {
		return tea.Batch(kept, p.whenClosed(a, func() tea.Cmd { return p.play(a, r) }))
	}
	return kept
}

// rested decodes what the cursor rests on, and the one after it, which is likely to be next.
func (p *playback) rested(a *App, seq int) tea.Cmd {
	p.resting = false
	if seq != p.seq {
		return p.lookAgain(a)
	}
	r, ok := a.selected()
	if !ok {
		return nil
	}
	var cmds []tea.Cmd
	if r.Audio != nil {
		cmds = append(cmds, p.load(a, r.Audio.ID))
	}
	if next, known := a.recordings().Next(); known && next.Audio != nil {
		cmds = append(cmds, p.load(a, next.Audio.ID))
	}
	return tea.Batch(cmds...)
}

// look notices what the player has done since.
func (p *playback) look(a *App) tea.Cmd {
	played := p.State == player.Playing
	p.Status = p.player.Status()
	switch {
	case played && p.Err != nil:
		p.review.end()
		return a.fail(p.Err)
	case played && p.State == player.Ended:
		return p.review.wait(a)
	}
	return p.tick(a)
}

// tick looks at the player again in a moment, as long as it plays.
func (p *playback) tick(a *App) tea.Cmd {
	if p.ticking || p.State != player.Playing {
		return nil
	}
	p.ticking = true
	return common.After(tickWhilePlay, func() common.Action {
		p.ticking = false
		return p.look(a)
	})
}

// nowPlaying draws what is heard, for the status row: "" if nothing is. bare leaves it at the time.
func (a *App) nowPlaying(bare bool) string {
	p, st := &a.playback, &a.Styles
	var sign string
	switch p.State {
	case player.Playing:
		sign = st.Good.Render("▶")
	case player.Paused:
		sign = st.Warn.Render("‖")
	default:
		return ""
	}
	heard := fmt.Sprintf("%s %s/%s", sign, common.Clock(p.Position), common.Clock(p.Length))
	if bare {
		return heard
	}
	bar := ""
	if s, ok := p.Sound(p.Recording); ok {
		bar = widget.Waveform(st, s.Peaks, 12, p.Head(p.Recording)) + " "
	}
	name := text.Brief(phrase.Device(p.Recording.Device))
	if how := unusual(p.settings); how != "" {
		name += " · " + how
	}
	return heard + " " + bar + st.Quiet.Render(name)
}
