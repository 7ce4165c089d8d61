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
	Ended // the clip was heard to its end, and can be played or sought again
)

// Status is a Player at one moment.
type Status struct {
	State      State
	Position   time.Duration // what is heard now, not what is already buffered
	Length     time.Duration // of the clip
	Clip       *Clip         // nil when stopped
	Settings   Settings
	Generation uint64 // counts calls of Play, so a late answer can be told from the current one
	Err        error  // why there is no sound, of a clip that can be resumed or of none; nil after the next success
}

// Player plays one clip at a time. All methods may be called from any goroutine.
// Those that may have to open the output (Play, Replay, Resume, Toggle, and the
// seeking ones after the end) can take as long as that takes; the others return
// at once.
type Player struct {
	open func() (Output, error)

	// device guards opening and closing of the output. It is taken before mu and
	// held across calls of the output, which mu is not: fill needs mu.
	device sync.Mutex
	closed bool

	mu         sync.Mutex
	out        Output // nil until it is needed
	rate       int    // of the output, frames a second
	latency    int    // of the output, frames
	settings   Settings
	state      State
	voice      *voice       // nil when stopped
	tail       [][2]float64 // a fading rest that sounds before anything else
	recall     bool         // what the output has buffered shall not be heard any more
	lag        int          // frames of voice that are buffered but not heard yet
	silent     int          // frames of silence since the last sound
	lastFill   time.Time
	run        *run
	generation uint64
	err        error
}

// run is one clip's way from start to end, for Wait.
type run struct {
	done chan struct{}
	err  error // set before done is closed
}

// New returns a Player that opens its output with open when something is first
// played, and again when the output was lost. DefaultOutput is the usual open.
func New(open func() (Output, error)) *Player {
	return &Player{open: open, settings: DefaultSettings()}
}

// Play plays clip from its beginning in place of what plays now. The error says
// that there is no sound output and the way out; the next Play tries again.
func (p *Player) Play(clip *Clip) error {
	t := newTrack(clip)
	return p.withOutput(p.drop, func() {
		p.cut()
		p.finish(nil)
		p.generation++
		p.begin(t, t.start(p.settings))
	})
}

// Replay plays the clip from its beginning again, whatever it does now. It does
// nothing without one.
func (p *Player) Replay() {
	if p.Status().State == Stopped {
		return
	}
	_ = p.withOutput(p.hold, func() { // Status tells the error
		if p.voice != nil {
			p.cut()
			p.begin(p.voice.track, p.voice.start(p.settings))
		}
	})
}

// Pause holds the clip where it is. It does nothing unless the clip plays.
func (p *Player) Pause() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.state == Playing {
		p.cut()
		p.state = Paused
	}
}

// Resume goes on with a paused clip. It does nothing otherwise.
func (p *Player) Resume() {
	if p.Status().State != Paused {
		return
	}
	_ = p.withOutput(p.hold, func() { // Status tells the error
		if p.state == Paused {
			p.voice.fadeIn()
			p.proceed()
		}
	})
}

// Toggle pauses a playing clip, resumes a paused one and plays an ended one again.
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

// Stop drops the clip. The output stays open for a while.
func (p *Player) Stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cut()
	p.drop(nil)
}

// Seek goes to a point of the clip, at most its end. A paused clip stays paused;
// one that had ended plays again.
func (p *Player) Seek(to time.Duration) {
	p.seek(func(_, _ time.Duration) time.Duration { return to })
}

// SeekBy goes forward, or back if d is negative.
func (p *Player) SeekBy(d time.Duration) {
	p.seek(func(at, _ time.Duration) time.Duration { return at + d })
}

// SeekTo goes to a share of the clip, from 0 to 1.
func (p *Player) SeekTo(share float64) {
	p.seek(func(_, length time.Duration) time.Duration {
		return time.Duration(min(max(share, 0), 1) * float64(length))
	})
}

func (p *Player) seek(target func(at, length time.Duration) time.Duration) {
	p.mu.Lock()
	state := p.state
	if state == Playing || state == Paused {
		p.cut()
		p.voice, p.lag = newVoice(p.voice.track, p.frame(target), p.rate, p.settings), 0
	}
	p.mu.Unlock()
	if state == Ended {
		_ = p.withOutput(p.hold, func() { // Status tells the error
			if p.state != Ended {
				return
			}
			if first := p.frame(target); first < p.voice.frames() {
				p.begin(p.voice.track, first)
			}
		})
	}
}

// Status tells what the player does now. It is cheap.
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

// Wait returns when the clip that plays now has been heard to its end, was
// stopped or replaced; with an error when the output failed or ctx ended first.
// It waits through pauses, and through all rounds of a loop.
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

// Close stops and closes the output. The player cannot be used any more.
func (p *Player) Close() error {
	p.device.Lock()
	defer p.device.Unlock()
	p.closed = true
	p.mu.Lock()
	p.drop(nil)
	out := p.detach()
	p.mu.Unlock()
	if out == nil {
		return nil
	}
	return out.Close()
}

// The functions below are called with mu held.

// begin plays a track from a frame on. There must be an output.
func (p *Player) begin(t track, first int) {
	p.voice, p.lag = newVoice(t, first, p.rate, p.settings), 0
	p.proceed()
}

func (p *Player) proceed() {
	if p.run == nil {
		p.run = &run{done: make(chan struct{})}
	}
	p.state, p.silent = Playing, 0
}

// hold keeps a clip that cannot be heard any more where it is.
func (p *Player) hold(err error) {
	p.finish(err)
	p.err = err
	if p.state == Playing {
		p.state = Paused
	}
}

// cut fades out what sounds now, so that anything may follow. The voice then
// stands where the fade begins. If an earlier tail still waits to be heard, or an
// earlier recall to be made, nothing has sounded since, and it stays.
func (p *Player) cut() {
	if p.state == Playing && len(p.tail) == 0 && !p.takeBack() {
		p.tail = p.voice.fadeOut()
		p.lag += len(p.tail)
	}
}

// takeBack has the output take back what it has buffered of the playing voice,
// and puts the voice where that begins. It returns false if the output cannot.
func (p *Player) takeBack() bool {
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

// drop leaves the player without a clip.
func (p *Player) drop(err error) {
	p.finish(err)
	p.state, p.voice, p.err = Stopped, nil, err
}

// finish releases those who Wait.
func (p *Player) finish(err error) {
	if p.run != nil {
		p.run.err = err
		close(p.run.done)
		p.run = nil
	}
}

func (p *Player) position() time.Duration { return p.voice.position(p.lag) }

// frame is that of the clip to which target goes.
func (p *Player) frame(target func(at, length time.Duration) time.Duration) int {
	length := p.voice.Duration()
	to := min(max(target(p.position(), length), 0), length)
	return beep.SampleRate(p.voice.rate).N(to)
}
