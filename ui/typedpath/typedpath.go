package typedpath

import (
	"cmp"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Place is from where paths are meant that people type.
type Place struct {
	Home   string // "" if it is not known
	Folder string // "" for the working directory
}

// Absolute is the path that is meant by one that was typed.
func (p Place) Absolute(typed string) string {
	if rest, found := strings.CutPrefix(typed, "~"); found && p.Home != "" && (rest == "" || os.IsPathSeparator(rest[0])) {
		return p.Home + rest
	}
	if typed == "" || filepath.IsAbs(typed) {
		return typed
	}
	return filepath.Join(p.Folder, typed)
}

// Tilde is a path as people read it: with ~ for the home folder.
func (p Place) Tilde(path string) string {
	if rest, found := strings.CutPrefix(path, p.Home); found && p.Home != "" && (rest == "" || os.IsPathSeparator(rest[0])) {
		return "~" + filepath.ToSlash(rest)
	}
	return path
}

// Escapes says whether a backslash takes the meaning from the next letter, as in shells, or
// parts folders, as on Windows.
const Escapes = os.PathSeparator == '/'

// Split takes apart several paths that were typed, or pasted by a terminal on which files
// were dropped: parted by white space, quoted or escaped as for a shell, or as file URLs.
func Split(text string) []string {
	var paths []string
	var path strings.Builder
	var quote rune // the open quotation mark
	inside, escaped := false, false
	for _, r := range text {
		switch {
		case escaped:
			path.WriteRune(r)
			escaped = false
		case r == '\\' && Escapes && quote != '\'':
			inside, escaped = true, true
		case quote != 0:
			if r == quote {
				quote = 0
			} else {
				path.WriteRune(r)
			}
		case r == '"' || r == '\'' && Escapes:
			inside, quote = true, r
		case r == ' ' || r == '\t' || r == '\n' || r == '\r':
			if inside {
				paths = append(paths, fromURL(path.String()))
				path.Reset()
			}
			inside = false
		default:
			path.WriteRune(r)
			inside = true
		}
	}
	if inside {
		paths = append(paths, fromURL(path.String()))
	}
	return paths
}

// fromURL is the path of a file URL; what is none stays as it is.
func fromURL(text string) string {
	rest, found := strings.CutPrefix(text, "file://")
	if !found {
		return text
	}
	if slash := strings.IndexByte(rest, '/'); slash > 0 {
		rest = rest[slash:] // after the name of the machine
	}
	if path, err := url.PathUnescape(rest); err == nil {
		rest = path
	}
	if !Escapes {
		rest = strings.TrimPrefix(rest, "/") // /C:/…
	}
	return filepath.FromSlash(rest)
}

// Quote writes a path so that a shell and [Split] read it as one word.
func Quote(path string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r > 0xa0 || strings.ContainsRune("/._-+,:@%=", r) || r == os.PathSeparator
	}
	switch {
	case path != "" && strings.IndexFunc(path, func(r rune) bool { return !plain(r) }) < 0:
		return path
	case !Escapes:
		return `"` + path + `"`
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}

// Join writes several paths so that [Split] reads them.
func Join(paths []string) string {
	quoted := make([]string, len(paths))
	for i, p := range paths {
		quoted[i] = Quote(p)
	}
	return strings.Join(quoted, " ")
}

// Dropped makes what a terminal pastes ready for the field: a single path plain, so that it
// can be completed, several quoted where they have to be. White space alone may be part of a path:
// only who looks for the files can tell.
func Dropped(text string) string {
	text = strings.TrimSpace(text)
	lines := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' })
	paths := Split(text)
	switch {
	case len(paths) == 1:
		return paths[0]
	case len(lines) < 2:
		return text
	case len(paths) != len(lines) && !strings.ContainsAny(text, `'"\`): // a path a line, with spaces
		for i := range lines {
			lines[i] = fromURL(lines[i])
		}
		return Join(lines)
	}
	return Join(paths)
}

// Find finds the paths that are meant by what was typed: one with spaces if there is such a file,
// else several. If some are not there, it returns those instead.
func Find(at Place, typed string) (paths, missing []string) {
	whole := []string{at.Absolute(fromURL(strings.TrimSpace(typed)))}
	if _, err := os.Stat(whole[0]); err == nil {
		return whole, nil
	}
	paths = Split(typed)
	for i := range paths {
		paths[i] = at.Absolute(paths[i])
	}
	missing = slices.DeleteFunc(slices.Clone(paths), func(path string) bool {
		_, err := os.Stat(path)
		return err == nil
	})
	switch {
	case len(missing) == 0 && len(paths) > 0:
		return paths, nil
	case len(missing) == len(paths) && !strings.ContainsAny(typed, `'"\`):
		missing = whole
	}
	return nil, missing
}

// Complete returns the paths that begin like one that was typed, as they would be typed; folders end with a
// separator.
func Complete(at Place, typed string) []string {
	dir, name := filepath.Split(typed)
	entries, _ := os.ReadDir(cmp.Or(at.Absolute(dir), at.Folder, ".")) // a folder that cannot be read completes nothing
	var paths []string
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), name) && (name != "" || e.Name()[0] != '.') {
			path := dir + e.Name()
			if e.IsDir() {
				path += string(os.PathSeparator)
			}
			paths = append(paths, path)
		}
	}
	return paths
}
