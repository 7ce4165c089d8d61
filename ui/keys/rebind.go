package keys

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"unsaid/ui/setting"
)

// names are what actions are called in the settings. They stay as they are, whatever becomes of the
// words of the help.
var names = map[Action]string{
	GoLibrary: "library", GoDevices: "devices", GoCalendar: "calendar", GoTrash: "trash", GoRequests: "requests", GoInsights: "insights", NextScreen: "next-screen",
	MoveUp: "up", MoveDown: "down", PageUp: "page-up", PageDown: "page-down", HalfUp: "half-page-up", HalfDown: "half-page-down",
	ToTop: "first", ToBottom: "last", MoveLeft: "left", MoveRight: "right", NextChart: "next-chart", ChartBefore: "chart-before", CountFound: "count-found",
	Search: "search", ClearAll: "clear", Details: "details", Filter: "filter", GroupBy: "group", SortOrder: "order", Jump: "go-to-date",
	SaveQuery: "save-search", ListMarked: "marked", Narrow: "narrow", OtherView: "other-view",
	PlayPause: "play", Replay: "replay", StopSound: "stop", SeekBack: "back", SeekForward: "forward", SeekFarBack: "far-back",
	SeekFarForward: "far-forward", SeekShare: "go-to-share", PlayNext: "play-next", PlayPrevious: "play-previous", ReviewFound: "play-found",
	ReviewMarked: "play-marked", PlayAll: "play-days", ShorterPause: "shorter-pause", LongerPause: "longer-pause", Slower: "slower", Faster: "faster",
	Softer: "softer", Louder: "louder", Mute: "mute", Normalise: "normalise", SkipSilence: "skip-silence", LoopSound: "loop",
	MarkOne: "mark", MarkRange: "mark-range", MarkAll: "mark-all",
	DeleteChosen: "delete", Undo: "undo", Redo: "redo", Suggest: "suggestions", Restore: "restore", Purge: "purge",
	WriteFiles: "write-files", OpenFolder: "open-folder", MarkSent: "sent", FollowUp: "follow-up", SayComplete: "complete", CompareBoth: "compare", WriteReport: "report",
	Rename: "rename", Merge: "merge", Split: "split", OpenImport: "import", Export: "export", OpenSound: "open-sound", CopyText: "copy", SwitchLibrary: "sample",
	ShowPalette: "palette", ShowHelp: "help", Suspend: "suspend", Quit: "quit",
}

// Name is what the settings call the action.
func (what Action) Name() string { return names[what] }

// reserved are the keys that do the same everywhere, in dialogs too, so that there is always a way out.
var reserved = map[string]Action{"ctrl+c": Quit, "ctrl+z": Suspend}

// Always returns what a reserved key does, and whether it is one.
func Always(key string) (does Action, is bool) {
	does, is = reserved[key]
	return does, is
}

// New returns the usual key map with other keys for the actions that are named. Keys within dialogs and
// fields stay as they are. The error is a [SettingError] that says which action cannot have its keys: no
// action is called that, no key is, or the key does something else already.
func New(keys map[string][]string) (Map, error) {
	k := Default()
	for _, name := range slices.Sorted(maps.Keys(keys)) {
		what := None
		for a, called := range names {
			if called == name {
				what = a
			}
		}
		if what == None {
			return nil, &setting.Error{Table: "keys", Setting: name, Reason: "there is no such action; unsaid keys lists them"}
		}
		if len(keys[name]) == 0 {
			return nil, &setting.Error{Table: "keys", Setting: name, Reason: "it needs a key; without this line it has its usual one"}
		}
		for _, key := range keys[name] {
			if reason := whyNoKey(key, what); reason != "" {
				return nil, &setting.Error{Table: "keys", Setting: name, Reason: reason}
			}
		}
		k.bind(what, keys[name])
	}
	return k, k.conflict(keys)
}

// bind gives an action other keys, besides those that it always has.
func (k Map) bind(what Action, keys []string) {
	keys = slices.Clone(keys)
	for key, does := range reserved {
		if does == what && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	for i := range k {
		if k[i].Does == what {
			k[i].Keys = keys
		}
	}
}

// conflict finds two actions of a screen with the same key, of which one was bound by the settings.
func (k Map) conflict(bound map[string][]string) error {
	for s := range Screens {
		taken := map[string]Action{}
		for _, b := range k.Of(s) {
			for _, key := range b.Keys {
				other, twice := taken[key]
				taken[key] = b.Does
				if !twice {
					continue
				}
				one, two := b.Does.Name(), other.Name()
				if _, mine := bound[one]; !mine {
					one, two = two, one
				}
				return &setting.Error{Table: "keys", Setting: one, Reason: fmt.Sprintf("%s is the key of %s, too, on the screen %s; give one of them another", key, two, s.Name())}
			}
		}
	}
	return nil
}

// keyNames are the keys that have a name instead of a letter; Bubble Tea calls them so.
var keyNames = strings.Fields("enter tab backspace esc space up down left right insert delete pgup pgdown home end " +
	"f1 f2 f3 f4 f5 f6 f7 f8 f9 f10 f11 f12")

// sentFor are keys that reach a program as others do.
var sentFor = map[string]string{"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+[": "esc", "ctrl+h": "backspace"}

// whyNoKey says why an action cannot have a key of that name, "" if it can.
func whyNoKey(key string, what Action) string {
	if does, is := reserved[key]; is && does != what {
		return key + " is always the key of " + does.Name()
	}
	if other, is := sentFor[key]; is {
		return "terminals do not tell " + key + " from " + other
	}
	rest, _ := strings.CutPrefix(key, "ctrl+")
	rest, _ = strings.CutPrefix(rest, "alt+")
	plain := rest == key
	rest, shift := strings.CutPrefix(rest, "shift+")
	letter, size := utf8.DecodeRuneInString(rest)
	alone := size == len(rest) && letter != utf8.RuneError && unicode.IsGraphic(letter) && !unicode.IsSpace(letter)
	switch {
	case slices.Contains(keyNames, rest):
		return ""
	case alone && shift:
		return fmt.Sprintf("%s is written %s", key, strings.ToUpper(rest))
	case alone && (plain || !unicode.IsUpper(letter)):
		return ""
	}
	return fmt.Sprintf("unknown key %q; keys are written as in: x, X, ctrl+x, alt+x, space, enter, pgdown, shift+tab, f5", key)
}

// InDialog is what a key means in the lists of dialogs, where the settings change nothing.
func InDialog(key string) Action { return Default().Action(LibraryScreen, key) }
