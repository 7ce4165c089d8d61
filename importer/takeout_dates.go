package importer

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"unsaid/store"
)

// A page of My Activity spells its dates in the account's language and, since about 2018, with the zone in which it
// was made: that one stands on all dates, in any season. What a date alone does not tell is settled once for
// the page, before any of it is imported.

// zoneless is the year since which pages name their zone; in older ones the dates are in UTC.
const zoneless = 2018

// maxPageZones is more zones than a page has.
const maxPageZones = 50

// ZoneQuestion asks for the zone of a file's dates.
type ZoneQuestion struct {
	Member       string
	Abbreviation string   // "" if the dates name no zone
	Date         string   // one of them
	Candidates   []string // zones that use the abbreviation, by IANA's names
}

// String words the question as a statement of what is not known.
func (q ZoneQuestion) String() string {
	switch {
	case q.Abbreviation == "":
		return fmt.Sprintf("its dates, such as %s, do not say their time zone", quote(q.Date))
	case len(q.Candidates) == 0:
		return fmt.Sprintf("its dates, such as %s, have a time zone that is not known: %s", quote(q.Date), quote(q.Abbreviation))
	}
	return fmt.Sprintf("its dates, such as %s, have the time zone %s, which can be that of %s",
		quote(q.Date), quote(q.Abbreviation), strings.Join(q.Candidates, " or "))
}

// pageClock is how the dates of one page are meant.
type pageClock struct {
	order dateOrder
	zones map[string]*time.Location // by their names in the dates; "" is for dates without one
}

// time reads a date of the page.
func (c pageClock) time(s spelling) (time.Time, error) {
	s.zone = s.clearZone()
	if s.zone == nil || c.zones[s.zoneName] != nil {
		s.zone = c.zones[s.zoneName]
	}
	if s.zone == nil {
		return time.Time{}, fmt.Errorf("its time %s is in a time zone that is not known; %s", quote(s.text), asJSON)
	}
	t, err := s.time(c.order, s.zone)
	if err != nil {
		err = fmt.Errorf("its time %s %w", quote(s.text), err)
	}
	return t, err
}

// pageDates is what the dates of a page tell together.
type pageDates struct {
	order   dateEvidence
	either  string              // a date that may have the month or the day first, "" if there is none
	unclear map[string]spelling // by the zone that a date alone does not settle: one of these dates
	newest  time.Time           // as if all were in UTC
}

// settleDates finds out how the dates of a page are meant. The error says what the user has to say.
func (f *takeoutFile) settleDates(ctx context.Context) error {
	d := pageDates{unclear: map[string]spelling{}}
	for e, err := range f.entries(ctx, f.m, false) {
		if err != nil {
			break // it is reported when the page is imported
		}
		if f.isVoice(e) && e.broken == nil && e.local.hasClock {
			d.add(e.local)
		}
	}
	var err error
	if f.clock.order, err = d.dateOrder(f.order); err != nil {
		return err
	}
	f.clock.zones, err = f.settleZones(ctx, d)
	return err
}

// add takes the evidence of one date.
func (d *pageDates) add(s spelling) {
	d.order.add(s.civil, s.text, nil)
	// Spanish dates in Panama and Puerto Rico begin with the month, 01/31/2018, 10:54:50 p. m.; all others with the day.
	if s.slashed && s.padded && strings.Contains(s.day, "/") && strings.HasSuffix(s.half, "m.") {
		d.either = s.text
	}
	if t, err := s.time(dayFirst, time.UTC); err == nil && t.After(d.newest) {
		d.newest = t
	}
	if _, known := d.unclear[s.zoneName]; !known && len(d.unclear) < maxPageZones && (s.clearZone() == nil || unclearZones[strings.ToUpper(s.zoneName)] != nil) {
		d.unclear[s.zoneName] = s
	}
}

// dateOrder returns the order of month and day in numbers, which only a few languages write with the month first.
func (d *pageDates) dateOrder(given dateOrder) (dateOrder, error) {
	order, err := d.order.order()
	switch {
	case given != orderUnknown:
		return given, nil
	case err == nil:
		return order, nil
	case errors.Is(err, errAmbiguousOrder) && d.either == "":
		return dayFirst, nil
	}
	return orderUnknown, store.WithRemedy(err, store.OrderDates)
}

// settleZones returns the zones of the names that a date alone does not settle.
func (f *takeoutFile) settleZones(ctx context.Context, d pageDates) (map[string]*time.Location, error) {
	zones := map[string]*time.Location{}
	made := d.newest
	if stamp := takeoutMade(f.in.root + "/" + f.m.path); !stamp.IsZero() {
		made = stamp
	}
	for _, name := range slices.Sorted(maps.Keys(d.unclear)) {
		date := d.unclear[name]
		if name == "" && made.Year() < zoneless {
			zones[name] = time.UTC
			continue
		}
		q := ZoneQuestion{Member: f.m.path, Abbreviation: name, Date: date.text}
		for _, m := range unclearZones[strings.ToUpper(name)] {
			q.Candidates = append(q.Candidates, m.zone)
		}
		given := f.zone
		if given == nil && date.clearZone() == nil && f.ask != nil {
			var err error
			if given, err = f.ask(ctx, q); err != nil {
				return nil, err
			}
		}
		if given != nil {
			zone, err := meant(name, given, made)
			if err == nil {
				zones[name] = zone
				continue
			}
			if date.clearZone() == nil {
				return nil, store.WithRemedy(fmt.Errorf("%s; it %w", q, err), store.NameZone)
			}
		}
		if date.clearZone() == nil {
			return nil, store.WithRemedy(errors.New(q.String()), store.NameZone)
		}
	}
	return zones, nil
}

// takeoutDay is the day on which Google made a Takeout, as it writes it into the names of its parts.
var takeoutDay = regexp.MustCompile(`(?i)takeout-(\d{8})T\d+Z`)

// takeoutMade returns when the export that a path lies in was made, the zero Time if its name does not tell.
func takeoutMade(p string) time.Time {
	var day time.Time
	if found := takeoutDay.FindStringSubmatch(p); found != nil {
		day, _ = time.Parse("20060102", found[1]) // the zero Time for digits that are not a date
	}
	return day
}

// undated accounts for a page whose dates cannot be read without the user.
func undated(ctx context.Context, sink Sink, m *member, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return sink.Member(ctx, mendable(failed(m.path, err.Error()), store.RemedyOf(err)))
}
