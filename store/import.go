package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
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
	lists        map[string]openList       // by their names
	held         map[string]holding        // by the names of members that are not accounted for yet
	erased       map[string]bool           // what members are called whose names are not kept, see stemOf
	takeDoubtful bool
	origin       string         // of the recordings being written
	claimed      map[int64]bool // which recordings those of this origin are
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
		devices: map[vendorDevice]deviceID{}, recorded: map[int64]bool{}, claimed: map[int64]bool{},
		lists: map[string]openList{}, held: map[string]holding{}, erased: map[string]bool{},
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

// TakeDoubtful has the import bring what may be purged as well as not, which it leaves out otherwise.
func (im *Import) TakeDoubtful() { im.takeDoubtful = true }

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
	counts := im.counts
	var lists *listWriter
	var held map[string]holding
	var members *memberWriter
	err := im.transact(ctx, func(tx *sql.Tx) error {
		counts, held = im.counts, maps.Clone(im.held)
		lists = &listWriter{importID: im.id, started: im.started, written: im.lists, opened: map[string]openList{}}
		w, err := newRecordingWriter(ctx, tx)
		if err != nil {
			return err
		}
		w.from, w.takeDoubtful = im.id, im.takeDoubtful
		members, err = newMemberWriter(ctx, tx, im.id, held, im.erased)
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
			if outcome != putDoubtful {
				im.claimed[id] = true
			}
			if err := members.hold(ctx, rec, id, outcome); err != nil {
				return err
			}
			counts.count(outcome, rec)
			lists.add(w.list, device, id)
		}
		if err := lists.write(ctx, tx); err != nil {
			return err
		}
		if err := members.finish(ctx, im.members); err != nil {
			return err
		}
		if err := im.writeAccount(ctx, tx, &counts, lists); err != nil {
			return err
		}
		return w.close()
	})
	if err != nil {
		clear(im.devices) // those made in this batch are not there
		return fmt.Errorf("write a batch of recordings: %w", err)
	}
	im.counts, im.held = counts, held
	maps.Copy(im.lists, lists.opened)
	maps.Copy(im.erased, members.stems)
	for at := range lists.covered {
		im.recorded[at.device.id] = true
	}
	im.pending, im.pendingBytes, im.members = im.pending[:0], 0, im.members[:0]
	clear(im.pending[:cap(im.pending)]) // let go of the audio
	return nil
}

// count adds one recording to the counts.
func (c *ImportCounts) count(o putOutcome, rec *Incoming) {
	switch o {
	case putAdded:
		c.Added++
	case putCompleted:
		c.Completed++
	case putKnown:
		c.Known++
	case putTombstoned:
		c.Tombstoned++
	case putDoubtful:
		c.Doubtful++
	}
	switch {
	case rec.Audio == nil:
		c.WithoutAudio++
	case rec.Transcript == "":
		c.AudioWithoutText++
	}
}

// writeAccount writes what the import has to show so far.
func (im *Import) writeAccount(ctx context.Context, tx *sql.Tx, counts *ImportCounts, lists *listWriter) error {
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
