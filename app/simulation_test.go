package app

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"unsaid/deletion"
	"unsaid/store"
)

// history is a household that deletes recordings and imports what the maker hands out.
type history struct {
	*maker
	other    *maker // the account of another person, nil if there is none
	db       *store.DB
	handed   []*handout
	imported map[int64]*handout
	complete map[int64]bool         // by the user's word
	asked    map[int64][]*utterance // what each recording under a request may be
	figures  *figures
}

// figures count what became of the simulation's findings.
type figures struct{ histories, gone, stillThere, cannotTell, decided, doubts, outlived int }

// TestVerdictsAreTrue lets households and makers live at random, and compares each verdict with what the maker had.
// They live the same lives in each run; -rapid.seed and -rapid.checks draw others, and more.
func TestVerdictsAreTrue(t *testing.T) {
	if seed := flag.Lookup("rapid.seed"); seed.Value.String() == "0" {
		if err := flag.Set("rapid.seed", "1"); err != nil {
			t.Fatal(err)
		}
	}
	var sum figures
	rapid.Check(t, func(rt *rapid.T) {
		dir, err := os.MkdirTemp(t.TempDir(), "")
		if err != nil {
			rt.Fatal(err)
		}
		defer os.RemoveAll(dir)
		db, err := store.Open(context.Background(), filepath.Join(dir, "unsaid.db"))
		if err != nil {
			rt.Fatal(err)
		}
		defer db.Close()
		h := &history{maker: newMaker(rt, "Anna"), db: db, imported: map[int64]*handout{}, complete: map[int64]bool{}, asked: map[int64][]*utterance{}, figures: &sum}
		if h.chance(30, "another person") {
			h.other = newMaker(rt, "Ben")
		}
		db.SetClock(func() time.Time { return h.now })
		h.live()
	})
	t.Logf("%+v", sum)
	if sum.gone == 0 || sum.stillThere == 0 || sum.decided == 0 {
		t.Error("the simulation proves nothing")
	}
}

// live is one random history.
func (h *history) live() {
	h.figures.histories++
	h.records(rapid.IntRange(3, 14).Draw(h.t, "recordings"))
	h.brings(h.hands(true))
	if h.other != nil {
		h.other.records(rapid.IntRange(3, 14).Draw(h.t, "recordings"))
		h.bringsOther()
	}
	for h.chance(30, "another before") {
		h.brings(h.hands(false))
	}
	h.deletes()
	for range rapid.IntRange(1, 7).Draw(h.t, "events") {
		switch rapid.SampledFrom([]int{5, 0, 1, 2, 3, 4, 5, 6, 5, 2}).Draw(h.t, "event") {
		case 0:
			h.records(rapid.IntRange(1, 4).Draw(h.t, "recordings"))
		case 1:
			h.renames()
		case 2:
			h.loses(60, func(u *utterance) bool { return h.isAsked(u) })
		case 3:
			h.loses(15, func(u *utterance) bool { return !h.isAsked(u) })
		case 4:
			h.handed = append(h.handed, h.hands(false))
		case 5:
			h.brings(h.hands(false))
			h.judges()
		case 6: // one of before, perhaps packed again
			d := *h.handed[rapid.IntRange(0, len(h.handed)-1).Draw(h.t, "again")]
			if h.chance(30, "packed again") {
				d.sum[0]++
			}
			h.now = h.now.Add(time.Minute)
			h.brings(&d)
			h.judges()
		}
		if h.other != nil && h.chance(40, "the other's export") {
			h.other.records(rapid.IntRange(0, 3).Draw(h.t, "recordings"))
			h.bringsOther()
			h.judges()
		}
	}
}

// bringsOther imports an export of the other person, which says nothing of the first one.
func (h *history) bringsOther() {
	h.now = h.now.Add(time.Minute)
	h.other.now = h.now
	h.imports(h.other.hands(false), h.other.owner)
	h.now = h.other.now
}

func (h *history) isAsked(u *utterance) bool {
	for _, all := range h.asked {
		if slices.Contains(all, u) {
			return true
		}
	}
	return false
}

// brings imports an export.
func (h *history) brings(d *handout) {
	id, complete := h.imports(d, h.owner)
	h.handed = append(h.handed, d)
	h.imported[id], h.complete[id] = d, complete
}

// imports imports an export of an account, and returns the number of the import and whether it is all that there is.
func (h *history) imports(d *handout, account string) (id int64, all bool) {
	ctx := context.Background()
	im, err := h.db.BeginImport(ctx, []string{"export.zip"}, false)
	if err != nil {
		h.t.Fatal(err)
	}
	im.Of(account)
	err = im.File(ctx, "export.zip", 1, d.sum[:])
	for _, product := range d.products {
		err = errors.Join(err, im.Export(ctx, store.Amazon, product))
	}
	for _, rec := range d.records {
		err = errors.Join(err, im.Add(ctx, rec))
	}
	if d.unread {
		err = errors.Join(err, im.Member(ctx, store.MemberOutcome{Member: "lost.csv", Outcome: store.MemberFailed, MayHold: true}))
	}
	complete, after := store.No, time.Time{}
	if d.whole {
		complete = rapid.SampledFrom([]store.Answer{store.Yes, store.Yes, store.NotAnswered}).Draw(h.t, "complete")
	}
	if d.madeKnown {
		after = d.made.Truncate(24 * time.Hour)
	}
	im.Answer(complete, after)
	report, err2 := im.Finish(ctx, store.ImportDone)
	if err := errors.Join(err, err2); err != nil {
		h.t.Fatal(err)
	}
	return report.ID, complete == store.Yes
}

// deletes deletes some recordings here, asks the maker for it, and may purge them.
func (h *history) deletes() {
	ctx := context.Background()
	all, err := store.ParseQuery("account:"+h.owner, h.now)
	if err != nil {
		h.t.Fatal(err)
	}
	ids, err := h.db.IDs(ctx, all)
	if err != nil {
		h.t.Fatal(err)
	}
	chosen := slices.DeleteFunc(ids, func(int64) bool { return h.chance(50, "keeps") })
	if len(chosen) == 0 {
		h.t.SkipNow()
	}
	p, err := (&App{DB: h.db, Zone: time.UTC}).Propose(ctx, chosen)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, id := range chosen {
		rec, err := h.db.Recording(ctx, id)
		if err != nil {
			h.t.Fatal(err)
		}
		if h.asked[id] = h.mayBe(&rec); len(h.asked[id]) == 0 {
			h.t.Fatalf("nobody said %+v", rec)
		}
	}
	_, requests, err := h.db.Delete(ctx, p.Order("", true, true))
	if err != nil {
		h.t.Fatal(err)
	}
	h.now = h.now.Add(time.Hour)
	for _, request := range requests {
		r, err := h.db.Request(ctx, request)
		if err != nil {
			h.t.Fatal(err)
		}
		s := store.Sending{On: store.DayOf(h.now, time.UTC).String(), At: h.now, Steps: []store.Step{{Kind: store.WholeDevice, Recordings: r.InForce()}}}
		if err := h.db.MarkSent(ctx, request, s); err != nil {
			h.t.Fatal(err)
		}
	}
	if h.chance(30, "purge") {
		if _, err := h.db.Purge(ctx, 0, nil); err != nil {
			h.t.Fatal(err)
		}
	}
}

// judges compares the verdicts with the truth.
func (h *history) judges() {
	ctx := context.Background()
	requests, err := h.db.Requests(ctx)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, r := range requests {
		e, err := h.db.Evidence(ctx, r.ID)
		if err != nil {
			h.t.Fatal(err)
		}
		for _, f := range deletion.Verify(r, e).Findings {
			h.compares(r, f)
		}
	}
}

// compares compares a finding with the truth.
func (h *history) compares(r store.Request, f deletion.Finding) {
	all := h.asked[f.Recording]
	about := fmt.Sprintf("recording %d of %s, sent %s, %s by %s/%s", f.Recording, store.IDTime(f.Recording), r.SentAt, f.Outcome, f.Ground, f.Matched)
	held := func(d *handout) bool {
		return slices.ContainsFunc(all, func(u *utterance) bool { return u.heldAt(d.made) })
	}
	lost := func(d *handout) bool {
		return slices.ContainsFunc(all, func(u *utterance) bool { return !u.heldAt(d.made) })
	}
	d, own := h.imported[f.Import]
	if !own && f.Outcome != store.CannotTell && f.Outcome != "" {
		h.t.Fatalf("%s by another person's export", about)
	}
	switch f.Outcome {
	case store.Gone:
		h.figures.gone++
		if !lost(d) {
			h.t.Fatalf("%s by the export of %s, which the maker still had", about, d.made)
		}
	case store.StillThere:
		h.figures.stillThere++
		if !held(d) || d.made.Before(r.SentAt) {
			h.t.Fatalf("%s by the export of %s: gone since %s", about, d.made, all[0].gone)
		}
	case store.CannotTell:
		h.figures.cannotTell++
	}
	newest, id := h.newest(r)
	// Of which product a recording is, is not known, so each that the device was in has to be there.
	if newest == nil || len(newest.products) < len(h.products) {
		return
	}
	doubt := f.Reason.Kind == deletion.MayBeIt || f.Reason.Kind == deletion.InDoubt || (f.Reason.Kind == deletion.InOlderPart || f.Reason.Kind == deletion.NotLater) && (newest.lists || len(newest.products) > 1)
	switch {
	case f.Outcome == store.CannotTell && doubt:
		h.figures.doubts++
	case f.Outcome == store.CannotTell:
		h.t.Fatalf("%s: nothing is known (%s) though the export of %s has all", about, f.Reason.Kind, newest.made)
	case f.Outcome == store.StillThere && f.Import != id && !held(newest):
		h.figures.outlived++
	default:
		h.figures.decided++
	}
}

// newest returns the export that was made last, if it is all that the maker has, read to its end, by the user's word, and says
// that it is later than the request.
func (h *history) newest(r store.Request) (newest *handout, id int64) {
	for i, d := range h.imported {
		if newest == nil || d.made.After(newest.made) || d.made.Equal(newest.made) && i > id {
			newest, id = d, i
		}
	}
	if !newest.whole || newest.unread || newest.shifted || id <= r.After || !h.complete[id] || !newest.saysLater(r.SentAt) {
		return nil, 0
	}
	return newest, id
}
