package store

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"testing"
)

func TestAllThatWasDoneIsUndoneAndRedone(t *testing.T) {
	db, ctx := open(t), context.Background()
	importAll(t, db, said("Kitchen", "2025-03-01 10:00:00", "one"), said("Hall", "2025-03-01 11:00:00", "two"))
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	changing := func(do func() (Change, error)) func() (string, error) {
		return func() (string, error) {
			c, err := do()
			return c.Text, err
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
		do        func() (string, error)
		back, now string
	}{
		{"rename", changing(func() (Change, error) { return db.RenameDevice(ctx, 1, "Küche") }), "Küche has the maker's name again", "Kitchen is called Küche now"},
		{"rename again", changing(func() (Change, error) { return db.RenameDevice(ctx, 1, "Cuisine") }), "Cuisine is called Küche now", "Küche is called Cuisine now"},
		{"the maker's name", changing(func() (Change, error) { return db.RenameDevice(ctx, 1, "") }), "Cuisine is called Cuisine now", "Cuisine has the maker's name again"},
		{"merge", changing(func() (Change, error) { return db.MergeDevices(ctx, 2, 1) }), "Hall is a device of its own again", "Hall is part of Kitchen now"},
		{"split", changing(func() (Change, error) { return db.SplitDevice(ctx, 2) }), "Hall is part of Kitchen now", "Hall is a device of its own again"},
		{"delete", func() (string, error) {
			d, requests, err := db.Delete(ctx, Order{IDs: idsOf(t, db, "one"), Local: true})
			return d.Text(len(requests)), err
		}, "Restored 1 recording", "Deleted 1 recording"},
		{"save", changing(func() (Change, error) { return db.SaveSearch(ctx, SavedSearch{"Music", "jazz"}) }), "The search Music is dropped", "The search Music is saved"},
		{"save over", changing(func() (Change, error) { return db.SaveSearch(ctx, SavedSearch{"music", "rock"}) }), "The search Music is saved", "The search music is saved"},
		{"rename a search", changing(func() (Change, error) { return db.RenameSearch(ctx, "Music", "Noise") }), "The search Noise is called music now", "The search music is called Noise now"},
		{"drop", changing(func() (Change, error) { return db.DropSearch(ctx, "noise") }), "The search Noise is saved", "The search Noise is dropped"},
	}
	var states []string
	for _, d := range done {
		states = append(states, state())
		text, err := d.do()
		must(err)
		if text != d.now {
			t.Errorf("%s: %q", d.name, text)
		}
	}
	after := state()
	for i, d := range slices.Backward(done) {
		u, err := db.Undo(ctx, 0, false)
		must(err)
		if u.Text != d.back {
			t.Errorf("%s, undone: %q", d.name, u.Text)
		}
		if got := state(); got != states[i] {
			t.Errorf("%s, undone: %s, was %s", d.name, got, states[i])
		}
	}
	if u, err := db.Undo(ctx, 0, false); !errors.Is(err, ErrNothingToUndo) {
		t.Errorf("all is undone: %+v, %v", u, err)
	}
	for i, d := range done {
		if got := state(); got != states[i] {
			t.Errorf("before %s is redone: %s, was %s", d.name, got, states[i])
		}
		if _, r := redoNewest(t, db); r.Text != d.now {
			t.Errorf("%s, redone: %q", d.name, r.Text)
		}
	}
	if got := state(); got != after {
		t.Errorf("all redone: %s, was %s", got, after)
	}
	if r, err := db.Redo(ctx, unasked); !errors.Is(err, ErrNothingToRedo) {
		t.Errorf("all is redone: %+v, %v", r, err)
	}
}

// What a search that is gone was for is forgotten by what forgets.
func TestForgottenSearchesDoNotComeBack(t *testing.T) {
	for name, forget := range map[string]func(*DB) error{
		"forget": func(db *DB) error { return db.ForgetSearches(context.Background()) },
		"purge": func(db *DB) error {
			if _, _, err := db.Delete(context.Background(), Order{IDs: idsOf(t, db, "one"), Local: true}); err != nil {
				return err
			}
			_, err := db.Purge(context.Background(), 0, nil)
			return err
		},
	} {
		dir := t.TempDir()
		db, ctx := openAt(t, filepath.Join(dir, "library.db")), context.Background()
		importAll(t, db, said("Kitchen", "2025-03-01 10:00:00", "one"), said("Hall", "2025-03-01 10:00:00", "two"))
		if _, err := db.MergeDevices(ctx, 1, 2); err != nil {
			t.Fatal(err)
		}
		if _, err := db.SaveSearch(ctx, SavedSearch{"gone", "zanzibar"}); err != nil {
			t.Fatal(err)
		}
		if _, err := db.DropSearch(ctx, "gone"); err != nil {
			t.Fatal(err)
		}
		if err := forget(db); err != nil {
			t.Fatal(err)
		}
		if held := filesHold(t, dir, "zanzibar"); len(held) > 0 {
			t.Errorf("%s: %q is in %s", name, "zanzibar", held)
		}
		if u, err := db.Undo(ctx, 0, false); err != nil || u.Kind != DevicesMerged {
			t.Errorf("%s: %+v, %v", name, u, err)
		}
	}
}
