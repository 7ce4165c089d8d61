package deletion

import (
	"slices"

	"unsaid/store"
)

// guide is the data of the templates request_*.md.tmpl, which make request.md. Strings from an export
// are code spans or results of [Line].
type guide struct {
	Request     int64
	Vendor      string
	PerDevice   bool // whether the maker can find the recordings by device
	Device      guideDevice
	Merged      []guideDevice // merged into it
	Namesakes   bool          // the maker may show the recordings of other devices of that name as well
	Pages       []page        // of Google's products
	Recordings  int
	First, Last string // "" if no time is known
	Zone        string
	Written     string
	Marketplace string
	Assumed     bool
	Letter      bool   // whether the folder has letters
	Due         bool   // whether the law sets a time limit for the answer
	Phrase      string // what to say to the assistant instead; "" if there is no such phrase
	Today       bool   // whether the phrase is about today
	Words       Words  // which files quote what was said
	Guessed     int    // recordings with the time of a file
	Beyond      bool   // whether a step may remove recordings newer than the export
	Sections    []section
}

// guideDevice is a device as the maker knows it, and as the user calls it, as code spans. Fields are "" if they are not
// known, or if the user calls it the same.
type guideDevice struct {
	Name, Serial, Type, Yours string
}

func newGuideDevice(d store.Device) guideDevice {
	g := guideDevice{Name: code(short(d.MakerName, longestName)), Serial: code(short(d.Serial, longestName)), Type: code(short(d.Type, longestName))}
	if d.MakerName != "" && d.Name != d.MakerName {
		g.Yours = code(short(d.Name, longestName))
	}
	return g
}

// section is one thing to tick off: a step, or the single recordings of one day.
type section struct {
	Kind        store.StepKind
	From, To    string // days; To is "" if there is only one day; both are "" if it is not known
	Recordings  int
	First, Last string // local times of the first and last recording
	Beyond      bool   // see ReachesBeyond
	Items       []item // the single recordings, oldest first
}

// item is a single recording.
type item struct {
	Time       string // local; "" if not known
	Words      string // code span; "" if there are none, or the guide does not quote them
	Wordless   bool   // whether there are no words
	Unintended bool
	Typed      bool
	ID         string // code span with the maker's identifier, or a file's name
	Audio      string // SHA-256 of the sound; "" if there is none
}

// clockTime is the layout of a time of day. The offset distinguishes the two hours with the same name
// in a night when clocks are set back.
const clockTime = "15:04:05 -07:00"

// Limits for texts of an export in guides and letters, in characters. The manifest has the full texts.
const (
	longestName  = 80
	longestID    = 200
	longestWords = 300
)

// markdown returns request.md.
func (d *document) markdown() ([]byte, error) {
	name := "request_local.md.tmpl"
	switch d.req.Device.Vendor {
	case store.Amazon:
		name = "request_amazon.md.tmpl"
	case store.Google:
		name = "request_google.md.tmpl"
	}
	_, text, err := d.language.fill(d.guide(), nil, name, "request_parts.md.tmpl")
	return text, err
}

func (d *document) guide() guide {
	device := d.req.Device
	g := guide{
		Request:     d.req.ID,
		Vendor:      device.Vendor,
		PerDevice:   AbilitiesFor(device).Device,
		Device:      newGuideDevice(device),
		Namesakes:   d.namesakes,
		Pages:       d.pages(),
		Recordings:  len(d.recordings),
		Zone:        d.zoneName(),
		Written:     d.wording.format(d.now, d.wording.guideDay),
		Marketplace: d.marketplace,
		Assumed:     d.assumed,
		Letter:      !IsLocal(device.Vendor),
		Due:         Due(d.law, device.Vendor, store.DayOf(d.now, d.zone), nil) != "",
		Sections:    d.sections(),
	}
	for _, m := range d.req.Merged {
		g.Merged = append(g.Merged, newGuideDevice(m))
	}
	g.Phrase, g.Today = d.phrase()
	for _, r := range d.recordings {
		if r.TimeFrom == store.TimeModified {
			g.Guessed++
		}
	}
	g.Words = NoWords
	if d.words == WordsInAll {
		g.Words = WordsInAll
	}
	for _, s := range g.Sections {
		g.Beyond = g.Beyond || s.Beyond
		if g.Words == NoWords && slices.ContainsFunc(s.Items, func(i item) bool { return i.Words != "" }) {
			g.Words = WordsInGuide
		}
	}
	if first, last, ok := d.span(d.ids()); ok {
		g.First, g.Last = d.local(first, d.wording.guideTime), d.local(last, d.wording.guideTime)
	}
	return g
}

// sections returns the steps in order, with single recordings grouped by day.
func (d *document) sections() []section {
	var list []section
	for _, step := range d.req.Steps {
		if step.Kind == store.Single {
			r := d.find(step.Recordings[0])
			day := ""
			if hasTime(r) {
				day = d.local(r, d.wording.guideDay)
			}
			if n := len(list); n == 0 || list[n-1].Kind != store.Single || list[n-1].From != day {
				list = append(list, section{Kind: store.Single, From: day})
			}
			s := &list[len(list)-1]
			s.Items = append(s.Items, d.item(r))
			s.Recordings++
			continue
		}
		s := section{
			Kind:       step.Kind,
			Recordings: len(step.Recordings),
			Beyond:     ReachesBeyond(step, d.newest, d.zone),
		}
		first, last, ok := d.span(step.Recordings)
		if ok {
			s.First, s.Last = d.local(first, d.wording.guideTime), d.local(last, d.wording.guideTime)
			s.From, s.To = d.local(first, d.wording.guideDay), d.local(last, d.wording.guideDay)
		}
		if step.Kind == store.DayRange {
			s.From, s.To = d.readableDay(step.From), d.readableDay(step.To)
		}
		if s.From == s.To {
			s.To = ""
		}
		list = append(list, s)
	}
	return list
}

func (d *document) item(r *store.Recording) item {
	i := item{
		Wordless:   r.Transcript == "",
		Unintended: r.Unintended,
		Typed:      r.Typed,
		ID:         code(short(r.VendorID, longestID)),
	}
	if d.words != NoWords {
		i.Words = code(short(r.Transcript, longestWords))
	}
	if hasTime(r) {
		i.Time = d.local(r, clockTime)
	}
	if r.Audio != nil {
		i.Audio = Line(r.Audio.SHA256)
	}
	return i
}

// local formats the recording's time in the document's zone.
func (d *document) local(r *store.Recording, layout string) string {
	return d.wording.format(r.Time.In(d.zone), layout)
}

// readableDay formats a day YYYY-MM-DD for people.
func (d *document) readableDay(s string) string {
	day, err := store.ParseDay(s)
	if err != nil {
		return s
	}
	return d.wording.format(day, d.wording.guideDay)
}
