package store

import (
	"bytes"
	"context"
	"path/filepath"
	"testing"
)

func TestPeaksAreKeptWithTheSoundAndErasedWithIt(t *testing.T) {
	ctx := context.Background()
	db := open(t)
	importAll(t, db, withAudio(said("Kitchen", "2025-03-01 18:42:07", "play jazz"), "a sound"))
	page, err := db.Page(ctx, Query{}, 1, 0)
	if err != nil || len(page) != 1 || page[0].Audio == nil {
		t.Fatalf("%+v, %v", page, err)
	}
	audio := page[0].Audio.ID
	if peaks, err := db.Peaks(ctx, audio); peaks != nil || err != nil {
		t.Errorf("%v, %v before there are any", peaks, err)
	}
	want := []byte("\x00waveform of jazz\xff")
	if err := db.SetPeaks(ctx, audio, want); err != nil {
		t.Fatal(err)
	}
	if peaks, err := db.Peaks(ctx, audio); !bytes.Equal(peaks, want) || err != nil {
		t.Errorf("%q, %v", peaks, err)
	}
	deleteAll(t, db, "")
	if _, err := db.Purge(ctx, 0, nil); err != nil {
		t.Fatal(err)
	}
	if peaks, err := db.Peaks(ctx, audio); peaks != nil || err != nil {
		t.Errorf("%q, %v after the purge", peaks, err)
	}
	if found := filesHold(t, filepath.Dir(db.Path()), "waveform of jazz"); len(found) > 0 {
		t.Error(found)
	}
}
