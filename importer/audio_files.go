package importer

import (
	"context"
	"path"
	"regexp"
	"strings"
	"time"

	"unsaid/store"
)

// audioFiles reads any folder of audio files that no other source has taken: the time is in the
// name or is the file's, and the device is the folder.
type audioFiles struct{ zone *time.Location }

func (audioFiles) Name() string { return "audio-files" }

func (s audioFiles) Import(ctx context.Context, in *Input, sink Sink) error {
	return importLooseAudio(ctx, in, sink, in.of(contentAudio), func(m *member) store.Incoming {
		folder := path.Base(path.Dir(in.place(m)))
		rec := store.Incoming{Vendor: store.Files}
		if folder != "." {
			rec.Device.Name = withoutArchiveSuffix(folder)
		}
		rec.Time, rec.TimeFrom = fileTime(m, s.zone)
		return rec
	})
}

// importLooseAudio reads those of the given audio files that belong to no record, as recordings of
// their own.
func importLooseAudio(ctx context.Context, in *Input, sink Sink, audio []*member, recording func(*member) store.Incoming) error {
	for _, m := range audio {
		if err := ctx.Err(); err != nil {
			return err
		}
		if m.taken() {
			continue
		}
		if err := importAudio(ctx, in, sink, m, recording(m)); err != nil {
			return err
		}
	}
	return nil
}

// importAudio reads an audio file as rec, and reports its outcome. A file that cannot be
// read does not become a recording.
func importAudio(ctx context.Context, in *Input, sink Sink, m *member, rec store.Incoming) error {
	rec.Origin = m.path
	by := store.LinkedByName
	if rec.Identifier() != "" {
		by = store.LinkedByIdentifier
	}
	if in.attach(&rec, m, by); rec.Audio == nil {
		return reportMembers(ctx, sink, rec.Members)
	}
	return sink.Add(ctx, rec)
}

// reportMembers reports the outcomes of members that did not become a recording.
func reportMembers(ctx context.Context, sink Sink, members []store.MemberOutcome) error {
	for _, m := range members {
		if err := sink.Member(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

// looseAlexaAudio reports whether audio without a record is Alexa's: because something else of
// Alexa lies beside it, or because names carry Alexa's identifiers.
func looseAlexaAudio(in *Input) bool {
	if !in.has(contentAudio) {
		return false
	}
	if in.has(contentHistory, contentActivities) || anyPath(in, "alexa", "audio and transcription") || strings.Contains(strings.ToLower(in.root), "alexa") {
		return true
	}
	for _, m := range in.of(contentAudio) {
		if _, ok := identifyUtterance(m.path); ok || wordsInName.MatchString(base(m.path)) {
			return true
		}
	}
	return false
}

// wakeWord returns 1 for the first piece of an utterance, which is often the wake word alone, else 0. An
// entry that has all of the pieces is to have the sound of a later one.
func wakeWord(m *member) int {
	if id, ok := identifyUtterance(m.path); ok && id.part == "0" {
		return 1
	}
	return 0
}

// wordsInName is the name of a clip of CIFT, a forensic tool: (2018-05-15T15_07_41+0200)_TEXT(words).
var wordsInName = regexp.MustCompile(`^\([0-9T_+-]+\)_TEXT\((.+)\)$`)

// looseAlexaRecording makes a recording of an audio file that no record names, from its name.
func looseAlexaRecording(m *member) store.Incoming {
	rec := store.Incoming{Vendor: store.Amazon, Clip: path.Base(m.path), Loose: true}
	rec.Time, rec.TimeFrom = fileTime(m, time.UTC)
	id, ok := identifyUtterance(m.path)
	if !ok {
		id, _ = identify(path.Base(m.path))
	}
	if words := wordsInName.FindStringSubmatch(base(m.path)); words != nil && words[1] != "TRANSCRIPT NOT AVAILABLE" {
		rec.Transcript, rec.Loose = words[1], false
	}
	rec.Device = store.IncomingDevice{Serial: id.serial, Type: id.model}
	rec.Typed = id.typed
	if ok {
		rec.Aliases = []string{id.canonical}
	} else {
		rec.VendorID = id.canonical
	}
	return rec
}

// fileTime returns the time in a file's name, else its time of modification.
func fileTime(m *member, zone *time.Location) (time.Time, store.TimeFrom) {
	if t, from := nameTime(m.path, zone); !t.IsZero() {
		return t, from
	}
	return modifiedTime(m)
}

// modifiedTime returns a file's time of modification. Archives that do not know it say 1980 or earlier.
func modifiedTime(m *member) (time.Time, store.TimeFrom) {
	if t := time.Unix(m.modTime, 0).UTC(); t.Year() > 1980 {
		return t, store.TimeModified
	}
	return time.Time{}, store.TimeUnknown
}

// folderKeys returns the folders of a path in lower-case letters and digits.
func folderKeys(p string) []string {
	var keys []string
	for _, part := range strings.Split(path.Dir(p), "/") {
		if key := lettersAndDigits(part); key != "" {
			keys = append(keys, key)
		}
	}
	return keys
}
