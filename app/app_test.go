package app

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"unsaid/deletion"
	"unsaid/store"
)

// household is a library with two invented recordings of one device, and its app on 1 April 2025.
func household(t *testing.T, keep ...deletion.Rule) (*App, []int64) {
	t.Helper()
	ctx := context.Background()
	db, err := store.Open(ctx, filepath.Join(t.TempDir(), "unsaid.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	im, err := db.BeginImport(ctx, []string{"invented"}, false)
	if err != nil {
		t.Fatal(err)
	}
	for day, words := range []string{"alexa good night", "alexa what time is it"} {
		r := store.Incoming{
			Vendor: store.Amazon, Device: store.IncomingDevice{Name: "Kitchen", Serial: "G0911W0"}, Transcript: words,
			Time: time.Date(2024, 1, 1+day, 12, 0, 0, 0, time.UTC), TimeFrom: store.TimeExact,
		}
		if err := im.Add(ctx, r); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := im.Finish(ctx, store.ImportDone); err != nil {
		t.Fatal(err)
	}
	ids, err := db.IDs(ctx, store.Query{})
	if err != nil || len(ids) != 2 {
		t.Fatal(ids, err)
	}
	now := func() time.Time { return time.Date(2025, 4, 1, 12, 0, 0, 0, time.UTC) }
	return &App{DB: db, Zone: time.UTC, Now: now, Keep: keep, RequestsDir: t.TempDir()}, ids
}

// Keeping the recordings here while nothing is left to ask for is refused, whoever asks, and leaves no deletion behind.
func TestDeletionThatWouldDoNothingIsRefused(t *testing.T) {
	ctx := context.Background()
	a, ids := household(t)
	for _, refused := range []bool{false, true} {
		p, err := a.Propose(ctx, ids)
		if err != nil {
			t.Fatal(err)
		}
		done, err := a.Delete(ctx, p, "all", false, true)
		if refused != (err != nil) {
			t.Fatalf("%+v, %v", done, err)
		}
		if refused && (!strings.Contains(err.Error(), "a draft request asks for all of this already") || store.RemedyOf(err) != store.ListRequests) {
			t.Error(err)
		}
	}
	if undone, err := a.DB.Undo(ctx, 0, false); err != nil || undone.Kind != store.RecordingsDeleted {
		t.Error(undone, err)
	}
	if _, err := a.DB.Undo(ctx, 0, false); err == nil {
		t.Error("the refused deletion can be undone")
	}
}

func TestSuggestionThatARuleMakesTooIsMadeOnce(t *testing.T) {
	a, _ := household(t, deletion.Rule{Days: 90})
	all, err := a.Suggest(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]int{}
	for i, s := range all {
		found[s.Query]++
		if s.Due != (i == 0) {
			t.Errorf("%d. %+v", i, s)
		}
	}
	if found["before:2025-01-01"] != 1 || len(found) != len(all) {
		t.Error(all)
	}
}

func TestRequestIsNotSentInTheFuture(t *testing.T) {
	a, _ := household(t)
	for text, want := range map[string]store.Day{"": store.NewDay(2025, 4, 1), "yesterday": store.NewDay(2025, 3, 31), "2025-04-02": 0} {
		if day, err := a.ReadSentDay(text); (err != nil) != (want == 0) || err == nil && day != want {
			t.Errorf("%q: %s, %v", text, day, err)
		}
	}
}
