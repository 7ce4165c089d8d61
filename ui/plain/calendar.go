package plain

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"unsaid/phrase"
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
	if arg != "" {
		today := s.today()
		asked, err := store.DaysNamed(arg, today, today)
		if err != nil || asked.First == asked.Last {
			return fmt.Errorf("%s is not a month or a year; they are written as 2025-03, March 2025 and 2025", arg)
		}
		times = slices.DeleteFunc(times, func(t time.Time) bool { return !asked.Hold(store.DayOf(t, s.o.Zone)) })
		if year := asked.First.AddMonths(12) - 1; asked.Last != year {
			s.tellDays(times, asked.First)
			return nil
		}
		if len(times) == 0 {
			s.say("Nothing was recorded in %s.", asked.First.Format("2006"))
			return nil
		}
	}
	told := 0
	for rest := times; len(rest) > 0; {
		this := rest[0]
		n := slices.IndexFunc(rest, func(t time.Time) bool { return t.Month() != this.Month() || t.Year() != this.Year() })
		if n < 0 {
			n = len(rest)
		}
		s.tellMonth(rest[:n])
		told++
		rest = rest[n:]
		if told == mostMonths && arg == "" && len(rest) > 0 {
			s.say("There is more before. calendar and a year says its months.")
			return nil
		}
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

// byDay counts the recordings of each day, the newest day first.
func (s *session) byDay(times []time.Time) (days []store.Day, counts []int) {
	found := map[store.Day]int{}
	for _, t := range times {
		found[store.DayOf(t, s.o.Zone)]++
	}
	days = slices.SortedFunc(maps.Keys(found), func(a, b store.Day) int { return cmp.Compare(b, a) })
	for _, d := range days {
		counts = append(counts, found[d])
	}
	return days, counts
}

// tellMonth says how many days of a month have recordings, and which one has most.
func (s *session) tellMonth(times []time.Time) {
	days, counts := s.byDay(times)
	most := slices.Index(counts, slices.Max(counts))
	text := times[0].Format("January 2006") + ": " + phrase.Count(len(days), "day") + " with recordings, " + phrase.Count(len(times), "recording")
	if len(days) > 1 {
		text += fmt.Sprintf(", most on %s, %s", days[most].Format("Monday 2"), phrase.Comma(counts[most]))
	}
	s.say("%s.", text)
}

// tellDays says how much was recorded on each day of a month; times are those of it.
func (s *session) tellDays(times []time.Time, month store.Day) {
	if len(times) == 0 {
		s.say("Nothing was recorded in %s.", month.Format("January 2006"))
		return
	}
	s.tellMonth(times)
	days, counts := s.byDay(times)
	for i, d := range days {
		s.say("%s: %s.", d.Format("Monday 2"), phrase.Comma(counts[i]))
	}
	s.say("day and a day finds what was recorded on it, as in: day %s.", days[0])
}

// day finds what was recorded on a day.
func (s *session) day(ctx context.Context, arg string) error {
	day, err := s.readDay(arg)
	if err != nil {
		return err
	}
	return s.find(ctx, "on:"+day.String())
}
