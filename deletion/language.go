package deletion

import (
	"embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"text/template"
	"time"
)

// Language is the language that the guide and the letters of a request are written in. What is in
// them for programs to read is the same in all.
type Language string

// The languages that there are templates for.
const (
	English Language = "en"
	German  Language = "de"
)

// Languages returns all languages that letters are written in.
func Languages() []Language {
	return []Language{English, German}
}

// ParseLanguage returns the language of that name, as [Languages] lists them.
func ParseLanguage(name string) (Language, error) {
	if l := Language(name); slices.Contains(Languages(), l) {
		return l, nil
	}
	return "", fmt.Errorf("unknown language %q: it is one of %s", name, joined(Languages(), ", "))
}

// joined returns names as one text.
func joined[T ~string](names []T, by string) string {
	list := make([]string, len(names))
	for i, name := range names {
		list[i] = string(name)
	}
	return strings.Join(list, by)
}

// templates has the words of all files, a folder per language.
//
//go:embed templates
var templates embed.FS

// parse reads templates of the language; files are named below its folder. The first is the one
// that is executed.
func (l Language) parse(files ...string) (*template.Template, error) {
	w := l.wording()
	vocabulary := template.FuncMap{"count": w.count, "list": w.list, "blank": blank}
	paths := make([]string, len(files))
	for i, file := range files {
		paths[i] = "templates/" + string(l) + "/" + file
	}
	return template.New(files[0]).Funcs(vocabulary).ParseFS(templates, paths...)
}

// wording is how a language writes what no template can: numbers, lists and times.
type wording struct {
	thousands string            // between groups of three digits
	and       string            // before the last of a list
	names     *strings.Replacer // of months and days of the week; nil for English ones
	localTime string            // format for a zone without a name: its offset, and the day of that

	// Layouts of times. Letters quote days and times so that they can be compared with a list;
	// guides, so that they can be read.
	dateline  string // the day of a letter
	day       string // in letters
	clock     string // in letters, the time of day after a day
	guideDay  string
	guideTime string
}

func (l Language) wording() wording {
	if l == German {
		return wording{
			thousands: ".", and: " und ", localTime: "Ortszeit, %s am %s",
			names: strings.NewReplacer(
				"Mon", "Mo", "Tue", "Di", "Wed", "Mi", "Thu", "Do", "Fri", "Fr", "Sat", "Sa", "Sun", "So",
				"January", "Januar", "February", "Februar", "March", "März", "May", "Mai", "June", "Juni",
				"July", "Juli", "October", "Oktober", "December", "Dezember",
			),
			dateline: "2. January 2006", day: "02.01.2006", clock: "15:04:05",
			guideDay: "Mon 2. January 2006", guideTime: "Mon 2. January 2006 15:04:05 -07:00",
		}
	}
	return wording{
		thousands: ",", and: " and ", localTime: "local time, %s on %s",
		dateline: "2 January 2006", day: time.DateOnly, clock: time.TimeOnly,
		guideDay: "Mon 2 Jan 2006", guideTime: "Mon 2 Jan 2006 15:04:05 -07:00",
	}
}

// format writes a time by a layout.
func (w wording) format(t interface{ Format(layout string) string }, layout string) string {
	if w.names == nil {
		return t.Format(layout)
	}
	return w.names.Replace(t.Format(layout))
}

// stamp writes a local time with the offset that makes it unambiguous.
func (w wording) stamp(t time.Time) string {
	return t.Format(w.day + " " + w.clock + " -07:00")
}

// utc writes a time of UTC, without saying that it is one.
func (w wording) utc(t time.Time) string {
	return t.UTC().Format(w.day + " " + w.clock)
}

// count writes n of a thing: 1 recording, 1,204 recordings.
func (w wording) count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	digits := strconv.Itoa(n)
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + w.thousands + digits[at:]
	}
	return digits + " " + many
}

// list writes one thing after the other: a, b and c.
func (w wording) list(items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	last := len(items) - 1
	return strings.Join(items[:last], ", ") + w.and + items[last]
}

// blank returns s, or if it is empty a blank that says what belongs there.
func blank(s, what string) string {
	if s == "" {
		return "[" + what + "]"
	}
	return s
}
