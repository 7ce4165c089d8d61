package keys

import (
	"slices"
	"strconv"
	"strings"
)

// Action is something that a key does.
type Action int

// The actions, by what their names say.
const (
	None Action = iota
	GoLibrary
	GoDevices
	GoCalendar
	GoTrash
	GoRequests
	GoInsights
	NextScreen
	MoveUp
	MoveDown
	PageUp
	PageDown
	HalfUp
	HalfDown
	ToTop
	ToBottom
	MoveLeft
	MoveRight
	NextChart
	ChartBefore
	CountFound
	Search
	ClearAll
	Details
	PlayPause
	Replay
	StopSound
	SeekBack
	SeekForward
	SeekFarBack
	SeekFarForward
	SeekShare
	PlayNext
	PlayPrevious
	ReviewFound
	ReviewMarked
	ShorterPause
	LongerPause
	Slower
	Faster
	Softer
	Louder
	Mute
	Normalise
	SkipSilence
	LoopSound
	MarkOne
	MarkRange
	MarkAll
	DeleteChosen
	Undo
	Redo
	Suggest
	Narrow
	Rename
	Merge
	Split
	OpenImport
	Export
	OpenSound
	CopyText
	Filter
	GroupBy
	SortOrder
	Jump
	SaveQuery
	ListMarked
	OtherView
	PlayAll
	Restore
	Purge
	WriteFiles
	OpenFolder
	MarkSent
	FollowUp
	SayComplete
	CompareBoth
	WriteReport
	SwitchLibrary
	ShowPalette
	ShowHelp
	Suspend
	Quit
)

// Screen names a screen.
type Screen int

// The screens, in the order of their names in the first row.
const (
	LibraryScreen Screen = iota
	DevicesScreen
	CalendarScreen
	TrashScreen
	RequestsScreen
	InsightsScreen
	Screens // how many there are
)

// Name is what people call the screen.
func (s Screen) Name() string {
	return [...]string{"Library", "Devices", "Calendar", "Trash", "Requests", "Insights"}[s]
}

// Where says on which screens a binding holds.
type Where []Screen

var everywhere Where // on every screen

// Binding is a key and what it does: the one table from which keys act, and from which the
// help, the hints in the last row and the README are made.
type Binding struct {
	Does  Action
	Keys  []string // as Bubble Tea names them; the first is shown
	On    Where
	Group string
	Help  string
	Hint  string // in the last row, "" for none
}

// Map is all bindings. A binding of a screen goes before one that holds everywhere.
type Map []Binding

// Default is the usual key map.
func Default() Map {
	lists := Where{LibraryScreen, DevicesScreen, TrashScreen, RequestsScreen}
	recordings := Where{LibraryScreen, TrashScreen}
	library := Where{LibraryScreen}
	calendar := Where{CalendarScreen}
	insights := Where{InsightsScreen}
	return Map{
		{PlayPause, []string{"space"}, everywhere, "Hear", "play, pause", "play"},
		{SeekBack, []string{"left", "h"}, lists, "Hear", "back 1 s", ""},
		{SeekForward, []string{"right", "l"}, lists, "Hear", "forward 1 s", ""},
		{SeekFarBack, []string{"shift+left", "H"}, everywhere, "Hear", "back 5 s", ""},
		{SeekFarForward, []string{"shift+right", "L"}, everywhere, "Hear", "forward 5 s", ""},
		{SeekShare, tenths(), everywhere, "Hear", "go to 0 % … 90 %", ""},
		{PlayAll, []string{"p"}, calendar, "Hear", "play the chosen days", "play all"},
		{Replay, []string{"r"}, everywhere, "Hear", "play from the start", ""},
		{StopSound, []string{"."}, everywhere, "Hear", "stop", ""},
		{PlayNext, []string{"n"}, recordings, "Hear", "next recording", ""},
		{PlayPrevious, []string{"p"}, recordings, "Hear", "previous recording", ""},
		{ReviewMarked, []string{"Q"}, everywhere, "Hear", "play all marked recordings", ""},
		{ShorterPause, []string{"{"}, everywhere, "Hear", "shorter pause between recordings", ""},
		{LongerPause, []string{"}"}, everywhere, "Hear", "longer pause between recordings", ""},
		{Slower, []string{"<"}, everywhere, "Hear", "slower", ""},
		{Faster, []string{">"}, everywhere, "Hear", "faster", ""},
		{Softer, []string{"-"}, everywhere, "Hear", "volume down", ""},
		{Louder, []string{"+", "="}, everywhere, "Hear", "volume up", ""},
		{Mute, []string{"_"}, everywhere, "Hear", "mute", ""},
		{Normalise, []string{"v"}, everywhere, "Hear", "make quiet recordings louder", ""},
		{SkipSilence, []string{"T"}, everywhere, "Hear", "skip silence at the start", ""},
		{LoopSound, []string{"c"}, everywhere, "Hear", "repeat", ""},

		{Search, []string{"/"}, everywhere, "Find", "search", "search"},
		{Filter, []string{"f"}, library, "Find", "filter menu", "filter"},
		{GroupBy, []string{"b"}, library, "Find", "count search results by device, day …", ""},
		{SortOrder, []string{"O"}, library, "Find", "sort by date or length", ""},
		{Jump, []string{"J"}, library, "Find", "go to a date", ""},
		{SaveQuery, []string{"S"}, library, "Find", "save the search", ""},
		{MoveDown, []string{"down", "j"}, everywhere, "Find", "down", ""},
		{MoveUp, []string{"up", "k"}, everywhere, "Find", "up", ""},
		{HalfDown, []string{"ctrl+d"}, everywhere, "Find", "half a page down", ""},
		{HalfUp, []string{"ctrl+u"}, everywhere, "Find", "half a page up", ""},
		{PageDown, []string{"pgdown", "ctrl+f"}, everywhere, "Find", "a page down", ""},
		{PageUp, []string{"pgup", "ctrl+b"}, everywhere, "Find", "a page up", ""},
		{ToTop, []string{"g", "home"}, everywhere, "Find", "to the first", ""},
		{ToBottom, []string{"G", "end"}, everywhere, "Find", "to the last", ""},
		{MoveLeft, []string{"left", "h"}, calendar, "Find", "previous day; in a year, previous week", ""},
		{MoveRight, []string{"right", "l"}, calendar, "Find", "next day; in a year, next week", ""},
		{OtherView, []string{"z"}, calendar, "Find", "months or years", "years/months"},
		{Narrow, []string{"f"}, Where{DevicesScreen}, "Find", "filter the list", "filter"},
		{MoveLeft, []string{"left", "h"}, insights, "Find", "previous month, hour or bar", ""},
		{MoveRight, []string{"right", "l"}, insights, "Find", "next month, hour or bar", ""},
		{NextChart, []string{"J", "]"}, insights, "Find", "next chart", "next chart"},
		{ChartBefore, []string{"K", "["}, insights, "Find", "previous chart", ""},
		{CountFound, []string{"f"}, insights, "Choose", "count search results, or everything", "results or all"},
		{Details, []string{"enter"}, library, "Find", "all details", ""},
		{Details, []string{"enter"}, Where{DevicesScreen, CalendarScreen, TrashScreen, InsightsScreen}, "Find", "show its recordings", "open"},
		{Details, []string{"enter"}, Where{RequestsScreen}, "Find", "show all steps", "open"},

		{MarkOne, []string{"x"}, Where{LibraryScreen, CalendarScreen}, "Choose", "mark", "mark"},
		{MarkRange, []string{"V"}, library, "Choose", "start or end a range of marks", ""},
		{MarkRange, []string{"V"}, calendar, "Choose", "start or end a range", "range"},
		{MarkAll, []string{"*"}, library, "Choose", "mark all search results", ""},
		{MarkAll, []string{"*"}, calendar, "Choose", "mark all recordings of the chosen days", ""},
		{ListMarked, []string{"M"}, Where{LibraryScreen, CalendarScreen}, "Choose", "marked recordings by device", ""},
		{ClearAll, []string{"esc"}, everywhere, "Choose", "clear the range, search, marks", ""},

		{DeleteChosen, []string{"d", "delete"}, library, "Take back", "delete marked recordings, or this one", "delete"},
		{DeleteChosen, []string{"d", "delete"}, Where{DevicesScreen}, "Take back", "delete all recordings of the device", "delete all"},
		{DeleteChosen, []string{"d", "delete"}, calendar, "Take back", "delete the chosen days or marks", "delete"},
		{ReviewFound, []string{"A"}, recordings, "Hear", "play all from here", "play all"},
		{Undo, []string{"u"}, everywhere, "Take back", "undo", "undo"},
		{Redo, []string{"ctrl+r"}, everywhere, "Take back", "redo", ""},
		{Suggest, []string{"D"}, everywhere, "Take back", "suggest what to delete", ""},
		{Restore, []string{"R"}, Where{TrashScreen}, "Take back", "restore this deletion", "restore"},
		{Purge, []string{"P"}, Where{TrashScreen}, "Take back", "erase this deletion beyond recovery", "purge"},
		{WriteFiles, []string{"w"}, Where{RequestsScreen}, "Take back", "write the request's files", "write files"},
		{OpenFolder, []string{"o"}, Where{RequestsScreen}, "Take back", "open the folder with the files", "open folder"},
		{MarkSent, []string{"s"}, Where{RequestsScreen}, "Take back", "note when it was sent", "sent"},
		{FollowUp, []string{"f"}, Where{RequestsScreen}, "Take back", "write a follow-up", "follow up"},
		{SayComplete, []string{"a"}, Where{RequestsScreen}, "Take back", "say whether the export is complete", ""},
		{CompareBoth, []string{"b"}, Where{RequestsScreen}, "Take back", "compare recordings that may be the same", ""},
		{WriteReport, []string{"W"}, Where{RequestsScreen}, "Take back", "write a report of all requests", ""},

		{OpenImport, []string{"i"}, everywhere, "Program", "import an export", "import"},
		{Export, []string{"e"}, recordings, "Program", "export marked recordings, or this one", ""},
		{Export, []string{"e"}, calendar, "Program", "export the chosen days or marks", ""},
		{OpenSound, []string{"o"}, recordings, "Program", "open the sound in another program", ""},
		{Rename, []string{"n"}, Where{DevicesScreen}, "Program", "rename the device", "rename"},
		{Merge, []string{"m"}, Where{DevicesScreen}, "Program", "merge the device into another", "merge"},
		{Split, []string{"s"}, Where{DevicesScreen}, "Program", "split off a merged device", ""},
		{CopyText, []string{"y"}, library, "Program", "copy the transcript", ""},
		{CopyText, []string{"y"}, Where{RequestsScreen}, "Program", "copy the letter", "copy letter"},
		{GoLibrary, []string{"1"}, everywhere, "Program", "Library", ""},
		{GoDevices, []string{"2"}, everywhere, "Program", "Devices", ""},
		{GoCalendar, []string{"3"}, everywhere, "Program", "Calendar", ""},
		{GoTrash, []string{"4"}, everywhere, "Program", "Trash", ""},
		{GoRequests, []string{"5"}, everywhere, "Program", "Requests", ""},
		{GoInsights, []string{"6"}, everywhere, "Program", "Insights", ""},
		{NextScreen, []string{"tab"}, everywhere, "Program", "next screen", ""},
		{SwitchLibrary, []string{"t"}, everywhere, "Program", "open the sample, or leave it", "try a sample"},
		{ShowPalette, []string{":"}, everywhere, "Program", "find any action", "actions"},
		{ShowHelp, []string{"?"}, everywhere, "Program", "help", "help"},
		{Suspend, []string{"ctrl+z"}, everywhere, "Program", "suspend; fg returns", ""},
		{Quit, []string{"q", "ctrl+c"}, everywhere, "Program", "quit", ""},
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

// Tenth is the share of a clip, in tenths, that a key goes to.
func (k Map) Tenth(key string) int {
	at := slices.IndexFunc(k, func(b Binding) bool { return b.Does == SeekShare })
	return max(0, slices.Index(k[at].Keys, key))
}

// Action returns what a key does on a screen.
func (k Map) Action(screen Screen, key string) Action {
	general := None
	for _, b := range k {
		if !slices.Contains(b.Keys, key) {
			continue
		}
		if slices.Contains(b.On, screen) {
			return b.Does
		}
		if b.On == nil {
			general = b.Does
		}
	}
	return general
}

// Of returns the bindings that hold on a screen.
func (k Map) Of(screen Screen) []Binding {
	var held []Binding
	for _, b := range k {
		if b.On == nil || slices.Contains(b.On, screen) {
			held = append(held, b)
		}
	}
	return held
}

// KeyOf is the key that does something, as people read it.
func (k Map) KeyOf(what Action) string {
	at := slices.IndexFunc(k, func(b Binding) bool { return b.Does == what })
	return Label(k[at].Keys[0])
}

// Label is a key as people read it.
func Label(key string) string {
	if rest, shifted := strings.CutPrefix(key, "shift+"); shifted {
		return "shift+" + Label(rest)
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
		return Label(keys[0]) + "…" + strings.TrimPrefix(keys[last], "alt+")
	}
	shown := make([]string, len(keys))
	for i, k := range keys {
		shown[i] = Label(k)
	}
	return strings.Join(shown, " ")
}

// Labels are the keys as people read them.
func (b Binding) Labels() string { return labels(b.Keys) }

// Groups are the parts of the help, in order.
func Groups() []string { return []string{"Hear", "Find", "Choose", "Take back", "Program"} }

// Bound is an action with its keys, as it is listed.
type Bound struct {
	Action string   // its name in the settings
	Keys   []string // as the settings write them
	Where  []string // the screens on which they hold, nil for all
	What   string
}

// List lists all bindings by the groups of the help.
func (k Map) List() []Bound {
	var list []Bound
	for _, group := range Groups() {
		for _, b := range k {
			if b.Group != group {
				continue
			}
			bound := Bound{Action: b.Does.Name(), Keys: b.Keys, What: b.Help}
			for _, s := range b.On {
				bound.Where = append(bound.Where, s.Name())
			}
			list = append(list, bound)
		}
	}
	return list
}

// Table is the usual key map as a table in Markdown, as the README shows it.
func Table() string {
	var out strings.Builder
	out.WriteString("| keys | what they do | where |\n|---|---|---|\n")
	for _, b := range Default().List() {
		place := strings.Join(b.Where, ", ")
		if b.Where == nil {
			place = "everywhere"
		}
		keys := strings.ReplaceAll("`"+strings.ReplaceAll(labels(b.Keys), " ", "` `")+"`", "|", "\\|")
		out.WriteString("| " + keys + " | " + b.What + " | " + place + " |\n")
	}
	return out.String()
}
