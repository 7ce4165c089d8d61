package store

import (
	"context"
	"errors"
	"slices"
	"testing"
)

// redoAll redoes what was undone last, with an order of the same recordings.
func redoAll(t *testing.T, db *DB) (Redoable, Deletion) {
	t.Helper()
	r, err := db.Redoable(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	d, _, err := db.Redo(context.Background(), r.Deletion.ID, Order{Query: r.Deletion.Query, IDs: r.IDs, Local: true, TimeZone: "UTC"})
	if err != nil {
		t.Fatal(err)
	}
	return r, d
}

func TestRedo(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	importAll(t, db, said("Kitchen", "2025-03-01 18:42:07", "one"), said("Kitchen", "2025-03-02 18:42:07", "two"), said("Kitchen", "2025-03-03 18:42:07", "three"))
	if _, err := db.Redoable(ctx); !errors.Is(err, ErrNotFound) {
		t.Errorf("nothing was undone: %v", err)
	}
	first, second := deleteAll(t, db, "one"), deleteAll(t, db, "two")
	for range 2 {
		if _, err := db.Undo(ctx, 0); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := db.Redo(ctx, second.ID, Order{IDs: idsOf(t, db, "two"), Local: true}); !errors.Is(err, ErrNotFound) {
		t.Errorf("out of turn: %v", err)
	}
	for i, want := range []struct {
		id   int64
		left string
	}{{first.ID, "three|two"}, {second.ID, "three"}} {
		r, d := redoAll(t, db)
		if r.Deletion.ID != want.id || !r.Asked || d.ID != want.id || d.State != DeletionDone || d.Recordings != 1 || d.Query != r.Deletion.Query {
			t.Errorf("redo %d: %+v, %+v", i, r, d)
		}
		if got := words(t, db, Query{}); got != want.left {
			t.Errorf("redo %d: left %q", i, got)
		}
	}
	if _, err := db.Redoable(ctx); !errors.Is(err, ErrNotFound) {
		t.Errorf("all was redone: %v", err)
	}
	if undone, err := db.Undo(ctx, 0); err != nil || undone.Deletion.ID != second.ID || undone.Restored != 1 {
		t.Errorf("undo of the redone: %+v, %v", undone, err)
	}
}

func TestNothingIsRedoneAfterAnotherDeletion(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	importAll(t, db, said("Kitchen", "2025-03-01 18:42:07", "one"), said("Kitchen", "2025-03-02 18:42:07", "two"), said("Kitchen", "2025-03-03 18:42:07", "three"))
	d := deleteAll(t, db, "one")
	if _, err := db.Undo(ctx, 0); err != nil {
		t.Fatal(err)
	}
	deleteAll(t, db, "two")
	if r, err := db.Redoable(ctx); !errors.Is(err, ErrNotFound) {
		t.Errorf("%+v, %v", r, err)
	}
	if _, _, err := db.Redo(ctx, d.ID, Order{IDs: idsOf(t, db, "one"), Local: true}); !errors.Is(err, ErrNotFound) {
		t.Errorf("%v", err)
	}
	if got := words(t, db, Query{}); got != "three|one" {
		t.Errorf("left %q", got)
	}
}

// Requests about recordings that stay here are redone as well: what they were about is known.
func TestRedoOfRequestsAlone(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	importAll(t, db, said("Kitchen", "2025-03-01 18:42:07", "one"))
	ids := idsOf(t, db, "")
	order := Order{IDs: ids, TimeZone: "UTC", Requests: []DeviceRequest{{1, []Step{{Kind: WholeDevice, Recordings: ids}}}}}
	if _, _, err := db.Delete(ctx, order); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Undo(ctx, 0); err != nil {
		t.Fatal(err)
	}
	r, err := db.Redoable(ctx)
	if err != nil || !slices.Equal(r.IDs, ids) || r.Deletion.Local || !r.Asked {
		t.Fatalf("%+v, %v", r, err)
	}
	if d, requests, err := db.Redo(ctx, r.Deletion.ID, order); err != nil || d.Local || len(requests) != 1 {
		t.Errorf("%+v, %v, %v", d, requests, err)
	}
}
