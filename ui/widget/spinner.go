package widget

import (
	"time"

	"charm.land/bubbles/v2/spinner"
	tea "charm.land/bubbletea/v2"
)

// Spinner turns while the screen waits for something that takes longer than people notice. What is quick
// never shows it, so that nothing flickers; where it stands is kept free, so that nothing moves.
type Spinner struct {
	on    bool // something is waited for
	seq   int  // of the wait
	frame int  // 0 until the wait is worth showing
}

// SpinMsg turns the spinner of a wait.
type SpinMsg struct{ seq int }

// worthShowing is how long something takes before it is said that it does.
const worthShowing = 150 * time.Millisecond

// Follow notices when a wait begins and ends: whether the screen waits is asked after each message.
func (s *Spinner) Follow(waits bool) tea.Cmd {
	was := s.on
	if s.on = waits; !s.on {
		s.frame = 0
	}
	if was || !s.on {
		return nil
	}
	s.seq++
	return s.tick(worthShowing)
}

// Take turns the spinner, if the message is of the wait that goes on.
func (s *Spinner) Take(msg SpinMsg) tea.Cmd {
	if msg.seq != s.seq || !s.on {
		return nil
	}
	s.frame++
	return s.tick(spinner.Line.FPS)
}

func (s *Spinner) tick(after time.Duration) tea.Cmd {
	seq := s.seq
	return tea.Tick(after, func(time.Time) tea.Msg { return SpinMsg{seq} })
}

// View is one cell.
func (s *Spinner) View() string {
	if s.frame == 0 {
		return " "
	}
	return spinner.Line.Frames[s.frame%len(spinner.Line.Frames)]
}

// Of is a text about what is waited for, nothing while the wait is not worth it.
func (s *Spinner) Of(text string) string {
	if s.frame == 0 {
		return ""
	}
	return s.View() + " " + text
}
