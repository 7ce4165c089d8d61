package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"
)

// A tombstone keeps away what carries its identifier. It holds nothing that was said, so that of an
// incoming recording without an identifier nobody can tell whether it is the purged one or another one of
// the same moment. Such a recording is in doubt: an import leaves it out and says so, or brings it if the
// user asks for it. In neither case does it prove that the maker still holds the purged one, nor that it
// does not. One with an identifier of a kind that the tombstone has one of, too, is another recording.

// doubts returns the tombstones that an entry may be the recording of though they share no key.
func (w *writer) doubts(e *entry) []*known {
	if !w.purged {
		return nil
	}
	var doubts []*known
	for i, p := range w.placesOf(e) {
		anyKind := i > 0 // if the time is cut to the minute, identifiers of whatever kind tell two recordings apart
		for _, stone := range w.in(p, func(k *known) bool {
			return k.purged && (k.device == e.device.id || !contradict(k.naming, e.Device))
		}) {
			if !stone.isOther(e, anyKind) && !slices.Contains(doubts, stone) {
				doubts = append(doubts, stone)
			}
		}
	}
	return doubts
}

// unclaimed leaves out what another entry of the list was found to be.
func (w *writer) unclaimed(found []*known) []*known {
	return slices.DeleteFunc(found, func(k *known) bool { return w.im.claims.get(k.id) != 0 })
}

// isOther reports whether a tombstone's identifiers tell that it is of another recording than the entry:
// each has one of the same kind, or, with anyKind, each has any.
func (k *known) isOther(e *entry, anyKind bool) bool {
	return shareKind(e.keys, k.kinds) || anyKind && k.kinds != "" && e.keys[0].kind != 0
}

// A table without identifiers cannot tell two recordings of one device with the same words if it gives both the same
// time, as one does that cuts the seconds off. Where it has fewer of them than the library, each may be the one that it
// lacks, so the others prove nothing.

// sightTwins notes that the list at hand has the recording that an entry was found to be, or one of those that it may be
// as well. Which is not known until the list had as many entries.
func (w *writer) sightTwins(e *entry, known recognized) {
	twins := w.twins(e, known.known)
	claimed := 1 // by the entry
	for _, k := range twins {
		if w.im.claims.get(k.id) != 0 {
			claimed++
		}
	}
	matched := known.matched
	if claimed <= len(twins) {
		matched = MatchedUnsurely
	}
	for _, k := range append(twins, known.known) {
		w.sight(e, k, matched)
	}
}

// mayHaveTwins reports whether there may be several recordings that an entry may be.
func (v *view) mayHaveTwins(e *entry) bool { return v.asked && e.Identifier() == "" && e.timeProves() }

// twinSpan is where they are, if the entry was found to be one with an id.
func twinSpan(e *entry, id int64) idSpan {
	span, cut := spansAround(e.millis)
	if e.millis%minuteMillis == 0 || id < span.from || id > span.to {
		return idSpan{min(cut.from, span.from), max(cut.to, span.to)}
	}
	return span
}

// twins returns what an entry may be as well as what it was found to be, if a request is about any of it.
func (w *writer) twins(e *entry, found *known) []*known {
	if !w.mayHaveTwins(e) {
		return nil
	}
	asked := false
	span := place{twinSpan(e, found.id), e.device.account, 0}
	near := w.in(span, func(k *known) bool { asked = asked || k.asked; return !k.purged && k.timeFrom != TimeModified })
	if !asked {
		return nil
	}
	twins := w.doubts(e)
	for _, k := range near {
		if like := k.likeness(e); like == likeWords || like == likeElsewhere || like == likeDevice && k.unintended == e.Unintended {
			twins = append(twins, k)
		}
	}
	return slices.DeleteFunc(twins, func(k *known) bool { return k == found })
}

// sightUnsure notes that the list at hand has something that may be the recording of any of the tombstones.
func (w *writer) sightUnsure(e *entry, stones []*known) {
	for _, stone := range stones {
		w.sight(e, stone, MatchedUnsurely)
	}
}

// sight notes that the list at hand has something, if a request is about it. Of several matches the surest counts.
func (w *writer) sight(e *entry, k *known, matched Matched) {
	at := sighting{k.id, e.list}
	if before, seen := w.sightings[at]; k.asked && (!seen || matched.Surer(before)) {
		w.sightings[at] = matched
	}
}

// sighting is something that a list has.
type sighting struct{ recording, list int64 }

// Doubt is a recording that an import left out, as it may be a purged one as well as another.
type Doubt struct {
	Time   time.Time // UTC; the zero Time if it is not known
	Device Device
}

// Doubts lists what an import left out since it may be purged, in the order in which it was read, at most
// limit of it, all if that is negative.
func (db *DB) Doubts(ctx context.Context, importID int64, limit int) ([]Doubt, error) {
	found, err := all(ctx, db.read, func(rows *sql.Rows) (Doubt, error) {
		var d Doubt
		var millis int64
		err := d.Device.scan(rows, &millis)
		d.Time = fromMillis(millis)
		return d, err
	}, `SELECT o.time, `+deviceColumns+` FROM import_doubts o JOIN roots r ON r.id = o.device_id JOIN devices d ON d.id = r.root
		WHERE o.import_id = ? ORDER BY o.id LIMIT ?`, importID, limit)
	if err != nil {
		return nil, fmt.Errorf("list what import %d left out: %w", importID, err)
	}
	return found, nil
}
