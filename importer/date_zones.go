package importer

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// zoneNames are the names of zones that RFC 5322 gives a meaning to, in hours east of UTC. Other
// abbreviations mean different zones in different countries.
var zoneNames = map[string]int{
	"UTC": 0, "GMT": 0, "UT": 0, "Z": 0,
	"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}

// localZones are the abbreviations of time zones that mean one zone wherever Google's exports use
// them, in minutes east of UTC, besides those of [zoneNames].
var localZones = map[string]int{
	"BST": 60, "WET": 0, "WEST": 60, "WEZ": 0, "WESZ": 60,
	"CET": 60, "CEST": 120, "MEZ": 60, "MESZ": 120,
	"EET": 120, "EEST": 180, "OEZ": 120, "OESZ": 180, "IDT": 180,
	"MSK": 180, "TRT": 180, "SAST": 120, "WAT": 60, "CAT": 120, "EAT": 180,
	"JST": 540, "KST": 540, "HKT": 480, "SGT": 480, "WIB": 420, "WITA": 480, "WIT": 540,
	"AWST": 480, "ACST": 570, "ACDT": 630, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780,
	"BRT": -180, "NST": -210, "NDT": -150, "AKST": -540, "AKDT": -480, "HST": -600,
	"HNE": -300, "HAE": -240, "HNC": -360, "HAC": -300, "HNR": -420, "HAR": -360, "HNP": -480, "HAP": -420, // French of Canada
}

// zoneMeaning is what an abbreviation can mean.
type zoneMeaning struct {
	zone    string // a place in which it is used, as IANA calls it
	minutes int    // east of UTC
}

// unclearZones are the abbreviations of zones that need the user's word: those that several countries use, and
// those that no standard lists. Their meanings are what is offered.
var unclearZones = map[string][]zoneMeaning{
	"IST":  {{"Asia/Kolkata", 330}, {"Europe/Dublin", 60}, {"Asia/Jerusalem", 120}},
	"CST":  {{"America/Chicago", -360}, {"America/Mexico_City", -360}, {"Asia/Shanghai", 480}, {"America/Havana", -300}},
	"AST":  {{"America/Halifax", -240}, {"America/Puerto_Rico", -240}, {"Asia/Riyadh", 180}},
	"ADT":  {{"America/Halifax", -180}},
	"GST":  {{"Asia/Dubai", 240}, {"Atlantic/South_Georgia", -120}},
	"AMT":  {{"America/Manaus", -240}, {"Asia/Yerevan", 240}},
	"BDT":  {{"Asia/Dhaka", 360}, {"Asia/Brunei", 480}},
	"PHT":  {{"Asia/Manila", 480}},
	"PHST": {{"Asia/Manila", 480}},
	"ICT":  {{"Asia/Bangkok", 420}, {"Asia/Ho_Chi_Minh", 420}},
	"MYT":  {{"Asia/Kuala_Lumpur", 480}},
	"PKT":  {{"Asia/Karachi", 300}},
	"COT":  {{"America/Bogota", -300}},
	"PET":  {{"America/Lima", -300}},
	"VET":  {{"America/Caracas", -240}},
	"CLT":  {{"America/Santiago", -240}},
	"CLST": {{"America/Santiago", -180}},
	"ART":  {{"America/Argentina/Buenos_Aires", -180}},
	"SEČ":  {{"Europe/Prague", 60}, {"Europe/Bratislava", 60}},
	"SELČ": {{"Europe/Prague", 120}, {"Europe/Bratislava", 120}},
}

var zoneOffset = regexp.MustCompile(`^(?i:GMT|UTC)? ?([+-])(\d{1,2})[:.]?(\d{2})?$`)

// parseOffset reads a zone that needs no other knowledge: a name of RFC 5322, or an offset. Any other is an
// error, never UTC.
func parseOffset(s string) (*time.Location, error) {
	s = strings.Trim(s, "()[] ")
	if hours, ok := zoneNames[strings.ToUpper(s)]; ok {
		return time.FixedZone(s, hours*3600), nil
	}
	m := zoneOffset.FindStringSubmatch(plainOffset(s))
	if m == nil {
		return nil, fmt.Errorf("has a time zone that is not known: %s", quote(s))
	}
	hours, minutes := atoi(m[2]), atoi(m[3])
	if hours > 14 || minutes > 59 {
		return nil, errNoSuchDate
	}
	seconds := hours*3600 + minutes*60
	if m[1] == "-" {
		seconds = -seconds
	}
	return time.FixedZone(s, seconds), nil
}

// plainOffset returns an offset without the word for Greenwich in any language, which stands before or after it.
func plainOffset(s string) string {
	s = strings.ToLower(s)
	for _, word := range dateWords().greenwich {
		if rest, found := strings.CutPrefix(s, word); found {
			return cmp.Or(strings.TrimSpace(strings.Trim(rest, "[]")), "+0")
		}
		if rest, found := strings.CutSuffix(s, word); found {
			return strings.TrimSpace(rest)
		}
	}
	return s
}

// isZone reports whether what stands behind a clock can be a zone: an offset, or an abbreviation.
func isZone(s string) bool {
	if _, err := parseOffset(s); err == nil {
		return true
	}
	return len([]rune(s)) <= 6 && len(s) > 1 && !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsUpper(r) })
}

// clearZone returns the zone of a date, nil if the date alone does not settle it.
func (s *spelling) clearZone() *time.Location {
	name := strings.ToUpper(s.zoneName)
	if name == "CST" {
		first, _ := utf8.DecodeRuneInString(s.day)
		switch {
		case strings.Contains(s.day, "年"):
			return time.FixedZone(name, 8*3600)
		case !unicode.IsLetter(first): // only Americans begin with the month
			return nil
		}
	}
	if minutes, known := localZones[name]; known {
		return time.FixedZone(name, minutes*60)
	}
	if zone, err := parseOffset(s.zoneName); err == nil {
		return zone
	}
	return nil
}

// ParseZone reads a time zone as a user names it: by a name of IANA such as Asia/Kolkata, or by an offset such as
// +05:30.
func ParseZone(s string) (*time.Location, error) {
	if zone, err := parseOffset(s); err == nil {
		return zone, nil
	}
	zone, err := time.LoadLocation(s)
	if err != nil || s == "" || s == "Local" {
		return nil, fmt.Errorf("%s is not a time zone; name one such as Asia/Kolkata, or an offset such as +05:30", quote(s))
	}
	return zone, nil
}

// meant returns what an abbreviation means in a zone: its own offset, the same in any season. at is a time at
// which the abbreviation may have been in force, which decides if nothing else does.
func meant(name string, zone *time.Location, at time.Time) (*time.Location, error) {
	offsets := offsetsIn(zone)
	if name == "" || offsets[0].name == zone.String() { // an offset, in the user's own words
		return zone, nil
	}
	for _, o := range offsets {
		if strings.EqualFold(o.name, name) {
			return time.FixedZone(name, o.seconds), nil
		}
	}
	meanings, listed := unclearZones[strings.ToUpper(name)]
	for _, m := range meanings {
		if slices.ContainsFunc(offsets, func(o zoneAbbreviation) bool { return o.seconds == m.minutes*60 }) {
			return time.FixedZone(name, m.minutes*60), nil
		}
	}
	if listed {
		return nil, fmt.Errorf("is not a time of %s", zone)
	}
	_, seconds := at.In(zone).Zone()
	return time.FixedZone(name, seconds), nil
}

// zoneAbbreviation is an offset of a zone and how it is abbreviated.
type zoneAbbreviation struct {
	name    string
	seconds int
}

// firstActivity is before the oldest dates of My Activity.
const firstActivity = 2005

// offsetsIn returns the offsets that a zone has had since [firstActivity], the newest first.
func offsetsIn(zone *time.Location) []zoneAbbreviation {
	var all []zoneAbbreviation
	for t := time.Date(2038, 1, 1, 0, 0, 0, 0, time.UTC); t.Year() >= firstActivity; t = t.AddDate(0, -1, 0) {
		name, seconds := t.In(zone).Zone()
		if o := (zoneAbbreviation{name, seconds}); !slices.Contains(all, o) {
			all = append(all, o)
		}
	}
	return all
}
