package ui

import (
	"context"
	"math"
	"time"

	tea "charm.land/bubbletea/v2"

	"unsaid/player"
	"unsaid/store"
)

// Limits of what is kept at hand, decoded.
const (
	keptClips    = 24
	keptTime     = 30 * time.Minute // of sound; the newest is kept however long it is
	peaksPerClip = 240
)

// sound is a decoded recording and its waveform, or why there is none.
type sound struct {
	clip  *player.Clip // nil while it is not decoded
	peaks []float32
	err   error
}

// ready reports whether it is known if the sound can be played.
func (s sound) ready() bool { return s.clip != nil || s.err != nil }

// clips are the sounds at hand, by the ids of their audio.
type clips struct {
	sounds  map[int64]sound
	recent  []int64 // of sounds, the oldest first
	loading map[int64]bool
}

func newClips() clips { return clips{sounds: map[int64]sound{}, loading: map[int64]bool{}} }

// load reads and decodes a sound, unless it is at hand or on its way. Its waveform comes first, if the
// library has it.
func (c *clips) load(a *App, audio int64) tea.Cmd {
	if c.sounds[audio].ready() || c.loading[audio] {
		return nil
	}
	c.loading[audio] = true
	ctx, db := a.Ctx, a.o.DB
	return tea.Batch(
		func() tea.Msg {
			peaks, err := db.Peaks(ctx, audio)
			return peaksMsg{audio, peaks, err}
		},
		func() tea.Msg { return decoded(ctx, db, audio) })
}

// decoded reads and decodes a sound.
func decoded(ctx context.Context, db *store.DB, audio int64) clipMsg {
	data, err := db.AudioData(ctx, audio)
	if err != nil {
		return clipMsg{audio: audio, err: err}
	}
	clip, err := player.Decode(data)
	if err != nil {
		return clipMsg{audio: audio, err: err}
	}
	return clipMsg{audio, clip, clip.Peaks(peaksPerClip), nil}
}

// takePeaks shows the waveform of a sound that is still being decoded.
func (c *clips) takePeaks(a *App, msg peaksMsg) tea.Cmd {
	if msg.err == nil && msg.peaks != nil && !c.sounds[msg.audio].ready() {
		peaks := make([]float32, len(msg.peaks))
		for i, p := range msg.peaks {
			peaks[i] = float32(p) / math.MaxUint8
		}
		c.keep(msg.audio, sound{peaks: peaks})
	}
	return a.failed(true, msg.err)
}

// take keeps a decoded sound, and has the library keep its waveform unless it does.
func (c *clips) take(a *App, msg clipMsg) tea.Cmd {
	delete(c.loading, msg.audio)
	known := c.sounds[msg.audio].peaks != nil
	c.keep(msg.audio, sound{msg.clip, msg.peaks, msg.err})
	if known || msg.err != nil {
		return nil
	}
	peaks := make([]byte, len(msg.peaks))
	for i, p := range msg.peaks {
		peaks[i] = byte(math.MaxUint8 * min(p, 1))
	}
	ctx, db := a.Ctx, a.o.DB
	return func() tea.Msg {
		if err := db.SetPeaks(ctx, msg.audio, peaks); err != nil && ctx.Err() == nil {
			return peaksMsg{err: err}
		}
		return nil
	}
}

// keep puts a sound at hand, and lets go of those that were put there longest ago.
func (c *clips) keep(audio int64, s sound) {
	if _, known := c.sounds[audio]; !known {
		c.recent = append(c.recent, audio)
	}
	c.sounds[audio] = s
	for len(c.recent) > 1 && (len(c.recent) > keptClips || c.length() > keptTime) {
		delete(c.sounds, c.recent[0])
		c.recent = c.recent[1:]
	}
}

// length is how long all that is at hand lasts.
func (c *clips) length() (sum time.Duration) {
	for _, s := range c.sounds {
		if s.clip != nil {
			sum += s.clip.Duration()
		}
	}
	return sum
}

// of returns the sound of a recording, if it is at hand.
func (c *clips) of(r store.Recording) (sound, bool) {
	if r.Audio == nil {
		return sound{}, false
	}
	s, ok := c.sounds[r.Audio.ID]
	return s, ok
}
