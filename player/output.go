package player

import (
	"os"
	"time"
)

// latency is how much sound an output buffers, and so the delay between a key
// press and its sound. Much less makes a busy machine stutter.
const latency = 60 * time.Millisecond

// recallAfter is how much of the buffered sound still plays after a recall: the
// server needs some time to discard the rest.
const recallAfter = 30 * time.Millisecond

// Output is where sound goes: the sound server or device of the system, or a
// fake in tests. An Output is opened, started once and closed.
type Output interface {
	// Rate is the number of stereo frames per second that the output plays.
	Rate() int
	// Latency is the longest time from the return of fill until its frames have
	// been heard.
	Latency() time.Duration
	// Start makes the output request frames: until Close, it calls fill, never
	// from two goroutines at once. If the output fails, it calls lost once, and
	// nothing after that. When fill returns true, an output that supports recall
	// fades out the sound it has buffered and plays the new frames in its place.
	Start(fill func(frames [][2]float64) (recall bool), lost func(error)) error
	// Recall reports whether the output can discard buffered sound. If it can, it
	// calls fill soon; Recall does not wait for that.
	Recall() bool
	// Close stops the output. After it returns, fill is not running and is not
	// called again. Closing a lost output does nothing.
	Close() error
}

// DefaultOutput opens the system's sound output: PulseAudio or PipeWire on
// Linux (ALSA when built with the tag "alsa"), Core Audio on macOS, WASAPI on
// Windows. With UNSAID_AUDIO=null in the environment, clips play in silence and
// take as long as usual. The error says what the user can do.
func DefaultOutput() (Output, error) {
	if os.Getenv("UNSAID_AUDIO") == "null" {
		return newNullOutput(), nil
	}
	return openDevice()
}
