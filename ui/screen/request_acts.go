package screen

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"unsaid/phrase"
	"unsaid/store"
	"unsaid/ui/common"
)

// writeRequest writes the files of a request.
func writeRequest(c *common.Common, request store.Request) tea.Cmd {
	return func() tea.Msg {
		folder, err := c.WriteRequest(c.Ctx, request.ID)
		return common.Changed{Text: "Written to " + folder, Err: err}
	}
}

// writeFollowup writes a letter about what is still there, or about an answer that is overdue.
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
		err := c.Open(c.Ctx, request.Written.Folder)
		return common.Changed{Text: "Opened " + request.Written.Folder, Err: err}
	}
}

// copyLetter copies the letter of a request, for a form at the maker's or a mail.
func copyLetter(c *common.Common, request store.Request) tea.Cmd {
	return common.Ask(nil, func() (string, error) { return c.Letter(c.Ctx, request.ID) }, func(letter string, err error) common.Action {
		if err != nil {
			return common.Fail{Err: err}
		}
		return common.Actions{tea.SetClipboard(letter), common.Sayf("Copied the letter, %s; fill in what stands in brackets",
			phrase.Count(strings.Count(letter, "\n"), "line"))}
	})
}
