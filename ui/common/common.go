// Package common is what the screens and dialogs share with the program around them: the library and the settings,
// how things are drawn and where, and the actions with which they say what is to happen. It knows no screen and no
// dialog.
package common

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"unsaid/app"
	"unsaid/store"
	"unsaid/ui/keys"
	"unsaid/ui/style"
	"unsaid/ui/widget"
)

// Common is what a screen or a dialog is given. There is one; the program keeps it current.
type Common struct {
	*app.App
	Ctx       context.Context                              // ends with the program
	Open      func(ctx context.Context, path string) error // shows a file or folder with the system's program for it
	OpenSound func(ctx context.Context, data []byte) error // plays a copy of a sound with the system's player
	Home      string                                       // the user's folder, "" if it is not known
	Sample    bool                                         // the library is a throw-away sample
	Keys      keys.Map
	Styles    style.Styles
	Layout    Layout
	Spinner   widget.Spinner
	pressed   pressed
	opened    opened
}

// Local is the time now in the zone of the library.
func (c *Common) Local() time.Time { return c.Now().In(c.Zone) }

// Today is the local day.
func (c *Common) Today() store.Day { return store.DayOf(c.Now(), c.Zone) }

// Undoable is the message about a change that undo can take back, or about its failure.
func (c *Common) Undoable(change store.Change, err error) tea.Msg {
	return Changed{fmt.Sprintf("%s. %s undoes it.", change.Text, c.Keys.KeyOf(keys.Undo)), true, err}
}
