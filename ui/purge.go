package ui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"unsaid/phrase"
	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/dialog"
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
	*p, a.Erasing = purging{updates: updates}, true
	ctx, db := a.Ctx, a.o.DB
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
	a.purging, a.Erasing = purging{}, false
	if msg.err != nil {
		return tea.Batch(a.fail(msg.err), a.reload())
	}
	text := fmt.Sprintf("Erased %s, %s of sound", phrase.Count(msg.result.Recordings, "recording"), phrase.Size(msg.result.Bytes))
	return tea.Batch(a.say("%s", text), a.reload())
}

// askPurge asks before a deletion is erased.
func (a *App) askPurge(d store.Deletion) tea.Cmd {
	title := "Erase " + phrase.Count(d.Recordings, "recording") + " beyond recovery?"
	return a.openDialog(dialog.AskWord("erase", title, []string{
		phrase.PurgeErases, phrase.PurgeLeaves,
	}, common.Purge{Deletion: d.ID}))
}
