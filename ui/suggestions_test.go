package ui

import (
	"errors"
	"strings"
	"testing"

	"unsaid/deletion"
)

func TestSuggestionsAreLookedAtOrDeleted(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("D")
		u.sees("Suggested deletions", "everything unintended", "everything from Anna", "search: is:unintended")
		u.seesNot("Due by your rules")
		u.press("enter")
		u.sees("is:unintended", "1 recording found", "and then she said to me")
		u.press("D", "j", "d")
		u.sees("Delete 1 recording · person:Anna")
		u.press("esc", "D", "esc")
		u.seesNot("Suggested deletions")
		u.liveAre(48)
	})
}

func TestNothingToSuggest(t *testing.T) {
	sitDown(t, household()[3:4], func(u *user) {
		u.press("D")
		u.sees("Nothing to suggest: no recording is unintended")
		u.press("enter", "d", "down")
		u.sees("Nothing to suggest: no recording is unintended")
	})
}

// What is due by the rules is proposed at the start. Nothing is done about it by itself.
func TestRulesForKeepingPropose(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.app.o.Keep = []deletion.Rule{{Device: "Bedroom", Days: 45}, {Days: 3000}}
		u.start()
		u.sees("Due by your retention rules", "Bedroom: older than 45 days", "Also", "everything unintended")
		u.liveAre(48)
		u.press("d")
		u.sees("Delete 29 recordings · device:Bedroom before:2025-02-15")
		u.press("enter")
		u.liveAre(19)
		u.start()
		u.seesNot("Due by your rules") // nothing is left of it
	})
}

func TestRulesForKeepingDoNotTakeTheKeys(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.app.o.Keep = []deletion.Rule{{Days: 45}}
		u.press("/")
		u.start()
		u.sees("Your retention rules suggest deletions: D shows them.")
		u.write("jazz")
		u.sees("2 recordings found")
		u.broken = errors.New("the disk is gone")
		u.start()
		u.sees("the disk is gone")
	})
}

// start does what the program does first.
func (u *user) start() {
	u.begin(u.app.Init())
	u.settle()
}

func TestWhatIsDueIsNotSuggestedTwice(t *testing.T) {
	old := silent("Hall", "2024-12-01 08:00:00", "long ago")
	sitDown(t, append(household(), old), func(u *user) {
		u.press("D")
		u.sees("everything older than 90 days")
		u.app.o.Keep = []deletion.Rule{{Days: 90}}
		u.press("esc", "D")
		if n := strings.Count(u.screen(), "everything older than 90 days"); n != 1 {
			t.Errorf("it stands there %d times\n%s", n, u.screen())
		}
	})
}
