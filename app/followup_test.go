package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"unsaid/store"
)

// requested is a library in which a request about the middle one of three recordings was drafted.
func requested(t *testing.T) (*store.DB, int64) {
	t.Helper()
	db, err := store.Open(context.Background(), filepath.Join(t.TempDir(), "unsaid.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	bring(t, db, "first.zip", "2025-02-01 10:00:00", "2025-02-02 10:00:00", "2025-02-03 10:00:00")
	middle := store.MakeID(at(t, "2025-02-02 10:00:00"), 0)
	ids, err := db.IDs(context.Background(), store.Query{})
	if err != nil || len(ids) != 3 || ids[1]>>20 != middle>>20 {
		t.Fatal(ids, err)
	}
	p, err := over(db, time.Time{}, "").Propose(context.Background(), ids[1:2])
	if err != nil {
		t.Fatal(err)
	}
	_, requests, err := db.Delete(context.Background(), p.Order("", true, true))
	if err != nil || len(requests) != 1 {
		t.Fatal(requests, err)
	}
	return db, requests[0]
}

// bring imports an export of a kitchen's recordings.
func bring(t *testing.T, db *store.DB, path string, times ...string) {
	t.Helper()
	bringAs(t, db, path, store.ImportDone, times...)
}

// bringAs does the same, and has the import end so.
func bringAs(t *testing.T, db *store.DB, path string, state store.ImportState, times ...string) {
	t.Helper()
	im, err := db.BeginImport(context.Background(), []string{path}, false)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(strings.Join(times, ",")))
	if err := im.File(context.Background(), path, 1, sum[:]); err != nil {
		t.Fatal(err)
	}
	for _, when := range times {
		if err := im.Add(context.Background(), store.Incoming{
			Vendor: store.Amazon, Device: store.IncomingDevice{Serial: "G01", Name: "Kitchen"}, Time: at(t, when), TimeFrom: store.TimeExact,
			VendorID: "key#" + when, Transcript: "said at " + when,
		}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := im.Finish(context.Background(), state); err != nil {
		t.Fatal(err)
	}
}

func TestFollowupsAreNumberedAndNeedEvidence(t *testing.T) {
	ctx, dir, now := context.Background(), filepath.Join(t.TempDir(), "letters"), time.Date(2025, 6, 1, 10, 0, 0, 0, time.UTC)
	db, id := requested(t)
	refused := func(want string) {
		t.Helper()
		if _, _, err := over(db, now, dir).WriteFollowup(ctx, id); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
		if _, err := os.Stat(dir); err == nil {
			t.Error("it leaves a folder")
		}
	}
	refused("was not sent yet")
	markSent(t, db, id, at(t, "2025-03-10 23:59:59"), "2025-06-01")
	refused("an answer is due by 1 June 2025")
	bring(t, db, "second.zip", "2025-02-01 10:00:00", "2025-02-03 10:00:00", "2025-04-01 10:00:00")
	refused("everything is gone")
	bring(t, db, "third.zip", "2025-02-02 10:00:00", "2025-05-01 10:00:00")
	for number := 1; number <= 2; number++ {
		folder, n, err := over(db, now, dir).WriteFollowup(ctx, id)
		if err != nil || n != number || filepath.Base(folder) != "request-"+string(rune('0'+id))+"-kitchen-followup-"+string(rune('0'+n)) {
			t.Fatalf("%s, %d, %v", folder, n, err)
		}
		letter, err := os.ReadFile(filepath.Join(folder, "letter.txt"))
		if err != nil || !strings.Contains(string(letter), "1 recording in your export third.zip") || strings.Contains(string(letter), "said at") {
			t.Errorf("%v:\n%s", err, letter)
		}
	}

	report, err := over(db, now, "").Report(ctx)
	if err != nil || report.Totals.StillThere != 1 || report.Totals.Letters != 2 || report.Totals.Status[store.StillThere] != 1 {
		t.Fatalf("%+v, %v", report.Totals, err)
	}
	if e := report.Requests[0].Exports; len(e) != 2 || e[0].StillThere != 1 || e[1].Gone != 1 {
		t.Errorf("the exports alone say %+v", e)
	}
	var text bytes.Buffer
	if err := report.Markdown(&text); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"- Asked for: 1 single recording", "- Law: plain", "- Sent on 2025-03-10; due on 2025-06-01", "`third.zip`", "**still-there**: 1 still there",
		"- Follow-up 2, written on 2025-06-01, about 1 recording",
	} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("the report lacks %q:\n%s", want, text.String())
		}
	}
}
