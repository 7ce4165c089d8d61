package dialog

import (
	"cmp"
	"slices"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/sahilm/fuzzy"

	"unsaid/ui/common"
	"unsaid/ui/keys"
	"unsaid/ui/style"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// Palette finds actions by a few letters of what they do. Those of the screen come first; one of
// another screen leads there, since nothing is done to what is not seen.
type Palette struct {
	input textinput.Model
	all   []Offer
	Found []Offer // the best first
	widget.Table
}

// Offer is an action in the palette.
type Offer struct {
	keys.Binding
	Screen keys.Screen // where it is carried out
	Far    bool        // whether that is another screen
	Why    string      // it cannot be done, "" if it can
	hit    []int       // the letters of help that were searched for
}

// NewPalette offers actions.
func NewPalette(all []Offer) *Palette {
	p := &Palette{input: newField("", 60), all: all, Found: all}
	p.input.Prompt = ": "
	p.input.Placeholder = "find any action"
	return p
}

// wholeScore is above every score of letters here and there, and nameScore is that of the name in the
// settings, which is not seen.
const (
	wholeScore = 1 << 20
	nameScore  = 1 << 19
)

// text says what an offer does.
func (o Offer) text() string { return o.Group + ": " + o.Help }

// find keeps what the typed letters find: by a key of just that name, then by how well they fit, what is
// at hand before what is elsewhere.
func (p *Palette) find() {
	typed := strings.TrimSpace(p.input.Value())
	p.Cursor = 0
	if typed == "" {
		p.Found = p.all
		return
	}
	texts := make([]string, len(p.all))
	for i, o := range p.all {
		texts[i] = o.text() + " " + o.Screen.Name()
	}
	scores := make(map[int]int, len(p.all))
	hits := make(map[int][]int, len(p.all))
	for _, match := range fuzzy.Find(typed, texts) {
		scores[match.Index], hits[match.Index] = match.Score, match.MatchedIndexes
	}
	var found []int
	for i, o := range p.all {
		at := strings.Index(strings.ToLower(o.text()), strings.ToLower(typed))
		switch {
		case at >= 0: // fits better than any letters
			scores[i], hits[i] = wholeScore, nil
			for j := range len(typed) {
				hits[i] = append(hits[i], at+j)
			}
		case strings.Contains(o.Does.Name(), strings.ToLower(typed)):
			scores[i], hits[i] = nameScore, []int{}
		}
		if _, fits := hits[i]; fits || slices.Contains(o.Keys, typed) {
			found = append(found, i)
		}
	}
	slices.SortStableFunc(found, func(i, j int) int {
		return cmp.Or(p.all[i].rank(typed)-p.all[j].rank(typed), scores[j]-scores[i])
	})
	p.Found = nil
	for _, i := range found {
		o := p.all[i]
		o.hit = slices.DeleteFunc(hits[i], func(at int) bool { return at >= len(o.text()) })
		p.Found = append(p.Found, o)
	}
}

// rank orders what was found before it is ordered by how well it fits.
func (o Offer) rank(typed string) int {
	rank := 0
	if o.Far {
		rank += 2
	}
	if !slices.Contains(o.Keys, typed) {
		rank++
	}
	return rank
}

// Update takes what is typed, or chooses.
func (p *Palette) Update(c *common.Common, msg tea.Msg) common.Action {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		page := p.height(c) - 1
		switch key.String() {
		case "esc":
			return common.Close{}
		case "enter":
			if p.Cursor < len(p.Found) {
				return common.Actions{common.Close{}, p.Found[p.Cursor].carryOut()}
			}
			return nil
		case "down", "ctrl+n":
			p.Move(keys.MoveDown, len(p.Found), page)
			return nil
		case "up", "ctrl+p":
			p.Move(keys.MoveUp, len(p.Found), page)
			return nil
		case "pgdown":
			p.Move(keys.PageDown, len(p.Found), page)
			return nil
		case "pgup":
			p.Move(keys.PageUp, len(p.Found), page)
			return nil
		}
	}
	before := p.input.Value()
	if p.input, _ = p.input.Update(msg); p.input.Value() != before {
		p.find()
	}
	return nil
}

// carryOut does what is offered, or goes to the screen on which it can be done.
func (o Offer) carryOut() common.Action {
	switch {
	case !o.Far:
		return common.Do{What: o.Does}
	case o.Why != "":
		return common.Actions{common.GoTo{Screen: o.Screen}, common.Say{Text: o.Why}}
	}
	return common.Actions{common.GoTo{Screen: o.Screen}, common.Sayf("%s: %s", keys.Label(o.Keys[0]), o.Help)}
}

// height is how many actions there is room for.
func (p *Palette) height(c *common.Common) int { return min(16, c.Layout.H-9) }

// View draws what was found.
func (p *Palette) View(c *common.Common) string {
	st, w := &c.Styles, min(76, c.Layout.W-8)
	rows := p.Lines(st, len(p.Found), w, p.height(c), func(i int) string { return p.Found[i].row(st, w-3) })
	foot := "No action matches."
	if p.Cursor < len(p.Found) {
		foot = p.Found[p.Cursor].foot()
	}
	lines := append([]string{text.Fit(widget.Field(st, p.input, w-4), w), ""}, text.Pad(rows, w, p.height(c))...)
	lines = append(lines, st.Quiet.Render(text.Fit(foot, w)))
	return strings.Join(append(lines, widget.Hints(st, w, 1, [][2]string{{"enter", "do it"}, {"↓ ↑", "choose"}, {"esc", "close"}})...), "\n")
}

// row draws an offer: its key, what it does, and why it cannot be done or where else it is done.
func (o Offer) row(st *style.Styles, w int) string {
	key, what, about := st.Key, lipgloss.NewStyle(), o.Why
	if o.Far {
		about = strings.TrimSuffix(o.Screen.Name()+": "+o.Why, ": ")
	}
	if o.Why != "" {
		key, what = st.Quiet, st.Quiet
	}
	help := lipgloss.StyleRunes(o.text(), o.hit, st.Found, what)
	return text.Sides(key.Render(text.Fit(keys.Label(o.Keys[0]), 9))+help+"  ", st.Quiet.Render(about), w)
}

// foot says more of the offer at the cursor.
func (o Offer) foot() string {
	switch {
	case o.Why != "" && o.Far:
		return o.Screen.Name() + ": " + o.Why
	case o.Far:
		return "On " + o.Screen.Name() + ": enter goes there, " + keys.Label(o.Keys[0]) + " does it."
	}
	return cmp.Or(o.Why, "In the settings: "+o.Does.Name()+".")
}
