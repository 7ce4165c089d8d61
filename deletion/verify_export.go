package deletion

import (
	"cmp"
	"slices"
	"time"

	"unsaid/store"
)

// export is an import that may prove something about a request.
type export struct {
	Checked
	sentOn  string
	device  bool           // whether a later list has recordings of the device
	whole   bool           // whether it was read completely
	lists   map[int64]bool // for each list, whether it was made after the request was sent
	covered []interval     // covered by later lists
	zone    *time.Location
}

// interval is a range of ids that a list covers, without its ends.
type interval struct{ from, to int64 }

func (i interval) contains(id int64) bool { return i.from < id && id < i.to }

// exportsAfter returns the imports of the maker's exports that started after the request was drafted
// and sent, the one made last first.
func exportsAfter(r store.Request, lists []store.ExportList) []*export {
	sent, zone := endOfDay(r.SentOn, r.TimeZone)
	account := devicesOfAccount(r.Device.ID, lists)
	byImport := map[int64]*export{}
	var exports []*export
	for _, l := range lists {
		if l.ImportID <= r.After || l.Imported.Before(sent) || !isOf(l, r.Device.Vendor) {
			continue
		}
		e := byImport[l.ImportID]
		if e == nil {
			e = &export{
				Checked: Checked{ImportID: l.ImportID, Imported: l.Imported, Paths: l.Paths},
				sentOn:  r.SentOn, whole: l.Whole, lists: map[int64]bool{}, zone: zone,
			}
			byImport[l.ImportID] = e
			exports = append(exports, e)
		}
		if l.Made.After(e.Made) {
			e.Made = l.Made
		}
		e.lists[l.ID] = !l.Made.Before(sent)
		if !e.lists[l.ID] {
			continue
		}
		e.Later = true
		e.cover(l, r.Device, account)
	}
	slices.SortFunc(exports, func(a, b *export) int {
		// The time when an export was made is known to half a day at best. Of those made on the same day,
		// the one imported last is the later one.
		const day = 24 * time.Hour
		return cmp.Or(b.Made.Truncate(day).Compare(a.Made.Truncate(day)), cmp.Compare(b.ImportID, a.ImportID))
	})
	return exports
}

// isOf reports whether a list has recordings of the vendor.
func isOf(l store.ExportList, vendor string) bool {
	return slices.ContainsFunc(l.Coverage, func(c store.Coverage) bool { return c.Vendor == vendor })
}

// endOfDay returns the first instant after a local day. If the zone is unknown, it uses the zone where
// the day ends last.
func endOfDay(text, zoneName string) (time.Time, *time.Location) {
	zone, err := time.LoadLocation(zoneName)
	if err != nil {
		zone = time.FixedZone("UTC-12", -12*60*60)
	}
	d, err := store.ParseDay(text)
	if err != nil { // the request was not sent
		return time.Unix(1<<40, 0), zone
	}
	return d.End(zone), zone
}

// devicesOfAccount returns the devices that share a list with the device, including itself.
func devicesOfAccount(device int64, lists []store.ExportList) map[int64]bool {
	account := map[int64]bool{device: true}
	for _, l := range lists {
		if slices.ContainsFunc(l.Coverage, func(c store.Coverage) bool { return c.DeviceID == device }) {
			for _, c := range l.Coverage {
				account[c.DeviceID] = true
			}
		}
	}
	return account
}

// cover adds what the list covers.
func (e *export) cover(l store.ExportList, device store.Device, account map[int64]bool) {
	var whole interval
	serials, names := map[string]bool{}, map[string]bool{}
	for _, c := range l.Coverage {
		if c.DeviceID == device.ID {
			e.device = true
		}
		if c.First == 0 || !account[c.DeviceID] {
			continue
		}
		if c.DeviceID == device.ID {
			e.covered = append(e.covered, interval{c.First, c.Last})
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
	if AbilitiesOf(device.Vendor).Device && max(len(serials), len(names)) > 1 {
		e.covered = append(e.covered, whole)
	}
}

// judge returns what the export alone proves about a recording: how it was matched if it is still
// there, and the reason if the outcome is unknown.
func (e *export) judge(id int64, sightings []store.Sighting) (store.RequestStatus, store.Matched, Reason) {
	older := false
	var matched store.Matched
	for _, s := range sightings {
		later, here := e.lists[s.List]
		switch {
		case later && (matched == "" || s.Matched < matched): // the surest comes first in the alphabet
			matched = s.Matched
		case here && !later:
			older = true
		}
	}
	cannot := func(kind ReasonKind) (store.RequestStatus, store.Matched, Reason) {
		return store.CannotTell, "", Reason{Kind: kind, Import: e.ImportID, SentOn: e.sentOn, Device: e.device}
	}
	switch {
	case matched == store.MatchedUnsurely:
		return cannot(InDoubt)
	case matched != "":
		return store.StillThere, matched, Reason{}
	case !e.Later:
		return cannot(NotLater)
	case older:
		return cannot(InOlderPart)
	case !e.whole:
		return cannot(NotWhole)
	case Moment{ID: id}.undated():
		return cannot(NoTime)
	case len(e.covered) == 0:
		return cannot(NoDevice)
	}
	all := e.covered[0]
	for _, r := range e.covered {
		if r.contains(id) {
			return store.Gone, "", Reason{}
		}
		all = interval{min(all.from, r.from), max(all.to, r.to)}
	}
	status, matched, reason := cannot(InGap)
	switch {
	case id <= all.from:
		reason.Kind, reason.Time = NothingBefore, e.local(all.from)
	case id >= all.to:
		reason.Kind, reason.Time = NothingAfter, e.local(all.to)
	}
	return status, matched, reason
}

// local formats the local time of a recording.
func (e *export) local(id int64) string {
	return store.IDTime(id).In(e.zone).Format("2 January 2006, 15:04")
}
