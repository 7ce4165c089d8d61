package store

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// DayExamples shows the ways to write a day, a month or a year that [DaysNamed] reads.
const DayExamples = "2024-05-03, 2024-05, 2024, 3 may, may 2024, yesterday, monday, 3 days ago"

var errNotDays = errors.New("a date is written as one of " + DayExamples)

// The ways to write a day or a month.
var (
	dayLayouts      = []string{"2006-1-2", "2.1.2006", "2 January 2006", "2 Jan 2006", "January 2 2006", "Jan 2 2006", "January 2, 2006", "Jan 2, 2006"}
	yearlessLayouts = []string{"2 January", "2 Jan", "January 2", "Jan 2"}
	monthLayouts    = []string{"2006-1", "January 2006", "Jan 2006"}
	monthNames      = []string{"January", "Jan"}
)

// knownDays are the days that ids can carry, in any zone.
var knownDays = Days{epoch - 1, utcDay(math.MaxInt64>>idBits/1000) - 1}

// mostBack is how far in the past a day can be, in the unit that it is named with.
const mostBack = 100_000

// DayNamed reads a day as people write it. today is the day on which it is written.
func DayNamed(text string, today Day) (Day, error) {
	days, err := DaysNamed(text, today, today)
	if err != nil || days.First != days.Last {
		return 0, fmt.Errorf("%q is not a day; a day is written as 2024-05-03, 3 may, yesterday, monday or 3 days ago", text)
	}
	return days.First, nil
}

// DaysNamed reads a day, a month or a year as people write them. today is the day on which it is
// written. What is written without a year is the last one that is not after latest.
func DaysNamed(text string, today, latest Day) (Days, error) {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	for _, read := range []func() (Days, bool){
		func() (Days, bool) { return relativeDay(text, today) },
		func() (Days, bool) { return writtenDays(text) },
		func() (Days, bool) { return yearlessDays(text, latest) },
	} {
		if days, ok := read(); ok && knownDays.Hold(days.First) && knownDays.Hold(days.Last) {
			return days, nil
		}
	}
	return Days{}, errNotDays
}

// relativeDay reads a day that is named by its distance from today.
func relativeDay(text string, today Day) (Days, bool) {
	day := func(d Day) (Days, bool) { return Days{d, d}, true }
	switch text {
	case "today":
		return day(today)
	case "yesterday":
		return day(today - 1)
	}
	if weekday, ok := weekdayNamed(text); ok { // the last one before today
		back := (fromMonday(today.Weekday()) - weekday + 7) % 7
		if back == 0 {
			back = 7
		}
		return day(today - Day(back))
	}
	words := strings.Split(text, " ")
	if len(words) != 3 || words[2] != "ago" {
		return Days{}, false
	}
	n, err := strconv.Atoi(words[0])
	if err != nil || n < 0 || n > mostBack {
		return Days{}, false
	}
	switch strings.TrimSuffix(words[1], "s") {
	case "day":
		return day(today - Day(n))
	case "week":
		return day(today - 7*Day(n))
	case "month":
		return day(today.AddMonths(-n))
	case "year":
		return day(today.AddMonths(-12 * n))
	}
	return Days{}, false
}

// writtenDays reads a day, a month or a year that is written in full.
func writtenDays(text string) (Days, bool) {
	if d, ok := parsedDay(text, dayLayouts); ok {
		return Days{d, d}, true
	}
	if d, ok := parsedDay(text, monthLayouts); ok {
		return Days{d, d.AddMonths(1) - 1}, true
	}
	if d, ok := parsedDay(text, []string{"2006"}); ok {
		return Days{d, d.AddMonths(12) - 1}, true
	}
	return Days{}, false
}

// yearlessDays reads a day or a month without its year.
func yearlessDays(text string, latest Day) (Days, bool) {
	year, _, _ := latest.Date()
	for y := year; y >= year-8; y-- { // leap days can be as far apart
		dated := text + " " + strconv.Itoa(y)
		if d, ok := parsedDay(dated, withYear(yearlessLayouts)); ok && d <= latest {
			return Days{d, d}, true
		}
		if d, ok := parsedDay(dated, withYear(monthNames)); ok && d <= latest {
			return Days{d, d.AddMonths(1) - 1}, true
		}
	}
	return Days{}, false
}

func withYear(layouts []string) []string {
	dated := slices.Clone(layouts)
	for i := range dated {
		dated[i] += " 2006"
	}
	return dated
}

// parsedDay reads a day in one of the layouts.
func parsedDay(text string, layouts []string) (Day, bool) {
	for _, layout := range layouts {
		if t, err := time.Parse(layout, text); err == nil {
			return utcDay(t.Unix()), true
		}
	}
	return 0, false
}
