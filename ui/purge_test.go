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
		u.app.purging.done, u.app.purging.total = 1, 2
		u.sees("erasing 50 %")
		u.give(key("P")) // another one has to wait
		u.sees("Another purge is running")
		u.app.purging.done = 2
		u.sees("erasing the last traces …")
		u.settle()
		u.sees("Erased 2 recordings")
		u.seesNot("erasing")
	})
}
