package phrase

import (
	"cmp"
	"path/filepath"

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

// Files says how many files an import read, and what became of them.
func Files(imported, ignored, failed int) string {
	return Count(imported+ignored+failed, "file") + ": " +
		cmp.Or(Amounts(Amount{imported, "imported"}, Amount{ignored, "ignored"}, Amount{failed, "failed"}), "none read")
}
