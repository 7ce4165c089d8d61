package importer

import (
	"bytes"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"unsaid/store"
)

// traces are what may tell what was said or heard: texts and sounds as they are, and their hashes.
func traces(texts ...string) map[string][]byte {
	found := map[string][]byte{}
	for _, text := range texts {
		found[text] = []byte(text)
		m, s1, s256 := md5.Sum([]byte(text)), sha1.Sum([]byte(text)), sha256.Sum256([]byte(text))
		for name, sum := range map[string][]byte{"md5": m[:], "sha1": s1[:], "sha256": s256[:]} {
			what := fmt.Sprintf("%s of %.20q", name, text)
			found[what], found[what+" in hex"] = sum, []byte(hex.EncodeToString(sum))
		}
	}
	return found
}

// held tells which of the traces stand anywhere in the files of the library.
func held(t *testing.T, db *store.DB, traces map[string][]byte) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(db.Path()))
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, e := range entries {
		content, err := os.ReadFile(filepath.Join(filepath.Dir(db.Path()), e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		for what, trace := range traces {
			if bytes.Contains(bytes.ToLower(content), bytes.ToLower(trace)) {
				found = append(found, fmt.Sprintf("%s holds %.40q", e.Name(), what))
			}
		}
	}
	return found
}

// purgeFound purges what a query finds.
func purgeFound(t *testing.T, db *store.DB, query string) {
	t.Helper()
	q, err := store.ParseQuery(query, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	ids, err := db.IDs(t.Context(), q)
	if err != nil || len(ids) == 0 {
		t.Fatal(ids, err)
	}
	if _, _, err := db.Delete(t.Context(), store.Order{IDs: ids, Local: true}); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Purge(t.Context(), 0, nil); err != nil {
		t.Fatal(err)
	}
}

// Members are called after what was said in them, reasons of failure quote it, and an assistant names
// its files by a hash of it. None of that outlives a purge, and none of it comes back with the archive.
func TestPurgeErasesNamesReasonsAndHashes(t *testing.T) {
	t.Parallel()
	const said, kept = "xylophone in zanzibar", "harmless kingfisher"
	hash := md5.Sum([]byte(said))
	ovosFile := "kitchen/utterances/" + hex.EncodeToString(hash[:]) + "-6f1c2d3e-4a5b-4c6d-8e7f-0123456789ab"
	sounds := []string{wav(2000, 1), wav(2000, 2), wav(2000, 3)}
	for name, tc := range map[string]struct {
		export files
		again  string // what is counted when the export is imported again
	}{
		"a clip": {files{
			"memos/Xylophone in Zanzibar.wav": sounds[0], "memos/" + kept + ".wav": sounds[1],
			"memos/._Xylophone in Zanzibar.wav": "a twin", "memos/xylophone in zanzibar.wav.asd": "peaks", "memos/Xylophone in Zanzibar.txt": "notes",
		}, "doubtful"},
		"OVOS": {files{
			ovosFile + ".json": `{"transcriptions":[["` + said + `",0.9]]}`, ovosFile + ".wav": sounds[0],
			"kitchen/utterances/" + said + ".json": `{"transcriptions":[["` + said + `",0.9]]}`, "kitchen/utterances/" + said + ".wav": sounds[2],
			"kitchen/utterances/null-6f1c2d3e-4a5b-4c6d-8e7f-0123456789ac.wav": sounds[1],
		}, "tombstoned"},
		"a page of one record": {files{
			said + ".json": `{"customerHistoryRecords":[{"recordKey":"A3#1740854527417#A1#G0KITCHEN","timestamp":1740854527417,"voiceHistoryRecordItems":[{"recordItemType":"CUSTOMER_TRANSCRIPT","transcriptText":"` + said + `"}]},{"` + said + `":1}]}`,
			"t.csv":        "Timestamp,Transcript\n2025-03-01 10:00:00," + kept + "\n",
		}, "tombstoned"},
		"a sound in a table": {files{
			"Alexa/t.csv":                 "Timestamp,Transcript,Audio file\n2025-03-01 10:00:00," + said + "," + said + ".wav\n2025-03-02 10:00:00," + kept + ",x.wav\n",
			"Alexa/" + said + ".wav":      sounds[0],
			"Alexa/x.wav":                 sounds[1],
			"Alexa/copy/" + said + ".pdf": "%PDF",
		}, "doubtful"},
	} {
		t.Run(name, func(t *testing.T) {
			db := openLibrary(t)
			archive := filepath.Join(t.TempDir(), "export.zip")
			if err := os.WriteFile(archive, []byte(zipped(t, tc.export)), 0o600); err != nil {
				t.Fatal(err)
			}
			first := mustRun(t, db, Options{Paths: []string{archive}})
			mustRun(t, db, Options{Paths: []string{archive}}) // whose account names them as well
			forbidden := traces(said, "xylophone", "zanzibar", sounds[0])
			if len(held(t, db, forbidden)) == 0 {
				t.Fatal("the test could not fail")
			}
			query := "zanzibar"
			if name == "a clip" { // nobody transcribed it
				query = "has:audio"
			}
			purgeFound(t, db, query)
			if found := held(t, db, forbidden); len(found) > 0 {
				t.Errorf("after the purge: %q", found)
			}
			members, err := db.ImportMembers(t.Context(), first.ID)
			if err != nil || len(members) != first.Members+len(first.Failed) && len(first.Failed) == 0 {
				t.Errorf("%d members are accounted for, %d were: %v", len(members), first.Members, err)
			}
			again := mustRun(t, db, Options{Paths: []string{archive}})
			if got := map[string]int{"doubtful": again.Doubtful, "tombstoned": again.Tombstoned}[tc.again]; got == 0 || again.Added != 0 {
				t.Errorf("imported again: %+v", again.ImportCounts)
			}
			if found := held(t, db, forbidden); len(found) > 0 {
				t.Errorf("after importing again: %q", found)
			}
		})
	}
}

// A row that failed may have been read by another import, and a path that was named may be a clip's.
func TestPurgeErasesQuotesAndPaths(t *testing.T) {
	const said = "xylophone in zanzibar"
	db := openLibrary(t)
	folder := onDisk(t, files{
		"t.csv": "Timestamp,Transcript\n" + said + ",Was\n2025-03-01 10:00:00,hello there\n", "row.csv": "2025-03-01 10:00:00," + said + "\n2025-03-02 10:00:00,hello there\n",
		"memos/" + said + ".wav": wav(2000, 1),
	})
	report := mustRun(t, db, Options{Paths: []string{filepath.Join(folder, "t.csv")}})
	if len(report.Failed) != 1 {
		t.Fatalf("%+v", report)
	}
	mustRun(t, db, Options{Paths: []string{filepath.Join(folder, "row.csv")}, Map: map[string]string{"time": "1", "text": "2"}})
	mustRun(t, db, Options{Paths: []string{filepath.Join(folder, "memos", said+".wav"), filepath.Join(folder, "t.csv")}})
	forbidden := traces(said)
	if len(held(t, db, forbidden)) == 0 {
		t.Fatal("the test could not fail")
	}
	purgeFound(t, db, "has:audio")
	if found := held(t, db, forbidden); len(found) > 0 {
		t.Errorf("after the purge: %q", found)
	}
	failed, err := db.ImportMembers(t.Context(), report.ID)
	if err != nil || failed[0].Reason != "its time “…”" {
		t.Errorf("%+v, %v", failed, err)
	}
}
