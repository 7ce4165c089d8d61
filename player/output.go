package player

import (
	"os"
	"time"
)

// latency is how much sound an output keeps buffered: what passes between a key
// and its sound. Much less than this, and a busy machine stutters.
const latency = 60 * time.Millisecond

// recallAfter is how much of what an output has buffered is still heard when the
// rest is taken back: a server needs some time to do so.
const recallAfter = 30 * time.Millisecond

// Output is where sound goes: the sound server or device of the system, or a
// fake one in tests. An Output is opened, started once and closed.
type Output interface {
	// Rate is the number of stereo frames a second that the output asks for.
	Rate() int
	// Latency is how long after fill returned its frames have been heard, at most.
	Latency() time.Duration
	// Start makes the output ask for frames, by calling fill from one goroutine
	// at a time, until Close. If the output dies it calls lost instead, once, as
	// the last thing it does. When fill returns true, an output that can recall
	// fades out what it has buffered and goes on with the new frames in its place.
	Start(fill func(frames [][2]float64) (recall bool), lost func(error)) error
	// Recall makes an output that can take back what it has buffered call fill
	// soon, and does not wait for it. It returns false if the output cannot.
	Recall() bool
	// Close stops asking. When it returns fill is not running, and will not again.
	// Closing an output that is lost does nothing.
	Close() error
}

// DefaultOutput opens the system's sound output: PulseAudio or PipeWire on
// Linux (ALSA when built with the tag "alsa"), Core Audio on macOS, WASAPI on
// Windows. UNSAID_AUDIO=null in the environment asks for none: clips then run
// their time in silence. The error says that there is no output and the way out.
func DefaultOutput() (Output, error) {
	if os.Getenv("UNSAID_AUDIO") == "null" {
		return newNullOutput(), nil
	}
	return openDevice()
}
