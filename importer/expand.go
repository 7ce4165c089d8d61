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

var archiveSuffixes = []struct {
	suffix string
	kind   archiveKind
}{{".zip", zipArchive}, {".tar", tarArchive}, {".tar.gz", tarGzArchive}, {".tgz", tarGzArchive}}

// archiveSuffix reports by its name whether a member is meant to be an archive. Members go by name
// because many other kinds of file are zips inside.
func archiveSuffix(name string) archiveKind {
	_, kind := cutArchiveSuffix(name)
	return kind
}

// cutArchiveSuffix returns the name of an archive without its suffix, and any other name as it is.
func cutArchiveSuffix(name string) (string, archiveKind) {
	for _, a := range archiveSuffixes {
		if at := len(name) - len(a.suffix); at >= 0 && strings.EqualFold(name[at:], a.suffix) {
			return name[:at], a.kind
		}
	}
	return name, notAnArchive
}

// archiveKindOf reports by its content whether a file called name is an archive.
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
	case !bytes.HasPrefix(head, []byte(gzipMagic)):
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

// expand adds the members of an archive. From one that is damaged somewhere it adds the
// members before the damage.
func (a *archive) expand(ctx context.Context, kind archiveKind, n nested) error {
	if n.outer == nil {
		n.outer = &expansion{packed: n.size}
	}
	members, failures, named := len(a.members), len(a.failed), a.named
	err := a.expandKind(ctx, kind, n)
	if errors.Is(err, errTooManyMembers) { // its neighbours have to have room
		a.members, a.failed, a.named = a.members[:members], a.failed[:failures], named
	}
	return err
}

func (a *archive) expandKind(ctx context.Context, kind archiveKind, n nested) error {
	if kind == tarGzArchive {
		return a.expandTarGz(ctx, n)
	}
	r, size, damage := a.randomAccess(ctx, n)
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
	var sizes zipSizes
	var count int64
	err := zipDirectory(r, size, func(e zipEntry) error {
		sizes.add(e)
		if count++; count > maxMembers {
			return errTooManyMembers
		}
		return ctx.Err()
	})
	split := splitZipError{}
	switch {
	case errors.As(err, &split):
		return split.lookBeside(n.src)
	case errors.Is(err, errTooManyMembers), ctx.Err() != nil:
		return err
	case err != nil:
		return a.salvageZip(ctx, r, size, n, err)
	}
	if sizes.packed > size {
		return errZipLies
	}
	room := n.outer.room()
	if n.depth > 0 {
		room = n.outer.share()
	}
	refused, err := sizes.admit(n.outer, room)
	if err != nil {
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
		if e.isDense() && e.size >= refused {
			e.problem = fmt.Errorf("%w: %d bytes claim to be %d", errExpandsTooFar, e.packed, e.size)
		}
		members = append(members, e.member(z))
		return a.addZipMember(ctx, e, &members[len(members)-1], n)
	})
}

var errEncrypted = errors.New("it is encrypted; unpack the archive with its password, then import the folder")

func (a *archive) addZipMember(ctx context.Context, e zipEntry, m *zipMember, n nested) error {
	name := joinName(n.mount, e.name)
	switch {
	case e.problem != nil:
		a.fail(name, e.problem)
	case e.encrypted:
		a.fail(name, errEncrypted)
	case e.special:
		a.ignoreSpecial(name)
	case e.size > ratioFreeBytes && e.isDense():
		a.fail(name, fmt.Errorf("it claims to expand from %d to %d bytes, which no voice history does", e.packed, e.size))
	default:
		return a.addMember(ctx, nested{mount: name, src: m, size: e.size, modTime: e.modTime, depth: n.depth + 1, outer: n.outer})
	}
	return nil
}

// expandTar adds the members of an unpacked tar, each as a section of it.
func (a *archive) expandTar(ctx context.Context, r io.ReaderAt, size int64, n nested) error {
	whole := io.NewSectionReader(r, 0, size)
	return a.addTarMembers(ctx, tar.NewReader(whole), n, func(h *tar.Header) (opener, error, error) {
		at, err := whole.Seek(0, io.SeekCurrent)
		switch {
		case err != nil:
			return nil, nil, fmt.Errorf("read tar: %w", err)
		case h.Size > size-at:
			return nil, errCutMember, nil
		}
		return section{r, at, h.Size}, nil, nil
	})
}

// expandTarGz adds the members of a packed tar, which can only be read from its beginning on: they
// are unpacked, except those that would take too much room.
func (a *archive) expandTarGz(ctx context.Context, n nested) error {
	content, err := n.src.open()
	if err != nil {
		return fmt.Errorf("open it: %w", err)
	}
	defer content.Close()
	unpacked, err := gunzip(contextReader{ctx, a.meter.unpacking(content, n.size)})
	if err != nil {
		return err
	}
	unpacked = n.outer.stream(unpacked)
	kept, tr := &spool{archive: a}, tar.NewReader(unpacked)
	err = a.addTarMembers(ctx, tr, n, func(h *tar.Header) (opener, error, error) {
		if h.Size > n.outer.share() {
			return nil, fmt.Errorf("%w: it claims to have %d bytes", errExpandsTooFar, h.Size), nil
		}
		at := kept.size
		if _, err := io.Copy(kept, tr); err != nil {
			return nil, errCutMember, kept.err
		}
		return section{kept, at, h.Size}, nil, n.outer.grow(h.Size)
	})
	if err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, unpacked); err != nil { // what follows the last member, with the checksum
		return fmt.Errorf("only what lies before the damage was read: %w; download it again", err)
	}
	return nil
}

// addTarMembers adds the members that tr reads. place says where the content of one is, or why
// there is none; its last error ends the archive.
func (a *archive) addTarMembers(ctx context.Context, tr *tar.Reader, n nested, place func(*tar.Header) (src opener, problem, err error)) error {
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
		name := joinName(n.mount, h.Name)
		if h.Typeflag != tar.TypeReg || isSparse(h) {
			a.ignoreSpecial(name)
			continue
		}
		src, problem, err := place(h)
		switch {
		case err != nil:
			return err
		case problem != nil:
			a.fail(name, problem)
			continue
		}
		member := nested{mount: name, src: src, size: h.Size, modTime: h.ModTime, depth: n.depth + 1, outer: n.outer}
		if err := a.addMember(ctx, member); err != nil {
			return err
		}
	}
}

// isSparse reports whether a member of a tar is written with its holes left out, so that it is not a
// section of the tar. Makers do not write such members, and their sizes may be anything.
func isSparse(h *tar.Header) bool {
	for key := range h.PAXRecords {
		if strings.HasPrefix(key, "GNU.sparse.") {
			return true
		}
	}
	return false
}

// section is a stretch of a file: a member of a tar.
type section struct {
	r        io.ReaderAt
	at, size int64
}

func (s section) open() (io.ReadCloser, error) {
	return io.NopCloser(io.NewSectionReader(s.r, s.at, s.size)), nil
}

// gzipMagic begins what is packed with gzip.
const gzipMagic = "\x1f\x8b"

// gunzip returns what r unpacks to.
func gunzip(r io.Reader) (io.Reader, error) {
	zr, err := gzip.NewReader(r)
	if err != nil {
		return nil, fmt.Errorf("it cannot be unpacked: %w", err)
	}
	return zr, nil
}
