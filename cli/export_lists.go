package cli

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"unsaid/store"
	"unsaid/ui/text"
)

// export_lists writes a recording as a row of recordings.csv.

func exportColumns() []string {
	return []string{
		"id", "time", "local_time", "time_from", "vendor", "device", "serial", "type", "transcript", "reply", "people",
		"kind", "unintended", "typed", "file", "format", "bytes", "duration_ms", "sha256", "linked_by", "vendor_id", "state", "request",
	}
}

func exportCells(r *store.Recording, file string, zone *time.Location) []string {
	utc, local := "", ""
	if t := knownTime(r); !t.IsZero() {
		utc, local = *instant(t), t.In(zone).Format("2006-01-02T15:04:05.000Z07:00")
	}
	var audio [5]string
	if a := r.Audio; a != nil {
		audio = [5]string{a.Format, idText(a.Bytes), idText(a.Duration.Milliseconds()), a.SHA256, string(a.LinkedBy)}
	}
	cells := []string{
		idText(r.ID), utc, local, string(r.TimeFrom), r.Device.Vendor, r.Device.Name, r.Device.Serial, r.Device.Type,
		r.Transcript, r.Reply, strings.Join(r.People, "; "), r.Kind, strconv.FormatBool(r.Unintended), strconv.FormatBool(r.Typed), file,
	}
	cells = append(cells, audio[:]...)
	cells = append(cells, r.VendorID, string(r.State), string(r.Request))
	for i, cell := range cells {
		cells[i] = harmless(cell)
	}
	return cells
}

// formula is how a cell begins that a spreadsheet computes, also where it takes a semicolon
// within the cell for the beginning of another. The wide forms count as well.
var formula = regexp.MustCompile(`(^|;)(\s*["']*\s*)([=+\-@＝＋－＠])`)

// harmless is a cell that a spreadsheet takes for text: an apostrophe marks what it would compute.
// The words as they are stand in the NDJSON.
func harmless(cell string) string {
	return formula.ReplaceAllString(text.Line(cell), "$1$2'$3")
}
