package ui

import (
	"time"

	"unsaid/player"
	"unsaid/store"
)

// Answers of commands, besides [common.Answer]. Each that answers a question which may meanwhile be another one carries
// the question's number, and is dropped when a newer one was asked: what is on the screen is
// always the answer to what is on the screen.

// clipMsg is a decoded clip.
type clipMsg struct {
	audio int64
	clip  *player.Clip
	peaks []float32
	err   error
}

// peaksMsg is the waveform of a sound as the library has it, nil if it has none.
type peaksMsg struct {
	audio int64
	peaks []byte
	err   error
}

// playedMsg tells how starting to play went.
type playedMsg struct {
	recording int64
	err       error
}

// restedMsg comes when the cursor has rested for a moment.
type restedMsg struct{ seq int }

// tickMsg comes while something plays.
type tickMsg struct{}

type purgeProgressMsg struct{ done, total int }

type purgedMsg struct {
	result store.PurgeResult
	err    error
}

// fadedMsg takes the status' message away again.
type fadedMsg struct{ seq int }

// aMoment is how long the cursor rests before the clip under it is decoded.
const aMoment = 60 * time.Millisecond
