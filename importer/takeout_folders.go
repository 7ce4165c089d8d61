package importer

import (
	"path"
	"regexp"
	"strings"
)

// takeoutPart is the name of a part of a Takeout: takeout-20240516T230250Z-003.zip, or since 2025
// takeout-20250921T1994402Z-3-009.zip, or the folder that it was unpacked to. Parts of one export
// are alike up to the second hyphen.
var takeoutPart = regexp.MustCompile(`(?i)(^|/)(takeout-\d{8}T\d+Z)[^/]*`)

// wholePath returns p as it is in the whole of an export that came in parts.
func wholePath(p string) string {
	if !strings.Contains(p, "akeout-") { // most paths have no part, and this is called often
		return p
	}
	return takeoutPart.ReplaceAllString(p, "$1$2")
}

// inTakeout returns the path from the folder Takeout on, which is called so in every language;
// false if there is no such folder.
func inTakeout(p string) (string, bool) {
	for rest := p; rest != ""; {
		name, more, found := strings.Cut(rest, "/")
		if found && strings.EqualFold(name, "takeout") {
			return rest, true
		}
		rest = more
	}
	return p, false
}

// takeoutRoot returns the folder with all products' files that an activity file lies in; false if
// that cannot be told. It is called Takeout, unless that was named as the input itself: then it is
// known by the folder of all activity, whose name is the file's too: Mi actividad/…/MiActividad.json.
func takeoutRoot(p string) (string, bool) {
	if inner, ok := inTakeout(p); ok {
		return strings.TrimSuffix(p, inner) + inner[:len("takeout")] + "/", true
	}
	folder := path.Dir(path.Dir(p))
	name := strings.ReplaceAll(path.Base(folder), " ", "")
	if name == "." || !strings.HasPrefix(strings.ReplaceAll(base(p), " ", ""), name) {
		return "", false
	}
	return strings.TrimPrefix(path.Dir(folder)+"/", "./"), true
}

// setTakeoutAside marks the tables of a Takeout that has activity in it: they are other products'
// and hold no recordings, though some have a time and words.
func (in *Input) setTakeoutAside() {
	roots := map[string]bool{}
	for _, m := range in.of(contentTakeout, contentTakeoutHTML) {
		if root, ok := takeoutRoot(m.path); ok {
			roots[wholePath(root)] = true
		}
	}
	if len(roots) == 0 {
		return
	}
	for _, m := range in.of(contentTable, contentRows) {
		if !strings.Contains(strings.ToLower(m.path), "alexa") && ofProduct(wholePath(m.path), roots) {
			m.content = contentCompanion
		}
	}
}

// ofProduct reports whether p lies in a product's folder below one of the roots.
func ofProduct(p string, roots map[string]bool) bool {
	for folder := path.Dir(p); folder != "."; folder = path.Dir(folder) {
		if roots[strings.TrimPrefix(path.Dir(folder)+"/", "./")] {
			return true
		}
	}
	return false
}

// recordedName is how the Assistant's audio files are named, perhaps with more behind it:
// 2018-04-16_11_42_55_659_UTC.mp3.
var recordedName = regexp.MustCompile(`^\d{4}-\d\d-\d\d_\d\d_\d\d_\d\d_\d{1,6}_UTC`)

// recordedAudio counts, by folder of the whole export, the audio files with the Assistant's names.
func recordedAudio(in *Input) map[string]int {
	count := map[string]int{}
	for _, m := range in.of(contentAudio) {
		if recordedName.MatchString(path.Base(m.path)) {
			count[wholeFolder(m.path)]++
		}
	}
	return count
}

// wholeFolder returns the folder of p in the whole export.
func wholeFolder(p string) string { return path.Dir(wholePath(p)) }

// activityOf returns what the JSON and the HTML of one activity have in common.
func activityOf(p string) string {
	return wholeFolder(p) + "/" + strings.ToLower(strings.ReplaceAll(base(p), " ", ""))
}
