package deletion

import (
	"cmp"
	"slices"
	"time"

	"unsaid/store"
)

// These rules say what an export proves about a request that was sent. In doubt, it proves nothing:
//
//   - An import counts only if it started after the request was drafted, since it recorded which of the
//     request's recordings it found, and after the request was sent.
//   - A list counts only if it was made after the request was sent: it contains a later recording, the maker
//     stamped it later, or the user says so. The clock of an archive is a hint that proves nothing.
//   - A recording is still there if such a list contains it. A possible match proves nothing, and neither does an
//     export with a lookalike: another recording that may be it, until the user says whether it is.
//   - A recording is gone if the export covers it, no list of the same import contains it, and nothing that may hold
//     it was left unread. An export covers everything if it is all that the account has, by the user's word.
//     Otherwise a list covers the time between any two of its recordings of the device, and, if it is a list of the
//     whole account, between any two of its recordings. Makers list either one device or the account, so a list with
//     recordings of two devices is one of the account. Two devices belong to one account if any list contains both.
//   - Coverage is by kind and by product: an export without a recording that was made by mistake says nothing about
//     those, and each product that the device's recordings came from has to be covered. Where an export lacks the
//     device and has one that no earlier export had, the device may have been renamed.
//   - If several exports prove something, the one that was made last decides. Of those made on the same
//     day, the one that was imported last decides.
//     An export was made between what it proves and the first import of its files. Where that leaves it open which of two
//     was made last, the one that lacks the recording was: makers do not bring back what they deleted.
//   - A list of which neither end was known before may have the clock of another time zone. It covers, and was made, 14
//     hours less than its times say.
//
// The makers do not document what an archive contains, so only the user can say whether it is complete. For a
// recording that is older or newer than everything in an export of which that was not said, the verdict is "cannot tell".

// Verdict is what the exports prove about a request.
type Verdict struct {
	Request  store.Request // with its current status and counts
	Exports  []Checked     // imported since it was sent, the one made last first
	Findings []Finding     // one for each recording, oldest first
	Reasons  []Reason      // why nothing is known yet, or why some outcomes are unknown; the most frequent first
}

// Checked is the exports of an import with what they alone prove about a request.
type Checked struct {
	ImportID   int64
	ExportID   int64 // the first of the import's
	Imported   time.Time
	Read       time.Time // when its files were imported first, so that it was made before this
	Paths      []string
	Made       time.Time    // it was made after this; the zero Time if that is not known
	MadeBy     store.MadeBy // what that rests on
	Later      bool         // whether Made is after the request was sent
	Gone       int
	StillThere int
	CannotTell int
}

// Ground is why a recording counts as gone.
type Ground string

// The grounds.
const (
	ByWord     Ground = "complete" // the export is all that the account has, by the user's word
	ByCoverage Ground = "covered"  // the export has what was recorded before and after
)

// Finding is what is known about one recording at the maker.
type Finding struct {
	Recording int64
	Outcome   store.RequestStatus // "" if nothing is known yet
	Import    int64               // the import that proves the outcome; 0 if there is none
	Matched   store.Matched       // how the recording was matched, if it is still there
	Ground    Ground              // why it counts as gone
	Reason    Reason              // why the outcome is unknown
	Undone    bool                // it is not asked for any more, so that only that it is gone counts
}

// Verify returns the verdict on a request.
func Verify(r store.Request, evidence store.Evidence) Verdict {
	exports := exportsAfter(r, evidence)
	none := whyNothingIsKnown(r, evidence.Lists)
	facts := factsOf(evidence)
	v := Verdict{Request: r}
	v.Request.Gone, v.Request.StillThere, v.Request.CannotTell = 0, 0, 0
	undone := map[int64]bool{}
	for _, i := range r.Items {
		undone[i.Recording] = !i.InForce
	}
	for _, id := range RecordingIDs(r) {
		f := Finding{Recording: id, Reason: none}
		if len(exports) > 0 {
			f = judge(facts(id), exports)
		}
		f.Undone = undone[id]
		v.Findings = append(v.Findings, f)
	}
	for _, e := range exports {
		v.Exports = append(v.Exports, e.Checked)
	}
	v.count()
	v.Request.Status = v.status()
	return v
}

// facts are what is known of one recording.
type facts struct {
	id         int64
	unintended bool
	sightings  []store.Sighting
	lookalikes []store.Lookalike
}

// factsOf returns a function that gathers the facts of a recording.
func factsOf(e store.Evidence) func(id int64) facts {
	seen, alike := map[int64][]store.Sighting{}, map[int64][]store.Lookalike{}
	for _, s := range e.Sightings {
		seen[s.Recording] = append(seen[s.Recording], s)
	}
	for _, l := range e.Lookalikes {
		alike[l.Recording] = append(alike[l.Recording], l)
	}
	return func(id int64) facts { return facts{id, e.Unintended[id], seen[id], alike[id]} }
}

// count sums up the findings and their reasons.
func (v *Verdict) count() {
	reasons := map[Reason]int{}
	for _, f := range v.Findings {
		if f.Undone && f.Outcome != store.Gone {
			continue
		}
		tally(f.Outcome, &v.Request.Gone, &v.Request.StillThere, &v.Request.CannotTell)
		if f.Reason.Kind != "" {
			reasons[f.Reason]++
		}
	}
	for reason, n := range reasons {
		reason.Recordings = n
		v.Reasons = append(v.Reasons, reason)
	}
	slices.SortFunc(v.Reasons, func(a, b Reason) int {
		return cmp.Or(b.Recordings-a.Recordings, cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Time, b.Time), cmp.Compare(a.Import, b.Import),
			cmp.Compare(a.Recording, b.Recording), cmp.Compare(a.Other, b.Other))
	})
}

// Proof is on what the known outcome of some recordings rests.
type Proof struct {
	Outcome    store.RequestStatus
	Export     Checked
	Ground     Ground        // of what is gone
	Matched    store.Matched // of what is still there
	Recordings int
}

// Grounds returns on what the known outcomes rest, those of the export that was made last first.
func (v *Verdict) Grounds() []Proof {
	var proofs []Proof
	for _, e := range v.Exports {
		from := len(proofs)
		for _, f := range v.Findings {
			if f.Import != e.ImportID || f.Outcome == store.CannotTell || f.Undone && f.Outcome != store.Gone {
				continue
			}
			i := slices.IndexFunc(proofs[from:], func(p Proof) bool { return p.Outcome == f.Outcome && p.Ground == f.Ground && p.Matched == f.Matched })
			if i < 0 {
				i = len(proofs) - from
				proofs = append(proofs, Proof{Outcome: f.Outcome, Export: e, Ground: f.Ground, Matched: f.Matched})
			}
			proofs[from+i].Recordings++
		}
	}
	return proofs
}

// Alike returns pairs of a recording of the request and another that may be it, of which the user has not said whether
// it is.
func (v *Verdict) Alike() [][2]int64 {
	var pairs [][2]int64
	for _, reason := range v.Reasons {
		if reason.Settles() == CompareBoth {
			pairs = append(pairs, [2]int64{reason.Recording, reason.Other})
		}
	}
	return pairs
}

// status is the status of the request as a whole.
func (v *Verdict) status() store.RequestStatus {
	switch r := &v.Request; {
	case r.StillThere > 0:
		return store.StillThere
	case r.CannotTell > 0:
		return store.CannotTell
	case r.Gone > 0 && !slices.ContainsFunc(v.Findings, func(f Finding) bool { return f.Outcome != store.Gone && !f.Undone }):
		return store.Gone
	}
	return store.Sent
}

// StillThere returns the recordings that the maker still has although they are asked for, the oldest first.
func (v *Verdict) StillThere() []int64 {
	return v.found(func(f Finding) bool { return f.Outcome == store.StillThere && !f.Undone })
}

// Unanswered returns the recordings that are asked for and not known to be gone, the oldest first.
func (v *Verdict) Unanswered() []int64 {
	return v.found(func(f Finding) bool { return !f.Undone && f.Outcome != store.Gone })
}

// Undone returns the recordings that were asked for and restored since, the oldest first.
func (v *Verdict) Undone() []int64 {
	return v.found(func(f Finding) bool { return f.Undone })
}

func (v *Verdict) found(which func(Finding) bool) []int64 {
	var ids []int64
	for _, f := range v.Findings {
		if which(f) {
			ids = append(ids, f.Recording)
		}
	}
	return ids
}

// Judgement is the verdict in the form that the library stores.
func (v *Verdict) Judgement() store.Judgement {
	j := store.Judgement{Status: v.Request.Status, Outcomes: make(map[int64]store.RequestStatus, len(v.Findings))}
	for _, f := range v.Findings {
		j.Outcomes[f.Recording] = f.Outcome
	}
	return j
}

// judge returns what the exports prove about a recording, and adds it to the counts of each export.
// The exports are sorted, the one made last first.
func judge(of facts, exports []*export) Finding {
	f, by := Finding{Recording: of.id, Outcome: store.CannotTell}, (*export)(nil)
	for _, e := range exports {
		one := e.judge(of)
		tally(one.Outcome, &e.Gone, &e.StillThere, &e.CannotTell)
		switch {
		case one.Outcome != store.CannotTell && f.Outcome == store.CannotTell:
			f, by = one, e
		case one.Outcome == store.Gone && f.Outcome == store.StillThere && e.Read.After(by.Read):
			f, by = one, e // which of the two was made last is not known, and no maker brings back what it deleted
		case f.Outcome == store.CannotTell && (f.Reason.Kind == "" || f.Reason.Kind == NotLater && e.Later):
			f.Reason = one.Reason
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
