package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestQueries(t *testing.T) {
	db := open(t)
	jazz := withAudio(said("Kitchen", "2025-03-01 18:42:07", "alexa play some jazz"), "a")
	jazz.Reply, jazz.Kind, jazz.People = "Here's a station", "GENERAL", []IncomingPerson{{Name: "Anna"}}
	noise := withAudio(said("Kitchen", "2025-03-01 03:10:00", "Audio was not intended for Alexa"), "b")
	noise.Unintended, noise.Audio.Duration = true, 12*time.Second
	typed := said("Living Room", "2025-02-28 23:30:00", "¿dónde está el señor?")
	typed.Typed = true
	importAll(t, db, jazz, noise, typed,
		said("Living Room", "2024-12-31 12:00:00", "play rock, please"),
		said("Living Room", "2024-05-03 12:00:00", "число пи"),
		said("Bedroom", "2024-05-02 06:59:59", "good night moon"))
	deleteAll(t, db, "moon")

	for query, want := range map[string]string{
		"":                              "alexa play some jazz|Audio was not intended for Alexa|¿dónde está el señor?|play rock, please|число пи",
		"play":                          "alexa play some jazz|play rock, please",
		"pl":                            "alexa play some jazz|play rock, please", // the last word may be unfinished
		"pl jazz":                       "",                                       // the first may not
		"play jazz":                     "alexa play some jazz",
		`"some jazz"`:                   "alexa play some jazz",
		`"some jazz`:                    "alexa play some jazz", // the quote still being typed
		`"jazz some"`:                   "",
		`said:"Play ROCK please!"`:      "play rock, please",
		`said:"play rock"`:              "",
		"said:senor":                    "",
		`-said:"play rock please" play`: "alexa play some jazz",
		`"ja"`:                          "", // a quoted word is finished
		"play -jazz":                    "play rock, please",
		"-play":                         "Audio was not intended for Alexa|¿dónde está el señor?|число пи",
		"senor":                         "¿dónde está el señor?",
		"SEÑOR":                         "¿dónde está el señor?",
		"число":                         "число пи",
		"station":                       "alexa play some jazz", // replies are searched too
		"device:kitchen":                "alexa play some jazz|Audio was not intended for Alexa",
		`device:"living room"`:          "¿dónde está el señor?|play rock, please|число пи",
		"device:G0KITCHEN jazz":         "alexa play some jazz",
		"device:kitchen device:bed":     "alexa play some jazz|Audio was not intended for Alexa",
		"-device:kitchen play":          "play rock, please",
		"device:cellar":                 "",
		"play device:living":            "play rock, please",
		"on:2025-03-01":                 "alexa play some jazz|Audio was not intended for Alexa",
		"on:2025-02":                    "¿dónde está el señor?",
		"during:2024":                   "play rock, please|число пи",
		"after:2025-03-01":              "alexa play some jazz|Audio was not intended for Alexa",
		"before:2025":                   "play rock, please|число пи",
		"before:2024-05-03":             "",
		"play after:2025":               "alexa play some jazz",
		"-on:2025-03-01 -during:2024":   "¿dónde está el señor?",
		"is:unintended":                 "Audio was not intended for Alexa",
		"-is:unintended on:2025-03":     "alexa play some jazz",
		"is:typed":                      "¿dónde está el señor?",
		"is:requested":                  "",
		"has:audio":                     "alexa play some jazz|Audio was not intended for Alexa",
		"no:audio play":                 "play rock, please",
		"has:reply":                     "alexa play some jazz",
		"person:ann":                    "alexa play some jazz",
		"-person:anna play":             "play rock, please",
		"source:google":                 "",
		"source:amazon число":           "число пи",
		"longer:10":                     "Audio was not intended for Alexa",
		"longer:1s device:kitchen":      "alexa play some jazz|Audio was not intended for Alexa",
		"hour:22-5":                     "Audio was not intended for Alexa|¿dónde está el señor?",
		"hour:12":                       "play rock, please|число пи",
		"-hour:12 -hour:18":             "Audio was not intended for Alexa|¿dónde está el señor?",
		"weekday:sat":                   "alexa play some jazz|Audio was not intended for Alexa",
		"weekday:Tuesday":               "play rock, please",
		"weekday:fri-tue hour:12-23":    "alexa play some jazz|¿dónde está el señor?|play rock, please|число пи",
		"-weekday:fri-mon":              "play rock, please",
		"kind:general":                  "alexa play some jazz",
		"kind:other kind:General":       "alexa play some jazz",
		"-kind:general play":            "play rock, please",
		"no:kind play":                  "play rock, please",
		"import:01 play":                "alexa play some jazz|play rock, please",
		"-import:1":                     "",
		"import:2":                      "",
		"18:42":                         "", // words, not a field
		"?! play":                       "alexa play some jazz|play rock, please",
		"a*b(c) OR NEAR":                "",
		"\u00a0jazz\u00a0":              "alexa play some jazz",
		"play\x00 jazz":                 "alexa play some jazz",
	} {
		if got := words(t, db, mustParse(t, query)); got != want {
			t.Errorf("%q finds\n %s, want\n %s", query, got, want)
		}
	}
	trash := mustParse(t, "night")
	trash.State = Trashed
	if got := words(t, db, trash); got != "good night moon" {
		t.Errorf("in the trash: %q", got)
	}
}

func TestDaysAreLocal(t *testing.T) {
	db := open(t)
	importAll(t, db, said("Kitchen", "2025-03-01 23:30:00", "late"))
	berlin := time.FixedZone("CET", 3600)
	for query, want := range map[string]int{"on:2025-03-02": 1, "on:2025-03-01": 0, "hour:0": 1, "hour:23": 0} {
		q, err := ParseQuery(query, time.Now().In(berlin))
		if err != nil {
			t.Fatal(err)
		}
		if n, err := db.Count(context.Background(), q); err != nil || n != want {
			t.Errorf("%s finds %d, %v", query, n, err)
		}
	}
}

// A recording every half hour, round nights on which clocks skip midnight or go back across it:
// each is on the day that clocks showed, and on no other one.
func TestDaysAreThoseOfTheClock(t *testing.T) {
	for _, c := range []struct{ zone, change string }{
		{"Africa/Cairo", "2024-04-25T22:00:00Z"},
		{"America/Santiago", "2024-09-08T04:00:00Z"},
		{"America/Sao_Paulo", "2018-02-18T02:00:00Z"},
		{"America/Havana", "2024-11-03T05:00:00Z"},
		{"America/St_Johns", "2010-11-07T02:31:00Z"},
		{"Pacific/Apia", "2011-12-30T10:00:00Z"},
	} {
		zone := mustZone(t, c.zone)
		change, err := time.Parse(time.RFC3339, c.change)
		if err != nil {
			t.Fatal(err)
		}
		db := open(t)
		var recs []Incoming
		var days []string
		for i := range 192 {
			at := change.Add(time.Duration(i-96) * 30 * time.Minute)
			days = append(days, at.In(zone).Format(time.DateOnly))
			recs = append(recs, said("Kitchen", at.Format(time.DateTime), fmt.Sprint("words ", i)))
		}
		importAll(t, db, recs...)
		for _, day := range []string{days[0], days[50], days[95], days[96], days[140], days[191]} {
			want := map[string]int{}
			for _, other := range days {
				switch {
				case other == day:
					want["on:"]++
					want["after:"]++
					want["-before:"]++
				case other > day:
					want["after:"]++
					want["-on:"]++
					want["-before:"]++
				default:
					want["before:"]++
					want["-on:"]++
					want["-after:"]++
				}
			}
			for _, field := range []string{"on:", "after:", "before:", "-on:", "-after:", "-before:"} {
				q, err := ParseQuery(field+day, change.In(zone))
				if err != nil {
					t.Fatal(err)
				}
				if n, err := db.Count(t.Context(), q); err != nil || n != want[field] {
					t.Errorf("%s: %s%s finds %d, %v, want %d", c.zone, field, day, n, err, want[field])
				}
			}
		}
	}
}

// What was never in the calendar finds nothing.
func TestSkippedDayFindsNothing(t *testing.T) {
	db := open(t)
	importAll(t, db, said("Kitchen", "2011-12-30 09:59:59", "the 29th"), said("Kitchen", "2011-12-30 10:00:00", "the 31st"))
	apia := mustZone(t, "Pacific/Apia")
	for query, want := range map[string]int{"on:2011-12-29": 1, "on:2011-12-30": 0, "on:2011-12-31": 1, "before:2011-12-30": 1, "after:2011-12-30": 1} {
		q, err := ParseQuery(query, time.Now().In(apia))
		if err != nil {
			t.Fatal(err)
		}
		if n, err := db.Count(t.Context(), q); err != nil || n != want {
			t.Errorf("%s finds %d, %v", query, n, err)
		}
	}
}

// Days are named as people name them, seen from the day of the question.
func TestDaysAreNamedFromToday(t *testing.T) {
	db := open(t)
	importAll(t, db, said("Kitchen", "2025-03-31 22:30:00", "late"), said("Kitchen", "2025-03-30 12:00:00", "sunday"),
		said("Kitchen", "2024-05-03 12:00:00", "may"))
	now := time.Date(2025, 4, 1, 23, 0, 0, 0, time.UTC).In(time.FixedZone("CEST", 7200)) // 2 April there
	for query, want := range map[string]int{
		"on:today": 0, "on:yesterday": 1, `after:yesterday`: 1, "before:yesterday": 2, "on:tue": 1, "on:monday": 0, "on:sunday": 1, "after:sunday": 2,
		`after:"2 days ago"`: 1, `before:"2 days ago"`: 2, `on:"2 days ago"`: 0, `on:"3 days ago"`: 1,
		`on:"3 may"`: 1, "on:may": 1, "during:2025": 2, "before:april": 2, "after:april": 1, `after:"2 Apr 2025"`: 0, `before:"1 apr"`: 2,
	} {
		q, err := ParseQuery(query, now)
		if err != nil {
			t.Fatal(err)
		}
		if n, err := db.Count(t.Context(), q); err != nil || n != want {
			t.Errorf("%s finds %d, %v, want %d", query, n, err, want)
		}
	}
}

func TestWrongTermsAreNamedWhereTheyStand(t *testing.T) {
	for query, want := range map[string]struct {
		at   int
		hint string
	}{
		"jazz on:someday": {5, "2024-05-03"},
		"on:2024-02-30":   {0, "2024-05-03"},
		"color:red":       {0, "there is no color:"},
		"is:nice":         {0, "unintended"},
		"no:way":          {0, "audio"},
		"a  -device:":     {3, "name is missing"},
		"longer:soon":     {0, "10s"},
		"hour:25":         {0, "from 0 to 23"},
		"hour:7-":         {0, "from 0 to 23"},
		"weekday:mo":      {0, "mon or sat-sun"},
		"weekday:mon-":    {0, "mon or sat-sun"},
		"kind:":           {0, "general"},
		`said:"?!"`:       {0, "words are missing"},
		"source:apple":    {0, "amazon"},
		"import:":         {0, "its number"},
		"import:0":        {0, "its number"},
		"import:last":     {0, "its number"},
	} {
		_, err := ParseQuery(query, time.Now())
		var wrong *QueryError
		if !errors.As(err, &wrong) || wrong.At != want.at || !strings.Contains(wrong.Hint, want.hint) {
			t.Errorf("%q: %v", query, err)
		}
	}
}

// plan returns how SQLite carries out a query.
func plan(t *testing.T, db *DB, text string, args ...any) string {
	t.Helper()
	steps, err := all(context.Background(), db.pool, func(rows *sql.Rows) (step string, err error) {
		var id, parent, unused int
		return step, rows.Scan(&id, &parent, &unused, &step)
	}, "EXPLAIN QUERY PLAN "+text, args...)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(steps, "\n")
}

func TestPagesAreReadOffAnIndex(t *testing.T) {
	db := open(t)
	importAll(t, db, said("Kitchen", "2025-03-01 18:42:07", "play"))
	for query, index := range map[string]string{
		"": "COVERING INDEX recordings_by_state", "on:2025-03-01": "INDEX recordings_by_state", "is:unintended": "INDEX recordings_unintended",
		"device:kitchen": "INDEX recordings_by_device", "play": "VIRTUAL TABLE INDEX", "pl": "VIRTUAL TABLE INDEX",
		"play device:kitchen": "VIRTUAL TABLE INDEX", "play -stop on:2025": "VIRTUAL TABLE INDEX",
	} {
		s, err := db.statement(context.Background(), mustParse(t, query), byState)
		if err != nil {
			t.Fatal(err)
		}
		text, args := s.ids()
		got := plan(t, db, text+s.order(Newest), args...)
		if strings.Contains(got, "TEMP B-TREE") || !strings.Contains(got, index) {
			t.Errorf("%q is carried out by %s", query, got)
		}
	}
}

// A word that most recordings have is counted without looking up one of them, also if some of them are in the trash.
func TestAWordIsCountedLive(t *testing.T) {
	db := open(t)
	importAll(t, db, said("Kitchen", "2025-03-01 18:42:07", "play jazz"), said("Kitchen", "2025-03-01 18:43:07", "play"), said("Kitchen", "2025-03-01 18:44:07", "stop"))
	for _, want := range []int{2, 1} {
		if n, err := db.Count(context.Background(), mustParse(t, "play")); err != nil || n != want || len(idsOf(t, db, "play")) != want {
			t.Errorf("%d, %d, %v; want %d", n, len(idsOf(t, db, "play")), err, want)
		}
		if want == 2 {
			deleteAll(t, db, "jazz")
		}
	}
	trashed := mustParse(t, "play")
	trashed.State = Trashed
	if n, err := db.Count(context.Background(), trashed); err != nil || n != 1 {
		t.Errorf("%d in the trash, %v", n, err)
	}
}

func TestPageOffsets(t *testing.T) {
	db := open(t)
	importAll(t, db, said("K", "2025-03-01 10:00:00", "a"), said("K", "2025-03-01 11:00:00", "b"),
		said("K", "2025-03-01 12:00:00", "c"), said("K", "2025-03-01 13:00:00", "d"))
	for _, query := range []string{"", "hour:0-23"} { // in SQL and in Go
		page, err := db.Page(context.Background(), mustParse(t, query), 2, 1)
		if err != nil || len(page) != 2 || page[0].Transcript != "c" || page[1].Transcript != "b" {
			t.Errorf("%q: %v, %v", query, page, err)
		}
	}
}

func FuzzParseQuery(f *testing.F) {
	for _, seed := range []string{"", "play jazz", `"a b`, "-device:x on:2024", "\u00a0", "hour:5-3 -", "weekday:sun-mon kind:x -kind:y", `-"`, "is:", ":", "-:x", "\x85a", `said:"a b" -said:x`} {
		f.Add(seed)
	}
	db := open(f)
	importAll(f, db, said("Kitchen", "2025-03-01 18:42:07", "play some jazz"))
	f.Fuzz(func(t *testing.T, text string) {
		q, err := ParseQuery(text, time.Now())
		var wrong *QueryError
		if err != nil && (!errors.As(err, &wrong) || wrong.At > len(text) || wrong.Hint == "") {
			t.Fatalf("%q: %v", text, err)
		}
		if _, err := db.Page(context.Background(), q, 3, 0); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
	})
}
