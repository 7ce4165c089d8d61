package dialog

import (
	"context"
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"unsaid/deletion"
	"unsaid/phrase"
	"unsaid/ui/common"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// Delete shows what a deletion would come to before it is done.
type Delete struct {
	common.Selection
	notSeen   func(ids []int64) int // counts those that are not on the screen
	unseen    int                   // how many are not
	here, ask bool
	stop      context.CancelFunc // of what works the proposal out
	proposal  *deletion.Proposal // nil until it was worked out
	err       error
	agreed    bool // the user has confirmed, maybe before the proposal is there
	doing     bool
}

// NewDelete proposes to delete a selection. notSeen counts recordings that are not on the screen.
func NewDelete(what common.Selection, notSeen func(ids []int64) int) *Delete {
	return &Delete{Selection: what, here: true, ask: true, notSeen: notSeen}
}

// Start has the proposal worked out.
func (d *Delete) Start(c *common.Common) tea.Cmd {
	var ctx context.Context
	ctx, d.stop = context.WithCancel(c.Ctx)
	find := d.Find
	return common.Ask(d, func() (deletion.Proposal, error) {
		defer d.stop()
		ids, err := find(ctx)
		if err == nil && len(ids) == 0 {
			err = errors.New("the library no longer has any of it")
		}
		if err != nil {
			return deletion.Proposal{}, err
		}
		return c.Propose(ctx, ids)
	}, func(p deletion.Proposal, err error) common.Action { return d.take(c, p, err) })
}

// take shows what the deletion would come to, and carries it out if the user has agreed to just that already.
func (d *Delete) take(c *common.Common, proposal deletion.Proposal, err error) common.Action {
	d.proposal, d.err = &proposal, err
	n := len(proposal.IDs)
	agreed := d.agreed && d.err == nil && n == d.N
	if d.err == nil {
		d.N, d.unseen = n, d.notSeen(proposal.IDs)
	}
	if d.agreed && !agreed {
		d.agreed = false
		return common.DropHeld{}
	}
	return d.carryOut(c)
}

// Update takes a key.
func (d *Delete) Update(c *common.Common, msg tea.Msg) common.Action {
	pressed, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	switch key := pressed.String(); {
	case d.agreed && (d.doing || key != "esc"):
		return common.Hold{Key: pressed}
	case key == "esc" || key == "n" || key == "q":
		d.stop()
		return common.Actions{common.DropHeld{}, common.Close{}}
	case key == "h":
		d.here = !d.here
	case key == "m":
		d.ask = !d.ask
	case key == "enter" || key == "y":
		d.agreed = d.err == nil && (d.here || d.ask)
		return d.carryOut(c)
	}
	return nil
}

// Waits reports whether the proposal is being worked out, or carried out.
func (d *Delete) Waits() bool { return d.agreed || d.proposal == nil && d.err == nil }

// carryOut deletes as soon as the user has agreed and the proposal is there.
func (d *Delete) carryOut(c *common.Common) common.Action {
	if !d.agreed || d.proposal == nil {
		return nil
	}
	d.doing = true
	proposal, here, ask := *d.proposal, d.here, d.ask
	return tea.Cmd(func() tea.Msg {
		done, err := c.Delete(c.Ctx, proposal, d.How, here, ask)
		return common.Deleted{By: d, Deletion: done.Deletion, Requests: len(done.Requests), Done: d.Done, Err: err}
	})
}

// View draws the dialog.
func (d *Delete) View(c *common.Common) string {
	st, w := &c.Styles, min(72, c.Layout.W-8)
	var out []string
	out = append(out, st.Bad.Render("Delete "+phrase.Count(d.N, "recording"))+st.Quiet.Render(" · "+text.Brief(d.How)))
	if d.unseen > 0 {
		out = append(out, st.Warn.Render(phrase.Comma(d.unseen)+" of them not on the screen"))
	}
	out = append(out, "")
	switch {
	case d.err != nil:
		out = append(out, text.Wrap(text.Brief(d.err.Error()), w, 4)...)
	case d.proposal == nil:
		out = append(out, st.Quiet.Render(c.Spinner.Of("planning the request …")))
	default:
		room := c.Layout.H - 13 // what is left beside the rest of the dialog
		out = append(out, d.devices(c, w, max(2, room/2))...)
		out = append(out, "")
		out = append(out, d.plan(c, w, max(2, room-room/2-2))...)
	}
	out = append(out, "", widget.Toggle(st, "h", d.here, "to the trash here")+"   "+widget.Toggle(st, "m", d.ask, "ask the maker"))
	confirm := answers(st, c.ConfirmKey(), "delete")
	switch {
	case d.err != nil:
		confirm = st.Key.Render("esc") + " cancel"
	case d.agreed:
		confirm = st.Quiet.Render(c.Spinner.Of("deleting …"))
	case !d.here && !d.ask:
		confirm = st.Warn.Render("choose at least one") + "   " + st.Key.Render("esc") + " cancel"
	case !d.here:
		confirm = answers(st, c.ConfirmKey(), "draft the requests")
	}
	out = append(out, confirm)
	for i := range out {
		out[i] = text.Fit(out[i], w)
	}
	return strings.Join(out, "\n")
}

// devices draws a line for each device, at most rows of them, and what they come to.
func (d *Delete) devices(c *common.Common, w, rows int) []string {
	number := max(7, len(phrase.Comma(d.N)))
	line := func(name string, device deletion.DeviceProposal) string {
		amount := "no sound"
		if device.Bytes > 0 {
			amount = phrase.Duration(device.Duration) + " · " + phrase.Size(device.Bytes)
		}
		return text.Fit(text.Fit(name, 18)+text.FitRight(phrase.Comma(len(device.IDs)), number)+"  "+
			text.Fit(c.Dates().Span(device.Span()), max(12, min(26, w-number-37)))+" "+c.Styles.Quiet.Render(amount), w)
	}
	var lines []string
	all := d.proposal.Devices
	for i, device := range all {
		if len(lines) == rows-1 && len(all) > rows {
			lines = append(lines, c.Styles.Quiet.Render("and "+phrase.Count(len(all)-i, "more device")))
			break
		}
		lines = append(lines, line(text.Brief(phrase.Device(device.Device)), device))
	}
	if len(all) > 1 {
		lines = append(lines, c.Styles.Strong.Render(line("together", d.proposal.Together())))
	}
	return lines
}

// plan draws the first steps of what would be asked of the makers.
func (d *Delete) plan(c *common.Common, w, rows int) []string {
	st, together := &c.Styles, d.proposal.Together()
	if !d.ask {
		return []string{st.Quiet.Render("The maker is not asked and keeps what it has.")}
	}
	if why := together.NothingToAsk(); why != "" {
		return []string{st.Quiet.Render(text.Fit(phrase.Sentence(why), w))}
	}
	lines := []string{"What to ask for, in " + phrase.Count(len(together.Steps), "step") + ":"}
	for _, device := range d.proposal.Devices {
		for _, s := range device.Steps[:min(len(device.Steps), rows+1-len(lines))] {
			lines = append(lines, st.Quiet.Render(text.Fit("  "+text.Brief(phrase.Device(device.Device))+": "+c.Dates().Step(s), w)))
		}
	}
	if more := len(together.Steps) - rows; more > 0 {
		lines[rows] = st.Quiet.Render("  … and " + phrase.Count(more+1, "more step"))
	}
	if together.Beyond {
		lines = append(lines, st.Warn.Render(text.Fit(phrase.StepsAreWide, w)))
	}
	return lines
}
