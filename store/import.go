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

// A batch is written when it has this many recordings, this much audio, or this much else.
const (
	batchRecordings = 400
	batchBytes      = 8 << 20
	batchMentions   = 4000 // of devices, or of members
)

// Import is a running import. It gathers what comes in into batches, each of which is one
// transaction: what a batch has written stays, whatever happens next. It is used by one
// goroutine.
type Import struct {
	db      *DB
	dry     *cachedTx // a dry run's only transaction, nil otherwise
	lost    error     // what a dry run failed by
	id      int64
	started time.Time
	sources []string

	account      string // whose history it is, by the user's word
	takeDoubtful bool
	complete     Answer
	madeAfter    time.Time

	pending gathered
	written written
}

// gathered is what is to be written with the next batch, in the order in which it came in.
type gathered struct {
	arrivals   []arrival
	recordings int
	audio      int // bytes
	members    []MemberOutcome
	exports    []productOf
}

// arrival is a recording, or only a device that an export names.
type arrival struct {
	device vendorDevice
	rec    *Incoming // nil for a device alone
}

// vendorDevice is a device as a vendor's export names it.
type vendorDevice struct {
	vendor, customer string
	IncomingDevice
}

// written is what an import remembers of the batches that are committed.
type written struct {
	counts   ImportCounts
	devices  map[vendorDevice]deviceID // as far as they were looked up
	accounts map[accountKey]int64
	main     map[string]Account
	recorded map[int64]bool       // the devices that the recordings are of
	lists    map[listKey]openList // by their names
	held     map[string]holding   // by the names of members that are not accounted for yet
	erased   map[string]bool      // what members are called whose names are not kept, see stemOf
	claims   claims
}

// claims are the recordings that the entries of one origin, such as a table or a page, were found to be,
// each with the entry's identifier. No further entry of the origin is taken for one of them.
type claims struct {
	origin string
	ids    map[int64]string
	before map[int64]string // those of earlier batches, nil if they were of other origins
}

// by returns the identifier of the entry that a recording was found to be, and whether there is one.
func (c *claims) by(id int64) (identifier string, taken bool) {
	if identifier, taken = c.ids[id]; !taken {
		identifier, taken = c.before[id]
	}
	return identifier, taken
}

// of makes them those of the recordings of an origin.
func (c *claims) of(origin string) {
	if origin != c.origin {
		*c = claims{origin: origin, ids: map[int64]string{}}
	}
}

// BeginImport starts the account of an import of paths. With dryRun nothing is kept: all is
// worked out in one transaction that Finish rolls back, and which keeps other writers waiting.
// Close has to be called in the end.
func (db *DB) BeginImport(ctx context.Context, paths []string, dryRun bool) (*Import, error) {
	im := &Import{db: db, started: db.now(), written: written{
		devices: map[vendorDevice]deviceID{}, accounts: map[accountKey]int64{}, main: map[string]Account{}, recorded: map[int64]bool{}, lists: map[listKey]openList{},
		held: map[string]holding{}, erased: map[string]bool{}, claims: claims{ids: map[int64]string{}},
	}}
	list, err := json.Marshal(paths)
	if err == nil && dryRun {
		// Its end is up to Finish: a cancelled dry run has a report, too.
		var tx *sql.Tx
		if tx, err = db.write.BeginTx(context.WithoutCancel(ctx), nil); err == nil {
			im.dry = db.cached(tx)
		}
		err = explain(err)
	}
	if err != nil {
		return nil, fmt.Errorf("begin import: %w", err)
	}
	err = im.transact(ctx, func(ctx context.Context, tx *cachedTx) error {
		return tx.QueryRowContext(ctx, `INSERT INTO imports (state, started, paths) VALUES ('running', ?, ?) RETURNING id`,
			toMillis(im.started), string(list)).Scan(&im.id)
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("begin import: %w", err), im.Close())
	}
	return im, nil
}

// transact runs work in a transaction of its own, or in the dry run's. A dry run is over when anything
// of it fails. Nor can work be cancelled in it: SQLite would roll back the whole transaction, and keep what
// is written after that.
func (im *Import) transact(ctx context.Context, work func(context.Context, *cachedTx) error) error {
	switch {
	case im.dry == nil:
		im.db.statements.prepare(ctx, im.db.write)
		return im.db.update(ctx, func(tx *sql.Tx) error { return work(ctx, im.db.cached(tx)) })
	case im.lost != nil:
		return im.lost
	case ctx.Err() != nil:
		return ctx.Err()
	}
	im.lost = explain(work(context.WithoutCancel(ctx), im.dry))
	return im.lost
}

// Close lets go of the library. An import that was not finished stays "running", and of a dry run
// nothing stays. It may be called more than once.
func (im *Import) Close() error {
	if im.dry == nil {
		return nil
	}
	return ignoreDone(im.dry.Rollback())
}

// TakeDoubtful has the import bring what may be purged as well as not, which it leaves out otherwise.
func (im *Import) TakeDoubtful() { im.takeDoubtful = true }

// Of says whose history the import reads: the name or the number of an account, which is made if there is none of that
// name.
func (im *Import) Of(account string) { im.account = account }

// Source notes that a source of this name recognised something.
func (im *Import) Source(name string) {
	if !slices.Contains(im.sources, name) {
		im.sources = append(im.sources, name)
	}
}

// Device makes a device known, or adds what is new about it, such as the name to a serial. It becomes
// durable with its batch.
func (im *Import) Device(ctx context.Context, vendor string, d IncomingDevice) error {
	im.pending.arrivals = append(im.pending.arrivals, arrival{device: vendorDevice{vendor, "", d}})
	if len(im.pending.arrivals)-im.pending.recordings >= batchMentions {
		return im.flush(ctx)
	}
	return nil
}

// Add takes one recording, which becomes durable with its batch.
func (im *Import) Add(ctx context.Context, rec Incoming) error {
	p := &im.pending
	p.arrivals = append(p.arrivals, arrival{vendorDevice{rec.Vendor, rec.Customer, rec.Device}, &rec})
	p.recordings++
	if rec.Audio != nil {
		p.audio += len(rec.Audio.Data)
	}
	if p.recordings >= batchRecordings || p.audio >= batchBytes {
		return im.flush(ctx)
	}
	return nil
}

// Member accounts for one member of the archive, or for one record of it that failed.
func (im *Import) Member(ctx context.Context, m MemberOutcome) error {
	im.pending.members = append(im.pending.members, m)
	if len(im.pending.members) >= batchMentions {
		return im.flush(ctx)
	}
	return nil
}

// Discard drops what is not written yet.
func (im *Import) Discard() { im.pending = gathered{} }

// Counts tells what was done up to the last batch.
func (im *Import) Counts() ImportCounts { return im.written.counts }

// Finish writes the last batch and closes the account with state. After a cancelled context it needs
// one that is not, so that what was read stays. After an error it may be called again, unless it is a
// dry run.
func (im *Import) Finish(ctx context.Context, state ImportState) (ImportReport, error) {
	report := ImportReport{}
	err := im.flush(ctx)
	if err == nil {
		err = im.transact(ctx, func(ctx context.Context, tx *cachedTx) error {
			if _, err := tx.ExecContext(ctx, `UPDATE imports SET state = ?, finished = ? WHERE id = ?`,
				state, toMillis(im.db.now()), im.id); err != nil {
				return err
			}
			if err := errors.Join(im.writeAnswer(ctx, tx), forgetSeen(ctx, tx.Tx, im.id)); err != nil {
				return err
			}
			report, err = readImport(ctx, tx, im.id)
			return err
		})
	}
	if err := errors.Join(err, im.Close()); err != nil {
		return ImportReport{}, fmt.Errorf("finish import: %w", err)
	}
	return report, nil
}

// flush writes the batch. On an error nothing of it is written, and it stays pending as it was.
func (im *Import) flush(ctx context.Context) error {
	var b *batch
	err := im.transact(ctx, func(ctx context.Context, tx *cachedTx) error {
		b = newBatch(im, tx)
		return b.write(ctx)
	})
	if err != nil {
		return fmt.Errorf("write a batch of recordings: %w", err)
	}
	im.written.add(b)
	p := &im.pending
	clear(p.arrivals) // let go of the audio
	*p = gathered{arrivals: p.arrivals[:0], members: p.members[:0]}
	return nil
}

// add remembers what a batch has done that is committed.
func (w *written) add(b *batch) {
	w.counts, w.held = b.counted.counts, b.members.held
	maps.Copy(w.erased, b.members.stems)
	maps.Copy(w.lists, b.lists.opened)
	maps.Copy(w.accounts, b.accounts)
	maps.Copy(w.main, b.main)
	if b.renamed {
		w.devices = b.devices
	} else {
		maps.Copy(w.devices, b.devices)
	}
	for at := range b.lists.covered {
		w.recorded[at.device.id] = true
	}
	if b.claims.before != nil { // still of the origin of the batch before
		maps.Copy(w.claims.ids, b.claims.ids)
	} else {
		w.claims = b.claims
	}
}
