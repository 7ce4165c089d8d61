package plain

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"unsaid/store"
)

// calendar says how much was recorded when: the months, the newest first, or the days of one.
func (s *session) calendar(ctx context.Context, arg string) error {
	times, err := s.times(ctx)
	if err != nil {
		return err
	}
	if len(times) == 0 {
		return errNoTimes
	}
	if month, err := time.ParseInLocation("2006-01", arg, s.o.Zone); err == nil {
		s.tellDays(times, month)
		return nil
	}
	year, err := strconv.Atoi(arg)
	if err != nil && arg != "" {
		return fmt.Errorf("%s is no month and no year; they are written as 2025-03 and 2025", arg)
	}
	told := 0
	for rest := times; len(rest) > 0; {
		this := rest[0]
		n := slices.IndexFunc(rest, func(t time.Time) bool { return t.Month() != this.Month() || t.Year() != this.Year() })
		if n < 0 {
			n = len(rest)
		}
		if arg == "" || this.Year() == year {
			s.tellMonth(rest[:n])
			told++
		}
		rest = rest[n:]
		if told == mostMonths && arg == "" && len(rest) > 0 {
			s.say("There is more before. calendar and a year says its months.")
			return nil
		}
	}
	if told == 0 {
		s.say("Nothing was recorded in %d.", year)
	}
	return nil
}

// mostMonths is how many months are told unasked.
const mostMonths = 12

// times is when each recording was made, in local time, the newest first, as far as that is known.
func (s *session) times(ctx context.Context) ([]time.Time, error) {
	ids, err := s.o.DB.IDs(ctx, store.Query{})
	if err != nil {
		return nil, err
	}
	times := make([]time.Time, 0, len(ids))
	for _, id := range ids {
		if t := store.IDTime(id); t.UnixMilli() > 0 {
			times = append(times, t.In(s.o.Zone))
		}
	}
	return times, nil
}

// byDay counts the recordings of each day, the days in the order of the times.
func byDay(times []time.Time) (days []time.Time, counts []int) {
	for _, t := range times {
		if n := len(days); n > 0 && days[n-1].Format(time.DateOnly) == t.Format(time.DateOnly) {
			counts[n-1]++
			continue
		}
		days, counts = append(days, t), append(counts, 1)
	}
	return days, counts
}

// tellMonth says how many days of a month have recordings, and which one has most.
func (s *session) tellMonth(times []time.Time) {
	days, counts := byDay(times)
	most := slices.Index(counts, slices.Max(counts))
	text := times[0].Format("January 2006") + ": " + count(len(days), "day") + " with recordings, " + count(len(times), "recording")
	if len(days) > 1 {
		text += fmt.Sprintf(", most on %s, %s", days[most].Format("Monday 2"), comma(counts[most]))
	}
	s.say("%s.", text)
}

// tellDays says how much was recorded on each day of a month.
func (s *session) tellDays(times []time.Time, month time.Time) {
	of := slices.DeleteFunc(slices.Clone(times), func(t time.Time) bool { return t.Format("2006-01") != month.Format("2006-01") })
	if len(of) == 0 {
		s.say("Nothing was recorded in %s.", month.Format("January 2006"))
		return
	}
	s.tellMonth(of)
	days, counts := byDay(of)
	for i, d := range days {
		s.say("%s: %s.", d.Format("Monday 2"), comma(counts[i]))
	}
	s.say("day and a day finds what was recorded on it, as in: day %s.", days[0].Format(time.DateOnly))
}

// day finds what was recorded on a day.
func (s *session) day(ctx context.Context, arg string) error {
	day, err := s.readDay(arg)
	if err != nil {
		return err
	}
	return s.find(ctx, "on:"+day.Format(time.DateOnly))
}
