package player

import (
	"math"
	"time"

	"github.com/gopxl/beep/v2"
)

const (
	blendTime    = 12 * time.Millisecond // length of a cross-fade: long enough to compare waves, short enough for a consonant
	straightTime = 8 * time.Millisecond  // between two jumps, at the clip's own speed or slower
	searchTime   = 8 * time.Millisecond  // to each side: one period of the deepest voice (62 Hz)
	repeatPause  = 400 * time.Millisecond
)

// stretch reads a clip at another speed with constant pitch, by waveform
// similarity overlap-add (WSOLA). It reads straight ahead. When that position is
// too far from where the speed requires it to be, it jumps there: it searches
// nearby for the place where the wave continues most like the current one, and
// cross-fades to it. At speed 1 it never jumps, so every sample is the clip's own.
//
// All frames are at the clip's rate.
type stretch struct {
	clip   *Clip
	speed  float64
	repeat bool
	start  int // the frame where the clip starts again

	head     int     // the next frame to read
	due      float64 // the frame that the speed requires next
	straight int     // frames to read until head and due are compared
	old      int     // the next frame to fade out, during a cross-fade
	blending int     // remaining frames of the cross-fade
	pause    int     // frames of silence until the clip starts again
	ended    bool

	given int    // frames returned so far
	marks []mark // where the returned frames are in the clip, oldest first

	blend, search int       // blendTime and searchTime, in frames
	here, there   []float32 // the waves to compare, as mono
}

// mark is the position in the clip, and the speed, from one returned frame on.
type mark struct {
	given int
	at    float64
	speed float64
}

func newStretch(clip *Clip, first int, s Settings) *stretch {
	rate := beep.SampleRate(clip.rate)
	st := &stretch{
		clip: clip, speed: s.Speed, repeat: s.Repeat, head: first, due: float64(first),
		blend: rate.N(blendTime), search: rate.N(searchTime),
	}
	st.here = make([]float32, st.blend)
	st.there = make([]float32, st.blend+2*st.search)
	st.mark(st.due, st.speed)
	return st
}

// setSpeed takes effect with the next frame.
func (s *stretch) setSpeed(speed float64) {
	if speed == s.speed {
		return
	}
	s.speed = speed
	if s.pause == 0 && !s.ended {
		s.mark(s.due, speed)
	}
}

// read returns the number of frames read. Fewer than requested means the end.
func (s *stretch) read(frames [][2]float64) int {
	for i := range frames {
		for s.straight == 0 && s.blending == 0 && s.pause == 0 && !s.ended {
			s.plan()
		}
		if s.ended {
			return i
		}
		frames[i] = s.next()
		s.given++
	}
	return len(frames)
}

// next returns the next frame of what plan has decided.
func (s *stretch) next() [2]float64 {
	if s.pause > 0 {
		if s.pause--; s.pause == 0 && s.repeat {
			s.restart()
		}
		return [2]float64{}
	}
	s.due += s.speed
	frame := s.clip.frame(s.head)
	s.head++
	if s.blending == 0 {
		s.straight--
		return frame
	}
	share := (1 + math.Cos(math.Pi*(float64(s.blending)-0.5)/float64(s.blend))) / 2
	old := s.clip.frame(s.old)
	s.old++
	s.blending--
	for ch := range frame {
		frame[ch] = old[ch] + share*(frame[ch]-old[ch])
	}
	return frame
}

// plan decides what follows: reading straight ahead, a jump, or the end. A jump
// centres the frames up to the next decision around the due position. The last
// jump goes to where reading straight ahead reaches the end in time.
func (s *stretch) plan() {
	end := s.clip.frames()
	straight := s.straightFrames()
	left := (float64(end) - s.due) / s.speed // frames still to return
	target := s.due + (s.speed-1)*float64(s.blend+straight)/2
	if left <= float64(s.blend+straight+s.search) {
		target = float64(end) - left
	}
	apart := math.Abs(target - float64(s.head))
	switch {
	case s.head >= end && left <= float64(s.search):
		s.finish()
	case s.head < end && (apart <= float64(s.search) || left <= float64(s.search)):
		s.straight = min(straight, end-s.head)
	default:
		s.old, s.head = s.head, s.bestMatch(int(target))
		s.blending, s.straight = s.blend, max(min(straight, end-s.head-s.blend), 0)
	}
}

// straightFrames is how many frames to read straight ahead after a jump. A higher
// speed means fewer, since a long jump could skip a consonant.
func (s *stretch) straightFrames() int {
	share := min((MaxSpeed-s.speed)/(MaxSpeed-1), 1)
	return max(int(float64(s.clip.rate)*straightTime.Seconds()*share), 1)
}

// bestMatch returns the frame near target from which the clip continues most like
// it does from head.
func (s *stretch) bestMatch(target int) int {
	end := s.clip.frames()
	from := max(target-s.search, 0)
	to := min(target+s.search, end-1)
	if to <= from {
		return max(min(target, end), 0)
	}
	s.clip.mono(s.here, s.head)
	there := s.there[:to-from+s.blend]
	s.clip.mono(there, from)
	coarse := max(s.clip.rate/12_000, 1)
	best := s.bestOffset(there, min(max(target-from, 0), to-from), 0, to-from, coarse)
	if coarse > 1 {
		best = s.bestOffset(there, best, max(best-coarse+1, 0), min(best+coarse-1, to-from), 1)
	}
	return from + best
}

// bestOffset returns the offset in there whose wave is most similar to here. It
// tries every step-th offset from first to last, and returns best if none is more
// similar than that.
func (s *stretch) bestOffset(there []float32, best, first, last, step int) int {
	similarity := s.similarity(there[best:], step)
	for offset := first; offset <= last; offset += step {
		if x := s.similarity(there[offset:], step); x > similarity {
			best, similarity = offset, x
		}
	}
	return best
}

// similarity is the correlation of wave with here, over every step-th sample.
func (s *stretch) similarity(wave []float32, step int) float32 {
	const silence = 1e-9 // avoids dividing zero by zero
	var product, power float32
	for i := 0; i < len(s.here); i += step {
		product += s.here[i] * wave[i]
		power += wave[i] * wave[i]
	}
	return product / float32(math.Sqrt(float64(power)+silence))
}

// finish ends the clip, or starts the pause before it repeats.
func (s *stretch) finish() {
	s.mark(float64(s.clip.frames()), 0)
	if s.repeat {
		s.pause = beep.SampleRate(s.clip.rate).N(repeatPause)
	} else {
		s.ended = true
	}
}

// restart starts the clip again.
func (s *stretch) restart() {
	s.head, s.due = s.start, float64(s.start)
	s.mark(s.due, s.speed)
}

// mark records the position of the next frame in the clip, and forgets marks that
// are more than two seconds old.
func (s *stretch) mark(at, speed float64) {
	for len(s.marks) > 1 && s.marks[1].given < s.given-2*s.clip.rate {
		s.marks = s.marks[1:]
	}
	if n := len(s.marks); n > 0 && s.marks[n-1].given == s.given {
		s.marks = s.marks[:n-1]
	}
	s.marks = append(s.marks, mark{s.given, at, speed})
}

// at is the position in the clip of a returned frame.
func (s *stretch) at(given float64) time.Duration {
	m := s.marks[0]
	for _, later := range s.marks[1:] {
		if float64(later.given) <= given {
			m = later
		}
	}
	frame := m.at + (given-float64(m.given))*m.speed
	seconds := max(frame, 0) / float64(s.clip.rate)
	return min(time.Duration(seconds*float64(time.Second)), s.clip.Duration())
}

// frame returns one frame of the clip, or silence after its end.
func (c *Clip) frame(i int) [2]float64 {
	if i >= c.frames() {
		return [2]float64{}
	}
	at := i * c.channels
	return [2]float64{float64(c.samples[at]), float64(c.samples[at+c.channels-1])}
}

// mono fills wave with the sum of both channels from the frame from, and with
// silence after the end.
func (c *Clip) mono(wave []float32, from int) {
	n := max(min(len(wave), c.frames()-from), 0)
	for i := range wave[:n] {
		at := (from + i) * c.channels
		wave[i] = c.samples[at] + c.samples[at+c.channels-1]
	}
	clear(wave[n:])
}
