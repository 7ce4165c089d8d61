package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"hash/maphash"
	"slices"
	"time"
)

// A batch is written when it has this many recordings, this many bytes of sounds and words, or this much else.
const (
	batchRecordings = 5000
	batchBytes      = 8 << 20
	batchMentions   = 4000 // of devices, or of members
)

// Import is a running import. It gathers what comes in into batches, each of which is one
// transaction: what a batch has written stays, whatever happens next. It is used by one
// goroutine.
type Import struct {
	db      *DB
	dry     *sql.Tx // a dry run's only transaction, nil otherwise
	lost    error   // what a dry run failed by
	id      int64
	started time.Time
	sources []string

	account      string // whose history it is, by the user's word
	takeDoubtful bool
	complete     Answer
	madeAfter    time.Time

	pending gathered

	// What it remembers of the batches that are committed, see draft.
	counts   ImportCounts
	accounts draft[accountKey, int64]
	main     draft[string, Account]   // of what carries no customer's id, by maker
	recorded draft[int64, bool]       // the devices that the recordings are of
	lists    draft[listKey, openList] // by their names
	held     draft[string, holding]   // by the names of members that are not accounted for yet
	erased   draft[string, bool]      // what members are called whose names are not kept, see stemOf
	seen     draft[int64, seen]       // what was counted of recordings that it did not add

	// The recordings that the entries of one origin, such as a table or a page, were found to be, each with a hash of the
	// entry's identifier. No further entry of the origin is taken for one of them.
	claims draft[int64, uint64]
	origin string
	seed   maphash.Seed // of the hashes
}

// gathered is what is to be written with the next batch, in the order in which it came in.
type gathered struct {
	arrivals   []arrival
	recordings int
	bytes      int // of sounds and words
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

// BeginImport starts the account of an import of paths. With dryRun nothing is kept: all is
// worked out in one transaction that Finish rolls back, and which keeps other writers waiting.
// Close has to be called in the end.
func (db *DB) BeginImport(ctx context.Context, paths []string, dryRun bool) (*Import, error) {
	im := &Import{db: db, started: db.now(), seed: maphash.MakeSeed()}
	list, err := json.Marshal(paths)
	if err == nil && dryRun {
		// Its end is up to Finish: a cancelled dry run has a report, too.
		im.dry, err = db.write.BeginTx(context.WithoutCancel(ctx), nil)
		err = explain(err)
	}
	if err != nil {
		return nil, fmt.Errorf("begin import: %w", err)
	}
	err = im.transact(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `INSERT INTO imports (state, started, paths) VALUES ('running', ?, ?) RETURNING id`,
			toMillis(im.started), string(list)).Scan(&im.id)
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("begin import: %w", err), im.Close())
	}
	return im, nil
}

// transact runs work in a transaction of its own, or in the dry run's. A dry run is over when anything
// of it fails. Work that has begun is not cancelled: it does not take long, and of a dry run SQLite would roll back all that
// was done before, and keep what is written after that.
func (im *Import) transact(ctx context.Context, work func(context.Context, *sql.Tx) error) error {
	if err := errors.Join(ctx.Err(), im.lost); err != nil {
		return err
	}
	ctx = context.WithoutCancel(ctx)
	if im.dry == nil {
		return im.db.update(ctx, func(tx *sql.Tx) error { return work(ctx, tx) })
	}
	im.lost = explain(work(ctx, im.dry))
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
	p.bytes += len(rec.Transcript) + len(rec.Reply)
	if rec.Audio != nil {
		p.bytes += len(rec.Audio.Data)
	}
	if p.recordings >= batchRecordings || p.bytes >= batchBytes {
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
func (im *Import) Counts() ImportCounts { return im.counts }

// Finish writes the last batch and closes the account with state. After a cancelled context it needs
// one that is not, so that what was read stays. After an error it may be called again, unless it is a
// dry run.
func (im *Import) Finish(ctx context.Context, state ImportState) (ImportReport, error) {
	report := ImportReport{}
	err := im.flush(ctx)
	if err == nil {
		err = im.transact(ctx, func(ctx context.Context, tx *sql.Tx) error {
			if _, err := tx.ExecContext(ctx, `UPDATE imports SET state = ?, finished = ? WHERE id = ?`,
				state, toMillis(im.db.now()), im.id); err != nil {
				return err
			}
			if err := im.writeAnswer(ctx, tx); err != nil {
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
	var w *writer
	err := im.transact(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
		if w, err = newWriter(ctx, tx, im); err != nil {
			return err
		}
		return w.write(ctx)
	})
	im.settle(err == nil)
	if err != nil {
		return fmt.Errorf("write a batch of recordings: %w", err)
	}
	im.counts, im.origin = w.counts, w.origin
	p := &im.pending
	clear(p.arrivals) // let go of the audio
	*p = gathered{arrivals: p.arrivals[:0], members: p.members[:0]}
	return nil
}

// settle keeps what the import remembers of the last batch, or drops it.
func (im *Import) settle(keep bool) {
	for _, d := range []interface{ settle(keep bool) }{&im.accounts, &im.main, &im.recorded, &im.lists, &im.held, &im.erased, &im.seen, &im.claims} {
		d.settle(keep)
	}
}
