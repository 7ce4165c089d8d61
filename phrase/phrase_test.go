package phrase

import (
	"testing"
	"time"

	"unsaid/store"
)

func TestAgo(t *testing.T) {
	now := store.NewDay(2025, 4, 1)
	for days, want := range map[int]string{0: "today", -1: "yesterday", 1: "tomorrow", 30: "in 30 days", -3: "3 days ago", -20: "2 weeks ago", -31: "1 month ago", -560: "18 months ago", -800: "2 years ago"} {
		if got := Ago(now+store.Day(days), now); got != want {
			t.Errorf("%d days: %q, want %q", days, got, want)
		}
	}
}

func TestSpan(t *testing.T) {
	day := func(year int, month time.Month, d int) time.Time {
		return time.Date(year, month, d, 23, 30, 0, 0, time.UTC)
	}
	zone := time.FixedZone("an hour behind", -3600)
	for _, c := range []struct {
		from, to                time.Time
		screen, spoken, scripts string
	}{
		{day(2024, 2, 1), day(2024, 2, 29), "1–29 Feb 2024", "1 February 2024 to 29 February 2024", "2024-02-01 to 2024-02-29"},
		{day(2024, 2, 28), day(2024, 3, 3), "28 Feb – 3 Mar 2024", "28 February 2024 to 3 March 2024", "2024-02-28 to 2024-03-03"},
		{day(2023, 12, 31), day(2024, 1, 1), "31 Dec 2023 – 1 Jan 2024", "31 December 2023 to 1 January 2024", "2023-12-31 to 2024-01-01"},
		{day(2024, 2, 1), day(2024, 2, 1), "1 Feb 2024", "1 February 2024", "2024-02-01"},
		{time.Time{}, day(2024, 2, 1), "up to 1 Feb 2024", "up to 1 February 2024", "up to 2024-02-01"},
		{time.Time{}, time.Time{}, UnknownTime, UnknownTime, UnknownTime},
	} {
		for style, dates := range map[string]Dates{c.screen: OnScreen(zone), c.spoken: Spoken(zone), c.scripts: ISO(zone)} {
			if got := dates.Span(c.from, c.to); got != style {
				t.Errorf("%s – %s: %q, want %q", c.from, c.to, got, style)
			}
		}
	}
}

func TestWhatIsNoneIsNotSaid(t *testing.T) {
	for counts, want := range map[store.ImportCounts]string{
		{Known: 12}:             "12 already here",
		{Added: 1204, Known: 1}: "1,204 new, 1 already here",
		{}:                      "no recordings",
	} {
		if got := Imported(counts); got != want {
			t.Errorf("%+v: %q, want %q", counts, got, want)
		}
	}
}
