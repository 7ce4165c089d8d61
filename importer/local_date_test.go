package importer

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"
)

// pageTime reads the only date of a page.
func pageTime(text string) (time.Time, error) {
	s, err := readDate(text)
	if err != nil {
		return time.Time{}, err
	}
	d := pageDates{unclear: map[string]spelling{}}
	d.add(s)
	f := takeoutFile{takeoutImport: &takeoutImport{in: &Input{tree: &tree{}}}, m: &member{}}
	if f.clock.order, err = d.dateOrder(orderUnknown); err != nil {
		return time.Time{}, err
	}
	if f.clock.zones, err = f.settleZones(context.Background(), d); err != nil {
		return time.Time{}, err
	}
	return f.clock.time(s)
}

func TestLocalTime(t *testing.T) {
	evening := utc(2018, 1, 31, 22, 54, 50)
	for spelled, want := range map[string]time.Time{
		"Jan 31, 2018, 10:54:50 PM UTC":           evening,
		"Jan 31, 2018, 10:54:50\u202fPM UTC":      evening,
		"Jan 31, 2018, 10:54:50\u00a0PM EST":      evening.Add(5 * time.Hour),
		"Jan 31, 2018, 12:54:50 AM UTC":           utc(2018, 1, 31, 0, 54, 50),
		"Jan. 31, 2018, 10:54:50 p.m. EST":        evening.Add(5 * time.Hour),
		"6 Oct 2020, 14:32:28 PDT":                utc(2020, 10, 6, 21, 32, 28),
		"18 Sept 2025, 12:02:52 CEST":             utc(2025, 9, 18, 10, 2, 52),
		"6 Oct 2020, 14:32:28 BST":                utc(2020, 10, 6, 13, 32, 28),
		"4 Dec 2025, 23:07:41 GMT+05:30":          utc(2025, 12, 4, 17, 37, 41),
		"4 Dec 2025, 23:07:41 GMT+8":              utc(2025, 12, 4, 15, 7, 41),
		"4 déc. 2025, 23:07:41 UTC\u22125":        utc(2025, 12, 5, 4, 7, 41),
		"31.01.2018, 22:54:50 MEZ":                evening.Add(-time.Hour),
		"31.07.2018, 22:54:50 MESZ":               utc(2018, 7, 31, 20, 54, 50),
		"31. Jan. 2018, 22:54:50 MEZ":             evening.Add(-time.Hour),
		"31 janv. 2018 à 22:54:50 CET":            evening.Add(-time.Hour),
		"31 ene 2018, 22:54:50 CET":               evening.Add(-time.Hour),
		"31 ene. 2018, 10:54:50 p. m. GMT-5":      evening.Add(5 * time.Hour),
		"31 gen 2018, 22:54:50 CET":               evening.Add(-time.Hour),
		"10 de mai. de 2026, 03:46:09 BRT":        utc(2026, 5, 10, 6, 46, 9),
		"31 jan 2018 22:54:50 CET":                evening.Add(-time.Hour),
		"31 mrt 2018 22:54:50 CEST":               utc(2018, 3, 31, 20, 54, 50),
		"31 sty 2018, 22:54:50 CET":               evening.Add(-time.Hour),
		"31. jan. 2018 22.54.50 CET":              evening.Add(-time.Hour),
		"31.1.2018 klo 22.54.50 EET":              evening.Add(-2 * time.Hour),
		"31.1.2018 klo 22.54.50 UTC+02:00":        evening.Add(-2 * time.Hour),
		"31 Oca 2018 22:54:50 TRT":                evening.Add(-3 * time.Hour),
		"2018. jan. 31. 22:54:50 CET":             evening.Add(-time.Hour),
		"31 янв. 2018 г., 22:54:50 MSK":           evening.Add(-3 * time.Hour),
		"31 Ιαν 2018, 10:54:50 μ.μ. EET":          evening.Add(-2 * time.Hour),
		"2018/01/31 22:54:50 JST":                 evening.Add(-9 * time.Hour),
		"2018年1月31日 22:54:50 CST":                 evening.Add(-8 * time.Hour),
		"2018年1月31日 下午10:54:50 [GMT+8]":           evening.Add(-8 * time.Hour),
		"2018. 1. 31. 오후 10:54:50 KST":            evening.Add(-9 * time.Hour),
		"\u200f٣١/٠١/٢٠١٨ ٢٢:٥٤:٥٠ UTC":           evening,
		"Jan 31, 2018, 4:54:50 PM CST":            evening,
		"2018-01-31, 10:54:50 p.m. HNE":           evening.Add(5 * time.Hour),
		"31 janv. 2018, 22 h 54 min 50 s HNE":     evening.Add(5 * time.Hour),
		"31 de dezembro de 2017, 23:59:60 GMT+00": utc(2018, 1, 1, 0, 0, 0),
		"Dec 31, 2017, 10:54:50 PM":               utc(2017, 12, 31, 22, 54, 50), // before zones were named
		"31 Jan 2018, 22:54:50 BST":               evening.Add(-time.Hour),       // named in summer
		"30. lip 2018. 22:54:50 CEST":             utc(2018, 6, 30, 20, 54, 50),  // Croatian
		"31 lip 2018, 22:54:50 CEST":              utc(2018, 7, 31, 20, 54, 50),
		"03/04/2018, 22:54:50 UTC":                utc(2018, 4, 3, 22, 54, 50),
		"31 ม.ค. 2561 22:54:50 UTC":               evening,
		"22:54:50 UTC 31 thg 1, 2018":             evening,
		"2018年1月31日 CST 22:54:50":                 evening.Add(-8 * time.Hour),
		"31.01.2018 г., 22:54:50 ч. Гринуич+2":    evening.Add(-2 * time.Hour),
	} {
		got, err := pageTime(spelled)
		if err != nil || !got.Equal(want) {
			t.Errorf("%q: %v, %v; want %v", spelled, got, err, want)
		}
	}
}

func TestLocalTimeRefuses(t *testing.T) {
	for spelled, words := range map[string]string{
		"Jan 31, 2018, 10:54:50 PM":                   "do not say their time zone",
		"Jan 31, 2018, 10:54:50 PM XYZ":               "XYZ",
		"10 Jan 2025, 01:45:00 IST":                   "Asia/Kolkata or Europe/Dublin or Asia/Jerusalem",
		"2018-1-31 22:54:50 CST":                      "Asia/Shanghai",
		"31 Jan 2018, 16:54:50 CST":                   "America/Chicago",
		"Jan 31, 2018, 4:54:50 PM AST":                "Asia/Riyadh",
		"02/04/2024, 10:54:09 p. m. UTC":              "month first or day first", // Panama's or Colombia's
		"Feb 30, 2018, 10:54:50 PM UTC":               errNoSuchDate.Error(),
		"Jan 31, 2018, 13:54:50 PM UTC":               errNoSuchDate.Error(),
		"Jan 31, 2018, 25:54:50 UTC":                  errNoSuchDate.Error(),
		"31 Jan 2561, 22:54:50 UTC":                   errNoSuchDate.Error(), // Buddhist years are Thai
		"31 Jan Feb 2018, 22:54:50 UTC":               errNoDate.Error(),
		"31 quux 2018, 22:54:50 UTC":                  errNoDate.Error(),
		"31 Jan 2018 5, 22:54:50 UTC":                 errNoDate.Error(),
		"wake me on Jan 31 2018 at 10:54:50":          errNoDate.Error(),
		"":                                            errNoDate.Error(),
		"99999999999999999999 Jan 2018, 22:54:50 UTC": errNoDate.Error(),
	} {
		got, err := pageTime(spelled)
		if err == nil {
			t.Errorf("%q was read as %v", spelled, got)
			continue
		}
		mustContain(t, err.Error(), words)
	}
}

func TestIsLocalDate(t *testing.T) {
	for s, want := range map[string]bool{
		"Jan 31, 2018, 10:54:50 PM":                 true,
		"Jan 31, 2018, 10:54:50 PM XYZT":            true,
		"Jan 31, 2018, 10:54:50 PM GMT+05:30":       true,
		"Jan 31, 2018":                              false,
		"31.01.18, 22:54:50 UTC":                    false, // the year may be first
		"31.01.2018, 22:54 UTC":                     false, // as a reply may have it
		"Jan 31, 2018, 10:54:50 PM is when it rang": false,
	} {
		if isLocalDate(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
}

func FuzzLocalTime(f *testing.F) {
	for _, s := range []string{"Jan 31, 2018, 10:54:50 PM UTC", "2018. 1. 31. 오후 10:54:50 KST", "31.1.2018 klo 22.54.50 EET", "٣١/٠١/٢٠١٨ ٢٢:٥٤:٥٠ UTC", "a.m.12:00:00a.m."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, err := pageTime(s); err == nil && (got.Location() != time.UTC || got.Year() < 1969 || got.Year() > 2200) {
			t.Errorf("%q: %v", s, got)
		}
	})
}

// TestLocalTimeInAllLanguages reads dates as each language of CLDR spells them.
func TestLocalTimeInAllLanguages(t *testing.T) {
	spelled, err := os.ReadFile("testdata/cldr_dates.txt")
	if err != nil {
		t.Fatal(err)
	}
	languages := map[string]bool{}
	for line := range strings.Lines(string(spelled)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		languages[fields[0]] = true
		got, err := pageTime(fields[2])
		if err != nil || got.Format(time.RFC3339) != fields[1] {
			t.Errorf("%s %q: %v, %v; want %s", fields[0], fields[2], got, err, fields[1])
		}
	}
	if len(languages) < 100 {
		t.Errorf("only %d languages", len(languages))
	}
}

// TestMeant reads abbreviations by the zone that the user names.
func TestMeant(t *testing.T) {
	for _, c := range []struct {
		name, zone string
		minutes    int // -1 if the zone does not use it
	}{
		{"IST", "Asia/Kolkata", 330},
		{"IST", "Europe/Dublin", 60},
		{"IST", "Asia/Jerusalem", 120},
		{"IST", "Asia/Colombo", 330}, // which has no abbreviation of its own
		{"IST", "+02:00", 120},
		{"IST", "America/New_York", -1},
		{"CST", "Asia/Shanghai", 480},
		{"CST", "America/Havana", -300},
		{"AST", "Asia/Riyadh", 180},
		{"AST", "America/Halifax", -240},
		{"COT", "America/Bogota", -300},
		{"MYT", "Asia/Kuala_Lumpur", 480},
		{"SEČ", "Europe/Prague", 60},
		{"SELČ", "Europe/Prague", 120},
		{"XYZT", "Europe/Berlin", 120}, // in force when the page was made
	} {
		given, err := ParseZone(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		zone, err := meant(c.name, given, utc(2025, 7, 1, 0, 0, 0))
		if err != nil {
			if c.minutes != -1 {
				t.Errorf("%s in %s: %v", c.name, c.zone, err)
			}
			continue
		}
		for _, month := range []time.Month{1, 7} {
			if _, seconds := utc(2025, month, 1, 0, 0, 0).In(zone).Zone(); seconds != c.minutes*60 {
				t.Errorf("%s in %s is %d minutes off in month %d", c.name, c.zone, seconds/60, month)
			}
		}
	}
	for _, wrong := range []string{"", "Local", "IST", "Nowhere/At_All", "+25:00"} {
		if zone, err := ParseZone(wrong); err == nil {
			t.Errorf("%q is %v", wrong, zone)
		}
	}
}
