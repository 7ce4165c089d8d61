package store

import (
	_ "embed"
	"fmt"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // so that all zones are known on every machine

	"pgregory.net/rapid"
)

// zoneNames are those of the tz database.
//
//go:embed testdata/zones.txt
var zoneNames string

func mustZone(t testing.TB, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func mustDay(t testing.TB, s string) Day {
	t.Helper()
	d, err := ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDayBounds(t *testing.T) {
	for _, c := range []struct{ zone, day, start, end string }{
		{"UTC", "2025-03-01", "2025-03-01T00:00:00Z", "2025-03-02T00:00:00Z"},
		{"Europe/Berlin", "2025-03-30", "2025-03-29T23:00:00Z", "2025-03-30T22:00:00Z"},
		{"Asia/Kolkata", "2025-03-01", "2025-02-28T18:30:00Z", "2025-03-01T18:30:00Z"},
		{"America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z"}, // begins at 01:00
		{"America/Santiago", "2024-09-08", "2024-09-08T04:00:00Z", "2024-09-09T03:00:00Z"},  // begins at 01:00
		{"Pacific/Apia", "2011-12-29", "2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z"},
		{"Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z", "2011-12-30T10:00:00Z"}, // never was
		{"Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z"},
		{"America/Havana", "2024-11-03", "2024-11-03T04:00:00Z", "2024-11-04T05:00:00Z"},   // 00:00 comes twice
		{"America/St_Johns", "2010-11-06", "2010-11-06T02:30:00Z", "2010-11-07T03:30:00Z"}, // 00:01 is followed by 23:01
		{"America/St_Johns", "2010-11-07", "2010-11-07T02:30:00Z", "2010-11-08T03:30:00Z"},
	} {
		d, zone := mustDay(t, c.day), mustZone(t, c.zone)
		start, end := d.Start(zone).UTC().Format(time.RFC3339), d.End(zone).UTC().Format(time.RFC3339)
		if start != c.start || end != c.end {
			t.Errorf("%s in %s is %s to %s, want %s to %s", c.day, c.zone, start, end, c.start, c.end)
		}
	}
}

// In every zone, round every change of its clocks, days follow each other and each instant belongs
// to the one day that clocks show.
func TestDaysInEveryZone(t *testing.T) {
	names := strings.Fields(zoneNames)
	if len(names) < 400 {
		t.Fatalf("%d zones", len(names))
	}
	skipped, checked := 0, map[string]bool{}
	for _, name := range names {
		zone := mustZone(t, name)
		changes, history := clockChanges(zone)
		if checked[history] {
			continue // another name of a zone
		}
		checked[history] = true
		for _, change := range changes {
			for d := DayOf(change, zone) - 1; d <= DayOf(change, zone)+1; d++ {
				if err := checkDay(d, zone, change); err != nil {
					t.Fatalf("%s, %s: %v", name, d, err)
				}
				if d.Start(zone).Equal(d.End(zone)) {
					skipped++
				}
			}
		}
	}
	if len(checked) < 200 || skipped == 0 {
		t.Errorf("%d zones, %d days that never were", len(checked), skipped)
	}
}

// clockChanges returns the instants from 1970 to 2037 at which the zone changes its clocks, and a
// text that is the same for zones with the same changes.
func clockChanges(zone *time.Location) (changes []time.Time, history string) {
	var said strings.Builder
	for at := time.Unix(0, 0).In(zone); ; {
		_, ahead := at.Zone()
		fmt.Fprintln(&said, at.Unix(), ahead)
		_, next := at.ZoneBounds()
		if next.IsZero() || next.Year() > 2037 {
			return changes, said.String()
		}
		changes, at = append(changes, next), next
	}
}

// checkDay checks a day near a change of clocks.
func checkDay(d Day, zone *time.Location, change time.Time) error {
	start, end := d.Start(zone), d.End(zone)
	from, to, mixed := Days{d, d}.Bounds(zone)
	switch skipped := start.Equal(end); {
	case !start.Equal(from) || !end.Equal(to):
		return fmt.Errorf("start and end are not the bounds")
	case DayOf(start.Add(-1), zone) >= d || DayOf(end, zone) <= d:
		return fmt.Errorf("reaches beyond %s to %s", start, end)
	case skipped && d.Format(time.DateOnly) == start.In(zone).Format(time.DateOnly):
		return fmt.Errorf("has no length")
	case skipped:
		return nil
	case DayOf(start, zone) != d || DayOf(end.Add(-1), zone) != d:
		return fmt.Errorf("is not the day of %s and %s", start, end)
	case !start.Before((d + 1).Start(zone)) || !end.After((d - 1).End(zone)):
		return fmt.Errorf("does not follow the day before")
	}
	for _, near := range []time.Time{start, end, change} {
		for minutes := -150; minutes <= 150; minutes += 59 {
			at := near.Add(time.Duration(minutes) * time.Minute)
			day := DayOf(at, zone)
			if day != NewDay(at.In(zone).Date()) {
				return fmt.Errorf("%s is on %s", at, day)
			}
			within := !at.Before(from) && at.Before(to)
			if day == d && !within || within && day != d && !mixed {
				return fmt.Errorf("%s is on %s, within %v, mixed %v", at, day, within, mixed)
			}
		}
	}
	return nil
}

func TestDayArithmetic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Day(rapid.IntRange(1, 1_000_000).Draw(t, "day"))
		if got, err := ParseDay(d.String()); err != nil || got != d {
			t.Fatalf("%d is %s and %d, %v", d, d, got, err)
		}
		year, month, date := d.Date()
		if got := NewDay(year, month, date); got != d {
			t.Fatalf("%s is %s", d, got)
		}
		n := rapid.IntRange(-5000, 5000).Draw(t, "months")
		later := d.AddMonths(n)
		wantYear, wantMonth, _ := NewDay(year, month+time.Month(n), 1).Date()
		gotYear, gotMonth, gotDate := later.Date()
		_, tomorrow, _ := (later + 1).Date()
		if gotYear != wantYear || gotMonth != wantMonth || gotDate != date && (gotDate > date || tomorrow == gotMonth) {
			t.Fatalf("%s and %d months is %s", d, n, later)
		}
	})
}

func TestParseDayRefusesWhatIsNoDay(t *testing.T) {
	for _, s := range []string{"", "2025-02-30", "2025-3-1", "2025-03-01T00:00:00Z"} {
		if d, err := ParseDay(s); err == nil {
			t.Errorf("%q is read as %s", s, d)
		}
	}
}

func TestDaysNamed(t *testing.T) {
	today, latest := mustDay(t, "2025-04-01"), mustDay(t, "2025-03-20") // a Tuesday
	for text, want := range map[string][2]string{
		"2024-05-03":    {"2024-05-03", "2024-05-03"},
		" 3  May 2024 ": {"2024-05-03", "2024-05-03"},
		"may 3, 2024":   {"2024-05-03", "2024-05-03"},
		"3.5.2024":      {"2024-05-03", "2024-05-03"},
		"2024-05":       {"2024-05-01", "2024-05-31"},
		"may 2024":      {"2024-05-01", "2024-05-31"},
		"2024":          {"2024-01-01", "2024-12-31"},
		"today":         {"2025-04-01", "2025-04-01"},
		"Yesterday":     {"2025-03-31", "2025-03-31"},
		"monday":        {"2025-03-31", "2025-03-31"},
		"tue":           {"2025-03-25", "2025-03-25"},
		"3 days ago":    {"2025-03-29", "2025-03-29"},
		"1 week ago":    {"2025-03-25", "2025-03-25"},
		"2 months ago":  {"2025-02-01", "2025-02-01"},
		"1 year ago":    {"2024-04-01", "2024-04-01"},
		"3 may":         {"2024-05-03", "2024-05-03"},
		"1 april":       {"2024-04-01", "2024-04-01"},
		"20 mar":        {"2025-03-20", "2025-03-20"},
		"march":         {"2025-03-01", "2025-03-31"},
		"29 feb":        {"2024-02-29", "2024-02-29"},
		"december":      {"2024-12-01", "2024-12-31"},
		"dec 31":        {"2024-12-31", "2024-12-31"},
		"february":      {"2025-02-01", "2025-02-28"},
	} {
		days, err := DaysNamed(text, today, latest)
		if err != nil || days.First.String() != want[0] || days.Last.String() != want[1] {
			t.Errorf("%q is %s to %s, %v", text, days.First, days.Last, err)
		}
	}
	for _, text := range []string{"", "soon", "2024-13", "30 feb", "1812", "99999", "5", "may 40", "9999999 days ago", "-1 days ago", "200 years ago"} {
		if days, err := DaysNamed(text, today, latest); err == nil {
			t.Errorf("%q is %s to %s", text, days.First, days.Last)
		}
	}
	if d, err := DayNamed("yesterday", today); err != nil || d != today-1 {
		t.Errorf("yesterday is %s, %v", d, err)
	}
	if d, err := DayNamed("2024-05", today); err == nil {
		t.Errorf("a month is %s", d)
	}
}

func FuzzDaysNamed(f *testing.F) {
	for _, seed := range []string{"2024-05-03", "may 2024", "3 may", "29 feb", "sun", "0000", "2200-12-31", "3 days ago", "9 years ago"} {
		f.Add(seed)
	}
	today, latest := mustDay(f, "2025-04-01"), mustDay(f, "2024-02-29")
	f.Fuzz(func(t *testing.T, text string) {
		days, err := DaysNamed(text, today, latest)
		if err == nil && (days.First > days.Last || !knownDays.Hold(days.First) || !knownDays.Hold(days.Last)) {
			t.Fatalf("%q is %s to %s", text, days.First, days.Last)
		}
	})
}
