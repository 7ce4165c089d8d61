package ui

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"unsaid/store"
)

// View draws the screen from what is already known; it reads nothing.
func (a *App) View() tea.View {
	view := tea.NewView("")
	view.AltScreen = true
	view.MouseMode = tea.MouseModeCellMotion
	view.WindowTitle = a.windowTitle()
	l := a.layout
	if l.tooSmall() {
		view.SetContent(fmt.Sprintf("unsaid needs %d×%d cells,\nthis terminal has %d×%d.\nMake it larger, or %s quits.", minWidth, minHeight, l.w, l.h, a.keys.keyOf(quit)))
		return view
	}
	lines := make([]string, 0, l.h)
	lines = append(lines, a.header(), fit(a.second(), l.w))
	lines = append(lines, pad(a.body(), l.w, l.h-4)...)
	lines = append(lines, a.statusRow(), a.hints())
	content := strings.Join(lines, "\n")
	if a.dialog != nil {
		content = a.overlay(a.dimmed(lines), a.dialog.view(a))
	} else if a.screen == libraryScreen && a.library.searching() {
		input, _ := a.library.field(a)
		cursor := input.Cursor()
		cursor.X, cursor.Y = cursor.X+2+ansi.StringWidth(a.keys.keyOf(search)), 1
		view.Cursor = cursor
	}
	if a.imports.running() && !a.imports.opening() {
		view.ProgressBar = tea.NewProgressBar(tea.ProgressBarDefault, int(100*a.imports.share()))
	}
	if a.o.Look.ASCII || a.o.Look.ASCIIText {
		content = plain(content, a.o.Look.ASCIIText)
	}
	view.SetContent(content)
	return view
}

// windowTitle says what is open, for where windows are listed.
func (a *App) windowTitle() string {
	title := a.screen.name()
	switch {
	case a.imports.running() && a.imports.opening():
		title = "importing"
	case a.imports.running():
		title = fmt.Sprintf("importing %.0f %%", 100*a.imports.share())
	case a.purging.running():
		title = a.purging.short()
	case a.screen == libraryScreen && !a.library.busy && a.library.wrong == nil:
		title = comma(len(a.library.list.ids)) + " found"
	}
	title = "unsaid – " + title
	if a.o.Look.ASCIIText {
		title = plain(title, true)
	}
	return title
}

// dimmed is a screen under a dialog: without colours of its own, but for the row that tells what happens.
func (a *App) dimmed(lines []string) string {
	for i := range lines {
		if i != len(lines)-2 {
			lines[i] = a.styles.quiet.Render(ansi.Strip(lines[i]))
		}
	}
	return strings.Join(lines, "\n")
}

// overlay lays a box over the middle of the screen.
func (a *App) overlay(below, content string) string {
	box := a.styles.box.Render(content)
	w, h := lipgloss.Size(box)
	x, y := max(0, (a.layout.w-w)/2), max(0, (a.layout.h-h)/2)
	return lipgloss.NewCompositor(lipgloss.NewLayer(below), lipgloss.NewLayer(box).X(x).Y(y).Z(1)).Render()
}

// pad makes lines exactly h lines of exactly w cells.
func pad(lines []string, w, h int) []string {
	out := make([]string, h)
	for i := range out {
		line := ""
		if i < len(lines) {
			line = lines[i]
		}
		out[i] = fit(line, w)
	}
	return out
}

// sides puts one text at the left and one at the right of a row; the right one gives way.
func sides(left, right string, w int) string {
	room := w - ansi.StringWidth(left) - 2
	if room < ansi.StringWidth(right) {
		if room < 8 {
			return fit(left, w)
		}
		right = ansi.Truncate(right, room, "…")
	}
	return fit(left+strings.Repeat(" ", max(1, w-ansi.StringWidth(left)-ansi.StringWidth(right)-1))+right, w)
}

// header is the first row: the screens, and what the library holds.
func (a *App) header() string {
	st := &a.styles
	left := " "
	if a.layout.w >= 70 {
		left += st.strong.Render("unsaid") + "  "
	}
	for s := range screens {
		name := s.name()
		if s == a.screen {
			name = st.tab.Render(name)
		} else {
			name = st.quiet.Render(name)
		}
		left += st.key.Render(a.keys.keyOf(goLibrary+action(s))) + " " + name + "  "
	}
	right := ""
	if a.loaded {
		right = comma(a.totals.Recordings)
		if a.layout.w >= 110 {
			right = countOf(a.totals.Recordings, "recording") + " · " + span(a.totals.Duration) + " · " + countOf(a.totals.Devices, "device")
		}
	}
	if a.o.Sample && a.layout.w >= 70 {
		right = st.warn.Render("sample") + " " + right
	}
	return sides(left, st.quiet.Render(right), a.layout.w)
}

// second is the second row: the search on the library's screen, elsewhere what the screen is about.
func (a *App) second() string {
	switch a.screen {
	case devicesScreen:
		return a.devices.title(a)
	case calendarScreen:
		return a.calendar.title(a)
	case trashScreen:
		return a.trash.title(a)
	case requestsScreen:
		return a.requests.title(a)
	}
	return a.library.title(a)
}

func (a *App) body() []string {
	switch a.screen {
	case devicesScreen:
		return a.devices.view(a)
	case calendarScreen:
		return a.calendar.view(a)
	case trashScreen:
		return a.trash.view(a)
	case requestsScreen:
		return a.requests.view(a)
	}
	return a.library.view(a)
}

// statusRow is the last row but one: what happened, what is heard, what is marked.
func (a *App) statusRow() string {
	st := &a.styles
	left := a.nowPlaying()
	if a.status.text != "" {
		text := st.accent.Render(a.status.text)
		if a.status.bad {
			text = st.bad.Render(a.status.text)
		}
		left = strings.TrimPrefix(left+"  "+text, "  ")
	}
	var right []string
	if a.o.Sample && a.layout.w < 70 {
		right = append(right, st.warn.Render("sample"))
	}
	if a.imports.running() {
		right = append(right, a.imports.short(a))
	}
	if a.purging.running() {
		right = append(right, a.purging.short())
	}
	if n := len(a.library.marked); n > 0 {
		right = append(right, st.mark.Render(fmt.Sprintf("✓ %s", countOf(n, "mark"))))
	}
	if a.library.anchor != 0 && a.screen == libraryScreen {
		right = append(right, st.mark.Render(fmt.Sprintf("range of %d", len(a.library.inRange()))))
	}
	return sides(" "+left, strings.Join(right, "  "), a.layout.w)
}

// hints is the last row: the keys most likely wanted next, as many as there is room for. Those
// of the screen come first, the way to all the others is always there.
func (a *App) hints() string {
	st := &a.styles
	var own, general []string
	help := ""
	for _, b := range a.keys.of(a.screen) {
		text := st.key.Render(label(b.keys[0])) + " " + st.quiet.Render(b.hint)
		switch {
		case b.hint == "", a.empty() && b.does != openImport && b.does != showHelp:
		case b.does == showHelp:
			help = text
		case b.on != nil:
			own = append(own, text)
		default:
			general = append(general, text)
		}
	}
	row, dot := " ", st.quiet.Render(" · ")
	for _, hint := range append(own, general...) {
		if ansi.StringWidth(row+hint+dot+help) <= a.layout.w {
			row += hint + dot
		}
	}
	return fit(row+help, a.layout.w)
}

// title is the library's second row: the search, and how many it found or what is wrong with it.
func (l *library) title(a *App) string {
	st := &a.styles
	input, right := l.field(a)
	left := shown(input.View())
	if !l.searching() && input.Value() == "" {
		left = st.quiet.Render(ansi.Truncate(input.Placeholder, input.Width(), "…"))
	}
	return sides(" "+st.key.Render(a.keys.keyOf(search))+" "+left, right, a.layout.w)
}

// field is the search with the width that the text at its right leaves, and that text.
func (l *library) field(a *App) (input textinput.Model, right string) {
	st := &a.styles
	switch {
	case l.wrong != nil:
		right = st.bad.Render(ansi.Truncate("✗ "+brief(l.wrong.Hint), a.layout.w*3/5, "…"))
	case l.busy:
		right = st.quiet.Render(a.spinning.view())
	default:
		right = st.quiet.Render(countOf(len(l.list.ids), "recording") + " found")
	}
	input = l.input
	input.SetWidth(max(10, a.layout.w-ansi.StringWidth(right+a.keys.keyOf(search))-6))
	return input, right
}

// view draws the list and the detail.
func (l *library) view(a *App) []string {
	if a.empty() && l.input.Value() == "" {
		return a.welcome()
	}
	r, ok := l.list.selected()
	if l.full && ok {
		return indent(a.detailLines(r, a.layout.w-2, a.layout.h-4))
	}
	lines := pad(l.rows(a), a.layout.list.w, a.layout.list.h)
	if len(l.list.ids) == 0 && !l.busy {
		lines[min(1, len(lines)-1)] = fit(a.styles.quiet.Render("   Nothing found. "+a.keys.keyOf(clearAll)+" clears the search."), a.layout.list.w)
	}
	return a.withDetail(lines, r, ok)
}

// withDetail puts the detail of a recording beside or below a list.
func (a *App) withDetail(lines []string, r store.Recording, ok bool) []string {
	at := a.layout.detail
	if at.h == 0 {
		return lines
	}
	var detail []string
	if ok {
		detail = indent(a.detailLines(r, at.w-2, at.h))
	}
	detail = pad(detail, at.w, at.h)
	if !a.layout.beside {
		rule := a.styles.quiet.Render(strings.Repeat("─", a.layout.w))
		return append(append(lines, rule), detail...)
	}
	for i := range lines {
		lines[i] += a.styles.quiet.Render("│") + detail[i]
	}
	return lines
}

func indent(lines []string) []string {
	for i := range lines {
		lines[i] = " " + lines[i]
	}
	return lines
}
