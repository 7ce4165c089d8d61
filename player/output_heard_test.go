//go:build linux && !alsa

package player

import (
	"fmt"
	"math"
	"runtime"
	"sync"
	"testing"
	"time"
)

// These tests check what the sink of a real sound server plays.

const (
	sinkRate   = 44_100
	busyBuffer = 500 * time.Millisecond // buffered sound, enough for a busy machine
)

// retryBusy repeats try until what was heard is right. A machine that is busy for
// long loses more sound than the recorder can repair, but not every time. Under the
// race detector, which is too slow for sound in real time, try runs once and what
// was heard is not judged.
func retryBusy(t *testing.T, try func() error) {
	t.Helper()
	if raceEnabled {
		if err := try(); err != nil {
			t.Logf("%v; not judged under the race detector", err)
		}
		return
	}
	var err error
	for range 8 {
		if err = try(); err == nil {
			return
		}
		t.Logf("%v; is the machine too busy?", err)
	}
	t.Error(err)
}

// chord is a sound with a known value at every time, in the band of speech at
// 16 kHz. It starts and ends abruptly, so that both ends can be found.
func chord(seconds float64) float64 {
	sum := 0.0
	for _, hz := range []float64{180, 700, 1900, 3300, 6100} {
		sum += 0.18 * math.Cos(2*math.Pi*hz*seconds)
	}
	return sum
}

func chordClip(frames int) *Clip {
	c := &Clip{rate: 16_000, channels: 1}
	for i := range frames {
		c.samples = append(c.samples, float32(chord(float64(i)/16_000)))
	}
	return c
}

func testHears(t *testing.T, _ *pulseServer) {
	r := record(t)
	goroutines := runtime.NumGoroutine()
	out := &keepingOutput{runs: make([][][2]float64, 1)}
	p := New(func() (_ Output, err error) {
		out.Output, err = openPulse(busyBuffer)
		return out, err
	})
	t.Cleanup(func() { p.Close() })
	play := func(clip *Clip) []float32 {
		mustPlay(t, p, clip)
		if err := p.Wait(t.Context()); err != nil {
			t.Fatal(err)
		}
		return r.hearUntilQuiet(t)
	}

	t.Run("exactly", func(t *testing.T) {
		samples := sweep(sinkRate/2, sinkRate)
		for i := range samples {
			samples[i] = 0.3 + samples[i]/2 // no sample is zero, so both ends can be found
		}
		clip := mustDecode(t, wav(tagPCM, 1, sinkRate, 16, pcm16(samples)))
		retryBusy(t, func() error {
			start := time.Now()
			heard := play(clip)
			if waited := time.Since(start); waited < clip.Duration() {
				t.Errorf("Wait returned after %v of %v", waited, clip.Duration())
			}
			if len(heard) != clip.frames() {
				return fmt.Errorf("%d frames of %d", len(heard), clip.frames())
			}
			for i := range heard {
				if heard[i] != clip.samples[i] {
					return fmt.Errorf("sample %d is %v, want %v", i, heard[i], clip.samples[i])
				}
			}
			return nil
		})
	})

	t.Run("resampled", func(t *testing.T) {
		const seconds = 0.5
		clip := chordClip(16_000 * seconds)
		retryBusy(t, func() error {
			heard := play(clip)
			if off := len(heard) - sinkRate*seconds; off < -2 || off > 2 {
				return fmt.Errorf("%d frames of %.0f", len(heard), sinkRate*seconds)
			}
			const edge = sinkRate / 100
			signal, noise := 0.0, 0.0
			for i := edge; i < len(heard)-edge; i++ {
				want := chord(float64(i) / sinkRate)
				signal += want * want
				noise += (float64(heard[i]) - want) * (float64(heard[i]) - want)
			}
			db := 10 * math.Log10(signal/noise)
			t.Logf("signal to noise %.1f dB", db)
			if db < 60 {
				return fmt.Errorf("signal to noise %.1f dB", db)
			}
			return nil
		})
	})

	t.Run("faster", func(t *testing.T) {
		p.Adjust(func(s *Settings) { s.Speed = 2 })
		defer p.Adjust(func(s *Settings) { s.Speed = 1 })
		clip := toneClip(440, 16_000, time.Second)
		retryBusy(t, func() error {
			heard := play(clip)
			if off := float64(len(heard))/(sinkRate/2) - 1; math.Abs(off) > 0.02 {
				return fmt.Errorf("%+.1f %% of half the length", off*100)
			}
			if hz := pitch(stereo(heard), sinkRate); math.Abs(hz/440-1) > 0.01 {
				return fmt.Errorf("sounds at %.1f Hz", hz)
			}
			return nil
		})
	})

	t.Run("changes do not click", func(t *testing.T) {
		out.takeRuns()
		retryBusy(t, func() error { return hearChanges(t, p, r) })
		out.wantNoClicks(t)
	})

	t.Run("fast switches", func(t *testing.T) {
		retryBusy(t, func() error { return hearSwitches(t, p, r) })
		out.wantNoClicks(t)
	})

	p.Close()
	waitFor(t, "the end of all goroutines", func() bool { return runtime.NumGoroutine() <= goroutines })
}

// stereo converts mono samples to stereo frames.
func stereo(heard []float32) [][2]float64 {
	frames := make([][2]float64, len(heard))
	for i, x := range heard {
		frames[i] = [2]float64{float64(x), float64(x)}
	}
	return frames
}

// keepingOutput keeps the frames that an output receives.
type keepingOutput struct {
	Output
	mu   sync.Mutex
	runs [][][2]float64 // a new one after each recall, where the output fades
}

func (o *keepingOutput) Start(fill func([][2]float64) bool, lost func(error)) error {
	return o.Output.Start(func(frames [][2]float64) bool {
		recall := fill(frames)
		o.mu.Lock()
		defer o.mu.Unlock()
		if recall {
			o.runs = append(o.runs, nil)
		}
		if last := len(o.runs) - 1; loudest(frames) > 0 {
			o.runs[last] = append(o.runs[last], frames...)
		}
		return recall
	}, lost)
}

// maxStep is the largest step of a tone of clickHz at half of full scale that is
// being faded. It is a tenth higher because resampling rings where sound starts.
const (
	clickHz = 300
	maxStep = 1.1 * (0.5*2*math.Pi*clickHz/sinkRate + 0.5/fadeFrames)
)

// takeRuns returns the frames received since the last call.
func (o *keepingOutput) takeRuns() [][][2]float64 {
	o.mu.Lock()
	defer o.mu.Unlock()
	runs := o.runs
	o.runs = make([][][2]float64, 1)
	return runs
}

// wantNoClicks checks the frames that the output received, which have no gaps, for
// clicks.
func (o *keepingOutput) wantNoClicks(t *testing.T) {
	t.Helper()
	for _, run := range o.takeRuns() {
		if step := steepest(run); step > maxStep {
			t.Errorf("the output received a step of %.4f, want at most %.4f", step, maxStep)
		}
	}
}

// checkSound checks what was heard for clicks, and for two clips at once.
func checkSound(heard []float32) error {
	if peak := loudest(stereo(heard)); peak < 0.45 || peak > 0.51 {
		return fmt.Errorf("the peak is %.3f, want 0.5", peak)
	}
	if step := steepest(stereo(heard)); step > maxStep {
		return fmt.Errorf("heard a step of %.4f, want at most %.4f", step, maxStep)
	}
	return nil
}

// hearChanges changes everything that can be changed while a tone plays.
func hearChanges(t *testing.T, p *Player, r *recorder) error {
	before := p.Settings()
	mustPlay(t, p, toneClip(clickHz, 16_000, 4*time.Second))
	for _, change := range []func(){
		func() { p.Adjust(func(s *Settings) { s.Volume = 60 }) },
		func() { p.Adjust(func(s *Settings) { s.Speed = MaxSpeed }) },
		p.Pause,
		p.Resume,
		func() { p.SeekBy(321 * time.Millisecond) },
		func() { p.Adjust(func(s *Settings) { s.Volume, s.Speed = 100, MinSpeed }) },
		func() { p.SeekTo(0.123) },
		func() { p.Adjust(func(s *Settings) { s.Muted = true }) },
		func() { p.Adjust(func(s *Settings) { s.Muted = false }) },
		p.Replay,
		p.Stop,
	} {
		r.hear(t, sinkRate*7/100)
		change()
	}
	p.Adjust(func(s *Settings) { *s = before })
	return checkSound(r.hearUntilQuiet(t))
}

// hearSwitches plays many clips, each for a moment only.
func hearSwitches(t *testing.T, p *Player, r *recorder) error {
	clips := []*Clip{
		toneClip(clickHz, 16_000, time.Second),
		toneClip(clickHz, sinkRate, time.Second),
		toneClip(clickHz/2, 8000, time.Second),
	}
	for i := range 200 {
		mustPlay(t, p, clips[i%len(clips)])
		if i%2 == 0 {
			r.hear(t, sinkRate*4/1000)
		}
	}
	p.Stop()
	return checkSound(r.hearUntilQuiet(t))
}

// timedOutput reports when an output receives sound or silence.
type timedOutput struct {
	Output
	sound, silence chan time.Time
}

func (o *timedOutput) Start(fill func([][2]float64) bool, lost func(error)) error {
	return o.Output.Start(func(frames [][2]float64) bool {
		recall := fill(frames)
		received := o.silence
		if loudest(frames) > 0 {
			received = o.sound
		}
		select {
		case received <- time.Now():
		default:
		}
		return recall
	}, lost)
}

// Measures the time from Play until the sound server receives the first sound: of
// a decoded clip while the output is open, and of a file before it is open. The
// open output has just been filled, so this is the longest time.
func BenchmarkPlay(b *testing.B) {
	startPulse(b)
	listen(b)
	data := wav(tagPCM, 1, 16_000, 16, pcm16(chordClip(3*16_000).samples))
	clip, err := Decode(data)
	if err != nil {
		b.Fatal(err)
	}
	var out *timedOutput
	open := func() (Output, error) {
		device, err := DefaultOutput()
		out = &timedOutput{device, make(chan time.Time), make(chan time.Time)}
		return out, err
	}
	measure := func(b *testing.B, prepare func(), play func() error) {
		var sum, most time.Duration
		for b.Loop() {
			prepare()
			start := time.Now()
			if err := play(); err != nil {
				b.Fatal(err)
			}
			took := (<-out.sound).Sub(start)
			sum, most = sum+took, max(most, took)
		}
		b.ReportMetric(0, "ns/op") // mostly preparation, so not reported
		b.ReportMetric(float64(sum.Microseconds())/1000/float64(b.N), "ms/sound")
		b.ReportMetric(float64(most.Microseconds())/1000, "ms-at-most")
	}
	b.Run("open", func(b *testing.B) {
		p := New(open)
		defer p.Close()
		if err := p.Play(clip); err != nil {
			b.Fatal(err)
		}
		measure(b, func() { p.Stop(); <-out.silence }, func() error { return p.Play(clip) })
	})
	b.Run("cold", func(b *testing.B) {
		p := New(open)
		measure(b, func() { p.Close(); p = New(open) }, func() error {
			clip, err := Decode(data)
			if err != nil {
				return err
			}
			return p.Play(clip)
		})
		p.Close()
	})
}
