package player

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
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
	Generation uint64        // counts calls of Play, so a late answer can be told from the current one
	Err        error         // why the sound stopped; nil after the next success
}

const (
	restAfter  = 10 * time.Second // of silence the output is closed, so that the device can sleep
	stallAfter = 3 * time.Second  // without being asked for sound, the output is called stuck
)

var (
	errClosed = errors.New("play: the player is closed")
	errStuck  = errors.New("play: the sound output does not take any sound; check that it is not suspended or disconnected")
)

// Player plays one clip at a time. All methods may be called from any goroutine.
// Those that may have to open the output (Play, Resume, Toggle, and Seek after
// the end) can take as long as that takes; the others return at once.
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
	state      State
	voice      *voice       // nil when stopped
	tail       [][2]float64 // a fading rest that sounds before anything else
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
func New(open func() (Output, error)) *Player { return &Player{open: open} }

// Play plays clip from its beginning in place of what plays now. The error says
// that there is no sound output and the way out; the next Play tries again.
func (p *Player) Play(clip *Clip) error {
	return p.withOutput(func() {
		p.cut()
		p.finish(nil)
		p.generation++
		p.begin(clip, 0)
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
	_ = p.withOutput(func() { // Status tells the error
		if p.state == Paused {
			p.voice.fadeIn = fadeFrames
			p.state, p.silent = Playing, 0
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
		p.Seek(0)
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
	p.seek(func(time.Duration) time.Duration { return to })
}

// SeekBy goes forward, or back if d is negative.
func (p *Player) SeekBy(d time.Duration) {
	p.seek(func(at time.Duration) time.Duration { return at + d })
}

func (p *Player) seek(target func(at time.Duration) time.Duration) {
	p.mu.Lock()
	state := p.state
	if state == Playing || state == Paused {
		p.move(target(p.position()))
	}
	p.mu.Unlock()
	if state == Ended {
		_ = p.withOutput(func() { // Status tells the error
			if to := target(p.position()); p.state == Ended && to < p.voice.clip.Duration() {
				p.begin(p.voice.clip, to)
			}
		})
	}
}

// Status tells what the player does now. It is cheap.
func (p *Player) Status() Status {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := Status{State: p.state, Generation: p.generation, Err: p.err}
	if p.voice != nil {
		s.Clip, s.Position, s.Length = p.voice.clip, p.position(), p.voice.clip.Duration()
	}
	if p.state == Playing && time.Since(p.lastFill) > stallAfter {
		s.Err = errStuck
	}
	return s
}

// Wait returns when the clip that plays now has been heard to its end, was
// stopped or replaced; with an error when the output failed or ctx ended first.
// It waits through pauses.
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

// withOutput makes change, under mu, while an output is open, and has the output
// start with the changed state if it had to be opened for it.
func (p *Player) withOutput(change func()) error {
	p.device.Lock()
	defer p.device.Unlock()
	fresh, err := p.openOutput()
	p.mu.Lock()
	if err != nil {
		p.drop(err)
		p.mu.Unlock()
		return err
	}
	p.err = nil
	change()
	p.mu.Unlock()
	if fresh == nil {
		return nil
	}
	if err := fresh.Start(p.fill, func(err error) { p.lost(fresh, err) }); err != nil {
		p.lost(fresh, err)
		return errors.Join(err, fresh.Close())
	}
	return nil
}

// openOutput returns the output if it had to be opened, nil if one was open.
func (p *Player) openOutput() (Output, error) {
	if p.closed {
		return nil, errClosed
	}
	p.mu.Lock()
	isOpen := p.out != nil
	p.mu.Unlock()
	if isOpen {
		return nil, nil
	}
	out, err := p.open()
	if err != nil {
		return nil, fmt.Errorf("play: %w", err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.out, p.rate, p.lastFill = out, out.Rate(), time.Now()
	p.latency = int(out.Latency().Seconds() * float64(p.rate))
	if p.voice != nil {
		p.voice = newVoice(p.voice.clip, p.position(), p.rate)
	}
	return out, nil
}

// lost is called by an output that died, after it has cleaned up behind itself.
func (p *Player) lost(out Output, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.out == out {
		p.detach()
		p.drop(err)
	}
}

// rest closes the output after a long silence; what plays next opens it again.
func (p *Player) rest(out Output) {
	p.device.Lock()
	defer p.device.Unlock()
	p.mu.Lock()
	idle := p.out == out && p.state != Playing
	if idle {
		p.detach()
	}
	p.mu.Unlock()
	if idle {
		_ = out.Close() // nobody waits for it, and the next sound opens another
	}
}

// The functions below are called with mu held.

// begin plays clip from a point on. There must be an output.
func (p *Player) begin(clip *Clip, from time.Duration) {
	p.voice = newVoice(clip, from, p.rate)
	p.run = &run{done: make(chan struct{})}
	p.state, p.lag, p.silent = Playing, 0, 0
}

// move goes to a point of the clip and keeps the state.
func (p *Player) move(to time.Duration) {
	p.cut()
	p.voice = newVoice(p.voice.clip, to, p.rate)
	p.lag = 0
}

// cut fades out what sounds now, so that anything may follow. If an earlier
// tail still waits to be heard, nothing has sounded since, and it stays.
func (p *Player) cut() {
	if p.state == Playing && len(p.tail) == 0 {
		p.tail = p.voice.fadeOut()
		p.lag += len(p.tail)
	}
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

// detach forgets the output and what is buffered in it, and returns it.
func (p *Player) detach() Output {
	out := p.out
	p.out, p.tail, p.lag, p.silent = nil, nil, 0, 0
	return out
}

func (p *Player) position() time.Duration { return p.voice.position(p.lag) }

// fill is what the output calls, with mu not held.
func (p *Player) fill(frames [][2]float64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	defer func() {
		if r := recover(); r != nil {
			clear(frames)
			p.drop(fmt.Errorf("play: internal error: %v", r))
		}
	}()
	p.lastFill = time.Now()
	n := copy(frames, p.tail)
	p.tail = p.tail[n:]
	if p.state == Playing {
		rendered := p.voice.render(frames[n:])
		n += rendered
		p.lag += rendered
	}
	silence := frames[n:]
	clear(silence)
	p.lag = max(min(p.lag, p.latency)-len(silence), 0)
	if p.state == Playing && p.voice.ended && p.lag == 0 {
		p.state = Ended
		p.finish(nil)
	}
	p.countSilence(len(silence))
}

// countSilence lets the output rest once there has been nothing to hear for long.
func (p *Player) countSilence(n int) {
	limit := int(restAfter.Seconds()) * p.rate
	before := p.silent
	p.silent += n
	if p.state != Playing && before < limit && p.silent >= limit {
		go p.rest(p.out)
	}
}
