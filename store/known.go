package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// known is what an incoming recording may be: a recording of the library, one that the same batch adds, or a tombstone.
type known struct {
	id       int64
	account  int64
	from     int64          // the import that brought it
	naming   IncomingDevice // what exports call its device
	timeFrom TimeFrom
	kinds    string // of its identifiers, see kindOf: numbers with commas between
	people   []*person
	sum      []byte // of its sound, nil if it has none
	purged   bool   // it is a tombstone
	asked    bool   // a request is about it
	trashed  bool
	loose    bool // it is a clip without a record, see [Incoming.Loose]
	clipped  bool // it has or names a file
	doubtful bool

	details
	was details // as the library has it

	audio int64          // the id of its sound, 0 if it has none
	sound *IncomingAudio // to be added, nil if there is none

	linked LinkedBy // what joined it with its sound
}

// details are what a later export can add to.
type details struct {
	device, named                                            int64
	unintended, typed                                        bool
	vendorID, kind, domain, intent, skill, transcript, reply string
}

// match is what has a key.
type match struct {
	*known
	kind int64 // of the key
}

// view is as much of the library as the recordings of a batch may be, with what the batch has changed of it.
type view struct {
	tx            *sql.Tx
	purged, asked bool // there are tombstones, requests
	anyLoose      bool // there are clips without a record

	byID     map[int64]*known
	byKey    map[keyHash][]match // the newest first
	byClip   map[keyHash][]*known
	bySecond map[int64][]*known // the oldest first
	free     map[int64]bool     // whether an id is free
	near     map[place]bool     // where everything is in the view

	people     map[personKey]*person
	peopleByID map[int64]*person
}

// place is where a recording may be: a stretch of time in an account, and a device, 0 for any.
type place struct {
	idSpan
	account, device int64
}

// maxNeighbours bounds the recordings of a place that are compared: an assistant does not record more in a second,
// and an archive may claim that all of its recordings are of one.
const maxNeighbours = 64

// maxCandidates bounds the recordings of a key that are compared: an archive may claim that all of its
// recordings are of one utterance.
const maxCandidates = 1000

func newView(ctx context.Context, tx *sql.Tx) (*view, error) {
	v := &view{tx: tx}
	v.forget()
	return v, tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM tombstones), EXISTS (SELECT 1 FROM request_items),
		EXISTS (SELECT 1 FROM clips WHERE loose = 1)`).Scan(&v.purged, &v.asked, &v.anyLoose)
}

// forget empties the view of all but people.
func (v *view) forget() {
	v.byID, v.byKey, v.bySecond = map[int64]*known{}, map[keyHash][]match{}, map[int64][]*known{}
	v.byClip = map[keyHash][]*known{}
	v.free, v.near = map[int64]bool{}, map[place]bool{}
}

// look reads all that the entries may be, with a few queries for all of them.
func (v *view) look(ctx context.Context, entries []*entry) error {
	if err := v.lookForKeys(ctx, entries); err != nil {
		return err
	}
	if err := v.lookForClips(ctx, entries); err != nil {
		return err
	}
	var places []place
	var ids []int64
	for _, e := range entries {
		if !slices.ContainsFunc(e.keys, func(k key) bool { return len(v.byKey[k.hash]) > 0 }) {
			places, ids = append(places, v.placesOf(e)...), append(ids, e.id)
		}
	}
	if err := v.lookAround(ctx, places); err != nil {
		return err
	}
	return v.lookForIDs(ctx, ids)
}

// lookForPeople reads who of the people in arrivals is known already.
func (v *view) lookForPeople(ctx context.Context, arrivals []arrival) error {
	v.people, v.peopleByID = map[personKey]*person{}, map[int64]*person{}
	asked := map[personKey]bool{}
	var keys [][2]string
	for _, a := range arrivals {
		if a.rec == nil {
			continue
		}
		for _, p := range a.rec.People {
			if at := (personKey{a.rec.Vendor, cmp.Or(p.ID, p.Name)}); !asked[at] {
				asked[at] = true
				keys = append(keys, [2]string{at.vendor, at.key})
			}
		}
	}
	found, err := allOf(ctx, v.tx, keys, func(rows *sql.Rows) (*person, error) {
		p := &person{}
		err := rows.Scan(&p.id, &p.vendor, &p.key, &p.name)
		p.was = p.name
		return p, err
	}, `SELECT p.id, p.vendor, p.key, p.name FROM json_each(?1) j CROSS JOIN people p ON p.vendor = j.value ->> 0 AND p.key = j.value ->> 1`)
	for _, p := range found {
		v.people[p.personKey], v.peopleByID[p.id] = p, p
	}
	return err
}

// lookForKeys reads what has any of the keys of the entries.
func (v *view) lookForKeys(ctx context.Context, entries []*entry) error {
	asked := map[keyHash]bool{}
	var hashes []string
	for _, e := range entries {
		keys := e.keys
		if e.before != nil {
			keys = slices.Concat(keys, e.before.keys)
		}
		for _, k := range keys {
			if !asked[k.hash] {
				asked[k.hash] = true
				hashes = append(hashes, hex.EncodeToString(k.hash[:]))
			}
		}
	}
	slices.Sort(hashes) // so that the index is read from its beginning to its end
	type row struct {
		hash keyHash
		id   int64
		kind int64
	}
	found, err := allOf(ctx, v.tx, hashes, func(rows *sql.Rows) (r row, err error) {
		var hash sql.RawBytes
		err = rows.Scan(&hash, &r.id, &r.kind)
		copy(r.hash[:], hash)
		return r, err
	}, `SELECT k.key, k.recording_id, k.kind FROM json_each(?1) j CROSS JOIN recording_keys k ON k.key = unhex(j.value)
		WHERE k.recording_id >= coalesce((SELECT recording_id FROM recording_keys WHERE key = k.key
			ORDER BY recording_id DESC LIMIT 1 OFFSET `+strconv.Itoa(maxCandidates-1)+`), 0)`)
	if err != nil {
		return err
	}
	ids := make([]int64, len(found))
	for i, r := range found {
		ids[i] = r.id
	}
	if err := v.read(ctx, ids); err != nil {
		return err
	}
	for _, r := range found {
		if k := v.byID[r.id]; k != nil {
			v.addKey(k, key{r.hash, r.kind})
		}
	}
	return nil
}

// addKey notes that something has a key, and reports whether it did not have it yet.
func (v *view) addKey(k *known, by key) bool {
	matches := v.byKey[by.hash]
	at, is := slices.BinarySearchFunc(matches, k.id, func(m match, id int64) int { return cmp.Compare(id, m.id) })
	if !is {
		v.byKey[by.hash] = slices.Insert(matches, at, match{k, by.kind})
	}
	return !is
}

// placesOf returns where the recordings and the tombstones are that an entry may be, though they share no key.
func (v *view) placesOf(e *entry) []place {
	if !e.timeProves() { // two exports have such a time in common only for the same file
		if !v.purged {
			return nil
		}
		return []place{{idSpan{e.millis << idBits, (e.millis+1)<<idBits - 1}, e.device.account, e.device.id}}
	}
	within, cut := spansAround(e.millis)
	return []place{{within, e.device.account, 0}, {cut, e.device.account, 0}}
}

// lookAround reads what is in some places.
func (v *view) lookAround(ctx context.Context, places []place) error {
	var list [][4]int64
	all := idSpan{from: 1<<63 - 1}
	for _, p := range places {
		if !v.near[p] {
			v.near[p] = true
			list = append(list, [4]int64{p.from, p.to, p.account, p.device})
			all = idSpan{min(all.from, p.from), max(all.to, p.to)}
		}
	}
	if empty, err := v.isEmpty(ctx, all); err != nil || empty {
		return err
	}
	const around = ` WHERE r.id BETWEEN s.value ->> 0 AND s.value ->> 1 AND s.value ->> 3 IN (0, r.device_id)
		AND (SELECT account_id FROM devices WHERE id = r.device_id) = s.value ->> 2`
	limit := ` LIMIT ` + strconv.Itoa(maxNeighbours)
	ids, err := allOf(ctx, v.tx, list, scanValue[int64], `SELECT n.id FROM json_each(?1) s CROSS JOIN recordings n
			WHERE n.id IN (SELECT r.id FROM recordings r`+around+` AND r.time_from <> 'mtime' ORDER BY r.id`+limit+`)
		UNION SELECT n.id FROM json_each(?1) s CROSS JOIN tombstones n
			WHERE n.id IN (SELECT r.id FROM tombstones r`+around+` ORDER BY r.id`+limit+`)`)
	if err != nil {
		return err
	}
	return v.read(ctx, ids)
}

// isEmpty reports whether the library has nothing of a stretch of time.
func (v *view) isEmpty(ctx context.Context, span idSpan) (empty bool, err error) {
	if span.from > span.to {
		return true, nil
	}
	err = v.tx.QueryRowContext(ctx, `SELECT NOT EXISTS (SELECT 1 FROM recordings WHERE id BETWEEN ?1 AND ?2)
		AND NOT EXISTS (SELECT 1 FROM tombstones WHERE id BETWEEN ?1 AND ?2)`, span.from, span.to).Scan(&empty)
	return empty, err
}

// lookForIDs finds out which ids are free.
func (v *view) lookForIDs(ctx context.Context, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	for _, id := range ids {
		v.free[id] = true
	}
	if empty, err := v.isEmpty(ctx, idSpan{slices.Min(ids), slices.Max(ids)}); err != nil || empty {
		return err
	}
	taken, err := allOf(ctx, v.tx, ids, scanValue[int64], `SELECT value FROM json_each(?1)
		WHERE EXISTS (SELECT 1 FROM recordings WHERE id = value) OR EXISTS (SELECT 1 FROM tombstones WHERE id = value)`)
	for _, id := range taken {
		v.free[id] = false
	}
	return err
}

// freeID returns the first id of the same millisecond that nothing has, from one on.
func (v *view) freeID(ctx context.Context, id int64) (int64, error) {
	for {
		if _, looked := v.free[id]; !looked {
			if err := v.lookForIDs(ctx, []int64{id}); err != nil {
				return 0, err
			}
		}
		if v.free[id] && id != 0 { // which means "none" everywhere else
			return id, nil
		}
		id = id>>idBits<<idBits | (id+1)&(1<<idBits-1)
	}
}

// selectKnown selects what has one of the ids (?1). ?2 is whether there are requests.
const selectKnown = `SELECT r.id, d.account_id, r.device_id, coalesce(r.named_id, r.device_id), coalesce(d.serial, ''), d.type, d.maker_name,
		0 AS purged, ?2 AND EXISTS (SELECT 1 FROM request_items WHERE recording_id = r.id), coalesce(r.import_id, 0), r.time_from, r.doubtful, r.kinds,
		coalesce((SELECT group_concat(person_id) FROM recording_people WHERE recording_id = r.id), ''), coalesce(r.audio_id, 0), a.sha256,
		r.unintended, r.typed, coalesce(r.vendor_id, ''), r.kind, r.domain, r.intent, r.skill, r.transcript, r.reply,
		r.state <> 0, r.linked_by, coalesce((SELECT max(loose) FROM clips WHERE recording_id = r.id), -1)
	FROM json_each(?1) j CROSS JOIN recordings r ON r.id = j.value JOIN devices d ON d.id = r.device_id LEFT JOIN audio a ON a.id = r.audio_id
	UNION ALL SELECT t.id, d.account_id, t.device_id, coalesce(t.named_id, t.device_id), coalesce(d.serial, ''), d.type, d.maker_name,
		1, ?2 AND EXISTS (SELECT 1 FROM request_items WHERE recording_id = t.id), 0, '', 0, t.kinds,
		'', 0, NULL, 0, 0, coalesce(t.vendor_id, ''), '', '', '', '', '', '', 0, '', -1
	FROM json_each(?1) j CROSS JOIN tombstones t ON t.id = j.value JOIN devices d ON d.id = t.device_id`

func (v *view) scan(rows *sql.Rows) (*known, error) {
	k := &known{}
	var people string
	var clip int
	if err := rows.Scan(&k.id, &k.account, &k.device, &k.named, &k.naming.Serial, &k.naming.Type, &k.naming.Name,
		&k.purged, &k.asked, &k.from, &k.timeFrom, &k.doubtful, &k.kinds, &people, &k.audio, &k.sum,
		&k.unintended, &k.typed, &k.vendorID, &k.kind, &k.domain, &k.intent, &k.skill, &k.transcript, &k.reply, &k.trashed, &k.linked, &clip); err != nil {
		return nil, err
	}
	k.loose, k.clipped = clip == 1, clip >= 0
	k.was = k.details
	for text := range strings.SplitSeq(people, ",") {
		if id, err := strconv.ParseInt(text, 10, 64); err == nil && v.peopleByID[id] != nil { // whom the batch does not name, it cannot add
			k.people = append(k.people, v.peopleByID[id])
		}
	}
	return k, nil
}

// read reads what has one of the ids, unless it is in the view already.
func (v *view) read(ctx context.Context, ids []int64) error {
	ids = slices.DeleteFunc(slices.Compact(slices.Sorted(slices.Values(ids))), func(id int64) bool { return v.byID[id] != nil })
	found, err := allOf(ctx, v.tx, ids, v.scan, selectKnown, v.asked)
	for _, k := range found {
		v.add(k)
	}
	return err
}

// add adds to the view.
func (v *view) add(k *known) {
	v.byID[k.id], v.free[k.id] = k, false
	second := secondOf(k.id)
	at, _ := slices.BinarySearchFunc(v.bySecond[second], k.id, func(o *known, id int64) int { return cmp.Compare(o.id, id) })
	v.bySecond[second] = slices.Insert(v.bySecond[second], at, k)
}

// in returns what is in a place and of which is holds, the oldest first.
func (v *view) in(p place, is func(*known) bool) []*known {
	var found []*known
	for second := secondOf(p.from); second <= secondOf(p.to); second++ {
		for _, k := range v.bySecond[second] {
			if len(found) < maxNeighbours && p.from <= k.id && k.id <= p.to && k.account == p.account && (p.device == 0 || p.device == k.device) && is(k) {
				found = append(found, k)
			}
		}
	}
	return found
}

func secondOf(id int64) int64 { return id >> idBits / secondMillis }

// allOf collects what scan reads from each row of a query about a list of things, which is ?1 as a JSON array.
func allOf[T, E any](ctx context.Context, from querier, list []E, scan func(*sql.Rows) (T, error), query string, args ...any) ([]T, error) {
	if len(list) == 0 {
		return nil, nil
	}
	text, err := json.Marshal(list)
	if err != nil {
		return nil, fmt.Errorf("list what to look up: %w", err)
	}
	return all(ctx, from, scan, query, append([]any{string(text)}, args...)...)
}
