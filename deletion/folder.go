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

// maxSlug keeps a folder's path well within the limits of Windows and archives.
const maxSlug = 40

// Slug converts a name for use in file names on all systems: words of lower-case ASCII letters and
// digits, joined by hyphens, without accents. It returns "" if nothing remains.
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
		if b.Len() > 4*maxSlug {
			break
		}
	}
	s := strings.Join(strings.Fields(b.String()), "-")
	if len(s) > maxSlug {
		s = strings.TrimRight(s[:maxSlug], "-")
	}
	return s
}

// folderName returns the name of a request's folder. Because of its first word, it is never a device
// name that Windows reserves.
func folderName(request int64, device string) string {
	name := fmt.Sprintf("request-%d", request)
	if s := Slug(device); s != "" {
		name += "-" + s
	}
	return name
}

// publish creates a folder with the files in dir and returns its absolute path. The folder gets the first free
// name of name, name-2, name-3 … After an error nothing is left behind.
func publish(dir, name string, files []file) (path string, err error) {
	if dir, err = filepath.Abs(dir); err != nil {
		return "", err
	}
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
	return renameToFree(draft, filepath.Join(dir, name))
}

// maxFolders is the number of folders with the same name, apart from their numbers.
const maxFolders = 1000

// renameToFree renames draft to the first free name of target, target-2, target-3 …
func renameToFree(draft, target string) (string, error) {
	for n := 1; n <= maxFolders; n++ {
		path := target
		if n > 1 {
			path = fmt.Sprintf("%s-%d", target, n)
		}
		if _, err := os.Lstat(path); err == nil {
			continue
		} else if !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
		// Another process may have taken the name since. Rename never replaces a folder that is not
		// empty, so the next name can be tried.
		err := os.Rename(draft, path)
		if _, taken := os.Lstat(path); err != nil && taken == nil {
			continue
		}
		return path, err
	}
	return "", fmt.Errorf("%s and %d more folders with that name exist; choose another folder", target, maxFolders-1)
}

// makeFolders creates dir and its missing parents, readable by the user only. undo removes the folders
// that it created, if they are empty.
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

// save writes a new file that only the user can read, and syncs it to disk.
func save(path string, content []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Sync(), f.Close())
}
