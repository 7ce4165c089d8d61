package deletion

import (
	"cmp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"unsaid/store"
)

// id is the recording of a moment, such as 2025-03-01 18:42:07, in UTC.
func id(t testing.TB, when string) int64 {
	t.Helper()
	return store.MakeID(at(t, time.UTC, when), 1)
}

// had is what a list had of a device of Amazon's, known by its serial.
func had(t testing.TB, device int64, first, last string) store.Coverage {
	t.Helper()
	return store.Coverage{
		DeviceID: device, Vendor: store.Amazon, Serial: "G0" + string(rune('A'+device)), Known: true, First: id(t, first), Last: id(t, last),
	}
}

// evidence is lists of Amazon's, with sightings in them.
func evidence(lists []store.ExportList, sightings []store.Sighting) store.Evidence {
	for i := range lists {
		lists[i].Vendor = store.Amazon
		if lists[i].Read.IsZero() {
			lists[i].Read = lists[i].Imported
		}
	}
	return store.Evidence{Lists: lists, Sightings: sightings}
}

func TestVerify(t *testing.T) {
	const kitchen, bedroom, office = 1, 2, 3
	asked := id(t, "2025-02-01 10:00:00")
	// The export that the recordings came from has the kitchen beside the bedroom.
	first := store.ExportList{
		ID: 1, ImportID: 1, Whole: true, Made: at(t, time.UTC, "2025-03-01 00:00:00"),
		Coverage: []store.Coverage{had(t, kitchen, "2025-01-01 10:00:00", "2025-03-01 10:00:00"), had(t, bedroom, "2025-01-01 11:00:00", "2025-03-01 11:00:00")},
	}
	next := func(made string, coverage ...store.Coverage) store.ExportList {
		return store.ExportList{ID: 2, ImportID: 2, Whole: true, Imported: at(t, time.UTC, "2025-06-01 00:00:00"), Made: at(t, time.UTC, made), Coverage: coverage}
	}
	later := "2025-04-01 00:00:00"
	both := had(t, kitchen, "2025-01-01 10:00:00", "2025-03-20 10:00:00")
	in := func(l store.ExportList, list, imported int64) store.ExportList {
		l.ID, l.ImportID = list, imported
		return l
	}
	partial := next(later, both)
	partial.Whole = false
	undated := next(later, both)
	undated.Made = time.Time{}
	hasty := next("2025-03-10 20:00:00", both)
	hasty.Imported = at(t, time.UTC, "2025-03-10 21:00:00")
	old := in(next("2025-03-01 00:00:00", both), 3, 2)

	for name, tc := range map[string]struct {
		lists []store.ExportList
		seen  []int64 // lists that have the recording
		want  store.RequestStatus
		why   ReasonKind
	}{
		"no export since":                         {nil, nil, store.Sent, NoExport},
		"the device before and after":             {[]store.ExportList{next(later, both)}, nil, store.Gone, ""},
		"it is in it":                             {[]store.ExportList{next(later, both)}, []int64{2}, store.StillThere, ""},
		"older than the request":                  {[]store.ExportList{next("2025-03-09 00:00:00", both)}, nil, store.CannotTell, NotLater},
		"older than the request, and has it":      {[]store.ExportList{next("2025-03-09 00:00:00", both)}, []int64{2}, store.CannotTell, NotLater},
		"imported on the day of the request":      {[]store.ExportList{hasty}, []int64{2}, store.Sent, TooEarly},
		"of the day on which it was sent":         {[]store.ExportList{next("2025-03-10 22:59:59", both)}, []int64{2}, store.CannotTell, NotLater},
		"of the first instant after that day":     {[]store.ExportList{next("2025-03-10 23:00:00", both)}, []int64{2}, store.StillThere, ""},
		"of a time that is not known":             {[]store.ExportList{undated}, []int64{2}, store.CannotTell, NotLater},
		"not read to the end":                     {[]store.ExportList{partial}, nil, store.CannotTell, NotWhole},
		"not read to the end, but has it":         {[]store.ExportList{partial}, []int64{2}, store.StillThere, ""},
		"ends before":                             {[]store.ExportList{next(later, had(t, kitchen, "2025-01-01 10:00:00", "2025-01-31 10:00:00"))}, nil, store.CannotTell, NothingAfter},
		"begins after":                            {[]store.ExportList{next(later, had(t, kitchen, "2025-02-02 10:00:00", "2025-03-31 10:00:00"))}, nil, store.CannotTell, NothingBefore},
		"another device of the account":           {[]store.ExportList{next(later, had(t, bedroom, "2025-01-01 10:00:00", "2025-03-31 10:00:00"))}, nil, store.CannotTell, NoDevice},
		"two devices of another account":          {[]store.ExportList{next(later, had(t, office, "2025-01-01 10:00:00", "2025-03-31 10:00:00"), had(t, 4, "2025-01-01 10:00:00", "2025-03-31 10:00:00"))}, nil, store.CannotTell, NoDevice},
		"the account before and after":            {[]store.ExportList{next(later, had(t, bedroom, "2025-01-01 10:00:00", "2025-01-31 10:00:00"), had(t, kitchen, "2025-03-15 10:00:00", "2025-03-31 10:00:00"))}, nil, store.Gone, ""},
		"two lists with a gap":                    {[]store.ExportList{next(later, had(t, kitchen, "2025-01-01 10:00:00", "2025-01-15 10:00:00")), in(next(later, had(t, kitchen, "2025-03-15 10:00:00", "2025-03-31 10:00:00")), 3, 2)}, nil, store.CannotTell, InGap},
		"a part of another list has it":           {[]store.ExportList{next(later, both), in(next(later, had(t, kitchen, "2025-02-01 10:00:00", "2025-02-01 10:00:00")), 3, 2)}, []int64{3}, store.StillThere, ""},
		"an older part of the import has it":      {[]store.ExportList{next(later, both), old}, []int64{3}, store.CannotTell, InOlderPart},
		"gone from a later one":                   {[]store.ExportList{next(later, both), in(next("2025-05-01 00:00:00", both), 3, 3)}, []int64{2}, store.Gone, ""},
		"come back in a later one":                {[]store.ExportList{next(later, both), in(next("2025-05-01 00:00:00", both), 3, 3)}, []int64{3}, store.StillThere, ""},
		"an earlier one imported again":           {[]store.ExportList{in(next("2025-05-01 00:00:00", both), 2, 2), in(next(later, both), 3, 3)}, []int64{3}, store.Gone, ""},
		"another of the same day, imported last":  {[]store.ExportList{next("2025-04-01 12:00:00", both), in(next("2025-04-01 06:00:00", both), 3, 3)}, []int64{2}, store.Gone, ""},
		"a later one that does not cover it":      {[]store.ExportList{next(later, both), in(next("2025-05-01 00:00:00", had(t, kitchen, "2025-04-01 10:00:00", "2025-04-30 10:00:00")), 3, 3)}, []int64{2}, store.StillThere, ""},
		"before the request was drafted, has all": {[]store.ExportList{in(next(later, both), 2, 1)}, nil, store.Sent, NoExport},
	} {
		t.Run(name, func(t *testing.T) {
			r := store.Request{
				ID: 1, Device: store.Device{ID: kitchen, Vendor: store.Amazon}, Status: store.Sent, SentOn: "2025-03-10", SentAt: at(t, time.UTC, "2025-03-10 23:00:00"), After: 1,
				TimeZone: "Europe/Berlin", Steps: []store.Step{{Kind: store.Single, Recordings: []int64{asked}}},
			}
			var sightings []store.Sighting
			for _, list := range tc.seen {
				sightings = append(sightings, store.Sighting{Recording: asked, List: list, Matched: store.MatchedByIdentifier})
			}
			v := Verify(r, evidence(append([]store.ExportList{first}, tc.lists...), sightings))
			var why ReasonKind
			for _, reason := range v.Reasons {
				why = reason.Kind
			}
			if v.Request.Status != tc.want || why != tc.why {
				t.Errorf("%s, %q, want %s, %q", v.Request.Status, why, tc.want, tc.why)
			}
			told := 0
			for _, reason := range v.Reasons {
				text := reason.Sentence()
				if strings.Contains(text, string(reason.Kind)) || strings.Contains(text, "%!") {
					t.Errorf("it is explained by %q", text)
				}
				if strings.HasPrefix(text, "cannot tell of") {
					told += reason.Recordings
				}
			}
			if told != v.Request.CannotTell {
				t.Errorf("the reasons say that %d cannot be told, the counts %d", told, v.Request.CannotTell)
			}
			if tc.want == store.StillThere && v.Findings[0].Matched != store.MatchedByIdentifier {
				t.Errorf("it was known again by %q", v.Findings[0].Matched)
			}
		})
	}
}

// What may be the recording as well as another proves neither that it is there nor that it is gone.
func TestDoubtProvesNothing(t *testing.T) {
	asked := had(t, 1, "2025-02-01 10:00:00", "2025-02-01 10:00:00").First
	r := store.Request{
		Device: store.Device{ID: 1, Vendor: store.Amazon}, SentOn: "2025-03-10", SentAt: at(t, time.UTC, "2025-03-11 00:00:00"), TimeZone: "UTC",
		Steps: []store.Step{{Kind: store.Single, Recordings: []int64{asked}}},
	}
	lists := []store.ExportList{{ID: 1, ImportID: 1, Whole: true, Imported: time.Now(), Made: at(t, time.UTC, "2025-04-01 00:00:00"), Coverage: []store.Coverage{had(t, 1, "2025-01-01 00:00:00", "2025-04-01 00:00:00")}}}
	if v := Verify(r, evidence(lists, nil)); v.Request.Status != store.Gone {
		t.Fatalf("%+v, so that the test could not fail", v)
	}
	v := Verify(r, evidence(lists, []store.Sighting{{Recording: asked, List: 1, Matched: store.MatchedUnsurely}}))
	if v.Request.Status != store.CannotTell || v.Reasons[0].Kind != InDoubt || !strings.Contains(v.Reasons[0].String(), "may be it") {
		t.Errorf("%+v", v)
	}
}

func TestVerifyOfUnknownTime(t *testing.T) {
	r := store.Request{
		Device: store.Device{ID: 1, Vendor: store.Amazon}, SentOn: "2025-03-10", SentAt: at(t, time.UTC, "2025-03-11 00:00:00"), TimeZone: "UTC",
		Steps: []store.Step{{Kind: store.Single, Recordings: []int64{7}}},
	}
	lists := []store.ExportList{{ID: 1, ImportID: 1, Whole: true, Imported: time.Now(), Made: at(t, time.UTC, "2025-04-01 00:00:00"), Coverage: []store.Coverage{had(t, 1, "1970-01-01 00:00:01", "2025-04-01 00:00:00")}}}
	if v := Verify(r, evidence(lists, nil)); v.Request.Status != store.CannotTell || v.Reasons[0].Kind != NoTime {
		t.Errorf("%+v", v)
	}
}

// TestVerifyAgreesWithTheRule compares Verify with a reading of the rule that looks at one
// recording and one list at a time.
func TestVerifyAgreesWithTheRule(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		moment := rapid.Int64Range(1, 12)
		dayID := func(n int64) int64 { return store.MakeID(time.Unix(n*86400, 0), 0) }
		sent := moment.Draw(t, "sent")
		r := store.Request{
			Device: store.Device{ID: 1, Vendor: store.Amazon}, TimeZone: "UTC", After: rapid.Int64Range(0, 1).Draw(t, "after"),
			SentOn: time.Unix(sent*86400, 0).UTC().Format(time.DateOnly), SentAt: time.Unix((sent+1)*86400, 0),
		}
		for _, n := range rapid.SliceOfNDistinct(moment, 1, 6, func(n int64) int64 { return n }).Draw(t, "asked") {
			r.Steps = append(r.Steps, store.Step{Kind: store.Single, Recordings: []int64{dayID(n)}})
		}
		var lists []store.ExportList
		var sightings []store.Sighting
		imports := map[int64]store.ExportList{}
		for i := range rapid.Int64Range(0, 5).Draw(t, "lists") {
			l := store.ExportList{ID: i + 1, ImportID: rapid.Int64Range(1, 3).Draw(t, "import"), Made: time.Unix(moment.Draw(t, "made")*86400, 0)}
			e, known := imports[l.ImportID]
			if !known {
				e = store.ExportList{Whole: rapid.Bool().Draw(t, "whole"), Imported: time.Unix(rapid.Int64Range(8, 13).Draw(t, "imported")*86400, 0)}
				imports[l.ImportID] = e
			}
			l.Whole, l.Imported = e.Whole, e.Imported
			for device := int64(1); device <= 3; device++ {
				if rapid.Bool().Draw(t, "has the device") {
					a, b := moment.Draw(t, "first"), moment.Draw(t, "last")
					l.Coverage = append(l.Coverage, store.Coverage{
						DeviceID: device, Vendor: store.Amazon, Serial: string(rune('A' + device)), Known: true, First: dayID(min(a, b)), Last: dayID(max(a, b)),
					})
				}
			}
			for _, s := range r.Steps {
				if len(l.Coverage) > 0 && rapid.IntRange(0, 4).Draw(t, "seen") == 0 {
					sightings = append(sightings, store.Sighting{Recording: s.Recordings[0], List: l.ID, Matched: store.MatchedByTime})
				}
			}
			lists = append(lists, l)
		}
		v := Verify(r, evidence(lists, sightings))
		for _, f := range v.Findings {
			if want := byTheRule(r, f.Recording, lists, sightings); f.Outcome != want {
				t.Fatalf("recording of day %d: %q, want %q", store.IDTime(f.Recording).Unix()/86400, f.Outcome, want)
			}
		}
	})
}

func byTheRule(r store.Request, id int64, lists []store.ExportList, sightings []store.Sighting) store.RequestStatus {
	sent, _ := time.Parse(time.DateOnly, r.SentOn)
	seenIn := func(l store.ExportList) bool {
		return slices.ContainsFunc(sightings, func(s store.Sighting) bool { return s.Recording == id && s.List == l.ID })
	}
	of := func(l store.ExportList, device int64) *store.Coverage {
		for i := range l.Coverage {
			if l.Coverage[i].DeviceID == device {
				return &l.Coverage[i]
			}
		}
		return nil
	}
	sameAccount := func(device int64) bool {
		return slices.ContainsFunc(lists, func(l store.ExportList) bool { return of(l, device) != nil && of(l, 1) != nil })
	}
	// before reports whether a device shared a list with the device before the request: another one may be it under a new name.
	before := func(device int64) bool {
		return device == 1 || slices.ContainsFunc(lists, func(l store.ExportList) bool {
			return l.ImportID <= r.After && of(l, device) != nil && of(l, 1) != nil
		})
	}
	covers := func(l store.ExportList) bool {
		if c := of(l, 1); c != nil && c.First < id && id < c.Last {
			return true
		}
		devices, before, after := 0, false, false
		for _, c := range l.Coverage {
			if sameAccount(c.DeviceID) || c.DeviceID == 1 {
				devices, before, after = devices+1, before || c.First < id, after || c.Last > id
			}
		}
		return devices > 1 && before && after
	}
	type told struct {
		imported int64
		made     time.Time
		read     time.Time
		outcome  store.RequestStatus
	}
	var all []told
	for imported := r.After + 1; imported <= 3; imported++ {
		e := told{imported: imported}
		seen, older, covered, there, device, fresh := false, false, false, false, false, false
		for _, l := range lists {
			if l.ImportID != imported || l.Imported.Unix() < sent.Unix()+86400 {
				continue
			}
			there, e.read = true, l.Imported
			if l.Made.After(e.made) {
				e.made = l.Made
			}
			if l.Made.Unix() >= sent.Unix()+86400 {
				seen, covered = seen || seenIn(l), covered || covers(l) && l.Whole
				device = device || of(l, 1) != nil
				fresh = fresh || slices.ContainsFunc(l.Coverage, func(c store.Coverage) bool { return !before(c.DeviceID) })
			} else {
				older = older || seenIn(l)
			}
		}
		switch {
		case seen:
			e.outcome = store.StillThere
		case covered && !older && (device || !fresh):
			e.outcome = store.Gone
		case there:
			e.outcome = store.CannotTell
		default:
			continue
		}
		all = append(all, e)
	}
	slices.SortFunc(all, func(a, b told) int { return cmp.Or(b.made.Compare(a.made), cmp.Compare(b.imported, a.imported)) })
	if len(all) == 0 {
		return ""
	}
	decides := told{outcome: store.CannotTell}
	for _, e := range all {
		// Of two exports, one that was read later may be the later one, and no maker brings back what it deleted.
		later := decides.outcome == store.StillThere && e.outcome == store.Gone && e.read.After(decides.read)
		if decides.outcome == store.CannotTell || later {
			decides = e
		}
	}
	return decides.outcome
}
