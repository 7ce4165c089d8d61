package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"unsaid/store"
	"unsaid/ui/safe"
)

// export_files writes recordings to a folder of the user's. Nothing that was there before is
// touched, and no name in it comes from an archive.

// export is a running export.
type export struct {
	dir     string
	zone    *time.Location
	created []string // files and folders, in the order in which they were made
	result  exportJSON
}

// newExport makes the folder, and those above it that are missing.
func newExport(dir string, zone *time.Location) (*export, error) {
	e := &export{dir: dir, zone: zone, result: exportJSON{Folder: dir, Failed: []exportFailureJSON{}}}
	for at := filepath.Clean(dir); ; at = filepath.Dir(at) {
		if _, err := os.Lstat(at); !errors.Is(err, fs.ErrNotExist) || at == filepath.Dir(at) {
			break
		}
		e.created = append([]string{at}, e.created...)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, errors.Join(fmt.Errorf("export: %w", err), e.remove())
	}
	return e, nil
}

// remove removes what the export has made so far.
func (e *export) remove() error {
	var errs []error
	for _, path := range slices.Backward(e.created) {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// create makes a new file: name and suffix, with a number between them if there is one already.
func (e *export) create(name, suffix string) (*os.File, error) {
	for n := 1; ; n++ {
		path := filepath.Join(e.dir, name+suffix)
		if n > 1 {
			path = filepath.Join(e.dir, name+"-"+strconv.Itoa(n)+suffix)
		}
		f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if errors.Is(err, fs.ErrExist) && n < 1000 {
			continue
		}
		if err == nil {
			e.created = append(e.created, path)
		}
		return f, err
	}
}

// lists are the two files that list the recordings.
type lists struct {
	csv    *csv.Writer
	ndjson *bufio.Writer
}

// write writes all files. told is called after each recording with how many are done.
func (e *export) write(ctx context.Context, db *store.DB, ids []int64, told func(done int)) (err error) {
	table, err := e.create("recordings", ".csv")
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	defer func() { err = errors.Join(err, table.Close()) }()
	objects, err := e.create("recordings", ".ndjson")
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	defer func() { err = errors.Join(err, objects.Close()) }()
	e.result.CSV, e.result.NDJSON = filepath.Base(table.Name()), filepath.Base(objects.Name())

	l := lists{csv.NewWriter(table), bufio.NewWriter(objects)}
	if err := l.csv.Write(exportColumns()); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	for done := 0; done < len(ids); {
		page, err := db.Recordings(ctx, ids[done:min(done+pageSize, len(ids))])
		if err != nil {
			return err
		}
		for i := range page {
			if err := e.one(ctx, db, &page[i], l); err != nil {
				return fmt.Errorf("export recording %d: %w", page[i].ID, err)
			}
			told(done + i + 1)
		}
		done += pageSize
	}
	l.csv.Flush()
	if err := errors.Join(l.csv.Error(), l.ndjson.Flush()); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

// one exports a recording. Audio that cannot be read is noted, and the rest goes on.
func (e *export) one(ctx context.Context, db *store.DB, r *store.Recording, l lists) error {
	name, err := e.audio(ctx, db, r)
	if err != nil {
		return err
	}
	e.result.Recordings++
	if err := l.csv.Write(exportCells(r, name, e.zone)); err != nil {
		return err
	}
	return writeJSON(l.ndjson, struct {
		recordingJSON
		File *string `json:"file"`
	}{newRecordingJSON(r), text(name)})
}

// audio writes a recording's sound as it was imported and returns the file's name, "" if there is
// none. The name is made of the local time and the id.
func (e *export) audio(ctx context.Context, db *store.DB, r *store.Recording) (string, error) {
	if r.Audio == nil {
		e.result.WithoutAudio++
		return "", nil
	}
	data, err := db.AudioData(ctx, r.Audio.ID)
	if err != nil {
		e.result.Failed = append(e.result.Failed, exportFailureJSON{idText(r.ID), err.Error()})
		return "", ctx.Err()
	}
	name := "undated"
	if t := knownTime(r); !t.IsZero() {
		name = t.In(e.zone).Format("2006-01-02_15-04-05")
	}
	f, err := e.create(name+"_"+idText(r.ID), suffix(r.Audio.Format, data))
	if err != nil {
		return "", err
	}
	_, err = io.Copy(f, bytes.NewReader(data))
	if err := errors.Join(err, f.Close()); err != nil {
		return "", err
	}
	e.result.AudioFiles++
	e.result.Bytes += int64(len(data))
	return filepath.Base(f.Name()), nil
}

// suffix is the file name suffix for a format. Some makers pack their audio with gzip, which the
// format does not tell.
func suffix(format string, data []byte) string {
	s := ".bin"
	switch format {
	case "wav", "mp3", "flac", "ogg", "opus", "amr", "aac", "m4a", "3gp", "aiff", "au", "caf", "wma", "webm":
		s = "." + format
	case "rf64":
		s = ".wav"
	case "speex":
		s = ".spx"
	case "ogg-flac":
		s = ".oga"
	}
	if bytes.HasPrefix(data, []byte("\x1f\x8b")) {
		s += ".gz"
	}
	return s
}

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
	return formula.ReplaceAllString(safe.Line(cell), "$1$2'$3")
}
