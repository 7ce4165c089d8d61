package deletion

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestDayStart(t *testing.T) {
	for _, c := range []struct{ zone, day, want string }{
		{"UTC", "2025-03-01", "2025-03-01T00:00:00Z"},
		{"Europe/Berlin", "2025-03-30", "2025-03-29T23:00:00Z"},
		{"Europe/Berlin", "2025-03-31", "2025-03-30T22:00:00Z"},
		{"Asia/Kolkata", "2025-03-01", "2025-02-28T18:30:00Z"},
		{"America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"}, // begins at 01:00
		{"Pacific/Apia", "2011-12-29", "2011-12-29T10:00:00Z"},
		{"Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z"}, // never was
		{"Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z"},
		{"America/Havana", "2024-11-03", "2024-11-03T04:00:00Z"}, // 00:00 comes twice
	} {
		d, err := parseDay(c.day)
		if err != nil {
			t.Fatal(err)
		}
		if got := d.start(zone(t, c.zone)).UTC().Format(time.RFC3339); got != c.want {
			t.Errorf("%s in %s starts at %s, want %s", c.day, c.zone, got, c.want)
		}
	}
}

func TestCalendarAgreesWithTheStandardLibrary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		z := draw(t)
		days := calendar{zone: z}
		for range 20 {
			unix := rapid.Int64Range(-5e9, 7e9).Draw(t, "unix")
			want := time.Unix(unix, 0).In(z).Format(time.DateOnly)
			if got := days.day(unix).String(); got != want {
				t.Fatalf("%d in %s is %s, want %s", unix, z, got, want)
			}
		}
	})
}

func TestParseDayRefusesWhatIsNoDay(t *testing.T) {
	for _, s := range []string{"", "2025-02-30", "2025-3-1", "2025-03-01T00:00:00Z"} {
		if d, err := parseDay(s); err == nil {
			t.Errorf("%q is read as %s", s, d)
		}
	}
}
