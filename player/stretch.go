package player

import (
	"math"
	"time"

	"github.com/gopxl/beep/v2"
)

const (
	blendTime    = 12 * time.Millisecond // of a leap: long enough to tell where waves agree, short enough for a consonant
	straightTime = 8 * time.Millisecond  // from the end of a leap to the next, up to the clip's own speed
	searchTime   = 8 * time.Millisecond  // to each side, in which a wave of the deepest voice (62 Hz) fits once
	loopPause    = 400 * time.Millisecond
)

// stretch reads a clip at another speed with its pitch kept, by waveform
// similarity (WSOLA): it reads straight on, and when that has come too far from
// where the speed wants it to be, leaps there, to the place near by at which the
// wave goes on most like it would have gone on here, and blends from one to the
// other. At a speed of 1 it never leaps, so that every sample is the clip's.
//
// All its frames are at the clip's rate.
type stretch struct {
	clip  *Clip
	speed float64
	loop  bool
	start int // the frame at which the clip begins again

	head     int     // the frame that is read next
	due      float64 // the frame that the speed wants to be read next
	straight int     // frames to read until head and due are compared
	old      int     // the frame that is faded out next, while a leap is blended
	blending int     // frames of the leap that are still to come
	pause    int     // frames of silence until the clip begins again
	ended    bool

	given int    // frames
	marks []mark // of what is given, the oldest first

	blend, search int       // blendTime and searchTime, in frames
	here, there   []float32 // the waves that are compared, as mono
}

// mark says that a frame given is where in the clip, and how fast it goes on.
type mark struct {
	given int
	at    float64
	speed float64
}

func newStretch(clip *Clip, first int, s Settings) *stretch {
	rate := beep.SampleRate(clip.rate)
	st := &stretch{
		clip: clip, speed: s.Speed, loop: s.Loop, head: first, due: float64(first),
		blend: rate.N(blendTime), search: rate.N(searchTime),
	}
	st.here = make([]float32, st.blend)
	st.there = make([]float32, st.blend+2*st.search)
	st.mark(st.due, st.speed)
	return st
}

// setSpeed takes effect with the next frame that is read.
func (s *stretch) setSpeed(speed float64) {
	if speed == s.speed {
		return
	}
	s.speed = speed
	if s.pause == 0 && !s.ended {
		s.mark(s.due, speed)
	}
}

// read returns how many frames it gave; fewer than asked for is the end.
func (s *stretch) read(frames [][2]float64) int {
	for i := range frames {
		for s.straight == 0 && s.blending == 0 && s.pause == 0 && !s.ended {
			s.turn()
		}
		if s.ended {
			return i
		}
		frames[i] = s.next()
		s.given++
	}
	return len(frames)
}

// next gives one frame of what turn has decided.
func (s *stretch) next() [2]float64 {
	if s.pause > 0 {
		if s.pause--; s.pause == 0 && s.loop {
			s.begin()
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

// turn decides what comes after what was read so far: straight on, a leap, or
// the end. A leap goes to where the frames up to the next turn are around what is
// due, the last one to where reading straight on ends in time.
func (s *stretch) turn() {
	end := s.clip.frames()
	straight := s.pace()
	left := (float64(end) - s.due) / s.speed // frames that are still to be given
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
		s.old, s.head = s.head, s.alike(int(target))
		s.blending, s.straight = s.blend, max(min(straight, end-s.head-s.blend), 0)
	}
}

// pace is how many frames are read straight on after a leap: the fewer the
// faster, or the leaps would become so long that a consonant is lost in one.
func (s *stretch) pace() int {
	share := min((MaxSpeed-s.speed)/(MaxSpeed-1), 1)
	return max(int(float64(s.clip.rate)*straightTime.Seconds()*share), 1)
}

// alike returns the frame near target from which the clip goes on most like it
// does from head.
func (s *stretch) alike(target int) int {
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
	best := s.likest(there, min(max(target-from, 0), to-from), 0, to-from, coarse)
	if coarse > 1 {
		best = s.likest(there, best, max(best-coarse+1, 0), min(best+coarse-1, to-from), 1)
	}
	return from + best
}

// likest returns the offset in there, of those from first to last that are step
// apart, whose wave is most like here; or best if none is more like it.
func (s *stretch) likest(there []float32, best, first, last, step int) int {
	likeness := s.likeness(there[best:], step)
	for offset := first; offset <= last; offset += step {
		if l := s.likeness(there[offset:], step); l > likeness {
			best, likeness = offset, l
		}
	}
	return best
}

// likeness is the correlation of a wave with here, by every step-th sample.
func (s *stretch) likeness(wave []float32, step int) float32 {
	const silence = 1e-9 // keeps the quotient of two silences a number
	var product, power float32
	for i := 0; i < len(s.here); i += step {
		product += s.here[i] * wave[i]
		power += wave[i] * wave[i]
	}
	return product / float32(math.Sqrt(float64(power)+silence))
}

// finish ends the clip, or has it begin again after a pause.
func (s *stretch) finish() {
	s.mark(float64(s.clip.frames()), 0)
	if s.loop {
		s.pause = beep.SampleRate(s.clip.rate).N(loopPause)
	} else {
		s.ended = true
	}
}

// begin starts the next round of a loop.
func (s *stretch) begin() {
	s.head, s.due = s.start, float64(s.start)
	s.mark(s.due, s.speed)
}

// mark notes where in the clip the next frame is, and forgets what has long been
// heard.
func (s *stretch) mark(at, speed float64) {
	for len(s.marks) > 1 && s.marks[1].given < s.given-2*s.clip.rate {
		s.marks = s.marks[1:]
	}
	if n := len(s.marks); n > 0 && s.marks[n-1].given == s.given {
		s.marks = s.marks[:n-1]
	}
	s.marks = append(s.marks, mark{s.given, at, speed})
}

// at returns where in the clip a given frame is.
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

// frame returns one frame of the clip; behind its end is silence.
func (c *Clip) frame(i int) [2]float64 {
	if i >= c.frames() {
		return [2]float64{}
	}
	at := i * c.channels
	return [2]float64{float64(c.samples[at]), float64(c.samples[at+c.channels-1])}
}

// mono fills wave with the sum of both channels from a frame on; behind the end
// is silence.
func (c *Clip) mono(wave []float32, from int) {
	n := max(min(len(wave), c.frames()-from), 0)
	for i := range wave[:n] {
		at := (from + i) * c.channels
		wave[i] = c.samples[at] + c.samples[at+c.channels-1]
	}
	clear(wave[n:])
}
