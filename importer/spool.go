package importer

import (
	"context"
	"fmt"
	"io"
	"os"
)

// randomAccess makes an archive readable at any place, which zips need. A file is read where it
// lies, as is one that an outer archive holds uncompressed; others are unpacked to memory if they
// are small, else to a temporary file. Of one that can only be unpacked up to some place, what lies
// before it is returned with the error.
func (a *archive) randomAccess(ctx context.Context, n nested) (io.ReaderAt, int64, error) {
	switch src := n.src.(type) {
	case diskFile:
		f, err := os.Open(string(src))
		if err != nil {
			return nil, 0, err
		}
		a.closers = append(a.closers, f.Close)
		return f, n.size, nil
	case section:
		return io.NewSectionReader(src.r, src.at, src.size), src.size, nil
	case *zipMember: // stored as it is; its own members have checksums
		if at, err := src.dataOffset(); err == nil && src.method == zipStored {
			return io.NewSectionReader(src.zip.r, at, src.packed), src.packed, nil
		}
	}
	content, err := n.src.open()
	if err != nil {
		return nil, 0, fmt.Errorf("open it: %w", err)
	}
	defer content.Close()
	return a.spool(contextReader{ctx, a.meter.unpacking(content, n.size)}, n.size)
}

// spool unpacks r, which may hold at most limit bytes. If reading fails it returns what was
// unpacked before, and the error.
func (a *archive) spool(r io.Reader, limit int64) (io.ReaderAt, int64, error) {
	kept := &spool{archive: a}
	_, err := io.Copy(kept, io.LimitReader(r, limit+1))
	switch {
	case kept.err != nil:
		return nil, 0, kept.err
	case err != nil:
		return kept, kept.size, fmt.Errorf("unpack it: %w", err)
	case kept.size > limit:
		return nil, 0, fmt.Errorf("%w: to more than %d bytes", errExpandsTooFar, limit)
	}
	return kept, kept.size, nil
}

// spool keeps what is written to it until the archive is closed: the beginning in memory, as far as
// there is room for it, the rest in a temporary file.
type spool struct {
	archive *archive
	small   []byte
	file    *os.File // behind small, nil if there is no more
	size    int64
	err     error // why the temporary file cannot be used
}

func (s *spool) Write(p []byte) (int, error) {
	if s.file == nil && int64(len(p)) <= maxMemoryHeld-s.archive.held {
		s.small = append(s.small, p...)
		s.archive.held += int64(len(p))
		s.size += int64(len(p))
		return len(p), nil
	}
	if s.file == nil {
		if s.file, s.err = s.archive.tempFile(); s.err != nil {
			return 0, s.err
		}
	}
	n, err := s.file.Write(p)
	s.size += int64(n)
	if err != nil {
		s.err = tempError(err)
	}
	return n, s.err
}

func (s *spool) ReadAt(p []byte, at int64) (int, error) {
	n := 0
	if at < int64(len(s.small)) {
		n = copy(p, s.small[at:])
	}
	switch {
	case n == len(p):
		return n, nil
	case s.file == nil:
		return n, io.EOF
	}
	more, err := s.file.ReadAt(p[n:], at+int64(n)-int64(len(s.small)))
	return n + more, err
}

// tempError says that the temporary folder cannot be used.
func tempError(err error) error {
	return fmt.Errorf("it cannot be unpacked to the temporary folder %s: %w; "+
		"set TMPDIR to a folder with room, or unpack it and import the folder", os.TempDir(), err)
}

// tempFile makes a file that only its owner can read and that goes when the archive is closed.
// Where the system lets a file go while it is open, it has no name from the start, so that not
// even a killed program leaves words behind.
func (a *archive) tempFile() (*os.File, error) {
	f, err := os.CreateTemp("", "unsaid-*")
	if err != nil {
		return nil, tempError(err)
	}
	remove := func() error { return nil }
	if os.Remove(f.Name()) != nil {
		remove = func() error { return os.Remove(f.Name()) }
	}
	a.closers = append(a.closers, remove, f.Close) // closed in reverse: first the file, then its name
	return f, nil
}

// contextReader ends reading when its context does.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}
