package deletion

import (
	"bytes"
	"text/template"
	"time"

	"unsaid/store"
)

// guide is what templates/en/request_*.md.tmpl make request.md from. Strings that come from an
// export are code spans or have gone through line.
type guide struct {
	Request      int64
	Vendor       string
	Device       string // code span
	Serial, Type string // code spans, "" if not known
	Recordings   int
	First, Last  string // "" if no time is known
	Zone         string
	Written      string
	Marketplace  string
	Assumed      bool
	Letter       bool   // whether there are letters beside it
	Due          bool   // whether the law sets a time for the answer
	Phrase       string // what to say to the assistant for exactly this, "" if there is nothing
	Guessed      int    // recordings whose time is that of a file
	Beyond       bool   // whether a step may remove what is newer than the export
	Sections     []section
}

// section is something to tick off: a step, or the single recordings of one day.
type section struct {
	Kind        store.StepKind
	From, To    string // days; To is "" if there is one day; both "" if it is not known
	Recordings  int
	First, Last string // local times of the first and the last recording
	Beyond      bool   // see ReachesBeyond
	Items       []item // the single recordings, oldest first
}

// item is a single recording.
type item struct {
	Time  string // local, "" if not known
	Words string // code span, "" if none
	Note  string // what there is to know if there are no words
	ID    string // code span of the maker's identifier, or a file's name
	Audio string // SHA-256 of the sound, "" if none
}

// Ways to show local times. The offset tells apart the two hours of a night in which clocks are
// set back.
const (
	friendlyDay  = "Mon 2 Jan 2006"
	friendlyTime = "Mon 2 Jan 2006 15:04:05 -07:00"
	clockTime    = "15:04:05 -07:00"
)

// Longest texts of an export, in characters, where people read; the manifest has them whole.
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
	t, err := template.New(name).Funcs(phrasing).ParseFS(templates, "templates/en/request*.tmpl")
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = t.Execute(&b, d.guide())
	return b.Bytes(), err
}

func (d *document) guide() guide {
	device := d.req.Device
	g := guide{
		Request:     d.req.ID,
		Vendor:      device.Vendor,
		Device:      code(short(device.Name, longestName)),
		Serial:      code(d.serials()),
		Type:        code(short(device.Type, longestName)),
		Recordings:  len(d.recordings),
		Zone:        d.zoneName(),
		Written:     d.now.Format(friendlyDay),
		Marketplace: d.marketplace,
		Assumed:     d.assumed,
		Letter:      !isLocal(device.Vendor),
		Due:         Due(d.law, d.now) != "",
		Phrase:      d.phrase(),
		Sections:    d.sections(),
	}
	if g.Device == "" {
		g.Device = "a device without a name"
	}
	for _, r := range d.recordings {
		if r.TimeFrom == store.TimeModified {
			g.Guessed++
		}
	}
	for _, s := range g.Sections {
		g.Beyond = g.Beyond || s.Beyond
	}
	if first, last, ok := d.span(d.ids()); ok {
		g.First, g.Last = d.local(first, friendlyTime), d.local(last, friendlyTime)
	}
	return g
}

// sections returns the steps in order, the single ones gathered by day.
func (d *document) sections() []section {
	var list []section
	for _, step := range d.req.Steps {
		if step.Kind == store.Single {
			r := d.find(step.Recordings[0])
			day := ""
			if hasTime(r) {
				day = d.local(r, friendlyDay)
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
			s.First, s.Last = d.local(first, friendlyTime), d.local(last, friendlyTime)
			s.From, s.To = d.local(first, friendlyDay), d.local(last, friendlyDay)
		}
		if step.Kind == store.DayRange {
			s.From, s.To = friendly(step.From), friendly(step.To)
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
		Words: code(short(r.Transcript, longestWords)),
		Note:  "no words",
		ID:    code(short(r.VendorID, longestID)),
	}
	if hasTime(r) {
		i.Time = d.local(r, clockTime)
	}
	switch {
	case r.Unintended:
		i.Note = "not meant for the assistant"
	case r.Typed:
		i.Note = "typed"
	}
	if r.Audio != nil {
		i.Audio = line(r.Audio.SHA256)
	}
	return i
}

// local formats the recording's time in the document's zone.
func (d *document) local(r *store.Recording, layout string) string {
	return r.Time.In(d.zone).Format(layout)
}

// friendly returns a day YYYY-MM-DD as people read it.
func friendly(s string) string {
	d, err := parseDay(s)
	if err != nil {
		return s
	}
	return d.midnight().Format(friendlyDay)
}

// phrase returns what to say to the assistant to remove exactly what the request is for, "" if
// there is no such phrase. Spoken deletion takes all devices of the account.
//
// Source: the makers' help pages on deleting by voice.
func (d *document) phrase() string {
	if len(d.req.Steps) != 1 {
		return ""
	}
	step := d.req.Steps[0]
	today := d.now.Format(time.DateOnly)
	onlyToday := step.Kind == store.DayRange && step.From == today && step.To == today
	switch d.req.Device.Vendor {
	case store.Amazon:
		switch {
		case !d.onlyDevice:
			return ""
		case step.Kind == store.WholeDevice:
			return "Alexa, delete everything I've ever said"
		case onlyToday:
			return "Alexa, delete everything I said today"
		}
	case store.Google:
		if onlyToday {
			return "Hey Google, delete today's activity"
		}
	}
	return ""
}

// phrasing is the templates' vocabulary.
var phrasing = template.FuncMap{
	"count": countOf,
}
