package importer

import (
	"context"
	"fmt"
	"iter"
	"path"
	"slices"
	"strings"
	"time"

	"unsaid/store"
)

// takeout reads the voice history in Google's Takeout: the activity of the Assistant, of Voice and
// Audio, and of Gemini, in JSON and in HTML, with its audio files. Folders and files have
// other names in every language, so names decide nothing. An entry is voice history
//   - if it names audio, which it does alike in every language;
//   - if its product is one, in the languages that are known;
//   - if its file has no product that is known, but its folder has audio with the Assistant's
//     names, at least one for every two entries. Searches that were spoken have audio, too, but few are.
type takeout struct {
	zone  *time.Location // of dates whose zone cannot be known, by the user's word
	order dateOrder      // of dates such as 03/04/2025, by the user's word
	ask   func(context.Context, ZoneQuestion) (*time.Location, error)
}

func (takeout) Name() string { return "google-takeout" }

// takeoutRecording reports whether audio by itself is Google's: a part of an export may hold
// nothing else.
func takeoutRecording(m *member) bool {
	_, inside := inTakeout(m.path)
	return inside && recordedName.MatchString(path.Base(m.path))
}

// takeoutImport is one import of a Takeout.
type takeoutImport struct {
	takeout
	in      *Input
	sink    Sink
	audio   map[string]int                  // by folder: see [recordedAudio]
	devices map[string]store.IncomingDevice // by folder: of those with voice history
	json    map[string]bool                 // by [activityOf]: what was read as JSON
}

func (s takeout) Import(ctx context.Context, in *Input, sink Sink) error {
	t := takeoutImport{
		takeout: s, in: in, sink: sink, audio: recordedAudio(in),
		devices: map[string]store.IncomingDevice{}, json: map[string]bool{},
	}
	for _, kind := range []content{contentTakeout, contentTakeoutHTML} {
		for _, m := range in.of(kind) {
			if err := t.importFile(ctx, m); err != nil {
				return err
			}
		}
	}
	return t.importLoose(ctx)
}

// takeoutFile is one activity file that is being read.
type takeoutFile struct {
	*takeoutImport
	m     *member
	voice bool // whether all entries are voice history
	clock pageClock

	taken, others int
	aboutAnswers  int                     // of taken
	seen          map[string]*occurrences // by product: of an utterance that stands with two, each is the first
}

func (t *takeoutImport) importFile(ctx context.Context, m *member) error {
	if m.content == contentTakeoutHTML && t.json[activityOf(m.path)] {
		return t.sink.Member(ctx, ignored(m.path, "the same activity was read from the JSON beside it"))
	}
	f := takeoutFile{takeoutImport: t, m: m, voice: t.byFolder(ctx, m), seen: map[string]*occurrences{}}
	if m.content == contentTakeoutHTML {
		if err := f.settleDates(ctx); err != nil {
			return undated(ctx, t.sink, m, err)
		}
	}
	for e, err := range t.entries(ctx, m, true) {
		if err != nil {
			return unreadable(ctx, t.sink, m, err)
		}
		if err := f.take(ctx, e); err != nil {
			return err
		}
	}
	switch {
	case f.taken == 0 && f.others > 0:
		return t.sink.Member(ctx, ignored(m.path, "no voice history in it, only activity in other products: "+countOf(f.others, "record")))
	case f.taken == 0 && !isVoiceProduct(path.Base(path.Dir(m.path))):
		return t.sink.Member(ctx, ignored(m.path, "no activity in it"))
	case f.taken == 0:
		if err := t.sink.Export(ctx, store.Google, productNamed(path.Base(path.Dir(m.path)))); err != nil {
			return err
		}
		return t.sink.Member(ctx, imported(m.path, "no activity in it"))
	}
	return t.sink.Member(ctx, imported(m.path, f.note()))
}

// note says what of a file was left out, "" if nothing was.
func (f *takeoutFile) note() string {
	var notes []string
	if f.others > 0 {
		notes = append(notes, countOf(f.others, "record")+" of other products left out: no voice history")
	}
	if f.aboutAnswers > 0 {
		notes = append(notes, countOf(f.aboutAnswers, "record")+" of feedback and drafts left out: nobody spoke")
	}
	return strings.Join(notes, "; ")
}

// entries yields the entries of a file. If it cannot be read to its end, the last pair has the error. A final
// reading counts as progress.
func (t *takeoutImport) entries(ctx context.Context, m *member, final bool) iter.Seq2[takeoutEntry, error] {
	if m.content == contentTakeoutHTML {
		return t.in.htmlEntries(ctx, m, final)
	}
	return t.in.jsonEntries(ctx, m, final)
}

// byFolder reports whether a file is voice history by the audio in its folder.
func (t *takeoutImport) byFolder(ctx context.Context, m *member) bool {
	beside := t.audio[wholeFolder(m.path)]
	if beside == 0 {
		return false
	}
	entries := 0
	for e, err := range t.entries(ctx, m, false) {
		if err != nil {
			break // it is reported when the file is imported
		}
		if e.ofVoiceProduct() {
			return false
		}
		entries++
	}
	return 2*beside >= entries
}

// isVoice reports whether an entry is voice history.
func (f *takeoutFile) isVoice(e takeoutEntry) bool {
	return f.voice || len(e.audio) > 0 || e.ofVoiceProduct()
}

// take imports an entry, if it is voice history.
func (f *takeoutFile) take(ctx context.Context, e takeoutEntry) error {
	place := fmt.Sprintf("%s#%d", f.m.path, e.index)
	switch {
	case e.broken != nil && len(e.labels()) == 0 && len(e.audio) == 0: // it may be anything
		return f.sink.Member(ctx, failedRecord(place, e.broken.Error()))
	case !f.isVoice(e):
		f.others++
		return nil
	}
	f.taken++
	folder := wholeFolder(f.m.path)
	if _, known := f.devices[folder]; !known {
		f.devices[folder] = e.device()
	}
	if f.m.content == contentTakeout {
		f.json[activityOf(f.m.path)] = true
	}
	if e.isAboutAnswer() {
		f.aboutAnswers++
		return nil
	}
	if e.broken == nil && e.local.hasClock {
		e.time, e.broken = f.clock.time(e.local)
	}
	rec, err := e.recording()
	if err != nil {
		return f.sink.Member(ctx, failedRecord(place, err.Error()))
	}
	if len(e.audio) > 0 {
		rec.Clip = e.audio[0]
	}
	further := f.attachAudio(&rec, e)
	seen := f.seen[rec.Domain]
	if seen == nil {
		seen = occurrencesIn(f.m)
		f.seen[rec.Domain] = seen
	}
	seen.mark(&rec)
	if err := f.sink.Add(ctx, rec); err != nil {
		return err
	}
	for _, m := range further {
		if err := f.addFurther(ctx, rec, m); err != nil {
			return err
		}
	}
	return nil
}

// attachAudio joins rec with the first of its audio files that is there and sounds, never by
// time: times are seconds apart. It returns the others.
func (f *takeoutFile) attachAudio(rec *store.Incoming, e takeoutEntry) (further []*member) {
	for _, name := range append(slices.Clip(e.audio), e.attached...) {
		m := f.in.audio.named(name, f.m.path)
		if m == nil {
			m = f.in.audio.named(stem(name), f.m.path) // what a page calls .mp4 may be there as .m4a
		}
		switch {
		case m == nil:
		case rec.Audio == nil:
			rec.Clip = name
			f.in.attach(rec, m, store.LinkedByName)
		case !m.linked:
			further = append(further, m)
		}
	}
	return further
}

// addFurther adds a further audio file of a recording as a recording of its own, since a recording
// has one sound.
func (f *takeoutFile) addFurther(ctx context.Context, of store.Incoming, m *member) error {
	if m.linked {
		return nil
	}
	rec := store.Incoming{Vendor: of.Vendor, Device: of.Device, Domain: of.Domain, Intent: of.Intent, Origin: m.path}
	if rec.Time, rec.TimeFrom = nameTime(m.path, time.UTC); rec.Time.IsZero() {
		rec.Time, rec.TimeFrom = of.Time, of.TimeFrom
	}
	if f.in.attach(&rec, m, store.LinkedByName); rec.Audio == nil {
		return reportMembers(ctx, f.sink, rec.Members)
	}
	return f.sink.Add(ctx, rec)
}

// importLoose reads the audio that no entry names: in the folders with voice history, and what
// a part of an export holds without its activity files.
func (t *takeoutImport) importLoose(ctx context.Context) error {
	var loose []*member
	for _, m := range t.in.of(contentAudio) {
		if _, voice := t.devices[wholeFolder(m.path)]; voice || takeoutRecording(m) {
			loose = append(loose, m)
		}
	}
	return importLooseAudio(ctx, t.in, t.sink, loose, func(m *member) store.Incoming {
		rec := store.Incoming{Vendor: store.Google, Device: store.IncomingDevice{Name: assistantDevice, None: true}, Clip: path.Base(m.path), Loose: true}
		if device, known := t.devices[wholeFolder(m.path)]; known {
			rec.Device = device
		}
		rec.Time, rec.TimeFrom = fileTime(m, time.UTC)
		return rec
	})
}
