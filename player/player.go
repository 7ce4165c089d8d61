package player

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/gopxl/beep/v2"
)

// State is what a Player is doing.
type State int

// The states of a Player.
const (
	Stopped State = iota // no clip
	Playing
	Paused
	Ended // the clip was heard to its end; it can be played again, or sought
)

// Status is a Player at one moment.
type Status struct {
	State      State
	Position   time.Duration // what is heard now, not what is buffered
	Length     time.Duration // of the clip
	Clip       *Clip         // nil when stopped
	Settings   Settings
	Generation uint64 // number of calls of Play; distinguishes late results from current ones
	Err        error  // why there is no sound; nil again after the next success
}

// Player plays one clip at a time. All methods may be called from any goroutine.
// Play, Replay, Resume, Toggle, and seeking after the end, may have to open the
// output and wait for that; the other methods return at once.
type Player struct {
	open func() (Output, error)

	// device guards opening and closing the output. It is locked before mu, and
	// held during calls of the output. mu is not, since fill locks it.
	device sync.Mutex
	closed bool

	mu         sync.Mutex
	out        Output // nil until needed
	rate       int    // of the output, frames per second
	latency    int    // of the output, frames
	settings   Settings
	state      State
	voice      *voice       // nil when stopped
	tail       [][2]float64 // a fade-out that is played before anything else
	recall     bool         // the output shall discard its buffer
	lag        int          // frames of voice that are buffered and not heard yet
	silent     int          // frames of silence since the last sound
	lastFill   time.Time
	run        *run
	generation uint64
	err        error
}

// run is the playback of one clip from start to end, for Wait.
type run struct {
	done chan struct{}
	err  error // set before done is closed
}

// New returns a Player that calls open for its output when it first plays
// something, and again after the output was lost. See DefaultOutput.
func New(open func() (Output, error)) *Player {
	return &Player{open: open, settings: DefaultSettings()}
}

// Play plays clip from its beginning and replaces the current one. If there is no
// sound output, the error says what the user can do; the next Play tries again.
func (p *Player) Play(clip *Clip) error {
	t := newTrack(clip)
	return p.withOutput(p.reset, func() {
		p.fadeOut()
		p.finish(nil)
		p.generation++
		p.start(t, t.start(p.settings))
	})
}

// Replay plays the current clip from its beginning. It does nothing if there is no
// clip.
func (p *Player) Replay() {
	if p.Status().State == Stopped {
		return
	}
	_ = p.withOutput(p.pauseOnError, func() { // Status reports the error
		if p.voice != nil {
			p.fadeOut()
			p.start(p.voice.track, p.voice.start(p.settings))
		}
	})
}

// Pause pauses the clip. It does nothing unless the clip plays.
func (p *Player) Pause() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.state == Playing {
		p.fadeOut()
		p.state = Paused
	}
}

// Resume resumes a paused clip. It does nothing otherwise.
func (p *Player) Resume() {
	if p.Status().State != Paused {
		return
	}
	_ = p.withOutput(p.pauseOnError, func() { // Status reports the error
		if p.state == Paused {
			p.voice.fadeIn()
			p.setPlaying()
		}
	})
}

// Toggle pauses a playing clip, resumes a paused one and replays an ended one.
func (p *Player) Toggle() {
	switch p.Status().State {
	case Playing:
		p.Pause()
	case Paused:
		p.Resume()
	case Ended:
		p.Replay()
	}
}

// Stop stops and unloads the clip. The output stays open for a while.
func (p *Player) Stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.fadeOut()
	p.reset(nil)
}

// Seek seeks to a position in the clip, at most its end. A paused clip stays
// paused; one that has ended plays again.
func (p *Player) Seek(to time.Duration) {
	p.seek(func(_, _ time.Duration) time.Duration { return to })
}

// SeekBy seeks forward by d, or back if d is negative.
func (p *Player) SeekBy(d time.Duration) {
	p.seek(func(at, _ time.Duration) time.Duration { return at + d })
}

// SeekTo seeks to a fraction of the clip, from 0 to 1.
func (p *Player) SeekTo(share float64) {
	p.seek(func(_, length time.Duration) time.Duration {
		return time.Duration(min(max(share, 0), 1) * float64(length))
	})
}

func (p *Player) seek(target func(at, length time.Duration) time.Duration) {
	p.mu.Lock()
	state := p.state
	if state == Playing || state == Paused {
		p.fadeOut()
		p.voice, p.lag = newVoice(p.voice.track, p.frame(target), p.rate, p.settings), 0
	}
	p.mu.Unlock()
	if state == Ended {
		_ = p.withOutput(p.pauseOnError, func() { // Status reports the error
			if p.state != Ended {
				return
			}
			if first := p.frame(target); first < p.voice.frames() {
				p.start(p.voice.track, first)
			}
		})
	}
}

// Status returns the current status. It is cheap.
func (p *Player) Status() Status {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := Status{State: p.state, Settings: p.settings, Generation: p.generation, Err: p.err}
	if p.voice != nil {
		s.Clip, s.Position, s.Length = p.voice.Clip, p.position(), p.voice.Duration()
	}
	if p.state == Playing && p.stuck() {
		s.Err = errStuck
	}
	return s
}

// Wait waits until the current clip has been heard to its end, was stopped or was
// replaced. It returns an error if the output failed or ctx ended first. It keeps
// waiting while the clip is paused or repeats.
func (p *Player) Wait(ctx context.Context) error {
	p.mu.Lock()
	current, err := p.run, p.err
	p.mu.Unlock()
	if current == nil {
		return err
	}
	watch := time.NewTicker(stallAfter)
	defer watch.Stop()
	for {
		select {
		case <-current.done:
			return current.err
		case <-ctx.Done():
			return ctx.Err()
		case <-watch.C:
			if s := p.Status(); errors.Is(s.Err, errStuck) {
				return s.Err
			}
		}
	}
}

// Close stops playback and closes the output. The player cannot be used after it.
func (p *Player) Close() error {
	p.device.Lock()
	defer p.device.Unlock()
	p.closed = true
	p.mu.Lock()
	p.reset(nil)
	out := p.detach()
	p.mu.Unlock()
	if out == nil {
		return nil
	}
	return out.Close()
}

// The functions below are called with mu held.

// start plays a track from the frame first. There must be an output.
func (p *Player) start(t track, first int) {
	p.voice, p.lag = newVoice(t, first, p.rate, p.settings), 0
	p.setPlaying()
}

func (p *Player) setPlaying() {
	if p.run == nil {
		p.run = &run{done: make(chan struct{})}
	}
	p.state, p.silent = Playing, 0
}

// pauseOnError pauses the clip because there is no output any more.
func (p *Player) pauseOnError(err error) {
	p.finish(err)
	p.err = err
	if p.state == Playing {
		p.state = Paused
	}
}

// fadeOut fades out the playing clip so that anything can follow without a click,
// and moves the voice to where the fade begins. If an earlier fade or recall is
// still pending, nothing has been played since, and that one stays.
func (p *Player) fadeOut() {
	if p.state == Playing && len(p.tail) == 0 && !p.recallBuffered() {
		p.tail = p.voice.fadeOut()
		p.lag += len(p.tail)
	}
}

// recallBuffered makes the output discard its buffered part of the playing voice,
// and moves the voice back to where that part begins. It returns false if the
// output cannot do that.
func (p *Player) recallBuffered() bool {
	if p.recall {
		return true
	}
	if p.out == nil || !p.out.Recall() {
		return false
	}
	p.recall = true
	behind := max(p.lag-int(recallAfter.Seconds()*float64(p.rate)), 0)
	first := beep.SampleRate(p.voice.rate).N(p.voice.position(behind))
	p.voice, p.lag = newVoice(p.voice.track, first, p.rate, p.settings), 0
	return true
}

// reset unloads the clip.
func (p *Player) reset(err error) {
	p.finish(err)
	p.state, p.voice, p.err = Stopped, nil, err
}

// finish ends the run, and with it the calls of Wait.
func (p *Player) finish(err error) {
	if p.run != nil {
		p.run.err = err
		close(p.run.done)
		p.run = nil
	}
}

func (p *Player) position() time.Duration { return p.voice.position(p.lag) }

// frame is the frame of the clip that target seeks to.
func (p *Player) frame(target func(at, length time.Duration) time.Duration) int {
	length := p.voice.Duration()
	to := min(max(target(p.position(), length), 0), length)
	return beep.SampleRate(p.voice.rate).N(to)
}
