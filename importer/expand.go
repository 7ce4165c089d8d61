package importer

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// archiveKind is a way to pack members into one file.
type archiveKind uint8

const (
	notAnArchive archiveKind = iota
	zipArchive
	tarArchive
	tarGzArchive
)

// archiveSuffix tells by its name whether a member is meant to be an archive. Members go by name
// because many other kinds of file are zips inside.
func archiveSuffix(name string) archiveKind {
	name = strings.ToLower(name)
	switch {
	case strings.HasSuffix(name, ".zip"):
		return zipArchive
	case strings.HasSuffix(name, ".tar"):
		return tarArchive
	case strings.HasSuffix(name, ".tar.gz"), strings.HasSuffix(name, ".tgz"):
		return tarGzArchive
	}
	return notAnArchive
}

// archiveKindOf tells by its content whether a file called name is an archive.
func archiveKindOf(r io.ReaderAt, name string) (archiveKind, error) {
	head, err := headOf(io.NewSectionReader(r, 0, tarHeader))
	if err != nil {
		return notAnArchive, err
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return zipArchive, nil
	case isTar(head):
		return tarArchive, nil
	case !bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		return notAnArchive, nil
	case archiveSuffix(name) == tarGzArchive:
		return tarGzArchive, nil
	}
	packed, err := gzip.NewReader(io.NewSectionReader(r, 0, 1<<20))
	if err != nil {
		return notAnArchive, nil //nolint:nilerr // it only looks like gzip
	}
	if head, _ = headOf(packed); isTar(head) {
		return tarGzArchive, nil
	}
	return notAnArchive, nil
}

// tarHeader is the length of the header of a tar's member, in bytes.
const tarHeader = 512

func isTar(head []byte) bool { return len(head) > 262 && string(head[257:262]) == "ustar" }

// headOf reads the beginning of r, as much as there is.
func headOf(r io.Reader) ([]byte, error) {
	head := make([]byte, tarHeader)
	n, err := io.ReadFull(r, head)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return head[:n], err
}

// nested is an archive, or a member that may be one.
type nested struct {
	mount   string // where in the tree
	src     opener
	size    int64
	modTime time.Time
	depth   int // how many archives it lies in
	outer   *expansion
}

// expand adds the members of an archive. One that can only be unpacked up to some place gives the
// members that lie before it.
func (a *archive) expand(ctx context.Context, kind archiveKind, n nested) error {
	if n.outer == nil {
		n.outer = &expansion{packed: n.size}
	}
	r, size, damage := a.randomAccess(ctx, n, kind == tarGzArchive)
	if r == nil {
		return damage
	}
	var err error
	if kind == zipArchive {
		err = a.expandZip(ctx, r, size, n)
	} else {
		err = a.expandTar(ctx, r, size, n)
	}
	if err == nil && damage != nil {
		return fmt.Errorf("only what lies before the damage was read: %w; download it again", damage)
	}
	return err
}

// full counts one more member and reports whether that is more than there may be. Those that
// failed count, too: a zip may list the same zip of broken members many times.
func (a *archive) full(mount, name string) bool {
	a.named += min(len(mount)+len(name), maxNameLength)
	return len(a.members)+len(a.failed) >= maxMembers || a.named > maxNameBytes
}

// expandZip adds the members of a zip of the given size.
func (a *archive) expandZip(ctx context.Context, r io.ReaderAt, size int64, n nested) error {
	var expanded, count int64
	err := zipDirectory(r, size, func(e zipEntry) error {
		expanded = min(expanded+min(e.size, maxPacked), maxPacked)
		if count++; count > maxMembers {
			return errTooManyMembers
		}
		return ctx.Err()
	})
	switch {
	case errors.Is(err, errTooManyMembers), ctx.Err() != nil, errors.Is(err, errSplitZip):
		return err
	case err != nil:
		return a.salvageZip(ctx, r, size, n, err)
	}
	if err := n.outer.grow(expanded); err != nil {
		return err
	}
	z := &zipFile{r: r}
	members := make([]zipMember, 0, count) // all in one piece
	return zipDirectory(r, size, func(e zipEntry) error {
		if strings.HasSuffix(e.name, "/") || len(members) == cap(members) {
			return ctx.Err()
		}
		if a.full(n.mount, e.name) {
			return errTooManyMembers
		}
		members = append(members, zipMember{zip: z, offset: e.offset, packed: e.packed, size: e.size, crc: e.crc, method: e.method})
		return a.addZipMember(ctx, e, &members[len(members)-1], n)
	})
}

func (a *archive) addZipMember(ctx context.Context, e zipEntry, m *zipMember, n nested) error {
	name := joinName(n.mount, e.name)
	switch {
	case e.encrypted:
		a.failed = append(a.failed, failed(name, "it is encrypted; unpack the archive with its password, then import the folder"))
		return nil
	case e.special:
		a.failed = append(a.failed, ignored(name, "a link or a special file"))
		return nil
	}
	if problem := checkRatio(e.size, e.packed); problem != nil {
		a.failed = append(a.failed, failed(name, problem.Error()))
		return nil
	}
	return a.addMember(ctx, nested{mount: name, src: m, size: e.size, modTime: e.modTime, depth: n.depth + 1, outer: n.outer})
}

// expandTar adds the members of an unpacked tar, each as a section of it.
func (a *archive) expandTar(ctx context.Context, r io.ReaderAt, size int64, n nested) error {
	whole := io.NewSectionReader(r, 0, size)
	tr := tar.NewReader(whole)
	before := len(a.members)
	for {
		h, err := tr.Next()
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, io.EOF):
			return nil
		case err != nil && !errors.Is(err, tar.ErrInsecurePath):
			if len(a.members) > before {
				err = fmt.Errorf("only its first %d members were read: %w", len(a.members)-before, err)
			}
			return fmt.Errorf("it cannot be read as a tar: %w; it may be incomplete: download it again", err)
		case h.Typeflag == tar.TypeDir || h.Typeflag == tar.TypeXGlobalHeader:
			continue
		case a.full(n.mount, h.Name):
			return errTooManyMembers
		}
		at, err := whole.Seek(0, io.SeekCurrent)
		if err != nil {
			return fmt.Errorf("read tar: %w", err)
		}
		name := joinName(n.mount, h.Name)
		switch {
		case h.Typeflag != tar.TypeReg || isSparse(h):
			a.failed = append(a.failed, ignored(name, "a link or a special file"))
			continue
		case h.Size > size-at:
			a.failed = append(a.failed, failed(name, errCutMember.Error()))
			continue
		}
		member := nested{mount: name, src: section{r, at, h.Size}, size: h.Size, modTime: h.ModTime, depth: n.depth + 1, outer: n.outer}
		if err := a.addMember(ctx, member); err != nil {
			return err
		}
	}
}

// isSparse reports whether a member of a tar is written with its holes left out, so that it is no
// section of the tar. No maker writes such, and its size may be any.
func isSparse(h *tar.Header) bool {
	for key := range h.PAXRecords {
		if strings.HasPrefix(key, "GNU.sparse.") {
			return true
		}
	}
	return false
}

// checkRatio refuses what expands beyond all reason.
func checkRatio(expanded, packed int64) error {
	if expanded <= ratioFreeBytes || expanded/maxRatio <= packed {
		return nil
	}
	return fmt.Errorf("it claims to expand from %d to %d bytes, which no voice history does", packed, expanded)
}

// section is a stretch of a file: a member of a tar.
type section struct {
	r        io.ReaderAt
	at, size int64
}

func (s section) open() (io.ReadCloser, error) {
	return io.NopCloser(io.NewSectionReader(s.r, s.at, s.size)), nil
}

// gunzip returns what r unpacks to.
func gunzip(r io.Reader) (io.Reader, error) {
	zr, err := gzip.NewReader(r)
	if err != nil {
		return nil, fmt.Errorf("it cannot be unpacked: %w", err)
	}
	return zr, nil
}
