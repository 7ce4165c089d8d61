package store

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// batch writes what an import has gathered, in one transaction. What the import is to remember
// of it is kept here until that is committed: a batch that fails is written again, and the import must then
// know no more than the library.
type batch struct {
	im       *Import // read only
	tx       *cachedTx
	lists    listWriter
	members  *memberWriter
	counted  *counter
	claims   claims
	devices  map[vendorDevice]deviceID // that were looked up for this batch
	accounts map[accountKey]int64      // likewise
	main     map[string]Account        // of what carries no customer's id, by maker
	renamed  bool                      // what was looked up before may not hold any more
}

func newBatch(im *Import, tx *cachedTx) *batch {
	w := &im.written
	return &batch{
		im: im, tx: tx, lists: listWriter{importID: im.id, started: im.started, written: w.lists, opened: map[listKey]openList{}},
		claims:  claims{origin: w.claims.origin, ids: map[int64]string{}, before: w.claims.ids},
		devices: map[vendorDevice]deviceID{}, accounts: map[accountKey]int64{}, main: map[string]Account{},
	}
}

// write writes all that is pending.
func (b *batch) write(ctx context.Context) error {
	w, err := newRecordingWriter(ctx, b.tx)
	if err != nil {
		return err
	}
	w.from, w.takeDoubtful, w.matched = b.im.id, b.im.takeDoubtful, &b.claims
	if b.counted, err = newCounter(ctx, b.tx, b.im.id, b.im.written.counts); err != nil {
		return err
	}
	b.members = newMemberWriter(b.tx, b.im.id, &b.im.written)
	for _, a := range wordsFirst(b.im.pending.arrivals) {
		if a.rec == nil {
			err = b.name(ctx, a.device)
		} else {
			err = b.put(ctx, w, a)
		}
		if err != nil {
			return err
		}
	}
	if err := errors.Join(b.noteExports(ctx), b.lists.write(ctx, b.tx)); err != nil {
		return err
	}
	if err := b.members.finish(ctx, b.im.pending.members); err != nil {
		return err
	}
	return b.writeAccount(ctx)
}

// wordsFirst returns the arrivals with the recordings of each list that have words before those without:
// where several are of one utterance, what is known of it belongs to the request rather than to the wake
// word. None passes a device that is named between them.
func wordsFirst(arrivals []arrival) []arrival {
	ordered := slices.Clone(arrivals)
	for from := 0; from < len(ordered); {
		to := from + 1
		for to < len(ordered) && ordered[from].sameList(ordered[to]) {
			to++
		}
		slices.SortStableFunc(ordered[from:to], func(a, b arrival) int {
			return cmp.Compare(min(len(b.rec.Transcript), 1), min(len(a.rec.Transcript), 1))
		})
		from = to
	}
	return ordered
}

// sameList reports whether both are recordings of one list.
func (a arrival) sameList(b arrival) bool {
	return a.rec != nil && b.rec != nil && a.rec.Origin == b.rec.Origin
}

// name makes a device known.
func (b *batch) name(ctx context.Context, d vendorDevice) error {
	b.renamed = true // a name may now mean another device
	clear(b.devices)
	_, err := b.device(ctx, d)
	return err
}

// put writes one recording.
func (b *batch) put(ctx context.Context, w *recordingWriter, a arrival) error {
	device, err := b.device(ctx, a.device)
	if err != nil {
		return err
	}
	b.claims.of(a.rec.Origin)
	if w.list, err = b.lists.open(ctx, b.tx, a.rec, device.account); err != nil {
		return err
	}
	id, outcome, err := w.put(ctx, newEntry(a.rec, device))
	if err != nil {
		return fmt.Errorf("recording of %s: %w", a.rec.Time.UTC().Format(time.RFC3339), err)
	}
	if outcome != putDoubtful {
		b.claims.ids[id] = a.rec.Identifier()
	}
	b.lists.add(w.list, device, id, a.rec.Unintended)
	if err := b.members.hold(ctx, a.rec, id, outcome); err != nil {
		return err
	}
	return b.counted.count(ctx, id, outcome, a.rec)
}

// device returns the id of a device, making it if need be.
func (b *batch) device(ctx context.Context, d vendorDevice) (deviceID, error) {
	id, ok := b.devices[d]
	if !ok && !b.renamed {
		id, ok = b.im.written.devices[d]
	}
	if ok {
		return id, nil
	}
	account, err := b.account(ctx, d.vendor, d.customer)
	if err != nil {
		return deviceID{}, err
	}
	id, err = resolveDevice(ctx, b.tx.Tx, account, d.vendor, d.IncomingDevice)
	if err != nil {
		return deviceID{}, fmt.Errorf("device %q: %w", d.Name, err)
	}
	b.devices[d] = id
	return id, nil
}

// writeAccount writes what the import has to show so far.
func (b *batch) writeAccount(ctx context.Context) error {
	recorded := b.im.written.recorded
	fresh := map[int64]bool{}
	for at := range b.lists.covered {
		if !recorded[at.device.id] {
			fresh[at.device.id] = true
		}
	}
	b.counted.counts.Devices = len(recorded) + len(fresh)
	totals, err := json.Marshal(b.counted.counts)
	if err != nil {
		return err
	}
	sources, err := json.Marshal(append([]string{}, b.im.sources...))
	if err != nil {
		return err
	}
	_, err = b.tx.ExecContext(ctx, `UPDATE imports SET counts = ?, sources = ? WHERE id = ?`, string(totals), string(sources), b.im.id)
	return err
}
