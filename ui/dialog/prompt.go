package dialog

import (
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"unsaid/ui/common"
	"unsaid/ui/style"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// Prompt asks for a line of text.
type Prompt struct {
	Title   string
	Subject string   // what it is about, beside the title
	Body    []string // paragraphs above the field
	Note    string   // a paragraph below it
	Switch  string   // what tab turns on and off, "" for nothing
	On      bool     // whether it is on
	Enter   string   // what the key does
	Width   int
	Final   bool                                                 // what it asks for cannot be undone
	About   func(text string) string                             // what the text comes to
	Accept  func(text string) (what common.Action, wrong string) // wrong keeps it open
	wrong   string
	input   textinput.Model
}

// NewPrompt makes a prompt with a text in its field.
func NewPrompt(title, text string) *Prompt {
	return &Prompt{
		Title: title, Enter: "done", Width: 60, input: newField(text, 200),
		About: func(string) string { return "" },
	}
}

// newField is a field with the keys, that holds so many runes.
func newField(text string, limit int) textinput.Model {
	field := textinput.New()
	field.Prompt = "› "
	field.CharLimit = limit
	field.SetValue(text)
	field.CursorEnd()
	field.Focus()
	return field
}

// AskWord is a prompt that is answered by a word, before something is done that cannot be undone.
func AskWord(word, title string, body []string, what common.Action) *Prompt {
	p := NewPrompt(title, "")
	p.Final, p.Body, p.Enter = true, body, word
	p.About = func(string) string { return "Type " + word + " to confirm." }
	p.Accept = func(text string) (common.Action, string) {
		if text != word {
			return nil, "only the word " + word + " confirms this"
		}
		return what, ""
	}
	return p
}

// answers is the last line of a question: the key that answers it, and the one that does not.
func answers(st *style.Styles, key, does string) string {
	return st.Key.Render(key) + " " + does + "   " + st.Key.Render("esc") + " cancel"
}

// Update takes what is typed.
func (p *Prompt) Update(c *common.Common, msg tea.Msg) common.Action {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		if p.Final && key.String() != "esc" && (!c.Seen() || c.HeldOver(key)) {
			return nil
		}
		switch key.String() {
		case "esc":
			return common.Close{}
		case "tab":
			p.On = !p.On && p.Switch != ""
			return nil
		case "enter":
			what, wrong := p.Accept(strings.TrimSpace(p.input.Value()))
			if p.wrong = wrong; wrong != "" {
				return nil
			}
			return common.Actions{common.Close{}, what}
		}
	}
	p.input, _ = p.input.Update(msg)
	p.wrong = ""
	return nil
}

// View draws the prompt.
func (p *Prompt) View(c *common.Common) string {
	st, w := &c.Styles, min(p.Width, c.Layout.W-8)
	about := []string{st.Quiet.Render(p.About(p.input.Value()))}
	if p.wrong != "" {
		about = widget.Wrap(st.Bad, "✗ "+text.Brief(p.wrong), w, 2)
	}
	title := st.Strong.Render(p.Title)
	if p.Final {
		title = st.Bad.Render(p.Title)
	}
	lines := []string{title + st.Quiet.Render(p.Subject), ""}
	for _, paragraph := range p.Body {
		lines = append(lines, text.Wrap(paragraph, w, 4)...)
	}
	if len(p.Body) > 0 {
		lines = append(lines, "")
	}
	lines = append(append(lines, widget.Field(st, p.input, w-4)), about...)
	if p.Note != "" {
		lines = append(lines, widget.Wrap(st.Quiet, p.Note, w, 3)...)
	}
	if p.Switch != "" {
		lines = append(lines, "", widget.Toggle(st, "tab", p.On, p.Switch))
	}
	lines = append(lines, "", answers(st, "enter", p.Enter))
	for i := range lines {
		lines[i] = text.Fit(lines[i], w)
	}
	return strings.Join(lines, "\n")
}
