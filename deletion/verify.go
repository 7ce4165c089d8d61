package deletion

import (
	"cmp"
	"context"
	"slices"
	"time"

	"unsaid/store"
)

// What an export proves about a request that was sent. The rules, none of which gives the maker
// or the user the benefit of a doubt:
//
//   - Only imports count that began after the request was drafted, as what they came across again
//     was noted, and after the day on which it was sent.
//   - Only lists count that were made after the day on which the request was sent: those that hold
//     something said later, or that an archive says were packed later. An older export that is
//     imported again tells nothing.
//   - A recording is still there if such a list has it, and not if the list has something that may be it.
//   - It is gone if such a list covers it, and no list of the same import has it or may have it, and
//     all of the import was read. A list covers what lies between two of its recordings of the device; or
//     between two of its recordings of the account, where it is the account's: where it has
//     recordings of at least two of its devices, since the makers' lists are of one device or of
//     all. Two devices are of one account if any list has both.
//   - Of several exports that tell something, the one that was made last decides, and of those made
//     on one day the one that was imported last.
//
// Whether an archive is complete cannot be known: what the makers put into it is not documented.
// So what is older than everything else in the export, or newer, cannot be told.

// Verdict is what the exports tell about a request.
type Verdict struct {
	Request  store.Request // with its status and counts as they are now
	Exports  []Checked     // imported since it was sent, the one made last first
	Findings []Finding     // one for each recording, the oldest first
	Reasons  []Reason      // why nothing is known yet, or why what cannot be told cannot be, the most frequent first
}

// Checked is an export with what it alone tells about a request.
type Checked struct {
	ImportID   int64
	Imported   time.Time
	Paths      []string
	Made       time.Time // it was made after this; the zero Time if nothing proves any
	Later      bool      // whether that is after the request was sent
	Gone       int
	StillThere int
	CannotTell int
}

// Finding is what is known of one recording at the maker.
type Finding struct {
	Recording int64
	Outcome   store.RequestStatus // "" if nothing can be said of it yet
	Import    int64               // the one that tells, 0 if none does
	Matched   store.Matched       // by what it was known again, if it is still there
	reason    Reason
}

// VerifyAll judges all requests that were sent by the exports that were imported, and writes into
// the library where they stand. It returns the verdicts in the order of the requests.
func VerifyAll(ctx context.Context, db *store.DB) ([]Verdict, error) {
	var verdicts []Verdict
	err := db.Verify(ctx, func(r store.Request, lists []store.ExportList, sightings []store.Sighting) store.Judgement {
		v := Verify(r, lists, sightings)
		verdicts = append(verdicts, v)
		return v.judgement()
	})
	if err != nil {
		return nil, err
	}
	return verdicts, nil
}

// VerdictOf judges one request that was sent, and leaves the library as it is.
func VerdictOf(ctx context.Context, db *store.DB, r store.Request) (Verdict, error) {
	lists, err := db.ExportLists(ctx)
	if err != nil {
		return Verdict{}, err
	}
	sightings, err := db.Sightings(ctx, r.ID)
	if err != nil {
		return Verdict{}, err
	}
	return Verify(r, lists, sightings), nil
}

// Verify judges a request by the lists of all exports and by the sightings of its recordings.
func Verify(r store.Request, lists []store.ExportList, sightings []store.Sighting) Verdict {
	seen := map[int64][]store.Sighting{}
	for _, s := range sightings {
		seen[s.Recording] = append(seen[s.Recording], s)
	}
	exports := exportsAfter(r, lists)
	none := uncounted(r, lists)
	v := Verdict{Request: r}
	v.Request.Gone, v.Request.StillThere, v.Request.CannotTell = 0, 0, 0
	for _, id := range recordingIDs(r) {
		f := Finding{Recording: id, reason: none}
		if len(exports) > 0 {
			f = judge(id, exports, seen[id])
		}
		v.Findings = append(v.Findings, f)
	}
	for _, e := range exports {
		v.Exports = append(v.Exports, e.Checked)
	}
	reasons := map[Reason]int{}
	for _, f := range v.Findings {
		tally(f.Outcome, &v.Request.Gone, &v.Request.StillThere, &v.Request.CannotTell)
		if f.reason.Kind != "" {
			reasons[f.reason]++
		}
	}
	for reason, n := range reasons {
		reason.Recordings = n
		v.Reasons = append(v.Reasons, reason)
	}
	slices.SortFunc(v.Reasons, func(a, b Reason) int {
		return cmp.Or(b.Recordings-a.Recordings, cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Time, b.Time), cmp.Compare(a.Import, b.Import))
	})
	v.Request.Status = v.status()
	return v
}

// status is where the request as a whole stands.
func (v *Verdict) status() store.RequestStatus {
	switch r := &v.Request; {
	case r.StillThere > 0:
		return store.StillThere
	case r.CannotTell > 0:
		return store.CannotTell
	case r.Gone > 0 && r.Gone == len(v.Findings):
		return store.Gone
	}
	return store.Sent
}

// judgement is the verdict as the library keeps it.
func (v *Verdict) judgement() store.Judgement {
	j := store.Judgement{Status: v.Request.Status, Outcomes: make(map[int64]store.RequestStatus, len(v.Findings))}
	for _, f := range v.Findings {
		j.Outcomes[f.Recording] = f.Outcome
	}
	return j
}

// judge finds what the exports, the one made last first, tell of a recording, and counts what each
// of them tells.
func judge(id int64, exports []*export, sightings []store.Sighting) Finding {
	f := Finding{Recording: id, Outcome: store.CannotTell}
	for i, e := range exports {
		outcome, matched, reason := e.judge(id, sightings)
		tally(outcome, &e.Gone, &e.StillThere, &e.CannotTell)
		switch {
		case outcome != store.CannotTell && f.Outcome == store.CannotTell:
			f = Finding{Recording: id, Outcome: outcome, Import: e.ImportID, Matched: matched}
		case i == 0:
			f.reason = reason
		}
	}
	return f
}

// tally adds one to the counter of an outcome.
func tally(outcome store.RequestStatus, gone, stillThere, cannotTell *int) {
	switch outcome {
	case store.Gone:
		*gone++
	case store.StillThere:
		*stillThere++
	case store.CannotTell:
		*cannotTell++
	}
}
