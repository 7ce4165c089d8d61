package ui

import (
	"cmp"
	"slices"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/sahilm/fuzzy"

	"unsaid/ui/keys"
	"unsaid/ui/style"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// palette finds actions by a few letters of what they do. Those of the screen come first; one of
// another screen leads there, since nothing is done to what is not seen.
type palette struct {
	input textinput.Model
	all   []offer
	found []offer
	widget.Table
}

// offer is an action in the palette.
type offer struct {
	keys.Binding
	screen keys.Screen // where it is carried out
	far    bool        // whether that is another screen
	why    string      // it cannot be done, "" if it can
	hit    []int       // the letters of help that were searched for
}

// openPalette offers every action of every screen.
func (a *App) openPalette() tea.Cmd {
	p := &palette{input: textinput.New(), all: a.offers()}
	p.input.Prompt = ": "
	p.input.Placeholder = "what to do"
	p.input.CharLimit = 60
	p.found = p.all
	a.dialog = p
	return p.input.Focus()
}

// offers are all actions: those of the screen, those of all screens, those of the others; of each what the
// last row hints at before the rest.
func (a *App) offers() []offer {
	var own, general, far []offer
	for _, b := range a.Keys {
		switch {
		case b.Does == keys.ShowPalette:
		case b.On == nil:
			general = append(general, offer{Binding: b, screen: a.screen, why: a.why(a.screen, b.Does)})
		case slices.Contains(b.On, a.screen):
			own = append(own, offer{Binding: b, screen: a.screen, why: a.why(a.screen, b.Does)})
		}
	}
	for s := range keys.Screens {
		for _, b := range a.Keys {
			if s != a.screen && slices.Contains(b.On, s) {
				far = append(far, offer{Binding: b, screen: s, far: true, why: a.why(s, b.Does)})
			}
		}
	}
	hinted := func(o, other offer) int { return min(1, len(other.Hint)) - min(1, len(o.Hint)) }
	slices.SortStableFunc(own, hinted)
	slices.SortStableFunc(general, hinted)
	return slices.Concat(own, general, far)
}

// wholeScore is above every score of letters here and there, and nameScore is that of the name in the
// settings, which is not seen.
const (
	wholeScore = 1 << 20
	nameScore  = 1 << 19
)

// text says what an offer does.
func (o offer) text() string { return o.Group + ": " + o.Help }

// find keeps what the typed letters find: by a key of just that name, then by how well they fit, what is
// at hand before what is elsewhere.
func (p *palette) find() {
	typed := strings.TrimSpace(p.input.Value())
	p.Cursor = 0
	if typed == "" {
		p.found = p.all
		return
	}
	texts := make([]string, len(p.all))
	for i, o := range p.all {
		texts[i] = o.text() + " " + o.screen.Name()
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
	p.found = nil
	for _, i := range found {
		o := p.all[i]
		o.hit = slices.DeleteFunc(hits[i], func(at int) bool { return at >= len(o.text()) })
		p.found = append(p.found, o)
	}
}

// rank orders what was found before it is ordered by how well it fits.
func (o offer) rank(typed string) int {
	rank := 0
	if o.far {
		rank += 2
	}
	if !slices.Contains(o.Keys, typed) {
		rank++
	}
	return rank
}

func (p *palette) update(a *App, msg tea.Msg) (tea.Cmd, bool) {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "esc":
			return nil, true
		case "enter":
			if p.Cursor >= len(p.found) {
				return nil, false
			}
			return p.found[p.Cursor].carryOut(a), true
		case "down", "ctrl+n":
			p.Move(keys.MoveDown, len(p.found), 1)
			return nil, false
		case "up", "ctrl+p":
			p.Move(keys.MoveUp, len(p.found), 1)
			return nil, false
		case "pgdown":
			p.Move(keys.PageDown, len(p.found), p.height(a)-1)
			return nil, false
		case "pgup":
			p.Move(keys.PageUp, len(p.found), p.height(a)-1)
			return nil, false
		}
	}
	before := p.input.Value()
	var cmd tea.Cmd
	if p.input, cmd = p.input.Update(msg); p.input.Value() != before {
		p.find()
	}
	return cmd, false
}

// carryOut does what is offered, or goes to the screen on which it can be done.
func (o offer) carryOut(a *App) tea.Cmd {
	if !o.far {
		return a.do(o.Does)
	}
	about := a.say("%s: %s", keys.Label(o.Keys[0]), o.Help)
	if o.why != "" {
		about = a.say("%s", o.why)
	}
	return tea.Batch(a.show(o.screen), about)
}

// height is how many actions there is room for.
func (p *palette) height(a *App) int { return min(16, a.Layout.H-9) }

func (p *palette) view(a *App) string {
	st, w := &a.Styles, min(76, a.Layout.W-8)
	var rows []string
	from, to := p.Seen(len(p.found), p.height(a))
	for i := from; i < to; i++ {
		rows = append(rows, widget.Row(st, p.found[i].row(st, w-3), i == p.Cursor, w))
	}
	foot := "No action is called that."
	if p.Cursor < len(p.found) {
		foot = p.found[p.Cursor].foot()
	}
	lines := append([]string{text.Fit(widget.Field(st, p.input, w-4), w), ""}, text.Pad(rows, w, p.height(a))...)
	lines = append(lines, st.Quiet.Render(text.Fit(foot, w)))
	return strings.Join(append(lines, widget.Hints(st, w, 1, [][2]string{{"enter", "do it"}, {"↓ ↑", "choose"}, {"esc", "close"}})...), "\n")
}

// row draws an offer: its key, what it does, and why it cannot be done or where else it is done.
func (o offer) row(st *style.Styles, w int) string {
	key, what, about := st.Key, lipgloss.NewStyle(), o.why
	if o.far {
		about = strings.TrimSuffix(o.screen.Name()+": "+o.why, ": ")
	}
	if o.why != "" {
		key, what = st.Quiet, st.Quiet
	}
	help := lipgloss.StyleRunes(o.text(), o.hit, st.Found, what)
	return text.Sides(key.Render(text.Fit(keys.Label(o.Keys[0]), 9))+help+"  ", st.Quiet.Render(about), w)
}

// foot says more of the offer at the cursor.
func (o offer) foot() string {
	switch {
	case o.why != "" && o.far:
		return o.screen.Name() + ": " + o.why
	case o.far:
		return "On " + o.screen.Name() + ": enter goes there, " + keys.Label(o.Keys[0]) + " does it."
	}
	return cmp.Or(o.why, "Its name in the settings is "+o.Does.Name()+".")
}
