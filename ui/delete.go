package ui

import (
	"context"
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"unsaid/deletion"
	"unsaid/phrase"
	"unsaid/ui/keys"
	"unsaid/ui/style"
	"unsaid/ui/text"
)

// selection is what is to be deleted.
type selection struct {
	how  string                                     // how it was chosen
	n    int                                        // recordings, as far as the screen knows
	find func(ctx context.Context) ([]int64, error) // its recordings
	done func()                                     // what the screen does when they are deleted, nil for nothing
}

// these selects recordings that are known.
func these(how string, ids []int64, done func()) selection {
	return selection{how, len(ids), func(context.Context) ([]int64, error) { return ids, nil }, done}
}

// deleteDialog shows what a deletion would come to before it is done.
type deleteDialog struct {
	selection
	seq       int
	unseen    int // how many are not on the screen
	here, ask bool
	stop      context.CancelFunc // of what works the proposal out
	proposal  *deletion.Proposal // nil until it was worked out
	err       error
	agreed    bool // the user has confirmed, maybe before the proposal is there
	doing     bool
}

// openDelete proposes to delete what is selected.
func (a *App) openDelete(what selection) tea.Cmd {
	if what.n == 0 {
		return a.say("There is nothing to delete")
	}
	a.proposed++
	d := &deleteDialog{selection: what, seq: a.proposed, here: true, ask: true}
	a.dialog = d
	var ctx context.Context
	ctx, d.stop = context.WithCancel(a.ctx)
	o, seq, stop := a.o, d.seq, d.stop
	return func() tea.Msg {
		defer stop()
		ids, err := what.find(ctx)
		switch {
		case err != nil:
			return proposalMsg{seq, deletion.Proposal{}, err}
		case len(ids) == 0:
			return proposalMsg{seq, deletion.Proposal{}, errors.New("nothing of it is in the library any more")}
		}
		proposal, err := o.Propose(ctx, ids)
		return proposalMsg{seq, proposal, err}
	}
}

// take shows what the deletion would come to, and carries it out if the user has agreed to just that already.
func (d *deleteDialog) take(a *App, msg proposalMsg) tea.Cmd {
	if msg.seq != d.seq {
		return nil
	}
	d.proposal, d.err = &msg.proposal, msg.err
	n := len(msg.proposal.IDs)
	if d.err != nil || n != d.n {
		d.agreed, a.held = false, nil
	}
	if d.err == nil {
		d.n, d.unseen = n, a.unseen(msg.proposal.IDs)
	}
	return d.carryOut(a)
}

// unseen is how many of some recordings are not on the screen.
func (a *App) unseen(ids []int64) int {
	l := a.marking()
	if l == nil {
		return 0
	}
	on := map[int64]bool{}
	for _, index := range l.lines() {
		if index != heading {
			on[l.ids[index]] = true
		}
	}
	unseen := 0
	for _, id := range ids {
		if !on[id] {
			unseen++
		}
	}
	return unseen
}

func (d *deleteDialog) update(a *App, msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case proposalMsg:
		return d.take(a, msg), false
	case tea.KeyPressMsg:
		switch msg.String() {
		case "esc", "n", "q":
			d.stop()
			return nil, true
		case "h":
			d.here = !d.here
		case "m":
			d.ask = !d.ask
		case "enter", "y":
			d.agreed = d.err == nil && (d.here || d.ask)
			return d.carryOut(a), false
		}
	}
	return nil, false
}

// wait holds the keys that are typed after the user has agreed. esc takes that back while nothing is being done.
func (d *deleteDialog) wait(a *App, msg tea.KeyPressMsg) tea.Cmd {
	a.hold(msg)
	if msg.String() == "esc" && !d.doing {
		d.stop()
		a.dialog = nil
	}
	return nil
}

func (d *deleteDialog) waiting(*App) bool { return d.agreed || d.proposal == nil && d.err == nil }

// carryOut deletes as soon as the user has agreed and the proposal is there.
func (d *deleteDialog) carryOut(a *App) tea.Cmd {
	if !d.agreed || d.proposal == nil {
		return nil
	}
	d.doing = true
	ctx, o, proposal, how, here, ask := a.ctx, a.o, *d.proposal, d.how, d.here, d.ask
	return func() tea.Msg {
		done, err := o.Delete(ctx, proposal, how, here, ask)
		return deletedMsg{d, done.Deletion, len(done.Requests), err}
	}
}

// deleted closes the dialog and offers the undo.
func (a *App) deleted(msg deletedMsg) tea.Cmd {
	if msg.dialog != nil && a.dialog == msg.dialog {
		a.dialog = nil
	}
	if msg.err != nil {
		a.held = nil
		return tea.Batch(a.fail(msg.err), a.reload())
	}
	if msg.dialog != nil && msg.dialog.done != nil {
		msg.dialog.done()
	}
	a.library.takenOff = nil
	words := msg.deletion.Text(msg.requests)
	if msg.requests > 0 {
		words += " (" + a.keys.KeyOf(keys.GoRequests) + " shows them)"
	}
	return tea.Batch(a.say("%s. %s undoes it.", words, a.keys.KeyOf(keys.Undo)), a.reload())
}

func (d *deleteDialog) view(a *App) string {
	st, w := &a.styles, min(72, a.layout.w-8)
	var out []string
	out = append(out, st.Bad.Render("Delete "+phrase.Count(d.n, "recording"))+st.Quiet.Render(" · "+text.Brief(d.how)))
	if d.unseen > 0 {
		out = append(out, st.Warn.Render(phrase.Comma(d.unseen)+" of them not on the screen"))
	}
	out = append(out, "")
	switch {
	case d.err != nil:
		out = append(out, text.Wrap(text.Brief(d.err.Error()), w, 4)...)
	case d.proposal == nil:
		out = append(out, st.Quiet.Render(a.spinning.Of("working out what to ask for …")))
	default:
		room := a.layout.h - 13 // what is left beside the rest of the dialog
		out = append(out, d.devices(a, w, max(2, room/2))...)
		out = append(out, "")
		out = append(out, d.plan(a, w, max(2, room-room/2-2))...)
	}
	out = append(out, "", toggle(st, "h", d.here, "to the trash here")+"   "+toggle(st, "m", d.ask, "ask the maker"))
	key := st.Key.Render(a.confirmKey())
	confirm := key + " delete   " + st.Key.Render("esc") + " keep"
	switch {
	case d.err != nil:
		confirm = st.Key.Render("esc") + " close"
	case d.agreed:
		confirm = st.Quiet.Render(a.spinning.Of("deleting …"))
	case !d.here && !d.ask:
		confirm = st.Warn.Render("nothing would be done") + "   " + st.Key.Render("esc") + " close"
	case !d.here:
		confirm = key + " draft the requests   " + st.Key.Render("esc") + " leave it"
	}
	out = append(out, confirm)
	for i := range out {
		out[i] = text.Fit(out[i], w)
	}
	return strings.Join(out, "\n")
}

func toggle(st *style.Styles, key string, on bool, text string) string {
	box := "[ ]"
	if on {
		box = "[x]"
	}
	return st.Key.Render(key) + " " + box + " " + text
}

// devices draws a line for each device, at most rows of them, and what they come to.
func (d *deleteDialog) devices(a *App, w, rows int) []string {
	number := max(7, len(phrase.Comma(d.n)))
	line := func(name string, device deletion.DeviceProposal) string {
		amount := "no sound"
		if device.Bytes > 0 {
			amount = phrase.Duration(device.Duration) + " · " + phrase.Size(device.Bytes)
		}
		return text.Fit(text.Fit(name, 18)+text.FitRight(phrase.Comma(len(device.IDs)), number)+"  "+
			text.Fit(a.dates().Span(device.Span()), max(12, min(26, w-number-37)))+" "+a.styles.Quiet.Render(amount), w)
	}
	var lines []string
	all := d.proposal.Devices
	for i, device := range all {
		if len(lines) == rows-1 && len(all) > rows {
			lines = append(lines, a.styles.Quiet.Render("and "+phrase.Count(len(all)-i, "more device")))
			break
		}
		lines = append(lines, line(text.Brief(device.Device.Name), device))
	}
	if len(all) > 1 {
		lines = append(lines, a.styles.Strong.Render(line("together", d.proposal.Together())))
	}
	return lines
}

// plan draws the first steps of what would be asked of the makers.
func (d *deleteDialog) plan(a *App, w, rows int) []string {
	st, together := &a.styles, d.proposal.Together()
	if !d.ask {
		return []string{st.Quiet.Render("The maker is not asked; what it holds stays there.")}
	}
	if why := together.NothingToAsk(); why != "" {
		return []string{st.Quiet.Render(text.Fit(strings.ToUpper(why[:1])+why[1:]+".", w))}
	}
	lines := []string{"What to ask for, in " + phrase.Count(len(together.Steps), "step") + ":"}
	for _, device := range d.proposal.Devices {
		for _, s := range device.Steps[:min(len(device.Steps), rows+1-len(lines))] {
			lines = append(lines, st.Quiet.Render(text.Fit("  "+text.Brief(device.Device.Name)+": "+a.dates().Step(s), w)))
		}
	}
	if more := len(together.Steps) - rows; more > 0 {
		lines[rows] = st.Quiet.Render("  … and " + phrase.Count(more+1, "more step"))
	}
	if together.Beyond {
		lines = append(lines, st.Warn.Render(text.Fit("A step also takes what is newer than your export.", w)))
	}
	return lines
}
