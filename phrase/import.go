package phrase

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"

	"unsaid/store"
)

// Paths names the files of an import briefly: "Alexa.zip and 3 more"; "" if there are none.
func Paths(paths []string) string {
	switch len(paths) {
	case 0:
		return ""
	case 1:
		return filepath.Base(paths[0])
	}
	return filepath.Base(paths[0]) + " and " + Comma(len(paths)-1) + " more"
}

// Imported says what became of the recordings of an import.
func Imported(c store.ImportCounts) string {
	return cmp.Or(Amounts(
		Amount{c.Added, "new"}, Amount{c.Completed, "completed"}, Amount{c.Known, "already here"}, Amount{c.Tombstoned, "purged before"}, Amount{c.Doubtful, "left out in doubt"},
		Amount{c.WithoutAudio, "without sound"}, Amount{c.AudioWithoutText, "without words"},
	), "no recordings")
}

// Guessed says of each kind of table which columns were recognised by their cells alone; nil if none were. maps is
// what to give an import to name other columns.
func Guessed(tables []store.MemberOutcome) (lines []string, maps string) {
	what := map[string]string{"time": "time", "text": "words", "reply": "reply", "audio": "sound"}
	var keys []string
	for _, table := range tables {
		var columns []string
		for _, c := range table.Columns {
			if what[c.Role] == "" || c.DecidedBy != store.DecidedByContent {
				continue
			}
			columns = append(columns, what[c.Role]+" in “"+c.Column+"”")
			if key := c.Role + "=COLUMN"; !slices.Contains(keys, key) {
				keys = append(keys, key)
			}
		}
		line := filepath.Base(table.Member) + ": " + strings.Join(columns, ", ")
		if columns != nil && !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return lines, strings.Join(keys, ",")
}

// Files says how many files an import read, and what became of them.
func Files(r store.ImportReport) string {
	text := Count(r.Members, "file") + ": " +
		cmp.Or(Amounts(Amount{r.Imported(), "imported"}, Amount{r.Ignored, "ignored"}, Amount{r.FailedMembers, "failed"}), "none read")
	if r.FailedRecords > 0 {
		text += "; " + Count(r.FailedRecords, "single record") + " failed"
	}
	return text
}

// Missing says which parts of an import's archives were not there, "" if all were.
func Missing(r store.ImportReport) string {
	switch n := len(r.Missing); n {
	case 0:
		return ""
	case 1:
		return r.Missing[0] + " is missing; import all parts together"
	default:
		return r.Missing[0] + " and " + Count(n-1, "other part") + " are missing; import all parts together"
	}
}

// CaptureAgain says how a browser saves what it got of the maker's page, so that nothing is missing.
const CaptureAgain = "open the network tool first, then the page of your history, and scroll through the list; " +
	"in Chrome choose “Save all as HAR with content”; save after every few hundred entries, since browsers drop old content"

// Advice says what to do after an import from these sources, "" if nothing.
func Advice(sources []string) string {
	if slices.Contains(sources, store.CaptureSource) {
		return "Delete the capture when you need it no more: with the cookies in it, others could sign in as you"
	}
	return ""
}

// Interrupted is what became of an import that nobody ended.
const Interrupted = "It did not come to its end, or another unsaid is at it. What it had read is in your library"

// ImportState says how an import stands. running tells whether it can be the one that this program runs.
func ImportState(state store.ImportState, running bool) string {
	switch {
	case state == store.ImportRunning && !running:
		return "interrupted"
	case state == store.ImportCancelled:
		return "stopped"
	}
	return string(state)
}
