package ui

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"unsaid/phrase"
	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// writeRequest writes the files of a request.
func writeRequest(c *common.Common, request store.Request) tea.Cmd {
	return func() tea.Msg {
		folder, err := c.WriteRequest(c.Ctx, request.ID)
		return common.Changed{Text: "Written to " + folder, Err: err}
	}
}

// writeFollowup writes a letter about what is still there.
func writeFollowup(c *common.Common, request store.Request) tea.Cmd {
	return func() tea.Msg {
		folder, number, err := c.WriteFollowup(c.Ctx, request.ID)
		return common.Changed{Text: fmt.Sprintf("Follow-up %d written to %s", number, folder), Err: err}
	}
}

// writeReport writes what was asked of the makers over time, and what has become of it.
func writeReport(c *common.Common) tea.Cmd {
	return func() tea.Msg {
		folder, err := c.WriteReport(c.Ctx)
		return common.Changed{Text: "Report written to " + folder, Err: err}
	}
}

// openFolder shows the folder with a request's files in the system's file manager.
func openFolder(c *common.Common, request store.Request) tea.Cmd {
	return func() tea.Msg {
		err := c.Open(c.Ctx, request.Folder)
		return common.Changed{Text: "Opened " + request.Folder, Err: err}
	}
}

// readLetter makes the letter of a request, to be copied.
func readLetter(c *common.Common, request store.Request) tea.Cmd {
	return func() tea.Msg {
		letter, err := c.Letter(c.Ctx, request.ID)
		return letterMsg{letter, err}
	}
}

// copyLetter copies a letter, for a form at the maker's or a mail.
func (a *App) copyLetter(msg letterMsg) tea.Cmd {
	if msg.err != nil {
		return a.fail(msg.err)
	}
	return tea.Batch(tea.SetClipboard(msg.letter), a.say("Copied the letter, %s; fill in what stands in brackets",
		phrase.Count(strings.Count(msg.letter, "\n"), "line")))
}

// sentDialog asks on which day a request was sent.
type sentDialog struct {
	request store.Request
	input   textinput.Model
	wrong   string
}

// openSent asks when a request was sent: today, unless another day was noted before.
func (a *App) openSent(request store.Request) tea.Cmd {
	d := &sentDialog{request: request, input: textinput.New()}
	d.input.Prompt = "› "
	d.input.CharLimit = 40
	d.input.SetValue(request.SentOn)
	if request.SentOn == "" {
		d.input.SetValue(a.Today().String())
	}
	d.input.CursorEnd()
	a.dialog = d
	return d.input.Focus()
}

func (d *sentDialog) update(a *App, msg tea.Msg) (tea.Cmd, bool) {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "esc":
			return nil, true
		case "enter":
			return d.note(a)
		}
	}
	var cmd tea.Cmd
	d.input, cmd = d.input.Update(msg)
	d.wrong = ""
	return cmd, false
}

// note notes the day typed, or that the request was not sent if there is none.
func (d *sentDialog) note(a *App) (tea.Cmd, bool) {
	ctx, o, id, dates := a.Ctx, a.o, d.request.ID, a.Dates()
	text := strings.TrimSpace(d.input.Value())
	if text == "" {
		return func() tea.Msg {
			dropped, err := o.MarkDraft(ctx, id)
			if dropped {
				return common.Changed{Text: "The request is dropped, since its deletion was taken back", Err: err}
			}
			return common.Changed{Text: "It counts as not sent", Err: err}
		}, true
	}
	day, err := o.ReadSentDay(text)
	if err != nil {
		d.wrong = err.Error()
		return nil, false
	}
	return func() tea.Msg {
		due, err := o.MarkSent(ctx, id, day)
		said := "Sent on " + dates.Day(day.String())
		if due != "" {
			said += ", an answer is due by " + dates.Day(due)
		}
		return common.Changed{Text: said, Err: err}
	}, true
}

func (d *sentDialog) view(a *App) string {
	st, w := &a.Styles, min(56, a.Layout.W-8)
	lines := []string{text.Fit(st.Strong.Render("When was it sent?")+st.Quiet.Render(fmt.Sprintf(" · request %d · %s", d.request.ID, text.Brief(d.request.Device.Name))), w), ""}
	lines = append(lines, widget.Field(st, d.input, w-4), st.Bad.Render(text.Fit(d.wrong, w)))
	lines = append(lines, text.Wrap(st.Quiet.Render("From that day on the time for an answer runs. Only exports made after it can prove anything. "+
		"Nothing in the field: it was not sent after all."), w, 3)...)
	return strings.Join(append(lines, "", st.Key.Render("enter")+" note it   "+st.Key.Render("esc")+" leave it"), "\n")
}
