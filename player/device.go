package player

import (
	"errors"
	"fmt"
	"time"

	"github.com/gopxl/beep/v2"
)

const (
	restAfter  = 10 * time.Second // of silence the output is closed, so that the device can sleep
	stallAfter = 3 * time.Second  // without being asked for sound, the output is called stuck
)

var (
	errClosed = errors.New("play: the player is closed")
	errStuck  = errors.New("play: the sound output does not take any sound; check that it is not suspended or disconnected")
)

// withOutput makes change while an output is open, and has the output start with
// the changed state if it had to be opened for it. If there is none it calls
// failed. It calls both under mu.
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

// openOutput returns the output if it had to be opened, nil if one was open that
// takes sound.
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
		_ = stuck.Close() // another one is opened in its place
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

// lost is called by an output that died, after it has cleaned up behind itself.
// A clip that does not sound at that moment does not notice.
func (p *Player) lost(out Output, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.out == out {
		p.detach()
		if p.state == Playing {
			p.hold(err)
		}
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

// The functions below are called with mu held, but for fill.

// stuck tells whether the output has stopped asking for sound.
func (p *Player) stuck() bool { return time.Since(p.lastFill) > stallAfter }

// detach forgets the output and returns it. What is buffered in it is not heard
// any more, and the clip goes on from there.
func (p *Player) detach() Output {
	out := p.out
	p.out, p.tail, p.recall, p.silent = nil, nil, false, 0
	return out
}

// fill is what the output calls, with mu not held. It may ask for no frames, to
// learn whether there is something to recall.
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
	if p.out != nil { // its latency may change
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

// countSilence lets the output rest once there has been nothing to hear for long.
func (p *Player) countSilence(n int) {
	limit := int(restAfter.Seconds()) * p.rate
	before := p.silent
	p.silent += n
	if p.state != Playing && before < limit && p.silent >= limit {
		go p.rest(p.out)
	}
}
