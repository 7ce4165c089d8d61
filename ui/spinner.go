package ui

import (
	"time"

	"charm.land/bubbles/v2/spinner"
	tea "charm.land/bubbletea/v2"
)

// spinning turns while the screen waits for something that takes longer than people notice. What is quick
// never shows it, so that nothing flickers; where it stands is kept free, so that nothing moves.
type spinning struct {
	on    bool // something is waited for
	seq   int  // of the wait
	frame int  // 0 until the wait is worth showing
}

// spinMsg turns the spinner of a wait.
type spinMsg struct{ seq int }

// worthShowing is how long something takes before it is said that it does.
const worthShowing = 150 * time.Millisecond

// waiting is what a dialog has to tell if it may have to wait for something.
type waiting interface{ waiting(app *App) bool }

// waits reports whether the screen shows less than it should, for the moment.
func (a *App) waits() bool {
	if d, can := a.dialog.(waiting); can && d.waiting(a) {
		return true
	}
	r, listed := a.selected()
	decoding := listed && r.Audio != nil && a.playback.loading[r.Audio.ID]
	return decoding || !a.known() && a.reading() || a.screen == libraryScreen && a.library.busy || a.screen == requestsScreen && a.requests.reading
}

// follow notices when a wait begins and ends.
func (s *spinning) follow(a *App) tea.Cmd {
	was := s.on
	if s.on = a.waits(); !s.on {
		s.frame = 0
	}
	if was || !s.on {
		return nil
	}
	s.seq++
	return s.tick(worthShowing)
}

func (s *spinning) take(msg spinMsg) tea.Cmd {
	if msg.seq != s.seq || !s.on {
		return nil
	}
	s.frame++
	return s.tick(spinner.Line.FPS)
}

func (s *spinning) tick(after time.Duration) tea.Cmd {
	seq := s.seq
	return tea.Tick(after, func(time.Time) tea.Msg { return spinMsg{seq} })
}

// view is one cell.
func (s *spinning) view() string {
	if s.frame == 0 {
		return " "
	}
	return spinner.Line.Frames[s.frame%len(spinner.Line.Frames)]
}

// of is a text about what is waited for, nothing while the wait is not worth it.
func (s *spinning) of(text string) string {
	if s.frame == 0 {
		return ""
	}
	return s.view() + " " + text
}
