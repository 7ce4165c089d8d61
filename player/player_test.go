package player

import (
	"context"
	"errors"
	"math"
	"runtime"
	"sync"
	"testing"
	"time"
)

const fakeRate = 48_000

// fakeOutput requests sound only when the test pumps it.
type fakeOutput struct {
	mu       sync.Mutex
	latency  time.Duration
	startErr error
	fill     func([][2]float64) bool
	lost     func(error)
	closed   int
}

func (o *fakeOutput) Rate() int              { return fakeRate }
func (o *fakeOutput) Latency() time.Duration { return o.latency }
func (o *fakeOutput) Recall() bool           { return false }

func (o *fakeOutput) Start(fill func([][2]float64) bool, lost func(error)) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.fill, o.lost = fill, lost
	return o.startErr
}

func (o *fakeOutput) Close() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.fill = nil
	o.closed++
	return nil
}

// pump returns the next d of sound, requested in pieces of odd sizes.
func (o *fakeOutput) pump(d time.Duration) [][2]float64 {
	frames := make([][2]float64, int(d.Seconds()*fakeRate))
	o.mu.Lock()
	defer o.mu.Unlock()
	for at := 0; at < len(frames) && o.fill != nil; {
		n := min(len(frames)-at, 441)
		o.fill(frames[at : at+n])
		at += n
	}
	return frames
}

// newTestPlayer returns a player with a fake output, and that output.
func newTestPlayer(t *testing.T, latency time.Duration) (*Player, *fakeOutput) {
	t.Helper()
	out := &fakeOutput{latency: latency}
	p := New(func() (Output, error) { return out, nil })
	t.Cleanup(func() { p.Close() })
	return p, out
}

func mustPlay(t *testing.T, p *Player, clip *Clip) {
	t.Helper()
	if err := p.Play(clip); err != nil {
		t.Fatal(err)
	}
}

func wantStatus(t *testing.T, p *Player, state State, position time.Duration) {
	t.Helper()
	s := p.Status()
	if s.State != state || (s.Position-position).Abs() > time.Millisecond {
		t.Fatalf("state %v at %v, want %v at %v (err %v)", s.State, s.Position, state, position, s.Err)
	}
}

// waitFor polls for a state and fails after ten seconds.
func waitFor(t testing.TB, what string, ready func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for !ready() {
		select {
		case <-ctx.Done():
			t.Fatalf("%s: not within ten seconds", what)
		case <-tick.C:
		}
	}
}

func loudest(frames [][2]float64) float64 {
	peak := 0.0
	for _, f := range frames {
		peak = max(peak, math.Abs(f[0]), math.Abs(f[1]))
	}
	return peak
}

// steepest is the largest step from one frame to the next; a click is a large one.
func steepest(frames [][2]float64) float64 {
	step := 0.0
	for i := 1; i < len(frames); i++ {
		step = max(step, math.Abs(frames[i][0]-frames[i-1][0]))
	}
	return step
}

func TestPlayIsExactAndEnds(t *testing.T) {
	p, out := newTestPlayer(t, 40*time.Millisecond)
	clip := sweepClip(t, fakeRate, fakeRate) // 1 s
	mustPlay(t, p, clip)
	wantStatus(t, p, Playing, 0)

	heard := out.pump(40 * time.Millisecond)
	wantStatus(t, p, Playing, 0) // buffered, not heard
	heard = append(heard, out.pump(500*time.Millisecond)...)
	wantStatus(t, p, Playing, 500*time.Millisecond)
	heard = append(heard, out.pump(460*time.Millisecond)...)
	wantStatus(t, p, Playing, 960*time.Millisecond)
	for i, f := range heard {
		if want := float64(clip.samples[i]); f[0] != want || f[1] != want {
			t.Fatalf("frame %d is %v, want %v on both sides", i, f, want)
		}
	}
	if quiet := loudest(out.pump(39 * time.Millisecond)); quiet != 0 {
		t.Fatalf("%v after the end", quiet)
	}
	wantStatus(t, p, Playing, 999*time.Millisecond) // the last sound is still buffered
	out.pump(time.Millisecond)
	wantStatus(t, p, Ended, time.Second)
	if err := p.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestPauseFadesAndResumes(t *testing.T) {
	p, out := newTestPlayer(t, 40*time.Millisecond)
	mustPlay(t, p, sweepClip(t, fakeRate, fakeRate))
	smooth := steepest(out.pump(300 * time.Millisecond))
	p.Pause()
	rest := out.pump(100 * time.Millisecond)
	if step := steepest(rest); step > smooth {
		t.Errorf("pausing clicks: step %v, in the clip at most %v", step, smooth)
	}
	if peak := loudest(rest[fadeFrames:]); peak != 0 {
		t.Errorf("%v after the fade", peak)
	}
	fade := time.Duration(fadeFrames) * time.Second / fakeRate
	wantStatus(t, p, Paused, 300*time.Millisecond+fade)
	out.pump(5 * time.Second)
	wantStatus(t, p, Paused, 300*time.Millisecond+fade)

	p.Resume()
	again := out.pump(200 * time.Millisecond)
	if loudest(again) < 0.4 {
		t.Error("silent after Resume")
	}
	if again[0][0] != 0 {
		t.Errorf("resuming starts at %v, not at silence", again[0][0])
	}
	wantStatus(t, p, Playing, 460*time.Millisecond+fade)
	p.Toggle()
	wantState(t, p, Paused)
	p.Toggle()
	wantState(t, p, Playing)
}

func wantState(t *testing.T, p *Player, want State) {
	t.Helper()
	if got := p.Status().State; got != want {
		t.Fatalf("state %v, want %v", got, want)
	}
}

func TestSeek(t *testing.T) {
	p, out := newTestPlayer(t, 40*time.Millisecond)
	clip := sweepClip(t, 2*16000, 16000)
	mustPlay(t, p, clip)
	out.pump(100 * time.Millisecond)

	p.Seek(time.Second)
	wantStatus(t, p, Playing, time.Second)
	p.SeekBy(500 * time.Millisecond)
	wantStatus(t, p, Playing, 1500*time.Millisecond)
	p.SeekBy(-time.Hour)
	wantStatus(t, p, Playing, 0)

	p.Pause()
	p.Seek(700 * time.Millisecond)
	wantStatus(t, p, Paused, 700*time.Millisecond)
	if loudest(out.pump(time.Second)[fadeFrames:]) != 0 {
		t.Error("seeking while paused makes sound")
	}
	p.Resume()
	out.pump(140 * time.Millisecond)
	wantStatus(t, p, Playing, 800*time.Millisecond)

	p.Seek(time.Hour)
	out.pump(100 * time.Millisecond)
	wantStatus(t, p, Ended, 2*time.Second)
	p.Seek(3 * time.Second)
	wantStatus(t, p, Ended, 2*time.Second)
	p.SeekBy(-500 * time.Millisecond)
	wantStatus(t, p, Playing, 1500*time.Millisecond)
	p.Seek(time.Hour)
	out.pump(100 * time.Millisecond)
	p.Toggle()
	wantStatus(t, p, Playing, 0)
}

func TestStop(t *testing.T) {
	p, out := newTestPlayer(t, 0)
	p.Pause() // without a clip, none of these has an effect
	p.Resume()
	p.Toggle()
	p.Stop()
	p.Seek(time.Second)
	wantStatus(t, p, Stopped, 0)

	clip := sweepClip(t, 16000, 16000)
	mustPlay(t, p, clip)
	out.pump(100 * time.Millisecond)
	waited := make(chan error)
	go func() { waited <- p.Wait(t.Context()) }()
	p.Stop()
	if err := <-waited; err != nil {
		t.Error(err)
	}
	if s := p.Status(); s.State != Stopped || s.Clip != nil || s.Err != nil {
		t.Errorf("%+v", s)
	}
	if loudest(out.pump(time.Second)[fadeFrames:]) != 0 {
		t.Error("sound after Stop")
	}
}

func TestWaitEndsWithItsContext(t *testing.T) {
	p, _ := newTestPlayer(t, 0)
	mustPlay(t, p, sweepClip(t, 16000, 16000))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := p.Wait(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Wait: %v", err)
	}
}

// Two clips are never heard at once. One has only positive samples, the other only
// negative ones.
func TestSwitchingNeverOverlaps(t *testing.T) {
	p, out := newTestPlayer(t, 0)
	level := func(x float32) *Clip {
		samples := make([]float32, 2*fakeRate)
		for i := range samples {
			samples[i] = x
		}
		return mustDecode(t, wav(tagPCM, 1, fakeRate, 16, pcm16(samples)))
	}
	up, down := level(0.5), level(-0.5)
	mustPlay(t, p, up)
	out.pump(100 * time.Millisecond)
	mustPlay(t, p, down)
	mustPlay(t, p, up)
	mustPlay(t, p, down)
	heard := out.pump(100 * time.Millisecond)
	for i, f := range heard[:fadeFrames] {
		if f[0] < 0 || f[0] > 0.5 {
			t.Fatalf("frame %d of the first clip's fade is %v", i, f[0])
		}
	}
	for i, f := range heard[fadeFrames:] {
		if math.Abs(f[0]+0.5) > 1e-3 {
			t.Fatalf("frame %d of the last clip is %v", i, f[0])
		}
	}
	if s := p.Status(); s.Clip != down || s.Generation != 4 {
		t.Errorf("generation %d, the last clip is current: %v", s.Generation, s.Clip == down)
	}
}

func TestSwitchingFastWhilePumped(t *testing.T) {
	before := runtime.NumGoroutine()
	p, out := newTestPlayer(t, 40*time.Millisecond)
	clips := []*Clip{sweepClip(t, 4000, 8000), sweepClip(t, 44100, 44100), sweepClip(t, 100, fakeRate)}
	mustPlay(t, p, clips[0])
	quit := make(chan struct{})
	var pumping sync.WaitGroup
	pumping.Go(func() {
		for {
			select {
			case <-quit:
				return
			default:
				if loudest(out.pump(10*time.Millisecond)) > 1 {
					t.Error("louder than full scale")
				}
			}
		}
	})
	for i := range 200 {
		mustPlay(t, p, clips[i%len(clips)])
		switch i % 5 {
		case 0:
			p.Seek(time.Duration(i) * time.Millisecond)
		case 1:
			p.Toggle()
		case 2:
			p.SeekBy(-time.Millisecond)
		case 3:
			p.Stop()
		case 4:
			p.Adjust(func(s *Settings) { s.Speed, s.Volume, s.Repeat = 0.5+float64(i%20)/10, i, i%2 == 0 })
		}
		p.Status()
	}
	p.Adjust(func(s *Settings) { s.Repeat = false })
	mustPlay(t, p, clips[1])
	if err := p.Wait(t.Context()); err != nil {
		t.Error(err)
	}
	if s := p.Status(); s.State != Ended || s.Generation != 202 {
		t.Errorf("%+v", s)
	}
	close(quit)
	pumping.Wait()
	p.Close()
	waitFor(t, "the end of all goroutines", func() bool { return runtime.NumGoroutine() <= before })
}
