package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestDeleteAndUndo(t *testing.T) {
	path := filepath.Join(t.TempDir(), "unsaid.db")
	db, err := Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	importAll(t, db, said("Kitchen", "2025-03-01 18:42:07", "play jazz"), said("Bedroom", "2025-03-02 18:42:07", "play rock"),
		said("Bedroom", "2025-03-03 18:42:07", "stop"))
	d := deleteAll(t, db, "play")
	if d.Recordings != 2 || d.Devices != 2 || d.State != DeletionDone || d.From != at("2025-03-01 18:42:07") {
		t.Errorf("deletion %+v", d)
	}
	if got := words(t, db, Query{}); got != "stop" {
		t.Errorf("left %q", got)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}

	db = openAt(t, path) // the trash outlives the program
	requests, err := db.Requests(context.Background())
	if err != nil || len(requests) != 2 || requests[0].Status != Draft || len(requests[0].Items) != 1 {
		t.Fatalf("requests %+v, %v", requests, err)
	}
	undone, err := db.Undo(context.Background(), 0, true)
	if err != nil || undone.Restored != 2 || undone.Dropped != 2 || len(undone.Sent) != 0 {
		t.Fatalf("undone %+v, %v", undone, err)
	}
	if got := words(t, db, Query{}); got != "stop|play rock|play jazz" {
		t.Errorf("after undo %q", got)
	}
	if _, err := db.Undo(context.Background(), 0, true); !errors.Is(err, ErrNothingToUndo) {
		t.Errorf("a second undo: %v", err)
	}
	if _, err := db.Undo(context.Background(), d.ID, true); err == nil || !strings.Contains(err.Error(), "undone already") {
		t.Errorf("the same undo: %v", err)
	}
}

func TestUndoTellsOfSentRequests(t *testing.T) {
	db := open(t)
	importAll(t, db, said("Kitchen", "2025-03-01 18:42:07", "play jazz"))
	deleteAll(t, db, "")
	requests, err := db.Requests(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	send(t, db, requests[0].ID, "2025-04-02")
	undone, err := db.Undo(context.Background(), 0, true)
	if err != nil || len(undone.Sent) != 1 || undone.Sent[0].SentOn != "2025-04-02" || undone.Dropped != 0 {
		t.Errorf("%+v, %v", undone, err)
	}
}

func TestDeleteOnlyAtTheMaker(t *testing.T) {
	db := open(t)
	importAll(t, db, said("Kitchen", "2025-03-01 18:42:07", "play jazz"))
	page, err := db.Page(context.Background(), Query{}, 1, 0)
	if err != nil {
		t.Fatal(err)
	}
	order := Order{IDs: []int64{page[0].ID}, TimeZone: "UTC", Requests: []DeviceRequest{
		{page[0].Device.ID, []int64{page[0].ID}},
	}}
	if _, _, err := db.Delete(context.Background(), order); err != nil {
		t.Fatal(err)
	}
	r, err := db.Recording(context.Background(), page[0].ID)
	if err != nil || r.State != Live || r.Request != Draft {
		t.Errorf("%+v, %v", r, err)
	}
	if trash, err := db.Trash(context.Background()); err != nil || len(trash) != 0 {
		t.Errorf("trash %v, %v", trash, err)
	}
	if n := len(idsOf(t, db, "is:requested")); n != 1 {
		t.Errorf("is:requested finds %d", n)
	}
}

func TestDeletingWhatIsNotThereChangesNothing(t *testing.T) {
	db := open(t)
	importAll(t, db, said("Kitchen", "2025-03-01 18:42:07", "play jazz"))
	ids := append(idsOf(t, db, ""), 42)
	if _, _, err := db.Delete(context.Background(), Order{IDs: ids, Local: true}); err == nil {
		t.Error("no error")
	}
	if got := words(t, db, Query{}); got != "play jazz" {
		t.Errorf("left %q", got)
	}
}

// filesHold tells which of the texts stand anywhere in the files of dir.
func filesHold(t *testing.T, dir string, texts ...string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, e := range entries {
		content, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		content = bytes.ToLower(content)
		for _, text := range texts {
			if bytes.Contains(content, []byte(strings.ToLower(text))) {
				found = append(found, e.Name()+" holds "+text)
			}
		}
	}
	return found
}

func TestPurgedIsPurged(t *testing.T) {
	for name, owed := range map[string]bool{"cut out": false, "made anew": true} {
		t.Run(name, func(t *testing.T) { purgedIsPurged(t, owed) })
	}
}

func purgedIsPurged(t *testing.T, owed bool) {
	db := open(t)
	dir := filepath.Dir(db.Path())
	secret := withAudio(said("Kitchen", "2025-03-01 18:42:07", "xylophonist zanzibar"), strings.Repeat("SECRETSOUND", 4000))
	secret.Reply, secret.VendorID, secret.People = "quizzical", "", []IncomingPerson{{Name: "Persephone"}}
	kept := withAudio(said("Kitchen", "2025-03-02 18:42:07", "harmless kingfisher"), strings.Repeat("OTHERSOUND", 4000))
	var recs []Incoming
	for i := range 3000 { // so that the index has segments of several levels
		ordinary := said("Bedroom", "2025-01-01 00:00:00", fmt.Sprintf("ordinary words %d", i))
		ordinary.Time = ordinary.Time.Add(time.Duration(i) * time.Minute) // of one moment, each would be compared with many
		recs = append(recs, ordinary)
	}
	importAll(t, db, append(recs, secret, kept)...)
	if owed {
		owe(t, db)
	}
	if isClean(t, db) == owed {
		t.Fatal("not the way to be tested")
	}
	forbidden := []string{"xylophonist", "zanzibar", "quizzical", "Persephone", "SECRETSOUND"}
	if found := filesHold(t, dir, forbidden...); len(found) < len(forbidden) {
		t.Fatalf("before the purge: %v; the test could not fail", found)
	}
	deleteAll(t, db, "xylophonist zanzibar")
	if _, err := db.Undo(context.Background(), 0, true); err != nil { // its search words must not stay either
		t.Fatal(err)
	}
	deleteAll(t, db, "zanzibar")
	if isClean(t, db) == owed {
		t.Fatal("not the way to be tested")
	}

	result, err := db.Purge(context.Background(), 0, nil)
	if err != nil || result.Recordings != 1 || result.Bytes != 44000 {
		t.Fatalf("%+v, %v", result, err)
	}
	if found := filesHold(t, dir, forbidden...); len(found) > 0 {
		t.Errorf("after the purge: %v", found)
	}
	if got := words(t, db, mustParse(t, "kingfisher")); got != "harmless kingfisher" {
		t.Errorf("the kept one: %q", got)
	}
	if found := filesHold(t, dir, "OTHERSOUND"); len(found) == 0 {
		t.Error("the kept sound is gone")
	}

	if report := importAll(t, db, secret); report.Doubtful != 1 || report.Added != 0 {
		t.Errorf("imported again: %+v", report.ImportCounts)
	}
	if found := filesHold(t, dir, forbidden...); len(found) > 0 {
		t.Errorf("after importing again: %v", found)
	}
	requests, err := db.Requests(context.Background())
	if err != nil || len(requests) != 1 || requests[0].Recordings != 1 {
		t.Fatalf("requests %+v, %v", requests, err)
	}
	stone, err := db.Recording(context.Background(), requests[0].Items[0].Recording)
	if err != nil || stone.State != Purged || stone.Device.Name != "Kitchen" || stone.Request != Draft || stone.Time != at("2025-03-01 18:42:07") {
		t.Errorf("tombstone %+v, %v", stone, err)
	}
	var free int
	if err := db.write.QueryRow("PRAGMA freelist_count").Scan(&free); err != nil || free != 0 {
		t.Errorf("%d free pages were not returned, %v", free, err)
	}
}

func TestPurgeKeepsASharedSound(t *testing.T) {
	db := open(t)
	importAll(t, db, withAudio(said("Kitchen", "2025-03-01 18:42:07", "one"), "same"), withAudio(said("Kitchen", "2025-03-02 18:42:07", "two"), "same"))
	deleteAll(t, db, "one")
	if result, err := db.Purge(context.Background(), 0, nil); err != nil || result.Recordings != 1 || result.Bytes != 0 {
		t.Fatalf("%+v, %v", result, err)
	}
	page, err := db.Page(context.Background(), Query{}, 2, 0)
	if err != nil || len(page) != 1 {
		t.Fatal(page, err)
	}
	if data, err := db.AudioData(context.Background(), page[0].Audio.ID); err != nil || string(data) != "same" {
		t.Errorf("%q, %v", data, err)
	}
}

func TestTimelineKnowsWhatWasAskedFor(t *testing.T) {
	db, ctx := open(t), context.Background()
	importAll(t, db, said("Kitchen", "2025-03-01 18:42:07", "one"), said("Kitchen", "2025-03-02 18:42:07", "two"), said("Kitchen", "2025-03-03 18:42:07", "three"))
	stands := func(when string, want ...RequestStatus) {
		t.Helper()
		line, err := db.Timeline(ctx, 1)
		if err != nil {
			t.Fatal(err)
		}
		var got []RequestStatus
		for _, m := range line {
			got = append(got, m.Request)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %s, want %s", when, got, want)
		}
	}
	judge := func(outcome RequestStatus) {
		t.Helper()
		if err := db.Verify(ctx, func(r Request, _ Evidence) Judgement {
			return Judgement{outcome, map[int64]RequestStatus{r.Steps[0].Recordings[0]: outcome}}
		}); err != nil {
			t.Fatal(err)
		}
	}
	two := idsOf(t, db, "two")
	asking := Order{IDs: two, Local: true, TimeZone: "UTC", Requests: []DeviceRequest{{1, two}}}
	stands("nothing was asked", NotAsked, NotAsked, NotAsked)
	_, requests, err := db.Delete(ctx, asking)
	if err != nil {
		t.Fatal(err)
	}
	stands("drafted", NotAsked, Draft, NotAsked)
	send(t, db, requests[0], "2025-04-02")
	stands("sent", NotAsked, Sent, NotAsked)
	judge(StillThere)
	stands("still there", NotAsked, StillThere, NotAsked)
	if _, err := db.Undo(ctx, 0, true); err != nil {
		t.Fatal(err)
	}
	stands("undone", NotAsked, NotAsked, NotAsked)
	judge(Gone)
	stands("gone, though undone", NotAsked, Gone, NotAsked)
	judge(StillThere)
	if _, _, err := db.Delete(ctx, asking); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Purge(ctx, 0, nil); err != nil {
		t.Fatal(err)
	}
	stands("asked anew and purged", NotAsked, Draft, NotAsked)
}

// TestRandomLives plays random imports, deletions, undos and purges against a model.
func TestRandomLives(t *testing.T) {
	for seed := range uint64(20) {
		random := rand.New(rand.NewPCG(seed, 7))
		db := open(t)
		model := map[string]State{} // by word
		trash := map[int64][]string{}
		for range 60 {
			switch random.IntN(5) {
			case 0, 1:
				n := random.IntN(30)
				word := fmt.Sprintf("word%d", n)
				importAll(t, db, said(fmt.Sprintf("D%d", n%3), fmt.Sprintf("2025-03-%02d 10:00:00", n+1), word))
				if model[word] == "" {
					model[word] = Live
				}
			case 2:
				query := fmt.Sprintf("device:D%d", random.IntN(3))
				if len(idsOf(t, db, query)) == 0 {
					continue
				}
				said := strings.Split(words(t, db, mustParse(t, query)), "|")
				trash[deleteAll(t, db, query).ID] = said
				for _, word := range said {
					model[word] = Trashed
				}
			case 3:
				undone, err := db.Undo(context.Background(), 0, true)
				if errors.Is(err, ErrNothingToUndo) {
					continue
				}
				if err != nil || undone.Restored != len(trash[undone.Deletion.ID]) {
					t.Fatalf("seed %d: undo %+v, %v", seed, undone, err)
				}
				for _, word := range trash[undone.Deletion.ID] {
					model[word] = Live
				}
				delete(trash, undone.Deletion.ID)
			case 4:
				for id, said := range trash {
					if _, err := db.Purge(context.Background(), id, nil); err != nil {
						t.Fatalf("seed %d: %v", seed, err)
					}
					for _, word := range said {
						model[word] = Purged
					}
					delete(trash, id)
					break
				}
			}
			for _, state := range []State{Live, Trashed} {
				var want []string
				for word, s := range model {
					if s == state {
						want = append(want, word)
					}
				}
				got := strings.Split(words(t, db, Query{State: state}), "|")
				got = slices.DeleteFunc(got, func(w string) bool { return w == "" })
				slices.Sort(got)
				slices.Sort(want)
				if !slices.Equal(got, want) {
					t.Fatalf("seed %d: %s are %v, want %v", seed, state, got, want)
				}
			}
		}
		if _, err := db.write.Exec(`INSERT INTO words (words, rank) VALUES ('integrity-check', 1)`); err != nil {
			t.Errorf("seed %d: search index: %v", seed, err)
		}
	}
}
