package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// A batch is written when it has this many recordings, or this much audio.
const (
	batchRecordings = 400
	batchBytes      = 8 << 20
	batchMembers    = 4000
)

// Import is a running import. It gathers recordings into batches, each of which is one
// transaction: what a batch has written stays, whatever happens next. It is used by one
// goroutine.
type Import struct {
	db      *DB
	dry     *sql.Tx // a dry run's only transaction, nil otherwise
	id      int64
	started time.Time
	paths   []string
	sources []string
	counts  ImportCounts

	pending      []Incoming
	pendingBytes int
	members      []MemberOutcome
	devices      map[vendorDevice]deviceID // as far as they were looked up
	recorded     map[int64]bool            // the devices that the recordings are of
	origin       string                    // of the recordings being written
	claimed      map[int64]string          // which recordings those of this origin are, with their identifiers
}

// vendorDevice is a device as a vendor's export names it.
type vendorDevice struct {
	vendor string
	IncomingDevice
}

// BeginImport starts the account of an import of paths. With dryRun nothing is kept: all is
// worked out in one transaction that Finish rolls back, and which keeps other writers waiting.
func (db *DB) BeginImport(ctx context.Context, paths []string, dryRun bool) (*Import, error) {
	im := &Import{
		db: db, started: db.now(), paths: paths,
		devices: map[vendorDevice]deviceID{}, recorded: map[int64]bool{}, claimed: map[int64]string{},
	}
	if dryRun {
		tx, err := db.write.BeginTx(ctx, nil)
		if err != nil {
			return nil, fmt.Errorf("begin import: %w", err)
		}
		im.dry = tx
	}
	list, err := json.Marshal(paths)
	if err != nil {
		return nil, fmt.Errorf("begin import: %w", err)
	}
	err = im.transact(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `INSERT INTO imports (state, started, paths) VALUES ('running', ?, ?) RETURNING id`,
			toMillis(im.started), string(list)).Scan(&im.id)
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("begin import: %w", err), im.rollback())
	}
	return im, nil
}

// transact runs work in a transaction of its own, or in the dry run's.
func (im *Import) transact(ctx context.Context, work func(*sql.Tx) error) error {
	if im.dry != nil {
		return work(im.dry)
	}
	return im.db.update(ctx, work)
}

func (im *Import) rollback() error {
	if im.dry == nil {
		return nil
	}
	return ignoreDone(im.dry.Rollback())
}

// Source notes that a source of this name recognised something.
func (im *Import) Source(name string) {
	if !slices.Contains(im.sources, name) {
		im.sources = append(im.sources, name)
	}
}

// Device makes a device known, or adds what is new about it, such as the name to a serial.
func (im *Import) Device(ctx context.Context, vendor string, d IncomingDevice) error {
	err := im.transact(ctx, func(tx *sql.Tx) error {
		_, err := resolveDevice(ctx, tx, vendor, d)
		return err
	})
	if err != nil {
		return fmt.Errorf("import device: %w", err)
	}
	clear(im.devices) // a name may now mean another device
	return nil
}

// Add takes one recording, which becomes durable with its batch.
func (im *Import) Add(ctx context.Context, rec Incoming) error {
	im.pending = append(im.pending, rec)
	if rec.Audio != nil {
		im.pendingBytes += len(rec.Audio.Data)
	}
	if len(im.pending) >= batchRecordings || im.pendingBytes >= batchBytes {
		return im.flush(ctx)
	}
	return nil
}

// Member accounts for one member of the archive, or for one record of it that failed.
func (im *Import) Member(ctx context.Context, m MemberOutcome) error {
	im.members = append(im.members, m)
	if len(im.members) >= batchMembers {
		return im.flush(ctx)
	}
	return nil
}

// Counts tells what was done up to the last batch.
func (im *Import) Counts() ImportCounts { return im.counts }

// Finish writes the last batch and closes the account with state. It is called exactly once;
// after a cancelled context it needs one that is not, so that what was read stays.
func (im *Import) Finish(ctx context.Context, state ImportState) (ImportReport, error) {
	report := ImportReport{}
	err := im.flush(ctx)
	if err == nil {
		err = im.transact(ctx, func(tx *sql.Tx) error {
			if _, err := tx.ExecContext(ctx, `UPDATE imports SET state = ?, finished = ? WHERE id = ?`,
				state, toMillis(im.db.now()), im.id); err != nil {
				return err
			}
			if err := forgetSeen(ctx, tx, im.id); err != nil {
				return err
			}
			report, err = readImport(ctx, tx, im.id)
			return err
		})
	}
	if err := errors.Join(err, im.rollback()); err != nil {
		return ImportReport{}, fmt.Errorf("finish import: %w", err)
	}
	return report, nil
}

// flush writes the batch. On an error nothing of it is written and it stays pending.
func (im *Import) flush(ctx context.Context) error {
	wordsFirst(im.pending)
	counts, lists := im.counts, &listWriter{importID: im.id, started: im.started}
	err := im.transact(ctx, func(tx *sql.Tx) error {
		w, err := newRecordingWriter(ctx, tx)
		if err != nil {
			return err
		}
		w.from = im.id
		counted, err := newCounter(ctx, tx, im.id, im.counts)
		if err != nil {
			return err
		}
		for i := range im.pending {
			rec := &im.pending[i]
			device, err := im.deviceOf(ctx, tx, rec)
			if err != nil {
				return err
			}
			if rec.Origin != im.origin {
				im.origin = rec.Origin
				clear(im.claimed)
			}
			if w.list, err = lists.open(ctx, tx, rec); err != nil {
				return err
			}
			id, outcome, err := w.put(ctx, rec, device, im.claimed)
			if err != nil {
				return fmt.Errorf("recording of %s: %w", rec.Time.UTC().Format(time.RFC3339), err)
			}
			im.claimed[id] = rec.Identifier()
			if err := counted.count(ctx, id, outcome, rec); err != nil {
				return err
			}
			lists.add(w.list, device, id)
		}
		if err := lists.write(ctx, tx); err != nil {
			return err
		}
		counts = counted.counts
		if err := im.writeAccount(ctx, tx, &counts, lists); err != nil {
			return err
		}
		return errors.Join(w.close(), counted.close())
	})
	if err != nil {
		clear(im.devices) // those made in this batch are not there
		return fmt.Errorf("write a batch of recordings: %w", err)
	}
	im.counts = counts
	for at := range lists.covered {
		im.recorded[at.device.id] = true
	}
	im.pending, im.pendingBytes, im.members = im.pending[:0], 0, im.members[:0]
	clear(im.pending[:cap(im.pending)]) // let go of the audio
	return nil
}

// wordsFirst puts the recordings of each list that have words before those without: where several are
// of one utterance, what is known of it belongs to the request rather than to the wake word.
func wordsFirst(recs []Incoming) {
	for from := 0; from < len(recs); {
		to := from + 1
		for to < len(recs) && recs[to].Origin == recs[from].Origin {
			to++
		}
		slices.SortStableFunc(recs[from:to], func(a, b Incoming) int {
			return cmp.Compare(min(len(b.Transcript), 1), min(len(a.Transcript), 1))
		})
		from = to
	}
}

// writeAccount writes what the import has to show so far.
func (im *Import) writeAccount(ctx context.Context, tx *sql.Tx, counts *ImportCounts, lists *listWriter) error {
	for _, m := range im.members {
		if _, err := tx.ExecContext(ctx, `INSERT INTO import_members (import_id, member, outcome, reason, record)
			VALUES (?, ?, ?, ?, ?)`, im.id, m.Member, m.Outcome, m.Reason, m.Record); err != nil {
			return err
		}
	}
	counts.Devices = len(im.recorded)
	fresh := map[int64]bool{}
	for at := range lists.covered {
		if !im.recorded[at.device.id] && !fresh[at.device.id] {
			fresh[at.device.id] = true
			counts.Devices++
		}
	}
	totals, err := json.Marshal(counts)
	if err != nil {
		return err
	}
	sources, err := json.Marshal(append([]string{}, im.sources...))
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE imports SET counts = ?, sources = ? WHERE id = ?`, string(totals), string(sources), im.id)
	return err
}

// deviceOf returns the id of the recording's device, making it if need be.
func (im *Import) deviceOf(ctx context.Context, tx *sql.Tx, rec *Incoming) (deviceID, error) {
	key := vendorDevice{rec.Vendor, rec.Device}
	if id, ok := im.devices[key]; ok {
		return id, nil
	}
	id, err := resolveDevice(ctx, tx, rec.Vendor, rec.Device)
	if err != nil {
		return deviceID{}, fmt.Errorf("device %q: %w", rec.Device.Name, err)
	}
	im.devices[key] = id
	return id, nil
}
