package deletion

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"unsaid/store"
)

// document is a valid request, with everything that its files are made from.
type document struct {
	req         store.Request
	recordings  []store.Recording // oldest first
	stepOf      map[int64]int     // index of the step, by recording
	law         Law
	sender      Sender
	recipient   Recipient
	marketplace string
	assumed     bool // whether the marketplace is a guess
	zone        *time.Location
	now         time.Time // in zone
	newest      time.Time
	onlyDevice  bool
	namesakes   bool // other devices of the account have the same name at the maker
	words       Words
	language    Language
	wording     wording
}

func newDocument(req store.Request, recordings []store.Recording, o Options) (*document, error) {
	d := &document{
		req: req, recordings: slices.Clone(recordings), law: cmp.Or(o.Law, Plain),
		sender: o.Sender, recipient: o.Recipient, marketplace: o.Marketplace,
		zone: o.Zone, newest: o.Newest, onlyDevice: o.OnlyDevice, namesakes: o.Namesakes,
		words: cmp.Or(o.Words, WordsInGuide), language: cmp.Or(o.Language, English),
	}
	slices.SortStableFunc(d.recordings, func(a, b store.Recording) int { return cmp.Compare(a.ID, b.ID) })
	if d.marketplace == "" {
		d.marketplace, d.assumed = defaultMarketplace, true
	}
	if err := d.checkChoices(); err != nil {
		return nil, err
	}
	d.wording = d.language.wording()
	for _, address := range []string{d.sender.Email, d.recipient.Email} {
		if err := checkAddress(address); err != nil {
			return nil, err
		}
	}
	if d.zone == nil {
		zone, err := time.LoadLocation(req.TimeZone)
		if err != nil {
			return nil, fmt.Errorf("time zone of the request: %w", err)
		}
		d.zone = zone
	}
	d.now = o.Now.In(d.zone)
	if err := d.assign(); err != nil {
		return nil, err
	}
	if last := d.recordings[len(d.recordings)-1]; d.newest.Before(last.Time) {
		d.newest = last.Time
	}
	return d, nil
}

// checkChoices returns an error unless law, language, words and marketplace are known.
func (d *document) checkChoices() (err error) {
	if _, err := ParseLaw(string(d.law)); err != nil {
		return err
	}
	if _, err := ParseLanguage(string(d.language)); err != nil {
		return err
	}
	if _, err := ParseWords(string(d.words)); err != nil {
		return err
	}
	d.marketplace, err = ParseMarketplace(d.marketplace)
	return err
}

// assign sets stepOf. It returns an error unless each recording is in exactly one step, and the steps
// contain no other recordings: the request would ask for the wrong ones.
func (d *document) assign() error {
	if len(d.req.Steps) == 0 || len(d.recordings) == 0 {
		return fmt.Errorf("the request has %d steps and %d recordings: there is nothing to ask for", len(d.req.Steps), len(d.recordings))
	}
	d.stepOf = make(map[int64]int, len(d.recordings))
	for i, step := range d.req.Steps {
		if err := checkStep(step); err != nil {
			return fmt.Errorf("step %d: %w", i+1, err)
		}
		for _, id := range step.Recordings {
			if other, twice := d.stepOf[id]; twice {
				return fmt.Errorf("recording %d is in steps %d and %d", id, other+1, i+1)
			}
			if d.find(id) == nil {
				return fmt.Errorf("recording %d of step %d is not among the request's recordings", id, i+1)
			}
			d.stepOf[id] = i
		}
	}
	if len(d.stepOf) != len(d.recordings) {
		return fmt.Errorf("the request has %d recordings, but its steps have %d", len(d.recordings), len(d.stepOf))
	}
	return nil
}

// checkStep returns an error if the step cannot be carried out.
func checkStep(step store.Step) error {
	if len(step.Recordings) == 0 {
		return errors.New("the step removes no recording")
	}
	switch step.Kind {
	case store.WholeDevice:
		return nil
	case store.Single:
		if len(step.Recordings) != 1 {
			return fmt.Errorf("a step for a single recording has %d", len(step.Recordings))
		}
		return nil
	case store.DayRange:
		for _, s := range []string{step.From, step.To} {
			if _, err := store.ParseDay(s); err != nil {
				return fmt.Errorf("day of a range: %w", err)
			}
		}
		return nil
	default:
		return fmt.Errorf("unknown kind %q", step.Kind)
	}
}

// find returns the recording with the id, or nil if there is none.
func (d *document) find(id int64) *store.Recording {
	i, found := slices.BinarySearchFunc(d.recordings, id, func(r store.Recording, id int64) int {
		return cmp.Compare(r.ID, id)
	})
	if !found {
		return nil
	}
	return &d.recordings[i]
}

// devices returns the device of the request and those merged into it: the maker knows each as one of its own.
func (d *document) devices() []store.Device {
	return append([]store.Device{d.req.Device}, d.req.Merged...)
}

// deviceOf returns the device that the export of a recording names, without name, serial and type if it names none.
func (d *document) deviceOf(r *store.Recording) store.Device {
	named := d.req.Device
	for _, device := range d.req.Merged {
		if device.ID == r.Named {
			named = device
		}
	}
	if named.None {
		return store.Device{ID: named.ID}
	}
	return named
}

// hasTime reports whether the time of the recording is known.
func hasTime(r *store.Recording) bool {
	return r.TimeFrom != store.TimeUnknown && !Moment{ID: r.ID}.undated()
}

// zoneName is a name of the zone that the maker understands.
func (d *document) zoneName() string {
	if name := d.zone.String(); name != "Local" {
		return name
	}
	return fmt.Sprintf(d.wording.localTime, d.now.Format("UTC-07:00"), d.now.Format(d.wording.day))
}

// ids returns the ids of all recordings, oldest first.
func (d *document) ids() []int64 {
	list := make([]int64, len(d.recordings))
	for i := range d.recordings {
		list[i] = d.recordings[i].ID
	}
	return list
}

// span returns the first and the last recording with a known time. The ids are in order of time. ok is
// false if there is no such recording.
func (d *document) span(ids []int64) (first, last *store.Recording, ok bool) {
	for _, id := range ids {
		r := d.find(id)
		if !hasTime(r) {
			continue
		}
		if !ok {
			first, ok = r, true
		}
		last = r
	}
	return first, last, ok
}
