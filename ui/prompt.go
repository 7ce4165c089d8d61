package ui

import (
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// prompt asks for a line of text.
type prompt struct {
	title  string
	body   []string // paragraphs above the field
	input  textinput.Model
	about  func(text string) string                      // what the text comes to
	accept func(text string) (cmd tea.Cmd, wrong string) // wrong keeps it open
	back   openDialog                                    // opened afterwards, nil for none
	wrong  string
	enter  string // what the two keys do
	esc    string
	final  bool // what it asks for cannot be undone
}

// newPrompt makes a prompt with some text filled in.
func newPrompt(title, text string) *prompt {
	p := &prompt{title: title, input: textinput.New(), enter: "done", esc: "close"}
	p.input.Prompt = "› "
	p.input.CharLimit = 200
	p.input.SetValue(text)
	p.input.CursorEnd()
	return p
}

// open opens a prompt.
func (a *App) open(p *prompt) tea.Cmd {
	a.dialog = p
	return p.input.Focus()
}

func (p *prompt) update(a *App, msg tea.Msg) (tea.Cmd, bool) {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		if p.final && key.String() != "esc" && (!a.Seen() || a.HeldOver(key)) {
			return nil, false
		}
		switch key.String() {
		case "esc":
			return nil, p.close(a)
		case "enter":
			cmd, wrong := p.accept(strings.TrimSpace(p.input.Value()))
			if p.wrong = wrong; wrong != "" {
				return nil, false
			}
			return cmd, p.close(a)
		}
	}
	var cmd tea.Cmd
	p.input, cmd = p.input.Update(msg)
	p.wrong = ""
	return cmd, false
}

// close goes back to where the prompt was opened.
func (p *prompt) close(a *App) bool {
	if a.dialog == p {
		a.dialog = p.back
	}
	return true
}

func (p *prompt) view(a *App) string {
	st, w := &a.Styles, min(60, a.Layout.W-8)
	about := st.Quiet.Render(p.about(p.input.Value()))
	if p.wrong != "" {
		about = st.Bad.Render("✗ " + text.Brief(p.wrong))
	}
	title := st.Strong
	if p.final {
		title = st.Bad
	}
	lines := []string{title.Render(p.title), ""}
	for _, paragraph := range p.body {
		lines = append(lines, text.Wrap(paragraph, w, 4)...)
	}
	if len(p.body) > 0 {
		lines = append(lines, "")
	}
	lines = append(lines, widget.Field(st, p.input, w-4), about, "", st.Key.Render("enter")+" "+p.enter+"   "+st.Key.Render("esc")+" "+p.esc)
	for i := range lines {
		lines[i] = text.Fit(lines[i], w)
	}
	return strings.Join(lines, "\n")
}

// maxTyped is how long a text in a field can be: longer than any path.
const maxTyped = 4096
