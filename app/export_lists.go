package app

import (
	"strconv"
	"strings"
	"time"

	"unsaid/deletion"
	"unsaid/store"
)

func exportColumns() []string {
	return []string{
		"id", "time", "local_time", "time_from", "vendor", "device", "serial", "type", "transcript", "reply", "people",
		"kind", "unintended", "typed", "file", "format", "bytes", "duration_ms", "sha256", "linked_by", "vendor_id", "state", "request",
	}
}

func exportCells(r *store.Recording, file string, zone *time.Location) []string {
	utc, local := "", ""
	if t := KnownTime(r); !t.IsZero() {
		utc, local = *Instant(t), t.In(zone).Format("2006-01-02T15:04:05.000Z07:00")
	}
	var audio [5]string
	if a := r.Audio; a != nil {
		audio = [5]string{a.Format, strconv.FormatInt(a.Bytes, 10), strconv.FormatInt(a.Duration.Milliseconds(), 10), a.SHA256, string(a.LinkedBy)}
	}
	cells := []string{
		strconv.FormatInt(r.ID, 10), utc, local, string(r.TimeFrom), r.Device.Vendor, deviceName(r.Device), r.Device.Serial, r.Device.Type,
		r.Transcript, r.Reply, strings.Join(r.People, "; "), r.Kind, strconv.FormatBool(r.Unintended), strconv.FormatBool(r.Typed), file,
	}
	cells = append(cells, audio[:]...)
	cells = append(cells, r.VendorID, string(r.State), string(r.Request))
	for i, cell := range cells {
		cells[i] = deletion.Cell(cell)
	}
	return cells
}

// deviceName is the name of a device, "" for none.
func deviceName(d store.Device) string {
	if d.None {
		return ""
	}
	return d.Name
}
