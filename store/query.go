package store

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Query chooses recordings. It is what [ParseQuery] makes of the words that people type; the
// zero Query chooses all that are live.
//
//	play jazz          both words, the last one as far as it is typed
//	"good night"       words in this order
//	-alarm             not this word; - goes before any term
//	device:kitchen     the device's name holds this; person: likewise
//	device:=kitchen    the device's name is this; person: likewise
//	in:"plan a trip"   the title of the conversation holds this
//	account:anna       the name of the account whose history it is holds this
//	kind:general       the maker's own word for it, as a whole
//	said:"stop it"     these words and nothing else
//	on:2024-05-03      a local day, month or year, as [DaysNamed] reads them; during: means the same
//	after:2024-01      from the first day of that on
//	before:yesterday   up to the day before its first day
//	hour:22-5          local hours, both included
//	weekday:sat-sun    local weekdays, both included
//	longer:10s         more than that of sound
//	is:unintended      also typed, requested, still-there, marked
//	has:audio          also transcript, reply, device, person, kind; no: is the reverse
//	source:google      the maker: amazon, google, chatgpt, ovos, home-assistant, files
//	import:3           came with this import, the first that had it
//	kind:general       the maker's word for the kind of recording; has:kind and no:kind, too
//
// Several terms hold together; several of device:, in:, account:, person:, kind:, source: or import: mean any of them.
type Query struct {
	State    State          // Live if ""
	Deletion int64          // if not 0: only what this deletion put in the trash
	Device   int64          // if not 0: only what this device recorded
	Marked   map[int64]bool // what is:marked means; nil where nothing can be marked
	Sort     Sorting

	terms []term
	zone  *time.Location
}

// Sorting is the order in which recordings are found.
type Sorting int

// The orders: by time, or by the length of the sound, and then by time.
const (
	Newest Sorting = iota
	Oldest
	Longest
)

// term is one condition.
type term struct {
	not    bool
	field  string // "" for words
	value  string
	prefix bool // words only: the last token may be unfinished

	days     Days   // dates
	from, to int64  // dates: the first id, and the first that is too late
	mixed    bool   // dates: between the two are ids of other days, see [Days.Bounds]
	span     [2]int // hours or weekdays, Monday being 0: the first and the last one
	longer   time.Duration
}

// QueryError says which term of a query is wrong, and where it stands.
type QueryError struct {
	Term string
	At   int    // offset in the query, in bytes
	Hint string // what would be right
}

func (e *QueryError) Error() string {
	return fmt.Sprintf("search term %q: %s", e.Term, e.Hint)
}

// QueryFields lists what may stand before a colon in a query.
func QueryFields() []string {
	return []string{"device", "in", "account", "on", "after", "before", "during", "is", "has", "no", "person", "kind", "source", "import", "said", "longer", "hour", "weekday"}
}

// anyOfFields are those of which several terms mean any of them.
var anyOfFields = []string{"device", "in", "account", "source", "person", "kind", "import"}

// The words that is:, has: and source: know.
var (
	isValues     = []string{"unintended", "typed", "requested", "still-there", "marked"}
	hasValues    = []string{"audio", "transcript", "reply", "device", "person", "kind"}
	sourceValues = []string{Amazon, Google, ChatGPT, OVOS, HomeAssistant, Files}
)

// QueryValues lists what may stand behind field and a colon, nil if that is not from a list.
func QueryValues(field string) []string {
	return map[string][]string{"is": isValues, "has": hasValues, "no": hasValues, "source": sourceValues}[field]
}

// AsksMarked reports whether a term is about what is marked.
func (q Query) AsksMarked() bool { return q.asks("is", "marked") }

func (q Query) asks(field, value string) bool {
	return slices.ContainsFunc(q.terms, func(t term) bool { return t.field == field && t.value == value })
}

// ParseQuery reads a query that is asked at the time of now. Days in it are days of now's time
// zone. The error is a [*QueryError].
func ParseQuery(text string, now time.Time) (Query, error) {
	q := Query{zone: now.Location()}
	for rest := text; ; {
		rest = strings.TrimLeftFunc(rest, unicode.IsSpace)
		if rest == "" {
			return q, nil
		}
		at := len(text) - len(rest)
		raw, t, err := nextTerm(rest)
		if err == "" {
			err = t.check(now)
		}
		if err != "" {
			return Query{}, &QueryError{Term: raw, At: at, Hint: err}
		}
		rest = rest[len(raw):]
		t.prefix = t.field == "" && rest == "" && !strings.HasSuffix(raw, `"`)
		if t.field != "" || hasLetters(t.value) {
			q.terms = append(q.terms, t)
		}
	}
}

// Narrow returns the query that finds what a query finds and further terms hold for. Where one of
// them is of a field of which several terms mean any of them, those of the query give way to it.
// The terms go to the front, since the query's last word may be unfinished.
func Narrow(query, terms string) string {
	further := Terms(terms)
	kept := []string{terms}
	for rest := query; ; {
		rest = strings.TrimLeftFunc(rest, unicode.IsSpace)
		if rest == "" {
			return strings.Join(kept, " ")
		}
		raw, t, _ := nextTerm(rest)
		rest = rest[len(raw):]
		gives := slices.ContainsFunc(further, func(with TermText) bool { return !with.Not && with.Field == t.field })
		if t.not || !gives || !slices.Contains(anyOfFields, t.field) {
			kept = append(kept, raw)
		}
	}
}

// nextTerm splits the first term off text, which does not begin with a space. raw is what it was
// made of; problem is not "" if it is malformed.
func nextTerm(text string) (raw string, t term, problem string) {
	rest := text
	if len(rest) > 1 && rest[0] == '-' && !unicode.IsSpace(rune(rest[1])) {
		t.not, rest = true, rest[1:]
	}
	if name, after, found := strings.Cut(rest, ":"); found && isFieldName(name) {
		t.field, rest = strings.ToLower(name), after
	}
	if quoted, found := strings.CutPrefix(rest, `"`); found {
		value, after, closed := strings.Cut(quoted, `"`)
		t.value = value
		if !closed {
			return text, t, "" // still being typed
		}
		return text[:len(text)-len(after)], t, ""
	}
	end := strings.IndexFunc(rest, unicode.IsSpace)
	if end < 0 {
		end = len(rest)
	}
	t.value = rest[:end]
	raw = text[:len(text)-len(rest)+end]
	if t.field != "" && !slices.Contains(QueryFields(), t.field) {
		return raw, t, fmt.Sprintf("there is no %s: (there are %s:); in quotes it is searched as words",
			t.field, strings.Join(QueryFields(), ":, "))
	}
	return raw, t, ""
}

// isFieldName tells device: from the 18:30 of somebody's alarm.
func isFieldName(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return r > unicode.MaxASCII || !unicode.IsLetter(r) }) < 0
}

func hasLetters(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) >= 0
}

// check reads the value of a field and returns what is wrong with it, "" if nothing is.
func (t *term) check(now time.Time) string {
	switch t.field {
	case "":
		return ""
	case "is", "has", "no", "source":
		return oneOf(t, QueryValues(t.field))
	case "device", "in", "account", "person":
		if strings.TrimPrefix(t.value, "=") == "" {
			return "a name is missing behind the colon"
		}
	case "kind":
		if t.value == "" {
			return "a word of the maker is missing behind the colon, such as general"
		}
	case "import":
		n, err := strconv.ParseInt(t.value, 10, 64)
		if err != nil || n < 1 {
			return "an import is named by its number, which the list of imports tells"
		}
		t.value = strconv.FormatInt(n, 10)
	case "said":
		if !hasLetters(t.value) {
			return "the words are missing behind the colon"
		}
	case "longer":
		return t.checkLonger()
	case "hour":
		return t.checkSpan(hourNamed, "hours are written as 7 or 22-5, from 0 to 23")
	case "weekday":
		return t.checkSpan(weekdayNamed, "weekdays are written as mon or sat-sun")
	default:
		return t.checkDate(now)
	}
	return ""
}

func oneOf(t *term, values []string) string {
	t.value = strings.ToLower(t.value)
	if !slices.Contains(values, t.value) {
		return t.field + ": knows " + strings.Join(values, ", ")
	}
	return ""
}

func (t *term) checkLonger() string {
	text := t.value
	if _, err := strconv.ParseFloat(text, 64); err == nil {
		text += "s"
	}
	d, err := time.ParseDuration(text)
	if err != nil || d < 0 {
		return "a length is written as 10s, 1.5s or 2m"
	}
	t.longer = d
	return ""
}

// checkSpan reads one value or a first and a last one. What the last one names may come before
// the first: then it goes over midnight, or over Sunday.
func (t *term) checkSpan(read func(text string) (int, bool), hint string) string {
	first, last, isRange := strings.Cut(t.value, "-")
	if !isRange {
		last = first
	}
	for i, text := range []string{first, last} {
		value, ok := read(text)
		if !ok {
			return hint
		}
		t.span[i] = value
	}
	return ""
}

func hourNamed(text string) (int, bool) {
	h, err := strconv.Atoi(text)
	return h, err == nil && h >= 0 && h <= 23
}

// weekdayNamed reads the name of a weekday, or three letters of it or more.
func weekdayNamed(text string) (int, bool) {
	for day := time.Sunday; day <= time.Saturday; day++ {
		if len(text) >= 3 && strings.HasPrefix(strings.ToLower(day.String()), strings.ToLower(text)) {
			return fromMonday(day), true
		}
	}
	return 0, false
}

// fromMonday numbers the weekdays from Monday, which is 0.
func fromMonday(day time.Weekday) int { return (int(day) + 6) % 7 }

func (t *term) checkDate(now time.Time) string {
	zone := now.Location()
	today := DayOf(now, zone)
	days, err := DaysNamed(t.value, today, today)
	if err != nil {
		return err.Error() + "; in quotes if it has spaces"
	}
	switch t.field {
	case "after":
		days.Last = knownDays.Last
	case "before":
		days = Days{knownDays.First, days.First - 1}
	}
	from, to, mixed := days.Bounds(zone)
	t.days, t.mixed = days, mixed
	t.from, t.to = max(MakeID(from, 0), firstKnown), MakeID(to, 0)
	return ""
}
