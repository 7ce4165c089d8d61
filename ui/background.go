package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// Background is the terminal's background, as far as it told.
type Background struct{ Known, Dark bool }

// answerTime is how long a terminal is given to tell its background before the program ends: what it
// tells later would stand in the shell.
const answerTime = 300 * time.Millisecond

// leaveMsg ends the wait for the terminal's answer.
type leaveMsg struct{}

// askBackground asks the terminal for its background, unless it has told before.
func (a *App) askBackground() tea.Cmd {
	if a.background.Known {
		return nil
	}
	a.askedAt = a.o.Now()
	return tea.RequestBackgroundColor
}

// handleBackground draws for the background that the terminal reported, or leaves if the program waited for that.
func (a *App) handleBackground(msg tea.BackgroundColorMsg) tea.Cmd {
	a.background = Background{Known: true, Dark: msg.IsDark()}
	a.restyle()
	if a.leaving {
		return tea.Quit
	}
	return nil
}

// leave ends the program, when the terminal has answered or has had its time for it.
func (a *App) leave() tea.Cmd {
	wait := answerTime - a.o.Now().Sub(a.askedAt)
	if a.background.Known || wait <= 0 {
		return tea.Quit
	}
	a.leaving = true
	return tea.Tick(wait, func(time.Time) tea.Msg { return leaveMsg{} })
}
