package ui

import (
	"fmt"
	"strings"

	"unsaid/phrase"
	"unsaid/ui/common"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"unsaid/ui/keys"
	"unsaid/ui/screen"
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
	title, body := "", a.unknown()
	if a.current().Known() {
		title, body = a.current().Title(&a.Common), a.current().View(&a.Common)
	}
	lines = append(lines, a.header(), text.Fit(title, l.W))
	lines = append(lines, text.Pad(body, l.W, l.H-4)...)
	lines = append(lines, a.statusRow(), a.hints())
	content := strings.Join(lines, "\n")
	if a.dialog != nil {
		content = a.overlay(a.dimmed(lines), a.dialog.View(&a.Common))
	} else if line, has := a.current().(screen.Typist); has {
		if lines, x := line.Under(&a.Common); lines != nil {
			content = over(content, strings.Join(lines, "\n"), x, 2)
		}
	}
	if line := a.line(); line != nil && a.dialog == nil {
		view.Cursor = line.TextCursor(&a.Common)
	}
	if a.imports.Running() && !a.imports.Opening() {
		view.ProgressBar = tea.NewProgressBar(tea.ProgressBarDefault, int(100*a.imports.Share()))
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
	title, search := a.Screen.Name(), &a.Search
	switch {
	case a.imports.Running() && a.imports.Opening():
		title = "importing"
	case a.imports.Running():
		title = fmt.Sprintf("importing %.0f %%", 100*a.imports.Share())
	case a.purging.running():
		title = a.purging.short()
	case a.Screen == keys.LibraryScreen && !search.Busy && !search.Failed && search.Wrong == nil:
		title = phrase.Comma(search.Found) + " found"
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
	x, y = a.middle(a.Styles.Box.Render(a.dialog.View(&a.Common)))
	return x + a.Styles.Box.GetBorderLeftSize() + a.Styles.Box.GetPaddingLeft(), y + a.Styles.Box.GetBorderTopSize()
}

// titledWidth is from how many cells on the first row has room for the program's name.
const titledWidth = 90

// tabs draws the names of the screens, and tells where each ends.
func (a *App) tabs() (drawn string, ends [keys.Screens]int) {
	st, gap := &a.Styles, "  "
	if a.Layout.W < 70 {
		gap = " " // in the smallest terminal they just fit
	}
	drawn = gap[1:]
	if a.Layout.W >= titledWidth {
		drawn += st.Strong.Render("unsaid") + gap
	}
	for s := range keys.Screens {
		name := st.Quiet
		if s == a.Screen {
			name = st.Tab
		}
		drawn += st.Key.Render(a.Keys.KeyOf(keys.GoLibrary+keys.Action(s))) + " " + name.Render(s.Name()) + gap
		ends[s] = ansi.StringWidth(drawn)
	}
	return drawn, ends
}

// header is the first row: the screens, and what the library holds.
func (a *App) header() string {
	st := &a.Styles
	left, _ := a.tabs()
	right := ""
	if a.Counted {
		right = phrase.Comma(a.Totals.Recordings)
		if a.Layout.W >= 110 {
			right = phrase.Count(a.Totals.Recordings, "recording") + " · " + phrase.Duration(a.Totals.Duration) + " · " + phrase.Count(a.Totals.Devices, "device")
		}
		if whose := a.Totals.Accounts; len(whose) > 1 {
			for _, names := range []string{text.Brief(strings.Join(whose, ", ")), phrase.Count(len(whose), "account")} {
				if said := names + ": " + right; lipgloss.Width(left+said) <= a.Layout.W-2 {
					right = said
					break
				}
			}
		}
	}
	if a.Sample && a.Layout.W >= 70 {
		right = st.Warn.Render("sample") + " " + right
	}
	return text.Sides(strings.TrimRight(left, " "), st.Quiet.Render(right), a.Layout.W)
}

// unknown fills a screen that was not read yet: it is not known to be empty.
func (a *App) unknown() []string {
	if a.unread == 0 && a.Epoch > 0 {
		return a.Notice("This could not be read.")
	}
	return a.Notice(a.Spinner.Of("reading …"))
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
	if a.Sample && a.Layout.W < 70 {
		right = append(right, st.Warn.Render("sample"))
	}
	if a.imports.Running() {
		right = append(right, a.imports.Short(&a.Common))
	}
	if a.playback.review.on {
		right = append(right, st.Good.Render("playing "+a.playback.review.short()))
	}
	if a.purging.running() {
		right = append(right, a.purging.short())
	}
	if n := len(a.Marked); n > 0 {
		right = append(right, st.Mark.Render(fmt.Sprintf("✓ %s", phrase.Count(n, "mark"))))
	}
	if l := a.marking(); l != nil && l.RangeOpen() {
		right = append(right, st.Mark.Render("range of "+phrase.Comma(len(l.InRange()))))
	}
	facts := strings.Join(right, "  ") // what goes on stays in sight beside a long message
	return text.Sides(" "+ansi.Truncate(left, max(20, a.Layout.W-ansi.StringWidth(facts)-4), "…"), facts, a.Layout.W)
}

// hints is the last row: the keys most likely wanted next, as many as there is room for. Those
// of the screen come first, the way to all the others is always there.
func (a *App) hints() string {
	st := &a.Styles
	if line := a.line(); line != nil {
		return " " + widget.Hints(st, a.Layout.W-2, 1, line.Hints(&a.Common))[0]
	}
	var own, general []string
	help := ""
	for _, b := range a.Keys.Of(a.Screen) {
		hint := b.Hint
		if b.Does == keys.SwitchLibrary {
			hint = a.OtherLibraryHint()
		}
		text := st.Key.Render(keys.Label(b.Keys[0])) + " " + st.Quiet.Render(hint)
		switch {
		case hint == "", b.Does == keys.MarkOne && a.marking() == nil:
		case b.Does == keys.ShowHelp:
			help = text
		case b.Does == keys.SwitchLibrary && a.Sample: // the way back is to be seen
			own = append([]string{text}, own...)
		case a.Empty() && b.Does != keys.OpenImport && b.Does != keys.SwitchLibrary:
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
