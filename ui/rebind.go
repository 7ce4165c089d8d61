package ui

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
var names = map[action]string{
	goLibrary: "library", goDevices: "devices", goCalendar: "calendar", goTrash: "trash", goRequests: "requests", goInsights: "insights", nextScreen: "next-screen",
	moveUp: "up", moveDown: "down", pageUp: "page-up", pageDown: "page-down", halfUp: "half-page-up", halfDown: "half-page-down",
	toTop: "first", toBottom: "last", moveLeft: "left", moveRight: "right", nextChart: "next-chart", chartBefore: "chart-before", countFound: "count-found",
	search: "search", clearAll: "clear", details: "details", filter: "filter", groupBy: "group", sortOrder: "order", jump: "go-to-date",
	saveQuery: "save-search", listMarked: "marked", narrow: "narrow", otherView: "other-view",
	playPause: "play", replay: "replay", stopSound: "stop", seekBack: "back", seekForward: "forward", seekFarBack: "far-back",
	seekFarForward: "far-forward", seekShare: "go-to-share", playNext: "play-next", playPrevious: "play-previous", reviewFound: "play-found",
	reviewMarked: "play-marked", playAll: "play-days", shorterPause: "shorter-pause", longerPause: "longer-pause", slower: "slower", faster: "faster",
	softer: "softer", louder: "louder", mute: "mute", normalise: "normalise", skipSilence: "skip-silence", loopSound: "loop",
	markOne: "mark", markRange: "mark-range", markAll: "mark-all",
	deleteChosen: "delete", undo: "undo", redo: "redo", suggest: "suggestions", restore: "restore", purge: "purge",
	writeFiles: "write-files", openFolder: "open-folder", markSent: "sent", followUp: "follow-up", writeReport: "report",
	rename: "rename", merge: "merge", split: "split", openImport: "import", export: "export", openSound: "open-sound", copyText: "copy", goElsewhere: "sample",
	showPalette: "palette", showHelp: "help", suspend: "suspend", quit: "quit",
}

func (what action) name() string { return names[what] }

// reserved are the keys that do the same everywhere, in dialogs too, so that there is always a way out.
var reserved = map[string]action{"ctrl+c": quit, "ctrl+z": suspend}

// NewKeyMap returns the usual key map with other keys for the actions that are named. Keys within dialogs and
// fields stay as they are. The error is a [SettingError] that says which action cannot have its keys: no
// action is called that, no key is, or the key does something else already.
func NewKeyMap(keys map[string][]string) (KeyMap, error) {
	k := newKeyMap()
	for _, name := range slices.Sorted(maps.Keys(keys)) {
		what := noAction
		for a, called := range names {
			if called == name {
				what = a
			}
		}
		if what == noAction {
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
func (k KeyMap) bind(what action, keys []string) {
	keys = slices.Clone(keys)
	for key, does := range reserved {
		if does == what && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	for i := range k {
		if k[i].does == what {
			k[i].keys = keys
		}
	}
}

// conflict finds two actions of a screen with the same key, of which one was bound by the settings.
func (k KeyMap) conflict(bound map[string][]string) error {
	for s := range screens {
		taken := map[string]action{}
		for _, b := range k.of(s) {
			for _, key := range b.keys {
				other, twice := taken[key]
				taken[key] = b.does
				if !twice {
					continue
				}
				one, two := b.does.name(), other.name()
				if _, mine := bound[one]; !mine {
					one, two = two, one
				}
				return &setting.Error{Table: "keys", Setting: one, Reason: fmt.Sprintf("%s is the key of %s, too, on the screen %s; give one of them another", key, two, s.name())}
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
func whyNoKey(key string, what action) string {
	if does, is := reserved[key]; is && does != what {
		return key + " is always the key of " + does.name()
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

// fixed is what a key means in the lists of dialogs, where the settings change nothing.
func fixed(key string) action { return newKeyMap().action(libraryScreen, key) }
