package deletion

import (
	"bytes"
	"strings"
	"text/template"
	"time"

	"unsaid/store"
)

// letter is what templates/en/letter.txt.tmpl makes the letter from. Strings that come from an
// export have gone through line. What was said is never in a letter.
type letter struct {
	Sender      party
	Recipient   party
	Date        string
	About       string // what it is about, in a few words
	Service     string
	Marketplace string // "" unless it is Amazon's
	PerDevice   bool   // whether the maker tells devices apart
	Device      string
	Serial      string
	Type        string
	Zone        string
	Recordings  int
	First, Last string // local times, "" if none is known
	Parts       []part
	Enclosed    bool // whether manifest.csv goes with it
	Identified  bool // whether a recording has the maker's identifier
	Hashed      bool // whether a recording has sound
}

// party is the sender or the recipient, with blanks for what is not known.
type party struct {
	Name, Email, AccountID string
	Address                []string
}

// part is what to erase: a step, or all single recordings.
type part struct {
	Number          int
	Kind            store.StepKind
	From, To        string // local days; To is "" if there is one day
	FromUTC         string
	Until, UntilUTC string // of a whole device the last recording; of a range the first instant after it
	FirstUTC        string
	Recordings      int
	Items           []string
	More            int // single recordings beyond those in Items
}

// listed is how many single recordings a letter names itself; the manifest has them all.
const listed = 40

// stamp shows local times in letters, with the offset that makes them unambiguous.
const stamp = "2006-01-02 15:04:05 -07:00"

// letter returns the letter's subject and its text, with lines ended by LF.
func (d *document) letter(enclosed bool) (subject string, text []byte, err error) {
	files := []string{"templates/en/letter.txt.tmpl", "templates/en/law/" + string(d.law) + ".txt.tmpl"}
	t, err := template.New("letter.txt.tmpl").Funcs(phrasing).ParseFS(templates, files...)
	if err != nil {
		return "", nil, err
	}
	l := d.letterData(enclosed)
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, "subject", nil); err != nil {
		return "", nil, err
	}
	subject = b.String() + ": " + l.About
	b.Reset()
	if err := t.Execute(&b, l); err != nil {
		return "", nil, err
	}
	return subject, b.Bytes(), nil
}

// about names in a few words what the letter is about.
func (d *document) about() string {
	device := d.req.Device
	if !AbilitiesOf(device.Vendor).Device {
		return "voice recordings of my " + service(device.Vendor) + " account"
	}
	about := "voice recordings of my device"
	if device.Name != "" {
		about += ` "` + short(device.Name, longestName) + `"`
	}
	if serials := d.serials(); serials != "" {
		about += ", serial number " + serials
	}
	return about
}

// serials names the device as the maker knows it: by its serial number, and by those of devices
// that were merged into it. It returns "" if no export gave one.
func (d *document) serials() string {
	var list []string
	for _, device := range append([]store.Device{d.req.Device}, d.req.Merged...) {
		if device.Serial != "" {
			list = append(list, short(device.Serial, longestName))
		}
	}
	return strings.Join(list, " and ")
}

// service names what the account is with.
func service(vendor string) string {
	switch vendor {
	case store.Amazon:
		return "Amazon Alexa"
	case store.Google:
		return "Google Assistant"
	default:
		return vendor
	}
}

func (d *document) letterData(enclosed bool) letter {
	device := d.req.Device
	l := letter{
		Sender:     d.from(),
		Recipient:  d.to(),
		About:      d.about(),
		Date:       d.now.Format(time.DateOnly),
		Service:    service(device.Vendor),
		PerDevice:  AbilitiesOf(device.Vendor).Device,
		Device:     orBlank(short(device.Name, longestName), "not known"),
		Serial:     orBlank(d.serials(), "not in my export"),
		Type:       orBlank(short(device.Type, longestName), "not in my export"),
		Zone:       d.zoneName(),
		Recordings: len(d.recordings),
		Parts:      d.parts(),
		Enclosed:   enclosed,
	}
	if device.Vendor == store.Amazon {
		l.Marketplace = d.marketplace
		if d.assumed {
			l.Marketplace = "[your marketplace, such as " + d.marketplace + "]"
		}
	}
	for _, r := range d.recordings {
		l.Identified = l.Identified || r.VendorID != ""
		l.Hashed = l.Hashed || r.Audio != nil
	}
	if first, last, ok := d.span(d.ids()); ok {
		l.First, l.Last = d.local(first, stamp), d.local(last, stamp)
	}
	return l
}

func (d *document) from() party {
	s := d.sender
	return party{
		Name:      orBlank(line(s.Name), "your name"),
		Email:     orBlank(line(s.Email), "the e-mail address of your account"),
		AccountID: orBlank(line(s.AccountID), "the identifier of your account, if you know it"),
		Address:   addressOr(s.Address, "your postal address"),
	}
}

func (d *document) to() party {
	r := d.recipient
	return party{
		Name:    orBlank(line(r.Name), "the data protection contact named in the privacy notice"),
		Email:   orBlank(line(r.Email), "its e-mail address, if it has one"),
		Address: addressOr(r.Address, "its postal address"),
	}
}

// orBlank returns s, or if it is empty a blank that says what belongs there.
func orBlank(s, what string) string {
	if s == "" {
		return "[" + what + "]"
	}
	return s
}

func addressOr(s, what string) []string {
	if list := lines(s); len(list) > 0 {
		return list
	}
	return []string{"[" + what + "]"}
}

// parts returns the steps in order, and after them all single recordings as one part.
func (d *document) parts() []part {
	var list []part
	singles := part{Kind: store.Single}
	for _, step := range d.req.Steps {
		if step.Kind == store.Single {
			singles.Recordings++
			if len(singles.Items) < listed {
				r := d.find(step.Recordings[0])
				singles.Items = append(singles.Items, identify(r))
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
	p := part{Kind: step.Kind, Recordings: len(step.Recordings)}
	if step.Kind == store.WholeDevice {
		if first, last, ok := d.span(step.Recordings); ok {
			p.FirstUTC = first.Time.UTC().Format(time.DateTime)
			p.Until = d.local(last, stamp)
			p.UntilUTC = last.Time.UTC().Format(time.DateTime)
		}
		return p
	}
	from, _ := parseDay(step.From) // assign has checked them
	to, _ := parseDay(step.To)
	p.From, p.FromUTC = step.From, from.start(d.zone).UTC().Format(time.DateTime)
	p.UntilUTC = (to + 1).start(d.zone).UTC().Format(time.DateTime)
	if step.To != step.From {
		p.To = step.To
	}
	return p
}

// identify says which recording it is by what the maker knows of it: the time, and the maker's
// identifier, else the sound.
func identify(r *store.Recording) string {
	var facts []string
	if hasTime(r) {
		facts = append(facts, r.Time.UTC().Format("2006-01-02 15:04:05.000")+" UTC")
	} else {
		facts = append(facts, "time not known")
	}
	switch {
	case r.VendorID != "":
		facts = append(facts, short(r.VendorID, longestID))
	case r.Audio != nil:
		facts = append(facts, "sound with SHA-256 "+line(r.Audio.SHA256))
	}
	return strings.Join(facts, ", ")
}
