package deletion

import (
	"testing"
	"time"

	"unsaid/store"
)

// TestVerifyByEvidence has a case for each ground and each doubt: what one later export has decides about one recording.
func TestVerifyByEvidence(t *testing.T) {
	const kitchen, bedroom, renamed = 1, 2, 9
	asked := id(t, "2025-02-01 10:00:00")
	whole := had(t, kitchen, "2025-01-01 10:00:00", "2025-03-20 10:00:00")
	early := had(t, kitchen, "2025-01-01 10:00:00", "2025-01-20 10:00:00")
	product := func(product string) func(*store.ExportList, *store.Evidence) {
		return func(l *store.ExportList, _ *store.Evidence) { l.Product = product }
	}
	looks := func(same store.Answer) func(*store.ExportList, *store.Evidence) {
		return func(l *store.ExportList, e *store.Evidence) {
			e.Lookalikes = []store.Lookalike{{Recording: asked, Other: 77, List: l.ID, Same: same}}
		}
	}
	seen := func(matched store.Matched) func(*store.ExportList, *store.Evidence) {
		return func(l *store.ExportList, e *store.Evidence) {
			e.Sightings = []store.Sighting{{Recording: asked, List: l.ID, Matched: matched}}
		}
	}
	unknownClock := func(first, last string, by store.MadeBy) func(*store.ExportList, *store.Evidence) {
		return func(l *store.ExportList, _ *store.Evidence) {
			l.Coverage[0] = had(t, kitchen, first, last)
			l.Coverage[0].Known, l.MadeBy = false, by
		}
	}
	for name, c := range map[string]struct {
		change func(*store.ExportList, *store.Evidence)
		want   store.RequestStatus
		ground Ground
		why    ReasonKind
	}{
		"it covers the time":                 {func(*store.ExportList, *store.Evidence) {}, store.Gone, ByCoverage, ""},
		"complete by the user's word":        {func(l *store.ExportList, _ *store.Evidence) { l.Complete, l.Coverage = true, []store.Coverage{early} }, store.Gone, ByWord, ""},
		"not said to be complete":            {func(l *store.ExportList, _ *store.Evidence) { l.Coverage = []store.Coverage{early} }, store.CannotTell, "", NothingAfter},
		"complete, with nothing in it":       {func(l *store.ExportList, _ *store.Evidence) { l.ID, l.Complete, l.Coverage = 0, true, nil }, store.Gone, ByWord, ""},
		"with nothing in it":                 {func(l *store.ExportList, _ *store.Evidence) { l.ID, l.Coverage = 0, nil }, store.CannotTell, "", NoDevice},
		"complete, but not read":             {func(l *store.ExportList, _ *store.Evidence) { l.Complete, l.Whole = true, false }, store.CannotTell, "", NotWhole},
		"another product":                    {product("Gemini"), store.CannotTell, "", NoDevice},
		"made by mistake, and none of these": {func(_ *store.ExportList, e *store.Evidence) { e.Unintended[asked] = true }, store.CannotTell, "", NotThatKind},
		"made by mistake, and another of these": {func(l *store.ExportList, e *store.Evidence) {
			e.Unintended[asked], l.Coverage[0].Unintended = true, true
		}, store.Gone, ByCoverage, ""},
		"made by mistake, and complete": {func(l *store.ExportList, e *store.Evidence) { e.Unintended[asked], l.Complete = true, true }, store.Gone, ByWord, ""},
		"the device lacks, and a new one is there": {func(l *store.ExportList, _ *store.Evidence) {
			l.Coverage = []store.Coverage{had(t, bedroom, "2025-01-01 10:00:00", "2025-03-20 10:00:00"), had(t, renamed, "2025-01-01 10:00:00", "2025-03-20 10:00:00")}
		}, store.CannotTell, "", NoDevice},
		"it has a lookalike":                        {looks(store.NotAnswered), store.CannotTell, "", MayBeIt},
		"a lookalike that is the same":              {looks(store.Yes), store.StillThere, "", ""},
		"a lookalike that is another":               {looks(store.No), store.Gone, ByCoverage, ""},
		"it has it by identifier":                   {seen(store.MatchedByIdentifier), store.StillThere, "", ""},
		"it has it by words":                        {seen(store.MatchedByWords), store.StillThere, "", ""},
		"it may have it":                            {seen(store.MatchedUnsurely), store.CannotTell, "", InDoubt},
		"nothing tells when it was made":            {func(l *store.ExportList, _ *store.Evidence) { l.Made, l.Packed = time.Time{}, l.Imported }, store.CannotTell, "", NotLater},
		"made later by its name":                    {func(l *store.ExportList, _ *store.Evidence) { l.MadeBy = store.MadeByName }, store.Gone, ByCoverage, ""},
		"made later by the user's word":             {func(l *store.ExportList, _ *store.Evidence) { l.MadeBy = store.MadeByUser }, store.Gone, ByCoverage, ""},
		"the same files were read before":           {func(l *store.ExportList, _ *store.Evidence) { l.Read = at(t, time.UTC, "2025-03-09 00:00:00") }, store.CannotTell, "", NotLater},
		"its clock is not known, far around":        {unknownClock("2025-01-01 10:00:00", "2025-03-20 10:00:00", store.MadeByRecording), store.Gone, ByCoverage, ""},
		"its clock is not known, and it ends close": {unknownClock("2025-01-01 10:00:00", "2025-02-01 22:00:00", store.MadeByName), store.CannotTell, "", NothingAfter},
		"another maker's":                           {func(l *store.ExportList, _ *store.Evidence) { l.Vendor = store.Google }, store.Sent, "", NoExport},
	} {
		t.Run(name, func(t *testing.T) {
			before := store.ExportList{ID: 1, ImportID: 1, Export: 1, Whole: true, Coverage: []store.Coverage{whole, had(t, bedroom, "2025-01-01 11:00:00", "2025-03-01 11:00:00")}}
			later := store.ExportList{ID: 2, ImportID: 2, Export: 2, Whole: true, Imported: at(t, time.UTC, "2025-06-01 00:00:00"), Made: at(t, time.UTC, "2025-03-20 10:00:00"), Coverage: []store.Coverage{whole}}
			e := evidence([]store.ExportList{before, later}, nil)
			e.Unintended = map[int64]bool{}
			c.change(&e.Lists[1], &e)
			r := store.Request{
				Device: store.Device{ID: kitchen, Vendor: store.Amazon}, SentOn: "2025-03-10", SentAt: at(t, time.UTC, "2025-03-10 12:00:00"), After: 1,
				TimeZone: "UTC", Steps: []store.Step{{Kind: store.Single, Recordings: []int64{asked}}},
			}
			v := Verify(r, e)
			var why ReasonKind
			if len(v.Reasons) > 0 {
				why = v.Reasons[0].Kind
			}
			if v.Request.Status != c.want || v.Findings[0].Ground != c.ground || why != c.why {
				t.Errorf("%s by %q, %q; want %s by %q, %q", v.Request.Status, v.Findings[0].Ground, why, c.want, c.ground, c.why)
			}
		})
	}
}

// Of a product that an export has and of which nothing is left, nothing tells when it was handed out: not that it is
// complete has to be said, but when it was made.
func TestEmptyProductHasNoDate(t *testing.T) {
	asked := id(t, "2025-02-01 10:00:00")
	before := had(t, 1, "2025-01-01 10:00:00", "2025-03-01 10:00:00")
	later := had(t, 1, "2025-01-01 10:00:00", "2025-03-20 10:00:00")
	sent := at(t, time.UTC, "2025-03-10 00:00:00")
	r := store.Request{
		Device: store.Device{ID: 1, Vendor: store.Google}, After: 1, SentOn: "2025-03-10", SentAt: sent, TimeZone: "UTC",
		Steps: []store.Step{{Kind: store.Single, Recordings: []int64{asked}}},
	}
	made := at(t, time.UTC, "2025-03-20 10:00:00")
	lists := []store.ExportList{
		{ID: 1, ImportID: 1, Vendor: store.Google, Product: "Assistant", Whole: true, Coverage: []store.Coverage{before}},
		{ID: 2, ImportID: 2, Vendor: store.Google, Product: "Gemini Apps", Whole: true, Complete: true, Imported: made, Read: made, Made: made, Coverage: []store.Coverage{later}},
		{ImportID: 2, Vendor: store.Google, Product: "Assistant", Whole: true, Complete: true, Imported: made, Read: made},
	}
	if v := Verify(r, store.Evidence{Lists: lists}); v.Findings[0].Outcome != store.CannotTell || v.Reasons[0].Settles() != SayMadeOn {
		t.Errorf("%+v", v)
	}
	lists[2].Made, lists[2].MadeBy = made, store.MadeByUser
	if v := Verify(r, store.Evidence{Lists: lists}); v.Findings[0].Outcome != store.Gone || v.Findings[0].Ground != ByWord {
		t.Errorf("%+v", v)
	}
}
