package store

import (
	"context"
	"errors"
	"slices"
	"testing"
)

// drafts returns the requests, oldest first, with the words of what each asks for.
func drafts(t *testing.T, db *DB) (all []Request, asks [][]string) {
	t.Helper()
	all, err := db.Requests(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(all)
	for _, r := range all {
		var said []string
		for _, id := range r.InForce() {
			rec, err := db.Recording(context.Background(), id)
			if err != nil {
				t.Fatal(err)
			}
			said = append(said, rec.Transcript)
		}
		asks = append(asks, said)
	}
	return all, asks
}

func sameAsks(a [][]string, b ...[]string) bool { return slices.EqualFunc(a, b, slices.Equal) }

func TestDeletionsAddToOneDraft(t *testing.T) {
	db, ctx := open(t), context.Background()
	importAll(t, db, said("Kitchen", "2025-03-01 10:00:00", "one"), said("Kitchen", "2025-03-02 10:00:00", "two"), said("Kitchen", "2025-03-03 10:00:00", "three"), said("Hall", "2025-03-01 12:00:00", "four"))
	first, second := deleteAll(t, db, "one"), deleteAll(t, db, "two")
	deleteAll(t, db, "four")
	all, asks := drafts(t, db)
	if !sameAsks(asks, []string{"one", "two"}, []string{"four"}) || !slices.Equal(all[0].Deletions, []int64{first.ID, second.ID}) || all[0].Recordings != 2 {
		t.Fatalf("%v, %+v", asks, all)
	}
	if u, err := db.Undo(ctx, first.ID, false); err != nil || u.Dropped != 0 || u.Reduced != 1 || u.Text != "Restored 1 recording, took them out of 1 draft request" {
		t.Errorf("%+v, %v", u, err)
	}
	if all, asks := drafts(t, db); !sameAsks(asks, []string{"two"}, []string{"four"}) || !slices.Equal(all[0].Deletions, []int64{second.ID}) {
		t.Errorf("%v, %+v", asks, all)
	}
	if u, err := db.Undo(ctx, second.ID, false); err != nil || u.Dropped != 1 || u.Reduced != 0 {
		t.Errorf("%+v, %v", u, err)
	}
	if _, asks := drafts(t, db); !sameAsks(asks, []string{"four"}) {
		t.Errorf("%v", asks)
	}
}

// What was sent is what the letter asked for: what came later is a draft of its own, what was undone since is in it.
func TestSentAsWritten(t *testing.T) {
	db, ctx := open(t), context.Background()
	importAll(t, db, said("Kitchen", "2025-03-01 10:00:00", "one"), said("Kitchen", "2025-03-02 10:00:00", "two"), said("Kitchen", "2025-03-03 10:00:00", "three"))
	first := deleteAll(t, db, "one")
	deleteAll(t, db, "two")
	all, _ := drafts(t, db)
	steps := []Step{{Kind: DayRange, From: "2025-03-01", To: "2025-03-02", Recordings: all[0].InForce()}}
	if err := db.SetWritten(ctx, all[0].ID, Written{Folder: "/there", Law: "gdpr", Language: "en", Letter: "Dear", Files: map[string]string{"letter.txt": "00"}}, steps); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Undo(ctx, first.ID, false); err != nil {
		t.Fatal(err)
	}
	deleteAll(t, db, "three")
	if _, asks := drafts(t, db); !sameAsks(asks, []string{"two", "three"}) {
		t.Fatalf("%v", asks)
	}
	if err := db.MarkSent(ctx, all[0].ID, Sending{On: "2025-03-10", By: "mail", At: at("2025-03-10 23:59:59")}); err != nil {
		t.Fatal(err)
	}
	all, asks := drafts(t, db)
	if sent := all[0]; !sameAsks(asks, []string{"two"}, []string{"three"}) || sent.Status != Sent || all[1].Status != Draft || sent.Recordings != 2 || sent.Undone != 1 ||
		!slices.EqualFunc(sent.Steps, steps, func(a, b Step) bool { return SameSteps([]Step{a}, []Step{b}) }) || sent.Written.Law != "gdpr" || sent.Written.Letter != "Dear" || sent.SentBy != "mail" {
		t.Errorf("%v, %+v", asks, all)
	}
	if err := db.SetWritten(ctx, all[0].ID, Written{Folder: "/elsewhere", Law: "plain"}, nil); err != nil {
		t.Fatal(err)
	}
	if now, err := db.Request(ctx, all[0].ID); err != nil || now.Written.Law != "gdpr" || len(now.Steps) != 1 {
		t.Errorf("what was sent is changed: %+v, %v", now, err)
	}
}

// After a withdrawal, a deletion that is redone asks anew.
func TestWithdrawn(t *testing.T) {
	db, ctx := open(t), context.Background()
	importAll(t, db, said("Kitchen", "2025-03-01 10:00:00", "one"))
	r := sentRequest(t, db)
	if _, err := db.Undo(ctx, 0, true); err != nil {
		t.Fatal(err)
	}
	redone := func() RequestStatus {
		t.Helper()
		if _, err := db.Redo(ctx, func(context.Context, *DB, Again) (Order, error) {
			return Order{TimeZone: "UTC"}, nil
		}); err != nil {
			t.Fatal(err)
		}
		line, err := db.Timeline(ctx, 1)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Undo(ctx, 0, true); err != nil {
			t.Fatal(err)
		}
		return line[0].Request
	}
	if got := redone(); got != Sent {
		t.Errorf("redone it is %s", got)
	}
	if err := db.AddLetter(ctx, Letter{Request: r.ID, Kind: WithdrawalLetter, Number: 1}); err != nil {
		t.Fatal(err)
	}
	if got := redone(); got != NotAsked {
		t.Errorf("redone after it was withdrawn it is %s", got)
	}
}

// A device has one draft, also if it consists of two.
func TestDraftsFollowMergedDevices(t *testing.T) {
	db, ctx := open(t), context.Background()
	importAll(t, db, said("Kitchen", "2025-03-01 10:00:00", "one"), said("Hall", "2025-03-01 11:00:00", "two"), said("Hall", "2025-03-01 12:00:00", "three"))
	deleteAll(t, db, "one")
	deleteAll(t, db, "two")
	devices, err := db.DevicesOf(ctx, 1)
	if err != nil {
		t.Fatal(err)
	}
	kitchen, hall := devices[0].ID, devices[1].ID
	if _, err := db.MergeDevices(ctx, hall, kitchen); err != nil {
		t.Fatal(err)
	}
	deleteAll(t, db, "three")
	if all, asks := drafts(t, db); !sameAsks(asks, []string{"one", "two", "three"}) || all[0].Device.ID != kitchen {
		t.Errorf("merged: %v", asks)
	}
	if _, err := db.SplitDevice(ctx, hall); err != nil {
		t.Fatal(err)
	}
	if all, asks := drafts(t, db); !sameAsks(asks, []string{"one"}, []string{"two", "three"}) || all[1].Device.ID != hall {
		t.Errorf("split: %v", asks)
	}
}

func TestTicksFollowTheRecordings(t *testing.T) {
	db, ctx := open(t), context.Background()
	importAll(t, db, said("Kitchen", "2025-03-01 10:00:00", "one"), said("Kitchen", "2025-03-02 10:00:00", "two"))
	deleteAll(t, db, "")
	all, _ := drafts(t, db)
	r, ids := all[0], all[0].InForce()
	if err := db.Tick(ctx, r.ID, ids[:1], "2025-03-04"); err != nil {
		t.Fatal(err)
	}
	if r, err := db.Request(ctx, r.ID); err != nil || r.doneOn(ids[:1]) != "2025-03-04" || r.doneOn(ids) != "" {
		t.Errorf("%+v, %v", r.Items, err)
	}
	if err := db.Tick(ctx, r.ID, ids[1:], "2025-03-05"); err != nil {
		t.Fatal(err)
	}
	if r := send(t, db, r.ID, "2025-03-10"); r.doneOn(ids) != "2025-03-05" || r.StepsDone() != 2 {
		t.Errorf("sent: %+v", r.Steps)
	}
}

func TestAnswersNeedASentRequest(t *testing.T) {
	db, ctx := open(t), context.Background()
	importAll(t, db, said("Kitchen", "2025-03-01 10:00:00", "one"))
	deleteAll(t, db, "")
	refuses := func(why string, a Answered) {
		t.Helper()
		if err := db.Answer(ctx, 1, a, ""); err == nil {
			t.Error(why)
		}
	}
	refuses("an answer before sending", Answered{Kind: Confirmed, On: "2025-03-11"})
	if err := db.Answer(ctx, 1, Answered{Kind: Note, On: "2025-03-09", Text: "to do"}, ""); err != nil {
		t.Error(err)
	}
	send(t, db, 1, "2025-03-10")
	refuses("an answer of a day before it was sent", Answered{Kind: Confirmed, On: "2025-03-09"})
	if err := db.Answer(ctx, 1, Answered{Kind: Refused, On: "2025-03-12", Text: "a claim"}, "2025-06-10"); err != nil {
		t.Fatal(err)
	}
	r, err := db.Request(ctx, 1)
	if want := []Answered{{Note, "2025-03-09", "to do"}, {Refused, "2025-03-12", "a claim"}}; err != nil || !slices.Equal(r.Answers, want) || r.DueOn != "2025-06-10" {
		t.Errorf("%+v, %v", r.Answers, err)
	}
	if err := db.Answer(ctx, 9, Answered{Kind: Note}, ""); !errors.Is(err, ErrNotFound) {
		t.Errorf("no such request: %v", err)
	}
}
