package ui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"unsaid/store"
)

// table is a list of few things with a cursor, of which all are at hand.
type table struct{ cursor int }

// move does what a movement key asks for among n rows and reports whether it was one.
func (t *table) move(what action, n, page int) bool {
	switch what {
	case moveDown:
		t.cursor++
	case moveUp:
		t.cursor--
	case halfDown, pageDown:
		t.cursor += page
	case halfUp, pageUp:
		t.cursor -= page
	case toTop:
		t.cursor = 0
	case toBottom:
		t.cursor = n - 1
	default:
		return false
	}
	t.keep(n)
	return true
}

// keep keeps the cursor within n rows.
func (t *table) keep(n int) { t.cursor = max(0, min(t.cursor, n-1)) }

// stay keeps the cursor on what it is on when the things listed change, and reports whether that
// is among them still.
func stay[T any](t *table, before, after []T, id func(T) int64) bool {
	at := -1
	if t.cursor < len(before) {
		at = slices.IndexFunc(after, func(thing T) bool { return id(thing) == id(before[t.cursor]) })
	}
	if at >= 0 {
		t.cursor = at
	}
	t.keep(len(after))
	return at >= 0
}

// seen returns which of n rows are seen in height: those around the cursor.
func (t *table) seen(n, height int) (from, to int) {
	from = max(0, min(t.cursor-height/2, n-height))
	return from, min(n, from+height)
}

// row draws a row of a table, the one with the cursor marked.
func (a *App) row(text string, selected bool, w int) string {
	if selected {
		return a.styles.accent.Render("▌") + onRow(&a.styles, true, fit(" "+text, w-1))
	}
	return "  " + fit(text, w-2)
}

// devices is the screen with a row for each device.
type devices struct {
	all []store.DeviceSummary
	table
}

func (d *devices) set(all []store.DeviceSummary) {
	stay(&d.table, d.all, all, func(device store.DeviceSummary) int64 { return device.ID })
	d.all = all
}

// nameWidth is how wide a column of device names has to be, at most limit.
func (d *devices) nameWidth(limit int) int {
	width := 8
	for _, device := range d.all {
		width = max(width, ansi.StringWidth(brief(device.Name)))
	}
	return min(width, limit)
}

func (d *devices) do(a *App, what action) tea.Cmd {
	if d.move(what, len(d.all), a.layout.h/2) || len(d.all) == 0 {
		return nil
	}
	device := d.all[d.cursor]
	switch what {
	case details:
		return a.library.searchFor(a, deviceTerm(device.Name))
	case deleteChosen:
		ctx, db := a.ctx, a.o.DB
		return func() tea.Msg {
			ids, err := db.IDs(ctx, store.Query{Device: device.ID})
			return chosenMsg{"all of " + device.Name, ids, err}
		}
	}
	return nil
}

// deviceTerm is the term of a query that finds a device by its name.
func deviceTerm(name string) string {
	if strings.ContainsFunc(name, func(r rune) bool { return r == ' ' || r == '"' }) {
		return `device:"` + strings.ReplaceAll(name, `"`, "") + `"`
	}
	return "device:" + name
}

func (d *devices) title(a *App) string {
	return " " + a.styles.quiet.Render(fmt.Sprintf("%s in your library. %s shows what one recorded, %s deletes all of it.",
		countOf(len(d.all), "device"), a.keys.keyOf(details), a.keys.keyOf(deleteChosen)))
}

func (d *devices) view(a *App) []string {
	st, w := &a.styles, a.layout.w
	if len(d.all) == 0 {
		return a.nothing("No devices yet: " + a.keys.keyOf(openImport) + " imports an export.")
	}
	name, wide := max(16, d.nameWidth(28)), w >= 100
	columns := func(name_, n, length, unintended, maker, dates, serial string) string {
		text := fit(name_, name) + fitRight(n, 11) + fitRight(length, 9) + fitRight(unintended, 12) + "   "
		if wide {
			return text + fit(dates, 26) + fit(maker, 24) + st.quiet.Render(serial)
		}
		return text + maker
	}
	lines := []string{"  " + st.quiet.Render(fit(columns("device", "recordings", "length", "unintended", "at the maker", "from – to", "serial"), w-2))}
	from, to := d.seen(len(d.all), a.layout.h-5-3)
	for i := from; i < to; i++ {
		device := d.all[i]
		share := "–"
		if device.Recordings > 0 {
			share = fmt.Sprintf("%d %%", (100*device.Unintended+device.Recordings/2)/device.Recordings)
		}
		lines = append(lines, a.row(columns(brief(device.Name), fmt.Sprint(device.Recordings), span(device.Duration),
			share, makerStatus(device.Status), days(device.First, device.Last, a.o.Zone), brief(device.Serial)), i == d.cursor, w))
	}
	device := d.all[d.cursor]
	if !wide {
		lines = append(lines, "", " "+st.quiet.Render(days(device.First, device.Last, a.o.Zone)+" · "+size(device.Bytes)+" of sound · "+
			strings.TrimSpace(brief(device.Type+" "+device.Serial))))
	}
	return lines
}

// makerStatus says in a few words where a device's recordings stand with the maker.
func makerStatus(status map[store.RequestStatus]int) string {
	var parts []string
	for _, s := range []store.RequestStatus{store.StillThere, store.CannotTell, store.Sent, store.Draft, store.Gone} {
		if n := status[s]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, standing(s)))
		}
	}
	if parts == nil {
		return standing(store.NotAsked)
	}
	return strings.Join(parts, ", ")
}

// nothing fills a screen that has nothing to show.
func (a *App) nothing(text string) []string {
	return []string{"", "  " + a.styles.quiet.Render(text)}
}
