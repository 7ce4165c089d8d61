package deletion

import (
	"bytes"
	"embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"text/template"
	"time"
)

// Language is the language of a request's guide and letters. Content for programs is the same in all
// languages.
type Language string

// The languages with templates.
const (
	English Language = "en"
	German  Language = "de"
)

// Languages returns all languages.
func Languages() []Language {
	return []Language{English, German}
}

// ParseLanguage returns the language with that name; see [Languages].
func ParseLanguage(name string) (Language, error) {
	if l := Language(name); slices.Contains(Languages(), l) {
		return l, nil
	}
	return "", fmt.Errorf("unknown language %q: it is one of %s", name, joined(Languages(), ", "))
}

// joined joins names.
func joined[T ~string](names []T, by string) string {
	list := make([]string, len(names))
	for i, name := range names {
		list[i] = string(name)
	}
	return strings.Join(list, by)
}

// templates has the texts of all files, in a folder for each language.
//
//go:embed templates
var templates embed.FS

// fill executes the first of some templates with data and returns the text. The subject consists of
// the named templates in it, joined by a colon.
func (l Language) fill(data any, subject []string, files ...string) (string, []byte, error) {
	t, err := l.parse(files...)
	if err != nil {
		return "", nil, err
	}
	var b bytes.Buffer
	parts := make([]string, len(subject))
	for i, name := range subject {
		b.Reset()
		if err := t.ExecuteTemplate(&b, name, data); err != nil {
			return "", nil, err
		}
		parts[i] = b.String()
	}
	b.Reset()
	if err := t.Execute(&b, data); err != nil {
		return "", nil, err
	}
	return strings.Join(parts, ": "), b.Bytes(), nil
}

// parse reads templates of the language. Files are relative to its folder; the first one is the one to
// execute.
func (l Language) parse(files ...string) (*template.Template, error) {
	w := l.wording()
	vocabulary := template.FuncMap{"count": w.count, "list": w.list, "blank": blank}
	paths := make([]string, len(files))
	for i, file := range files {
		paths[i] = "templates/" + string(l) + "/" + file
	}
	return template.New(files[0]).Funcs(vocabulary).ParseFS(templates, paths...)
}

// wording is how a language writes numbers, lists and times.
type wording struct {
	thousands string            // between groups of three digits
	and       string            // before the last item of a list
	names     *strings.Replacer // translates months and days of the week; nil for English
	localTime string            // format of a zone without a name, with its offset and the day of that offset

	// Layouts of times. Those in letters can be compared with a list; those in guides are easy to read.
	dateline  string // the date of a letter
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

// format formats a time.
func (w wording) format(t interface{ Format(layout string) string }, layout string) string {
	if w.names == nil {
		return t.Format(layout)
	}
	return w.names.Replace(t.Format(layout))
}

// stamp formats a local time with its offset, which makes it unambiguous.
func (w wording) stamp(t time.Time) string {
	return t.Format(w.day + " " + w.clock + " -07:00")
}

// utc formats a time in UTC, without the name of the zone.
func (w wording) utc(t time.Time) string {
	return t.UTC().Format(w.day + " " + w.clock)
}

// count formats a number with its noun: 1 recording, 1,204 recordings.
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

// list formats a list: a, b and c.
func (w wording) list(items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	last := len(items) - 1
	return strings.Join(items[:last], ", ") + w.and + items[last]
}

// blank returns s or, if it is empty, a blank that says what belongs there.
func blank(s, what string) string {
	if s == "" {
		return "[" + what + "]"
	}
	return s
}
