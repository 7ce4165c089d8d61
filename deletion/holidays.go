package deletion

import (
	"slices"
	"time"

	"unsaid/store"
)

// holidays are the public holidays of a place.
type holidays struct {
	fixed  []monthDay
	easter []store.Day // days after Easter Sunday
	nth    []weekdayOf
	moved  bool // a fixed one on a weekend is kept on the next weekday
}

type monthDay struct {
	month time.Month
	day   int
}

// weekdayOf is the n-th weekday of a month, from its end if n is negative.
type weekdayOf struct {
	month   time.Month
	weekday time.Weekday
	n       int
}

// Where the makers answer from. The laws count the holidays of the place where something is to be done.
var (
	// Amazon's controller for the EU. Law of 25 April 2019 on public holidays, Code du travail Art. L. 232-2.
	luxembourg = holidays{
		fixed: []monthDay{
			{time.January, 1},
			{time.May, 1},
			{time.May, 9},
			{time.June, 23},
			{time.August, 15},
			{time.November, 1},
			{time.December, 25},
			{time.December, 26},
		},
		easter: []store.Day{1, 39, 50},
	}
	// Google's. Organisation of Working Time Act 1997, second schedule. St Brigid's Day is 1 February if that is a Friday.
	ireland = holidays{
		fixed:  []monthDay{{time.January, 1}, {time.March, 17}, {time.December, 25}, {time.December, 26}},
		easter: []store.Day{1},
		nth: []weekdayOf{
			{time.February, time.Monday, 1},
			{time.May, time.Monday, 1},
			{time.June, time.Monday, 1},
			{time.August, time.Monday, 1},
			{time.October, time.Monday, -1},
		},
	}
	// England and Wales. Banking and Financial Dealings Act 1971.
	unitedKingdom = holidays{
		fixed:  []monthDay{{time.January, 1}, {time.December, 25}, {time.December, 26}},
		easter: []store.Day{-2, 1},
		nth:    []weekdayOf{{time.May, time.Monday, 1}, {time.May, time.Monday, -1}, {time.August, time.Monday, -1}},
		moved:  true,
	}
	// Government Code § 6700.
	california = holidays{
		fixed: []monthDay{{time.January, 1}, {time.March, 31}, {time.July, 4}, {time.November, 11}, {time.December, 25}},
		nth: []weekdayOf{
			{time.January, time.Monday, 3},
			{time.February, time.Monday, 3},
			{time.May, time.Monday, -1},
			{time.September, time.Monday, 1},
			{time.November, time.Thursday, 4},
		},
		moved: true,
	}
)

// holidaysOf returns the holidays where a maker answers requests under EU law.
func holidaysOf(vendor string) holidays {
	if vendor == store.Google {
		return ireland
	}
	return luxembourg
}

// workingDay returns the day itself if it is a working day, else the next one.
func workingDay(day store.Day, h holidays) store.Day {
	for isWeekend(day) || h.has(day) {
		day++
	}
	return day
}

func isWeekend(day store.Day) bool {
	return day.Weekday() == time.Saturday || day.Weekday() == time.Sunday
}

// has reports whether a day is a holiday.
func (h holidays) has(day store.Day) bool {
	year, _, _ := day.Date()
	return slices.Contains(h.in(year), day)
}

// in returns the holidays of a year.
func (h holidays) in(year int) []store.Day {
	var list []store.Day
	for _, offset := range h.easter {
		list = append(list, easter(year)+offset)
	}
	for _, w := range h.nth {
		list = append(list, w.in(year))
	}
	for _, f := range h.fixed {
		day := store.NewDay(year, f.month, f.day)
		for h.moved && (isWeekend(day) || slices.Contains(list, day)) {
			day++
		}
		list = append(list, day)
	}
	return list
}

func (w weekdayOf) in(year int) store.Day {
	if w.n < 0 {
		last := store.NewDay(year, w.month+1, 0)
		return last - store.Day((last.Weekday()-w.weekday+7)%7)
	}
	first := store.NewDay(year, w.month, 1)
	return first + store.Day((w.weekday-first.Weekday()+7)%7) + store.Day(7*(w.n-1))
}

// easter returns Easter Sunday of a year, by the algorithm of Meeus, Jones and Butcher for the Gregorian calendar.
func easter(year int) store.Day {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 19*l) / 433
	month := (h + l - 7*m + 90) / 25
	day := (h + l - 7*m + 33*month + 19) % 32
	return store.NewDay(year, time.Month(month), day)
}
