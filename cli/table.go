package cli

import (
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/clipperhouse/displaywidth"

	"unsaid/app"
	"unsaid/phrase"
	"unsaid/ui/text"
)

// What is shown for an unknown value, and how times are shown to people.
const (
	notKnown     = "-"
	momentLayout = "2006-01-02 15:04:05"
)

// maxColumn is the largest width of a column other than the last.
const maxColumn = 32

// table prints lines of aligned cells. All cells are sanitised.
type table struct {
	out    io.Writer
	width  int    // of a line, what is longer is cut; 0 for no end
	cut    string // marks where a text was cut
	widths []int
	rows   [][]string
}

// newTable makes a table with its column's names.
func (a *application) newTable(names ...string) *table {
	t := &table{out: a.out, width: terminalWidth(a.Stdout), cut: a.own("…")}
	t.add(names...)
	return t
}

// add adds a line.
func (t *table) add(cells ...string) {
	for i, cell := range cells {
		cells[i] = text.Line(cell)
		if i == len(t.widths) {
			t.widths = append(t.widths, 0)
		}
		if i < len(cells)-1 {
			cells[i] = displaywidth.TruncateString(cells[i], maxColumn, t.cut)
			t.widths[i] = max(t.widths[i], displaywidth.String(cells[i]))
		}
	}
	t.rows = append(t.rows, cells)
}

// print prints the lines since it was called last.
func (t *table) print() error {
	for _, cells := range t.rows {
		var line strings.Builder
		for i, cell := range cells {
			line.WriteString(cell)
			if i < len(cells)-1 {
				line.WriteString(strings.Repeat(" ", t.widths[i]-displaywidth.String(cell)+2))
			}
		}
		text := strings.TrimRight(line.String(), " ")
		if t.width > 0 {
			text = displaywidth.TruncateString(text, t.width, t.cut)
		}
		if _, err := io.WriteString(t.out, text+"\n"); err != nil {
			return err
		}
	}
	t.rows = t.rows[:0]
	return nil
}

// listing says how a list is printed.
type listing[T any] struct {
	object  func(*T) any // an item as scripts see it
	empty   string       // what to say instead of a table without lines; "" prints the table
	columns []string
	cells   func(*T) []string
	uncut   bool // whether lines may be longer than the terminal is wide
}

// printList prints a list as a JSON array or as a table.
func printList[T any](a *application, items []T, l listing[T]) error {
	if a.json {
		return a.printJSON(app.Mapped(items, l.object))
	}
	if len(items) == 0 && l.empty != "" {
		a.say("%s", l.empty)
		return nil
	}
	t := a.newTable(l.columns...)
	if l.uncut {
		t.width = 0
	}
	for i := range items {
		t.add(l.cells(&items[i])...)
	}
	return t.print()
}

// printLines prints lines of text to standard output, sanitised but for the spaces they begin with.
func (a *application) printLines(lines ...string) error {
	for _, line := range lines {
		words := strings.TrimLeft(line, " ")
		indent := strings.Repeat(" ", len(line)-len(words))
		if _, err := a.out.WriteString(indent + text.Line(words) + "\n"); err != nil {
			return err
		}
	}
	return nil
}

// dates writes days and times as they are typed.
func (a *application) dates() phrase.Dates { return phrase.ISO(a.zone) }

// moment is a time as people of the zone in use read it.
func (a *application) moment(t time.Time) string {
	if t.IsZero() {
		return notKnown
	}
	return t.In(a.zone).Format(momentLayout)
}

// length is how long something sounds.
func length(d time.Duration) string {
	switch {
	case d <= 0:
		return notKnown
	case d < time.Minute:
		return strconv.FormatFloat(d.Seconds(), 'f', 1, 64) + "s"
	}
	return d.Round(time.Second).String()
}

func idText(id int64) string { return strconv.FormatInt(id, 10) }
