package ui

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

// Also while text is typed and in dialogs the program gives way to the shell; what plays waits for its return.
func TestSuspendPausesAndComesBackWhole(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		for _, keys := range [][]string{{"esc"}, {"/", "j"}, {"esc", "esc", "?"}, {"esc", "i"}, {"esc", ":"}} {
			u.press(keys...)
			before := u.screen()
			u.suspended = false
			u.press("ctrl+z")
			if !u.suspended {
				t.Errorf("after %q ctrl+z does nothing", keys)
			}
			u.give(tea.ResumeMsg{})
			u.settle()
			if u.screen() != before {
				t.Errorf("after %q it comes back otherwise:\n%s", keys, u.screen())
			}
		}
		u.press("esc", "space")
		u.pass(200 * time.Millisecond)
		u.sees("▶ 0:00")
		u.press("ctrl+z")
		u.pass(time.Second)
		u.sees("‖ 0:00")
		u.press("space")
		u.pass(100 * time.Millisecond)
		u.sees("▶ 0:00")
	})
}
