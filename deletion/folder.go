package deletion

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// longestSlug keeps a folder's path well inside what Windows and archives take.
const longestSlug = 40

// Slug returns a name that is safe in a file name on all systems: lower-case ASCII letters and
// digits in words joined by hyphens, without accents; "" if nothing of that kind is left.
func Slug(name string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToValidUTF8(name, " ")) {
		r = unicode.ToLower(r)
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == 'ß':
			b.WriteString("ss")
		case unicode.Is(unicode.Mn, r), r == '\'', r == '’':
		default:
			b.WriteByte(' ')
		}
		if b.Len() > 4*longestSlug {
			break
		}
	}
	s := strings.Join(strings.Fields(b.String()), "-")
	if len(s) > longestSlug {
		s = strings.TrimRight(s[:longestSlug], "-")
	}
	return s
}

// folderName returns the name of a request's folder. The first word keeps it from being one of
// the names that Windows reserves for devices.
func folderName(request int64, device string) string {
	name := fmt.Sprintf("request-%d", request)
	if s := Slug(device); s != "" {
		name += "-" + s
	}
	return name
}

// publish makes a folder in dir that has the files, under the first of name, name-2, name-3 …
// that is free, and returns its path. On an error nothing is left behind.
func publish(dir, name string, files []file) (path string, err error) {
	undo, err := makeFolders(dir)
	if err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			undo()
		}
	}()
	draft, err := os.MkdirTemp(dir, ".unsaid-")
	if err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(draft))
		}
	}()
	for _, f := range files {
		if err := save(filepath.Join(draft, f.name), f.content); err != nil {
			return "", err
		}
	}
	return settle(draft, filepath.Join(dir, name))
}

// tries is how many folders of one name there may be.
const tries = 1000

// settle renames draft to the first free one of target, target-2, target-3 …
func settle(draft, target string) (string, error) {
	for n := 1; n <= tries; n++ {
		path := target
		if n > 1 {
			path = fmt.Sprintf("%s-%d", target, n)
		}
		if _, err := os.Lstat(path); err == nil {
			continue
		} else if !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
		// Somebody may have taken the name since; rename never replaces a folder with
		// something in it, so that the only thing to do is to try the next name.
		err := os.Rename(draft, path)
		if _, taken := os.Lstat(path); err != nil && taken == nil {
			continue
		}
		return path, err
	}
	return "", fmt.Errorf("%s and %d more of that name exist already; choose another folder", target, tries-1)
}

// makeFolders makes dir and those above it that are missing, for the user alone, and returns what
// removes those that it made, as far as they are empty.
func makeFolders(dir string) (undo func(), err error) {
	var missing []string
	for at := filepath.Clean(dir); ; at = filepath.Dir(at) {
		if _, err := os.Stat(at); !errors.Is(err, fs.ErrNotExist) || at == filepath.Dir(at) {
			break
		}
		missing = append(missing, at)
	}
	undo = func() {
		for _, folder := range missing {
			if os.Remove(folder) != nil {
				return
			}
		}
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		undo()
		return nil, err
	}
	return undo, nil
}

// save writes a new file that only the user can read, down to the disk.
func save(path string, content []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Sync(), f.Close())
}
