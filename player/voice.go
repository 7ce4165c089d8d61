package player

import (
	"math"
	"time"
)

// fadeFrames is the length of the ramp that prevents clicks when sound is cut off
// or its volume changes: 5 ms at 44.1 kHz.
const fadeFrames = 220

// voice renders one track from a given frame at the output's rate.
type voice struct {
	track
	stretch *stretch
	read    func([][2]float64) int // reads stretch at the output's rate
	outRate int
	out     int     // frames rendered so far
	level   float64 // the gain of the settings
	gain    ramp    // the current gain: level, or 0 after a fade
	ended   bool
}

func newVoice(t track, first, rate int, s Settings) *voice {
	first = min(max(first, 0), t.frames())
	v := &voice{track: t, outRate: rate, stretch: newStretch(t.Clip, first, s)}
	v.read = v.stretch.read
	if t.rate != rate {
		v.read = newResampler(v.stretch.read, t.rate, rate).read
	}
	v.adjust(s)
	if first == 0 {
		v.gain.jump(v.level) // no fade where the recording itself begins
	}
	return v
}

// adjust applies new settings without a click.
func (v *voice) adjust(s Settings) {
	v.stretch.setSpeed(s.Speed)
	v.stretch.repeat = s.Repeat
	v.stretch.start = v.start(s)
	v.level = s.gain()
	if s.Normalise {
		v.level *= v.boost
	}
	v.fadeIn()
}

// fadeIn moves from the current gain to that of the settings.
func (v *voice) fadeIn() { v.gain.set(v.level) }

// render writes the next frames and returns their number. Fewer than requested
// means that the clip has ended.
func (v *voice) render(frames [][2]float64) (n int) {
	if v.ended {
		return 0
	}
	n = v.read(frames)
	v.ended = n < len(frames)
	for i := range frames[:n] {
		v.gain.apply(&frames[i], v.peak)
	}
	v.out += n
	return n
}

// fadeOut renders the next frames as a ramp down to silence.
func (v *voice) fadeOut() [][2]float64 {
	v.gain.set(0)
	tail := make([][2]float64, fadeFrames)
	return tail[:v.render(tail)]
}

// position is the position in the clip of the frame rendered behind frames ago.
func (v *voice) position(behind int) time.Duration {
	rendered := float64(max(v.out-behind, 0))
	return v.stretch.at(rendered * float64(v.rate) / float64(v.outRate))
}

// ramp is a factor that moves to its target within fadeFrames.
type ramp struct {
	now, to float64
	left    int
}

func (r *ramp) set(to float64)  { r.to, r.left = to, fadeFrames }
func (r *ramp) jump(to float64) { r.now, r.to, r.left = to, to, 0 }

// apply applies the gain to one frame. If the gain would raise the clip's peak
// above full scale, it compresses loud samples instead of clipping them.
func (r *ramp) apply(frame *[2]float64, peak float64) {
	for ch := range frame {
		frame[ch] *= r.now
		if full := peak * r.now; full > 1 {
			frame[ch] = compress(frame[ch], max(1/full, 0.7))
		}
	}
	if r.left > 0 {
		r.now += (r.to - r.now) / float64(r.left)
		r.left--
	}
}

// compress leaves samples up to knee unchanged and limits the others smoothly to
// full scale.
func compress(x, knee float64) float64 {
	over := math.Abs(x) - knee
	if over <= 0 {
		return x
	}
	return math.Copysign(knee+(1-knee)*math.Tanh(over/(1-knee)), x)
}
