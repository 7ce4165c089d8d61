package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"unsaid/phrase"
	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/text"
)

// SentAlready warns before a deletion is undone of which the maker was told already.
type SentAlready struct {
	Deletion store.Deletion
	Sent     []store.Request
}

// Update takes a key.
func (d *SentAlready) Update(_ *common.Common, msg tea.Msg) common.Action {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	switch key.String() {
	case "enter", "y":
		return common.Actions{common.Close{}, common.UndoSent{Deletion: d.Deletion.ID}}
	case "esc", "q", "n":
		return common.Close{}
	}
	return nil
}

// mostSent is how many requests the dialog names.
const mostSent = 4

// View names the requests.
func (d *SentAlready) View(c *common.Common) string {
	st, w := &c.Styles, min(60, c.Layout.W-8)
	lines := []string{st.Warn.Render("Restore " + phrase.Count(d.Deletion.Recordings, "recording") + "? The maker has been asked."), ""}
	for i, r := range d.Sent {
		if i == mostSent {
			lines = append(lines, st.Quiet.Render("and "+phrase.Count(len(d.Sent)-i, "more request")))
			break
		}
		lines = append(lines, text.Fit(text.Brief(phrase.Device(r.Device))+st.Quiet.Render(" · sent on "+c.Dates().Day(r.SentOn)+" · "+phrase.Standing(r.Status)), w))
	}
	lines = append(lines, "")
	lines = append(lines, text.Wrap("The recordings come back here, but a sent request cannot be withdrawn from here: the maker may still delete them. "+
		"If it was not sent, say so on the Requests screen.", w, 4)...)
	return strings.Join(append(lines, "", answers(st, c.ConfirmKey(), "restore")), "\n")
}
