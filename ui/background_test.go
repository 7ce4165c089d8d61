package ui

import (
	"image/color"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

// Who leaves at once waits until the terminal has told its background, or for a moment if it tells nothing.
func TestLeavingWaitsForTheTerminalsAnswer(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.app.background = Background{}
		u.app.askBackground()
		u.press("q")
		if u.left {
			t.Error("it left before the terminal answered")
		}
		u.give(tea.BackgroundColorMsg{Color: color.White})
		u.settle()
		if !u.left || u.app.background.Dark {
			t.Errorf("left: %v; %+v", u.left, u.app.background)
		}
	})
	sitDown(t, household(), func(u *user) {
		u.app.background = Background{}
		u.app.askBackground()
		u.press("q")
		u.pass(answerTime + 20*time.Millisecond)
		if !u.left {
			t.Error("it waits for a terminal that tells nothing")
		}
	})
}
