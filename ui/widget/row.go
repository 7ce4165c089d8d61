package widget

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"unsaid/ui/style"
	"unsaid/ui/text"
)

// Row draws a row of a table, the one with the cursor marked.
func Row(st *style.Styles, words string, selected bool, w int) string {
	if selected {
		return st.Accent.Render("▌") + OnRow(st, true, text.Fit(" "+words, w-1))
	}
	return "  " + text.Fit(words, w-2)
}

// OnRow draws a row with the cursor's background, which survives the styles within the row.
func OnRow(st *style.Styles, focused bool, row string) string {
	style := st.Row
	if !focused {
		style = st.RowOff
	}
	return lipgloss.StyleRanges(ansi.Strip(row), lipgloss.NewRange(0, ansi.StringWidth(row), style))
}

// Wrap is [text.Wrap] with each line in a style.
func Wrap(style lipgloss.Style, s string, w, rows int) []string {
	lines := text.Wrap(s, w, rows)
	for i := range lines {
		lines[i] = style.Render(lines[i])
	}
	return lines
}

// Hints draws keys and what they do in at most so many rows; those that do not fit are left out.
func Hints(st *style.Styles, w, rows int, hints [][2]string) []string {
	lines := []string{""}
	for _, h := range hints {
		last := len(lines) - 1
		hint := st.Key.Render(h[0]) + " " + st.Quiet.Render(h[1])
		switch {
		case lines[last] == "":
			lines[last] = hint
		case ansi.StringWidth(lines[last]+"   "+hint) <= w:
			lines[last] += "   " + hint
		case len(lines) < rows:
			lines = append(lines, hint)
		}
	}
	return lines
}

// Toggle draws a switch with the key that turns it on and off.
func Toggle(st *style.Styles, key string, on bool, words string) string {
	box := "[ ]"
	if on {
		box = "[x]"
	}
	return st.Key.Render(key) + " " + box + " " + words
}

// Tabs draws names, the chosen one in brackets, with something between them.
func Tabs(st *style.Styles, names []string, chosen int, between string) string {
	tabs := make([]string, len(names))
	for i, name := range names {
		if tabs[i] = st.Quiet.Render(" " + name + " "); i == chosen {
			tabs[i] = st.Tab.Render("[" + name + "]")
		}
	}
	return strings.Join(tabs, between)
}
