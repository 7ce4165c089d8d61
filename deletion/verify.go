package deletion

import (
	"cmp"
	"context"
	"slices"
	"time"

	"unsaid/store"
)

// These rules say what an export proves about a request that was sent. In doubt, they prove nothing:
//
//   - An import counts only if it started after the request was drafted, since it recorded which of the
//     request's recordings it found, and after the day on which the request was sent.
//   - A list counts only if it was made after the day on which the request was sent: if it contains a
//     later recording, or its archive says that it was packed later. An older export that is imported
//     again proves nothing.
//   - A recording is still there if such a list contains it. A possible match proves nothing.
//   - A recording is gone if such a list covers it, no list of the same import contains it or a possible
//     match, and the import was read completely. A list covers the time between any two of its
//     recordings of the device. If it is a list of the whole account, it covers the time between any two
//     of its recordings. Makers list either one device or the account, so a list with recordings of two
//     devices is one of the account. Two devices belong to one account if any list contains both.
//   - If several exports prove something, the one that was made last decides. Of those made on the same
//     day, the one that was imported last decides.
//
// The makers do not document what an archive contains, so nobody can know whether it is complete. For a
// recording that is older or newer than everything in the export, the verdict is "cannot tell".

// Verdict is what the exports prove about a request.
type Verdict struct {
	Request  store.Request // with its current status and counts
	Exports  []Checked     // imported since it was sent, the one made last first
	Findings []Finding     // one for each recording, oldest first
	Reasons  []Reason      // why nothing is known yet, or why some outcomes are unknown; the most frequent first
}

// Checked is an export with what it alone proves about a request.
type Checked struct {
	ImportID   int64
	Imported   time.Time
	Paths      []string
	Made       time.Time // it was made after this; the zero Time if that is not known
	Later      bool      // whether Made is after the request was sent
	Gone       int
	StillThere int
	CannotTell int
}

// Finding is what is known about one recording at the maker.
type Finding struct {
	Recording int64
	Outcome   store.RequestStatus // "" if nothing is known yet
	Import    int64               // the import that proves the outcome; 0 if there is none
	Matched   store.Matched       // how the recording was matched, if it is still there
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

// Verify returns the verdict on a request, from the lists of all exports and the sightings of the
// request's recordings.
func Verify(r store.Request, lists []store.ExportList, sightings []store.Sighting) Verdict {
	seen := map[int64][]store.Sighting{}
	for _, s := range sightings {
		seen[s.Recording] = append(seen[s.Recording], s)
	}
	exports := exportsAfter(r, lists)
	none := whyNothingIsKnown(r, lists)
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

// status is the status of the request as a whole.
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

// judgement is the verdict in the form that the library stores.
func (v *Verdict) judgement() store.Judgement {
	j := store.Judgement{Status: v.Request.Status, Outcomes: make(map[int64]store.RequestStatus, len(v.Findings))}
	for _, f := range v.Findings {
		j.Outcomes[f.Recording] = f.Outcome
	}
	return j
}

// judge returns what the exports prove about a recording, and adds it to the counts of each export.
// The exports are sorted, the one made last first.
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
