package store

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// mixed is n recordings that have something in common in every way that is counted.
func mixed(n int) []Incoming {
	random := rand.New(rand.NewPCG(5, 6))
	pick := func(of ...string) string { return of[random.IntN(len(of))] }
	all := make([]Incoming, n)
	for i := range all {
		when := time.Date(2023, 10, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(random.IntN(400*24*3600)) * time.Second)
		rec := said(pick("Kitchen", "Bedroom", "Hall"), when.Format(time.DateTime), pick("Stop.", "stop", "play some jazz", "¿Qué hora es?", "", "?!", fmt.Sprint("number ", i)))
		rec.VendorID = fmt.Sprint("id", i)
		rec.Kind, rec.Unintended = pick("GENERAL", "OTHER", ""), random.IntN(5) == 0
		for range random.IntN(3) {
			name := pick("Anna", "Bob", "")
			rec.People = append(rec.People, IncomingPerson{ID: pick("x", "y") + name, Name: name})
		}
		if random.IntN(10) == 0 {
			rec.Time, rec.TimeFrom = time.Time{}, TimeUnknown
		}
		all[i] = rec
	}
	return all
}

// plainFigures counts recordings one by one, the plain way.
func plainFigures(all []Recording, zone *time.Location) Figures {
	f := Figures{Recordings: len(all)}
	months, devices := map[string]*MonthFigure{}, map[string]*DeviceFigure{}
	people, kinds, phrases, spoken := map[string]int{}, map[string]int{}, map[string]int{}, map[string]string{}
	var order []string
	for _, r := range all { // the newest first
		d := devices[r.Device.Name]
		if d == nil {
			d = &DeviceFigure{Device: r.Device}
			devices[r.Device.Name] = d
		}
		d.Recordings++
		kinds[r.Kind]++
		for _, name := range slices.Compact(slices.Sorted(slices.Values(r.People))) {
			if name != "" {
				people[name]++
			}
		}
		if r.Unintended {
			f.Unintended++
			d.Unintended++
		} else if words := strings.Trim(strings.ToLower(r.Transcript), " .?!¿"); words != "" {
			if phrases[words]++; phrases[words] == 1 {
				order, spoken[words] = append(order, words), r.Transcript
			}
		}
		if r.TimeFrom == TimeUnknown {
			f.Undated++
			continue
		}
		local := r.Time.In(zone)
		f.Week[(local.Weekday()+6)%7][local.Hour()]++
		m := months[local.Format("2006-01")]
		if m == nil {
			m = &MonthFigure{Year: local.Year(), Month: local.Month()}
			months[local.Format("2006-01")] = m
		}
		m.Recordings++
		if r.Unintended {
			m.Unintended++
		}
	}
	if dated := len(all) - f.Undated; dated > 0 {
		total := 0
		last := all[0].Time.In(zone)
		for at := all[dated-1].Time.In(zone); at.Format("2006-01") <= last.Format("2006-01"); at = time.Date(at.Year(), at.Month()+1, 1, 0, 0, 0, 0, zone) {
			m := MonthFigure{Year: at.Year(), Month: at.Month()}
			if there := months[at.Format("2006-01")]; there != nil {
				m = *there
			}
			total += m.Recordings
			m.Total = total
			f.Months = append(f.Months, m)
		}
	}
	for _, d := range devices {
		f.Devices = append(f.Devices, *d)
	}
	slices.SortFunc(f.Devices, func(a, b DeviceFigure) int { return cmp.Or(b.Recordings-a.Recordings, int(a.ID-b.ID)) })
	f.People, f.Kinds = most(people), most(kinds)
	slices.SortStableFunc(order, func(a, b string) int { return phrases[b] - phrases[a] })
	for _, words := range order {
		if phrases[words] > 1 {
			f.Phrases = append(f.Phrases, Figure{Name: spoken[words], Recordings: phrases[words]})
		}
	}
	return f
}

// most is figures of counts by name, without their terms.
func most(counts map[string]int) []Figure {
	var figures []Figure
	for name, n := range counts {
		figures = append(figures, Figure{Name: name, Recordings: n})
	}
	slices.SortFunc(figures, func(a, b Figure) int { return cmp.Or(b.Recordings-a.Recordings, cmp.Compare(a.Name, b.Name)) })
	return figures
}

// withoutTerms is figures as they are when only names and numbers are compared.
func withoutTerms(f Figures) Figures {
	for i := range f.Devices {
		f.Devices[i].Term = ""
	}
	for _, list := range [][]Figure{f.People, f.Phrases, f.Kinds} {
		for i := range list {
			list[i].Term = ""
		}
	}
	return f
}

func TestFiguresAreThoseOfCountingOneByOne(t *testing.T) {
	db, ctx := open(t), context.Background()
	importAll(t, db, mixed(600)...)
	deleteAll(t, db, "on:2023-12")
	sydney, err := time.LoadLocation("Australia/Sydney")
	if err != nil {
		t.Skip(err)
	}
	for _, zone := range []*time.Location{time.UTC, sydney} {
		for _, query := range []string{"", "stop", "-device:kitchen hour:7-20", "person:anna", "weekday:sat-sun jazz", "nothing"} {
			q, err := ParseQuery(query, time.Now().In(zone))
			if err != nil {
				t.Fatal(err)
			}
			ids, err := db.IDs(ctx, q)
			if err != nil {
				t.Fatal(err)
			}
			all, err := db.Recordings(ctx, ids)
			if err != nil {
				t.Fatal(err)
			}
			got, err := db.Figures(ctx, q, zone)
			if want := plainFigures(all, zone); err != nil || !reflect.DeepEqual(withoutTerms(got), want) {
				t.Errorf("%q in %s: %v\n%+v, want\n%+v", query, zone, err, got, want)
			}
		}
	}
}

// What a figure counts is what the terms find that lead to it.
func TestTermsFindWhatFiguresCount(t *testing.T) {
	db, ctx := open(t), context.Background()
	importAll(t, db, mixed(300)...)
	for _, scope := range []string{"", "device:kitchen device:hall -kind:other sto"} {
		f, err := db.Figures(ctx, mustParse(t, scope), time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		finds := func(n int, term string) {
			t.Helper()
			query := Narrow(scope, term)
			if found, err := db.Count(ctx, mustParse(t, query)); err != nil || found != n {
				t.Errorf("%s finds %d, want %d: %v", query, found, n, err)
			}
		}
		for _, m := range f.Months {
			finds(m.Recordings, fmt.Sprintf("during:%d-%02d", m.Year, m.Month))
			finds(m.Unintended, fmt.Sprintf("is:unintended during:%d-%02d", m.Year, m.Month))
		}
		for day, hours := range f.Week {
			for hour, n := range hours {
				if hour%6 == 0 {
					finds(n, fmt.Sprintf("weekday:%s hour:%d", []string{"mon", "TUE", "wed", "Thursday", "fri", "satur", "sun"}[day], hour))
				}
			}
		}
		for _, d := range f.Devices {
			finds(d.Recordings, d.Term)
		}
		for _, p := range f.People {
			finds(p.Recordings, p.Term)
		}
		for _, p := range f.Phrases {
			finds(p.Recordings, p.Term)
		}
		for _, k := range f.Kinds {
			finds(k.Recordings, k.Term)
		}
	}
}

func TestFiguresOfNothing(t *testing.T) {
	f, err := open(t).Figures(context.Background(), Query{}, time.UTC)
	if err != nil || !reflect.DeepEqual(f, Figures{}) {
		t.Errorf("%+v, %v", f, err)
	}
}

func TestPhrasesAreFewAndShort(t *testing.T) {
	db := open(t)
	var all []Incoming
	for i := range 3 * (MostPhrases + 5) {
		when := time.Date(2025, 1, 1, 0, i, 0, 0, time.UTC).Format(time.DateTime)
		all = append(all, said("K", when, fmt.Sprint("number ", i/3)), said("K", when, strings.Repeat("long ", maxPhrase/5+1)))
	}
	importAll(t, db, all...)
	f, err := db.Figures(context.Background(), Query{}, time.UTC)
	if err != nil || len(f.Phrases) != MostPhrases {
		t.Fatalf("%d phrases, %v", len(f.Phrases), err)
	}
	for i, p := range f.Phrases { // those said last go before others said as often
		if want := fmt.Sprint("number ", MostPhrases+4-i); p.Name != want || p.Recordings != 3 {
			t.Errorf("%+v, want %+v", p, want)
		}
	}
}

func TestNarrow(t *testing.T) {
	for _, c := range [][3]string{
		{"", "during:2024-03", "during:2024-03"},
		{"play ja", "during:2024-03", "during:2024-03 play ja"},
		{`"good ni`, "hour:7", `hour:7 "good ni`},
		{`device:"living room"  jazz Device:hall -device:bath`, "device:hall", "device:hall jazz -device:bath"},
		{"device:hall", "person:anna", "person:anna device:hall"},
		{"jazz", `"play jazz"`, `"play jazz" jazz`},
		{"on:2024 hour:5", "during:2024-03", "during:2024-03 on:2024 hour:5"},
		{"source:amazon device:hall -source:files x", "device:=hall source:google", "device:=hall source:google -source:files x"},
		{"kind:a kind:b", "-kind:a said:x", "-kind:a said:x kind:a kind:b"},
	} {
		if got := Narrow(c[0], c[1]); got != c[2] {
			t.Errorf("Narrow(%q, %q) = %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

func BenchmarkFigures(b *testing.B) {
	db := open(b)
	importAll(b, db, synthetic(benchmarkSize(b))...)
	for _, query := range []string{"", "alexa b", "device:kitchen", "on:2015-03"} {
		q := mustParse(b, query)
		b.Run(query, func(b *testing.B) {
			for b.Loop() {
				if _, err := db.Figures(context.Background(), q, time.UTC); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
