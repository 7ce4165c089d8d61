package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
)

func remember(t *testing.T, db *DB, queries ...string) {
	t.Helper()
	for _, q := range queries {
		if err := db.Remember(context.Background(), q); err != nil {
			t.Fatal(err)
		}
	}
}

func searches(t *testing.T, db *DB) []string {
	t.Helper()
	found, err := db.Searches(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestSearchesAreRemembered(t *testing.T) {
	db := open(t)
	remember(t, db, "jazz", "device:kitchen", "jazz")
	if found := searches(t, db); !slices.Equal(found, []string{"jazz", "device:kitchen"}) {
		t.Errorf("%q", found)
	}
	for i := range 150 {
		remember(t, db, fmt.Sprint(i))
	}
	if found := searches(t, db); len(found) != maxSearches || found[0] != "149" || found[99] != "50" {
		t.Errorf("%d, from %q to %q", len(found), found[0], found[len(found)-1])
	}
}

// A search tells as much as the recordings that it is for.
func TestForgottenSearchesLeaveNothing(t *testing.T) {
	for name, forget := range map[string]func(db *DB) error{
		"forgotten": func(db *DB) error { return db.ForgetSearches(context.Background()) },
		"purged": func(db *DB) error {
			_, err := db.Purge(context.Background(), 0, nil)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			db := open(t)
			importAll(t, db, said("Kitchen", "2025-03-01 18:42:07", "play some jazz"))
			remember(t, db, "xylophonist", "zanzibar")
			if _, err := db.SaveSearch(context.Background(), SavedSearch{"Music", "jazz"}); err != nil {
				t.Fatal(err)
			}
			if err := forget(db); err != nil {
				t.Fatal(err)
			}
			if found := searches(t, db); len(found) > 0 {
				t.Errorf("%q", found)
			}
			if found := filesHold(t, filepath.Dir(db.Path()), "xylophonist", "zanzibar"); len(found) > 0 {
				t.Errorf("%q", found)
			}
			if saved, err := db.SavedSearches(context.Background()); err != nil || len(saved) != 1 {
				t.Errorf("saved: %+v, %v", saved, err)
			}
		})
	}
}

func TestSavedSearches(t *testing.T) {
	db, ctx := open(t), context.Background()
	for _, s := range []SavedSearch{{"nights", "hour:22-5"}, {"Music", "jazz"}, {"MUSIC", "rock"}} {
		if _, err := db.SaveSearch(ctx, s); err != nil {
			t.Fatal(err)
		}
	}
	list := func() []SavedSearch {
		t.Helper()
		saved, err := db.SavedSearches(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return saved
	}
	if saved := list(); !slices.Equal(saved, []SavedSearch{{"MUSIC", "rock"}, {"nights", "hour:22-5"}}) {
		t.Errorf("%+v", saved)
	}
	if _, err := db.RenameSearch(ctx, "music", "Nights"); !errors.Is(err, ErrNameTaken) {
		t.Errorf("renamed to a name that is taken: %v", err)
	}
	if _, err := db.RenameSearch(ctx, "polka", "Waltz"); !errors.Is(err, ErrNotFound) {
		t.Errorf("renamed what is not there: %v", err)
	}
	if _, err := db.RenameSearch(ctx, "nights", ""); err == nil {
		t.Error("renamed to no name")
	}
	if _, err := db.SaveSearch(ctx, SavedSearch{}); err == nil {
		t.Error("saved without a name")
	}
	if _, err := db.RenameSearch(ctx, "nights", "Nights"); err != nil { // itself has the name
		t.Error(err)
	}
	if _, err := db.DropSearch(ctx, "music"); err != nil {
		t.Error(err)
	}
	if saved := list(); !slices.Equal(saved, []SavedSearch{{"Nights", "hour:22-5"}}) {
		t.Errorf("%+v", saved)
	}
	if _, err := db.DropSearch(ctx, "music"); !errors.Is(err, ErrNotFound) {
		t.Errorf("dropped what is not there: %v", err)
	}
}
