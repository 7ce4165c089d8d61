package store

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// variety is recordings of all kinds, of devices, people and kinds whose names hold one another or
// what a query cannot say.
func variety(n int) []Incoming {
	random := rand.New(rand.NewPCG(3, 1))
	devices := []string{"Kitchen", "Kitchen 2", "kitchen", `the "big" one`, "=odd", "tab\there", "-minus", "Büro", "x:y"}
	people := []string{"Anna", "Annabel", "anna", "Ben \u200b", "\x01"}
	kinds := []string{"", "GENERAL", "general", "FALSE WAKE", `a "b"`, "=k"}
	recs := make([]Incoming, n)
	for i := range recs {
		pick := random.IntN(len(devices))
		rec := said(devices[pick], "2024-12-30 20:00:00", []string{"play jazz", "alarm", "", "good night"}[random.IntN(4)])
		rec.Device.Serial = fmt.Sprintf("S%d", pick)
		rec.Time = rec.Time.Add(time.Duration(random.IntN(60*24)) * time.Hour)
		rec.VendorID, rec.Kind = fmt.Sprint(i), kinds[random.IntN(len(kinds))]
		rec.Unintended, rec.Typed = random.IntN(4) == 0, random.IntN(4) == 0
		if i%40 == 7 {
			rec.Time, rec.TimeFrom = time.Time{}, TimeUnknown
		}
		if random.IntN(2) == 0 {
			rec = withAudio(rec, fmt.Sprint(i))
			rec.Audio.Duration = time.Duration(random.IntN(8)) * time.Second
		}
		for range random.IntN(3) {
			rec.People = append(rec.People, IncomingPerson{Name: people[random.IntN(len(people))]})
		}
		recs[i] = rec
	}
	return recs
}

var varied = []string{"", "jazz", "pl", "device:kitchen", "is:typed -is:unintended", "hour:22-5", "on:2025-01 -alarm", "no:audio"}

// Each group is counted as if the recordings were read one by one, and its term finds exactly it.
func TestGroups(t *testing.T) {
	db, ctx := open(t), context.Background()
	importAll(t, db, variety(300)...)
	deleteAll(t, db, "hour:3")
	zone := time.FixedZone("CET", 3600)
	for _, text := range varied {
		q, err := ParseQuery(text, time.Now().In(zone))
		if err != nil {
			t.Fatal(err)
		}
		found, err := db.Page(ctx, q, 1000, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, by := range []Grouping{ByDay, ByMonth, ByHour, ByDevice, ByPerson, ByKind, BySource} {
			want := map[string]int{}
			for _, r := range found {
				for _, name := range belongsTo(&r, by, zone) {
					want[plain(name)]++
				}
			}
			groups, err := db.Groups(ctx, q, by)
			if err != nil {
				t.Fatal(err)
			}
			for _, g := range groups {
				if g.Recordings != want[plain(g.Name)] && g.Name != "\x01" {
					t.Errorf("%q by %s: %q has %d, want %d", text, by, g.Name, g.Recordings, want[plain(g.Name)])
				}
				delete(want, plain(g.Name))
				if g.Term == "" {
					continue
				}
				narrowed, err := ParseQuery(WithTerm(narrowing(text, string(by)), g.Term), time.Now().In(zone))
				if err != nil {
					t.Errorf("%q by %s: %q: %v", text, by, g.Term, err)
				}
				if n, err := db.Count(ctx, narrowed); err != nil || n != g.Recordings {
					t.Errorf("%q by %s: %q finds %d of %d, %v", text, by, g.Term, n, g.Recordings, err)
				}
			}
			if len(want) > 0 {
				t.Errorf("%q by %s: no groups of %v", text, by, want)
			}
		}
	}
}

// narrowing drops what would mean "any of" together with a group's term.
func narrowing(query, field string) string {
	return WithoutTerms(query, func(t TermText) bool { return t.Field == field && !t.Not })
}

func belongsTo(r *Recording, by Grouping, zone *time.Location) []string {
	local := r.Time.In(zone)
	switch by {
	case ByDevice:
		return []string{r.Device.Name}
	case BySource:
		return []string{r.Device.Vendor}
	case ByKind:
		return []string{r.Kind}
	case ByPerson:
		var names []string
		for _, name := range r.People {
			if name != "\x01" && !slices.ContainsFunc(names, func(other string) bool { return plain(other) == plain(name) }) {
				names = append(names, name)
			}
		}
		if len(r.People) == 0 {
			return []string{""}
		}
		return names
	}
	if r.TimeFrom == TimeUnknown {
		return nil
	}
	return []string{map[Grouping]string{ByDay: local.Format("2006-01-02"), ByMonth: local.Format("2006-01"), ByHour: local.Format("15")}[by]}
}

func TestGroupsAreInOrder(t *testing.T) {
	db := open(t)
	importAll(t, db, said("Hall", "2025-03-01 18:00:00", "a"), said("Hall", "2025-03-01 07:00:00", "b"), said("Attic", "2025-02-01 18:30:00", "c"))
	for by, want := range map[Grouping]string{
		ByDay: "2025-03-01 2, 2025-02-01 1", ByMonth: "2025-03 2, 2025-02 1", ByHour: "07 1, 18 2", ByDevice: "Hall 2, Attic 1", ByPerson: " 3",
	} {
		groups, err := db.Groups(context.Background(), Query{}, by)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, g := range groups {
			got = append(got, fmt.Sprint(g.Name, " ", g.Recordings))
		}
		if text := strings.Join(got, ", "); text != want {
			t.Errorf("by %s: %s, want %s", by, text, want)
		}
	}
}

// Every order has the same recordings, sorted as if they had been read one by one.
func TestSorting(t *testing.T) {
	db, ctx := open(t), context.Background()
	importAll(t, db, variety(300)...)
	for _, text := range varied {
		q := mustParse(t, text)
		want, err := db.Page(ctx, q, 1000, 0)
		if err != nil {
			t.Fatal(err)
		}
		length := func(r Recording) time.Duration {
			if r.Audio == nil {
				return 0
			}
			return r.Audio.Duration
		}
		for _, q.Sort = range []Sorting{Newest, Oldest, Longest} {
			slices.SortFunc(want, func(a, b Recording) int {
				switch q.Sort {
				case Oldest:
					return cmp.Compare(a.ID, b.ID)
				case Longest:
					return cmp.Or(cmp.Compare(length(b), length(a)), cmp.Compare(b.ID, a.ID))
				}
				return cmp.Compare(b.ID, a.ID)
			})
			wanted := make([]int64, len(want))
			for i, r := range want {
				wanted[i] = r.ID
			}
			if ids, err := db.IDs(ctx, q); err != nil || !slices.Equal(ids, wanted) {
				t.Errorf("%q in order %d: %v, %v", text, q.Sort, ids, err)
			}
			page, err := db.Page(ctx, q, 5, 3)
			if err != nil {
				t.Fatal(err)
			}
			for i, r := range page {
				if r.ID != wanted[3+i] {
					t.Errorf("%q in order %d: a page has %d at %d", text, q.Sort, r.ID, i)
				}
			}
		}
	}
}

func TestMarkedIsWhatTheOneWhoAsksHasMarked(t *testing.T) {
	db, ctx := open(t), context.Background()
	importAll(t, db, said("K", "2025-03-01 10:00:00", "a"), said("K", "2025-03-01 11:00:00", "b"), said("L", "2025-03-01 12:00:00", "c"))
	ids := idsOf(t, db, "")
	for text, want := range map[string]string{"is:marked": "c|a", "-is:marked": "b", "is:marked device:k": "a"} {
		q := mustParse(t, text)
		if !q.AsksMarked() {
			t.Errorf("%q does not ask for marks", text)
		}
		if _, err := db.IDs(ctx, q); err == nil || !strings.Contains(err.Error(), "terminal program") {
			t.Errorf("%q without marks: %v", text, err)
		}
		q.Marked = map[int64]bool{ids[0]: true, ids[2]: true, 7: true}
		if got := words(t, db, q); got != want {
			t.Errorf("%q finds %s, want %s", text, got, want)
		}
		if n, err := db.Count(ctx, q); err != nil || n != strings.Count(want, "|")+1 {
			t.Errorf("%q counts %d, %v", text, n, err)
		}
	}
}

func TestTermsOfAQuery(t *testing.T) {
	for text, want := range map[string]string{
		"":                              "",
		` jazz  -device:"living room" `: `1 jazz  jazz false|7 -device:"living room" device living room true`,
		`nonsense:x "a b`:               `0 nonsense:x nonsense x false|11 "a b  a b false`,
		`ON:2025`:                       `0 ON:2025 on 2025 false`,
	} {
		var got []string
		for _, term := range Terms(text) {
			got = append(got, fmt.Sprint(term.At, " ", term.Text, " ", term.Field, " ", term.Value, " ", term.Not))
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: %s, want %s", text, strings.Join(got, "|"), want)
		}
	}
	date := func(t TermText) bool { return t.Field == "on" }
	for text, want := range map[string]string{
		"jazz on:2025": "jazz ", "on:2025 jazz on:2024 ": "jazz ", "on:2025": "", `"on:2025" x`: `"on:2025" x`, "jazz": "jazz",
	} {
		if got := WithoutTerms(text, date); got != want {
			t.Errorf("%q without dates: %q, want %q", text, got, want)
		}
	}
	if got := WithTerm("pl", "is:typed"); got != "is:typed pl" || WithTerm("", "is:typed") != "is:typed" {
		t.Errorf("%q", got)
	}
}
