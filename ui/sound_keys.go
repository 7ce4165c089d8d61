package ui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"unsaid/player"
	"unsaid/store"
	"unsaid/ui/keys"
)

// Steps of the sound's settings.
const (
	speedStep  = 0.1
	volumeStep = 10 // per cent
)

// sound carries out what a key does to the sound, on every screen; false if it is no such key.
func (a *App) sound(what keys.Action) (tea.Cmd, bool) {
	p := &a.playback
	switch what {
	case keys.PlayPause:
		return p.toggle(a), true
	case keys.Replay:
		return p.replay(a), true
	case keys.StopSound:
		return p.stop(), true
	case keys.SeekBack:
		return p.seek(-time.Second), true
	case keys.SeekForward:
		return p.seek(time.Second), true
	case keys.SeekFarBack:
		return p.seek(-5 * time.Second), true
	case keys.SeekFarForward:
		return p.seek(5 * time.Second), true
	case keys.SeekShare: // which of its keys it was, only the key tells
		return p.seekTo(0), true
	case keys.PlayNext:
		return p.review.step(a, 1), true
	case keys.PlayPrevious:
		return p.review.step(a, -1), true
	case keys.ReviewFound:
		l := a.recordings()
		return p.review.start(a, slices.Clone(l.ids), l.cursor, a.stateShown()), true
	case keys.ReviewMarked:
		return a.reviewMarked(), true
	case keys.ShorterPause:
		return p.review.setPause(a, -pauseStep), true
	case keys.LongerPause:
		return p.review.setPause(a, pauseStep), true
	}
	return p.adjust(a, what)
}

// reviewMarked plays what is marked, one after another, the newest first.
func (a *App) reviewMarked() tea.Cmd {
	var ids []int64
	for id := range a.library.list.marked {
		ids = append(ids, id)
	}
	if len(ids) == 0 {
		return a.say("Nothing is marked: %s marks, %s plays what is found", a.Keys.KeyOf(keys.MarkOne), a.Keys.KeyOf(keys.ReviewFound))
	}
	slices.SortFunc(ids, descending)
	return a.playback.review.start(a, ids, 0, store.Live)
}

// adjust changes how everything is played.
func (p *playback) adjust(a *App, what keys.Action) (tea.Cmd, bool) {
	adjusted := func(change func(*player.Settings), said func(s player.Settings) string) (tea.Cmd, bool) {
		p.settings = p.player.Adjust(change)
		return a.say("%s", said(p.settings)), true
	}
	onOff := func(name string, on bool) string {
		if on {
			return name
		}
		return name + ": off"
	}
	speed := func(s player.Settings) string { return "Speed " + times(s.Speed) }
	volume := func(s player.Settings) string { return fmt.Sprintf("Volume %d %%", s.Volume) }
	switch what {
	case keys.Faster:
		return adjusted(func(s *player.Settings) { s.Speed += speedStep }, speed)
	case keys.Slower:
		return adjusted(func(s *player.Settings) { s.Speed -= speedStep }, speed)
	case keys.Louder:
		return adjusted(func(s *player.Settings) { s.Volume, s.Muted = s.Volume+volumeStep, false }, volume)
	case keys.Softer:
		return adjusted(func(s *player.Settings) { s.Volume -= volumeStep }, volume)
	case keys.Mute:
		return adjusted(func(s *player.Settings) { s.Muted = !s.Muted }, func(s player.Settings) string { return onOff("Muted", s.Muted) })
	case keys.Normalise:
		return adjusted(func(s *player.Settings) { s.Normalise = !s.Normalise },
			func(s player.Settings) string { return onOff("Quiet recordings are played louder", s.Normalise) })
	case keys.SkipSilence:
		return adjusted(func(s *player.Settings) { s.SkipSilence = !s.SkipSilence },
			func(s player.Settings) string { return onOff("Silence at the beginning is skipped", s.SkipSilence) })
	case keys.LoopSound:
		return adjusted(func(s *player.Settings) { s.Loop = !s.Loop }, func(s player.Settings) string { return onOff("Again and again", s.Loop) })
	}
	return nil, false
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
	}{{s.Normalise, "louder"}, {s.SkipSilence, "no silence"}, {s.Loop, "again and again"}} {
		if one.on {
			parts = append(parts, one.name)
		}
	}
	return strings.Join(parts, " · ")
}

// recordings is the list of recordings that the keys of the sound mean.
func (a *App) recordings() *list {
	switch {
	case a.screen == keys.TrashScreen && a.trash.open:
		return &a.trash.list
	case a.screen == keys.CalendarScreen:
		return &a.calendar.list
	}
	return &a.library.list
}

// stateShown is the state of the recordings in that list.
func (a *App) stateShown() store.State {
	if a.recordings() == &a.trash.list {
		return store.Trashed
	}
	return store.Live
}
