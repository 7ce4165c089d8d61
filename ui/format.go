package ui

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"unsaid/store"
)

// countOf is a number with its noun: "1 recording", "1,204 recordings".
func countOf(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return comma(n) + " " + noun + "s"
}

// comma is a number with its thousands apart: 1,204.
func comma(n int) string { return humanize.Comma(int64(n)) }

// length is the length of a sound in a list: 2.4s, 1:07, 1:02:07; – if it is not known.
func length(d time.Duration) string {
	switch {
	case d <= 0:
		return "–"
	case d < time.Minute:
		return strconv.FormatFloat(d.Seconds(), 'f', 1, 64) + "s"
	case d < time.Hour:
		return fmt.Sprintf("%d:%02d", int(d.Minutes()), int(d.Seconds())%60)
	}
	return fmt.Sprintf("%d:%02d:%02d", int(d.Hours()), int(d.Minutes())%60, int(d.Seconds())%60)
}

// clock is a position in a clip: 0:01.4.
func clock(d time.Duration) string {
	return fmt.Sprintf("%d:%04.1f", int(d.Minutes()), (d % time.Minute).Truncate(100*time.Millisecond).Seconds())
}

// span is a long duration in words: 41 h, 12 min, 8 s.
func span(d time.Duration) string {
	switch {
	case d >= 10*time.Hour:
		return fmt.Sprintf("%.0f h", d.Hours())
	case d >= time.Hour:
		return fmt.Sprintf("%.1f h", d.Hours())
	case d >= time.Minute:
		return fmt.Sprintf("%.0f min", d.Minutes())
	}
	return fmt.Sprintf("%.0f s", d.Seconds())
}

func size(bytes int64) string { return humanize.Bytes(uint64(max(0, bytes))) }

// Layouts of dates and times on the screen.
const (
	dayLayout    = "Mon 2 Jan 2006"
	timeLayout   = "15:04:05"
	momentLayout = dayLayout + " " + timeLayout
	minuteLayout = "2 Jan 2006 15:04"
)

// daysAgo says in words how long before today a day was, or will be.
func daysAgo(day, today store.Day) string {
	switch n := int(today - day); {
	case n == 0:
		return "today"
	case n == 1:
		return "yesterday"
	case n == -1:
		return "tomorrow"
	case n < 0:
		return "in " + comma(-n) + " days"
	}
	return strings.TrimSpace(humanize.CustomRelTime(day.Start(time.UTC), today.Start(time.UTC), "ago", "", magnitudes()))
}

// magnitudes are the units of time gone by. None is rounded up: what is a year and a half ago is not two.
func magnitudes() []humanize.RelTimeMagnitude {
	const week, month, year = humanize.Week, humanize.Month, 365 * humanize.Day
	return []humanize.RelTimeMagnitude{
		{D: 2 * week, Format: "%d days %s", DivBy: humanize.Day},
		{D: month, Format: "%d weeks %s", DivBy: week},
		{D: 2 * month, Format: "1 month %s", DivBy: 1},
		{D: 2 * year, Format: "%d months %s", DivBy: month},
		{D: math.MaxInt64, Format: "%d years %s", DivBy: year},
	}
}

const unknownTime = "time unknown"

// moment is a recording's day and time.
func moment(r *store.Recording, zone *time.Location) string {
	if r.TimeFrom == store.TimeUnknown {
		return unknownTime
	}
	text := r.Time.In(zone).Format(momentLayout)
	switch r.TimeFrom {
	case store.TimeModified:
		return text + " (by the file's date)"
	case store.TimeName:
		return text + " (by the file's name)"
	}
	return text
}

// days is the span of two times as local days.
func days(from, to time.Time, zone *time.Location) string {
	if from.IsZero() && to.IsZero() {
		return unknownTime
	}
	first, last := from.In(zone).Format("2 Jan 2006"), to.In(zone).Format("2 Jan 2006")
	switch {
	case from.IsZero():
		return "up to " + last
	case first == last:
		return first
	}
	if year := from.In(zone).Format(" 2006"); strings.HasSuffix(last, year) {
		first = strings.TrimSuffix(first, year)
	}
	return first + " – " + last
}
