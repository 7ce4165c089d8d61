package phrase

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"unsaid/store"
)

// UnknownTime stands for a time that no export gave.
const UnknownTime = "time unknown"

// Dates writes days and times in a time zone, in the style of a front end.
type Dates struct {
	Zone         *time.Location
	weekday, day string // layouts
	at           string // stands between a day and a time of it
	to           string // stands between two days
	brief        bool   // whether the first of two days leaves out what the second one says, too
}

// OnScreen writes dates for the eye: 1–29 Feb 2024.
func OnScreen(zone *time.Location) Dates {
	return Dates{zone, "Mon ", "2 Jan 2006", " ", " – ", true}
}

// Spoken writes dates for the ear: 29 February 2024.
func Spoken(zone *time.Location) Dates {
	return Dates{zone, "Monday ", "2 January 2006", " at ", " to ", false}
}

// ISO writes dates for scripts and tables: 2024-02-29.
func ISO(zone *time.Location) Dates {
	return Dates{zone, "", time.DateOnly, " ", " to ", false}
}

// Of is the local day of a time.
func (d Dates) Of(t time.Time) string { return t.In(d.Zone).Format(d.day) }

// Day is a day that is kept as 2024-02-29. What is not a day stays as it is.
func (d Dates) Day(iso string) string {
	day, err := store.ParseDay(iso)
	if err != nil {
		return iso
	}
	return day.Format(d.day)
}

// Moment is a day and a time of it. The zero Time, and the time of an id that holds none, are not known.
func (d Dates) Moment(t time.Time) string {
	if t.IsZero() || t.UnixMilli() == 0 {
		return UnknownTime
	}
	return t.In(d.Zone).Format(d.weekday + d.day + d.at + time.TimeOnly)
}

// Minute is a day and a time of it, for what the program itself did.
func (d Dates) Minute(t time.Time) string { return t.In(d.Zone).Format(d.day + d.at + "15:04") }

// Weekday is a day with its weekday.
func (d Dates) Weekday(day store.Day) string { return day.Format(d.weekday + d.day) }

// Days are days that follow each other; a single one has its weekday.
func (d Dates) Days(days store.Days) string {
	if days.First == days.Last {
		return d.Weekday(days.First)
	}
	return d.days(days.First, days.Last)
}

// Recorded is when a recording was made, and where that is only known by its file, by what.
func (d Dates) Recorded(r *store.Recording) string {
	if r.TimeFrom == store.TimeUnknown {
		return UnknownTime
	}
	text := d.Moment(r.Time)
	switch r.TimeFrom {
	case store.TimeModified:
		return text + ", by the file's date"
	case store.TimeName:
		return text + ", by the file's name"
	}
	return text
}

// Span is the local days of two times. The zero Time stands for one that is not known.
func (d Dates) Span(from, to time.Time) string {
	switch {
	case to.IsZero():
		return UnknownTime
	case from.IsZero():
		return "up to " + d.Of(to)
	}
	return d.days(store.DayOf(from, d.Zone), store.DayOf(to, d.Zone))
}

// days is a range of days: 1–29 Feb 2024, 28 Feb – 3 Mar 2024, 31 Dec 2023 – 1 Jan 2024.
func (d Dates) days(from, to store.Day) string {
	first, last := from.Format(d.day), to.Format(d.day)
	switch {
	case from == to:
		return last
	case !d.brief || from.Format("2006") != to.Format("2006"):
	case from.Format("Jan") == to.Format("Jan"):
		return from.Format("2") + "–" + last
	default:
		first = from.Format("2 Jan")
	}
	return first + d.to + last
}

// Ago says in words how long before today a day was, or how long after it it will be.
func Ago(day, today store.Day) string {
	switch n := int(today - day); {
	case n == 0:
		return "today"
	case n == 1:
		return "yesterday"
	case n == -1:
		return "tomorrow"
	case n < 0:
		return "in " + Comma(-n) + " days"
	}
	return strings.TrimSpace(humanize.CustomRelTime(day.Start(time.UTC), today.Start(time.UTC), "ago", "", magnitudes()))
}

// magnitudes are the units of time gone by. None is rounded up: a year and a half ago is not two years ago.
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

// Length is how long a sound is: 2.4s, 1:07, 1:02:07; "" if that is not known.
func Length(d time.Duration) string {
	switch {
	case d <= 0:
		return ""
	case d < time.Minute:
		return strconv.FormatFloat(d.Seconds(), 'f', 1, 64) + "s"
	case d < time.Hour:
		return fmt.Sprintf("%d:%02d", int(d.Minutes()), int(d.Seconds())%60)
	}
	return fmt.Sprintf("%d:%02d:%02d", int(d.Hours()), int(d.Minutes())%60, int(d.Seconds())%60)
}

// Duration is a long time in words: 41 h, 12 min, 8 s.
func Duration(d time.Duration) string {
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
