package ui

import (
	"slices"

	"unsaid/ui/keys"

	tea "charm.land/bubbletea/v2"
)

// answer takes what a command brought. What answers an older question than the last one asked
// is dropped, so that the screen never goes back.
func (a *App) answer(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pageMsg:
		a.library.takePage(msg)
	case idsMsg:
		return a.library.takeIDs(a, msg)
	case rowsMsg:
		return a.takeRows(msg)
	case totalsMsg:
		if msg.epoch == a.epoch && msg.err == nil {
			a.totals, a.loaded = msg.totals, true
		}
		return a.failed(msg.epoch == a.epoch, msg.err)
	case devicesMsg:
		a.wasRead(keys.DevicesScreen, msg.epoch)
		if msg.epoch == a.epoch && msg.err == nil {
			a.devices.set(msg.devices)
		}
		return a.failed(msg.epoch == a.epoch, msg.err)
	case daysMsg:
		a.wasRead(keys.CalendarScreen, msg.epoch)
		if msg.epoch == a.epoch && msg.err == nil {
			a.calendar.set(msg.ids, msg.days)
		}
		return a.failed(msg.epoch == a.epoch, msg.err)
	case trashMsg:
		a.wasRead(keys.TrashScreen, msg.epoch)
		return a.trash.take(a, msg)
	case trashIDsMsg:
		return a.trash.takeIDs(a, msg)
	case requestsMsg:
		a.wasRead(keys.RequestsScreen, msg.epoch)
		if msg.epoch != a.epoch || msg.err != nil {
			return a.failed(msg.epoch == a.epoch, msg.err)
		}
		a.requests.set(msg.requests)
		return a.requests.loadDetail(a)
	case requestDetailMsg:
		return a.requests.takeDetail(a, msg)
	case letterMsg:
		return a.copyLetter(msg)
	case figuresMsg:
		return a.insights.take(a, msg)
	case slowMsg:
		a.insights.takeSlow(msg)
	case clipMsg, peaksMsg, playedMsg, restedMsg, tickMsg, hereMsg, reviewWaitMsg, reviewMsg:
		return a.playback.answer(a, msg)
	case marksMsg:
		return a.takeMarks(msg)
	case dueMsg:
		return a.takeDue(msg)
	case sentAlreadyMsg:
		a.dialog = &sentAlreadyDialog{msg.deletion, msg.sent}
	case purgeProgressMsg:
		return a.purging.take(msg)
	case facetsMsg:
		a.facets.take(msg)
		a.library.suggestAgain(a)
		return a.failed(msg.epoch == a.facets.epoch, msg.err)
	case searchesMsg:
		return a.library.takeSearches(a, msg)
	case rememberedMsg:
		return tea.Batch(a.failed(true, msg.err), a.loadSearches())
	case groupsMsg, suggestionsMsg, completionsMsg, folderMsg, lookedMsg, importsMsg, memberIDsMsg, membersMsg:
		if a.dialog != nil {
			return a.toDialog(msg)
		}
	case revertedMsg:
		a.reverting = false
		return a.answer(msg.answer)
	case purgedMsg:
		return a.purged(msg)
	case reversible:
		if msg.epoch == a.epoch && msg.err == nil {
			a.reversible = msg
		}
		return a.failed(msg.epoch == a.epoch, msg.err)
	case exportedMsg:
		if msg.err != nil {
			return a.fail(msg.err)
		}
		return a.say("%s", msg.text)
	case progressMsg:
		return a.imports.takeProgress(a, msg)
	case dateQuestionMsg:
		return a.imports.takeQuestion(a, msg)
	case importedMsg:
		return a.imports.take(a, msg)
	default:
		return a.carryOut(msg)
	}
	return nil
}

// failed shows the error of an answer that is wanted.
func (a *App) failed(wanted bool, err error) tea.Cmd {
	if err == nil || !wanted {
		return nil
	}
	return a.fail(err)
}

// takeRows gives a list the rows it asked for. Any of the lists may want them.
func (a *App) takeRows(msg rowsMsg) tea.Cmd {
	if msg.epoch != a.epoch {
		return nil
	}
	if msg.err != nil {
		return a.fail(msg.err)
	}
	for _, l := range []*list{&a.library.list, &a.trash.list, &a.calendar.list} {
		if slices.ContainsFunc(msg.asked, func(id int64) bool { return l.asked[id] }) {
			l.fill(msg.asked, msg.rows)
		}
	}
	return nil
}
