package store

import (
	"context"
	"errors"
	"testing"
)

func TestDroppedTombstoneLetsTheRecordingBack(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	recs := []Incoming{said("Kitchen", "2025-03-01 18:42:07", "one"), said("Kitchen", "2025-03-02 18:42:07", "two"), said("Kitchen", "2025-03-03 18:42:07", "three")}
	recs[0].VendorID = "" // of this one only the place in time is left
	importAll(t, db, recs...)
	deleteAll(t, db, "")
	if _, err := db.Purge(ctx, 0, nil); err != nil {
		t.Fatal(err)
	}
	stones, err := db.Tombstones(ctx, 2, 1)
	if err != nil || len(stones) != 2 || stones[0].Time != at("2025-03-02 18:42:07") || stones[1].VendorID != "" ||
		stones[0].Device.Name != "Kitchen" || stones[0].DeletionID != 1 || stones[0].Purged != db.now() || stones[0].Request != Draft || stones[0].Needed {
		t.Fatalf("%+v, %v", stones, err)
	}
	if err := db.DropTombstones(ctx, []int64{stones[0].ID, 42}); !errors.Is(err, ErrNotFound) {
		t.Errorf("one that is not there: %v", err)
	}
	if left, err := db.Tombstones(ctx, -1, 0); err != nil || len(left) != 3 {
		t.Errorf("left %+v, %v", left, err)
	}
	if err := db.DropTombstones(ctx, []int64{stones[0].ID, stones[1].ID}); err != nil {
		t.Fatal(err)
	}
	requests, err := db.Requests(ctx)
	if err != nil || len(requests) != 1 || requests[0].Recordings != 1 || len(requests[0].Items) != 1 {
		t.Errorf("requests %+v, %v", requests, err)
	}
	if report := importAll(t, db, recs...); report.Added != 2 || report.Tombstoned != 1 {
		t.Errorf("imported again: %+v", report.ImportCounts)
	}
	if got := words(t, db, Query{}); got != "two|one" {
		t.Errorf("live %q", got)
	}
	send(t, db, requests[0].ID, "2025-04-02")
	left, err := db.Tombstones(ctx, -1, 0)
	if err != nil || len(left) != 1 || !left[0].Needed {
		t.Fatalf("%+v, %v", left, err)
	}
	if err := db.DropTombstones(ctx, []int64{left[0].ID}); !errors.Is(err, ErrAskedFor) {
		t.Errorf("one that was asked for: %v", err)
	}
}

func TestDraftWithoutTombstonesIsDropped(t *testing.T) {
	db := open(t)
	importAll(t, db, said("Kitchen", "2025-03-01 18:42:07", "one"))
	deleteAll(t, db, "")
	if _, err := db.Purge(context.Background(), 0, nil); err != nil {
		t.Fatal(err)
	}
	stones, err := db.Tombstones(context.Background(), -1, 0)
	if err != nil || len(stones) != 1 {
		t.Fatalf("%+v, %v", stones, err)
	}
	if err := db.DropTombstones(context.Background(), []int64{stones[0].ID}); err != nil {
		t.Fatal(err)
	}
	if requests, err := db.Requests(context.Background()); err != nil || len(requests) != 0 {
		t.Errorf("%+v, %v", requests, err)
	}
}
