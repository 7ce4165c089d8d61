package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"unsaid/ui/keys"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// help shows every key, made from the key map.
type help struct{ scroll int }

func (h *help) update(a *App, msg tea.Msg) (tea.Cmd, bool) {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil, false
	}
	what := keys.InDialog(key.String())
	at := widget.Table{Cursor: h.scroll}
	if at.Move(what, len(h.lines(a))-h.height(a)+1, h.height(a)-1) {
		h.scroll = at.Cursor
		return nil, false
	}
	return nil, a.Keys.Action(a.screen, key.String()) == keys.ShowHelp || what == keys.ShowHelp || what == keys.ClearAll || what == keys.Quit || what == keys.Details
}

func (h *help) height(a *App) int { return a.Layout.H - 6 }

func (h *help) lines(a *App) []string {
	st := &a.Styles
	var lines []string
	for _, group := range keys.Groups() {
		lines = append(lines, st.Strong.Render(group))
		for _, b := range a.Keys.Of(a.screen) {
			if b.Group == group {
				lines = append(lines, "  "+st.Key.Render(text.Fit(b.Labels(), 14))+" "+b.Help)
			}
		}
		lines = append(lines, "")
	}
	lines = append(lines, st.Strong.Render("Search"))
	for _, example := range [][2]string{
		{`play jazz`, "both words; the last may be unfinished"},
		{`"good night"`, "words in this order"},
		{`-alarm`, "not this; - goes before any term"},
		{`device:kitchen`, "person: and source: likewise"},
		{`device:=kitchen`, "that name, and none that holds it"},
		{`kind:general`, "the maker's own word for it"},
		{`import:3`, "what came with an import"},
		{`said:"stop it"`, "these words and nothing else"},
		{`on:2025-03`, "a day, month or year; after: before:"},
		{`hour:22-5`, "local hours; longer:10s"},
		{`weekday:sat-sun`, "local weekdays"},
		{`is:unintended`, "typed, requested, still-there, marked"},
		{`has:audio`, "transcript, reply, person, kind; no:"},
	} {
		lines = append(lines, "  "+st.Key.Render(text.Fit(example[0], 16))+" "+example[1])
	}
	return lines
}

func (h *help) view(a *App) string {
	lines := h.lines(a)
	from := min(h.scroll, max(0, len(lines)-h.height(a)))
	to := min(len(lines), from+h.height(a))
	foot := "esc closes"
	if to-from < len(lines) {
		foot = "↓ ↑ scroll, esc closes"
	}
	shown := text.Pad(lines[from:to], min(58, a.Layout.W-8), to-from)
	return strings.Join(append(shown, a.Styles.Quiet.Render(foot)), "\n")
}
