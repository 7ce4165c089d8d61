package ui

import (
	tea "charm.land/bubbletea/v2"

	"unsaid/ui/common"
	"unsaid/ui/dialog"
)

// answer handles what a command brought. An answer to an older question than the last one asked
// is dropped, so that the screen never goes back.
func (a *App) answer(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case answer:
		switch {
		case msg.epoch != a.Epoch:
			return nil
		case msg.err != nil:
			return a.fail(msg.err)
		}
		return a.carryOut(msg.take())
	case pageMsg, idsMsg, searchesMsg:
		return a.carryOut(a.library.take(&a.Common, msg))
	case figuresMsg, slowMsg:
		return a.carryOut(a.insights.take(&a.Common, msg))
	case requestDetailMsg:
		return a.carryOut(a.requests.takeDetail(msg))
	case letterMsg:
		return a.copyLetter(msg)
	case clipMsg, peaksMsg, playedMsg, restedMsg, tickMsg, hereMsg, reviewWaitMsg, reviewMsg:
		return a.playback.answer(a, msg)
	case marksMsg:
		return a.handleMarks(msg)
	case dueMsg:
		return a.handleDue(msg)
	case purgeProgressMsg:
		return a.purging.take(msg)
	case common.FacetsMsg:
		wanted := a.Facets.Take(msg)
		a.library.suggestAgain(&a.Common)
		return a.failed(wanted, msg.Err)
	case rememberedMsg:
		return tea.Batch(a.failed(true, msg.err), a.loadSearches())
	case revertedMsg:
		a.reverting = false
		return a.answer(msg.answer)
	case purgedMsg:
		return a.purged(msg)
	case dialog.ProgressMsg:
		return a.importing(msg)
	case dialog.QuestionMsg:
		return a.importAsks(msg)
	case dialog.ImportedMsg:
		return a.imported(msg)
	}
	return a.carryOut(msg)
}

// failed shows the error of an answer that is wanted.
func (a *App) failed(wanted bool, err error) tea.Cmd {
	if err == nil || !wanted {
		return nil
	}
	return a.fail(err)
}
