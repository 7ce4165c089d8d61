package ui

import (
	"fmt"
	"strings"

	"unsaid/ui/common"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"unsaid/store"
	"unsaid/ui/keys"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// View draws the screen from what is already known; it reads nothing.
func (a *App) View() tea.View {
	view := tea.NewView("")
	view.AltScreen = true
	view.MouseMode = tea.MouseModeCellMotion
	view.WindowTitle = a.windowTitle()
	l := a.Layout
	if l.TooSmall() {
		view.SetContent(a.ascii(a.tooSmall()))
		return view
	}
	lines := make([]string, 0, l.H)
	lines = append(lines, a.header(), text.Fit(a.second(), l.W))
	lines = append(lines, text.Pad(a.body(), l.W, l.H-4)...)
	lines = append(lines, a.statusRow(), a.hints())
	content := strings.Join(lines, "\n")
	if a.dialog != nil {
		content = a.overlay(a.dimmed(lines), a.dialog.view(a))
	} else if a.screen == keys.LibraryScreen {
		if lines, x := a.library.under(a); lines != nil {
			content = over(content, strings.Join(lines, "\n"), x, 2)
		}
		if a.library.searching() {
			field, _ := a.library.field(a)
			view.Cursor = tea.NewCursor(a.library.column(field, a.library.input.Position()), 1)
		}
	} else if a.screen == keys.DevicesScreen && a.devices.typing() {
		input := a.devices.field(a)
		cursor := input.Cursor()
		cursor.X, cursor.Y = cursor.X+2+ansi.StringWidth(a.Keys.KeyOf(keys.Search)), 1
		view.Cursor = cursor
	}
	if a.imports.running() && !a.imports.opening() {
		view.ProgressBar = tea.NewProgressBar(tea.ProgressBarDefault, int(100*a.imports.share()))
	}
	view.SetContent(a.ascii(content))
	return view
}

// ascii is a screen as far as the settings have it drawn with ASCII alone.
func (a *App) ascii(content string) string {
	if a.o.Look.ASCII || a.o.Look.ASCIIText {
		return text.ASCII(content, a.o.Look.ASCIIText)
	}
	return content
}

// tooSmall says what the terminal lacks, in as many cells as it has.
func (a *App) tooSmall() string {
	w, h := a.Layout.W, a.Layout.H
	words := fmt.Sprintf("unsaid needs %d×%d cells, this terminal has %d×%d. Make it larger, or %s quits.", common.MinWidth, common.MinHeight, w, h, a.Keys.KeyOf(keys.Quit))
	return strings.Join(text.Pad(text.Wrap(words, w, h), w, h), "\n")
}

// windowTitle says what is open, for where windows are listed.
func (a *App) windowTitle() string {
	title := a.screen.Name()
	switch {
	case a.imports.running() && a.imports.opening():
		title = "importing"
	case a.imports.running():
		title = fmt.Sprintf("importing %.0f %%", 100*a.imports.share())
	case a.purging.running():
		title = a.purging.short()
	case a.screen == keys.LibraryScreen && !a.library.busy && !a.library.failed && a.library.wrong == nil:
		title = comma(len(a.library.list.ids)) + " found"
	}
	title = "unsaid – " + title
	if a.o.Look.ASCIIText {
		title = text.ASCII(title, true)
	}
	return title
}

// dimmed is a screen under a dialog: without colours of its own, but for the row that tells what happens.
func (a *App) dimmed(lines []string) string {
	for i := range lines {
		if i != len(lines)-2 {
			lines[i] = a.Styles.Under.Render(ansi.Strip(lines[i]))
		}
	}
	return strings.Join(lines, "\n")
}

// overlay lays a box over the middle of the screen.
func (a *App) overlay(below, content string) string {
	box := a.Styles.Box.Render(content)
	x, y := a.middle(box)
	return over(below, box, x, y)
}

// middle is where a box stands.
func (a *App) middle(box string) (x, y int) {
	w, h := lipgloss.Size(box)
	return max(0, (a.Layout.W-w)/2), max(0, (a.Layout.H-h)/2)
}

// over lays lines over others.
func over(below, lines string, x, y int) string {
	return lipgloss.NewCompositor(lipgloss.NewLayer(below), lipgloss.NewLayer(lines).X(x).Y(y).Z(1)).Render()
}

// dialogAt is where the first cell of the open dialog's content is.
func (a *App) dialogAt() (x, y int) {
	x, y = a.middle(a.Styles.Box.Render(a.dialog.view(a)))
	return x + a.Styles.Box.GetBorderLeftSize() + a.Styles.Box.GetPaddingLeft(), y + a.Styles.Box.GetBorderTopSize()
}

// titledWidth is from how many cells on the first row has room for the program's name.
const titledWidth = 90

// tabGap is what stands between the names of the screens; in the smallest terminal they just fit.
func (a *App) tabGap() string {
	if a.Layout.W < 70 {
		return " "
	}
	return "  "
}

// header is the first row: the screens, and what the library holds.
func (a *App) header() string {
	st, gap := &a.Styles, a.tabGap()
	left := gap[1:]
	if a.Layout.W >= titledWidth {
		left += st.Strong.Render("unsaid") + gap
	}
	for s := range keys.Screens {
		name := s.Name()
		if s == a.screen {
			name = st.Tab.Render(name)
		} else {
			name = st.Quiet.Render(name)
		}
		left += st.Key.Render(a.Keys.KeyOf(keys.GoLibrary+keys.Action(s))) + " " + name + gap
	}
	right := ""
	if a.loaded {
		right = comma(a.totals.Recordings)
		if a.Layout.W >= 110 {
			right = countOf(a.totals.Recordings, "recording") + " · " + span(a.totals.Duration) + " · " + countOf(a.totals.Devices, "device")
		}
	}
	if a.o.Sample && a.Layout.W >= 70 {
		right = st.Warn.Render("sample") + " " + right
	}
	return text.Sides(strings.TrimRight(left, " "), st.Quiet.Render(right), a.Layout.W)
}

// known reports whether what the screen lists was read once: before that it is not known to be empty.
func (a *App) known() bool {
	switch a.screen {
	case keys.DevicesScreen:
		return a.devices.read
	case keys.CalendarScreen:
		return a.calendar.days != nil
	case keys.TrashScreen:
		return a.trash.read
	case keys.RequestsScreen:
		return a.requests.read
	}
	return true
}

// unknown fills a screen that was not read yet.
func (a *App) unknown() []string {
	if a.unread == 0 && a.epoch > 0 {
		return a.nothing("This could not be read.")
	}
	return a.nothing(a.Spinner.Of("reading …"))
}

// second is the second row: the search on the library's screen, elsewhere what the screen is about.
func (a *App) second() string {
	if !a.known() {
		return ""
	}
	switch a.screen {
	case keys.DevicesScreen:
		return a.devices.title(a)
	case keys.CalendarScreen:
		return a.calendar.title(a)
	case keys.TrashScreen:
		return a.trash.title(a)
	case keys.RequestsScreen:
		return a.requests.title(a)
	case keys.InsightsScreen:
		return a.insights.title(a)
	}
	return a.library.title(a)
}

func (a *App) body() []string {
	if !a.known() {
		return a.unknown()
	}
	switch a.screen {
	case keys.DevicesScreen:
		return a.devices.view(a)
	case keys.CalendarScreen:
		return a.calendar.view(a)
	case keys.TrashScreen:
		return a.trash.view(a)
	case keys.RequestsScreen:
		return a.requests.view(a)
	case keys.InsightsScreen:
		return a.insights.view(a)
	}
	return a.library.view(a)
}

// statusRow is the last row but one: what happened, what is heard, what is marked.
func (a *App) statusRow() string {
	st := &a.Styles
	left := a.nowPlaying(a.status.text != "" && a.Layout.W < 110)
	if a.status.text != "" {
		text := st.Accent.Render(a.status.text)
		if a.status.bad {
			text = st.Bad.Render(a.status.text)
		}
		left = strings.TrimPrefix(left+"  "+text, "  ")
	}
	var right []string
	if a.o.Sample && a.Layout.W < 70 {
		right = append(right, st.Warn.Render("sample"))
	}
	if a.imports.running() {
		right = append(right, a.imports.short(a))
	}
	if a.playback.review.on {
		right = append(right, st.Good.Render("playing "+a.playback.review.short()))
	}
	if a.purging.running() {
		right = append(right, a.purging.short())
	}
	if n := len(a.library.list.marked); n > 0 {
		right = append(right, st.Mark.Render(fmt.Sprintf("✓ %s", countOf(n, "mark"))))
	}
	if l := a.marking(); l != nil && l.anchor != 0 {
		right = append(right, st.Mark.Render("range of "+comma(len(l.inRange()))))
	}
	facts := strings.Join(right, "  ") // what goes on stays in sight beside a long message
	return text.Sides(" "+ansi.Truncate(left, max(20, a.Layout.W-ansi.StringWidth(facts)-4), "…"), facts, a.Layout.W)
}

// hints is the last row: the keys most likely wanted next, as many as there is room for. Those
// of the screen come first, the way to all the others is always there.
func (a *App) hints() string {
	st := &a.Styles
	if a.screen == keys.LibraryScreen && a.library.searching() {
		return " " + widget.Hints(st, a.Layout.W-2, 1, a.library.searchHints())[0]
	}
	var own, general []string
	help := ""
	for _, b := range a.Keys.Of(a.screen) {
		text := st.Key.Render(keys.Label(b.Keys[0])) + " " + st.Quiet.Render(b.Hint)
		switch {
		case b.Does == keys.GoElsewhere:
			switch hint := st.Key.Render(keys.Label(b.Keys[0])) + " " + st.Quiet.Render(a.elsewhereHint()); {
			case a.elsewhereIs() == "":
			case a.o.Sample: // the way back is to be seen
				own = append([]string{hint}, own...)
			default:
				general = append(general, hint)
			}
		case b.Hint == "", a.empty() && b.Does != keys.OpenImport && b.Does != keys.ShowHelp, b.Does == keys.MarkOne && a.marking() == nil:
		case b.Does == keys.ShowHelp:
			help = text
		case b.On != nil:
			own = append(own, text)
		default:
			general = append(general, text)
		}
	}
	row, dot := " ", st.Quiet.Render(" · ")
	room := a.Layout.W - ansi.StringWidth(row+help)
	for _, hint := range append(own, general...) {
		if w := ansi.StringWidth(hint + dot); w <= room {
			row += hint + dot
			room -= w
		}
	}
	return text.Fit(row+help, a.Layout.W)
}

// view draws the list and the detail.
func (l *library) view(a *App) []string {
	if a.empty() && l.input.Value() == "" {
		return a.welcome()
	}
	r, ok := l.list.selected()
	if l.full && ok {
		return text.Indent(a.detailLines(r, a.Layout.W-2, a.Layout.H-4))
	}
	lines := text.Pad(a.listRows(&l.list, a.Layout.List.W, !l.searching()), a.Layout.List.W, a.Layout.List.H)
	if len(l.list.ids) == 0 && !l.busy && !l.failed && len(l.suggested.all) == 0 { // which would lie over half of it
		lines[min(1, len(lines)-1)] = text.Fit(a.Styles.Quiet.Render("   Nothing found. "+a.Keys.KeyOf(keys.ClearAll)+" clears the search."), a.Layout.List.W)
	}
	return a.withDetail(lines, r, ok)
}

// withDetail puts the detail of a recording beside or below a list.
func (a *App) withDetail(lines []string, r store.Recording, ok bool) []string {
	at := a.Layout.Detail
	if at.H == 0 {
		return lines
	}
	var detail []string
	if ok {
		detail = text.Indent(a.detailLines(r, at.W-2, at.H))
	}
	detail = text.Pad(detail, at.W, at.H)
	if !a.Layout.Beside {
		rule := a.Styles.Quiet.Render(strings.Repeat("─", a.Layout.W))
		return append(append(lines, rule), detail...)
	}
	for i := range lines {
		lines[i] += a.Styles.Quiet.Render("│") + detail[i]
	}
	return lines
}

// nothing fills a screen that has nothing to show.
func (a *App) nothing(text string) []string {
	return []string{"", "  " + a.Styles.Quiet.Render(text)}
}
