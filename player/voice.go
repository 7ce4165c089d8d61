package player

import (
	"time"

	"github.com/gopxl/beep/v2"
)

// fadeFrames is the length of the ramp that keeps a cut into running sound from
// clicking: 5 ms at 44.1 kHz.
const fadeFrames = 220

// resampleQuality is beep's; 4 is its best for resampling while playing.
const resampleQuality = 4

// voice renders one clip, from one point on, at the output's rate.
type voice struct {
	clip   *Clip
	stream beep.Streamer
	from   time.Duration // where in the clip it began
	rate   int           // of the output
	out    int           // frames rendered so far
	fadeIn int           // frames of the ramp up that are still to come
	ended  bool
}

func newVoice(clip *Clip, from time.Duration, rate int) *voice {
	from = min(max(from, 0), clip.Duration())
	first := min(beep.SampleRate(clip.rate).N(from), clip.frames())
	v := &voice{clip: clip, from: from, rate: rate, stream: &clipStreamer{clip, first}}
	if clip.rate != rate {
		v.stream = beep.Resample(resampleQuality, beep.SampleRate(clip.rate), beep.SampleRate(rate), v.stream)
	}
	if first > 0 {
		v.fadeIn = fadeFrames // the clip's own beginning is left as it was recorded
	}
	return v
}

// render writes the next frames and returns how many there were; fewer than
// asked for means that the clip has ended.
func (v *voice) render(frames [][2]float64) (n int) {
	for n < len(frames) && !v.ended {
		got, _ := v.stream.Stream(frames[n:])
		v.ended = got == 0
		n += got
	}
	for i := range min(n, v.fadeIn) {
		gain := 1 - float64(v.fadeIn)/fadeFrames
		frames[i][0] *= gain
		frames[i][1] *= gain
		v.fadeIn--
	}
	v.out += n
	return n
}

// fadeOut renders what comes next as a ramp down to silence.
func (v *voice) fadeOut() [][2]float64 {
	tail := make([][2]float64, fadeFrames)
	tail = tail[:v.render(tail)]
	for i := range tail {
		gain := 1 - float64(i+1)/fadeFrames
		tail[i][0] *= gain
		tail[i][1] *= gain
	}
	return tail
}

// position is where in the clip the frame lies that was rendered behind frames ago.
func (v *voice) position(behind int) time.Duration {
	rendered := max(v.out-behind, 0)
	return min(v.from+beep.SampleRate(v.rate).D(rendered), v.clip.Duration())
}
