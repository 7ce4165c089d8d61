package importer

import (
	"errors"
	"strings"
	"testing"
	"time"
)

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
	} {
		got, err := localTime(spelled)
		if err != nil || !got.Equal(want) {
			t.Errorf("%q: %v, %v; want %v", spelled, got, err, want)
		}
	}
}

func TestLocalTimeRefuses(t *testing.T) {
	for spelled, want := range map[string]error{
		"Jan 31, 2018, 10:54:50 PM":                   errNoZone,
		"Jan 31, 2018":                                errNoDate,
		"31.01.18, 22:54:50 UTC":                      errNoDate, // the year may be first
		"31.01.2018, 22:54 UTC":                       errNoDate, // as a reply may have it
		"Jan 31, 2018, 10:54:50 PM XYZ":               nil,
		"Jan 31, 2018, 10:54:50 PM IST":               nil,
		"2018-1-31 22:54:50 CST":                      errUnclearZone,
		"31 Jan 2018, 22:54:50 BST":                   nil, // in winter it is not Britain's
		"03/04/2018, 22:54:50 UTC":                    errDateOrder,
		"Feb 30, 2018, 10:54:50 PM UTC":               errNoSuchDate,
		"Jan 31, 2018, 13:54:50 PM UTC":               errNoSuchDate,
		"Jan 31, 2018, 25:54:50 UTC":                  errNoSuchDate,
		"31 Jan Feb 2018, 22:54:50 UTC":               errNoDate,
		"31 quux 2018, 22:54:50 UTC":                  errNoDate,
		"31 Jan 2018 5, 22:54:50 UTC":                 errNoDate,
		"31 ม.ค. 2561 22:54:50 UTC":                   errNoDate,
		"31 Jan 2561, 22:54:50 UTC":                   errNoSuchDate, // of the Buddhist calendar
		"wake me on Jan 31 2018 at 10:54:50":          errNoDate,
		"":                                            errNoDate,
		"99999999999999999999 Jan 2018, 22:54:50 UTC": errNoDate,
	} {
		got, err := localTime(spelled)
		if err == nil || want != nil && !errors.Is(err, want) {
			t.Errorf("%q was read as %v, %v; want %v", spelled, got, err, want)
		}
	}
}

func TestMonthWordsMeanOneMonth(t *testing.T) {
	for i, words := range monthWords {
		for _, word := range strings.Fields(words) {
			if monthOf[word] != i+1 || joinsDate(word) {
				t.Errorf("%s is month %d and %d", word, i+1, monthOf[word])
			}
		}
	}
}

func FuzzLocalTime(f *testing.F) {
	for _, s := range []string{"Jan 31, 2018, 10:54:50 PM UTC", "2018. 1. 31. 오후 10:54:50 KST", "31.1.2018 klo 22.54.50 EET", "٣١/٠١/٢٠١٨ ٢٢:٥٤:٥٠ UTC", "a.m.12:00:00a.m."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, err := localTime(s); err == nil && (got.Location() != time.UTC || got.Year() < 1969 || got.Year() > 2200) {
			t.Errorf("%q: %v", s, got)
		}
	})
}
