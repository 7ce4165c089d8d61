package store

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

// sentRequest deletes all there is, and marks the only request as sent.
func sentRequest(t *testing.T, db *DB) Request {
	t.Helper()
	deleteAll(t, db, "")
	requests, err := db.Requests(context.Background())
	if err != nil || len(requests) != 1 {
		t.Fatalf("%+v, %v", requests, err)
	}
	return send(t, db, requests[0].ID, "2025-03-10")
}

// facts returns what the judge of the only sent request is given.
func facts(t *testing.T, db *DB) (r Request, lists []ExportList, sightings []Sighting) {
	t.Helper()
	err := db.Verify(context.Background(), func(q Request, e Evidence) Judgement {
		r, lists, sightings = q, e.Lists, e.Sightings
		return Judgement{Status: q.Status}
	})
	if err != nil {
		t.Fatal(err)
	}
	return r, lists, sightings
}

func TestSightingsSayByWhatARecordingWasKnownAgain(t *testing.T) {
	when := "2025-03-01 18:42:07"
	for name, tc := range map[string]struct {
		first, again Incoming
		purged       bool
		want         Matched
	}{
		"its identifier":                        {history(when, "play jazz"), history(when, "play jazz"), false, MatchedByIdentifier},
		"its identifier, purged":                {history(when, "play jazz"), history(when, "play jazz"), true, MatchedByIdentifier},
		"device, time and words":                {row(when, "play jazz"), row(when, "play jazz"), false, MatchedByWords},
		"words and about the time":              {history(when, "play jazz"), row(when, "play jazz"), false, MatchedByWords},
		"device and time, purged":               {row(when, "play jazz"), row(when, "play jazz"), true, MatchedUnsurely},
		"device and about the time, purged":     {history(when, "play jazz"), row(when, "play jazz"), true, MatchedUnsurely},
		"about the time and no words to know":   {withAudio(row(when, ""), "sound"), row(when, "play jazz"), false, MatchedByTime},
		"another identifier is another's":       {history(when, "play jazz"), history("2025-03-01 18:42:09", "play jazz"), true, ""},
		"the same moment on a different device": {row(when, "play jazz"), said("Bedroom", when, "play jazz"), true, ""},
	} {
		t.Run(name, func(t *testing.T) {
			db := open(t)
			importAll(t, db, tc.first)
			sentRequest(t, db)
			if tc.purged {
				if _, err := db.Purge(context.Background(), 0, nil); err != nil {
					t.Fatal(err)
				}
			}
			report := importAll(t, db, tc.again)
			r, lists, sightings := facts(t, db)
			if tc.want == "" {
				if len(sightings) != 0 {
					t.Fatalf("seen: %+v", sightings)
				}
				return
			}
			if len(sightings) != 1 || sightings[0].Matched != tc.want || sightings[0].Recording != r.Steps[0].Recordings[0] {
				t.Fatalf("%+v, want one by %s", sightings, tc.want)
			}
			at := slices.IndexFunc(lists, func(l ExportList) bool { return l.ID == sightings[0].List })
			if lists[at].ImportID != report.ID || lists[at].ImportID <= r.After {
				t.Errorf("seen in list %+v; import %d, request after %d", lists[at], report.ID, r.After)
			}
		})
	}
}

func TestTheSurestSightingCounts(t *testing.T) {
	db := open(t)
	importAll(t, db, history("2025-03-01 18:42:07", "play jazz"))
	sentRequest(t, db)
	unnamed := row("2025-03-01 18:42:07", "play jazz")
	unnamed.Origin = ""
	importAll(t, db, unnamed, history("2025-03-01 18:42:07", "play jazz"))
	if _, _, sightings := facts(t, db); len(sightings) != 1 || sightings[0].Matched != MatchedByIdentifier {
		t.Errorf("%+v", sightings)
	}
}

func TestListsSayWhatTheyCoverAndWhenTheyWereMade(t *testing.T) {
	packed := at("2025-03-20 00:00:00")
	listed := func(rec Incoming, name string, packed time.Time) Incoming {
		rec.List, rec.Origin = Listing{Name: name, Packed: packed}, name
		return rec
	}
	unknown := said("Kitchen", "2025-03-02 10:00:00", "when was it")
	unknown.Time = time.Time{}
	ahead := said("Kitchen", "2031-01-01 10:00:00", "a clock was wrong")
	modified := said("Kitchen", "2025-03-25 10:00:00", "copied")
	modified.TimeFrom = TimeModified
	local := said("Hall", "2025-03-01 10:00:00", "a file")
	local.Vendor = Files

	stamped := listed(said("Kitchen", "2025-03-05 10:00:00", "x"), "a", time.Time{})
	stamped.List.Stamp = at("2025-03-18 00:00:00")
	stampedAhead := stamped
	stampedAhead.List.Stamp = at("2031-01-01 00:00:00")
	for name, tc := range map[string]struct {
		rec  Incoming
		made time.Time
		by   MadeBy
		hint time.Time
	}{
		"the newest recording":            {listed(said("Kitchen", "2025-03-05 10:00:00", "x"), "a", time.Time{}), at("2025-03-05 10:00:00"), MadeByRecording, time.Time{}},
		"an archive's clock is a hint":    {listed(said("Kitchen", "2025-03-05 10:00:00", "x"), "a", packed), at("2025-03-05 10:00:00"), MadeByRecording, packed},
		"the maker's stamp":               {stamped, at("2025-03-18 00:00:00"), MadeByName, time.Time{}},
		"a stamp to come proves nothing":  {stampedAhead, at("2025-03-05 10:00:00"), MadeByRecording, time.Time{}},
		"nor does a time to come":         {listed(ahead, "a", at("2031-01-01 00:00:00")), time.Time{}, "", time.Time{}},
		"nor does the time of a file":     {listed(modified, "a", time.Time{}), time.Time{}, "", time.Time{}},
		"nor none":                        {listed(unknown, "a", time.Time{}), time.Time{}, "", time.Time{}},
		"a local folder is what there is": {listed(local, "a", time.Time{}), at("2025-04-01 12:00:00"), MadeByImport, time.Time{}},
	} {
		t.Run(name, func(t *testing.T) {
			db := open(t)
			importAll(t, db, tc.rec)
			lists, err := db.ExportLists(context.Background())
			if err != nil || len(lists) != 1 || !lists[0].Made.Equal(tc.made) || lists[0].MadeBy != tc.by || !lists[0].Packed.Equal(tc.hint) || !lists[0].Whole {
				t.Errorf("%+v, %v; want made %s", lists, err, tc.made)
			}
		})
	}

	db := open(t)
	importAll(t, db,
		listed(said("Kitchen", "2025-03-05 10:00:00", "b"), "one", time.Time{}), listed(said("Kitchen", "2025-03-01 10:00:00", "a"), "one", time.Time{}),
		listed(unknown, "one", time.Time{}), listed(said("Bedroom", "2025-03-02 10:00:00", "c"), "one", time.Time{}),
		listed(said("Kitchen", "2025-03-09 10:00:00", "d"), "two", time.Time{}))
	lists, err := db.ExportLists(context.Background())
	if err != nil || len(lists) != 2 || len(lists[0].Coverage) != 2 || len(lists[1].Coverage) != 1 {
		t.Fatalf("%+v, %v", lists, err)
	}
	if c := lists[0].Coverage[0]; IDTime(c.First) != at("2025-03-01 10:00:00") || IDTime(c.Last) != at("2025-03-05 10:00:00") || c.Serial != "G0KITCHEN" {
		t.Errorf("%+v", c)
	}

	kitchen, bedroom := lists[0].Coverage[0].DeviceID, lists[0].Coverage[1].DeviceID
	if _, err := db.MergeDevices(context.Background(), bedroom, kitchen); err != nil {
		t.Fatal(err)
	}
	lists, err = db.ExportLists(context.Background())
	if err != nil || len(lists[0].Coverage) != 1 || IDTime(lists[0].Coverage[0].First) != at("2025-03-01 10:00:00") {
		t.Errorf("merged: %+v, %v", lists, err)
	}
}

func TestAnImportThatIsNotWhole(t *testing.T) {
	for name, finish := range map[string]func(im *Import) error{
		"cancelled": func(im *Import) error {
			_, err := im.Finish(context.Background(), ImportCancelled)
			return err
		},
		"with a failure": func(im *Import) error {
			failed := MemberOutcome{Member: "b.csv", Outcome: MemberFailed, Reason: "damaged"}
			if err := im.Member(context.Background(), failed); err != nil {
				return err
			}
			_, err := im.Finish(context.Background(), ImportDone)
			return err
		},
	} {
		db := open(t)
		im, err := db.BeginImport(context.Background(), []string{"a.zip"}, false)
		if err == nil {
			err = im.Add(context.Background(), said("Kitchen", "2025-03-05 10:00:00", "x"))
		}
		if err := errors.Join(err, finish(im)); err != nil {
			t.Fatal(err)
		}
		if lists, err := db.ExportLists(context.Background()); err != nil || len(lists) != 1 || lists[0].Whole {
			t.Errorf("%s: %+v, %v", name, lists, err)
		}
	}
}

func TestVerifyWritesWhatItIsTold(t *testing.T) {
	db := open(t)
	importAll(t, db, said("Kitchen", "2025-03-01 10:00:00", "a"), said("Kitchen", "2025-03-02 10:00:00", "b"))
	r := sentRequest(t, db)
	first, second := r.Steps[0].Recordings[0], r.Steps[1].Recordings[0]
	judge := func(j Judgement) Request {
		t.Helper()
		if err := db.Verify(context.Background(), func(Request, Evidence) Judgement { return j }); err != nil {
			t.Fatal(err)
		}
		now, err := db.Request(context.Background(), r.ID)
		if err != nil {
			t.Fatal(err)
		}
		return now
	}
	now := judge(Judgement{StillThere, map[int64]RequestStatus{first: Gone, second: StillThere}})
	if now.Status != StillThere || now.Gone != 1 || now.StillThere != 1 || now.SentOn != "2025-03-10" || now.DueOn != "2025-03-10" {
		t.Errorf("%+v", now)
	}
	if _, err := db.Undo(context.Background(), 0, true); err != nil {
		t.Fatal(err)
	}
	if n := len(idsOf(t, db, "is:still-there")); n != 1 {
		t.Errorf("is:still-there finds %d", n)
	}
	if rec, err := db.Recording(context.Background(), first); err != nil || rec.Request != Gone {
		t.Errorf("%s, %v", rec.Request, err)
	}
	now = judge(Judgement{Sent, map[int64]RequestStatus{first: "", second: ""}})
	if now.Status != Sent || now.Gone+now.StillThere+now.CannotTell != 0 {
		t.Errorf("%+v", now)
	}
}

func TestMarkDraft(t *testing.T) {
	db := open(t)
	importAll(t, db, said("Kitchen", "2025-03-01 10:00:00", "a"))
	r := sentRequest(t, db)
	if dropped, err := db.MarkDraft(context.Background(), r.ID); err != nil || dropped {
		t.Fatal(dropped, err)
	}
	if now, err := db.Request(context.Background(), r.ID); err != nil || now.Status != Draft || now.SentOn+now.DueOn != "" {
		t.Errorf("%+v, %v", now, err)
	}
	send(t, db, r.ID, "2025-03-10")
	f := Letter{Request: r.ID, Kind: FollowupLetter, Number: 1, Written: at("2025-04-01 10:00:00"), Recordings: 1, Folder: "there"}
	if err := db.AddLetter(context.Background(), f); err != nil {
		t.Fatal(err)
	}
	if err := db.AddLetter(context.Background(), f); err == nil {
		t.Error("two follow-ups have one number")
	}
	if got, err := db.Letters(context.Background(), 0); err != nil || len(got) != 1 || got[0] != f {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := db.MarkDraft(context.Background(), r.ID); err == nil || !strings.Contains(err.Error(), "followed it") {
		t.Errorf("with a follow-up: %v", err)
	}
	if _, err := db.MarkDraft(context.Background(), 99); !errors.Is(err, ErrNotFound) {
		t.Errorf("none: %v", err)
	}

	db = open(t)
	importAll(t, db, said("Kitchen", "2025-03-01 10:00:00", "a"))
	r = sentRequest(t, db)
	if _, err := db.Undo(context.Background(), 0, true); err != nil {
		t.Fatal(err)
	}
	if dropped, err := db.MarkDraft(context.Background(), r.ID); err != nil || !dropped {
		t.Errorf("undone: %v, %v", dropped, err)
	}
	if requests, err := db.Requests(context.Background()); err != nil || len(requests) != 0 {
		t.Errorf("%+v, %v", requests, err)
	}
}
