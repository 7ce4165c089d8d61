package player

import (
	"fmt"
	"math"
	"testing"
	"time"
)

// A tone keeps its frequency at every rate. A tone that is too high for the
// output's rate is removed instead of being heard as another tone.
func TestResample(t *testing.T) {
	const to = 48_000
	for _, c := range []struct {
		rate int
		hz   float64
		held bool
	}{
		{8000, 440, true},
		{8000, 3400, true},
		{11_025, 4500, true},
		{16_000, 7000, true},
		{44_100, 19_000, true},
		{96_000, 19_000, true},
		{96_000, 30_000, false},
		{192_000, 40_000, false},
		{47_999, 1000, true},
	} {
		clip := toneClip(c.hz, c.rate, 300*time.Millisecond)
		heard := readAll(newResampler(newStretch(clip, 0, DefaultSettings()).read, c.rate, to).read)
		if want := 0.3 * to; math.Abs(float64(len(heard))-want) > 5 {
			t.Errorf("%d to %d: %d frames, want %.0f", c.rate, to, len(heard), want)
		}
		const edge = to / 100 // left out, since the tone starts and stops there
		signal, noise := 0.0, 0.0
		for i := edge; i < len(heard)-edge; i++ {
			want := 0.5 * math.Sin(2*math.Pi*c.hz*float64(i)/to)
			signal += want * want
			if !c.held {
				want = 0
			}
			noise += (heard[i][0] - want) * (heard[i][0] - want)
		}
		if db := 10 * math.Log10(signal/noise); db < 80 {
			t.Errorf("%.0f Hz from %d to %d: signal to noise %.1f dB", c.hz, c.rate, to, db)
		}
	}
}

func TestResamplePosition(t *testing.T) {
	p, out := newTestPlayer(t, 0)
	mustPlay(t, p, sweepClip(t, 8000, 8000))
	out.pump(900 * time.Millisecond)
	wantStatus(t, p, Playing, 900*time.Millisecond)
}

// Measures how much of a clip's duration it takes to resample it.
func BenchmarkResample(b *testing.B) {
	for _, rate := range []int{8000, 44_100, 96_000} {
		b.Run(fmt.Sprint(rate), func(b *testing.B) {
			const to = 48_000
			silence := func(frames [][2]float64) int { clear(frames); return len(frames) }
			r := newResampler(silence, rate, to)
			second := make([][2]float64, to)
			for b.Loop() {
				r.read(second)
			}
			b.ReportMetric(100*b.Elapsed().Seconds()/float64(b.N), "%of-real-time")
		})
	}
}
