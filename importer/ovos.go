package importer

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"

	"unsaid/store"
)

// ovos reads what OVOS, and Mycroft before it, keep of what they hear, if so configured (seen in
// ovos-dinkum-listener), a record beside each sound:
//
//	listener/utterances/{md5}-{uuid4}.wav and .json: {transcriptions: [[text, confidence], …]}
//	listener/wake_words/….wav             and .json: {name, engine, time: "milliseconds"}
//
// The names of files and folders can be configured. So JSON of that shape is a record if anything
// else says so, too: its name, its folder, or audio of the same name beside it. Where the name and
// audio say so, it is one even if it was cut off.
//
// The random number in the name of the files is the identifier, since it does not change when they are
// moved or copied, as their times of modification may. The hash before it is one of the words, which could
// be guessed from it, so it is not part of the identifier.
type ovos struct{}

func (ovos) Name() string { return "ovos" }

func (ovos) Import(ctx context.Context, in *Input, sink Sink) error {
	for _, m := range in.of(contentOVOS) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := importOVOSRecord(ctx, in, sink, m); err != nil {
			return err
		}
	}
	var loose []*member
	for _, m := range in.of(contentAudio) {
		if ovosName.MatchString(base(m.path)) {
			loose = append(loose, m)
		}
	}
	return importLooseAudio(ctx, in, sink, loose, func(m *member) store.Incoming { return ovosRecording(in, m) })
}

// settleOVOS decides, by what is beside them, which members are records of OVOS. JSON that only has the shape
// of one may be a table.
func (in *Input) settleOVOS() {
	for i := range in.members {
		m := &in.members[i]
		switch {
		case isOVOSRecord(in, m):
			m.content = contentOVOS
		case m.content == contentOVOS:
			m.content = contentRows
		}
	}
}

// ovosName is what the assistant calls an utterance: a hash of its words, and a random number.
var ovosName = regexp.MustCompile(`(?i)^[0-9a-f]{32}-([0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12})$`)

// The parts of names that identify a recording without repeating what was said: a random number, which
// follows "null-" if nothing was understood, or the time since 1970.
var (
	ovosRandom = regexp.MustCompile(`(?i)(?:^|[^0-9a-z])([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$`)
	ovosEpoch  = regexp.MustCompile(`(?:^|[^0-9A-Za-z])(\d{10,13}(?:\.\d+)?)$`)
)

// ovosIdentifier returns what identifies the recording in a file of this name, or else the name.
func ovosIdentifier(name string) (id, fileName string) {
	for _, pattern := range []*regexp.Regexp{ovosName, ovosRandom, ovosEpoch} {
		if m := pattern.FindStringSubmatch(name); m != nil {
			return strings.ToLower(m[1]), ""
		}
	}
	return "", name
}

// isOVOSRecord reports whether m is a record.
func isOVOSRecord(in *Input, m *member) bool {
	shaped := m.content == contentOVOS
	named := ovosName.MatchString(base(m.path)) && path.Ext(m.path) == ".json"
	folder := path.Base(path.Dir(in.place(m)))
	switch {
	case shaped && (named || folder == "utterances" || folder == "wake_words"):
		return true
	case shaped || named:
		return in.audioBeside(m) != nil
	}
	return false
}

// importOVOSRecord reads a record and the sound beside it. If the record cannot be read, the sound
// is a recording without words.
func importOVOSRecord(ctx context.Context, in *Input, sink Sink, m *member) error {
	audio, file := in.audioBeside(m), m
	if audio != nil {
		file = audio
	}
	rec := ovosRecording(in, file)
	record, err := in.readOVOS(m)
	if err != nil {
		rec.Members = append(rec.Members, failed(m.path, err.Error()))
		if audio == nil {
			return reportMembers(ctx, sink, rec.Members)
		}
		return importAudio(ctx, in, sink, audio, rec)
	}
	record.apply(&rec)
	if audio != nil {
		in.attach(&rec, audio, store.LinkedByName)
	}
	rec.Members = append(rec.Members, imported(m.path, ""))
	return sink.Add(ctx, rec)
}

// ovosRecording makes a recording of a file, from its place alone.
func ovosRecording(in *Input, file *member) store.Incoming {
	rec := store.Incoming{
		Vendor: store.OVOS,
		Device: store.IncomingDevice{Name: ovosDevice(in.place(file))},
		Origin: file.path,
	}
	rec.VendorID, rec.FileName = ovosIdentifier(base(file.path))
	rec.Time, rec.TimeFrom = modifiedTime(file)
	return rec
}

// ovosUnknownDevice is the device of records in folders that only have the assistant's own names.
const ovosUnknownDevice = "OVOS (device not recorded)"

// ovosFolders are the folders in which every device keeps its records, outermost first:
// ~/.local/share/mycroft/listener/utterances.
var ovosFolders = map[string]bool{
	".local": true, "share": true, "mycroft": true, "listener": true, "utterances": true, "wake_words": true,
}

// ovosDevice returns the device of the file at place. Records do not say which one it was, but
// whoever has several devices copies the records of each to a folder of its own. So the device is
// the innermost folder whose name is not the assistant's: one device for all of them would mix
// voices of different rooms, and would let the export of one device prove that what another one
// recorded was deleted.
func ovosDevice(place string) string {
	for dir := path.Dir(place); dir != "."; dir = path.Dir(dir) {
		if name := withoutArchiveSuffix(path.Base(dir)); !ovosFolders[name] {
			return name
		}
	}
	return ovosUnknownDevice
}

// ovosRecord is the record of an utterance or of a wake word.
type ovosRecord struct {
	Transcriptions looseList[ovosTranscription] `json:"transcriptions"`
	Transcription  looseText                    `json:"transcription"` // of older versions

	Name   looseText `json:"name"` // of the wake word, such as hey_mycroft
	Engine looseText `json:"engine"`
	Time   looseText `json:"time"`
}

// readOVOS reads the record that m holds. The error is fit for a report.
func (in *Input) readOVOS(m *member) (ovosRecord, error) {
	f, err := in.open(m, true)
	if err != nil {
		return ovosRecord{}, err
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(decodeText(f), maxRecordBytes+1))
	switch {
	case err != nil:
		return ovosRecord{}, err
	case len(raw) > maxRecordBytes:
		return ovosRecord{}, fmt.Errorf("it is larger than %d bytes, which no record is", maxRecordBytes)
	}
	return parseOVOS(raw)
}

func parseOVOS(raw []byte) (ovosRecord, error) {
	var r ovosRecord
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 || raw[0] != '{' {
		return r, errors.New("it is not a JSON object, as a record of OVOS is; the words of the recording are lost")
	}
	if err := json.Unmarshal(raw, &r); err != nil {
		return ovosRecord{}, fmt.Errorf("it cannot be read as a record of OVOS: %w; the words of the recording are lost", err)
	}
	return r, nil
}

// ovosWakeWord is the kind of a wake word's recording, as the assistant's settings call it.
const ovosWakeWord = "wake_word"

// spokenWakeWord makes the name of a wake word into words, as the assistant itself does.
var spokenWakeWord = strings.NewReplacer("_", " ", "-", " ")

// apply puts what the record tells into rec. The words of a wake word are its name: they are what
// the assistant took the sound for, and all that it says of it.
func (r *ovosRecord) apply(rec *store.Incoming) {
	rec.Transcript = r.best()
	if rec.Transcript != "" || r.Name == "" || r.Engine == "" || r.Time == "" {
		return
	}
	rec.Kind = ovosWakeWord
	rec.Transcript = spokenWakeWord.Replace(string(r.Name))
	if t, ok := ovosTime(string(r.Time)); ok {
		rec.Time, rec.TimeFrom = t, store.TimeExact
	}
}

// best returns the words of which the recogniser was surest, of equals the first, as it lists them
// from the best on.
func (r *ovosRecord) best() string {
	best, sure := string(r.Transcription), math.Inf(-1)
	for _, t := range r.Transcriptions {
		if t.text != "" && t.confidence > sure {
			best, sure = t.text, t.confidence
		}
	}
	return best
}

// ovosTime reads milliseconds or seconds since 1970. As milliseconds, what is below the threshold
// would be before March 1973; as seconds, what is above it would be after the year 5138.
func ovosTime(s string) (time.Time, bool) {
	const threshold = 1e11
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(f) {
		return time.Time{}, false
	}
	if f < threshold {
		f *= 1000
	}
	return fromMillis(f)
}

// ovosTranscription is what a recogniser made of a sound, with how sure it was: [text, confidence],
// or the bare text, or an object of both.
type ovosTranscription struct {
	text       string
	confidence float64 // 0 if it is unknown
}

func (t *ovosTranscription) UnmarshalJSON(b []byte) error {
	var fields struct {
		Transcript looseText `json:"transcript"`
		Text       looseText `json:"text"`
		Utterance  looseText `json:"utterance"`
		Confidence looseText `json:"confidence"`
	}
	var err error
	switch b[0] {
	case '"':
		err = json.Unmarshal(b, &fields.Text)
	case '[':
		err = json.Unmarshal(b, &[]any{&fields.Text, &fields.Confidence})
	case '{':
		err = json.Unmarshal(b, &fields)
	default:
		err = errors.New("not a transcription")
	}
	if err != nil {
		return err
	}
	t.text = string(cmp.Or(fields.Transcript, fields.Text, fields.Utterance))
	t.confidence, err = strconv.ParseFloat(string(fields.Confidence), 64)
	if err != nil {
		t.confidence = 0
	}
	return nil
}
