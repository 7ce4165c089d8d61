package importer

import (
	"errors"
	"slices"
	"strings"
	"time"

	"unsaid/store"
)

// takeoutEntry is one entry of an activity file, whether it stood in JSON or in HTML.
type takeoutEntry struct {
	index     int // counted from 0 within the file
	header    string
	products  []string
	title     string
	subtitles []string  // the lines below the title
	answers   []string  // of Gemini
	details   []string  // how it was started, by whom: in the account's language
	audio     []string  // names of files in the same folder
	attached  []string  // names of files that the user attached, which may be audio
	time      time.Time // UTC; the zero Time if the entry has none
	local     spelling  // of a page, the time as it is spelled
	broken    error     // why the entry cannot be imported, nil if it can
}

// The devices that stand in for real ones, which Takeout does not name. The Assistant's and those of
// Voice and Audio are one, since the same utterance can stand with both.
const (
	assistantDevice = "Google Assistant (device not recorded)"
	geminiDevice    = "Gemini (device not recorded)"
)

// labels returns everything that says which product an entry belongs to.
func (e *takeoutEntry) labels() []string {
	if e.header == "" {
		return e.products
	}
	return append(slices.Clip(e.products), e.header)
}

// ofVoiceProduct reports whether the entry says that it belongs to a product of voice history. One
// that names no product does so by the verb of its title.
func (e *takeoutEntry) ofVoiceProduct() bool {
	if len(e.labels()) == 0 {
		_, spoken := cutVerb(e.title)
		return spoken
	}
	return slices.ContainsFunc(e.labels(), isVoiceProduct)
}

// product returns the name of the product, that of a voice product if there are several.
func (e *takeoutEntry) product() string {
	labels := e.labels()
	if i := slices.IndexFunc(labels, isVoiceProduct); i >= 0 {
		return labels[i]
	}
	if len(labels) > 0 {
		return labels[0]
	}
	return ""
}

func (e *takeoutEntry) device() store.IncomingDevice {
	if isGemini(e.product()) {
		return store.IncomingDevice{Name: geminiDevice, None: true}
	}
	return store.IncomingDevice{Name: assistantDevice, None: true}
}

var errEmptyEntry = errors.New("it has neither a time nor words nor audio")

// recording reads the entry, without its audio. Where the entry has no time, one in the name of
// its audio stands in.
func (e *takeoutEntry) recording() (store.Incoming, error) {
	if e.broken != nil {
		return store.Incoming{}, e.broken
	}
	rec := store.Incoming{
		Vendor:     store.Google,
		Device:     e.device(),
		Time:       e.time,
		TimeFrom:   store.TimeExact,
		Transcript: e.words(),
		Reply:      e.reply(),
		Domain:     e.product(),
		Intent:     strings.Join(e.details, ", "),
	}
	for _, name := range e.audio {
		if rec.Time.IsZero() {
			rec.Time, rec.TimeFrom = nameTime(name, time.UTC)
		}
	}
	if rec.Time.IsZero() {
		rec.TimeFrom = store.TimeUnknown
		if rec.Transcript == "" && rec.Reply == "" && len(e.audio) == 0 {
			return store.Incoming{}, errEmptyEntry
		}
	}
	return rec, nil
}

// words returns what was said, without what Google sets around it. It is "" for a title that stands for no words,
// such as Used Assistant; any other is kept whole, since it may hold words.
func (e *takeoutEntry) words() string {
	title := strings.TrimSpace(e.title)
	if words, found := cutVerb(title); found {
		return words
	}
	if e.wordless(title) {
		return ""
	}
	return title
}

// reply returns what was answered. The lines below the title are the Assistant's reply; with Gemini they are
// notes, such as how many files were attached. Answers that were given anew make one reply.
func (e *takeoutEntry) reply() string {
	var lines []string
	if !isGemini(e.product()) {
		lines = append(lines, e.subtitles...)
	}
	for _, answer := range e.answers {
		lines = appendNew(lines, answer)
	}
	return strings.Join(lines, "\n")
}
