package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"unsaid/ui/common"
	"unsaid/ui/keys"
	"unsaid/ui/widget"
)

// screen is one of the six screens: what is between the names of the screens and the status row. What it wants
// to happen beyond itself it returns as an action.
type screen interface {
	load(c *common.Common) tea.Cmd // reads anew what it lists
	known() bool                   // whether that was read once: before, it is not known to be empty
	waits() bool                   // whether it shows less than it should for the moment
	resize(to common.Layout)
	title(c *common.Common) string // the row above the screen
	view(c *common.Common) []string
	acts(c *common.Common) acts
	move(c *common.Common, what keys.Action) common.Action // with a movement key
	press(c *common.Common, x, y int) (press, common.Action)
	wheel(c *common.Common, x, y, by int) common.Action // turned by one notch: -1 is up, 1 down
	// recordings is the list of recordings of the screen, nil if it shows none, and whether the keys go to it.
	recordings() (l *list, focused bool)
}

// typist is a screen with a line for text in the row above it.
type typist interface {
	editing() bool // whether the line has the keys
	typed(c *common.Common, msg tea.Msg) tea.Cmd
	leave(c *common.Common) tea.Cmd // gives the keys back to the screen
	cursor(c *common.Common) *tea.Cursor
}

// act is what an action does, and why it cannot be done now.
type act struct {
	do  func() common.Action
	why func() string // "" if it can be done; nil if it always can
}

// acts are what the actions do that are possible in a place.
type acts map[keys.Action]act

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
func (all acts) guarded(what keys.Action, there func() bool, reason string) acts {
	act := all[what]
	first, then := act.why, unless(there, reason)
	act.why = func() string {
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

func (plain) known() bool                         { return true }
func (plain) waits() bool                         { return false }
func (plain) resize(common.Layout)                {}
func (plain) recordings() (l *list, focused bool) { return nil, false }

// press is what the left mouse button was pressed on. The zero press is on nothing.
type press struct {
	again bool                        // the cursor was on it already
	open  keys.Action                 // what it does to click there again
	drag  func(x, y int) (moved bool) // chooses all from there to a place, nil if several cannot be chosen
	drop  func() common.Action        // follows when the button is let go of after that, nil for nothing
}

// clickRow chooses the row of a table at y of the screen: below the row above the screen and the columns' titles.
func clickRow(t *widget.Table, y, n, height int) (p press, chosen bool) {
	again, ok := t.Click(y-3, n, height)
	if !ok {
		return press{}, false
	}
	return press{again: again, open: keys.Details}, !again
}

// toward is the movement key for a notch of the wheel.
func toward(by int) keys.Action {
	if by < 0 {
		return keys.MoveUp
	}
	return keys.MoveDown
}

// answer is what was read of the library.
type answer struct {
	epoch int
	err   error
	take  func() common.Action
}

// read reads something of the library. What comes is dropped if the library has changed meanwhile; an error is
// shown.
func read[T any](c *common.Common, from func(ctx context.Context) (T, error), take func(T) common.Action) tea.Cmd {
	ctx, epoch := c.Ctx, c.Epoch
	return func() tea.Msg {
		data, err := from(ctx)
		return answer{epoch, err, func() common.Action { return take(data) }}
	}
}

// notice fills a screen that has nothing to show.
func notice(c *common.Common, text string) []string {
	return []string{"", "  " + c.Styles.Quiet.Render(text)}
}
