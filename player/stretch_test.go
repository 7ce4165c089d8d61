package player

import (
	"fmt"
	"math"
	"testing"
	"time"
)

// toneClip is a clip of length d with a sine at half of full scale.
func toneClip(hz float64, rate int, d time.Duration) *Clip {
	c := &Clip{rate: rate, channels: 1, samples: make([]float32, int(d.Seconds()*float64(rate)))}
	for i := range c.samples {
		c.samples[i] = float32(0.5 * math.Sin(2*math.Pi*hz*float64(i)/float64(rate)))
	}
	return c
}

// readAll reads to the end, in pieces of odd sizes.
func readAll(read func([][2]float64) int) [][2]float64 {
	var all [][2]float64
	for piece := make([][2]float64, 441); ; {
		n := read(piece)
		all = append(all, piece[:n]...)
		if n < len(piece) {
			return all
		}
	}
}

// pitch is the frequency at which the left channel crosses zero upwards.
func pitch(frames [][2]float64, rate int) float64 {
	first, last, crossings := 0.0, 0.0, -1
	for i := 1; i < len(frames); i++ {
		before, after := frames[i-1][0], frames[i][0]
		if before >= 0 || after < 0 {
			continue
		}
		last = float64(i) - after/(after-before)
		if crossings++; crossings == 0 {
			first = last
		}
	}
	return float64(crossings) * float64(rate) / (last - first)
}

func TestSpeedKeepsPitchAndLength(t *testing.T) {
	for _, rate := range []int{8000, 44_100} {
		for _, hz := range []float64{80, 1000, 3000} {
			for _, speed := range []float64{MinSpeed, 1.1, 1.5, MaxSpeed} {
				t.Run(fmt.Sprintf("%.0f Hz of %d at %.1f", hz, rate, speed), func(t *testing.T) {
					clip := toneClip(hz, rate, time.Second)
					heard := readAll(newStretch(clip, 0, Settings{Speed: speed}).read)
					if got := pitch(heard, rate); math.Abs(got/hz-1) > 0.01 {
						t.Errorf("sounds at %.1f Hz", got)
					}
					want := float64(clip.frames()) / speed
					if off := float64(len(heard))/want - 1; math.Abs(off) > 0.02 {
						t.Errorf("%d frames, want %.0f: %+.1f %%", len(heard), want, off*100)
					}
					steepestOfTone := 0.5 * 2 * math.Pi * hz / float64(rate)
					if step := steepest(heard); step > steepestOfTone*1.1 {
						t.Errorf("steps of %.3f, in the tone at most %.3f", step, steepestOfTone)
					}
				})
			}
		}
	}
}

func TestSpeedOneIsTheClip(t *testing.T) {
	clip := sweepClip(t, 20_000, 16_000)
	heard := readAll(newStretch(clip, 0, DefaultSettings()).read)
	if len(heard) != clip.frames() {
		t.Fatalf("%d frames, want %d", len(heard), clip.frames())
	}
	for i := range heard {
		if heard[i] != clip.frame(i) {
			t.Fatalf("frame %d is %v, want %v", i, heard[i], clip.frame(i))
		}
	}
}

// A consonant can be as short as 20 ms. Wherever it is, no jump skips it, and it
// is heard at the right time.
func TestSpeedKeepsShortSounds(t *testing.T) {
	const rate = 8000
	burst := toneClip(1000, rate, 20*time.Millisecond).samples
	for _, speed := range []float64{MinSpeed, 1.5, 2, MaxSpeed} {
		for at := rate / 5; at < rate/5+rate/20; at += rate / 250 {
			clip := &Clip{rate: rate, channels: 1, samples: make([]float32, rate/2)}
			copy(clip.samples[at:], burst)
			heard := readAll(newStretch(clip, 0, Settings{Speed: speed}).read)
			first := 0
			for first < len(heard) && math.Abs(heard[first][0]) < 0.1 {
				first++
			}
			if peak := loudest(heard); peak < 0.3 {
				t.Errorf("at %.1f: only %.2f of the burst at %d remains", speed, peak/0.5, at)
			}
			if off := float64(first)*speed - float64(at); math.Abs(off) > 0.030*rate {
				t.Errorf("at %.1f: comes %.0f ms of the clip late", speed, off*1000/rate)
			}
		}
	}
}

// Both channels jump together and stay separate.
func TestSpeedKeepsStereo(t *testing.T) {
	const rate = 16_000
	left, right := toneClip(300, rate, time.Second), toneClip(700, rate, time.Second)
	clip := &Clip{rate: rate, channels: 2}
	for i := range left.samples {
		clip.samples = append(clip.samples, left.samples[i], right.samples[i])
	}
	heard := readAll(newStretch(clip, 0, Settings{Speed: 1.5}).read)
	if got := pitch(heard, rate); math.Abs(got/300-1) > 0.01 {
		t.Errorf("left at %.1f Hz", got)
	}
	for i := range heard {
		heard[i][0] = heard[i][1]
	}
	if got := pitch(heard, rate); math.Abs(got/700-1) > 0.01 {
		t.Errorf("right at %.1f Hz", got)
	}
}

// Even the shortest clips end, whatever the speed and whenever it changes.
func TestSpeedChangesEnd(t *testing.T) {
	for _, frames := range []int{1, 2, 100, 1000, 5000} {
		clip := sweepClip(t, frames, 8000)
		s := newStretch(clip, 0, DefaultSettings())
		piece := make([][2]float64, 37)
		before := time.Duration(0)
		total := 0
		for i := 0; ; i++ {
			s.setSpeed([]float64{MinSpeed, MaxSpeed, 1, 1.3}[i%4])
			n := s.read(piece)
			total += n
			if step := steepest(piece[:n]); step > 0.7 {
				t.Errorf("%d frames: a step of %v", frames, step)
			}
			at := s.at(float64(s.given))
			if at < before {
				t.Fatalf("%d frames: position goes back from %v to %v", frames, before, at)
			}
			before = at
			if n < len(piece) {
				break
			}
		}
		if before != clip.Duration() {
			t.Errorf("%d frames end at %v, not at %v", frames, before, clip.Duration())
		}
		if total > 2*frames+200 {
			t.Errorf("%d frames became %d", frames, total)
		}
	}
}

// Measures how much of a clip's duration it takes to change its speed.
func BenchmarkSpeed(b *testing.B) {
	for _, rate := range []int{8000, 16_000, 48_000} {
		for _, speed := range []float64{1, MinSpeed, 1.5, MaxSpeed} {
			b.Run(fmt.Sprintf("%d/%.1f", rate, speed), func(b *testing.B) {
				clip := &Clip{rate: rate, channels: 1, samples: sweep(10*rate, rate)}
				piece := make([][2]float64, rate/100)
				heard := 0
				for b.Loop() {
					s := newStretch(clip, 0, Settings{Speed: speed})
					for s.read(piece) == len(piece) {
					}
					heard = s.given
				}
				perRun := b.Elapsed().Seconds() / float64(b.N)
				b.ReportMetric(100*perRun/(float64(heard)/float64(rate)), "%of-real-time")
			})
		}
	}
}
