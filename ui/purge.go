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
	updates     chan progress // nil when none runs
	done, total int
}

// progress is how many of all recordings were erased.
type progress struct{ done, total int }

func (p *purging) running() bool { return p.updates != nil }

// start begins to erase a deletion. What the screen has not taken yet of its progress is replaced by
// what is newer, so that nothing ever waits for the screen.
func (p *purging) start(a *App, deletion int64) tea.Cmd {
	updates := make(chan progress, 1)
	*p, a.Erasing = purging{updates: updates}, true
	ctx, db := a.Ctx, a.o.DB
	return tea.Batch(common.Ask(nil, func() (store.PurgeResult, error) {
		defer close(updates)
		return db.Purge(ctx, deletion, func(done, total int) {
			select {
			case <-updates:
			default:
			}
			updates <- progress{done, total}
		})
	}, a.purged), p.next())
}

// next waits for the next progress.
func (p *purging) next() tea.Cmd {
	updates := p.updates
	return func() tea.Msg {
		now, open := <-updates
		return common.Answer{Take: func(error) common.Action {
			if !open || p.updates != updates {
				return nil
			}
			p.done, p.total = now.done, now.total
			return p.next()
		}}
	}
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

func (a *App) purged(result store.PurgeResult, err error) common.Action {
	a.purging, a.Erasing = purging{}, false
	return common.Changed{Text: fmt.Sprintf("Erased %s, %s of sound", phrase.Count(result.Recordings, "recording"), phrase.Size(result.Bytes)), Err: err}
}

// askPurge asks before a deletion is erased.
func (a *App) askPurge(d store.Deletion) tea.Cmd {
	title := "Erase " + phrase.Count(d.Recordings, "recording") + " beyond recovery?"
	return a.openDialog(dialog.AskWord("erase", title, []string{
		phrase.PurgeErases, phrase.PurgeLeaves,
	}, common.Purge{Deletion: d.ID}))
}
