package deletion

import (
	"unsaid/store"
)

// letter is the data of the template letter.txt.tmpl. Strings from an export are results of [Line]. A
// letter never quotes what was said.
type letter struct {
	Sender      party
	Recipient   party
	Date        string
	Vendor      string
	Services    []string // that the account belongs to
	Marketplace string   // "" for makers other than Amazon
	Assumed     bool     // whether the marketplace is a guess
	PerDevice   bool     // whether the maker can find the recordings by device
	Devices     []letterDevice
	Zone        string
	Recordings  int
	Unintended  int    // recordings that were not meant for the assistant
	First, Last string // local times; "" if none is known
	Parts       []part
	Enclosed    bool // whether manifest.csv is enclosed
	Identified  bool // whether a recording has the maker's identifier
	Hashed      bool // whether a recording has sound
	Words       bool // whether manifest.csv quotes what was said
}

// letterDevice is a device as the maker knows it. Fields are "" if they are not known.
type letterDevice struct {
	Name, Serial, Type string
}

// party is the sender or the recipient. Empty fields become blanks.
type party struct {
	Name, Email, AccountID string
	Address                []string
}

// part is what to erase: a step, or all single recordings.
type part struct {
	Number          int
	Kind            store.StepKind
	From, To        string // local days; To is "" if there is only one day
	FromUTC         string
	Until, UntilUTC string // the last recording of a whole device; the first instant after a range
	FirstUTC        string
	Recordings      int
	Items           []fact
	More            int // number of single recordings that are not in Items
}

// fact identifies a single recording for the maker: by its time and the maker's identifier or, without
// an identifier, the hash of the sound.
type fact struct {
	Time   string // UTC; "" if not known
	ID     string
	SHA256 string
}

// maxListed is how many single recordings a letter lists. The manifest has them all.
const maxListed = 40

// letter returns the letter's subject and its text, with lines that end in LF.
func (d *document) letter(enclosed bool) (subject string, text []byte, err error) {
	return d.language.fill(d.letterData(enclosed), []string{"subject", "about"},
		"letter.txt.tmpl", "letter_parts.txt.tmpl", "law/"+string(d.law)+".txt.tmpl")
}

func (d *document) letterData(enclosed bool) letter {
	device := d.req.Device
	l := letter{
		Sender:     d.from(),
		Recipient:  d.to(),
		Date:       d.wording.format(d.now, d.wording.dateline),
		Vendor:     device.Vendor,
		Services:   d.services(),
		PerDevice:  AbilitiesFor(device).Device,
		Zone:       d.zoneName(),
		Recordings: len(d.recordings),
		Parts:      d.parts(),
		Enclosed:   enclosed,
		Words:      d.words == WordsInAll,
	}
	if device.Vendor == store.Amazon {
		l.Marketplace, l.Assumed = d.marketplace, d.assumed
	}
	for _, device := range d.devices() {
		l.Devices = append(l.Devices, letterDevice{short(device.MakerName, longestName), short(device.Serial, longestName), short(device.Type, longestName)})
	}
	for _, r := range d.recordings {
		if r.Unintended {
			l.Unintended++
		}
		l.Identified = l.Identified || r.VendorID != ""
		l.Hashed = l.Hashed || r.Audio != nil
	}
	if first, last, ok := d.span(d.ids()); ok {
		l.First, l.Last = d.wording.stamp(first.Time.In(d.zone)), d.wording.stamp(last.Time.In(d.zone))
	}
	return l
}

func (d *document) from() party {
	s := d.sender
	return party{Name: Line(s.Name), Email: Line(s.Email), AccountID: Line(s.AccountID), Address: lines(s.Address)}
}

func (d *document) to() party {
	r := d.recipient
	return party{Name: Line(r.Name), Email: Line(r.Email), Address: lines(r.Address)}
}

// parts returns the steps in order, followed by all single recordings as one part.
func (d *document) parts() []part {
	var list []part
	singles := part{Kind: store.Single}
	for _, step := range d.req.Steps {
		if step.Kind == store.Single {
			singles.Recordings++
			if len(singles.Items) < maxListed {
				r := d.find(step.Recordings[0])
				singles.Items = append(singles.Items, d.fact(r))
			}
			continue
		}
		p := d.part(step)
		p.Number = len(list) + 1
		list = append(list, p)
	}
	if singles.Recordings > 0 {
		singles.More = singles.Recordings - len(singles.Items)
		singles.Number = len(list) + 1
		list = append(list, singles)
	}
	return list
}

// part returns the part for a whole device or a range.
func (d *document) part(step store.Step) part {
	w := d.wording
	p := part{Kind: step.Kind, Recordings: len(step.Recordings)}
	if step.Kind == store.WholeDevice {
		if first, last, ok := d.span(step.Recordings); ok {
			p.FirstUTC = w.utc(first.Time)
			p.Until = w.stamp(last.Time.In(d.zone))
			p.UntilUTC = w.utc(last.Time)
		}
		return p
	}
	first, _ := store.ParseDay(step.From) // assign has checked both days
	last, _ := store.ParseDay(step.To)
	// Where clocks were set back across midnight, the neighbouring days overlap with these. The instants
	// leave out the overlap, so that the letter asks for nothing that is kept.
	p.From, p.FromUTC = first.Format(w.day), w.utc((first - 1).End(d.zone))
	p.UntilUTC = w.utc((last + 1).Start(d.zone))
	if last != first {
		p.To = last.Format(w.day)
	}
	return p
}

func (d *document) fact(r *store.Recording) fact {
	f := fact{ID: short(r.VendorID, longestID)}
	if hasTime(r) {
		f.Time = r.Time.UTC().Format(d.wording.day + " " + d.wording.clock + ".000")
	}
	if f.ID == "" && r.Audio != nil {
		f.SHA256 = Line(r.Audio.SHA256)
	}
	return f
}
