package store

import (
	"cmp"
	"context"
	"crypto/sha256"
	"hash/maphash"
	"slices"
	"strconv"
	"strings"
)

// putOutcome is what became of an incoming recording.
type putOutcome int

const (
	putAdded putOutcome = iota + 1 // 0 is none
	putCompleted
	putKnown
	putTombstoned
	putDoubtful // left out, see doubt.go
)

// entry is an incoming recording with what is worked out of it before the library is asked.
type entry struct {
	*Incoming
	device deviceID
	millis int64  // Unix time, 0 if it is not known
	sum    []byte // of the sound, nil if there is none
	keys   []key
	id     int64  // that it gets if it is new and nothing else has it
	claim  uint64 // a hash of its identifier, not 0
	list   int64  // of the export, where it stands
	found  *known // what it was found to be, or added as; nil if it was left out
	before *entry // see [Incoming.Before]
	was    seen   // what the import has counted of it if the import added it
}

// newEntry works out the entry of a recording. A time that an id cannot hold is not known.
func newEntry(rec *Incoming, device deviceID, seed maphash.Seed) *entry {
	e := &entry{Incoming: rec, device: device, millis: rec.Time.UnixMilli(), claim: maphash.String(seed, rec.Identifier()) | 1}
	if rec.Time.IsZero() || e.millis <= 0 || e.millis >= 1<<(63-idBits) {
		e.millis, rec.TimeFrom = 0, TimeUnknown
	}
	if rec.Audio != nil {
		sum := sha256.Sum256(rec.Audio.Data)
		e.sum = sum[:]
	}
	e.keys = e.makeKeys()
	e.id = e.firstID()
	return e
}

// firstID returns the id of the entry's time whose disambiguator comes from its identifier, so that a library
// looks the same in whatever order its exports were imported. Without an identifier it comes from the device, not
// from the words, as it outlives a purge.
func (e *entry) firstID() int64 {
	hash := e.keys[0].hash
	if e.keys[0].kind == 0 {
		hash = hashParts("place", strconv.FormatInt(e.device.named, 10), strconv.FormatInt(e.millis, 10), strconv.Itoa(e.Occurrence))
	}
	low := uint32(hash[13])<<16 | uint32(hash[14])<<8 | uint32(hash[15])
	return e.millis<<idBits | int64(low&(1<<idBits-1))
}

// timeProves reports whether two exports have the time of the entry in common only if it is one recording's: it is
// known, and it is not that of a file, which a copy may change.
func (e *entry) timeProves() bool { return e.millis != 0 && e.TimeFrom != TimeModified }

// recognized is what an incoming recording was found to be.
type recognized struct {
	*known  // a recording or a tombstone, nil if there is none
	matched Matched
	doubts  []*known // the tombstones that it may be the recording of as well
}

// recognize finds out which recording an entry is: by its keys, or else by its time, its device and its words.
func (w *writer) recognize(ctx context.Context, e *entry) (recognized, error) {
	best, doubts := w.find(e)
	if best != nil {
		matched := MatchedByWords
		if e.Identifier() != "" {
			matched = MatchedByIdentifier
		}
		return recognized{best, matched, doubts}, nil
	}
	if best = w.sameClip(e); best != nil {
		return recognized{best, MatchedByWords, nil}, nil
	}
	if err := w.view.lookAround(ctx, w.view.placesOf(e)); err != nil {
		return recognized{}, err
	}
	best, like := w.same(e)
	if best == nil || like == likeDevice { // which also a purged one would be
		doubts = w.unclaimed(w.doubts(e))
	}
	return recognized{best, like.matched(), doubts}, nil
}

// put plans what becomes of an entry: a new recording, or what is new about a known one. A purged recording stays
// away, and so does one that may be purged, unless those are imported.
func (w *writer) put(ctx context.Context, e *entry) (putOutcome, error) {
	known, err := w.recognize(ctx, e)
	if err != nil {
		return 0, err
	}
	w.sightUnsure(e, known.doubts)
	doubtful := len(known.doubts) > 0
	switch {
	case doubtful && !w.im.takeDoubtful:
		w.doubtful.add(w.im.id, e.device.named, e.millis)
		return putDoubtful, nil
	case doubtful || known.known == nil:
		e.found, err = w.add(ctx, e, doubtful)
		return putAdded, err
	}
	e.found, e.was = known.known, seen{putAdded, known.sum != nil, known.transcript != ""}
	there := *e
	if e.found.doubtful {
		there.millis = e.found.id >> idBits
	}
	places := w.placesOf(&there)
	if w.mayHaveTwins(e) {
		places = append(places, place{twinSpan(e, e.found.id), e.device.account, 0})
	}
	if e.found.doubtful || w.mayHaveTwins(e) {
		if err := w.lookAround(ctx, places); err != nil {
			return 0, err
		}
	}
	w.sightTwins(e, known)
	if e.found.purged {
		w.remindTombstone(e)
		return putTombstoned, nil
	}
	if e.found.doubtful {
		w.sightUnsure(e, w.doubts(&there))
	}
	if w.complete(e) {
		return putCompleted, nil
	}
	return putKnown, nil
}

// remindTombstone gives a tombstone the identifiers of an entry that was found to be its recording. Which entry of an
// utterance was purged is not known unless the tombstone has the maker's own key.
func (w *writer) remindTombstone(e *entry) {
	if e.VendorID == "" || hasKind(e.found.kinds, entryKind) {
		w.giveKeys(e.found, slices.DeleteFunc(e.keys, func(k key) bool { return k.kind == 0 }))
	}
}

// add plans a new recording.
func (w *writer) add(ctx context.Context, e *entry, doubtful bool) (*known, error) {
	id, err := w.freeID(ctx, e.id)
	if err != nil {
		return nil, err
	}
	k := &known{id: id, account: e.device.account, from: w.im.id, naming: w.naming[e.device.id], timeFrom: e.TimeFrom, doubtful: doubtful, details: details{
		device: e.device.id, named: e.device.named, unintended: e.Unintended, typed: e.Typed, vendorID: e.Identifier(),
		kind: e.Kind, domain: e.Domain, intent: e.Intent, skill: e.Skill, transcript: e.Transcript, reply: e.Reply,
	}}
	if e.Audio != nil {
		k.sound, k.sum, k.linked = e.Audio, e.sum, e.Audio.LinkedBy
	}
	w.view.add(k)
	w.added = append(w.added, k)
	w.giveKeys(k, e.keys)
	w.join(k, e)
	return k, nil
}

// complete adds to a known recording what the entry knows more, and reports whether that
// was anything. What is known is overwritten only by the maker's own entry, so that the order of imports does not matter.
func (w *writer) complete(e *entry) bool {
	k := e.found
	better := e.VendorID != "" && !hasKind(k.kinds, entryKind)
	w.giveKeys(k, e.keys)
	joined, before := w.join(k, e), k.details
	// A request names the device that it is about, so what it asks for stays there.
	if k.device != e.device.id && (e.Device.Serial != "" || e.Device.Name != "") && k.naming.Serial == "" && k.naming.Name == "" && !k.asked {
		k.device, k.named, k.naming = e.device.id, e.device.named, w.naming[e.device.id]
	}
	for field, with := range map[*string]string{
		&k.kind: e.Kind, &k.domain: e.Domain, &k.intent: e.Intent, &k.skill: e.Skill,
		&k.transcript: e.Transcript, &k.reply: e.Reply, &k.vendorID: e.Identifier(),
	} {
		if *field == "" || better && with != "" {
			*field = with
		}
	}
	k.vendorID = cmp.Or(e.VendorID, k.vendorID) // the entry's own key comes first
	k.unintended, k.typed = k.unintended || e.Unintended, k.typed || e.Typed
	heard := e.Audio != nil && k.sum == nil
	relinked := k.sum != nil && e.Audio != nil && !e.Loose && e.Audio.LinkedBy.surer(k.linked)
	if heard {
		k.sound, k.sum = e.Audio, e.sum
	}
	if heard || relinked {
		k.linked = e.Audio.LinkedBy
	}
	if !joined && !heard && !relinked && k.details == before {
		return false
	}
	w.changed[k] = true
	return true
}

// giveKeys gives a recording, or a tombstone, the keys that it does not have yet.
func (w *writer) giveKeys(k *known, keys []key) {
	for _, by := range keys {
		if !w.addKey(k, by) {
			continue
		}
		w.keys = append(w.keys, keyRow{by, k.id})
		if by.kind != 0 && !hasKind(k.kinds, by.kind) {
			k.kinds = strings.TrimPrefix(k.kinds+","+strconv.FormatInt(by.kind, 10), ",")
			w.changed[k] = true
		}
	}
}

// person is somebody whom a maker believes to have recognised.
type person struct {
	personKey
	id   int64 // 0 if the library does not know the person yet
	name string
	was  string // the name that the library has
}

// personKey is what a person is known by: the maker's identifier, or else the name.
type personKey struct{ vendor, key string }

// join links the entry's people with a recording and reports whether any of them is new to it.
func (w *writer) join(k *known, e *entry) bool {
	anyNew := false
	for _, in := range e.People {
		at := personKey{e.Vendor, cmp.Or(in.ID, in.Name)}
		if at.key == "" {
			continue
		}
		p := w.people[at]
		if p == nil {
			p = &person{personKey: at, name: at.key}
			w.people[at] = p
		}
		if p.name == p.key {
			p.name = cmp.Or(in.Name, in.ID)
		}
		if !slices.Contains(k.people, p) {
			k.people = append(k.people, p)
			w.joined = append(w.joined, joining{k, p})
			anyNew = true
		}
	}
	return anyNew
}
