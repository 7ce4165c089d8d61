package importer

import (
	"errors"
	"testing"
	"time"
)

func TestParseDate(t *testing.T) {
	evening := utc(2025, 3, 1, 18, 42, 7)
	for cell, want := range map[string]time.Time{
		"2025-03-01T18:42:07Z":             evening,
		"2025-03-01T18:42:07.041Z":         evening.Add(41 * time.Millisecond),
		"2025-03-01T18:42:07.041234567Z":   evening.Add(41234567),
		"2025-03-01T20:42:07+02:00":        evening,
		"2025-03-01T13:42:07-0500":         evening,
		"2025-03-01 18:42:07":              evening,
		" 2025-03-01  18:42:07 UTC ":       evening,
		"2025-03-01 18:42":                 utc(2025, 3, 1, 18, 42, 0),
		"2025-03-01":                       utc(2025, 3, 1, 0, 0, 0),
		"2025/03/01 18:42:07":              evening,
		"03/01/2025 18:42":                 utc(2025, 3, 1, 18, 42, 0),
		"03/01/2025 18:42:07":              evening,
		"03/01/2025 18:42:07 UTC":          evening,
		"3/1/25 6:42:07 PM UTC":            evening,
		"3/1/25 6:42:07\u202fPM UTC":       evening,
		"3/1/25 10:42:07 AM PST":           evening,
		"3/1/25 12:00:00 AM UTC":           utc(2025, 3, 1, 0, 0, 0),
		"3/1/25 12:00:00 PM UTC":           utc(2025, 3, 1, 12, 0, 0),
		"01.03.2025 18:42:07":              evening,
		"Mar 1, 2025, 6:42:07 PM":          evening,
		"Sat, March 1, 2025 at 6:42:07 PM": evening,
		"1 Mar 2025, 18:42:07 GMT+00:00":   evening,
		"1 March 2025 23:42:07 GMT+5":      evening,
		"2 Mar 2025 08:42:07 GMT+14":       evening,
		"1. März 2025 um 18:42:07":         evening,
		"2025年3月1日 下午6:42":                 utc(2025, 3, 1, 18, 42, 0),
		"1.3.2025 18.42.07":                evening,
		"3/1/2025 18:42:7":                 evening,
		"1740854527041":                    evening.Add(41 * time.Millisecond),
		"1740854527":                       evening,
	} {
		got, err := parseDate(cell, monthFirst, time.UTC)
		if err != nil || !got.Equal(want) {
			t.Errorf("%q: %v, %v; want %v", cell, got, err, want)
		}
	}
}

func TestParseDateRefuses(t *testing.T) {
	for _, cell := range []string{
		"", "N/A", "Total: 12", "12", "2025-02-30 10:00:00", "2025-13-01", "13/13/2025", "2025-03-01 25:00:00",
		"2025-03-01 18:42:07 XYZT", "2025-03-01 18:42:07 CET", "2025-03-02 09:42:07 GMT+15", "2025-03-01 18:42:07 GMT+5:60", "1-3-2", "5, 6, 7, 2025", "3/1/25 13:00 PM", "play 3/1/2025", "2025-03", "0000000000000",
		"99999999999999999999", "Mar", "Sat", "1 Mar", "1/2/345",
	} {
		if got, err := parseDate(cell, monthFirst, time.UTC); err == nil {
			t.Errorf("%q was read as %v", cell, got)
		}
	}
}

func TestParseDateOrder(t *testing.T) {
	if _, err := parseDate("03/04/2025 10:00", orderUnknown, time.UTC); !errors.Is(err, errDateOrder) {
		t.Errorf("an ambiguous date gave %v", err)
	}
	for _, c := range []struct {
		cell  string
		order dateOrder
		want  time.Time
	}{
		{"03/04/2025 10:00", monthFirst, utc(2025, 3, 4, 10, 0, 0)},
		{"03/04/2025 10:00", dayFirst, utc(2025, 4, 3, 10, 0, 0)},
		{"25/04/2025 10:00", orderUnknown, utc(2025, 4, 25, 10, 0, 0)},
		{"04/25/2025 10:00", orderUnknown, utc(2025, 4, 25, 10, 0, 0)},
		{"04/04/2025 10:00", orderUnknown, utc(2025, 4, 4, 10, 0, 0)},
	} {
		if got, err := parseDate(c.cell, c.order, time.UTC); err != nil || !got.Equal(c.want) {
			t.Errorf("%q: %v, %v; want %v", c.cell, got, err, c.want)
		}
	}
}

func TestParseDateUsesTheZoneOnlyWhereNoneIsGiven(t *testing.T) {
	berlin := time.FixedZone("CET", 3600)
	if got, err := parseDate("2025-03-01 18:00:00", orderUnknown, berlin); err != nil || !got.Equal(utc(2025, 3, 1, 17, 0, 0)) {
		t.Errorf("without a zone: %v, %v", got, err)
	}
	if got, err := parseDate("2025-03-01 18:00:00 UTC", orderUnknown, berlin); err != nil || !got.Equal(utc(2025, 3, 1, 18, 0, 0)) {
		t.Errorf("with a zone: %v, %v", got, err)
	}
}

func TestDateInName(t *testing.T) {
	for name, want := range map[string]time.Time{
		"2024-05-03_18_42_07":         utc(2024, 5, 3, 18, 42, 7),
		"2024-05-03_18_42_07_041_UTC": utc(2024, 5, 3, 18, 42, 7).Add(41 * time.Millisecond),
		"kitchen-20240503T184207Z":    utc(2024, 5, 3, 18, 42, 7),
		"2024-05-03 18.42.07":         utc(2024, 5, 3, 18, 42, 7),

		"(2018-05-15T15_07_41+0200)_TEXT(alexa stop)": utc(2018, 5, 15, 13, 7, 41),
		"2024-05-03T18-42-07-08-00":                   utc(2024, 5, 4, 2, 42, 7),
		"20240503_184207+05":                          utc(2024, 5, 3, 13, 42, 7),
		"20240503_184207-0001":                        utc(2024, 5, 3, 18, 42, 7), // a number, no offset
		"1612297041.815":                              utc(2021, 2, 2, 20, 17, 21).Add(815 * time.Millisecond),
		"1612297041815":                               utc(2021, 2, 2, 20, 17, 21).Add(815 * time.Millisecond),
	} {
		if got, ok := dateInName(name, time.UTC); !ok || !got.Equal(want) {
			t.Errorf("%q: %v, %v", name, got, ok)
		}
	}
	for _, name := range []string{"clip 12", "20241399T000000", "song-2024", "16122970418", "1234567890123-wake"} {
		if got, ok := dateInName(name, time.UTC); ok {
			t.Errorf("%q was read as %v", name, got)
		}
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2025-03-01T18:42:07.041Z", "3/1/25 6:42:07 PM PST", "Sat, March 1, 2025 at 6:42 PM", "1740854527041", "1 Mar 2025 GMT+5", "Mon Mon Mon"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		for _, order := range []dateOrder{orderUnknown, monthFirst, dayFirst} {
			got, err := parseDate(cell, order, time.UTC)
			if err == nil && (got.Year() < 1969 || got.Year() > 2200) {
				t.Errorf("%q was read as %v", cell, got)
			}
		}
		dateInName(cell, time.UTC)
		identify(cell)
	})
}
