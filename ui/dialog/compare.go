package dialog

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"unsaid/phrase"
	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// Compare shows a recording that a request asks for beside one that an export has and that may be the same, and asks
// whether it is. There may be several such pairs.
type Compare struct {
	pairs   [][2]int64
	at      int // the pair that is shown
	both    [2]store.Recording
	read    bool
	answers map[[2]int64]store.Answer
}

// NewCompare shows pairs, of which there is one at least.
func NewCompare(pairs [][2]int64) *Compare {
	return &Compare{pairs: pairs, answers: map[[2]int64]store.Answer{}}
}

// Start reads the pair that is shown.
func (d *Compare) Start(c *common.Common) tea.Cmd {
	pair := d.pairs[d.at]
	d.read = false
	return common.Ask(d, func() ([2]store.Recording, error) { return c.Both(c.Ctx, pair) },
		func(both [2]store.Recording, err error) common.Action {
			if pair != d.pairs[d.at] {
				return nil
			}
			d.both, d.read = both, err == nil
			return common.Failed(err)
		})
}

// Waits reports whether the pair is being read.
func (d *Compare) Waits() bool { return !d.read }

// Update takes a key.
func (d *Compare) Update(c *common.Common, msg tea.Msg) common.Action {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	switch key.String() {
	case "esc", "q":
		return common.Close{}
	case "s":
		return d.answer(c, store.Yes)
	case "a":
		return d.answer(c, store.No)
	case "u":
		return d.answer(c, store.NotAnswered)
	case "right", "l", "tab", "n":
		return d.goTo(c, d.at+1)
	case "left", "h", "p":
		return d.goTo(c, d.at-1)
	}
	return nil
}

func (d *Compare) goTo(c *common.Common, at int) common.Action {
	if at < 0 || at >= len(d.pairs) {
		return nil
	}
	d.at = at
	return d.Start(c)
}

// answer notes what the user says of the pair, once it was seen.
func (d *Compare) answer(c *common.Common, same store.Answer) common.Action {
	pair := d.pairs[d.at]
	if !d.read || same == d.answers[pair] {
		return nil
	}
	d.answers[pair] = same
	said := map[store.Answer]string{
		store.Yes: "They count as one recording, by your word", store.No: "They count as two recordings, by your word",
		store.NotAnswered: "Your answer is removed",
	}[same]
	return tea.Cmd(func() tea.Msg {
		_, err := c.Compare(c.Ctx, pair[0], pair[1], same)
		return common.Changed{Text: said, Err: err}
	})
}

// mostWordRows is how many rows of what was said are shown of each.
const mostWordRows = 6

// View draws the two side by side.
func (d *Compare) View(c *common.Common) string {
	st, w := &c.Styles, min(96, c.Layout.W-8)
	title := st.Strong.Render("Is this the same recording?")
	if len(d.pairs) > 1 {
		title += st.Quiet.Render(fmt.Sprintf(" · %d of %d", d.at+1, len(d.pairs)))
	}
	lines := []string{title, ""}
	if !d.read {
		lines = append(lines, st.Quiet.Render(c.Spinner.Of("reading …")))
	} else {
		half := (w - 3) / 2
		left, right := d.side(c, 0, "what you asked to delete", half), d.side(c, 1, "what the export has", half)
		rows := max(len(left), len(right))
		left, right = text.Pad(left, half, rows), text.Pad(right, half, rows)
		for i := range left {
			lines = append(lines, left[i]+st.Quiet.Render(" │ ")+right[i])
		}
	}
	about := "Until you answer, the export proves nothing about it."
	switch d.answers[d.pairs[d.at]] {
	case store.Yes:
		about = "By your word, they are the same: the maker still has it."
	case store.No:
		about = "By your word, these are two recordings."
	}
	lines = append(append(lines, ""), text.Wrap(about, w, 2)...)
	hints := [][2]string{{"s", "the same"}, {"a", "another"}, {"esc", "close"}}
	if d.answers[d.pairs[d.at]] != store.NotAnswered {
		hints = append(hints, [2]string{"u", "remove the answer"})
	}
	if len(d.pairs) > 1 {
		hints = append(hints, [2]string{"→", "the next"})
	}
	return strings.Join(append(append(lines, ""), widget.Hints(st, w, 2, hints)...), "\n")
}

// side draws one of the two.
func (d *Compare) side(c *common.Common, which int, title string, w int) []string {
	st, r := &c.Styles, &d.both[which]
	lines := []string{st.Quiet.Render(title), text.Fit(c.Dates().Recorded(r), w), text.Fit(text.Brief(phrase.Device(r.Device)), w)}
	switch {
	case r.State == store.Purged:
		return append(lines, widget.Wrap(st.Quiet, "You purged it, so its words are gone here.", w, 3)...)
	case r.Transcript == "":
		return append(lines, st.Quiet.Render("no words"))
	}
	return append(lines, text.Wrap(text.Brief(r.Transcript), w, mostWordRows)...)
}
