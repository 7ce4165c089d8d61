package app

import (
	"context"
	"testing"
	"time"

	"unsaid/deletion"
	"unsaid/store"
)

// verdictOf judges the only request that was sent, and checks that the library agrees.
func verdictOf(t *testing.T, db *store.DB) deletion.Verdict {
	t.Helper()
	verdicts, err := over(db, time.Time{}, "").Verify(context.Background())
	if err != nil || len(verdicts) != 1 {
		t.Fatalf("%+v, %v", verdicts, err)
	}
	v := verdicts[0]
	kept, err := db.Request(context.Background(), v.Request.ID)
	if err != nil || kept.Status != v.Request.Status || kept.Gone != v.Request.Gone || kept.StillThere != v.Request.StillThere || kept.CannotTell != v.Request.CannotTell {
		t.Errorf("the library has %+v, %v, not %+v", kept, err, v.Request)
	}
	return v
}

// sentLibrary is a library in which a request about the middle one of three recordings was sent on
// 10 March 2025.
func sentLibrary(t *testing.T) *store.DB {
	t.Helper()
	db, id := requested(t)
	markSent(t, db, id, at(t, "2025-03-10 23:59:59"), "")
	return db
}

func TestVerdictsFollowTheExports(t *testing.T) {
	db := sentLibrary(t)
	for _, step := range []struct {
		times []string
		want  store.RequestStatus
	}{
		{[]string{"2025-02-01 10:00:00", "2025-02-02 10:00:00", "2025-02-03 10:00:00"}, store.CannotTell}, // the old one again
		{[]string{"2025-02-03 10:00:00", "2025-04-01 10:00:00"}, store.CannotTell},                        // begins later
		{[]string{"2025-02-01 10:00:00", "2025-04-02 10:00:00"}, store.Gone},
		{[]string{"2025-02-02 10:00:00", "2025-04-03 10:00:00"}, store.StillThere}, // it came back
		{[]string{"2025-02-01 10:00:00", "2025-04-02 10:00:00"}, store.StillThere}, // an earlier one again
		{[]string{"2025-02-01 10:00:00", "2025-04-04 10:00:00"}, store.Gone},
	} {
		bring(t, db, "next.zip", step.times...)
		if v := verdictOf(t, db); v.Request.Status != step.want {
			t.Errorf("after an export of %v it is %s, want %s; %v", step.times, v.Request.Status, step.want, v.Reasons)
		}
	}
}

func TestVerdictsAfterAPurgeAnUndoAndAMerge(t *testing.T) {
	has := []string{"2025-02-02 10:00:00", "2025-04-01 10:00:00"}
	lacks := []string{"2025-02-01 10:00:00", "2025-04-01 10:00:00"}
	for name, change := range map[string]func(t *testing.T, db *store.DB) error{
		"purged": func(_ *testing.T, db *store.DB) error {
			_, err := db.Purge(context.Background(), 0, nil)
			return err
		},
		"undone": func(_ *testing.T, db *store.DB) error {
			_, err := db.Undo(context.Background(), 0, true)
			return err
		},
		"merged": func(t *testing.T, db *store.DB) error {
			im, err := db.BeginImport(context.Background(), nil, false)
			if err != nil {
				return err
			}
			if err := im.Add(context.Background(), store.Incoming{
				Vendor: store.Amazon, Device: store.IncomingDevice{Serial: "G02"}, Time: at(t, "2025-01-01 10:00:00"), TimeFrom: store.TimeExact,
			}); err != nil {
				return err
			}
			if _, err := im.Finish(context.Background(), store.ImportDone); err != nil {
				return err
			}
			_, err = db.MergeDevices(context.Background(), 1, 2)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			for _, tc := range []struct {
				times []string
				want  store.RequestStatus
			}{{has, store.StillThere}, {lacks, store.Gone}} {
				db := sentLibrary(t)
				if err := change(t, db); err != nil {
					t.Fatal(err)
				}
				bring(t, db, "next.zip", tc.times...)
				if name == "undone" && tc.want == store.StillThere {
					tc.want = store.Sent // nobody asks for it any more
				}
				if v := verdictOf(t, db); v.Request.Status != tc.want {
					t.Errorf("it is %s, want %s; %v", v.Request.Status, tc.want, v.Reasons)
				}
			}
		})
	}
}

func TestACancelledImportProvesOnlyWhatItSaw(t *testing.T) {
	for _, tc := range []struct {
		times []string
		want  store.RequestStatus
	}{
		{[]string{"2025-02-02 10:00:00", "2025-04-01 10:00:00"}, store.StillThere},
		{[]string{"2025-02-01 10:00:00", "2025-04-01 10:00:00"}, store.CannotTell},
	} {
		db := sentLibrary(t)
		bringAs(t, db, "next.zip", store.ImportCancelled, tc.times...)
		if v := verdictOf(t, db); v.Request.Status != tc.want {
			t.Errorf("it is %s, want %s", v.Request.Status, tc.want)
		}
	}
}
