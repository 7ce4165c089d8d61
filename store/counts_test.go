package store

import (
	"context"
	"testing"
)

// Pages overlap, and a table may have what they have: each recording is counted once, with all that
// came with it, also over several batches and imports.
func TestEachRecordingIsCountedOnce(t *testing.T) {
	silent, heard := listEntry(1, "play jazz", pieceOf(1, 1)), listEntry(2, "stop", pieceOf(2, 1))
	wordless := withAudio(listEntry(3, "", pieceOf(3, 1)), "unheard")
	page, table := []Incoming{silent, heard, wordless}, withAudio(uttered(pieceOf(2, 1), "stop"), "sound")
	var overlapping []Incoming
	for range batchRecordings {
		overlapping = append(overlapping, page...)
	}
	overlapping = append(overlapping, table)

	db := open(t)
	for _, dry := range []bool{true, false} {
		im, err := db.BeginImport(context.Background(), []string{"history"}, dry)
		if err != nil {
			t.Fatal(err)
		}
		for _, rec := range overlapping {
			if err := im.Add(context.Background(), rec); err != nil {
				t.Fatal(err)
			}
		}
		report, err := im.Finish(context.Background(), ImportDone)
		if want := (ImportCounts{Added: 3, WithoutAudio: 1, AudioWithoutText: 1, Devices: 2}); err != nil || report.ImportCounts != want {
			t.Errorf("dry %v: %+v, %v, want %+v", dry, report.ImportCounts, err, want)
		}
	}
	want := ImportCounts{Completed: 1, Known: 2, WithoutAudio: 1, AudioWithoutText: 1, Devices: 2}
	heard.Reply = "Good night."
	if report := importAll(t, db, append(overlapping, heard)...); report.ImportCounts != want {
		t.Errorf("again: %+v, want %+v", report.ImportCounts, want)
	}
	want = ImportCounts{Known: 1, WithoutAudio: 1, Devices: 1}
	if report := importAll(t, db, silent, silent); report.ImportCounts != want {
		t.Errorf("a page alone: %+v, want %+v", report.ImportCounts, want)
	}
}
