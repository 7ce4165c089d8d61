package ui

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"unsaid/deletion"
)

// deleteDialog shows what a deletion would come to before it is done.
type deleteDialog struct {
	seq       int
	how       string // how the recordings were chosen
	ids       []int64
	unseen    int // of ids, how many are not on the screen
	here, ask bool
	stop      context.CancelFunc // of what works the proposal out
	proposal  *deletion.Proposal // nil until it was worked out
	err       error
	doing     bool
}

// openDelete proposes to delete recordings.
func (a *App) openDelete(how string, ids []int64) tea.Cmd {
	if len(ids) == 0 {
		return a.say("There is nothing to delete")
	}
	a.proposed++
	d := &deleteDialog{seq: a.proposed, how: how, ids: ids, here: true, ask: true, unseen: len(ids)}
	chosen := make(map[int64]bool, len(ids))
	for _, id := range ids {
		chosen[id] = true
	}
	if l := a.marking(); l != nil {
		for _, index := range l.lines() {
			if index != heading && chosen[l.ids[index]] {
				d.unseen--
			}
		}
	}
	a.dialog = d
	var ctx context.Context
	ctx, d.stop = context.WithCancel(a.ctx)
	o, seq, stop := a.o, d.seq, d.stop
	return func() tea.Msg {
		defer stop()
		proposal, err := deletion.Propose(ctx, o.DB, ids, o.Zone)
		return proposalMsg{seq, proposal, err}
	}
}

func (d *deleteDialog) update(a *App, msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case proposalMsg:
		if msg.seq == d.seq {
			d.proposal, d.err = &msg.proposal, msg.err
		}
	case tea.KeyPressMsg:
		switch msg.String() {
		case "esc", "n", "q":
			d.stop()
			return nil, !d.doing
		case "h":
			d.here = !d.here
		case "m":
			d.ask = !d.ask
		case "enter", "y":
			if d.proposal == nil || d.err != nil || d.doing || !d.here && !d.ask {
				return nil, false
			}
			d.doing = true
			return d.carryOut(a), false
		}
	}
	return nil, false
}

func (d *deleteDialog) waiting(*App) bool { return d.doing || d.proposal == nil && d.err == nil }

func (d *deleteDialog) carryOut(a *App) tea.Cmd {
	ctx, db, order := a.ctx, a.o.DB, d.proposal.Order(d.how, d.here, d.ask)
	return func() tea.Msg {
		deletion, requests, err := db.Delete(ctx, order)
		return deletedMsg{deletion, len(requests), err}
	}
}

// deleted closes the dialog and offers the undo.
func (a *App) deleted(msg deletedMsg) tea.Cmd {
	if _, open := a.dialog.(*deleteDialog); open {
		a.dialog = nil
	}
	if msg.err != nil {
		return tea.Batch(a.fail(msg.err), a.reload())
	}
	clear(a.library.list.marked)
	a.library.list.anchor, a.calendar.list.anchor = 0, 0
	text := msg.deletion.Text(msg.requests)
	if msg.requests > 0 {
		text += " (" + a.keys.keyOf(goRequests) + " shows them)"
	}
	return tea.Batch(a.say("%s. %s undoes it.", text, a.keys.keyOf(undo)), a.reload())
}

func (d *deleteDialog) view(a *App) string {
	st, w := &a.styles, min(72, a.layout.w-8)
	var out []string
	out = append(out, st.bad.Render("Delete "+countOf(len(d.ids), "recording"))+st.quiet.Render(" · "+brief(d.how)))
	if d.unseen > 0 && a.marking() != nil {
		out = append(out, st.warn.Render(comma(d.unseen)+" of them not on the screen"))
	}
	out = append(out, "")
	switch {
	case d.err != nil:
		out = append(out, wrap(brief(d.err.Error()), w, 4)...)
	case d.proposal == nil:
		out = append(out, st.quiet.Render(a.spinning.of("working out what to ask for …")))
	default:
		room := a.layout.h - 13 // what is left beside the rest of the dialog
		out = append(out, d.devices(a, w, max(2, room/2))...)
		out = append(out, "")
		out = append(out, d.plan(a, w, max(2, room-room/2-2))...)
	}
	out = append(out, "", toggle(st, "h", d.here, "to the trash here")+"   "+toggle(st, "m", d.ask, "ask the maker"))
	confirm := st.key.Render("enter") + " delete   " + st.key.Render("esc") + " keep"
	switch {
	case d.doing:
		confirm = st.quiet.Render(a.spinning.of("deleting …"))
	case !d.here && !d.ask:
		confirm = st.warn.Render("nothing would be done") + "   " + st.key.Render("esc") + " close"
	case !d.here:
		confirm = st.key.Render("enter") + " draft the requests   " + st.key.Render("esc") + " leave it"
	}
	out = append(out, confirm)
	for i := range out {
		out[i] = fit(out[i], w)
	}
	return strings.Join(out, "\n")
}

func toggle(st *styles, key string, on bool, text string) string {
	box := "[ ]"
	if on {
		box = "[x]"
	}
	return st.key.Render(key) + " " + box + " " + text
}

// devices draws a line for each device, at most rows of them, and what they come to.
func (d *deleteDialog) devices(a *App, w, rows int) []string {
	number := max(7, len(comma(len(d.ids))))
	line := func(name string, n int, from, to time.Time, sound time.Duration, bytes int64) string {
		amount := span(sound) + " · " + size(bytes)
		if bytes == 0 {
			amount = "no sound"
		}
		return fit(fit(name, 18)+fitRight(comma(n), number)+"  "+fit(days(from, to, a.o.Zone), max(12, min(26, w-number-37)))+" "+a.styles.quiet.Render(amount), w)
	}
	var lines []string
	var first, last time.Time
	var sound time.Duration
	var bytes int64
	all := d.proposal.Devices
	for i := range all {
		from, to := all[i].Span()
		if i == 0 || !from.IsZero() && (first.IsZero() || from.Before(first)) {
			first = from
		}
		if to.After(last) {
			last = to
		}
		sound, bytes = sound+all[i].Duration, bytes+all[i].Bytes
		switch {
		case len(lines) < rows-1 || len(all) <= rows && len(lines) < rows:
			lines = append(lines, line(brief(all[i].Device.Name), len(all[i].IDs), from, to, all[i].Duration, all[i].Bytes))
		case len(lines) == rows-1:
			lines = append(lines, a.styles.quiet.Render("and "+countOf(len(all)-i, "more device")))
		}
	}
	if len(all) > 1 {
		lines = append(lines, a.styles.strong.Render(line("together", len(d.ids), first, last, sound, bytes)))
	}
	return lines
}

// plan draws the first steps of what would be asked of the makers.
func (d *deleteDialog) plan(a *App, w, rows int) []string {
	st := &a.styles
	if !d.ask {
		return []string{st.quiet.Render("The maker is not asked; what it holds stays there.")}
	}
	total, beyond := 0, false
	var lines []string
	for _, device := range d.proposal.Devices {
		total += len(device.Steps)
		beyond = beyond || device.Beyond
		for _, s := range device.Steps {
			if len(lines) < rows {
				lines = append(lines, st.quiet.Render(fit("  "+brief(device.Device.Name)+": "+a.step(s, nil), w)))
			}
		}
	}
	if why := d.proposal.NothingToAsk(); why != "" {
		return []string{st.quiet.Render(fit(strings.ToUpper(why[:1])+why[1:]+".", w))}
	}
	if more := total - len(lines); more > 0 {
		lines[len(lines)-1] = st.quiet.Render("  … and " + countOf(more+1, "more step"))
	}
	lines = append([]string{"What to ask for, in " + countOf(total, "step") + ":"}, lines...)
	if beyond {
		lines = append(lines, st.warn.Render(fit("A step also takes what is newer than your export.", w)))
	}
	return lines
}
