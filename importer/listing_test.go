package importer

import (
	"archive/tar"
	"bytes"
	"path/filepath"
	"testing"
	"time"

	"unsaid/store"
)

func TestListingTellsWhenAMemberWasPacked(t *testing.T) {
	table := files{"Alexa/Transcripts.csv": "Timestamp,Transcript\n2024-05-03T10:00:00Z,play jazz\n"}
	var tarred bytes.Buffer
	tw := tar.NewWriter(&tarred)
	data := table["Alexa/Transcripts.csv"]
	written := time.Date(2025, 1, 2, 3, 4, 6, 0, time.UTC)
	if err := tw.WriteHeader(&tar.Header{Name: "Alexa/Transcripts.csv", Size: int64(len(data)), Mode: 0o600, ModTime: written}); err != nil {
		t.Fatal(err)
	}
	if _, err := tw.Write([]byte(data)); err != nil {
		t.Fatal(err)
	}
	if err := tw.Close(); err != nil {
		t.Fatal(err)
	}

	for name, tc := range map[string]struct {
		files files
		want  store.Listing
	}{
		"a folder":       {table, store.Listing{Name: "Alexa/Transcripts.csv"}},
		"a zip":          {files{"a.zip": zipped(t, table)}, store.Listing{Name: "a.zip/Alexa/Transcripts.csv", Packed: written.Add(-14 * time.Hour)}},
		"a zip in a zip": {files{"b.zip": zipped(t, files{"a.zip": zipped(t, table)})}, store.Listing{Name: "b.zip/a.zip/Alexa/Transcripts.csv", Packed: written.Add(-14 * time.Hour)}},
		"a tar":          {files{"a.tar": tarred.String()}, store.Listing{Name: "a.tar/Alexa/Transcripts.csv", Packed: written}},
	} {
		t.Run(name, func(t *testing.T) {
			arch, err := openArchive(t.Context(), []string{onDisk(t, tc.files)}, nil, newMeter(nil))
			if err != nil {
				t.Fatal(err)
			}
			defer arch.Close()
			in, err := newInput(t.Context(), &arch.tree, newMeter(nil))
			if err != nil {
				t.Fatal(err)
			}
			rec := store.Incoming{Vendor: store.Amazon, Origin: tc.want.Name}
			if got := in.listing(&rec); got != tc.want {
				t.Errorf("%+v, want %+v", got, tc.want)
			}
		})
	}
}

func TestClipsOfAFolderAreOneList(t *testing.T) {
	dir := onDisk(t, files{"memos/2024-05-03_10-00-00.wav": wav(10, 1), "memos/2024-05-03_11-00-00.wav": wav(10, 2)})
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "unsaid.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := Run(t.Context(), db, Options{Paths: []string{dir}}); err != nil {
		t.Fatal(err)
	}
	lists, err := db.ExportLists(t.Context())
	if err != nil || len(lists) != 1 || len(lists[0].Coverage) != 1 {
		t.Errorf("%+v, %v", lists, err)
	}
}
