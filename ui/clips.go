package ui

import (
	"context"
	"math"
	"time"

	tea "charm.land/bubbletea/v2"

	"unsaid/player"
	"unsaid/store"
	"unsaid/ui/common"
)

// Limits of what is kept at hand, decoded.
const (
	keptClips    = 24
	keptTime     = 30 * time.Minute // of sound; the newest is kept however long it is
	peaksPerClip = 240
)

// clips keeps sounds at hand.
type clips struct {
	heard   *common.Heard
	recent  []int64 // the ids of the audio of those at hand, the oldest first
	loading map[int64]bool
}

func newClips(heard *common.Heard) clips {
	heard.Sounds = map[int64]common.Sound{}
	return clips{heard: heard, loading: map[int64]bool{}}
}

// load reads and decodes a sound, unless it is at hand or on its way. Its waveform comes first, if the
// library has it.
func (c *clips) load(a *App, audio int64) tea.Cmd {
	if c.heard.Sounds[audio].Ready() || c.loading[audio] {
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
	if msg.err == nil && msg.peaks != nil && !c.heard.Sounds[msg.audio].Ready() {
		peaks := make([]float32, len(msg.peaks))
		for i, p := range msg.peaks {
			peaks[i] = float32(p) / math.MaxUint8
		}
		c.keep(msg.audio, common.Sound{Peaks: peaks})
	}
	return a.carryOut(common.Failed(msg.err))
}

// take keeps a decoded sound, and has the library keep its waveform unless it does.
func (c *clips) take(a *App, msg clipMsg) tea.Cmd {
	delete(c.loading, msg.audio)
	known := c.heard.Sounds[msg.audio].Peaks != nil
	c.keep(msg.audio, common.Sound{Clip: msg.clip, Peaks: msg.peaks, Err: msg.err})
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
func (c *clips) keep(audio int64, s common.Sound) {
	if _, known := c.heard.Sounds[audio]; !known {
		c.recent = append(c.recent, audio)
	}
	c.heard.Sounds[audio] = s
	for len(c.recent) > 1 && (len(c.recent) > keptClips || c.length() > keptTime) {
		delete(c.heard.Sounds, c.recent[0])
		c.recent = c.recent[1:]
	}
}

// length is how long all that is at hand lasts.
func (c *clips) length() (sum time.Duration) {
	for _, s := range c.heard.Sounds {
		if s.Clip != nil {
			sum += s.Clip.Duration()
		}
	}
	return sum
}
