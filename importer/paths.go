package importer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Stdin as a path is the standard input, of which Options.Stdin is read.
const Stdin = "-"

// stdinName is what the content of the standard input is called in the tree and in reports.
const stdinName = "stdin"

// Paths returns what patterns such as takeout-*.zip stand for, and other paths as they are, each
// file once. A path without a file is an error that wraps [fs.ErrNotExist].
func Paths(given []string) ([]string, error) {
	var paths []string
	var infos []fs.FileInfo
	add := func(p string) error {
		info, err := os.Stat(p)
		if err != nil {
			return err
		}
		for _, other := range infos {
			if os.SameFile(info, other) {
				return nil
			}
		}
		paths, infos = append(paths, p), append(infos, info)
		return nil
	}
	for _, p := range given {
		if p == Stdin {
			if len(given) > 1 {
				return nil, errors.New("the standard input cannot be imported together with files; save it as a file and name that")
			}
			return given, nil
		}
		err := add(p)
		if errors.Is(err, fs.ErrNotExist) && strings.ContainsAny(p, "*?[") {
			matches, globErr := filepath.Glob(p)
			if globErr != nil || len(matches) == 0 {
				return nil, fmt.Errorf("no file matches %s: %w", p, fs.ErrNotExist)
			}
			err = nil
			for _, match := range matches {
				err = errors.Join(err, add(match))
			}
		}
		if err != nil {
			return nil, fmt.Errorf("%w; check the path", err)
		}
	}
	return paths, nil
}

// addStdin adds what the standard input holds. An archive is read at any place, so it has to be
// kept for the time of the import: in memory if it is small, else in a temporary file.
func (a *archive) addStdin(ctx context.Context, stdin io.Reader) error {
	if stdin == nil {
		return errors.New("there is no standard input to read")
	}
	r, size, err := a.spool(contextReader{ctx, stdin}, maxStdin)
	if err != nil {
		return fmt.Errorf("the standard input: %w", err)
	}
	if size == 0 {
		return errors.New("the standard input is empty")
	}
	return a.addContent(ctx, stdinName, r, nested{src: section{r, 0, size}, size: size, modTime: time.Unix(0, 0)})
}

// maxStdin is more than any disk has room for: the standard input may be of any size.
const maxStdin = 1 << 50
