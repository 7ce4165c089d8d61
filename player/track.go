package player

import (
	"math"
	"time"

	"github.com/gopxl/beep/v2"
)

const (
	measured     = 20 * time.Millisecond // the stretches of a clip whose loudness is compared
	ordinary     = 0.1                   // RMS of speech in a clip of ordinary loudness: -20 dB
	maxBoost     = 10                    // 20 dB; what is quieter still is mostly noise
	boostedPeak  = 0.95                  // which a boosted clip does not exceed
	speechRange  = 0.1                   // of the loudest stretch: what is quieter by 20 dB is no speech
	silenceRange = 0.025                 // of the loudest stretch: what is quieter by 32 dB is silence
	beforeSound  = 100 * time.Millisecond
)

// track is a clip to play and what is measured of it for that.
type track struct {
	*Clip
	peak  float64 // its loudest sample
	boost float64 // the factor, at least 1, that makes it as loud as others
	sound int     // the frame just before its first sound
}

func newTrack(clip *Clip) track {
	stretch := max(beep.SampleRate(clip.rate).N(measured), 1)
	levels, peak := clip.levels(stretch)
	loudest := 0.0
	for _, level := range levels {
		loudest = max(loudest, level)
	}
	t := track{Clip: clip, peak: peak, boost: boost(levels, loudest, peak)}
	for i, level := range levels {
		if level > loudest*silenceRange {
			t.sound = max(i*stretch-beep.SampleRate(clip.rate).N(beforeSound), 0)
			break
		}
	}
	return t
}

// boost is found by the stretches that are speech, so that a pause in a clip
// does not make it pass for a quiet one.
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
	return max(min(ordinary/level, boostedPeak/peak, maxBoost), 1)
}

// levels returns the RMS of each stretch of n frames, of both channels, and the
// loudest sample.
func (c *Clip) levels(n int) (levels []float64, peak float64) {
	for rest := c.samples; len(rest) > 0; {
		stretch := rest[:min(n*c.channels, len(rest))]
		rest = rest[len(stretch):]
		power := 0.0
		for _, s := range stretch {
			x := float64(s)
			power += x * x
			peak = max(peak, math.Abs(x))
		}
		levels = append(levels, math.Sqrt(power/float64(len(stretch))))
	}
	return levels, peak
}

// start is where the track is played from: its beginning or its first sound.
func (t track) start(s Settings) int {
	if s.SkipSilence {
		return t.sound
	}
	return 0
}
