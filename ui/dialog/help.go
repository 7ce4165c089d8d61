package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"unsaid/ui/common"
	"unsaid/ui/keys"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// Help shows every key of a screen, made from the key map.
type Help struct {
	screen keys.Screen
	widget.Table
}

// NewHelp shows the keys of a screen.
func NewHelp(screen keys.Screen) *Help { return &Help{screen: screen} }

// Update scrolls, or closes the help.
func (h *Help) Update(c *common.Common, msg tea.Msg) common.Action {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	what := keys.InDialog(key.String())
	if h.Move(what, len(h.lines(c))-h.height(c)+1, h.height(c)-1) {
		return nil
	}
	if c.Keys.Action(h.screen, key.String()) == keys.ShowHelp || what == keys.ShowHelp || what == keys.ClearAll || what == keys.Quit || what == keys.Details {
		return common.Close{}
	}
	return nil
}

func (h *Help) height(c *common.Common) int { return c.Layout.H - 6 }

func (h *Help) lines(c *common.Common) []string {
	st := &c.Styles
	var lines []string
	for _, group := range keys.Groups() {
		lines = append(lines, st.Strong.Render(group))
		for _, b := range c.Keys.Of(h.screen) {
			if b.Group == group {
				lines = append(lines, "  "+st.Key.Render(text.Fit(b.Labels(), 14))+" "+b.Help)
			}
		}
		lines = append(lines, "")
	}
	lines = append(lines, st.Strong.Render("Search"))
	for _, example := range [][2]string{
		{`play jazz`, "both words; the last may be a prefix"},
		{`"good night"`, "words in this order"},
		{`-alarm`, "without this; - negates any term"},
		{`device:kitchen`, "account:, person:, source: too"},
		{`device:=kitchen`, "exactly this name"},
		{`kind:general`, "the maker's own word"},
		{`import:3`, "what an import added"},
		{`said:"stop it"`, "exactly these words"},
		{`on:2025-03`, "a day, month or year; after: before:"},
		{`hour:22-5`, "local hours; longer:10s"},
		{`in:"plan a trip"`, "the title of a conversation"},
		{`weekday:sat-sun`, "local weekdays"},
		{`is:unintended`, "typed, requested, still-there, marked"},
		{`has:audio`, "transcript, reply, person, kind; no:"},
	} {
		lines = append(lines, "  "+st.Key.Render(text.Fit(example[0], 16))+" "+example[1])
	}
	return lines
}

// View draws as many of the keys as there is room for.
func (h *Help) View(c *common.Common) string {
	lines := h.lines(c)
	from := min(h.Cursor, max(0, len(lines)-h.height(c)))
	to := min(len(lines), from+h.height(c))
	foot := "esc closes"
	if to-from < len(lines) {
		foot = "↓ ↑ scroll, esc closes"
	}
	shown := text.Pad(lines[from:to], min(58, c.Layout.W-8), to-from)
	return strings.Join(append(shown, c.Styles.Quiet.Render(foot)), "\n")
}
