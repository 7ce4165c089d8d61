package common

import (
	"fmt"
	"time"

	"unsaid/player"
	"unsaid/store"
)

// Clock is a position in a clip: 0:01.4.
func Clock(d time.Duration) string {
	return fmt.Sprintf("%d:%04.1f", int(d.Minutes()), (d % time.Minute).Truncate(100*time.Millisecond).Seconds())
}

// Sound is a decoded recording and its waveform, or why there is none.
type Sound struct {
	Clip  *player.Clip // nil while it is not decoded
	Peaks []float32
	Err   error
}

// Ready reports whether it is known if the sound can be played.
func (s Sound) Ready() bool { return s.Clip != nil || s.Err != nil }

// Heard is what plays, or played last, and the sounds at hand.
type Heard struct {
	Recording store.Recording
	player.Status
	Sounds map[int64]Sound // by the ids of their audio
}

// Active reports whether a clip plays or is paused.
func (h *Heard) Active() bool { return h.State == player.Playing || h.State == player.Paused }

// Sound returns the sound of a recording, if it is at hand.
func (h *Heard) Sound(r store.Recording) (Sound, bool) {
	if r.Audio == nil {
		return Sound{}, false
	}
	s, ok := h.Sounds[r.Audio.ID]
	return s, ok
}

// Head is where the play head is in a recording, as a share of its length, -1 if it is not the one that plays.
func (h *Heard) Head(r store.Recording) float64 {
	if r.ID != h.Recording.ID || h.State == player.Stopped || h.Length <= 0 {
		return -1
	}
	return float64(h.Position) / float64(h.Length)
}
