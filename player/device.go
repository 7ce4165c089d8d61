package player

import (
	"errors"
	"fmt"
	"time"

	"github.com/gopxl/beep/v2"
)

const (
	idleAfter  = 10 * time.Second // of silence, the output is closed so that the device can sleep
	stallAfter = 3 * time.Second  // without a request for sound, the output counts as stuck
)

var (
	errClosed = errors.New("play: the player is closed")
	errStuck  = errors.New("play: the sound output accepts no sound; check that it is not suspended or disconnected")
)

// withOutput opens the output if necessary and calls change, then starts the
// output if it is new. If there is no output, it calls failed instead. It calls
// both with mu held.
func (p *Player) withOutput(failed func(error), change func()) error {
	p.device.Lock()
	defer p.device.Unlock()
	fresh, err := p.openOutput()
	p.mu.Lock()
	if err != nil {
		failed(err)
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
		p.mu.Lock()
		if p.out == fresh {
			p.detach()
			failed(err)
		}
		p.mu.Unlock()
		return errors.Join(err, fresh.Close())
	}
	return nil
}

// openOutput opens and returns an output. It returns nil if one is open already
// and not stuck.
func (p *Player) openOutput() (Output, error) {
	if p.closed {
		return nil, errClosed
	}
	p.mu.Lock()
	isOpen := p.out != nil
	var stuck Output
	if isOpen && p.stuck() {
		stuck = p.detach()
	}
	p.mu.Unlock()
	switch {
	case stuck != nil:
		_ = stuck.Close() // a new one replaces it
	case isOpen:
		return nil, nil
	}
	out, err := p.open()
	if err != nil {
		return nil, fmt.Errorf("play: %w", err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.out, p.rate, p.lastFill = out, out.Rate(), time.Now()
	if p.voice != nil {
		heard := beep.SampleRate(p.voice.rate).N(p.position())
		p.voice, p.lag = newVoice(p.voice.track, heard, p.rate, p.settings), 0
	}
	return out, nil
}

// lost is called by an output that has failed, after it has cleaned up. It pauses
// a clip that is playing.
func (p *Player) lost(out Output, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.out == out {
		p.detach()
		if p.state == Playing {
			p.pauseOnError(err)
		}
	}
}

// closeIdle closes the output after a long silence. The next clip opens it again.
func (p *Player) closeIdle(out Output) {
	p.device.Lock()
	defer p.device.Unlock()
	p.mu.Lock()
	idle := p.out == out && p.state != Playing
	if idle {
		p.detach()
	}
	p.mu.Unlock()
	if idle {
		_ = out.Close() // nothing depends on it, and the next clip opens another
	}
}

// The functions below are called with mu held, except for fill.

// stuck reports whether the output has stopped requesting sound.
func (p *Player) stuck() bool { return time.Since(p.lastFill) > stallAfter }

// detach forgets the output and returns it. The sound buffered in it is not heard
// any more; the clip resumes from there.
func (p *Player) detach() Output {
	out := p.out
	p.out, p.tail, p.recall, p.silent = nil, nil, false, 0
	return out
}

// fill is called by the output, without mu. The output may request no frames, to
// learn whether it has to recall its buffer.
func (p *Player) fill(frames [][2]float64) (recall bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	recall, p.recall = p.recall, false
	if len(frames) == 0 {
		return recall
	}
	defer func() {
		if r := recover(); r != nil {
			clear(frames)
			p.reset(fmt.Errorf("play: internal error: %v", r))
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
	if p.out != nil { // the latency may change
		p.latency = int(p.out.Latency().Seconds() * float64(p.rate))
	}
	p.lag = max(min(p.lag, p.latency)-len(silence), 0)
	if p.state == Playing && p.voice.ended && p.lag == 0 {
		p.state = Ended
		p.finish(nil)
	}
	p.countSilence(len(silence))
	return recall
}

// countSilence counts n more frames of silence and closes the output once it has
// been silent for long.
func (p *Player) countSilence(n int) {
	limit := int(idleAfter.Seconds()) * p.rate
	before := p.silent
	p.silent += n
	if p.state != Playing && before < limit && p.silent >= limit {
		go p.closeIdle(p.out)
	}
}
