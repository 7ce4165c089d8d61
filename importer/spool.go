package importer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// randomAccess makes an archive readable at any place, which zips need. A file is read where it
// lies, as is one that an outer archive holds uncompressed; others are unpacked to memory if they
// are small, else to a temporary file. Of one that can only be unpacked up to some place, what lies
// before it is returned with the error.
func (a *archive) randomAccess(ctx context.Context, n nested, gzipped bool) (io.ReaderAt, int64, error) {
	if !gzipped {
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
	}
	content, err := n.src.open()
	if err != nil {
		return nil, 0, fmt.Errorf("open it: %w", err)
	}
	defer content.Close()
	var r io.Reader = contextReader{ctx, a.opening.unpacking(content, n.size)}
	limit := n.size
	if gzipped {
		if r, err = gunzip(r); err != nil {
			return nil, 0, err
		}
		limit = n.outer.room()
	}
	unpacked, size, err := a.spool(r, limit)
	if gzipped && unpacked != nil {
		n.outer.expanded += size
	}
	return unpacked, size, err
}

// spool unpacks r, which may hold at most limit bytes. If reading fails it returns what was
// unpacked before, and the error.
func (a *archive) spool(r io.Reader, limit int64) (io.ReaderAt, int64, error) {
	tooLarge := fmt.Errorf("%w: to more than %d bytes", errExpandsTooFar, limit)
	room := maxMemoryHeld - a.held
	var small bytes.Buffer
	n, err := io.CopyN(&small, r, min(room, limit)+1)
	switch {
	case errors.Is(err, io.EOF):
		a.held += n
		return bytes.NewReader(small.Bytes()), n, nil
	case err != nil:
		a.held += n
		return bytes.NewReader(small.Bytes()), n, fmt.Errorf("unpack it: %w", err)
	case n > limit:
		return nil, 0, tooLarge
	}
	f, err := a.tempFile()
	if err != nil {
		return nil, 0, err
	}
	size, err := io.Copy(f, io.MultiReader(&small, io.LimitReader(r, limit+1-n)))
	var full *fs.PathError
	switch {
	case errors.As(err, &full) && full.Op == "write":
		return nil, 0, tempError(err)
	case err != nil:
		return f, size, fmt.Errorf("unpack it: %w", err)
	case size > limit:
		return nil, 0, tooLarge
	}
	return f, size, nil
}

// tempError tells that the temporary folder is of no use.
func tempError(err error) error {
	return fmt.Errorf("it has to be unpacked to the temporary folder %s, which fails: %w; "+
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
