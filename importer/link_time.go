package importer

import (
	"cmp"
	"context"
	"slices"
	"time"
)

// closeEnough is how far the times of a row and of its audio may be apart.
const closeEnough = 5 * time.Second

// timedRow is a row that neither names its audio nor carries an identifier of it.
type timedRow struct {
	millis int64
	table  int32
	device int32 // number in timedRows.devices
	n      int
}

// timedRows are the rows of all tables that are to be joined with audio by time.
type timedRows struct {
	rows    []timedRow
	devices []rowDevice
	numbers map[rowDevice]int32
}

// rowDevice is a device as rows name it, in lower-case letters and digits.
type rowDevice struct{ serial, name string }

// linkByTime joins rows with audio files by their times, where nothing else joins them and the
// files' names tell a time. Both must be of the same device; and of several audio files that are
// close to a row, the closest is its own.
func linkByTime(ctx context.Context, in *Input, tables []*transcripts) error {
	if len(tables) == 0 {
		return nil
	}
	var timed []*member
	for _, m := range in.of(contentAudio) {
		if t, _ := nameTime(m.path, time.UTC); !t.IsZero() {
			timed = append(timed, m)
		}
	}
	if len(timed) == 0 {
		return nil
	}
	rows := timedRows{numbers: map[rowDevice]int32{}}
	joined := map[*member]bool{}
	for i, t := range tables {
		for r, err := range t.rows(ctx, in, false) {
			if err != nil {
				break // it is reported when the rows are imported
			}
			if m, _ := t.audioOf(in, r); m != nil {
				joined[m] = true
				continue
			}
			rows.add(t, int32(i), r)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	slices.SortFunc(rows.rows, func(a, b timedRow) int { return cmp.Compare(a.millis, b.millis) })
	type match struct {
		m    *member
		away int64
	}
	best := map[int]match{} // by the row's place in rows
	for _, m := range timed {
		if m.linked || joined[m] {
			continue
		}
		t, _ := nameTime(m.path, time.UTC)
		i, away := rows.closest(m, t.UnixMilli())
		if old, taken := best[i]; i >= 0 && (!taken || away < old.away) {
			best[i] = match{m, away}
		}
	}
	for i, found := range best {
		t := tables[rows.rows[i].table]
		if t.byTime == nil {
			t.byTime = map[int]*member{}
		}
		t.byTime[rows.rows[i].n] = found.m
	}
	return nil
}

func (r *timedRows) add(t *transcripts, table int32, row row) {
	rec, err := t.recording(row)
	if err != nil || rec.Time.IsZero() {
		return
	}
	d := rowDevice{lettersAndDigits(rec.Device.Serial), lettersAndDigits(rec.Device.Name)}
	number, known := r.numbers[d]
	if !known {
		number = int32(len(r.devices))
		r.numbers[d] = number
		r.devices = append(r.devices, d)
	}
	r.rows = append(r.rows, timedRow{millis: rec.Time.UnixMilli(), table: table, device: number, n: row.n})
}

// closest returns the row of the same device whose time is closest, and how far it is away in
// milliseconds; -1 if none is close enough. If the audio does not name its device, all close rows
// must be of one device.
func (r *timedRows) closest(m *member, millis int64) (at int, away int64) {
	limit := closeEnough.Milliseconds()
	at, away = -1, limit+1
	from, _ := slices.BinarySearchFunc(r.rows, millis-limit, func(row timedRow, t int64) int { return cmp.Compare(row.millis, t) })
	told, devices := r.deviceOf(m)
	seen := int32(-1)
	for i := from; i < len(r.rows) && r.rows[i].millis <= millis+limit; i++ {
		row := r.rows[i]
		if told && !slices.Contains(devices, row.device) {
			continue
		}
		if !told && seen >= 0 && seen != row.device {
			return -1, 0
		}
		seen = row.device
		if d := max(row.millis-millis, millis-row.millis); d < away {
			at, away = i, d
		}
	}
	return at, away
}

// deviceOf returns the devices that the path of an audio file names, by a serial in its identifier
// or by a folder that is called like a device; false if it names none.
func (r *timedRows) deviceOf(m *member) (told bool, devices []int32) {
	id, _ := identify(m.path)
	serial := lettersAndDigits(id.serial)
	folders := folderKeys(m.path)
	for i, d := range r.devices {
		bySerial := serial != "" && d.serial == serial
		byFolder := serial == "" && (d.name != "" && slices.Contains(folders, d.name) || d.serial != "" && slices.Contains(folders, d.serial))
		if bySerial || byFolder {
			devices = append(devices, int32(i))
		}
	}
	return serial != "" || len(devices) > 0, devices
}
