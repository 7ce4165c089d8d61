package importer

import (
	"bufio"
	"bytes"
	"compress/flate"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
)

// A zip whose download broke off has lost its directory, which comes last. But every member has a
// header of its own, so this file walks from one to the next and finds those that are whole. The
// numbers in it are those of the format's specification, APPNOTE.TXT of PKWARE.

// errCutMember is the error for a member whose end is missing. What follows it cannot be found.
var errCutMember = errors.New("it is cut off; download the archive again")

// salvageZip adds the members of a zip whose directory cannot be read because of cause. It always
// returns an error, which says how much was found.
func (a *archive) salvageZip(ctx context.Context, r io.ReaderAt, size int64, n nested, cause error) error {
	walk := &zipWalk{ctx: ctx, r: r, size: size, room: n.outer.room()}
	z := &zipFile{r: r}
	found := 0
	for {
		e, err := walk.next()
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case a.full(n.mount, e.name):
			return errTooManyMembers
		case err != nil && e.name != "":
			a.fail(joinName(n.mount, e.name), err)
		}
		if err != nil {
			break
		}
		if strings.HasSuffix(e.name, "/") {
			continue
		}
		if e.isDense() && e.size > n.outer.share() && e.problem == nil {
			e.problem = fmt.Errorf("%w: %d bytes claim to be %d", errExpandsTooFar, e.packed, e.size)
		}
		if e.problem == nil {
			e.problem = n.outer.grow(e.size)
		}
		if e.problem == nil {
			found++
		}
		m := e.member(z)
		if err := a.addZipMember(ctx, e, &m, n); err != nil {
			return err
		}
	}
	if errors.Is(cause, errNotZip) && found > 0 {
		cause = errors.New("it is cut off: its directory is missing")
	}
	switch found {
	case 0:
		return fmt.Errorf("it cannot be read as a zip: %w; it may be incomplete: download it again", cause)
	case 1:
		return fmt.Errorf("%w; 1 member was found in what is there; download it again", cause)
	}
	return fmt.Errorf("%w; %d members were found in what is there; download it again", cause, found)
}

// zipWalk goes from one local header of a zip to the next.
type zipWalk struct {
	ctx  context.Context
	r    io.ReaderAt
	size int64
	at   int64 // where the next header should be
	room int64 // how many bytes of whole members may be unpacked to find where they end
	lost int64 // how many bytes of others were

	inflater io.ReadCloser
}

// next returns the next member. The error is [io.EOF] where none begins; with any other error the
// member is the last one that can be found, and is nameless if not even its name is there.
func (w *zipWalk) next() (zipEntry, error) {
	var h [30]byte
	if n, err := w.r.ReadAt(h[:], w.at); err != nil && !errors.Is(err, io.EOF) || n < 4 || string(h[:4]) != "PK\x03\x04" {
		return zipEntry{}, io.EOF
	}
	u16 := binary.LittleEndian.Uint16
	nameLength, extraLength := int64(u16(h[26:])), int64(u16(h[28:]))
	text := make([]byte, nameLength+extraLength)
	if _, err := w.r.ReadAt(text, w.at+int64(len(h))); err != nil && (len(text) > 0 || !errors.Is(err, io.EOF)) {
		return zipEntry{}, errCutMember
	}
	e := newZipEntry(h[6:], text[:nameLength])
	e.readExtra(text[nameLength:])
	e.offset = w.at
	w.at += int64(len(h)) + int64(len(text))
	const sizesFollow = 1 << 3
	switch {
	case u16(h[6:])&sizesFollow == 0:
		if e.packed < 0 || e.size < 0 || e.packed > w.size-w.at {
			return e, errCutMember
		}
		w.at += e.packed
		return e, nil
	case e.method == zipDeflated && !e.encrypted:
		return e, w.inflateOrSkip(&e)
	}
	return e, w.searchDescriptor(&e)
}

// inflateOrSkip finds the end of a deflated member by unpacking it, or, where that fails, by what lies
// behind it: then the member has a problem, but those that follow can be read.
func (w *zipWalk) inflateOrSkip(e *zipEntry) error {
	at, problem := w.at, errExpandsTooFar
	if w.lost < maxStreamed*ratioFreeBytes {
		problem = w.inflate(e)
	}
	if problem == nil || w.ctx.Err() != nil {
		return problem
	}
	w.at = at
	if w.searchDescriptor(e) != nil {
		return problem
	}
	e.problem = problem
	return nil
}

// inflate finds the end of a deflated member by unpacking it, and takes its sizes and its checksum
// from the descriptor behind it.
func (w *zipWalk) inflate(e *zipEntry) error {
	packed := io.NewSectionReader(w.r, w.at, w.size-w.at)
	br := bufio.NewReader(contextReader{w.ctx, packed}) // a reader of single bytes is not read beyond the end
	if w.inflater == nil {
		w.inflater = flate.NewReader(br)
	} else if err := w.inflater.(flate.Resetter).Reset(br, nil); err != nil {
		return fmt.Errorf("unpack it: %w", err)
	}
	size, err := io.Copy(io.Discard, io.LimitReader(w.inflater, w.room+1))
	if err != nil || size > w.room {
		w.lost += size
	}
	switch {
	case size > w.room:
		return errExpandsTooFar
	case errors.Is(err, io.ErrUnexpectedEOF):
		return errCutMember
	case err != nil:
		return fmt.Errorf("it is damaged: %w", err)
	}
	w.room -= size
	read, err := packed.Seek(0, io.SeekCurrent)
	if err != nil {
		return fmt.Errorf("unpack it: %w", err)
	}
	e.packed, e.size = read-int64(br.Buffered()), size
	w.at += e.packed
	var b [24]byte
	n, err := w.r.ReadAt(b[:], w.at)
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read its descriptor: %w", err)
	}
	crc, length, ok := readDescriptor(b[:n], e.packed, e.size)
	if !ok {
		return errCutMember
	}
	e.crc = crc
	w.at += int64(length)
	return nil
}

// readDescriptor reads the descriptor of a member whose sizes are known. It may begin with a
// signature or not, and have sizes of 4 or 8 bytes.
func readDescriptor(b []byte, packed, size int64) (crc uint32, length int, ok bool) {
	for _, signature := range []string{"PK\x07\x08", ""} {
		fields, found := bytes.CutPrefix(b, []byte(signature))
		if !found {
			continue
		}
		if len(fields) >= 12 && int64(binary.LittleEndian.Uint32(fields[4:])) == packed&0xffffffff &&
			int64(binary.LittleEndian.Uint32(fields[8:])) == size&0xffffffff {
			return binary.LittleEndian.Uint32(fields), len(signature) + 12, true
		}
		if len(fields) >= 20 && binary.LittleEndian.Uint64(fields[4:]) == uint64(packed) &&
			binary.LittleEndian.Uint64(fields[12:]) == uint64(size) {
			return binary.LittleEndian.Uint32(fields), len(signature) + 20, true
		}
	}
	return 0, 0, false
}

// searchDescriptor finds the end of a member that is not to be unpacked by the descriptor behind
// it: the signature, followed by the number of bytes that lie before it.
func (w *zipWalk) searchDescriptor(e *zipEntry) error {
	const longest = 24 + 2 // with the beginning of what follows
	br := bufio.NewReaderSize(contextReader{w.ctx, io.NewSectionReader(w.r, w.at, w.size-w.at)}, 64<<10)
	for packed := int64(0); ; {
		window, err := br.Peek(br.Size())
		i := bytes.Index(window, []byte("PK\x07\x08"))
		skip := i + 4
		switch {
		case i < 0 && err != nil:
			return errCutMember
		case i < 0:
			skip = len(window) - 3
		case i > 0 && len(window)-i < longest && err == nil:
			skip = i // see all of it
		default:
			if length, ok := e.endsAt(packed+int64(i), window[i:]); ok {
				w.at += e.packed + int64(length)
				return nil
			}
		}
		if _, err := br.Discard(skip); err != nil {
			return errCutMember
		}
		packed += int64(skip)
	}
}

// endsAt takes over the sizes and the checksum of a descriptor that may be the one behind a member
// of so many bytes, and returns its length. Of a member that was packed in a way that cannot be
// undone, its unpacked size is not known, so that what follows tells how long the descriptor is.
func (e *zipEntry) endsAt(packed int64, descriptor []byte) (length int, ok bool) {
	const narrow, wide = 16, 24
	if e.method == zipStored && !e.encrypted {
		e.crc, length, ok = readDescriptor(descriptor, packed, packed)
		e.packed, e.size = packed, packed
		return length, ok
	}
	if len(descriptor) < narrow || int64(binary.LittleEndian.Uint32(descriptor[8:])) != packed&0xffffffff {
		return 0, false
	}
	e.packed = packed
	if len(descriptor) > wide && !bytes.HasPrefix(descriptor[narrow:], []byte("PK")) && bytes.HasPrefix(descriptor[wide:], []byte("PK")) {
		return wide, true
	}
	return narrow, true
}
