package store

import (
	"context"
	"strings"
	"testing"
	"time"
)

// An identifier stops its recording alone; where there is none to compare, nobody can tell.
func TestWhatMayBePurgedIsLeftOutAndTold(t *testing.T) {
	const when = "2025-03-01 18:42:07"
	later := func(rec Incoming, by time.Duration) Incoming {
		rec.Time = rec.Time.Add(by)
		return rec
	}
	called := func(rec Incoming, id string) Incoming { // as the maker's key of the entry
		rec.VendorID = id
		return rec
	}
	on := func(rec Incoming, d IncomingDevice) Incoming {
		rec.Device = d
		return rec
	}
	also := func(rec Incoming, alias string) Incoming {
		rec.Aliases = []string{alias}
		return rec
	}
	timed := func(rec Incoming, from TimeFrom) Incoming {
		rec.TimeFrom = from
		return rec
	}
	const utterance, otherUtterance = "A1:1.0/2025/03/01/18/G0KITCHEN/42:07::TNIH_2V.0a1b", "A1:1.0/2025/03/01/18/G0KITCHEN/42:07::TNIH_2V.9f9f"
	bedroom := IncomingDevice{Serial: "G0BEDROOM", Type: "A1"}
	added, tombstoned, doubtful := ImportCounts{Added: 1}, ImportCounts{Tombstoned: 1}, ImportCounts{Doubtful: 1}
	for name, tc := range map[string]struct {
		purged, in Incoming
		want       ImportCounts
	}{
		"its identifier":                            {history(when, "a secret"), history(when, "a secret"), tombstoned},
		"its identifier, on no device":              {history(when, "a secret"), on(history(when, "stop"), IncomingDevice{}), tombstoned},
		"one of its identifiers":                    {also(history(when, "a secret"), utterance), also(row(when, "a secret"), utterance), tombstoned},
		"another identifier of a kind":              {history(when, "a secret"), called(history(when, "stop"), "A3#1740854527999#A1#G0KITCHEN"), added},
		"another one of a further kind":             {also(history(when, "a secret"), utterance), also(row(when, "stop"), otherUtterance), added},
		"an identifier of another kind":             {history(when, "a secret"), also(row(when, "stop"), utterance), doubtful},
		"an identifier of another kind, the minute": {history(when, "a secret"), also(row("2025-03-01 18:42:00", "stop"), utterance), added},
		"only the purged one has an identifier":     {history(when, "a secret"), row(when, "stop"), doubtful},
		"only the other one has an identifier":      {row(when, "a secret"), history(when, "stop"), doubtful},
		"no identifiers":                            {row(when, "a secret"), row(when, "stop"), doubtful},
		"no identifiers, the same words":            {row(when, "a secret"), row(when, "a secret"), doubtful},
		"no identifiers, the next second":           {row(when, "a secret"), row("2025-03-01 18:42:08", "stop"), added},
		"no identifiers, within the second":         {later(row(when, "a secret"), 400*time.Millisecond), row("2025-03-01 18:42:08", "stop"), doubtful},
		"cut to the minute":                         {history(when, "a secret"), row("2025-03-01 18:42:00", "stop"), doubtful},
		"the purged one cut to the minute":          {row("2025-03-01 18:42:00", "a secret"), history(when, "stop"), doubtful},
		"another device":                            {row(when, "a secret"), on(row(when, "stop"), bedroom), doubtful}, // of one there is the name, of one the serial
		"another device of a kind":                  {history(when, "a secret"), on(row(when, "stop"), bedroom), added},
		"no device is given":                        {history(when, "a secret"), on(row(when, "stop"), IncomingDevice{}), doubtful},
		"no device was given":                       {on(row(when, "a secret"), IncomingDevice{}), row(when, "stop"), doubtful},
		"no time is known":                          {on(timed(row("1970-01-01 00:00:00", "a secret"), TimeUnknown), bedroom), on(timed(row("1970-01-01 00:00:00", "stop"), TimeUnknown), bedroom), doubtful},
		"no time is known, another device":          {on(timed(row("1970-01-01 00:00:00", "a secret"), TimeUnknown), bedroom), timed(row("1970-01-01 00:00:00", "stop"), TimeUnknown), added},
		"a file's time":                             {timed(row(when, "a secret"), TimeModified), timed(row(when, "stop"), TimeModified), doubtful},
		"a file's time, another one":                {timed(row(when, "a secret"), TimeModified), timed(later(row(when, "stop"), 300*time.Millisecond), TimeModified), added},
		"another maker":                             {row(when, "a secret"), func() Incoming { r := row(when, "stop"); r.Vendor = Google; return r }(), added},
	} {
		t.Run(name, func(t *testing.T) {
			db := open(t)
			importAll(t, db, tc.purged)
			sentRequest(t, db)
			if _, err := db.Purge(context.Background(), 0, nil); err != nil {
				t.Fatal(err)
			}
			for again := range 2 {
				report := importAll(t, db, tc.in)
				got := ImportCounts{Added: report.Added + report.Known, Tombstoned: report.Tombstoned, Doubtful: report.Doubtful}
				if got != tc.want || report.Known > again {
					t.Fatalf("%+v, want %+v", report.ImportCounts, tc.want)
				}
				doubts, err := db.Doubts(context.Background(), report.ID, -1)
				if err != nil || len(doubts) != tc.want.Doubtful || len(doubts) == 1 && tc.in.TimeFrom != TimeUnknown && !doubts[0].Time.Equal(tc.in.Time) {
					t.Errorf("%+v, %v", doubts, err)
				}
			}
			_, _, sightings := facts(t, db)
			for _, s := range sightings {
				if sure := s.Matched != MatchedUnsurely; sure != (tc.want == tombstoned) {
					t.Errorf("seen %+v", s)
				}
			}
			if tc.want != doubtful {
				return
			}
			for again, want := range []ImportCounts{{Added: 1}, {Known: 1}} {
				if report := importDoubtful(t, db, tc.in); report.Added != want.Added || report.Known != want.Known || report.Doubtful != 0 {
					t.Errorf("taken %d times before: %+v", again, report.ImportCounts)
				}
			}
			report := importAll(t, db, tc.in)
			if report.Known != 1 || report.Doubtful != 0 {
				t.Errorf("after it was taken: %+v", report.ImportCounts)
			}
			// That it is here again does not tell whether the maker has the other one.
			_, lists, sightings := facts(t, db)
			if last := sightings[len(sightings)-1]; last.Matched != MatchedUnsurely || lists[len(lists)-1].ID != last.List {
				t.Errorf("seen %+v", sightings)
			}
		})
	}
}

func importDoubtful(t *testing.T, db *DB, recs ...Incoming) ImportReport {
	t.Helper()
	im, err := db.BeginImport(context.Background(), []string{"test.zip"}, false)
	if err != nil {
		t.Fatal(err)
	}
	im.TakeDoubtful()
	for _, rec := range recs {
		if err := im.Add(context.Background(), rec); err != nil {
			t.Fatal(err)
		}
	}
	report, err := im.Finish(context.Background(), ImportDone)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// What two rows of one list may be, neither of them is taken to be; and what one certainly is, the other is not.
func TestDoubtIsNotSettledByOrder(t *testing.T) {
	const when = "2025-03-01 18:42:07"
	db := open(t)
	importAll(t, db, row(when, "a secret"), row(when, "stop"))
	deleteAll(t, db, "secret")
	if _, err := db.Purge(context.Background(), 0, nil); err != nil {
		t.Fatal(err)
	}
	report := importAll(t, db, row(when, "stop"), row(when, "a secret"), row(when, "play jazz"))
	if report.Known != 1 || report.Doubtful != 2 {
		t.Errorf("%+v", report.ImportCounts)
	}

	db = open(t)
	importAll(t, db, history(when, "a secret"))
	deleteAll(t, db, "")
	if _, err := db.Purge(context.Background(), 0, nil); err != nil {
		t.Fatal(err)
	}
	other := row(when, "stop")
	other.Origin = "history.json"
	if report := importAll(t, db, history(when, "a secret"), other); report.Tombstoned != 1 || report.Added != 1 {
		t.Errorf("%+v", report.ImportCounts)
	}
}

// What may be purged does not complete a live recording, which would bring the words back.
func TestDoubtDoesNotCompleteAnother(t *testing.T) {
	const when = "2025-03-01 18:42:07"
	db := open(t)
	wordless, secret := withAudio(row(when, ""), "sound"), row("2025-03-01 18:42:08", "a secret")
	importAll(t, db, secret)
	deleteAll(t, db, "")
	if _, err := db.Purge(context.Background(), 0, nil); err != nil {
		t.Fatal(err)
	}
	wordless.Time = wordless.Time.Add(100 * time.Millisecond)
	secret.Time = secret.Time.Add(-100 * time.Millisecond)
	importDoubtful(t, db, wordless)
	if report := importAll(t, db, secret); report.Doubtful != 1 {
		t.Errorf("%+v", report.ImportCounts)
	}
	if got := words(t, db, Query{}); got != "" {
		t.Errorf("there is %q", got)
	}
}

// What is known by an utterance alone may be either of its entries, unless it has the words of one: it does
// not bring back what was said in a purged one.
func TestDoubtOfAnUtterance(t *testing.T) {
	silent, wake, request := listEntry(1, "", pieceOf(1, 1)), listEntry(1, "alexa", pieceOf(1, 1)), listEntry(2, "play jazz", pieceOf(1, 1))
	for name, tc := range map[string]struct {
		kept, purged, in Incoming
		want             ImportCounts
	}{
		"the words of the purged one, kept without": {silent, request, uttered(pieceOf(1, 1), "play jazz"), ImportCounts{Doubtful: 1}},
		"nothing":                     {wake, request, uttered(pieceOf(1, 1), ""), ImportCounts{Doubtful: 1}},
		"the words of the purged one": {wake, request, uttered(pieceOf(1, 1), "play jazz"), ImportCounts{Tombstoned: 1}},
		"the words of the kept one":   {request, wake, uttered(pieceOf(1, 1), "play jazz"), ImportCounts{Known: 1}},
		"a sound":                     {wake, request, withAudio(uttered(pieceOf(1, 1), ""), "play jazz"), ImportCounts{Doubtful: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			db := open(t)
			importAll(t, db, tc.kept, tc.purged)
			deleteAll(t, db, tc.purged.Transcript)
			if _, err := db.Purge(context.Background(), 0, nil); err != nil {
				t.Fatal(err)
			}
			report := importAll(t, db, tc.in)
			if got := (ImportCounts{Tombstoned: report.Tombstoned, Doubtful: report.Doubtful, Known: report.Known}); got != tc.want || report.Added+report.Completed > 0 {
				t.Errorf("%+v, want %+v", report.ImportCounts, tc.want)
			}
			if tc.want.Doubtful == 0 {
				return
			}
			if report := importDoubtful(t, db, tc.in); report.Added != 1 {
				t.Errorf("taken: %+v", report.ImportCounts)
			}
			if report := importDoubtful(t, db, tc.in); report.Known != 1 || report.Added != 0 {
				t.Errorf("taken again: %+v", report.ImportCounts)
			}
			if report := importAll(t, db, tc.in); report.Known != 1 {
				t.Errorf("after it was taken: %+v", report.ImportCounts)
			}
		})
	}
}

// Of two sounds under one identifier each stays what it is when the other one is purged.
func TestTwinsOfAnIdentifierArePurgedApart(t *testing.T) {
	for _, purged := range []string{"one", "two"} {
		db := open(t)
		one, two := withAudio(history("2025-03-01 18:42:07", "one"), "sound one"), withAudio(history("2025-03-01 18:42:07", "two"), "sound two")
		importAll(t, db, one, two)
		deleteAll(t, db, purged)
		if _, err := db.Purge(context.Background(), 0, nil); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if report := importAll(t, db, one, two); report.Tombstoned != 1 || report.Known != 1 {
				t.Errorf("%s purged: %+v", purged, report.ImportCounts)
			}
		}
	}
}

// A tombstone is the same whatever was said: not a bit of it is a hash of the words or of the sound.
func TestTombstonesTellNothingOfWords(t *testing.T) {
	var left []string
	for _, secret := range []string{"xylophonist zanzibar", "a secret"} {
		db := open(t)
		named := row("2025-03-02 18:42:07", secret)
		named.FileName = secret
		importAll(t, db, withAudio(row("2025-03-01 18:42:07", secret), secret), named, withAudio(history("2025-03-03 18:42:07", secret), secret))
		deleteAll(t, db, "")
		if _, err := db.Purge(context.Background(), 0, nil); err != nil {
			t.Fatal(err)
		}
		rows, err := all(context.Background(), db.read, scanValue[string],
			`SELECT concat_ws(' ', id, device_id, vendor_id) FROM tombstones UNION ALL SELECT hex(key) FROM recording_keys`)
		if err != nil || len(rows) != 4 {
			t.Fatal(rows, err)
		}
		left = append(left, strings.Join(rows, "\n"))
	}
	if left[0] != left[1] {
		t.Errorf("of one:\n%s\nof the other:\n%s", left[0], left[1])
	}
}
