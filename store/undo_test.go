package store

import (
	"context"
	"errors"
	"slices"
	"testing"
)

// unasked plans a redo without requests.
func unasked(context.Context, *DB, Again) (Order, error) { return Order{TimeZone: "UTC"}, nil }

// redoNewest redoes what was undone last, without requests, and returns it with what was planned for.
func redoNewest(t *testing.T, db *DB) (Again, Redone) {
	t.Helper()
	var again Again
	r, err := db.Redo(context.Background(), func(_ context.Context, _ *DB, a Again) (Order, error) {
		again = a
		return Order{TimeZone: "UTC"}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return again, r
}

func TestRedo(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	importAll(t, db, said("Kitchen", "2025-03-01 18:42:07", "one"), said("Kitchen", "2025-03-02 18:42:07", "two"), said("Kitchen", "2025-03-03 18:42:07", "three"))
	if _, err := db.Redo(ctx, unasked); !errors.Is(err, ErrNothingToRedo) {
		t.Errorf("nothing was undone: %v", err)
	}
	first, second := deleteAll(t, db, "one"), deleteAll(t, db, "two")
	for range 2 {
		if _, err := db.Undo(ctx, 0, true); err != nil {
			t.Fatal(err)
		}
	}
	for i, want := range []struct {
		id   int64
		left string
	}{{first.ID, "three|two"}, {second.ID, "three"}} {
		again, r := redoNewest(t, db)
		if d := r.Deletion; again.Deletion.ID != want.id || !again.Asked || d.ID != want.id || d.State != DeletionDone || d.Recordings != 1 ||
			d.Query != again.Deletion.Query || r.Text != "Deleted 1 recording" {
			t.Errorf("redo %d: %+v, %+v", i, again, r)
		}
		if got := words(t, db, Query{}); got != want.left {
			t.Errorf("redo %d: left %q", i, got)
		}
	}
	if _, err := db.Redo(ctx, unasked); !errors.Is(err, ErrNothingToRedo) {
		t.Errorf("all was redone: %v", err)
	}
	if undone, err := db.Undo(ctx, 0, true); err != nil || undone.Deletion.ID != second.ID || undone.Restored != 1 {
		t.Errorf("undo of the redone: %+v, %v", undone, err)
	}
}

func TestNothingIsRedoneAfterAnotherDeletion(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	importAll(t, db, said("Kitchen", "2025-03-01 18:42:07", "one"), said("Kitchen", "2025-03-02 18:42:07", "two"), said("Kitchen", "2025-03-03 18:42:07", "three"))
	deleteAll(t, db, "one")
	if _, err := db.Undo(ctx, 0, true); err != nil {
		t.Fatal(err)
	}
	deleteAll(t, db, "two")
	if r, err := db.Redo(ctx, unasked); !errors.Is(err, ErrNothingToRedo) {
		t.Errorf("%+v, %v", r, err)
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
	order := Order{IDs: ids, TimeZone: "UTC", Requests: []DeviceRequest{{1, ids}}}
	if _, _, err := db.Delete(ctx, order); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Undo(ctx, 0, true); err != nil {
		t.Fatal(err)
	}
	r, err := db.Redo(ctx, func(_ context.Context, _ *DB, again Again) (Order, error) {
		if !slices.Equal(again.IDs, ids) || again.Deletion.Local || !again.Asked {
			t.Errorf("%+v", again)
		}
		return order, nil
	})
	if err != nil || r.Deletion.Local || len(r.Requests) != 1 || r.Text != "Kept 1 recording here, drafted 1 request" {
		t.Errorf("%+v, %v", r, err)
	}
}

// What is undone is what was done last, whatever lies in the trash.
func TestUndoAfterARenameLeavesTheTrashAlone(t *testing.T) {
	db, ctx := open(t), context.Background()
	importAll(t, db, said("Kitchen", "2025-03-01 18:42:07", "one"), said("Kitchen", "2025-03-02 18:42:07", "two"))
	deleteAll(t, db, "one")
	if _, err := db.RenameDevice(ctx, 1, "Küche"); err != nil {
		t.Fatal(err)
	}
	u, err := db.Undo(ctx, 0, false)
	if err != nil || u.Kind != DeviceRenamed || u.Text != "Küche has the maker's name again" || u.Deletion.ID != 0 {
		t.Errorf("%+v, %v", u, err)
	}
	if got := words(t, db, Query{}); got != "two" {
		t.Errorf("left %q", got)
	}
	if u, err = db.Undo(ctx, 0, false); err != nil || u.Kind != RecordingsDeleted || u.Text != "Restored 1 recording, dropped 1 draft request" {
		t.Errorf("%+v, %v", u, err)
	}
}

// A deletion is undone by its number out of turn, and redone before what was undone earlier.
func TestUndoOfACertainDeletion(t *testing.T) {
	db, ctx := open(t), context.Background()
	importAll(t, db, said("Kitchen", "2025-03-01 18:42:07", "one"), said("Kitchen", "2025-03-02 18:42:07", "two"))
	first := deleteAll(t, db, "one")
	if _, err := db.RenameDevice(ctx, 1, "Küche"); err != nil {
		t.Fatal(err)
	}
	if u, err := db.Undo(ctx, first.ID, false); err != nil || u.Deletion.ID != first.ID || u.Restored != 1 {
		t.Errorf("%+v, %v", u, err)
	}
	if _, r := redoNewest(t, db); r.Deletion.ID != first.ID {
		t.Errorf("%+v", r)
	}
	if _, err := db.Undo(ctx, 99, false); !errors.Is(err, ErrNotFound) {
		t.Errorf("no such deletion: %v", err)
	}
}

func TestUndoOfASentDeletionHasToBeMeant(t *testing.T) {
	db, ctx := open(t), context.Background()
	importAll(t, db, said("Kitchen", "2025-03-01 18:42:07", "one"))
	r := sentRequest(t, db)
	var sent *SentError
	if u, err := db.Undo(ctx, 0, false); !errors.As(err, &sent) || len(sent.Sent) != 1 || sent.Sent[0].ID != r.ID || sent.Deletion.ID != r.Deletions[0] {
		t.Fatalf("%+v, %v", u, err)
	}
	if n := len(idsOf(t, db, "")); n != 0 {
		t.Errorf("%d are live, though nothing was to change", n)
	}
	if u, err := db.Undo(ctx, sent.Deletion.ID, true); err != nil || u.Text != "Restored 1 recording, kept 1 sent request" {
		t.Errorf("%+v, %v", u, err)
	}
}
