package ui

import (
	"errors"
	"testing"
	"time"

	"unsaid/store"
)

// told is the household with some more to count: things said twice, people, a recording of no known time.
func told() []store.Incoming {
	all := household()
	stop := silent("Kitchen", "2024-11-05 18:00:00", "Alexa, stop!")
	again := silent("Bedroom", "2025-03-01 18:00:01", "alexa stop")
	again.People, again.Kind = []store.IncomingPerson{{ID: "p2", Name: "Bob the builder"}}, ""
	lost := silent("Hall", "2025-03-01 18:00:02", "when was that")
	lost.Time, lost.TimeFrom = time.Time{}, store.TimeUnknown
	return append(all, stop, again, lost)
}

func TestInsightsAreCountedWhenTheyAreShown(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.give(key("6"))
		u.seesNot("counting", "recordings  ")
		u.settle()
		u.sees("All 48 recordings")
		u.pass(time.Second) // the wait is over, too, but so is the counting
		u.sees("All 48 recordings")
		u.press("1", "d", "enter", "6")
		u.sees("All 47 recordings")
		u.press("u")
		u.sees("All 48 recordings")
	})
}

func TestFailedCountIsToldAndTriedAgain(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.give(key("6"))
		u.broken = errors.New("the disk is gone")
		u.settle()
		u.sees("the disk is gone", "could not be counted")
		u.broken = nil
		u.press("6")
		u.sees("All 48 recordings")
	})
}

func TestInsightsFollowTheSearchIfAsked(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("6", "f")
		u.sees("There is no search to count by", "All 48 recordings")
		u.press("/")
		u.write("device:bedroom device:kitchen alar")
		u.press("enter", "6")
		u.sees("All 48 recordings")
		u.press("f")
		u.sees("40 of 48 recordings found by device:bedroom device:kitchen alar")
		u.press("J", "J", "J", "J", "enter")
		u.sees("device:=Bedroom alar", "40 recordings found")
		u.press("6") // what is counted is still the search of before
		u.sees("40 of 48 recordings found by device:bedroom device:kitchen alar")
		u.press("esc")
		u.sees("All 48 recordings")
		u.press("/", "esc", "esc", "/")
		u.write("hour:25")
		u.press("enter", "6", "f")
		u.sees("hours are written as", "All 48 recordings")
		u.press("/", "esc")
		u.write("nobody")
		u.press("enter", "6", "f")
		u.sees("No search results to count", "0 of 48 recordings found by nobody")
	})
}

func TestInsightsOfNothing(t *testing.T) {
	sitDown(t, nil, func(u *user) {
		u.press("6", "j", "J", "enter")
		u.sees("Here your recordings are counted", "i import")
	})
	sitDown(t, household()[:1], func(u *user) {
		u.press("d", "enter", "6", "enter")
		u.sees("in the trash", "All 0 recordings")
	})
}

func TestMovingInAndBetweenCharts(t *testing.T) {
	sitDown(t, told(), func(u *user) {
		u.press("6")
		u.sees("Mar 2025: 5 recordings")
		u.press("h", "h")
		u.sees("Jan 2025: ")
		u.press("j") // months go on to the next chart, at the same month
		u.sees("Jan 2025: 0.0 %, 0 of ")
		u.press("J", "G")
		u.sees("up to Nov 2024: 1 recording")
		u.press("pgdown", "j")
		u.sees("Week", "most (")
		u.press("g", "k", "h")
		u.sees("Mon 0:00–0:59: 0 recordings")
		u.press("l", "j", "j")
		u.sees("Wed 1:00–1:59: 0 recordings")
		u.press("G", "l", "j")
		u.sees("Sun 23:00–23:59")
		u.press("J")
		u.sees("Bedroom: ")
		u.press("j", "j")
		u.sees("Phone: ")
		u.press("J")
		u.sees("alexa stop: ")
		u.press("]")
		u.sees("Anna: ")
		u.press("]", "]", "[", "[")
		u.sees("Anna: ")
		u.press("K", "K")
		u.sees("Phone: ") // each chart keeps its cursor
	})
}
