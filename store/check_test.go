package store

import (
	"context"
	"testing"
)

func TestCheckFindsDamage(t *testing.T) {
	db := open(t)
	importAll(t, db, withAudio(said("Kitchen", "2025-03-01 18:42:07", "play jazz"), "sound"), said("Kitchen", "2025-03-02 18:42:07", "stop"))
	report, err := db.Check(context.Background())
	if err != nil || !report.Sound() || report.Recordings != 2 || report.AudioFiles != 1 {
		t.Fatalf("a sound library: %+v, %v", report, err)
	}
	for _, damage := range []string{
		`UPDATE audio_data SET data = x'00'`,
		`UPDATE recordings SET transcript = 'never said' WHERE transcript = 'stop'`,
	} {
		if _, err := db.write.Exec(damage); err != nil {
			t.Fatal(err)
		}
	}
	report, err = db.Check(context.Background())
	if err != nil || report.Sound() || len(report.Audio) != 1 || report.Index == "" {
		t.Errorf("a damaged library: %+v, %v", report, err)
	}
}

// A recording without words is checked as any other, through all of its life.
func TestWordlessLibraryIsSound(t *testing.T) {
	db := open(t)
	isSound := func(when string) {
		t.Helper()
		if report, err := db.Check(context.Background()); err != nil || !report.Sound() {
			t.Fatalf("%s: %+v, %v", when, report, err)
		}
	}
	first, second, third := said("Kitchen", "2025-03-01 18:42:07", ""), said("Bedroom", "2025-03-02 18:42:07", ""), said("Hall", "2025-03-03 18:42:07", "")
	importAll(t, db, first, second, third)
	isSound("imported")
	first.Transcript = "play jazz"
	importAll(t, db, first)
	isSound("completed with words")
	if got := idsOf(t, db, "jazz"); len(got) != 1 {
		t.Errorf("%d found by the words that came later", len(got))
	}
	second.Reply = "here is a station"
	importAll(t, db, second)
	isSound("completed with a reply")
	deleteAll(t, db, "")
	isSound("in the trash")
	if _, err := db.Purge(context.Background(), 0, nil); err != nil {
		t.Fatal(err)
	}
	isSound("purged")
}
