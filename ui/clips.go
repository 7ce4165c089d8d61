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
		common.Ask(nil, func() ([]byte, error) { return db.Peaks(ctx, audio) }, func(peaks []byte, err error) common.Action {
			c.takePeaks(audio, peaks)
			return common.Failed(err)
		}),
		common.Ask(nil, func() (common.Sound, error) { return decoded(ctx, db, audio) }, func(sound common.Sound, err error) common.Action {
			sound.Err = err
			return a.playback.takeClip(a, audio, sound)
		}))
}

// decoded reads and decodes a sound.
func decoded(ctx context.Context, db *store.DB, audio int64) (common.Sound, error) {
	data, err := db.AudioData(ctx, audio)
	if err != nil {
		return common.Sound{}, err
	}
	clip, err := player.Decode(data)
	if err != nil {
		return common.Sound{}, err
	}
	return common.Sound{Clip: clip, Peaks: clip.Peaks(peaksPerClip)}, nil
}

// takePeaks shows the waveform that the library has of a sound, nil if it has none, while the sound is being decoded.
func (c *clips) takePeaks(audio int64, kept []byte) {
	if kept == nil || c.heard.Sounds[audio].Ready() {
		return
	}
	peaks := make([]float32, len(kept))
	for i, p := range kept {
		peaks[i] = float32(p) / math.MaxUint8
	}
	c.keep(audio, common.Sound{Peaks: peaks})
}

// take keeps a decoded sound, and has the library keep its waveform unless it does.
func (c *clips) take(a *App, audio int64, sound common.Sound) tea.Cmd {
	delete(c.loading, audio)
	known := c.heard.Sounds[audio].Peaks != nil
	c.keep(audio, sound)
	if known || sound.Err != nil {
		return nil
	}
	peaks := make([]byte, len(sound.Peaks))
	for i, p := range sound.Peaks {
		peaks[i] = byte(math.MaxUint8 * min(p, 1))
	}
	ctx, db := a.Ctx, a.o.DB
	return common.Try(func() error { return db.SetPeaks(ctx, audio, peaks) }, func(err error) common.Action {
		if ctx.Err() != nil {
			return nil
		}
		return common.Failed(err)
	})
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
