// Package common is what the screens and dialogs share with the program around them: the library and the settings,
// how things are drawn and where, and the actions with which they say what is to happen. It knows no screen and no
// dialog.
package common

import (
	"context"
	"fmt"
	"maps"
	"time"

	tea "charm.land/bubbletea/v2"

	"unsaid/app"
	"unsaid/phrase"
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
	Elsewhere bool                                         // there is another library to go to
	Keys      keys.Map
	Styles    style.Styles
	Layout    Layout
	Spinner   widget.Spinner

	Screen     keys.Screen // the one that is seen
	Epoch      int         // counts changes of the library; what was read of an older one is dropped
	Totals     store.Totals
	Counted    bool              // whether Totals was read once
	Marked     map[int64]bool    // the recordings that are marked by hand
	Search     Search            // of the library
	Days       map[store.Day]int // how many recordings each local day has
	Facets     Facets
	DeviceName int   // cells of the longest name of a device
	Heard      Heard // what plays
	Erasing    bool  // whether a purge runs

	pressed pressed
	opened  opened
}

// Search is how the search of the library stands.
type Search struct {
	Text   string
	Wrong  *store.QueryError // what is wrong with it, nil if nothing is; then what is listed stays as it was
	Sort   store.Sorting
	Busy   bool // what it finds is not known yet
	Failed bool // what is listed is not what it finds
	Found  int
	Saved  []store.SavedSearch
}

// ParseSearch reads a query as the search of the library does: in its order, and with the marks.
func (c *Common) ParseSearch(text string) (store.Query, error) {
	query, err := store.ParseQuery(text, c.Local())
	query.Sort = c.Search.Sort
	if query.AsksMarked() {
		query.Marked = maps.Clone(c.Marked) // commands read it while marks are set
	}
	return query, err
}

// Empty reports whether there is nothing in the library, not even in the trash.
func (c *Common) Empty() bool { return c.Counted && c.Totals.Recordings+c.Totals.Trashed == 0 }

// Local is the time now in the zone of the library.
func (c *Common) Local() time.Time { return c.Now().In(c.Zone) }

// Dates writes days and times as they stand on the screen.
func (c *Common) Dates() phrase.Dates { return phrase.OnScreen(c.Zone) }

// Today is the local day.
func (c *Common) Today() store.Day { return store.DayOf(c.Now(), c.Zone) }

// Notice fills a screen that has nothing to show.
func (c *Common) Notice(lines ...string) []string {
	drawn := []string{""}
	for _, line := range lines {
		drawn = append(drawn, "  "+c.Styles.Quiet.Render(line))
	}
	return drawn
}

// OtherLibrary says what the other library is, "" if one cannot go there from here: the sample is for
// those who have nothing yet.
func (c *Common) OtherLibrary() string {
	switch {
	case !c.Elsewhere || !c.Sample && !c.Empty():
		return ""
	case c.Sample:
		return "goes back to your library; the sample is thrown away"
	}
	return "opens a sample to try: an invented household, thrown away at the end"
}

// OtherLibraryHint is the same in a few words.
func (c *Common) OtherLibraryHint() string {
	switch {
	case c.OtherLibrary() == "":
		return ""
	case c.Sample:
		return "your library"
	}
	return "try a sample"
}

// Undoable is the message about a change that undo can take back, or about its failure.
func (c *Common) Undoable(change store.Change, err error) tea.Msg {
	return Changed{fmt.Sprintf("%s. %s undoes it.", change.Text, c.Keys.KeyOf(keys.Undo)), true, err}
}
