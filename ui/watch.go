package ui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"unsaid/ui/screen"
)

// checkEvery is how often the program looks whether another process has changed the library: often enough for a
// change to be on the screen within a second.
const checkEvery = 500 * time.Millisecond

// noticed is what the program knows of changes by other processes.
type noticed struct {
	version int64 // of the library as it was read last, 0 before that
	failed  bool  // the last look failed, and the user knows
}

// versionMsg is the version of the library, by which changes of other processes are noticed.
type versionMsg struct {
	version int64
	err     error
}

// checkVersion reads the library's version after a delay. It ends with the program.
func (a *App) checkVersion(after time.Duration) tea.Cmd {
	ctx, db := a.Ctx, a.o.DB
	return func() tea.Msg {
		timer := time.NewTimer(after)
		defer timer.Stop()
		select {
		case <-ctx.Done():
			return nil
		case <-timer.C:
		}
		version, err := db.ElsewhereVersion(ctx)
		return versionMsg{version, err}
	}
}

// handleVersion reads everything anew if another process has changed the library, and at the start. What is being
// read is read to its end before, or a long import elsewhere would never let it end.
func (a *App) handleVersion(msg versionMsg) tea.Cmd {
	e, next := &a.noticed, a.checkVersion(checkEvery)
	first, knew := e.version == 0, e.failed
	e.failed = msg.err != nil
	switch {
	case msg.err != nil && knew:
		return next
	case msg.err != nil && first:
		return tea.Batch(next, a.fail(msg.err), a.reload())
	case msg.err != nil:
		return tea.Batch(next, a.fail(msg.err))
	case msg.version == e.version, !first && a.reading():
		return next
	}
	e.version = msg.version
	return tea.Batch(next, a.reload())
}

// readMsg is an answer of what reload asked for.
type readMsg struct {
	epoch  int
	read   *int // where the epoch is noted, nil for nowhere
	answer tea.Msg
}

// counted counts a command that reads the library as long as it has not answered. When it has, the epoch is noted in
// read unless that is nil.
func (a *App) counted(cmd tea.Cmd, read *int) tea.Cmd {
	if cmd == nil {
		return nil
	}
	a.unread++
	epoch := a.Epoch
	return func() tea.Msg { return readMsg{epoch, read, cmd()} }
}

func (a *App) handleRead(msg readMsg) tea.Cmd {
	if msg.epoch == a.Epoch {
		a.unread--
		if msg.read != nil {
			*msg.read = msg.epoch
		}
	}
	if more, is := msg.answer.(tea.BatchMsg); is {
		return tea.Batch(more...)
	}
	return a.handle(msg.answer)
}

// reading reports whether something of the library is still being read.
func (a *App) reading() bool {
	return a.unread > 0 || slices.ContainsFunc(a.screens[:], func(s screen.Screen) bool { return s.Waits(&a.Common) })
}
