package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"unsaid/store"
	"unsaid/ui/text"
)

// purging is the purge that runs.
type purging struct {
	updates     chan purgeProgressMsg // nil when none runs
	done, total int
}

func (p *purging) running() bool { return p.updates != nil }

// start begins to erase a deletion. What the screen has not taken yet of its progress is replaced by
// what is newer, so that nothing ever waits for the screen.
func (p *purging) start(a *App, deletion int64) tea.Cmd {
	updates := make(chan purgeProgressMsg, 1)
	*p = purging{updates: updates}
	ctx, db := a.ctx, a.o.DB
	return tea.Batch(func() tea.Msg {
		defer close(updates)
		result, err := db.Purge(ctx, deletion, func(done, total int) {
			select {
			case <-updates:
			default:
			}
			updates <- purgeProgressMsg{done, total}
		})
		return purgedMsg{result, err}
	}, p.next())
}

// next waits for the next progress.
func (p *purging) next() tea.Cmd {
	updates := p.updates
	return func() tea.Msg {
		if msg, open := <-updates; open {
			return msg
		}
		return nil
	}
}

func (p *purging) take(msg purgeProgressMsg) tea.Cmd {
	if !p.running() {
		return nil
	}
	p.done, p.total = msg.done, msg.total
	return p.next()
}

// short is the purge for the status row. Erasing the traces comes last, and takes a while.
func (p *purging) short() string {
	switch {
	case p.total == 0:
		return "erasing …"
	case p.done >= p.total:
		return "erasing the last traces …"
	}
	return fmt.Sprintf("erasing %d %%", 100*p.done/p.total)
}

func (a *App) purged(msg purgedMsg) tea.Cmd {
	a.purging = purging{}
	if msg.err != nil {
		return tea.Batch(a.fail(msg.err), a.reload())
	}
	text := fmt.Sprintf("Erased %s, %s of sound", countOf(msg.result.Recordings, "recording"), size(msg.result.Bytes))
	return tea.Batch(a.say("%s", text), a.reload())
}

// purgeDialog asks before something is erased.
type purgeDialog struct{ deletion store.Deletion }

func (d *purgeDialog) update(a *App, msg tea.Msg) (tea.Cmd, bool) {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil, false
	}
	switch key.String() {
	case "P":
		return a.purging.start(a, d.deletion.ID), true
	case "esc", "q", "n":
		return nil, true
	}
	return nil, false
}

func (d *purgeDialog) view(a *App) string {
	st, w := &a.styles, min(54, a.layout.w-8)
	lines := []string{st.Bad.Render(text.Fit("Erase "+countOf(d.deletion.Recordings, "recording")+" beyond recovery?", w)), ""}
	for _, words := range []string{
		"Words, replies, names and sound are overwritten, and past searches. What stays is when and by which device, so that a later import " +
			"does not bring them back. This has no undo.",
		"What the maker holds is not touched by this, nor are copies that you made: backups, exports, files of requests.",
	} {
		lines = append(lines, text.Wrap(words, w, 4)...)
	}
	return strings.Join(append(lines, "", st.Key.Render("P")+" erase   "+st.Key.Render("esc")+" keep"), "\n")
}
