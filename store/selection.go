package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Selection is the part of some recordings that is of one device.
type Selection struct {
	Device   Device
	IDs      []int64 // the oldest first
	Duration time.Duration
	Bytes    int64 // of audio
}

// ByDevice sorts recordings by device, the one with most of them first. Recordings that are not
// in the library any more are left out.
func (db *DB) ByDevice(ctx context.Context, ids []int64) ([]Selection, error) {
	devices, err := all(ctx, db.read, scanDevice, `SELECT `+deviceColumns+` FROM devices d ORDER BY d.id`)
	if err != nil {
		return nil, fmt.Errorf("sort recordings by device: %w", err)
	}
	selections := make([]Selection, len(devices))
	position := map[int64]int{}
	for i, d := range devices {
		selections[i].Device = d
		position[d.ID] = i
	}
	list, err := json.Marshal(ids) // one statement for all: each would lock and look at the file anew
	if err != nil {
		return nil, fmt.Errorf("sort recordings by device: %w", err)
	}
	rows, err := db.read.QueryContext(ctx, `SELECT r.id, r.device_id, coalesce(a.duration_ms, 0), coalesce(a.bytes, 0)
		FROM recordings r LEFT JOIN audio a ON a.id = r.audio_id WHERE r.id IN (SELECT value FROM json_each(?)) ORDER BY r.id`, string(list))
	if err != nil {
		return nil, fmt.Errorf("sort recordings by device: %w", err)
	}
	var id, device, millis, bytes int64
	for rows.Next() {
		if err = rows.Scan(&id, &device, &millis, &bytes); err != nil {
			break
		}
		s := &selections[position[device]]
		s.IDs = append(s.IDs, id)
		s.Duration += time.Duration(millis) * time.Millisecond
		s.Bytes += bytes
	}
	if err := errors.Join(err, rows.Err(), rows.Close()); err != nil {
		return nil, fmt.Errorf("sort recordings by device: %w", err)
	}
	selections = slices.DeleteFunc(selections, func(s Selection) bool { return len(s.IDs) == 0 })
	slices.SortStableFunc(selections, func(a, b Selection) int { return len(b.IDs) - len(a.IDs) })
	return selections, nil
}
