package ui

import (
	"testing"
	"time"
)

func TestWelcomeNamesEveryMaker(t *testing.T) {
	sitDown(t, nil, func(u *user) {
		for _, size := range [][2]int{{60, 16}, {80, 24}, {100, 20}, {120, 36}, {200, 60}} {
			u.terminal(size[0], size[1])
			u.isWhole("welcome")
			u.sees("Take back what you said.", "Amazon", "/hz/privacy-central/data-requests", "Google", "takeout.google.com",
				"Home Assistant", "debug_recording_dir", "OVOS", "~/.local/share/mycroft/listener", "a folder of audio files",
				"i import", "t try a sample", "? help")
		}
	})
}

func TestSampleIsForAnEmptyLibrary(t *testing.T) {
	sitDown(t, nil, func(u *user) {
		u.press("t")
		if !u.left || !u.app.switching {
			t.Errorf("left %v, to switch %v", u.left, u.app.switching)
		}
	})
	sitDown(t, household(), func(u *user) {
		u.seesNot("t try a sample")
		u.press("t")
		u.sees("The sample is for an empty library")
		if u.left {
			t.Error("left a library with recordings")
		}
	})
}

func TestSampleLeadsBack(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.app.Sample = true
		u.begin(u.app.greet())
		u.settle()
		for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 36}} {
			u.terminal(size[0], size[1])
			u.sees("sample", "t your library")
		}
		u.press("t")
		if !u.left || !u.app.switching {
			t.Errorf("left %v, to switch %v", u.left, u.app.switching)
		}
		u.app.Elsewhere, u.left, u.app.switching = false, false, false // as unsaid demo has it
		u.pass(10 * time.Second)
		u.seesNot("t your library")
		u.press("t")
		u.sees("unsaid without demo opens your library")
		if u.left {
			t.Error("left for no other library")
		}
	})
}
