package importer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"unsaid/store"
)

// Input is what one import reads: its members, each with the kind of its content.
type Input struct {
	*tree
	audio *audioIndex
	probe func(data []byte) (format string, duration time.Duration, ok bool)

	meter   *meter
	reading string // the member that was opened last
}

// newInput classifies every member of t, by its name or else by its first bytes.
func newInput(ctx context.Context, t *tree, meter *meter) (*Input, error) {
	in := &Input{tree: t, meter: meter}
	for i := range in.members {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		m := &in.members[i]
		m.content = in.classify(m)
		meter.tell()
	}
	in.setTakeoutAside()
	in.setChatGPTAside()
	in.settleOVOS()
	in.audio = newAudioIndex(in.members)
	return in, nil
}

// place returns the path of m below the name of the tree.
func (in *Input) place(m *member) string { return path.Join(in.root, m.path) }

// of returns the members with one of the given contents, in order of their paths.
func (in *Input) of(kinds ...content) []*member {
	var found []*member
	for i := range in.members {
		if m := &in.members[i]; slices.Contains(kinds, m.content) {
			found = append(found, m)
		}
	}
	return found
}

// has reports whether there is a member with one of the given contents.
func (in *Input) has(kinds ...content) bool {
	return slices.ContainsFunc(in.members, func(m member) bool { return slices.Contains(kinds, m.content) })
}

// open opens a member: for the final reading, which counts as progress, or for a look ahead.
func (in *Input) open(m *member, final bool) (io.ReadCloser, error) {
	f, err := m.src.open()
	if err != nil {
		return nil, readError(err)
	}
	if !final {
		return f, nil
	}
	in.reading = m.path
	return &countedFile{ReadCloser: f, in: in, m: m}, nil
}

// head returns the first n bytes of a member, or all if it is shorter. It returns nothing if the
// member cannot be read; the import reports the error.
func (in *Input) head(m *member, n int) []byte {
	f, err := in.open(m, false)
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

// leftOver is the outcome of a member that no source read. One that is damaged fails, since it may be
// anything. The name of a Mac's resource fork (._name) is left out, since it may repeat what was said.
func (in *Input) leftOver(m *member) store.MemberOutcome {
	name := m.path
	if folder, file := path.Split(name); strings.HasPrefix(file, "._") {
		name = folder + "._…"
		in.readTo(m, m.size)
	}
	if m.damaged {
		f, err := in.open(m, true)
		if err == nil {
			_, err = io.CopyN(io.Discard, f, headBytes)
			err = errors.Join(err, f.Close())
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return failed(name, err.Error())
		}
	}
	o := ignored(name, m.content.ignoredBecause())
	if strings.EqualFold(path.Ext(name), ".pdf") && m.content == contentOther && looseAlexaAudio(in) { // as Amazon's archives had until 2019
		o.Reason, o.MayHold = "a PDF, whose words unsaid cannot read; newer archives of Amazon have them in a table", true
	}
	return o
}

// headText returns the beginning of a member as UTF-8.
func (in *Input) headText(m *member) []byte {
	text, _ := io.ReadAll(io.LimitReader(decodeText(bytes.NewReader(in.head(m, headBytes))), headBytes)) // from memory
	return text
}

// readTo counts a member as read up to offset at. Bytes that are read twice count once.
func (in *Input) readTo(m *member, at int64) {
	at = min(at, m.size)
	if at > m.read {
		in.meter.BytesRead += at - m.read
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

// readError drops the path from err, since reports name the member already.
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
