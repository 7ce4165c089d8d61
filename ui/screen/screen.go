package screen

import (
	tea "charm.land/bubbletea/v2"

	"unsaid/ui/common"
	"unsaid/ui/keys"
	"unsaid/ui/widget"
)

// Screen is what stands between the names of the screens and the status row.
type Screen interface {
	// Load reads anew what the screen lists.
	Load(c *common.Common) tea.Cmd
	// Show reads what is only wanted while the screen is seen.
	Show(c *common.Common) tea.Cmd
	// Known reports whether that was read once: before, it is not known to be empty.
	Known() bool
	// Waits reports whether it shows less than it should for the moment.
	Waits(c *common.Common) bool
	Resize(to common.Layout)
	// Title draws the row above the screen.
	Title(c *common.Common) string
	View(c *common.Common) []string
	Acts(c *common.Common) Acts
	// Early reports whether what an action is for is still being found.
	Early(c *common.Common, what keys.Action) bool
	// Move does what a movement key is for.
	Move(c *common.Common, what keys.Action) common.Action
	Press(c *common.Common, x, y int) (Press, common.Action)
	// Wheel takes a notch of the wheel: -1 is up, 1 down.
	Wheel(c *common.Common, x, y, by int) common.Action
	// Hold keeps the cursor where it is from now on, whatever comes into the library, if an action is for what it is
	// on.
	Hold(what keys.Action)
	// Recordings is the list of recordings of the screen, nil if it shows none, and whether the keys go to it.
	Recordings() (l *List, focused bool)
}

// Typist is a screen with a line for text in the row above it.
type Typist interface {
	Editing() bool // whether the line has the keys
	Typed(c *common.Common, msg tea.Msg) tea.Cmd
	Leave(c *common.Common) tea.Cmd // gives the keys back to the screen
	TextCursor(c *common.Common) *tea.Cursor
	// Under is what hangs below the line, and its column; nil for nothing.
	Under(c *common.Common) (lines []string, x int)
	Hints(c *common.Common) [][2]string // the keys of the line, and what they do
}

// Searcher is the screen with the search of the library.
type Searcher interface {
	Screen
	// StartSearch gives the keys to the search.
	StartSearch(c *common.Common) tea.Cmd
	// SearchFor shows what a query finds.
	SearchFor(c *common.Common, query string) tea.Cmd
	// Edit searches for a changed query as if it had been typed.
	Edit(c *common.Common, query string) tea.Cmd
	// ShowFound shows what a query finds, of which ids are known already, with the cursor on one of them.
	ShowFound(c *common.Common, found common.ShowFound) tea.Cmd
	// MarksChanged searches anew if the search is for marks.
	MarksChanged(c *common.Common) tea.Cmd
	// SuggestAgain finds anew what the term that is being typed may become, when more is known.
	SuggestAgain(c *common.Common)
}

// New returns the screens in their order, and the one that searches.
func New(c *common.Common) (all [keys.Screens]Screen, search Searcher) {
	search = newLibrary(c)
	return [keys.Screens]Screen{search, newDevices(), newCalendar(c), newTrash(c), &requests{}, newInsights()}, search
}

// Act is what an action does, and why it cannot be done now.
type Act struct {
	Do  func() common.Action
	Why func() string // "" if it can be done; nil if it always can
}

// Acts are what the actions do that are possible in a place.
type Acts map[keys.Action]Act

// just is an act that changes a screen and nothing else.
func just(change func()) func() common.Action {
	return func() common.Action {
		change()
		return nil
	}
}

// unless is a guard: it gives the reason as long as something is missing.
func unless(there func() bool, reason string) func() string {
	return func() string {
		if there() {
			return ""
		}
		return reason
	}
}

// guarded guards an act once more, and returns all of them.
func (all Acts) guarded(what keys.Action, there func() bool, reason string) Acts {
	act := all[what]
	first, then := act.Why, unless(there, reason)
	act.Why = func() string {
		if reason := first(); reason != "" {
			return reason
		}
		return then()
	}
	all[what] = act
	return all
}

// plain is what a screen has that shows no recordings and waits for nothing.
type plain struct{}

func (plain) Known() bool                            { return true }
func (plain) Waits(*common.Common) bool              { return false }
func (plain) Show(*common.Common) tea.Cmd            { return nil }
func (plain) Resize(common.Layout)                   {}
func (plain) Early(*common.Common, keys.Action) bool { return false }
func (plain) Hold(keys.Action)                       {}
func (plain) Recordings() (l *List, focused bool)    { return nil, false }

// rows is what a screen has that lists things of which one can be opened.
type rows[T any] struct {
	plain
	widget.Table
	read bool // once
	all  []T
	open bool // whether the one at the cursor is
}

// Known reports whether they were read.
func (r *rows[T]) Known() bool { return r.read }

// set takes what was read anew. The cursor stays on what it is on, unless it is on the newest.
func (r *rows[T]) set(all []T, id func(T) int64) {
	onNewest := r.Cursor == 0 && !r.open
	there := widget.Stay(&r.Table, r.all, all, id)
	r.read, r.all, r.open = true, all, r.open && there
	if onNewest {
		r.Cursor = 0
	}
}

// Press is what the left mouse button was pressed on. The zero Press is on nothing.
type Press struct {
	Again bool                        // the cursor was on it already
	Open  keys.Action                 // what it does to click there again
	Drag  func(x, y int) (moved bool) // chooses all from there to a place, nil if several cannot be chosen
	Drop  func() common.Action        // follows when the button is let go of after that, nil for nothing
}

// clickRow chooses the row of a table at y of the screen: below the row above the screen and the columns' titles.
func clickRow(t *widget.Table, y, n, height int) (p Press, chosen bool) {
	again, ok := t.Click(y-3, n, height)
	if !ok {
		return Press{}, false
	}
	return Press{Again: again, Open: keys.Details}, !again
}

// toward is the movement key for a notch of the wheel.
func toward(by int) keys.Action {
	if by < 0 {
		return keys.MoveUp
	}
	return keys.MoveDown
}

// Reasons that are given in more than one place.
const (
	nothingListed   = "Nothing is listed here"
	nothingToDelete = "There is nothing to delete here"
	noTerm          = "There is no search for this name"
)
