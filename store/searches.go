package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// maxSearches is how many searches are remembered.
const maxSearches = 100

// ErrNameTaken is returned where a saved search would get the name of another one.
var ErrNameTaken = errors.New("another saved search has this name")

// SavedSearch is a search with a name.
type SavedSearch struct {
	Name  string // two that differ only in case are the same
	Query string
}

// Searches lists the searches that are remembered, the newest first.
func (db *DB) Searches(ctx context.Context) ([]string, error) {
	found, err := all(ctx, db.read, scanValue[string], `SELECT query FROM searches ORDER BY id DESC`)
	if err != nil {
		return nil, fmt.Errorf("list past searches: %w", err)
	}
	return found, nil
}

// Remember notes a search as the newest one, and forgets the oldest ones beyond a hundred.
func (db *DB) Remember(ctx context.Context, query string) error {
	err := db.update(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `REPLACE INTO searches (id, query)
			SELECT coalesce(max(id), 0) + 1, ? FROM searches`, query); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `DELETE FROM searches WHERE id NOT IN
			(SELECT id FROM searches ORDER BY id DESC LIMIT ?)`, maxSearches)
		return err
	})
	if err != nil {
		return fmt.Errorf("remember a search: %w", err)
	}
	return nil
}

// ForgetSearches erases the searches that are remembered, and what saved ones were before, also from
// the write-ahead log. Those with a name stay.
func (db *DB) ForgetSearches(ctx context.Context) error {
	err := db.update(ctx, forgetSearches)
	if err == nil {
		err = db.truncateLog(ctx)
	}
	if err != nil {
		return fmt.Errorf("forget past searches: %w", err)
	}
	return nil
}

// forgetSearches forgets what was searched for, and with that how a change of a saved search is taken
// back.
func forgetSearches(tx *sql.Tx) error {
	for _, text := range []string{`DELETE FROM searches`, `DELETE FROM changes WHERE change ->> 'kind' LIKE 'search-%'`} {
		if _, err := tx.Exec(text); err != nil {
			return err
		}
	}
	return nil
}

// SavedSearches lists the searches that have a name, in alphabetical order.
func (db *DB) SavedSearches(ctx context.Context) ([]SavedSearch, error) {
	found, err := all(ctx, db.read, scanSearch, selectSaved+` ORDER BY name`)
	if err != nil {
		return nil, fmt.Errorf("list saved searches: %w", err)
	}
	return found, nil
}

const selectSaved = `SELECT name, query FROM saved_searches`

func scanSearch(rows *sql.Rows) (SavedSearch, error) {
	var s SavedSearch
	return s, rows.Scan(&s.Name, &s.Query)
}

// findSaved reads the search that is saved under a name.
func findSaved(ctx context.Context, tx *sql.Tx, name string) (SavedSearch, error) {
	found, err := all(ctx, tx, scanSearch, selectSaved+` WHERE name = ?`, name)
	if err == nil && len(found) == 0 {
		err = ErrNotFound
	}
	return append(found, SavedSearch{})[0], err
}

// SaveSearch keeps a search under a name, in place of one that had the name before.
func (db *DB) SaveSearch(ctx context.Context, s SavedSearch) (done Change, err error) {
	if s.Name == "" {
		return Change{}, errors.New("save a search: it needs a name")
	}
	err = db.update(ctx, func(tx *sql.Tx) error {
		c := change{Kind: SearchSaved, Search: s}
		var err error
		if c.Replaced, err = findSaved(ctx, tx, s.Name); err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
		done, err = c.apply(ctx, tx)
		return err
	})
	if err != nil {
		return Change{}, fmt.Errorf("save a search: %w", err)
	}
	return done, nil
}

// RenameSearch gives a saved search another name. It returns an error that wraps [ErrNotFound] if
// there is none of the old name, or [ErrNameTaken] if another one has the new name.
func (db *DB) RenameSearch(ctx context.Context, name, to string) (done Change, err error) {
	if to == "" {
		return Change{}, errors.New("rename a saved search: it needs a name")
	}
	err = db.update(ctx, func(tx *sql.Tx) error {
		var taken bool
		if err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM saved_searches WHERE name = ?1 AND name <> ?2)`, to, name).Scan(&taken); err != nil {
			return err
		}
		if taken {
			return ErrNameTaken
		}
		was, err := findSaved(ctx, tx, name)
		if err != nil {
			return err
		}
		c := change{Kind: SearchRenamed, Search: SavedSearch{to, was.Query}, Replaced: was}
		done, err = c.apply(ctx, tx)
		return err
	})
	if err != nil {
		return Change{}, fmt.Errorf("rename the saved search %q: %w", name, err)
	}
	return done, nil
}

// DropSearch drops a saved search. It returns an error that wraps [ErrNotFound] if there is none of
// the name.
func (db *DB) DropSearch(ctx context.Context, name string) (done Change, err error) {
	err = db.update(ctx, func(tx *sql.Tx) error {
		s, err := findSaved(ctx, tx, name)
		if err != nil {
			return err
		}
		c := change{Kind: SearchDropped, Search: s}
		done, err = c.apply(ctx, tx)
		return err
	})
	if err != nil {
		return Change{}, fmt.Errorf("drop the saved search %q: %w", name, err)
	}
	return done, nil
}

// found returns ErrNotFound if an executed statement changed nothing.
func found(result sql.Result, err error) error {
	changed, err := changes(result, err)
	if err == nil && !changed {
		return ErrNotFound
	}
	return err
}
