package cli

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"unsaid/deletion"
	"unsaid/player"
	"unsaid/store"
	"unsaid/ui/text"
)

// export_files writes recordings to a folder of the user's. Nothing that was there before is
// touched, and of an archive's text no more gets into a name than letters and digits of the device.

// exportOptions say what an export writes.
type exportOptions struct {
	folder string
	wav    bool // the sound is converted to WAV
	words  bool // the words go into a text file beside the sound
	dry    bool // nothing is written, but all else is done
}

// export is a running export.
type export struct {
	exportOptions
	zone    *time.Location
	created []string // files and folders, in the order in which they were made
	result  exportJSON
}

// newExport makes the folder, and those above it that are missing.
func newExport(o exportOptions, zone *time.Location) (*export, error) {
	e := &export{exportOptions: o, zone: zone, result: exportJSON{
		Folder: o.folder, DryRun: o.dry, Files: []exportedJSON{}, Failed: []exportFailureJSON{},
	}}
	if o.dry {
		return e, nil
	}
	for at := filepath.Clean(o.folder); ; at = filepath.Dir(at) {
		if _, err := os.Lstat(at); !errors.Is(err, fs.ErrNotExist) || at == filepath.Dir(at) {
			break
		}
		e.created = append([]string{at}, e.created...)
	}
	if err := os.MkdirAll(o.folder, 0o700); err != nil {
		return nil, errors.Join(fmt.Errorf("export: %w; choose another folder with --out", err), e.remove())
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

// unwritten is the error of a file that could not be written, after which nothing of the export stays.
func unwritten(err error) error {
	return fmt.Errorf("export: %w; nothing was kept of it: make room, or choose another folder with --out", err)
}

// create makes a new file and returns it with its name: name and suffix, with a number between them if
// there is one already. In a dry run it takes what is written, and is nowhere.
func (e *export) create(name, suffix string) (io.WriteCloser, string, error) {
	for n := 1; ; n++ {
		file := name + suffix
		if n > 1 {
			file = name + "-" + strconv.Itoa(n) + suffix
		}
		path := filepath.Join(e.folder, file)
		if e.dry {
			if _, err := os.Lstat(path); err == nil {
				continue
			}
			return nowhere{io.Discard}, file, nil
		}
		f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if errors.Is(err, fs.ErrExist) && n < 1000 {
			continue
		}
		if err != nil {
			return nil, "", unwritten(err)
		}
		e.created = append(e.created, path)
		return f, file, nil
	}
}

// nowhere is where a dry run writes to.
type nowhere struct{ io.Writer }

func (nowhere) Close() error { return nil }

// file writes a new file of create and returns its name.
func (e *export) file(name, suffix string, content []byte) (string, error) {
	f, file, err := e.create(name, suffix)
	if err != nil {
		return "", err
	}
	_, err = f.Write(content)
	if err := errors.Join(err, f.Close()); err != nil {
		return "", unwritten(err)
	}
	return file, nil
}

// lists are the two files that list the recordings.
type lists struct {
	csv    *csv.Writer
	ndjson *bufio.Writer
}

// write writes all files. told is called after each recording with how many are done.
func (e *export) write(ctx context.Context, db *store.DB, ids []int64, told func(done int)) (err error) {
	table, name, err := e.create("recordings", ".csv")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, table.Close()) }()
	e.result.CSV = name
	objects, name, err := e.create("recordings", ".ndjson")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, objects.Close()) }()
	e.result.NDJSON = name

	l := lists{csv.NewWriter(table), bufio.NewWriter(objects)}
	if err := l.csv.Write(exportColumns()); err != nil {
		return unwritten(err)
	}
	done := 0
	for page := range slices.Chunk(ids, pageSize) {
		recordings, err := db.Recordings(ctx, page)
		if err != nil {
			return err
		}
		for i := range recordings {
			if err := errors.Join(ctx.Err(), e.one(ctx, db, &recordings[i], l)); err != nil {
				return err
			}
			told(done + i + 1)
		}
		done += len(page)
		if err := e.missing(ctx, db, page, recordings); err != nil {
			return err
		}
	}
	l.csv.Flush()
	if err := errors.Join(l.csv.Error(), l.ndjson.Flush()); err != nil {
		return unwritten(err)
	}
	if e.result.Recordings == 0 {
		return e.nothing()
	}
	return nil
}

// missing notes which of the ids are not among those that were found, and why.
func (e *export) missing(ctx context.Context, db *store.DB, ids []int64, found []store.Recording) error {
	if len(found) == len(ids) {
		return nil
	}
	for _, id := range ids {
		if slices.ContainsFunc(found, func(r store.Recording) bool { return r.ID == id }) {
			continue
		}
		_, err := db.Recording(ctx, id)
		switch {
		case err == nil:
			err = fmt.Errorf("recording %d was erased (unsaid tombstones lists it)", id)
		case !errors.Is(err, store.ErrNotFound):
			return err
		}
		e.fail(id, err)
	}
	return nil
}

// nothing is the error of an export of ids none of which is there; nil where none was asked for.
func (e *export) nothing() error {
	var errs []error
	for _, f := range e.result.Failed {
		errs = append(errs, errors.New("export: "+f.Reason))
	}
	return errors.Join(errs...)
}

func (e *export) fail(id int64, err error) {
	e.result.Failed = append(e.result.Failed, exportFailureJSON{idText(id), err.Error()})
}

// one exports a recording. A sound that cannot be read is noted, and the rest goes on.
func (e *export) one(ctx context.Context, db *store.DB, r *store.Recording, l lists) error {
	written := exportedJSON{ID: idText(r.ID)}
	sound, err := e.sound(ctx, db, r)
	if err != nil {
		return err
	}
	words := ""
	if e.words && (r.Transcript != "" || r.Reply != "") {
		if words, err = e.file(e.name(r), ".txt", wordsFile(r)); err != nil {
			return err
		}
	}
	written.Audio, written.Words = orNull(sound), orNull(words)
	if sound != "" || words != "" {
		e.result.Files = append(e.result.Files, written)
	}
	e.result.Recordings++
	err = writeJSON(l.ndjson, struct {
		recordingJSON
		File *string `json:"file"`
	}{newRecordingJSON(r), orNull(sound)})
	if err := errors.Join(err, l.csv.Write(exportCells(r, sound, e.zone))); err != nil {
		return unwritten(err)
	}
	return nil
}

// sound writes a recording's sound, as it was imported or as a WAV, and returns the file's name, "" if
// there is none.
func (e *export) sound(ctx context.Context, db *store.DB, r *store.Recording) (string, error) {
	if r.Audio == nil {
		e.result.WithoutAudio++
		return "", nil
	}
	data, err := db.AudioData(ctx, r.Audio.ID)
	if err == nil && e.wav {
		data, err = toWAV(data)
	}
	if err != nil {
		e.fail(r.ID, err)
		return "", ctx.Err()
	}
	name, err := e.file(e.name(r), suffix(data), data)
	if err != nil {
		return "", err
	}
	e.result.AudioFiles++
	e.result.Bytes += int64(len(data))
	return name, nil
}

func toWAV(data []byte) ([]byte, error) {
	clip, err := player.Decode(data)
	if err != nil {
		return nil, fmt.Errorf("%w; without --wav it is exported as it is", err)
	}
	return clip.WAV(), nil
}

// name is what a recording's files are called, but for the suffix: by its local time, its device and
// its id. No system reserves a name that begins so, and the id tells those apart that differ in case.
func (e *export) name(r *store.Recording) string {
	name := "undated"
	if t := knownTime(r); !t.IsZero() {
		name = t.In(e.zone).Format("2006-01-02_15-04-05")
	}
	if device := deletion.Slug(r.Device.Name); device != "" {
		name += "_" + device
	}
	return name + "_" + idText(r.ID)
}

// wordsFile is what was said and what was answered, a line each.
func wordsFile(r *store.Recording) []byte {
	var lines []byte
	for _, words := range []string{r.Transcript, r.Reply} {
		if words != "" {
			lines = append(lines, text.Line(words)+"\n"...)
		}
	}
	return lines
}

// suffix is the file name suffix for a sound, by its content. Some makers pack their audio with gzip.
func suffix(data []byte) string {
	info, _ := player.Probe(data)
	s := ".bin"
	switch info.Format {
	case "wav", "mp3", "flac", "ogg", "opus", "amr", "aac", "m4a", "3gp", "aiff", "au", "caf", "wma", "webm":
		s = "." + info.Format
	case "rf64":
		s = ".wav"
	case "speex":
		s = ".spx"
	case "ogg-flac":
		s = ".oga"
	}
	if info.Gzipped {
		s += ".gz"
	}
	return s
}
