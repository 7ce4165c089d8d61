package ui

import (
	"testing"
	"time"
)

func TestPurgeShowsItsProgress(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.trashJazz()
		u.pass(10 * time.Second) // so that nothing else stands in the row
		u.press("P")
		u.pass(time.Second)
		u.write("erase")
		u.give(key("enter"))
		if !u.app.purging.running() {
			t.Fatal("nothing is being erased")
		}
		u.sees("erasing …")
		u.give(purgeProgressMsg{1, 2})
		u.sees("erasing 50 %")
		u.give(key("P")) // another one has to wait
		u.sees("Another purge is running")
		u.give(purgeProgressMsg{2, 2})
		u.sees("erasing the last traces …")
		u.settle()
		u.sees("Erased 2 recordings")
		u.seesNot("erasing")
		u.give(purgeProgressMsg{1, 2}) // too late
		u.seesNot("erasing")
	})
}
