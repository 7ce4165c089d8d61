package store

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"testing"
	"time"
)

func TestADraftForgetsWhatIsNotKept(t *testing.T) {
	var d draft[string, int]
	values := func() string { return fmt.Sprint(d.get("a"), d.get("b"), d.get("c")) }
	for _, step := range []struct {
		change func()
		during string
		keep   bool
		after  string
	}{
		{func() { d.set("a", 1); d.set("b", 2) }, "1 2 0", false, "0 0 0"},
		{func() { d.set("a", 1); d.set("b", 2) }, "1 2 0", true, "1 2 0"},
		{func() { d.set("a", 3); d.set("b", 0) }, "3 0 0", false, "1 2 0"},
		{func() { d.set("b", 0); d.set("c", 4) }, "1 0 4", true, "1 0 4"},
		{func() { d.clear(); d.set("b", 5) }, "0 5 0", false, "1 0 4"},
		{func() { d.set("a", 6); d.clear() }, "0 0 0", true, "0 0 0"},
	} {
		step.change()
		during := values()
		d.settle(step.keep)
		if after := values(); during != step.during || after != step.after || len(d.kept) > 2 {
			t.Errorf("%s, then %s; want %s, then %s", during, after, step.during, step.after)
		}
	}
}

func TestRowsAreAllInsertedInTheirOrder(t *testing.T) {
	ctx, db := context.Background(), open(t)
	for _, n := range []int{0, 1, rowsAtOnce - 1, rowsAtOnce, 2*rowsAtOnce + 3} {
		err := db.update(ctx, func(tx *sql.Tx) error {
			if _, err := tx.Exec(`DELETE FROM searches`); err != nil {
				return err
			}
			r := rows{into: `INSERT INTO searches (query)`, values: `(?)`}
			for i := range n {
				r.add(fmt.Sprint(i))
			}
			if err := r.write(ctx, tx); err != nil {
				return err
			}
			return r.write(ctx, tx) // it has forgotten them
		})
		found, err2 := all(ctx, db.read, scanValue[string], `SELECT query FROM searches ORDER BY id`)
		if err != nil || err2 != nil || len(found) != n || n > 0 && found[n-1] != fmt.Sprint(n-1) {
			t.Errorf("%d of %d rows, %v, %v", len(found), n, err, err2)
		}
	}
}

// The keys of neighbours in time are neighbours in their index; those of an identifier that tells no time are anywhere.
func TestKeysBeginWithTheirTime(t *testing.T) {
	ids := []string{
		"A3#1740854527417#A1#G0KITCHEN", "A3#1740854528417#A1#G0BEDROOM",
		"A1:1.0/2025/03/01/18/G0KITCHEN/42:07::TNIH_2V.0a1b", "A1:1.0/2025/03/01/19/G0BEDROOM/42:07::TNIH_2V.ffff",
	}
	var keys [][]byte
	for _, id := range ids {
		hash := hashAt(timeIn(id), "id", Amazon, id)
		keys = append(keys, hash[:])
	}
	if !slices.IsSortedFunc(keys, bytes.Compare) {
		t.Errorf("%x", keys)
	}
	for id, want := range map[string]uint32{
		ids[0]: 1740854527, ids[2]: 2025030118, "x/2025/03/01/18/": 2025030118, "1740854527417": 1740854527,
		"": 0, "174085452741": 0, "/2025/03/01/18": 0, "/2025/0x/01/18/": 0, "9999999999999": 0, "0a1b-2c3d": 0,
	} {
		if got := timeIn(id); got != want {
			t.Errorf("%q: %d, want %d", id, got, want)
		}
	}
	a, b := hashParts("id", Amazon, "x"), hashAt(0, "id", Amazon, "x")
	if a != b || a == hashParts("id", Amazon+"x", "") {
		t.Error("parts run into each other")
	}
}

// One batch meets devices, people, sounds and words that it has brought itself.
func TestWhatABatchBringsItKnows(t *testing.T) {
	db := open(t)
	wake := said("Kitchen", "2025-03-01 18:42:07", "")
	wake.VendorID, wake.Aliases, wake.Origin = "", []string{"A1:1.0/2025/03/01/18/G0KITCHEN/42:07::TNIH_2V.0a1b"}, "a.csv"
	full := withAudio(wake, "sound")
	full.Transcript, full.Origin, full.People = "play jazz", "b.csv", []IncomingPerson{{ID: "p1"}}
	named, other := full, withAudio(said("Bedroom", "2025-03-02 18:42:07", "stop"), "sound")
	named.Origin, named.People = "c.csv", []IncomingPerson{{ID: "p1", Name: "Anna"}, {ID: "p1", Name: "Anne"}}
	other.People = named.People[:1]
	for again := range 2 {
		report := importAll(t, db, wake, full, named, other)
		want := ImportCounts{Added: 2, Devices: 2}
		if again == 1 {
			want = ImportCounts{Known: 2, Devices: 2}
		}
		if report.ImportCounts != want {
			t.Errorf("%+v, want %+v", report.ImportCounts, want)
		}
	}
	for query, want := range map[string]int{"jazz": 1, "person:anna": 2, "person:anne": 0, "person:p1": 0, "has:audio": 2, "": 2} {
		if n := len(idsOf(t, db, query)); n != want {
			t.Errorf("%q finds %d", query, n)
		}
	}
	var people, sounds, keys int
	if err := db.pool.QueryRow(`SELECT (SELECT count(*) FROM people), (SELECT count(*) FROM audio), (SELECT count(*) FROM recording_keys)`).Scan(&people, &sounds, &keys); err != nil {
		t.Fatal(err)
	}
	if people != 1 || sounds != 1 || keys != 2 {
		t.Errorf("%d people, %d sounds, %d keys", people, sounds, keys)
	}
	if report, err := db.Check(context.Background()); err != nil || !report.Sound() {
		t.Errorf("%+v, %v", report, err)
	}
}

// Of recordings of one moment each gets an id of that moment, whatever their identifiers are.
func TestIDsOfOneMoment(t *testing.T) {
	db := open(t)
	var recs []Incoming
	for i := range 3 {
		rec := said("Kitchen", "2025-03-01 18:42:07", fmt.Sprintf("word %d", i))
		rec.VendorID, rec.FileName = "", "" // so that the device and the time alone make the id
		recs = append(recs, rec)
	}
	importAll(t, db, recs[:2]...)
	importAll(t, db, recs[2])
	ids := idsOf(t, db, "")
	if len(ids) != 3 || ids[0] != ids[1]+1 || ids[1] != ids[2]+1 {
		t.Errorf("ids %v", ids)
	}
	for _, id := range ids {
		if !IDTime(id).Equal(at("2025-03-01 18:42:07").Truncate(time.Millisecond)) {
			t.Errorf("%d is of %s", id, IDTime(id))
		}
	}
}
