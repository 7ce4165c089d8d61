package ui

import (
	"strings"
	"testing"
)

// Long names and searches have the room that there is.
func TestTablesUseTheWidth(t *testing.T) {
	const device, words = "The speaker in the conservatory behind the house", "water the orchids in the conservatory each morning"
	sitDown(t, append(household(), said(device, "2025-03-02 10:00:00", words)), func(u *user) {
		u.press("/")
		u.write(words)
		u.press("enter", "*", "d", "enter", "4")
		u.terminal(60, 16)
		u.sees("1 Apr 2025 12:00", "water the orch")
		u.seesNot(words)
		u.terminal(120, 36)
		u.sees(words, "2 Mar 2025", "today", "devices", "sound")
		u.press("5", "s", "enter")
		u.terminal(60, 16)
		u.sees("The speaker in", "asked", "2 May 2025")
		u.seesNot(device + "  asked")
		u.terminal(120, 36)
		u.sees(device+"  asked", "in 31 days")
		u.terminal(200, 60)
		u.sees("drafted", "G0911W07"+strings.ToUpper(device))
	})
}
