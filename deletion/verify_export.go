package deletion

import (
	"cmp"
	"slices"
	"time"

	"unsaid/store"
)

// export is the exports of one import that may prove something about a request.
type export struct {
	Checked
	request    store.Request
	zone       *time.Location
	device     bool                // a later list has recordings of the device
	known      map[int64]bool      // the devices that shared a list with the device before the request
	fresh      bool                // a later list has another one
	unintended bool                // a later list has recordings that were made by mistake
	whole      bool                // nothing that may hold recordings was left unread
	lists      map[int64]bool      // for each list, whether it was made after the request was sent
	products   map[string]*product // those whose recordings are to be covered
}

// product is what an export has of one product of a maker.
type product struct {
	export   int64      // the one with a later list of it; 0 if there is none
	complete bool       // by the user's word it is all that the account has
	later    bool       // the import has a list of it that was made later
	undated  bool       // it has one that may be older
	covered  []interval // covered by later lists
}

// interval is a range of ids that a list covers, without its ends.
type interval struct{ from, to int64 }

func (i interval) contains(id int64) bool { return i.from < id && id < i.to }

// exportsAfter returns the imports of the maker's exports that started after the request was drafted
// and sent, the one made last first.
func exportsAfter(r store.Request, evidence store.Evidence) []*export {
	zone := zoneOf(r)
	account := devicesBeside(r.Device.ID, evidence.Lists)
	before := slices.DeleteFunc(slices.Clone(evidence.Lists), func(l store.ExportList) bool { return l.ImportID > r.After })
	known := devicesBeside(r.Device.ID, before)
	products := productsOf(r, before)
	byImport := map[int64]*export{}
	var exports []*export
	for _, l := range evidence.Lists {
		if l.ImportID <= r.After || l.Imported.Before(r.SentAt) || l.Vendor != r.Device.Vendor || l.Account != r.Device.Account.ID {
			continue
		}
		e := byImport[l.ImportID]
		if e == nil {
			e = &export{
				Checked: Checked{ImportID: l.ImportID, ExportID: l.Export, Imported: l.Imported, Read: l.Read, Paths: l.Paths},
				request: r, zone: zone, whole: l.Whole, known: known, lists: map[int64]bool{}, products: map[string]*product{},
			}
			for _, name := range products {
				e.products[name] = &product{}
			}
			byImport[l.ImportID] = e
			exports = append(exports, e)
		}
		e.add(sure(l), account)
	}
	slices.SortFunc(exports, func(a, b *export) int {
		// The time when an export was made is known to half a day at best. Of those made on the same day,
		// the one imported last is the later one.
		const day = 24 * time.Hour
		return cmp.Or(b.Made.Truncate(day).Compare(a.Made.Truncate(day)), cmp.Compare(b.ImportID, a.ImportID))
	})
	return exports
}

// zonesApart is how far apart the clocks of two time zones may be.
const zonesApart = 14 * time.Hour

// sure returns of a list what is sure though its clock may be that of another time zone: it had nothing that was known
// before and no identifiers, and some tables give the local time as UTC.
func sure(l store.ExportList) store.ExportList {
	if l.MadeBy == store.MadeByImport || slices.ContainsFunc(l.Coverage, func(c store.Coverage) bool { return c.Known }) {
		return l
	}
	if l.MadeBy == store.MadeByRecording {
		if l.Made = l.Made.Add(-zonesApart); l.MadeOn.After(l.Made) {
			l.Made, l.MadeBy = l.MadeOn, store.MadeByUser
		}
	}
	l.Coverage = slices.Clone(l.Coverage)
	for i := range l.Coverage {
		c := &l.Coverage[i]
		c.First, c.Last = store.MakeID(store.IDTime(c.First).Add(zonesApart), 0), store.MakeID(store.IDTime(c.Last).Add(-zonesApart), 0)
		if c.First >= c.Last {
			c.First, c.Last = 0, 0
		}
	}
	return l
}

// add takes a list in.
func (e *export) add(l store.ExportList, account map[int64]bool) {
	if l.Made.After(e.Made) {
		e.Made, e.MadeBy = l.Made, l.MadeBy
	}
	later := !l.Made.IsZero() && !l.Made.Before(e.request.SentAt) && !l.Read.Before(e.request.SentAt)
	e.lists[l.ID] = later
	p := e.products[l.Product]
	if !later {
		if p != nil {
			p.undated = true
		}
		return
	}
	e.Later = true
	if p != nil {
		p.export, p.later, p.complete = l.Export, true, p.complete || l.Complete
		e.cover(p, l, account)
	}
}

// productsOf returns the products that exports before the request had of the device: they, too, have to be covered.
func productsOf(r store.Request, lists []store.ExportList) []string {
	var names []string
	for _, l := range lists {
		if has(l, r.Device.ID) && !slices.Contains(names, l.Product) {
			names = append(names, l.Product)
		}
	}
	if len(names) == 0 {
		names = []string{""}
	}
	return names
}

// has reports whether a list has recordings of a device.
func has(l store.ExportList, device int64) bool {
	return slices.ContainsFunc(l.Coverage, func(c store.Coverage) bool { return c.DeviceID == device })
}

// zoneOf is the zone of a request's days. If it is not known, it is the one where a day ends last.
func zoneOf(r store.Request) *time.Location {
	zone, err := time.LoadLocation(r.TimeZone)
	if err != nil {
		return time.FixedZone("UTC-12", -12*60*60)
	}
	return zone
}

// devicesBeside returns the devices that share a list with the device, including itself.
func devicesBeside(device int64, lists []store.ExportList) map[int64]bool {
	account := map[int64]bool{device: true}
	for _, l := range lists {
		if has(l, device) {
			for _, c := range l.Coverage {
				account[c.DeviceID] = true
			}
		}
	}
	return account
}

// cover adds what a list covers of a product.
func (e *export) cover(p *product, l store.ExportList, account map[int64]bool) {
	var whole interval
	serials, names := map[string]bool{}, map[string]bool{}
	device := e.request.Device
	for _, c := range l.Coverage {
		e.device = e.device || c.DeviceID == device.ID
		e.fresh = e.fresh || !e.known[c.DeviceID]
		e.unintended = e.unintended || c.Unintended
		if c.First == 0 || !account[c.DeviceID] {
			continue
		}
		if c.DeviceID == device.ID {
			p.covered = append(p.covered, interval{c.First, c.Last})
		}
		if whole.from == 0 || c.First < whole.from {
			whole.from = c.First
		}
		whole.to = max(whole.to, c.Last)
		if c.Serial != "" {
			serials[c.Serial] = true
		}
		if c.MakerName != "" {
			names[c.MakerName] = true
		}
	}
	if device.Vendor == store.Amazon && max(len(serials), len(names)) > 1 {
		p.covered = append(p.covered, whole)
	}
}

// judge returns what the export alone proves about a recording.
func (e *export) judge(of facts) Finding {
	f := Finding{Recording: of.id, Import: e.ImportID}
	matched, older := e.sighted(of.sightings)
	alike, other := e.lookalike(of.lookalikes)
	if matched == "" {
		matched = alike
	}
	cannot := func(kind ReasonKind) Finding {
		reason := Reason{Kind: kind, Import: e.ImportID, Export: e.ExportID, SentOn: e.request.SentOn, Device: e.device}
		return Finding{Recording: of.id, Outcome: store.CannotTell, Reason: reason}
	}
	switch {
	case matched == store.MatchedUnsurely:
		return cannot(InDoubt)
	case matched != "":
		f.Outcome, f.Matched = store.StillThere, matched
		return f
	case other != 0:
		f = cannot(MayBeIt)
		f.Reason.Recording, f.Reason.Other, f.Reason.Time = of.id, other, e.local(other)
		return f
	case !e.Later:
		return cannot(NotLater)
	case older:
		return cannot(InOlderPart)
	case !e.whole:
		return cannot(NotWhole)
	case Moment{ID: of.id}.undated():
		return cannot(NoTime)
	}
	f.Outcome, f.Ground = store.Gone, ByWord
	for _, p := range e.products {
		if p.complete {
			continue
		}
		if !p.later && p.undated {
			return cannot(NotLater) // such as one of several products, of which the maker has nothing left
		}
		f.Ground = ByCoverage
		if kind, at := p.lacks(of.id); kind != "" {
			f = cannot(kind)
			f.Reason.Time, f.Reason.Export = e.local(at), cmp.Or(p.export, e.ExportID)
			return f
		}
	}
	switch {
	case f.Ground == ByCoverage && of.unintended && !e.unintended:
		return cannot(NotThatKind)
	case f.Ground == ByCoverage && !e.device && e.fresh:
		return cannot(Renamed)
	}
	return f
}

// sighted returns how the recording was matched in a later list, and whether an older list of the same import has it.
func (e *export) sighted(sightings []store.Sighting) (matched store.Matched, older bool) {
	for _, s := range sightings {
		later, here := e.lists[s.List]
		switch {
		case later && (matched == "" || s.Matched.Surer(matched)):
			matched = s.Matched
		case here && !later:
			older = true
		}
	}
	return matched, older
}

// lookalike returns that the user says that a recording in a later list is the one asked for, or a recording that may
// be it, of which the user has said nothing.
func (e *export) lookalike(all []store.Lookalike) (matched store.Matched, other int64) {
	for _, l := range all {
		later, here := e.lists[l.List]
		switch {
		case l.Same == store.Yes && later:
			return store.MatchedByUser, 0
		case l.Same == store.NotAnswered && here:
			other = l.Other
		}
	}
	return "", other
}

// lacks returns why a product does not cover a moment, and where the coverage begins or ends, if that is why; "" if it
// is covered.
func (p *product) lacks(id int64) (kind ReasonKind, at int64) {
	if len(p.covered) == 0 {
		return NoDevice, 0
	}
	all := p.covered[0]
	for _, r := range p.covered {
		if r.contains(id) {
			return "", 0
		}
		all = interval{min(all.from, r.from), max(all.to, r.to)}
	}
	switch {
	case id <= all.from:
		return NothingBefore, all.from
	case id >= all.to:
		return NothingAfter, all.to
	}
	return InGap, 0
}

// local formats the local time of a recording, "" for 0.
func (e *export) local(id int64) string {
	if id == 0 {
		return ""
	}
	return store.IDTime(id).In(e.zone).Format("2 January 2006, 15:04")
}
