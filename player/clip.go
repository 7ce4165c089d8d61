package player

import (
	"math"
	"time"

	"github.com/gopxl/beep/v2"
)

// Limits of a decoded clip. Voice recordings last seconds; the limits bound what
// a crafted or broken file can make the program allocate.
const (
	maxSamples    = 64 << 20 // all channels together: 256 MiB, over an hour of 16 kHz mono
	minSampleRate = 1_000
	maxSampleRate = 384_000
)

// Clip is a decoded recording, held in memory as a whole. It does not change
// after Decode returns it, so any number of goroutines may read it.
type Clip struct {
	rate     int       // frames per second
	channels int       // 1 or 2
	samples  []float32 // interleaved, each within -1..1
	note     string
}

// Duration is the length of the decoded sound.
func (c *Clip) Duration() time.Duration { return beep.SampleRate(c.rate).D(c.frames()) }

// Note says in a few words what is wrong with a recording that still plays, for
// example that it is shorter than its header says. It is empty if all is well.
func (c *Clip) Note() string { return c.note }

// Peaks returns the waveform as n values in 0..1: the loudest sample of any
// channel in each of n equal parts of the clip. It returns nil for n < 1.
func (c *Clip) Peaks(n int) []float32 {
	if n < 1 {
		return nil
	}
	peaks := make([]float32, n)
	frames := c.frames()
	for i := range peaks {
		from := i * frames / n
		to := min(max((i+1)*frames/n, from+1), frames)
		for _, s := range c.samples[from*c.channels : to*c.channels] {
			peaks[i] = max(peaks[i], float32(math.Abs(float64(s))))
		}
	}
	return peaks
}

func (c *Clip) frames() int { return len(c.samples) / c.channels }
