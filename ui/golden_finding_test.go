package ui

import (
	"testing"
	"time"
)

func TestGoldenFinding(t *testing.T) {
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 36}} {
		sitDown(t, append(household(), said("Living Room", "2024-05-03 10:00:00", "far away")), func(u *user) {
			u.terminal(size[0], size[1])
			u.pass(7 * time.Second)
			u.press("/")
			u.write("jazz -device:")
			u.press("down")
			u.golden("find-completion")
			u.press("esc", "backspace")
			u.write("x:1 good")
			u.golden("find-wrong")
			u.press("esc")
			u.write("jazz")
			u.press("enter", "S")
			u.write("Music")
			u.golden("find-save")
			u.press("enter", "f")
			u.pass(10 * time.Second)
			u.golden("find-filter-saved")
			u.press("j", "j", "space", "j", "-")
			u.golden("find-filter")
			u.press("esc", "esc", "b")
			u.golden("find-groups")
			u.press("right", "right", "right")
			u.golden("find-days")
			u.press("esc", "x", "x", "*", "M")
			u.golden("find-marked")
			u.press("esc", "J")
			u.write("may 2024")
			u.golden("find-jump")
			u.press("enter", "O", "O")
			u.golden("find-longest")
		})
	}
}
