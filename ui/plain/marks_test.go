package plain

import (
	"strings"
	"testing"
)

// A deletion takes only the marks of what it deletes, and an undo brings those back.
func TestADeletionTakesOnlyItsMarks(t *testing.T) {
	shown := talk(t, sitting{recordings: household()}, "mark 1-2", "delete 2", "yes", "marks", "delete 5", "yes", "marks", "undo", "undo", "marks", "quit")
	var counts []string
	for line := range strings.Lines(shown) {
		if strings.HasSuffix(line, " marked.\n") {
			counts = append(counts, strings.TrimSpace(strings.TrimPrefix(line, "> ")))
		}
	}
	if got, want := strings.Join(counts, " "), "2 recordings marked. 1 recording marked. 1 recording marked. 2 recordings marked."; got != want {
		t.Errorf("%q, want %q\n%s", got, want, shown)
	}
}
