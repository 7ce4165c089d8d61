package ui

import (
	"time"

	"unsaid/deletion"
	"unsaid/player"
	"unsaid/store"
)

// Answers of commands, besides those of read. Each that answers a question which may meanwhile be another one carries
// the question's number, and is dropped when a newer one was asked: what is on the screen is
// always the answer to what is on the screen.

// pageMsg is the first page of a search: shown at once.
type pageMsg struct {
	seq  int
	rows []store.Recording
	err  error
}

// idsMsg is all that a search found.
type idsMsg struct {
	seq int
	ids []int64
	err error
}

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

// marksMsg tells which of some marks are on recordings that are in the library now.
type marksMsg struct {
	epoch int
	asked map[int64]bool
	here  []int64
	err   error
}

// dueMsg is what is due by the rules of the settings.
type dueMsg struct {
	due []deletion.Suggestion
	err error
}

type purgeProgressMsg struct{ done, total int }

type purgedMsg struct {
	result store.PurgeResult
	err    error
}

// requestDetailMsg is what the screen shows of a request besides the request itself.
type requestDetailMsg struct {
	asked  int
	detail requestDetail
	err    error
}

// letterMsg is the letter of a request, to be copied.
type letterMsg struct {
	letter string
	err    error
}

// fadedMsg takes the status' message away again.
type fadedMsg struct{ seq int }

// aMoment is how long the cursor rests before the clip under it is decoded.
const aMoment = 60 * time.Millisecond
