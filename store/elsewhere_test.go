package store

import (
	"context"
	"path/filepath"
	"testing"
)

func TestElsewhereVersionCountsTheChangesOfOthers(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "unsaid.db")
	mine, other := openAt(t, path), openAt(t, path)
	version := func() int64 {
		t.Helper()
		v, err := mine.ElsewhereVersion(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	before := version()
	if err := mine.Remember(ctx, "jazz"); err != nil {
		t.Fatal(err)
	}
	if version() != before {
		t.Error("a change of its own counts")
	}
	if err := other.Remember(ctx, "blues"); err != nil {
		t.Fatal(err)
	}
	after := version()
	if after == before {
		t.Error("a change of another does not count")
	}
	if _, err := other.Searches(ctx); err != nil {
		t.Fatal(err)
	}
	if version() != after {
		t.Error("reading counts as a change")
	}
}
