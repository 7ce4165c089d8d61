package ui

import (
	"slices"
	"strconv"
	"strings"
)

// action is something that a key does.
type action int

const (
	noAction action = iota
	goLibrary
	goDevices
	goCalendar
	goTrash
	goRequests
	goInsights
	nextScreen
	moveUp
	moveDown
	pageUp
	pageDown
	halfUp
	halfDown
	toTop
	toBottom
	moveLeft
	moveRight
	nextChart
	chartBefore
	countFound
	search
	clearAll
	details
	playPause
	replay
	stopSound
	seekBack
	seekForward
	seekFarBack
	seekFarForward
	seekShare
	playNext
	playPrevious
	reviewFound
	reviewMarked
	shorterPause
	longerPause
	slower
	faster
	softer
	louder
	mute
	normalise
	skipSilence
	loopSound
	markOne
	markRange
	markAll
	deleteChosen
	undo
	redo
	suggest
	narrow
	rename
	merge
	split
	openImport
	export
	openSound
	copyText
	filter
	groupBy
	sortOrder
	jump
	saveQuery
	listMarked
	otherView
	playAll
	restore
	purge
	writeFiles
	openFolder
	markSent
	followUp
	writeReport
	goElsewhere
	showPalette
	showHelp
	suspend
	quit
)

// where says on which screens a binding holds.
type where []screenID

var everywhere where // on every screen

// binding is a key and what it does: the one table from which keys act, and from which the
// help, the hints in the last row and the README are made.
type binding struct {
	does  action
	keys  []string // as Bubble Tea names them; the first is shown
	on    where
	group string
	help  string
	hint  string // in the last row, "" for none
}

// KeyMap is all bindings. A binding of a screen goes before one that holds everywhere.
type KeyMap []binding

func newKeyMap() KeyMap {
	lists := where{libraryScreen, devicesScreen, trashScreen, requestsScreen}
	recordings := where{libraryScreen, trashScreen}
	library := where{libraryScreen}
	calendar := where{calendarScreen}
	insights := where{insightsScreen}
	return KeyMap{
		{playPause, []string{"space"}, everywhere, "Hear", "play, pause", "play"},
		{seekBack, []string{"left", "h"}, lists, "Hear", "back by a second", ""},
		{seekForward, []string{"right", "l"}, lists, "Hear", "on by a second", ""},
		{seekFarBack, []string{"shift+left", "H"}, everywhere, "Hear", "back by 5 seconds", ""},
		{seekFarForward, []string{"shift+right", "L"}, everywhere, "Hear", "on by 5 seconds", ""},
		{seekShare, tenths(), everywhere, "Hear", "to the start, to 10 % … 90 %", ""},
		{playAll, []string{"p"}, calendar, "Hear", "all of the day, or the days chosen", "play all"},
		{replay, []string{"r"}, everywhere, "Hear", "from the start", ""},
		{stopSound, []string{"."}, everywhere, "Hear", "stop", ""},
		{playNext, []string{"n"}, recordings, "Hear", "the next", ""},
		{playPrevious, []string{"p"}, recordings, "Hear", "the one before", ""},
		{reviewMarked, []string{"Q"}, everywhere, "Hear", "what is marked, one after another", ""},
		{shorterPause, []string{"{"}, everywhere, "Hear", "a shorter pause between them", ""},
		{longerPause, []string{"}"}, everywhere, "Hear", "a longer one", ""},
		{slower, []string{"<"}, everywhere, "Hear", "slower", ""},
		{faster, []string{">"}, everywhere, "Hear", "faster", ""},
		{softer, []string{"-"}, everywhere, "Hear", "softer", ""},
		{louder, []string{"+", "="}, everywhere, "Hear", "louder", ""},
		{mute, []string{"_"}, everywhere, "Hear", "mute", ""},
		{normalise, []string{"v"}, everywhere, "Hear", "quiet recordings as loud as others", ""},
		{skipSilence, []string{"T"}, everywhere, "Hear", "skip silence at the beginning", ""},
		{loopSound, []string{"c"}, everywhere, "Hear", "again and again", ""},

		{search, []string{"/"}, everywhere, "Find", "search", "search"},
		{filter, []string{"f"}, library, "Find", "choose what to search for from a menu", "filter"},
		{groupBy, []string{"b"}, library, "Find", "count what is found, by device, day …", ""},
		{sortOrder, []string{"O"}, library, "Find", "newest, oldest or longest first", ""},
		{jump, []string{"J"}, library, "Find", "go to a date", ""},
		{saveQuery, []string{"S"}, library, "Find", "save this search under a name", ""},
		{moveDown, []string{"down", "j"}, everywhere, "Find", "down", ""},
		{moveUp, []string{"up", "k"}, everywhere, "Find", "up", ""},
		{halfDown, []string{"ctrl+d"}, everywhere, "Find", "half a page down", ""},
		{halfUp, []string{"ctrl+u"}, everywhere, "Find", "half a page up", ""},
		{pageDown, []string{"pgdown", "ctrl+f"}, everywhere, "Find", "a page down", ""},
		{pageUp, []string{"pgup", "ctrl+b"}, everywhere, "Find", "a page up", ""},
		{toTop, []string{"g", "home"}, everywhere, "Find", "to the first", ""},
		{toBottom, []string{"G", "end"}, everywhere, "Find", "to the last", ""},
		{moveLeft, []string{"left", "h"}, calendar, "Find", "the day before; the week before in a year", ""},
		{moveRight, []string{"right", "l"}, calendar, "Find", "the day after; the week after in a year", ""},
		{otherView, []string{"z"}, calendar, "Find", "years, or months", "years/months"},
		{narrow, []string{"f"}, where{devicesScreen}, "Find", "narrow the list", "narrow"},
		{moveLeft, []string{"left", "h"}, insights, "Find", "the month, hour or bar before", ""},
		{moveRight, []string{"right", "l"}, insights, "Find", "the month, hour or bar after", ""},
		{nextChart, []string{"J", "]"}, insights, "Find", "the next chart", "next chart"},
		{chartBefore, []string{"K", "["}, insights, "Find", "the chart before", ""},
		{countFound, []string{"f"}, insights, "Choose", "count what is found, or everything", "found or all"},
		{details, []string{"enter"}, library, "Find", "details, all of them", ""},
		{details, []string{"enter"}, where{devicesScreen, calendarScreen, trashScreen, insightsScreen}, "Find", "its recordings", "open"},
		{details, []string{"enter"}, where{requestsScreen}, "Find", "all of its steps", "open"},

		{markOne, []string{"x"}, where{libraryScreen, calendarScreen}, "Choose", "mark", "mark"},
		{markRange, []string{"V"}, library, "Choose", "mark from here to where you go", ""},
		{markRange, []string{"V"}, calendar, "Choose", "choose or mark from here to where you go", "range"},
		{markAll, []string{"*"}, library, "Choose", "mark all that are found", ""},
		{markAll, []string{"*"}, calendar, "Choose", "mark all of the day, or the days chosen", ""},
		{listMarked, []string{"M"}, where{libraryScreen, calendarScreen}, "Choose", "what is marked, by device", ""},
		{clearAll, []string{"esc"}, everywhere, "Choose", "clear: range, search, marks", ""},

		{deleteChosen, []string{"d", "delete"}, library, "Take back", "delete what is marked, or this one", "delete"},
		{deleteChosen, []string{"d", "delete"}, where{devicesScreen}, "Take back", "delete all of the device", "delete all"},
		{deleteChosen, []string{"d", "delete"}, calendar, "Take back", "delete the days chosen, or what is marked", "delete"},
		{reviewFound, []string{"A"}, recordings, "Hear", "all of them from here, one after another", "play all"},
		{undo, []string{"u"}, everywhere, "Take back", "undo what was done last", "undo"},
		{redo, []string{"ctrl+r"}, everywhere, "Take back", "do it again after all", ""},
		{suggest, []string{"D"}, everywhere, "Take back", "what may be worth deleting", ""},
		{restore, []string{"R"}, where{trashScreen}, "Take back", "restore this deletion", "restore"},
		{purge, []string{"P"}, where{trashScreen}, "Take back", "erase this deletion beyond recovery", "purge"},
		{writeFiles, []string{"w"}, where{requestsScreen}, "Take back", "write the request's files", "write files"},
		{openFolder, []string{"o"}, where{requestsScreen}, "Take back", "open the folder with its files", "open folder"},
		{markSent, []string{"s"}, where{requestsScreen}, "Take back", "note when it was sent, or not", "sent"},
		{followUp, []string{"f"}, where{requestsScreen}, "Take back", "follow up on what is still there", "follow up"},
		{writeReport, []string{"W"}, where{requestsScreen}, "Take back", "write a report of all requests", ""},

		{openImport, []string{"i"}, everywhere, "Program", "import an export", "import"},
		{export, []string{"e"}, recordings, "Program", "export what is marked, or this one", ""},
		{export, []string{"e"}, calendar, "Program", "export the days chosen, or what is marked", ""},
		{openSound, []string{"o"}, recordings, "Program", "open it in another program", ""},
		{rename, []string{"n"}, where{devicesScreen}, "Program", "give the device another name", "rename"},
		{merge, []string{"m"}, where{devicesScreen}, "Program", "merge it into another device", "merge"},
		{split, []string{"s"}, where{devicesScreen}, "Program", "split off what was merged into it", ""},
		{copyText, []string{"y"}, library, "Program", "copy what was said", ""},
		{copyText, []string{"y"}, where{requestsScreen}, "Program", "copy the letter", "copy letter"},
		{goLibrary, []string{"1"}, everywhere, "Program", "Library", ""},
		{goDevices, []string{"2"}, everywhere, "Program", "Devices", ""},
		{goCalendar, []string{"3"}, everywhere, "Program", "Calendar", ""},
		{goTrash, []string{"4"}, everywhere, "Program", "Trash", ""},
		{goRequests, []string{"5"}, everywhere, "Program", "Requests", ""},
		{goInsights, []string{"6"}, everywhere, "Program", "Insights", ""},
		{nextScreen, []string{"tab"}, everywhere, "Program", "next screen", ""},
		{goElsewhere, []string{"t"}, everywhere, "Program", "try a sample, or go back from it", "try a sample"},
		{showPalette, []string{":"}, everywhere, "Program", "find any action", "actions"},
		{showHelp, []string{"?"}, everywhere, "Program", "this help", "help"},
		{suspend, []string{"ctrl+z"}, everywhere, "Program", "back to the shell; fg returns", ""},
		{quit, []string{"q", "ctrl+c"}, everywhere, "Program", "quit", ""},
	}
}

// tenths are the keys that go to a share of a clip.
func tenths() []string {
	keys := make([]string, 10)
	for i := range keys {
		keys[i] = "alt+" + strconv.Itoa(i)
	}
	return keys
}

// tenth is the share of a clip, in tenths, that a key goes to.
func (k KeyMap) tenth(key string) int {
	at := slices.IndexFunc(k, func(b binding) bool { return b.does == seekShare })
	return max(0, slices.Index(k[at].keys, key))
}

// action returns what a key does on a screen.
func (k KeyMap) action(screen screenID, key string) action {
	general := noAction
	for _, b := range k {
		if !slices.Contains(b.keys, key) {
			continue
		}
		if slices.Contains(b.on, screen) {
			return b.does
		}
		if b.on == nil {
			general = b.does
		}
	}
	return general
}

// of returns the bindings that hold on a screen.
func (k KeyMap) of(screen screenID) []binding {
	var held []binding
	for _, b := range k {
		if b.on == nil || slices.Contains(b.on, screen) {
			held = append(held, b)
		}
	}
	return held
}

// keyOf is the key that does something, as people read it.
func (k KeyMap) keyOf(what action) string {
	at := slices.IndexFunc(k, func(b binding) bool { return b.does == what })
	return label(k[at].keys[0])
}

// label is a key as people read it.
func label(key string) string {
	if rest, shifted := strings.CutPrefix(key, "shift+"); shifted {
		return "shift+" + label(rest)
	}
	switch key {
	case "left":
		return "←"
	case "right":
		return "→"
	case "up":
		return "↑"
	case "down":
		return "↓"
	case "pgup":
		return "PgUp"
	case "pgdown":
		return "PgDn"
	}
	return key
}

// labels joins keys as people read them.
func labels(keys []string) string {
	if last := len(keys) - 1; last > 3 { // such as alt+0…9
		return label(keys[0]) + "…" + strings.TrimPrefix(keys[last], "alt+")
	}
	shown := make([]string, len(keys))
	for i, k := range keys {
		shown[i] = label(k)
	}
	return strings.Join(shown, " ")
}

func (b binding) labels() string { return labels(b.keys) }

// groups are the parts of the help, in order.
func groups() []string { return []string{"Hear", "Find", "Choose", "Take back", "Program"} }

// Bound is an action with its keys, as it is listed.
type Bound struct {
	Action string   // its name in the settings
	Keys   []string // as the settings write them
	Where  []string // the screens on which they hold, nil for all
	What   string
}

// List lists all bindings by the groups of the help.
func (k KeyMap) List() []Bound {
	var list []Bound
	for _, group := range groups() {
		for _, b := range k {
			if b.group != group {
				continue
			}
			bound := Bound{Action: b.does.name(), Keys: b.keys, What: b.help}
			for _, s := range b.on {
				bound.Where = append(bound.Where, s.name())
			}
			list = append(list, bound)
		}
	}
	return list
}

// KeyTable is the usual key map as a table in Markdown, as the README shows it.
func KeyTable() string {
	var out strings.Builder
	out.WriteString("| keys | what they do | where |\n|---|---|---|\n")
	for _, b := range newKeyMap().List() {
		place := strings.Join(b.Where, ", ")
		if b.Where == nil {
			place = "everywhere"
		}
		keys := strings.ReplaceAll("`"+strings.ReplaceAll(labels(b.Keys), " ", "` `")+"`", "|", "\\|")
		out.WriteString("| " + keys + " | " + b.What + " | " + place + " |\n")
	}
	return out.String()
}
