package plain

import (
	"context"
	"time"

	"unsaid/phrase"
)

// insights says a few figures about the library.
func (s *session) insights(ctx context.Context, _ string) error {
	totals, err := s.o.DB.Totals(ctx)
	if err != nil {
		return err
	}
	devices, err := s.o.DB.Devices(ctx)
	if err != nil {
		return err
	}
	times, err := s.times(ctx)
	if err != nil {
		return err
	}
	s.say("%s of %s, %s.", phrase.Count(totals.Recordings, "recording"), phrase.Count(totals.Devices, "device"), ofSound(totals.Duration))
	unintended := 0
	for _, d := range devices {
		unintended += d.Unintended
	}
	s.say("%s unintended, that is %d percent.", phrase.Comma(unintended), percent(unintended, totals.Recordings))
	for _, d := range devices {
		if d.Recordings > 0 {
			s.say("%s: %d percent of all recordings, %d percent of them unintended.", phrase.Device(d.Device), percent(d.Recordings, totals.Recordings), percent(d.Unintended, d.Recordings))
		}
	}
	if len(times) == 0 {
		return nil
	}
	days, _ := s.byDay(times)
	s.say("From %s, on %s.", s.dates().Span(times[len(times)-1], times[0]), phrase.Count(len(days), "day"))
	var weekdays [7]int
	var hours [24]int
	for _, t := range times {
		weekdays[t.Weekday()]++
		hours[t.Hour()]++
	}
	day, hour := most(weekdays[:]), most(hours[:])
	s.say("Most on %ss, %s. Most from %d to %d o'clock, %s.", time.Weekday(day), phrase.Comma(weekdays[day]), hour, hour+1, phrase.Comma(hours[hour]))
	return nil
}

// most is the index of the largest number, the first of them.
func most(numbers []int) int {
	at := 0
	for i, n := range numbers {
		if n > numbers[at] {
			at = i
		}
	}
	return at
}
