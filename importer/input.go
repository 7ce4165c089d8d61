package importer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"time"

	"unsaid/store"
)

// Input is what one import was given: its members, and what a first look told of each.
type Input struct {
	*tree
	audio *audioIndex
	root  string // what the tree as a whole is called, "" if that is not known
	probe func(data []byte) (format string, duration time.Duration, ok bool)

	reading    string // the member that was opened last
	bytesRead  int64
	bytesTotal int64
}

// newInput looks at every member of t: at the beginning of those whose name does not tell.
func newInput(ctx context.Context, t *tree, opening *opening) (*Input, error) {
	in := &Input{tree: t}
	for i := range in.members {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		m := &in.members[i]
		m.content = in.classify(m)
		opening.report()
		in.bytesTotal += m.size
	}
	in.setTakeoutAside()
	in.audio = newAudioIndex(in.members)
	return in, nil
}

// place returns the path of m, beginning with what the tree is called.
func (in *Input) place(m *member) string { return path.Join(in.root, m.path) }

// of returns the members with one of the given contents, in order of their paths.
func (in *Input) of(kinds ...content) []*member {
	var found []*member
	for i := range in.members {
		for _, k := range kinds {
			if in.members[i].content == k {
				found = append(found, &in.members[i])
			}
		}
	}
	return found
}

// has reports whether there is a member with one of the given contents.
func (in *Input) has(kinds ...content) bool {
	for i := range in.members {
		for _, k := range kinds {
			if in.members[i].content == k {
				return true
			}
		}
	}
	return false
}

// open opens a member for reading once, which counts as progress.
func (in *Input) open(m *member) (io.ReadCloser, error) {
	f, err := m.src.open()
	if err != nil {
		return nil, readError(err)
	}
	in.reading = m.path
	return &countedFile{ReadCloser: f, in: in, m: m}, nil
}

// look opens a member for a look ahead, which does not count as progress.
func (in *Input) look(m *member) (io.ReadCloser, error) {
	f, err := m.src.open()
	if err != nil {
		return nil, readError(err)
	}
	return f, nil
}

// head returns the first bytes of a member, at most n of them. A member that cannot be read has
// none: the error comes when it is imported.
func (in *Input) head(m *member, n int) []byte {
	f, err := in.look(m)
	if err != nil {
		m.damaged = true
		return nil
	}
	defer f.Close()
	buf := make([]byte, min(int64(n), max(m.size, 0)))
	n, err = io.ReadFull(f, buf)
	m.damaged = m.damaged || err != nil
	return buf[:n]
}

// leftOver is the outcome of a member that no source took: one that cannot be read may be anything. A Mac's
// twin of a file is called like that one, and so perhaps after what was said: it is named by its folder.
func (in *Input) leftOver(m *member) store.MemberOutcome {
	name := m.path
	if folder, file := path.Split(name); strings.HasPrefix(file, "._") {
		name = folder + "._…"
		in.readTo(m, m.size)
	}
	if m.damaged {
		f, err := in.open(m)
		if err == nil {
			_, err = io.CopyN(io.Discard, f, headBytes)
			err = errors.Join(err, f.Close())
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return failed(name, err.Error())
		}
	}
	return ignored(name, m.content.ignoredBecause())
}

// readTo counts a member as read up to offset at. What is read again does not count again.
func (in *Input) readTo(m *member, at int64) {
	at = min(at, m.size)
	if at > m.read {
		in.bytesRead += at - m.read
		m.read = at
	}
}

type countedFile struct {
	io.ReadCloser
	in *Input
	m  *member
	at int64
}

func (f *countedFile) Read(p []byte) (int, error) {
	n, err := f.ReadCloser.Read(p)
	f.at += int64(n)
	f.in.readTo(f.m, f.at)
	if err != nil && !errors.Is(err, io.EOF) {
		err = readError(err)
	}
	return n, err
}

// readError drops the path, which reports name already, and says what a damaged member means.
func readError(err error) error {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		err = pathErr.Err
	}
	return fmt.Errorf("it is damaged or unreadable: %w", err)
}

// stem returns p without its extension.
func stem(p string) string { return strings.TrimSuffix(p, path.Ext(p)) }

// base returns the last element of p without its extension.
func base(p string) string {
	return stem(path.Base(p))
}
