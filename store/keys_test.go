package store

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// pieceOf is an utteranceId: that of a piece of an utterance.
func pieceOf(utterance, piece int) string {
	return fmt.Sprintf("A1:1.0/2025/03/01/18/G0KITCHEN/42:07::TNIH_2V.%08dZXV/%d", utterance, piece)
}

// listEntry is an entry of the maker's list, with a key of its own and utterances that others may share.
func listEntry(number int, words string, utterances ...string) Incoming {
	rec := history("2025-03-01 18:42:07", words)
	rec.VendorID, rec.Aliases, rec.Reply = fmt.Sprintf("A3#%d#A1#G0KITCHEN", rec.Time.UnixMilli()+int64(number)), utterances, ""
	return rec
}

// uttered is a row of a table that knows a recording by its utterance alone.
func uttered(utterance, words string) Incoming {
	rec := row("2025-03-01 18:42:07", words)
	rec.Aliases = []string{utterance}
	return rec
}

// entriesOf returns what the library has as "identifier: words, sound", the identifier without what all
// have in common.
func entriesOf(t testing.TB, db *DB) []string {
	t.Helper()
	page, err := db.Page(context.Background(), Query{}, 100, 0)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, r := range page {
		sound := ""
		if r.Audio != nil {
			data, err := db.AudioData(context.Background(), r.Audio.ID)
			if err != nil {
				t.Fatal(err)
			}
			sound = ", " + string(data)
		}
		found = append(found, r.VendorID+": "+r.Transcript+sound)
	}
	slices.Sort(found)
	return found
}

func TestEntriesOfOneUtteranceAreTwo(t *testing.T) {
	wake, request := listEntry(1, "alexa", pieceOf(1, 1)), listEntry(2, "play jazz", pieceOf(1, 1))
	silent := listEntry(1, "", pieceOf(1, 1))
	table := withAudio(uttered(pieceOf(1, 1), "play jazz"), "sound")
	sound := withAudio(uttered(pieceOf(1, 1), ""), "sound")
	for name, tc := range map[string]struct {
		lists [][]Incoming
		want  []string
	}{
		"in one list":             {[][]Incoming{{wake, request}}, []string{wake.VendorID + ": alexa", request.VendorID + ": play jazz"}},
		"in two lists":            {[][]Incoming{{wake}, {request}}, []string{wake.VendorID + ": alexa", request.VendorID + ": play jazz"}},
		"and in a table":          {[][]Incoming{{wake, request}, {table}}, []string{wake.VendorID + ": alexa", request.VendorID + ": play jazz, sound"}},
		"a silent one":            {[][]Incoming{{silent, request}, {table}}, []string{silent.VendorID + ": ", request.VendorID + ": play jazz, sound"}},
		"a sound by its name":     {[][]Incoming{{silent, request}, {sound}}, []string{silent.VendorID + ": ", request.VendorID + ": play jazz, sound"}},
		"one entry, and a table":  {[][]Incoming{{request}, {table}}, []string{request.VendorID + ": play jazz, sound"}},
		"the same by another key": {[][]Incoming{{request}, {listEntry(2, "play jazz")}}, []string{request.VendorID + ": play jazz"}},
	} {
		t.Run(name, func(t *testing.T) {
			for _, backward := range []bool{false, true} {
				lists := slices.Clone(tc.lists)
				if backward {
					slices.Reverse(lists)
				}
				db := open(t)
				for _, list := range append(lists, lists...) {
					importAll(t, db, list...)
				}
				if got := entriesOf(t, db); !slices.Equal(got, tc.want) {
					t.Errorf("backward %v: %q, want %q", backward, got, tc.want)
				}
			}
		})
	}
}

// An entry has two utterance ids and no words yet. Of two rows of a table that name them, one has the words of a
// request that comes later; the other one is still the entry and not a third recording.
func TestARowThatOnlyNamesAnEntryIsNotAnother(t *testing.T) {
	db := open(t)
	first, second := listEntry(0, ""), listEntry(1, "play jazz")
	first.Aliases = []string{pieceOf(1, 0), pieceOf(0, 0)}
	second.Aliases = []string{pieceOf(0, 0)}
	named, worded := row("2025-03-01 18:42:07", ""), row("2025-03-01 18:42:07", "play jazz")
	named.Aliases, worded.Aliases = []string{pieceOf(1, 0)}, []string{pieceOf(0, 0)}
	for range 2 {
		importAll(t, db, first)
		importAll(t, db, named, worded)
		importAll(t, db, second)
		if got := entriesOf(t, db); len(got) != 2 {
			t.Fatalf("%d recordings of 2 entries: %q", len(got), got)
		}
	}
}

// Whatever entries share, in whatever order their lists and tables come: each is there once, with its
// own words, and doing it again adds nothing.
func TestEveryEntryIsOneRecording(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		db := open(t)
		var entries []Incoming
		lists := make([][]Incoming, 4) // two tables, of which one knows no identifiers, and two pages that may overlap
		for i := range rapid.IntRange(1, 6).Draw(rt, "entries") {
			words := rapid.SampledFrom([]string{"", fmt.Sprintf("request number w%d", i)}).Draw(rt, "words")
			utterances := rapid.SliceOfNDistinct(rapid.IntRange(0, 3), 0, 2, rapid.ID).Draw(rt, "utterances")
			e := listEntry(i, words)
			for _, u := range utterances {
				e.Aliases = append(e.Aliases, pieceOf(u/2, u%2))
			}
			e.Time = e.Time.Add(time.Duration(rapid.IntRange(0, 2).Draw(rt, "later")) * 100 * time.Millisecond)
			entries = append(entries, e)
			page := rapid.IntRange(0, 2).Draw(rt, "page")
			for n := range 2 {
				if page == n || page == 2 {
					lists[n] = append(lists[n], e)
				}
			}
			lined := row("2025-03-01 18:42:07", words)
			lined.Time = e.Time.Truncate(time.Second)
			if words != "" && rapid.Bool().Draw(rt, "in a table") {
				lists[2] = append(lists[2], lined)
			}
			if len(e.Aliases) > 0 && rapid.Bool().Draw(rt, "in a table of utterances") {
				lined.Aliases = e.Aliases[:1]
				lists[3] = append(lists[3], lined)
			}
		}
		// Of which of several entries a row without words is, nobody can tell.
		lists[3] = slices.DeleteFunc(lists[3], func(r Incoming) bool {
			of := 0
			for _, e := range entries {
				if slices.Contains(e.Aliases, r.Aliases[0]) {
					of++
				}
			}
			return r.Transcript == "" && of > 1
		})
		for n := range lists {
			for i := range lists[n] {
				lists[n][i].Origin = fmt.Sprintf("list %d", n)
			}
		}
		for _, list := range rapid.Permutation(lists).Draw(rt, "order") {
			importAll(t, db, list...)
		}
		before := entriesOf(t, db)
		page, err := db.Page(context.Background(), Query{}, 100, 0)
		if err != nil || len(page) != len(entries) {
			rt.Fatalf("%d recordings of %d entries: %q, %v", len(page), len(entries), before, err)
		}
		for _, e := range entries {
			at := slices.IndexFunc(page, func(r Recording) bool { return r.VendorID == e.VendorID })
			if at < 0 || e.Transcript != "" && page[at].Transcript != e.Transcript {
				rt.Fatalf("%s, %q is not among %q", e.VendorID, e.Transcript, before)
			}
		}
		for _, list := range lists {
			if report := importAll(t, db, list...); report.Added > 0 {
				rt.Fatalf("again: %+v, %q", report.ImportCounts, entriesOf(t, db))
			}
		}
	})
}
