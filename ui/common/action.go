package common

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"unsaid/store"
	"unsaid/ui/keys"
)

// Dialog is what lies over a screen and takes the keys.
type Dialog interface {
	// Update takes a key, a paste, a click at a cell of the dialog, or an answer to what it has asked, and
	// returns what is to happen, nil for nothing.
	Update(c *Common, msg tea.Msg) Action
	// View draws the dialog from what is known; it reads nothing.
	View(c *Common) string
}

// Starter is a dialog that reads something when it opens.
type Starter interface{ Start(c *Common) tea.Cmd }

// Reader is a dialog that reads something anew after a change of the library.
type Reader interface{ Read(c *Common) tea.Cmd }

// Waiter is a dialog that may show less than it should for the moment, which a spinner says.
type Waiter interface{ Waits() bool }

// Action is what a screen or dialog wants to happen: nil, a [tea.Cmd], or one of the types below. The program
// carries it out. A command may bring one as its message.
type Action any

// The actions.
type (
	// Actions are several, one after the other.
	Actions []Action
	// Close closes the dialog that returns it; the one below it has the keys again.
	Close struct{}
	// Show opens a dialog over the screen, and over the dialogs that are open.
	Show struct{ Dialog }
	// Say shows a message in the status row for a while.
	Say struct{ Text string }
	// Fail shows an error there.
	Fail struct{ Err error }
	// Do does what a key does on the screen.
	Do struct{ What keys.Action }
	// GoTo shows a screen.
	GoTo struct{ Screen keys.Screen }
	// SearchFor shows what a query finds.
	SearchFor struct{ Query string }
	// EditSearch shows what a changed query finds; the cursor stays on its recording if that is found, too.
	EditSearch struct{ Query string }
	// ProposeDelete opens the dialog in which a deletion is confirmed.
	ProposeDelete struct{ Selection }
	// Deleted tells how a deletion went; the dialog that carried it out closes. By is nil for a redo.
	Deleted struct {
		By       Dialog
		Deletion store.Deletion
		Requests int    // how many it drafted or changed
		Done     func() // what the screen does when the recordings are deleted, nil for nothing
		Err      error
	}
	// ShowFound shows what a query finds, of which some is known: all ids of it, and which of them has the cursor.
	ShowFound struct {
		Query string
		IDs   []int64
		At    int
	}
	// Play plays live recordings one after another.
	Play struct{ IDs []int64 }
	// MarksChanged tells that marks were set or taken off.
	MarksChanged struct{}
	// ClearMarks takes marks off, which undo brings back.
	ClearMarks struct{ IDs []int64 }
	// Export asks where recordings are to be copied to.
	Export struct{ IDs []int64 }
	// AskName asks for another name of a device.
	AskName struct{ store.Device }
	// AskMerge asks into which device one is to be merged.
	AskMerge struct {
		Device store.DeviceSummary
		Into   []store.DeviceSummary // those that it can be merged into
	}
	// AskSplit asks which device is to be split off another.
	AskSplit struct{ Device store.DeviceSummary }
	// AskSent asks when a request was sent.
	AskSent struct{ store.Request }
	// Restore undoes a deletion.
	Restore struct{ Deletion int64 }
	// AskPurge asks whether to erase a deletion.
	AskPurge struct{ store.Deletion }
	// UndoSent undoes a deletion although the maker was asked.
	UndoSent struct{ Deletion int64 }
	// Purge erases a deletion.
	Purge struct{ Deletion int64 }
	// Changed tells how a change of the library went, which is read anew.
	Changed struct {
		Text string
		Step bool // whether it is a step that undo takes back, or an undo
		Err  error
	}
	// Hold keeps a key until the dialogs are closed.
	Hold struct{ Key tea.KeyPressMsg }
	// DropHeld drops all keys that are kept.
	DropHeld struct{}
	// AskDate asks for a date to go to. The day without a year that is typed is the last one up to Newest.
	AskDate struct {
		Newest store.Day
		Go     func(store.Days) Action
	}
	// Compare shows pairs of recordings that may be the same.
	Compare struct{ Pairs [][2]int64 }
	// FacetsCounted tells how counting the facets went.
	FacetsCounted struct{ Err error }
	// Answer is what a command brought: Take takes it, with the error if there was one. It is dropped if the dialog
	// that asked was closed meanwhile.
	Answer struct {
		To   Dialog // nil if a screen or the program has asked
		Err  error
		Take func(err error) Action
	}
)

// Selection is recordings that are to be deleted.
type Selection struct {
	How  string                                     // how they were chosen
	N    int                                        // how many, as far as the screen knows
	Find func(ctx context.Context) ([]int64, error) // which
	Done func()                                     // what the screen does when they are deleted, nil for nothing
}

// These selects recordings that are known.
func These(how string, ids []int64, done func()) Selection {
	return Selection{how, len(ids), func(context.Context) ([]int64, error) { return ids, nil }, done}
}

// Sayf shows a message in the status row.
func Sayf(format string, args ...any) Action { return Say{fmt.Sprintf(format, args...)} }

// Ask has a command read something, for a dialog unless that is nil.
func Ask[T any](to Dialog, read func() (T, error), take func(T, error) Action) tea.Cmd {
	return func() tea.Msg {
		data, err := read()
		return Answer{to, err, func(err error) Action { return take(data, err) }}
	}
}

// Try has a command do something of which only an error is to be told.
func Try(do func() error, then func(error) Action) tea.Cmd {
	return Ask(nil, func() (struct{}, error) { return struct{}{}, do() }, func(_ struct{}, err error) Action { return then(err) })
}

// After has something done after a while.
func After(while time.Duration, do func() Action) tea.Cmd {
	return tea.Tick(while, func(time.Time) tea.Msg { return Answer{Take: func(error) Action { return do() }} })
}

// Read reads something of the library for a screen. It is dropped if the library has changed meanwhile; an error is
// shown.
func Read[T any](c *Common, from func(ctx context.Context) (T, error), take func(T) Action) tea.Cmd {
	ctx, epoch := c.Ctx, c.Epoch
	return Ask(nil, func() (T, error) { return from(ctx) }, func(data T, err error) Action {
		switch {
		case epoch != c.Epoch:
			return nil
		case err != nil:
			return Fail{err}
		}
		return take(data)
	})
}

// Failed shows an error, if there is one.
func Failed(err error) Action {
	if err == nil {
		return nil
	}
	return Fail{err}
}
