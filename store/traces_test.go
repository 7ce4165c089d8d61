package store

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strconv"
	"testing"
)

func owe(t *testing.T, db *DB) {
	t.Helper()
	if err := db.update(context.Background(), func(tx *sql.Tx) error { return markIndexDirty(context.Background(), tx) }); err != nil {
		t.Fatal(err)
	}
}

// isClean tells whether rows are cut out of the search index one by one.
func isClean(t *testing.T, db *DB) bool {
	t.Helper()
	var clean bool
	if err := db.write.QueryRow(`SELECT coalesce((SELECT v FROM words_config WHERE k = 'secure-delete'), 0)`).Scan(&clean); err != nil {
		t.Fatal(err)
	}
	return clean
}

// rareWords makes recordings of words that no other one has. Each word differs from the next only in
// its end, so that the index's list of pages has words as a whole.
func rareWords(n int) []Incoming {
	recs := make([]Incoming, n)
	for i, word := range rand.New(rand.NewPCG(5, 6)).Perm(4 * n) {
		recs[i/4].Transcript += fmt.Sprintf("zq%05d ", word)
	}
	for i := range recs {
		recs[i] = said("Kitchen", at("2025-01-01 00:00:00").AddDate(0, 0, i).Format("2006-01-02 15:04:05"), recs[i].Transcript)
		recs[i].VendorID = strconv.Itoa(i)
	}
	return recs
}

// Words come first on a page of the search index as well as last, and stand in its list of pages.
func TestRareWordsLeaveNothing(t *testing.T) {
	for name, purges := range map[string]int{"cut out": 20, "made anew": 1} {
		t.Run(name, func(t *testing.T) {
			db, recs := open(t), rareWords(3000)
			importAll(t, db, recs...)
			const each = 12
			ids := idsOf(t, db, "")
			rand.New(rand.NewPCG(8, 9)).Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
			var secrets []string
			for i := range purges {
				n := each
				if purges == 1 {
					n = 600
				}
				chosen := ids[i*n : (i+1)*n]
				recordings, err := db.Recordings(context.Background(), chosen)
				if err != nil {
					t.Fatal(err)
				}
				for _, r := range recordings {
					var four [4]string
					if _, err := fmt.Sscan(r.Transcript, &four[0], &four[1], &four[2], &four[3]); err != nil {
						t.Fatal(err)
					}
					secrets = append(secrets, four[:]...)
				}
				if _, _, err := db.Delete(context.Background(), Order{IDs: chosen, Local: true}); err != nil {
					t.Fatal(err)
				}
				if _, err := db.Purge(context.Background(), 0, nil); err != nil {
					t.Fatal(err)
				}
			}
			if found := filesHold(t, filepath.Dir(db.Path()), secrets[:min(len(secrets), 1000)]...); len(found) > 0 {
				t.Errorf("%d found, such as %s", len(found), found[0])
			}
			if report, err := db.Check(context.Background()); err != nil || !report.Sound() {
				t.Errorf("%+v, %v", report, err)
			}
			for _, id := range ids[len(ids)-50:] {
				r, err := db.Recording(context.Background(), id)
				if err != nil {
					t.Fatal(err)
				}
				if found := idsOf(t, db, r.Transcript); len(found) != 1 || found[0] != id {
					t.Errorf("%q finds %v, want %d", r.Transcript, found, id)
				}
			}
		})
	}
}

// What was indexed a second time, with more words, stands in the index twice until that is made anew.
func TestCompletedIsPurged(t *testing.T) {
	db := open(t)
	secret := said("Kitchen", "2025-03-01 18:42:07", "xylophonist zanzibar")
	secret.VendorID = "" // holds the words
	importAll(t, db, append(rareWords(1500), secret)...)
	secret.Reply = "quizzical"
	importAll(t, db, secret)
	for _, query := range []string{"zanzibar", "on:2025-01-02"} {
		deleteAll(t, db, query)
		if _, err := db.Purge(context.Background(), 0, nil); err != nil {
			t.Fatal(err)
		}
		if found := filesHold(t, filepath.Dir(db.Path()), "xylophonist", "zanzibar", "quizzical"); len(found) > 0 {
			t.Errorf("%v", found)
		}
		if report, err := db.Check(context.Background()); err != nil || !report.Sound() {
			t.Errorf("%+v, %v", report, err)
		}
		if !isClean(t, db) {
			t.Error("a new index is owed after a purge")
		}
	}
}
