package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Device is something that recorded: a speaker, a phone, a folder of files.
type Device struct {
	ID      int64
	Vendor  string
	Account DeviceAccount
	Serial  string // "" if the exports do not give one
	Type    string // the maker's type code, such as A3S5BH2HU6VAYF
	Name    string // the name to show
	None    bool   // it is no device, but has the recordings that no export puts on one

	MakerName string // what the maker calls it, "" if the exports do not give a name
}

// DeviceAccount is the account that a device belongs to.
type DeviceAccount struct {
	ID   int64
	Name string // see [Account]
}

// DeviceSummary is a device with what the library holds of it that is live.
type DeviceSummary struct {
	Device
	Recordings int
	Unintended int
	First      time.Time // UTC; the zero Time if there are no recordings
	Last       time.Time
	Duration   time.Duration
	Bytes      int64                 // of audio
	Status     map[RequestStatus]int // how many recordings of it stand where with the maker, whatever their state here
	Parts      []Device              // that were merged into it, also by way of another one
}

// NoDevice is the name shown for recordings that no export puts on a device.
const NoDevice = "device not recorded"

// deviceColumns are what [Device.scan] reads of a table devices d. The name to show is the user's, else the
// maker's, else the type and the end of the serial.
const deviceColumns = `d.id, d.vendor, d.account_id, (SELECT name FROM account_names WHERE id = d.account_id), coalesce(d.serial, ''), d.type, coalesce(nullif(d.user_name, ''), nullif(d.maker_name, ''),
	nullif(trim(d.type || ' ' || substr(coalesce(d.serial, ''), -4)), ''), '` + NoDevice + `'), d.none, d.maker_name`

// scan reads a row that has the device's columns behind others.
func (d *Device) scan(row interface{ Scan(...any) error }, others ...any) error {
	return row.Scan(append(others, &d.ID, &d.Vendor, &d.Account.ID, &d.Account.Name, &d.Serial, &d.Type, &d.Name, &d.None, &d.MakerName)...)
}

func scanDevice(rows *sql.Rows) (d Device, err error) { return d, d.scan(rows) }

// deviceID is a device as an export names it, and the one that it was merged into, which is
// itself if it was not.
type deviceID struct {
	named, id, account int64
	none               bool // see [Device.None]
}

// resolveDevice returns the device that an export names, making it if it is new. A serial
// identifies; a name does where no serial is given, or where the device of that name has none yet. It also returns
// what exports call the device that it was merged into.
func resolveDevice(ctx context.Context, tx *sql.Tx, account int64, vendor string, in IncomingDevice) (resolved deviceID, naming IncomingDevice, err error) {
	id, err := findDevice(ctx, tx, account, in)
	if err != nil {
		return deviceID{}, naming, err
	}
	if id == 0 {
		none := in.None || in == (IncomingDevice{})
		err := tx.QueryRowContext(ctx, `INSERT INTO devices (account_id, vendor, serial, type, maker_name, none) VALUES (?, ?, ?, ?, ?, ?) RETURNING id`,
			account, vendor, nullable(in.Serial), in.Type, in.Name, none).Scan(&id)
		return deviceID{id, id, account, none}, in, err
	}
	named, err := changes(tx.ExecContext(ctx, `UPDATE devices SET maker_name = ? WHERE id = ? AND maker_name = '' AND ? <> ''`, in.Name, id, in.Name))
	if err != nil {
		return deviceID{}, naming, err
	}
	if _, err = tx.ExecContext(ctx, `UPDATE devices SET serial = coalesce(serial, ?), type = CASE type WHEN '' THEN ? ELSE type END WHERE id = ?`,
		nullable(in.Serial), in.Type, id); err != nil {
		return deviceID{}, naming, err
	}
	if named {
		if err := mergeNamesake(ctx, tx, id); err != nil {
			return deviceID{}, naming, err
		}
	}
	resolved = deviceID{named: id, account: account}
	err = tx.QueryRowContext(ctx, `WITH RECURSIVE chain (id, next) AS (
		SELECT id, merged_into FROM devices WHERE id = ?
		UNION SELECT d.id, d.merged_into FROM chain JOIN devices d ON d.id = chain.next)
		SELECT d.id, d.none, coalesce(d.serial, ''), d.type, d.maker_name FROM chain c JOIN devices d ON d.id = c.id WHERE c.next IS NULL`, id).
		Scan(&resolved.id, &resolved.none, &naming.Serial, &naming.Type, &naming.Name)
	return resolved, naming, err
}

// mergeNamesake merges into a device whose name has just become known the one that was known by
// that name alone, unless a further device is called so.
func mergeNamesake(ctx context.Context, tx *sql.Tx, id int64) error {
	same, err := all(ctx, tx, scanDevice, `SELECT `+deviceColumns+` FROM devices d JOIN devices me ON me.id = ?
		WHERE d.account_id = me.account_id AND d.maker_name = me.maker_name AND d.id <> me.id AND d.merged_into IS NULL`, id)
	if err != nil || len(same) != 1 || same[0].Serial != "" {
		return err
	}
	return mergeDevice(ctx, tx, same[0].ID, id)
}

// findDevice returns 0 if there is no such device yet.
func findDevice(ctx context.Context, tx *sql.Tx, account int64, in IncomingDevice) (int64, error) {
	var id int64
	if in.Serial != "" {
		err := tx.QueryRowContext(ctx, `SELECT id FROM devices WHERE account_id = ? AND serial = ? ORDER BY merged_into IS NOT NULL LIMIT 1`, account, in.Serial).Scan(&id)
		if !errors.Is(err, sql.ErrNoRows) {
			return id, err
		}
	}
	if in.Serial != "" && in.Name == "" {
		return 0, nil
	}
	// Of several devices with the name, the one without a serial is meant; a single one with a
	// serial is meant only where the export gives none that could differ. A serial is not for a device
	// that was merged: it may be that of a further one.
	same, err := all(ctx, tx, scanDevice, `SELECT `+deviceColumns+` FROM devices d WHERE account_id = ? AND maker_name = ?
		AND (maker_name <> '' OR type = ?) AND (merged_into IS NULL OR ? = '') ORDER BY serial IS NOT NULL, id`,
		account, in.Name, in.Type, in.Serial)
	switch {
	case err != nil || len(same) == 0:
		return 0, err
	case same[0].Serial == "":
		return same[0].ID, nil
	case in.Serial == "" && in.Name != "" && len(same) == 1:
		return same[0].ID, nil
	}
	return 0, nil
}

// Devices lists the devices that have recordings or requests, the one with most recordings
// first.
func (db *DB) Devices(ctx context.Context) ([]DeviceSummary, error) {
	devices, err := all(ctx, db.read, scanSummary, `
		SELECT coalesce(s.n, 0), coalesce(s.unintended, 0), coalesce(s.first, 0), coalesce(s.last, 0),
			coalesce(s.duration, 0), coalesce(s.bytes, 0), `+deviceColumns+`
		FROM devices d
		LEFT JOIN (
			SELECT r.device_id, count(*) AS n, sum(r.unintended) AS unintended,
				min(r.id) FILTER (WHERE r.time_from <> 'unknown') AS first,
				max(r.id) FILTER (WHERE r.time_from <> 'unknown') AS last,
				sum(a.duration_ms) AS duration, sum(a.bytes) AS bytes
			FROM recordings r LEFT JOIN audio a ON a.id = r.audio_id WHERE r.state = 0 GROUP BY r.device_id
		) s ON s.device_id = d.id
		WHERE d.merged_into IS NULL AND (s.n > 0 OR d.id IN (SELECT device_id FROM requests))
		ORDER BY s.n DESC, d.id`)
	if err != nil {
		return nil, fmt.Errorf("list devices: %w", err)
	}
	byID := make(map[int64]*DeviceSummary, len(devices))
	for i := range devices {
		byID[devices[i].ID] = &devices[i]
	}
	type standing struct {
		device int64
		status RequestStatus
		n      int
	}
	standings, err := all(ctx, db.read, func(rows *sql.Rows) (standing, error) {
		var s standing
		return s, rows.Scan(&s.device, &s.status, &s.n)
	}, `SELECT q.device_id, CASE i.outcome WHEN '' THEN q.status ELSE i.outcome END, count(*)
		FROM request_items i JOIN requests q ON q.id = i.request_id
		WHERE q.id = (SELECT max(request_id) FROM request_items WHERE recording_id = i.recording_id AND withdrawn = 0) GROUP BY 1, 2`)
	if err != nil {
		return nil, fmt.Errorf("list devices: %w", err)
	}
	for _, s := range standings {
		if d := byID[s.device]; d != nil {
			d.Status[s.status] = s.n
		}
	}
	merged, err := all(ctx, db.read, scanPart, `SELECT r.root, `+deviceColumns+` FROM devices d JOIN roots r ON r.id = d.id
		WHERE r.root <> r.id ORDER BY d.id`)
	if err != nil {
		return nil, fmt.Errorf("list devices: %w", err)
	}
	for _, m := range merged {
		if d := byID[m.root]; d != nil {
			d.Parts = append(d.Parts, m.Device)
		}
	}
	return devices, nil
}

// DevicesOf lists the devices of an account that were not merged into another one, in the order in
// which they came to be known. It has those of which nothing is live here any more, too, as the
// maker may hold it all the same.
func (db *DB) DevicesOf(ctx context.Context, account int64) ([]Device, error) {
	devices, err := all(ctx, db.read, scanDevice, `SELECT `+deviceColumns+` FROM devices d
		WHERE d.account_id = ? AND d.merged_into IS NULL ORDER BY d.id`, account)
	if err != nil {
		return nil, fmt.Errorf("list the devices of account %d: %w", account, err)
	}
	return devices, nil
}

func scanSummary(rows *sql.Rows) (DeviceSummary, error) {
	s := DeviceSummary{Status: map[RequestStatus]int{}}
	var first, last, duration int64
	err := s.scan(rows, &s.Recordings, &s.Unintended, &first, &last, &duration, &s.Bytes)
	s.Duration = time.Duration(duration) * time.Millisecond
	if first != 0 {
		s.First, s.Last = IDTime(first), IDTime(last)
	}
	return s, err
}

// part is a device that was merged into another one.
type part struct {
	root int64 // the device that it is a part of by now
	Device
}

func scanPart(rows *sql.Rows) (p part, err error) { return p, p.scan(rows, &p.root) }

// RenameDevice gives a device the name to show; "" brings the maker's name back.
func (db *DB) RenameDevice(ctx context.Context, id int64, name string) (done Change, err error) {
	err = db.update(ctx, func(tx *sql.Tx) error {
		c := change{Kind: DeviceRenamed, Name: name}
		var err error
		if c.Device, err = findRoot(ctx, tx, id); err != nil {
			return err
		}
		if err := tx.QueryRowContext(ctx, `SELECT user_name FROM devices WHERE id = ?`, id).Scan(&c.Was); err != nil {
			return err
		}
		done, err = c.apply(ctx, tx)
		return err
	})
	if err != nil {
		return Change{}, fmt.Errorf("rename: %w", err)
	}
	return done, nil
}

func nullable(s string) sql.NullString { return sql.NullString{String: s, Valid: s != ""} }
