package player

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func TestNoOutput(t *testing.T) {
	out := &fakeOutput{}
	failing := true
	p := New(func() (Output, error) {
		if failing {
			return nil, errors.New("no device; plug one in")
		}
		return out, nil
	})
	defer p.Close()
	clip := sweepClip(t, 16000, 16000)
	err := p.Play(clip)
	if err == nil || !strings.Contains(err.Error(), "plug one in") {
		t.Fatalf("Play without an output: %v", err)
	}
	if s := p.Status(); s.State != Stopped || s.Err == nil {
		t.Errorf("%+v", s)
	}
	if err := p.Wait(t.Context()); err == nil {
		t.Error("Wait forgets why nothing plays")
	}
	failing = false
	mustPlay(t, p, clip)
	if s := p.Status(); s.State != Playing || s.Err != nil {
		t.Errorf("%+v", s)
	}
}

func TestOutputThatDoesNotStart(t *testing.T) {
	out := &fakeOutput{startErr: errors.New("refused")}
	p := New(func() (Output, error) { return out, nil })
	defer p.Close()
	if err := p.Play(sweepClip(t, 16000, 16000)); !errors.Is(err, out.startErr) {
		t.Errorf("Play: %v", err)
	}
	wantState(t, p, Stopped)
	if err := p.Status().Err; !errors.Is(err, out.startErr) {
		t.Errorf("Status: %v", err)
	}
	if out.closed != 1 {
		t.Errorf("closed %d times", out.closed)
	}
}

// newReopeningPlayer returns a player that opens a new fake output each time, and a
// function that returns the outputs so far.
func newReopeningPlayer(t *testing.T) (p *Player, outputs func() []*fakeOutput) {
	t.Helper()
	var outs []*fakeOutput
	p = New(func() (Output, error) {
		outs = append(outs, &fakeOutput{})
		return outs[len(outs)-1], nil
	})
	t.Cleanup(func() { p.Close() })
	return p, func() []*fakeOutput { return outs }
}

func TestOutputLostWhilePlaying(t *testing.T) {
	p, outputs := newReopeningPlayer(t)
	mustPlay(t, p, sweepClip(t, 16000, 16000))
	first := outputs()[0]
	first.pump(100 * time.Millisecond)
	gone := errors.New("server gone")
	waited := make(chan error)
	go func() { waited <- p.Wait(t.Context()) }()
	for p.Status().State == Playing {
		first.lost(gone)
	}
	if err := <-waited; !errors.Is(err, gone) {
		t.Errorf("Wait: %v", err)
	}
	wantStatus(t, p, Paused, 100*time.Millisecond)
	if s := p.Status(); !errors.Is(s.Err, gone) {
		t.Errorf("%+v", s)
	}
	p.Toggle()
	wantStatus(t, p, Playing, 100*time.Millisecond)
	first.lost(gone) // a late report of the old output
	if s := p.Status(); s.State != Playing || s.Err != nil || len(outputs()) != 2 {
		t.Errorf("%+v on output %d", s, len(outputs()))
	}
	outputs()[1].pump(time.Second)
	if err := p.Wait(t.Context()); err != nil {
		t.Error(err)
	}
	wantStatus(t, p, Ended, time.Second)
}

// A paused clip is not affected when its output is lost, and stays loaded when
// there is no other output yet.
func TestOutputLostWhilePaused(t *testing.T) {
	var out *fakeOutput
	var missing error
	p := New(func() (Output, error) {
		out = &fakeOutput{}
		return out, missing
	})
	defer p.Close()
	mustPlay(t, p, sweepClip(t, 16000, 16000))
	p.Seek(300 * time.Millisecond)
	p.Pause()
	out.lost(errors.New("server gone"))
	wantStatus(t, p, Paused, 300*time.Millisecond)
	if s := p.Status(); s.Err != nil {
		t.Errorf("%+v", s)
	}
	missing = errors.New("no device")
	p.Resume()
	wantStatus(t, p, Paused, 300*time.Millisecond)
	if s := p.Status(); !errors.Is(s.Err, missing) {
		t.Errorf("%+v", s)
	}
	missing = nil
	p.Resume()
	if s := p.Status(); s.Err != nil {
		t.Errorf("%+v", s)
	}
	out.pump(100 * time.Millisecond)
	wantStatus(t, p, Playing, 400*time.Millisecond)

	p.Pause() // but if another clip fails to play, the paused one is gone
	out.lost(errors.New("server gone"))
	missing = errors.New("no device")
	if err := p.Play(sweepClip(t, 100, 16000)); !errors.Is(err, missing) {
		t.Errorf("Play: %v", err)
	}
	if s := p.Status(); s.State != Stopped || s.Clip != nil || !errors.Is(s.Err, missing) {
		t.Errorf("%+v", s)
	}
}

// An output that stopped requesting sound is replaced when the next clip plays.
func TestStuckOutputIsReplaced(t *testing.T) {
	p, outputs := newReopeningPlayer(t)
	clip := sweepClip(t, 16000, 16000)
	mustPlay(t, p, clip)
	outputs()[0].pump(100 * time.Millisecond)
	p.mu.Lock()
	p.lastFill = p.lastFill.Add(-stallAfter - time.Second)
	p.mu.Unlock()
	mustPlay(t, p, clip)
	if s := p.Status(); s.Err != nil || len(outputs()) != 2 || outputs()[0].closed != 1 {
		t.Errorf("%+v on output %d", s, len(outputs()))
	}
	outputs()[1].pump(100 * time.Millisecond)
	wantStatus(t, p, Playing, 95*time.Millisecond) // after the fade-out of the first clip
}

func TestIdleOutputIsClosedAndReopened(t *testing.T) {
	opened := 0
	closed := make(chan struct{})
	p := New(func() (Output, error) {
		opened++
		return &closingOutput{closed: closed}, nil
	})
	clip := sweepClip(t, fakeRate, fakeRate)
	mustPlay(t, p, clip)
	p.Seek(300 * time.Millisecond)
	p.Pause()
	out := p.out.(*closingOutput)
	out.pump(idleAfter + time.Second)
	<-closed
	wantStatus(t, p, Paused, 300*time.Millisecond)
	p.Resume()
	wantStatus(t, p, Playing, 300*time.Millisecond)
	if opened != 2 {
		t.Errorf("opened %d times", opened)
	}
}

// closingOutput signals when it is closed.
type closingOutput struct {
	fakeOutput
	closed chan struct{}
}

func (o *closingOutput) Close() error {
	defer close(o.closed)
	return o.fakeOutput.Close()
}

func TestStuckOutputIsAnError(t *testing.T) {
	p, _ := newTestPlayer(t, 0)
	mustPlay(t, p, sweepClip(t, 16000, 16000))
	p.mu.Lock()
	p.lastFill = p.lastFill.Add(-stallAfter - time.Second)
	p.mu.Unlock()
	if s := p.Status(); !errors.Is(s.Err, errStuck) || s.State != Playing {
		t.Errorf("%+v", s)
	}
}

func TestClosedPlayerRefuses(t *testing.T) {
	p, out := newTestPlayer(t, 0)
	clip := sweepClip(t, 16000, 16000)
	mustPlay(t, p, clip)
	if err := p.Close(); err != nil || out.closed != 1 {
		t.Fatalf("Close: %v, closed %d times", err, out.closed)
	}
	if err := p.Play(clip); err == nil {
		t.Error("Play after Close succeeds")
	}
	if err := p.Close(); err != nil {
		t.Errorf("second Close: %v", err)
	}
}

func TestNullOutputLetsClipsPass(t *testing.T) {
	t.Setenv("UNSAID_AUDIO", "null")
	p := New(DefaultOutput)
	mustPlay(t, p, sweepClip(t, 800, 16000))
	if err := p.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantStatus(t, p, Ended, 50*time.Millisecond)
	if err := p.Close(); err != nil {
		t.Error(err)
	}
}
