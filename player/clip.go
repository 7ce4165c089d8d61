// Package player decodes recordings into memory, draws their waveform and
// plays them to the sound output.
//
// Rules its code keeps:
//
//   - A recording is hostile input. It is decoded whole, with limits and under
//     recover, before any of it reaches the sound output; what plays is a plain
//     slice of samples.
//   - The content decides what a recording is, never a name or a suffix.
//   - The sound output calls back for samples; that callback never blocks,
//     allocates without bound or panics.
//   - Nothing is printed, and nothing but the local sound server is contacted.
package player

import (
	"math"
	"time"

	"github.com/gopxl/beep/v2"
)

// Limits of a decoded clip. A voice recording is seconds long; these bound what
// a crafted or mistaken file can make the program allocate.
const (
	maxSamples    = 64 << 20 // of all channels: 256 MiB, over an hour of 16 kHz mono
	minSampleRate = 1_000
	maxSampleRate = 384_000
)

// Clip is a decoded recording, whole in memory, never changed after Decode
// returned it: any number of goroutines may read it.
type Clip struct {
	rate     int       // frames a second
	channels int       // 1 or 2
	samples  []float32 // interleaved, each within -1..1
	note     string
}

// Duration is the length of what was decoded.
func (c *Clip) Duration() time.Duration { return beep.SampleRate(c.rate).D(c.frames()) }

// Note says in a few words what was odd about the recording although it plays,
// such as that it ends before its header says; it is empty when nothing was.
func (c *Clip) Note() string { return c.note }

// Peaks returns the waveform as n values within 0..1: the loudest sample, of
// either channel, in each of n equal parts of the clip. It returns nil for n < 1.
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
