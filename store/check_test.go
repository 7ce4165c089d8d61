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
