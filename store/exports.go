package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// Export is what a maker handed out of one product, as one import read it. It is evidence of what the maker still has.
type Export struct {
	ID         int64
	ImportID   int64
	Imported   time.Time // when the import began
	Account    Account
	Vendor     string
	Product    string // such as Gemini Apps; "" where the maker has only one
	Own        bool   // unsaid wrote it, so it proves nothing
	Files      []ExportFile
	Made       time.Time // it was made after this; the zero Time if nothing proves any
	MadeBy     MadeBy
	Packed     time.Time // when its archive says that it was packed, which is a hint; the zero Time if it does not
	Recordings int
	Unintended int
	First      time.Time // of its recordings of known time; the zero Time if there is none
	Last       time.Time
	Devices    []Device // that its recordings are of
	Unread     int      // files and records that may hold recordings and were not read
	Missing    []string // names of parts of the archive that no import has read
	Finished   bool     // the import read it to its end
	Complete   Answer
}

// ExportFile is a file that was imported.
type ExportFile struct {
	Name   string // without its folder
	Bytes  int64
	SHA256 string // lower-case hex
}

// Answer is what a user says of an export.
type Answer string

// The answers to whether an export is all that an account has.
const (
	NotAnswered Answer = ""
	Yes         Answer = "yes"
	No          Answer = "no"
)

// openExport returns the id of an import's export of a product.
func openExport(ctx context.Context, tx *sql.Tx, importID, account int64, vendor, product string) (id int64, err error) {
	err = tx.QueryRowContext(ctx, `INSERT INTO exports (import_id, account_id, vendor, product) VALUES (?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET product = excluded.product RETURNING id`, importID, account, vendor, product).Scan(&id)
	return id, err
}

// Export makes it known that there is an export of a product, though it may have no recording. It becomes durable with
// its batch.
func (im *Import) Export(_ context.Context, vendor, product string) error {
	im.pending.exports = append(im.pending.exports, productOf{vendor, product})
	return nil
}

// productOf is a product of a maker.
type productOf struct{ vendor, product string }

// noteExports notes the exports of which nothing but the product is known.
func (w *writer) noteExports(ctx context.Context) error {
	for _, p := range w.im.pending.exports {
		account, err := w.mainAccount(ctx, p.vendor)
		if err == nil {
			_, err = openExport(ctx, w.tx, w.im.id, account.ID, p.vendor, p.product)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// File notes a file that is imported. It is durable at once.
func (im *Import) File(ctx context.Context, name string, bytes int64, sha256 []byte) error {
	err := im.transact(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO export_files (import_id, name, bytes, sha256) VALUES (?, ?, ?, ?)`, im.id, name, bytes, sha256)
		return err
	})
	if err != nil {
		return fmt.Errorf("note a file of an export: %w", err)
	}
	return nil
}

// Missing notes the parts of an archive that by their numbers have to exist and are not imported now. Those that were
// imported before are left out. It is durable at once.
func (im *Import) Missing(ctx context.Context, names []string) error {
	if len(names) == 0 {
		return nil
	}
	list, err := json.Marshal(names)
	if err != nil {
		return err
	}
	err = im.transact(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE imports SET missing = (SELECT json_group_array(value) FROM json_each(?)
			WHERE value NOT IN (SELECT name FROM export_files)) WHERE id = ?`, string(list), im.id)
		return err
	})
	if err != nil {
		return fmt.Errorf("note the parts that are missing: %w", err)
	}
	return nil
}

// Exports lists what makers handed out, the one imported last first.
func (db *DB) Exports(ctx context.Context) ([]Export, error) {
	exports, err := all(ctx, db.read, scanExport, `SELECT e.id, e.import_id, i.started, e.account_id, a.customer,
		(SELECT name FROM account_names WHERE id = a.id), e.vendor, e.product, i.state = 'done',
		CASE e.complete WHEN 1 THEN 'yes' WHEN 0 THEN 'no' ELSE '' END, e.made_on,
		coalesce(l.own, 0), coalesce(l.made, 0), coalesce(l.made_by, ''), coalesce((SELECT max(packed) FROM import_lists WHERE export_id = e.id), 0),
		coalesce(c.recordings, 0), coalesce(c.unintended, 0), coalesce(c.first, 0), coalesce(c.last, 0), coalesce(c.devices, '[]'),
		(SELECT count(*) FROM import_members m WHERE m.import_id = e.import_id AND m.may_hold = 1), i.missing,
		(SELECT json_group_array(json_object('Name', name, 'Bytes', bytes, 'SHA256', lower(hex(sha256)))) FROM export_files f WHERE f.import_id = e.import_id)
		FROM exports e JOIN imports i ON i.id = e.import_id JOIN accounts a ON a.id = e.account_id
		LEFT JOIN (SELECT export_id, min(own) AS own, max(made) AS made, made_by FROM import_lists GROUP BY export_id) l ON l.export_id = e.id
		LEFT JOIN (SELECT l.export_id, sum(c.recordings) AS recordings, sum(c.unintended) AS unintended, min(nullif(c.first_id, 0)) AS first, max(c.last_id) AS last,
			json_group_array(DISTINCT r.root) AS devices
			FROM list_coverage c JOIN import_lists l ON l.id = c.list_id JOIN roots r ON r.id = c.device_id GROUP BY l.export_id) c ON c.export_id = e.id
		ORDER BY e.id DESC`)
	if err != nil {
		return nil, fmt.Errorf("list exports: %w", err)
	}
	known, err := all(ctx, db.read, scanDevice, `SELECT `+deviceColumns+` FROM devices d`)
	if err != nil {
		return nil, fmt.Errorf("list exports: %w", err)
	}
	devices := map[int64]Device{}
	for _, d := range known {
		devices[d.ID] = d
	}
	for i := range exports {
		for j := range exports[i].Devices {
			exports[i].Devices[j] = devices[exports[i].Devices[j].ID]
		}
	}
	return exports, nil
}

func scanExport(rows *sql.Rows) (Export, error) {
	var e Export
	var imported, madeOn, made, packed, first, last int64
	var devices, missing, files []byte
	if err := rows.Scan(&e.ID, &e.ImportID, &imported, &e.Account.ID, &e.Account.Customer, &e.Account.Name, &e.Vendor, &e.Product, &e.Finished, &e.Complete, &madeOn,
		&e.Own, &made, &e.MadeBy, &packed, &e.Recordings, &e.Unintended, &first, &last, &devices, &e.Unread, &missing, &files); err != nil {
		return e, err
	}
	if madeOn > made {
		made, e.MadeBy = madeOn, MadeByUser
	}
	e.Account.Vendor = e.Vendor
	e.Imported, e.Made, e.Packed = fromMillis(imported), fromMillis(made), fromMillis(packed)
	if first != 0 {
		e.First, e.Last = IDTime(first), IDTime(last)
	}
	var ids []int64
	err := errors.Join(json.Unmarshal(devices, &ids), json.Unmarshal(files, &e.Files), json.Unmarshal(missing, &e.Missing))
	for _, id := range ids {
		e.Devices = append(e.Devices, Device{ID: id})
	}
	return e, err
}

// SetComplete notes whether, by the user's word, an export is all that the account has. It returns an error that wraps
// [ErrNotFound] if there is no such export.
func (db *DB) SetComplete(ctx context.Context, export int64, complete Answer) error {
	var value sql.NullBool
	if complete != NotAnswered {
		value = sql.NullBool{Bool: complete == Yes, Valid: true}
	}
	return db.changeExport(ctx, export, `UPDATE exports SET complete = ?2 WHERE id = ?1`, value)
}

// SetMadeOn notes that, by the user's word, an export was made after a moment; the zero Time takes it back. It returns
// an error that wraps [ErrNotFound] if there is no such export.
func (db *DB) SetMadeOn(ctx context.Context, export int64, after time.Time) error {
	return db.changeExport(ctx, export, `UPDATE exports SET made_on = ?2 WHERE id = ?1`, toMillis(after))
}

func (db *DB) changeExport(ctx context.Context, export int64, text string, value any) error {
	err := db.update(ctx, func(tx *sql.Tx) error {
		changed, err := changes(tx.ExecContext(ctx, text, export, value))
		if err == nil && !changed {
			err = WithRemedy(ErrNotFound, ListExports)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("export %d: %w", export, err)
	}
	return nil
}

// Answer notes what the user says of all exports of the import: whether they are complete, and after which moment they
// were made, unless that is the zero Time. It is written when the import is finished.
func (im *Import) Answer(complete Answer, madeAfter time.Time) {
	im.complete, im.madeAfter = complete, madeAfter
}

func (im *Import) writeAnswer(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, `UPDATE exports SET complete = CASE ?2 WHEN 'yes' THEN 1 WHEN 'no' THEN 0 ELSE complete END,
		made_on = ?3 WHERE import_id = ?1`, im.id, string(im.complete), toMillis(im.madeAfter))
	return err
}
