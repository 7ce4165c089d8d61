package player

import (
	"math"
	"time"

	"github.com/gopxl/beep/v2"
)

const (
	levelWindow  = 20 * time.Millisecond  // length of the windows whose loudness is compared
	normalLevel  = 0.1                    // RMS of speech in a clip of normal loudness: -20 dB
	maxBoost     = 10                     // 20 dB; anything quieter is mostly noise
	boostedPeak  = 0.95                   // highest peak of a boosted clip
	speechRange  = 0.1                    // a window 20 dB below the loudest is not speech
	silenceRange = 0.025                  // a window 32 dB below the loudest is silence
	preRoll      = 100 * time.Millisecond // kept before the first sound
)

// track is a clip to play, with measurements of its loudness.
type track struct {
	*Clip
	peak  float64 // the loudest sample
	boost float64 // the factor, at least 1, that makes it as loud as others
	sound int     // the frame where playback starts with SkipSilence
}

func newTrack(clip *Clip) track {
	window := max(beep.SampleRate(clip.rate).N(levelWindow), 1)
	levels, peak := clip.levels(window)
	loudest := 0.0
	for _, level := range levels {
		loudest = max(loudest, level)
	}
	t := track{Clip: clip, peak: peak, boost: boost(levels, loudest, peak)}
	for i, level := range levels {
		if level > loudest*silenceRange {
			t.sound = max(i*window-beep.SampleRate(clip.rate).N(preRoll), 0)
			break
		}
	}
	return t
}

// boost is computed from the windows with speech, so that pauses do not make a
// clip count as quiet.
func boost(levels []float64, loudest, peak float64) float64 {
	power, speech := 0.0, 0
	for _, level := range levels {
		if level > loudest*speechRange {
			power += level * level
			speech++
		}
	}
	if speech == 0 {
		return 1
	}
	level := math.Sqrt(power / float64(speech))
	return max(min(normalLevel/level, boostedPeak/peak, maxBoost), 1)
}

// levels returns the RMS of each window of n frames, over all channels, and the
// loudest sample.
func (c *Clip) levels(n int) (levels []float64, peak float64) {
	for rest := c.samples; len(rest) > 0; {
		window := rest[:min(n*c.channels, len(rest))]
		rest = rest[len(window):]
		power := 0.0
		for _, s := range window {
			x := float64(s)
			power += x * x
			peak = max(peak, math.Abs(x))
		}
		levels = append(levels, math.Sqrt(power/float64(len(window))))
	}
	return levels, peak
}

// start is the frame where playback starts.
func (t track) start(s Settings) int {
	if s.SkipSilence {
		return t.sound
	}
	return 0
}
