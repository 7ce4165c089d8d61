package ui

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"unsaid/player"
	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/keys"
	"unsaid/ui/screen"
)

// Steps of the sound's settings.
const (
	speedStep  = 0.1
	volumeStep = 10 // per cent
)

// soundActs are the acts on what is heard, on every screen.
func (a *App) soundActs() screen.Acts {
	p, all := &a.playback, screen.Acts{}
	for what, do := range map[keys.Action]func() tea.Cmd{
		keys.StopSound:    func() tea.Cmd { return p.stop(a) },
		keys.PlayNext:     func() tea.Cmd { return p.review.step(a, 1) },
		keys.PlayPrevious: func() tea.Cmd { return p.review.step(a, -1) },
		keys.ReviewFound:  a.reviewFound,
		keys.ReviewMarked: a.reviewMarked,
		keys.ShorterPause: func() tea.Cmd { return p.review.setPause(a, -pauseStep) },
		keys.LongerPause:  func() tea.Cmd { return p.review.setPause(a, pauseStep) },
	} {
		all[what] = screen.Act{Do: func() common.Action { return do() }}
	}
	for what, by := range map[keys.Action]time.Duration{
		keys.SeekBack: -time.Second, keys.SeekForward: time.Second, keys.SeekFarBack: -5 * time.Second, keys.SeekFarForward: 5 * time.Second,
	} {
		all[what] = screen.Act{Do: func() common.Action { return p.seek(a, by) }, Why: a.whyNotSeek}
	}
	all[keys.SeekShare] = screen.Act{Do: func() common.Action { return p.seekTo(a, 0) }, Why: a.whyNotSeek} // which of its keys it was, only the key tells
	all[keys.PlayPause] = screen.Act{Do: func() common.Action { return p.toggle(a) }, Why: func() string { return a.whyNotPlay(keys.PlayPause) }}
	all[keys.Replay] = screen.Act{Do: func() common.Action { return p.replay(a) }, Why: func() string { return a.whyNotPlay(keys.Replay) }}
	for what, s := range settings() {
		all[what] = screen.Act{Do: func() common.Action {
			p.settings = p.player.Adjust(s.change)
			return common.Say{Text: s.told(p.settings)}
		}}
	}
	return all
}

// reviewFound plays what is listed, one after another, from the cursor on.
func (a *App) reviewFound() tea.Cmd {
	l := a.recordings()
	return a.playback.review.start(a, slices.Clone(l.IDs), l.Cursor, l.State)
}

// reviewMarked plays what is marked, one after another, the newest first.
func (a *App) reviewMarked() tea.Cmd {
	ids := slices.Sorted(maps.Keys(a.Marked))
	if len(ids) == 0 {
		return a.say("Nothing is marked: %s marks, %s plays the search results", a.Keys.KeyOf(keys.MarkOne), a.Keys.KeyOf(keys.ReviewFound))
	}
	slices.Reverse(ids)
	return a.playback.review.start(a, ids, 0, store.Live)
}

// soundSetting is a setting of how everything is played.
type soundSetting struct {
	change func(s *player.Settings)
	told   func(s player.Settings) string // what it is, for the status row
}

// settings are the settings of the sound, by the actions that change them.
func settings() map[keys.Action]soundSetting {
	onOff := func(name string, on func(s *player.Settings) *bool) soundSetting {
		return soundSetting{func(s *player.Settings) { *on(s) = !*on(s) }, func(s player.Settings) string {
			if *on(&s) {
				return name
			}
			return name + ": off"
		}}
	}
	speed := func(by float64) soundSetting {
		return soundSetting{func(s *player.Settings) { s.Speed += by }, func(s player.Settings) string { return "Speed " + times(s.Speed) }}
	}
	volume := func(change func(s *player.Settings)) soundSetting {
		return soundSetting{change, func(s player.Settings) string { return fmt.Sprintf("Volume %d %%", s.Volume) }}
	}
	return map[keys.Action]soundSetting{
		keys.Faster:      speed(speedStep),
		keys.Slower:      speed(-speedStep),
		keys.Louder:      volume(func(s *player.Settings) { s.Volume, s.Muted = s.Volume+volumeStep, false }),
		keys.Softer:      volume(func(s *player.Settings) { s.Volume -= volumeStep }),
		keys.Mute:        onOff("Muted", func(s *player.Settings) *bool { return &s.Muted }),
		keys.Normalise:   onOff("Quiet recordings louder", func(s *player.Settings) *bool { return &s.Normalise }),
		keys.SkipSilence: onOff("Silence at the start skipped", func(s *player.Settings) *bool { return &s.SkipSilence }),
		keys.LoopSound:   onOff("Repeat", func(s *player.Settings) *bool { return &s.Repeat }),
	}
}

// times is a speed: 1.5×.
func times(speed float64) string { return fmt.Sprintf("%g×", speed) }

// unusual lists those settings of the sound that are not as recorded.
func unusual(s player.Settings) string {
	var parts []string
	if s.Speed != 1 {
		parts = append(parts, times(s.Speed))
	}
	switch {
	case s.Muted:
		parts = append(parts, "muted")
	case s.Volume != 100:
		parts = append(parts, fmt.Sprintf("vol %d %%", s.Volume))
	}
	for _, one := range []struct {
		on   bool
		name string
	}{{s.Normalise, "louder"}, {s.SkipSilence, "no silence"}, {s.Repeat, "repeat"}} {
		if one.on {
			parts = append(parts, one.name)
		}
	}
	return strings.Join(parts, " · ")
}

// recordings is the list of recordings that the keys of the sound mean.
func (a *App) recordings() *screen.List {
	l, _ := a.current().Recordings()
	if l == nil {
		l, _ = a.library.Recordings()
	}
	return l
}
