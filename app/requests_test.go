package app

import (
	"context"
	"slices"
	"testing"
	"time"

	"unsaid/store"
)

// inKitchen and its recordings are made up. Two of them are of one day.
var inKitchen = store.IncomingDevice{Name: "Kitchen", Serial: "G1", Type: "A1"}

func kitchenLibrary(t *testing.T) *store.DB {
	t.Helper()
	db := library(t)
	hear(t, db, store.Amazon, inKitchen, "2025-03-01 10:00:00 one", "2025-03-01 11:00:00 two", "2025-03-05 10:00:00 three")
	return db
}

// send notes that a request was sent.
func send(t *testing.T, db *store.DB, request int64) {
	t.Helper()
	if _, err := over(db, time.Now(), "").MarkSent(context.Background(), request, store.NewDay(2025, 3, 10), ""); err != nil {
		t.Fatal(err)
	}
}

func undo(t *testing.T, db *store.DB) {
	t.Helper()
	if _, err := db.Undo(context.Background(), 0, true); err != nil {
		t.Fatal(err)
	}
}

func TestPlansAfterRequests(t *testing.T) {
	next := []string{"2025-03-01 10:00:00 one", "2025-04-01 10:00:00 later"} // has what was asked for
	for _, c := range []struct {
		name   string
		before func(t *testing.T, db *store.DB)
		query  string
		want   []string
		why    string
	}{
		{
			"what was drafted is not in the way",
			func(t *testing.T, db *store.DB) { discard(t, db, "one", true) },
			"",
			[]string{"device"},
			"",
		},
		{
			"what was sent is not in the way",
			func(t *testing.T, db *store.DB) { send(t, db, discard(t, db, "one", true)[0]) },
			"",
			[]string{"device"},
			"",
		},
		{
			"what was sent and then restored is kept",
			func(t *testing.T, db *store.DB) {
				send(t, db, discard(t, db, "one", true)[0])
				undo(t, db)
			},
			"-one",
			[]string{"single", "single"},
			"",
		},
		{
			"what was restored is asked for if it is chosen again",
			func(t *testing.T, db *store.DB) {
				send(t, db, discard(t, db, "one", true)[0])
				undo(t, db)
			},
			"one",
			[]string{"single"},
			"",
		},
		{
			"what is still there is not in the way",
			func(t *testing.T, db *store.DB) {
				send(t, db, discard(t, db, "one", true)[0])
				hear(t, db, store.Amazon, inKitchen, next...)
				if v := verdictOf(t, db); v.Request.StillThere != 1 {
					t.Fatalf("%+v", v.Request)
				}
			},
			"",
			[]string{"device"},
			"",
		},
		{
			"what is still there and restored is kept",
			func(t *testing.T, db *store.DB) {
				send(t, db, discard(t, db, "one", true)[0])
				undo(t, db)
				hear(t, db, store.Amazon, inKitchen, next...)
				verdictOf(t, db)
			},
			"-one",
			[]string{"single", "range 2025-03-05 2025-04-01"},
			"",
		},
		{
			"what was deleted here alone is kept",
			func(t *testing.T, db *store.DB) { discard(t, db, "one", false) },
			"",
			[]string{"single", "single"},
			"",
		},
		{
			"a draft asks for it",
			func(t *testing.T, db *store.DB) { keepHere(t, db, "one") },
			"one", nil, "a draft request asks for all of this already",
		},
		{
			"the maker was asked",
			func(t *testing.T, db *store.DB) { send(t, db, keepHere(t, db, "one")) },
			"one", nil, "the maker was asked for all of this already",
		},
		{
			"both",
			func(t *testing.T, db *store.DB) {
				send(t, db, keepHere(t, db, "one"))
				keepHere(t, db, "two")
			},
			"on:2025-03-01", nil, "the maker was asked for some of this already, and a draft request asks for the rest",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			db := kitchenLibrary(t)
			c.before(t, db)
			p := proposed(t, db, c.query)
			if got := stepsOf(p.Devices[0].Steps); !slices.Equal(got, c.want) || p.Together().NothingToAsk() != c.why || p.Devices[0].NothingToAsk() != c.why {
				t.Errorf("%q, %q, want %q, %q", got, p.Together().NothingToAsk(), c.want, c.why)
			}
		})
	}
}

// keepHere asks the maker for what a query finds, and keeps it here. It returns the request.
func keepHere(t *testing.T, db *store.DB, query string) int64 {
	t.Helper()
	_, requests, err := db.Delete(context.Background(), proposed(t, db, query).Order(query, false, true))
	if err != nil || len(requests) != 1 {
		t.Fatal(requests, err)
	}
	return requests[0]
}

// A draft is shown with the steps that would be written, and its files are known to be out of date.
func TestDraftsAreShownAsTheyWouldBeWritten(t *testing.T) {
	ctx, now := context.Background(), at(t, "2025-03-06 10:00:00")
	db := kitchenLibrary(t)
	discard(t, db, "one", true)
	request := discard(t, db, "-one", true)[0] // the same draft
	shows := func(when string, outdated bool, want ...string) {
		t.Helper()
		r, err := over(db, time.Time{}, "").Request(ctx, request)
		if err != nil {
			t.Fatal(err)
		}
		all, err := over(db, time.Time{}, "").Requests(ctx)
		if err != nil {
			t.Fatal(err)
		}
		at := slices.IndexFunc(all, func(q store.Request) bool { return q.ID == request })
		for _, q := range []store.Request{r, all[at]} {
			if got := stepsOf(q.Steps); !slices.Equal(got, want) || q.Outdated != outdated {
				t.Errorf("%s: %q, outdated %t; want %q, %t", when, got, q.Outdated, want, outdated)
			}
		}
	}
	write := func() {
		t.Helper()
		if _, err := over(db, now, t.TempDir()).WriteRequest(ctx, request); err != nil {
			t.Fatal(err)
		}
	}
	shows("drafted", false, "device")
	write()
	shows("written", false, "device")
	if _, err := db.Undo(ctx, 1, false); err != nil {
		t.Fatal(err)
	}
	shows("a recording of the device was restored", true, "single", "single")
	write()
	shows("written anew", false, "single", "single")
	send(t, db, request)
	discard(t, db, "one", true)
	shows("sent", false, "single", "single")
}

func TestSentIsWhatStandsInTheFiles(t *testing.T) {
	ctx, now := context.Background(), at(t, "2025-03-06 10:00:00")
	for written, want := range map[bool][]string{true: {"device"}, false: {"single", "single", "single"}} {
		db := kitchenLibrary(t)
		request := discard(t, db, "", true)[0]
		if written {
			if _, err := over(db, now, t.TempDir()).WriteRequest(ctx, request); err != nil {
				t.Fatal(err)
			}
		}
		hear(t, db, store.Amazon, inKitchen, "2025-03-01 12:00:00 found later", "2025-03-05 12:00:00 found later")
		send(t, db, request)
		r, err := over(db, time.Time{}, "").Request(ctx, request)
		if err != nil || !slices.Equal(stepsOf(r.Steps), want) || r.Outdated || r.Recordings != 3 {
			t.Errorf("written %t: %q, %+v, %v; want %q", written, stepsOf(r.Steps), r, err, want)
		}
	}
}

// What an import has put on another device is still asked for.
func TestADraftAsksForWhatWasMovedToAnotherDevice(t *testing.T) {
	ctx := context.Background()
	db := library(t)
	hear(t, db, store.Amazon, store.IncomingDevice{}, "2025-03-01 10:00:00 one", "2025-03-02 10:00:00 two")
	request := discard(t, db, "one", true)[0]
	im, err := db.BeginImport(ctx, []string{"synthetic"}, false)
	if err != nil {
		t.Fatal(err)
	}
	if err := im.Add(ctx, store.Incoming{
		Vendor: store.Amazon, Device: inKitchen, Time: at(t, "2025-03-01 10:00:00"), TimeFrom: store.TimeExact,
		Transcript: "one", VendorID: store.Amazon + "2025-03-01 10:00:00 one",
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := im.Finish(ctx, store.ImportDone); err != nil {
		t.Fatal(err)
	}
	r, err := over(db, time.Time{}, "").Request(ctx, request)
	if err != nil || !slices.Equal(stepsOf(r.Steps), []string{"single"}) {
		t.Errorf("%q, %v", stepsOf(r.Steps), err)
	}
	if _, err := over(db, at(t, "2025-03-06 10:00:00"), t.TempDir()).WriteRequest(ctx, request); err != nil {
		t.Error(err)
	}
}

func TestRedoPlansAnew(t *testing.T) {
	ctx := context.Background()
	db := kitchenLibrary(t)
	discard(t, db, "", true)
	undo(t, db)
	hear(t, db, store.Amazon, inKitchen, "2025-03-01 12:00:00 found later")
	r, err := over(db, time.Now(), "").Redo(ctx)
	if err != nil || r.Kind != store.RecordingsDeleted || r.Text != "Deleted 3 recordings, drafted 1 request" || !r.Asked {
		t.Fatalf("%+v, %v", r, err)
	}
	if got := stepsOf(r.Proposal.Devices[0].Steps); !slices.Equal(got, []string{"single", "single", "single"}) {
		t.Errorf("%q", got)
	}
	// A request that was sent counts again once its deletion is redone.
	send(t, db, r.Requests[r.Proposal.Devices[0].Device.ID])
	undo(t, db)
	if r, err = over(db, time.Now(), "").Redo(ctx); err != nil || len(r.Requests) != 0 || r.Proposal.Together().NothingToAsk() != "the maker was asked for all of this already" {
		t.Errorf("%+v, %v", r, err)
	}
}
