package store

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"testing"
)

// undoNewest takes back what was done last and returns what that made of things.
func undoNewest(t *testing.T, db *DB) string {
	t.Helper()
	c, err := db.ToUndo(context.Background())
	if err == nil && c.Deletion != 0 {
		_, err = db.Undo(context.Background(), c.Deletion)
		c = Change{}
	} else if err == nil {
		err = db.UndoChange(context.Background(), c)
		c = c.Reverse()
	}
	if err != nil {
		t.Fatal(err)
	}
	return c.String()
}

func TestAllThatWasDoneIsTakenBackAndDoneAgain(t *testing.T) {
	db, ctx := open(t), context.Background()
	importAll(t, db, said("Kitchen", "2025-03-01 10:00:00", "one"), said("Hall", "2025-03-01 11:00:00", "two"))
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	state := func() string {
		t.Helper()
		saved, err := db.SavedSearches(ctx)
		must(err)
		text := deviceList(t, db) + ";"
		for _, s := range saved {
			text += " " + s.Name + "=" + s.Query
		}
		return text
	}
	done := []struct {
		name      string
		do        func() error
		back, now string
	}{
		{"rename", func() error { return db.RenameDevice(ctx, 1, "Küche") }, "Küche has the maker's name again", "Kitchen is called Küche now"},
		{"rename again", func() error { return db.RenameDevice(ctx, 1, "Cuisine") }, "Cuisine is called Küche now", "Küche is called Cuisine now"},
		{"the maker's name", func() error { return db.RenameDevice(ctx, 1, "") }, "Cuisine is called Cuisine now", "Cuisine has the maker's name again"},
		{"merge", func() error { return db.MergeDevices(ctx, 2, 1) }, "Hall is a device of its own again", "Hall is part of Kitchen now"},
		{"split", func() error { return db.SplitDevice(ctx, 2) }, "Hall is part of Kitchen now", "Hall is a device of its own again"},
		{"delete", func() error {
			_, _, err := db.Delete(ctx, Order{IDs: idsOf(t, db, "one"), Local: true})
			return err
		}, "Recordings are deleted", ""},
		{"save", func() error { return db.SaveSearch(ctx, SavedSearch{"Music", "jazz"}) }, "The search Music is dropped", "The search Music is saved"},
		{"save over", func() error { return db.SaveSearch(ctx, SavedSearch{"music", "rock"}) }, "The search Music is saved", "The search music is saved"},
		{"rename a search", func() error { return db.RenameSearch(ctx, "Music", "Noise") }, "The search Noise is called music now", "The search music is called Noise now"},
		{"drop", func() error { return db.DropSearch(ctx, "noise") }, "The search Noise is saved", "The search Noise is dropped"},
	}
	var states []string
	for _, d := range done {
		states = append(states, state())
		must(d.do())
	}
	after := state()
	for i, d := range slices.Backward(done) {
		if said := undoNewest(t, db); said != d.back {
			t.Errorf("%s, taken back: %q", d.name, said)
		}
		if got := state(); got != states[i] {
			t.Errorf("%s, taken back: %s, was %s", d.name, got, states[i])
		}
	}
	if c, err := db.ToUndo(ctx); !errors.Is(err, ErrNothingToUndo) {
		t.Errorf("all is taken back: %+v, %v", c, err)
	}
	for i, d := range done {
		if got := state(); got != states[i] {
			t.Errorf("before %s is done again: %s, was %s", d.name, got, states[i])
		}
		c, err := db.ToRedo(ctx)
		must(err)
		if c.Deletion != 0 {
			redoAll(t, db)
			continue
		}
		must(db.RedoChange(ctx, c))
		if c.String() != d.now {
			t.Errorf("%s, done again: %q", d.name, c)
		}
	}
	if got := state(); got != after {
		t.Errorf("all done again: %s, was %s", got, after)
	}
	if c, err := db.ToRedo(ctx); !errors.Is(err, ErrNothingToRedo) {
		t.Errorf("all is done again: %+v, %v", c, err)
	}
}

func TestAChangeIsTakenBackOnce(t *testing.T) {
	db, ctx := open(t), context.Background()
	importAll(t, db, said("Kitchen", "2025-03-01 10:00:00", "one"))
	if err := db.RenameDevice(ctx, 1, "Küche"); err != nil {
		t.Fatal(err)
	}
	c, err := db.ToUndo(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for i, do := range []func(context.Context, Change) error{db.UndoChange, db.UndoChange, db.RedoChange, db.RedoChange} {
		if err := do(ctx, c); (err == nil) != (i%2 == 0) || err != nil && !errors.Is(err, ErrNotFound) {
			t.Errorf("%d: %v", i, err)
		}
	}
	if got := deviceList(t, db); got != "G0KITCHEN Küche 1" {
		t.Error(got)
	}
}

// What a search that is gone was for is forgotten by what forgets.
func TestForgottenSearchesDoNotComeBack(t *testing.T) {
	for name, forget := range map[string]func(*DB) error{
		"forget": func(db *DB) error { return db.ForgetSearches(context.Background()) },
		"purge": func(db *DB) error {
			deleteAll(t, db, "one")
			_, err := db.Purge(context.Background(), 0, nil)
			return err
		},
	} {
		dir := t.TempDir()
		db, ctx := openAt(t, filepath.Join(dir, "library.db")), context.Background()
		importAll(t, db, said("Kitchen", "2025-03-01 10:00:00", "one"), said("Hall", "2025-03-01 10:00:00", "two"))
		if err := db.MergeDevices(ctx, 1, 2); err != nil {
			t.Fatal(err)
		}
		if err := db.SaveSearch(ctx, SavedSearch{"gone", "zanzibar"}); err != nil {
			t.Fatal(err)
		}
		if err := db.DropSearch(ctx, "gone"); err != nil {
			t.Fatal(err)
		}
		if err := forget(db); err != nil {
			t.Fatal(err)
		}
		if held := filesHold(t, dir, "zanzibar"); len(held) > 0 {
			t.Errorf("%s: %q is in %s", name, "zanzibar", held)
		}
		if c, err := db.ToUndo(ctx); err != nil || c.Kind != DevicesMerged {
			t.Errorf("%s: %+v, %v", name, c, err)
		}
	}
}
