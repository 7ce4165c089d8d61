package dialog

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"unsaid/app"
	"unsaid/phrase"
	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/text"
	"unsaid/ui/typedpath"
	"unsaid/ui/widget"
)

// NewRename asks for another name of a device.
func NewRename(c *common.Common, device store.Device) *Prompt {
	before := text.Brief(device.Name)
	p := NewPrompt("Rename the device", before)
	p.Subject, p.Enter, p.Width = " · "+before, "rename", 56
	p.Note = "The name is for you; requests also give the serial number. Leave the field empty for the maker's name."
	p.input.CharLimit = 100
	p.Accept = func(name string) (common.Action, string) {
		if name == before {
			return nil, ""
		}
		return tea.Cmd(func() tea.Msg { return c.Undoable(c.DB.RenameDevice(c.Ctx, device.ID, name)) }), ""
	}
	return p
}

// NewSent asks on which day a request was sent: today, unless another day was noted before.
func NewSent(c *common.Common, request store.Request) *Prompt {
	day := request.SentOn
	if day == "" {
		day = c.Today().String()
	}
	p := NewPrompt("When was it sent?", day)
	p.Subject = fmt.Sprintf(" · request %d · %s", request.ID, text.Brief(phrase.Device(request.Device)))
	p.Enter, p.Width = "note it", 56
	p.Note = "The time for an answer starts on that day. Only exports made later can prove anything. " +
		"Leave the field empty if it was not sent."
	p.Accept = func(typed string) (common.Action, string) {
		if typed == "" {
			return tea.Cmd(func() tea.Msg { return notSent(c, request.ID) }), ""
		}
		day, err := c.ReadSentDay(typed)
		if err != nil {
			return nil, err.Error()
		}
		return tea.Cmd(func() tea.Msg { return sentOn(c, request.ID, day) }), ""
	}
	return p
}

// notSent notes that a request was not sent after all.
func notSent(c *common.Common, request int64) tea.Msg {
	dropped, err := c.MarkDraft(c.Ctx, request)
	return common.Changed{Text: "It " + phrase.NotSent(dropped), Err: err}
}

// sentOn notes the day on which a request was sent.
func sentOn(c *common.Common, request int64, day store.Day) tea.Msg {
	due, err := c.MarkSent(c.Ctx, request, day, "")
	return common.Changed{Text: phrase.Capital(c.Dates().Sent(day.String(), due)), Err: err}
}

// NewExport asks to which folder recordings are to be copied.
func NewExport(c *common.Common, ids []int64) *Prompt {
	here := typedpath.Place{Home: c.Home}
	count := phrase.Count(len(ids), "recording")
	p := NewPrompt("Export "+count, here.Tilde(filepath.Join(c.Home, "unsaid-export")))
	p.Subject, p.Enter, p.Width, p.Switch = " to this folder", "export", 64, "convert to WAV"
	p.Note = phrase.ExportNote
	p.input.CharLimit = widget.MaxTyped
	p.Accept = func(folder string) (common.Action, string) {
		if folder == "" {
			return nil, "type a folder"
		}
		options := app.ExportOptions{Folder: here.Absolute(folder), WAV: p.On}
		return common.Actions{common.Sayf("Exporting %s …", count), tea.Cmd(func() tea.Msg {
			exported, err := c.Export(c.Ctx, ids, options, func(int) {})
			switch said := phrase.Exported(exported); {
			case err != nil:
				return common.Fail{Err: err}
			case len(exported.Failed) > 0:
				return common.Fail{Err: errors.New(said)}
			default:
				return common.Say{Text: said}
			}
		})}, ""
	}
	return p
}

// NewSaveSearch asks for a name for the search of the library.
func NewSaveSearch(c *common.Common) *Prompt {
	query := strings.TrimSpace(c.Search.Text)
	p := NewPrompt("Save this search", "")
	p.About = func(name string) string {
		if savedAs(c, name) {
			return "replaces the search with this name"
		}
		return text.Brief(query)
	}
	p.Accept = func(name string) (common.Action, string) {
		if name == "" {
			return nil, "type a name"
		}
		return tea.Cmd(func() tea.Msg {
			return c.Undoable(c.DB.SaveSearch(c.Ctx, store.SavedSearch{Name: name, Query: query}))
		}), ""
	}
	return p
}

// newRenameSearch asks for another name of a saved search.
func newRenameSearch(c *common.Common, name string) *Prompt {
	p := NewPrompt("Rename the search "+text.Brief(name), name)
	p.Accept = func(to string) (common.Action, string) {
		switch {
		case to == "":
			return nil, "type a name"
		case savedAs(c, to) && !strings.EqualFold(to, name):
			return nil, "another saved search has this name"
		}
		return tea.Cmd(func() tea.Msg { return c.Undoable(c.DB.RenameSearch(c.Ctx, name, to)) }), ""
	}
	return p
}

// savedAs reports whether a search is saved under a name.
func savedAs(c *common.Common, name string) bool {
	return slices.ContainsFunc(c.Search.Saved, func(s store.SavedSearch) bool { return strings.EqualFold(s.Name, strings.TrimSpace(name)) })
}

// NewDate asks for a date to go to.
func NewDate(c *common.Common, ask common.AskDate) *Prompt {
	p := NewPrompt("Go to a date", "")
	p.About = func(text string) string {
		days, err := store.DaysNamed(text, c.Today(), ask.Newest)
		if err != nil {
			return store.DayExamples
		}
		return c.Dates().Days(days)
	}
	p.Accept = func(text string) (common.Action, string) {
		days, err := store.DaysNamed(text, c.Today(), ask.Newest)
		if err != nil {
			return nil, err.Error()
		}
		return ask.Go(days), ""
	}
	return p
}
