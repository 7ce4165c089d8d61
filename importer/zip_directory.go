package importer

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// The standard library keeps some 500 bytes for each member of a zip, as long as any of them may
// be opened. With hundreds of thousands of clips that would be most of the program's memory, so
// this file reads the directory of a zip entry by entry. The numbers in it are those of the format's
// specification, APPNOTE.TXT of PKWARE.

// zipEntry is an entry of a zip's directory.
type zipEntry struct {
	name         string // as it is written, which may be anything
	encrypted    bool
	special      bool // a link or a device
	method       uint16
	crc          uint32
	packed, size int64
	offset       int64 // of the local header
	modTime      time.Time
	problem      error // why it cannot be read, nil if nothing is known
}

var (
	errNotZip  = errors.New("it has no directory of members")
	errZipLies = errors.New("its directory lies: its members take more than the whole of it")
)

// zipDirectoryEnd says where a zip's directory lies.
type zipDirectoryEnd struct {
	records      uint64
	size, offset int64
	base         int64 // what lies before the zip: all its offsets are off by this
}

// zipDirectory calls each for every entry of the directory of a zip that is size bytes long.
func zipDirectory(r io.ReaderAt, size int64, each func(zipEntry) error) error {
	end, err := findZipDirectory(r, size)
	if err != nil {
		return err
	}
	br := bufio.NewReaderSize(io.NewSectionReader(r, end.base+end.offset, end.size), 64<<10)
	for n := uint64(0); n < end.records; n++ {
		e, err := readZipEntry(br)
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return fmt.Errorf("its directory ends after %d of %d members", n, end.records)
		}
		if err != nil {
			return err
		}
		e.offset += end.base
		if err := each(e); err != nil {
			return err
		}
	}
	return nil
}

// splitZipError is the error for the last piece of a zip that was split.
type splitZipError struct {
	before  int      // how many pieces come before it
	missing []string // the names of those that are not beside it, as far as that is known
}

func (e splitZipError) Error() string {
	text := fmt.Sprintf("it is the last of %d pieces of a zip that was split; join the pieces first", e.before+1)
	if len(e.missing) > 0 {
		text += "; missing beside it: " + strings.Join(e.missing, ", ")
	}
	return text
}

// lookBeside returns e with the pieces that are missing beside the last one, which is at src.
func (e splitZipError) lookBeside(src opener) splitZipError {
	const most = 20
	file, onDisk := src.(diskFile)
	for i := 1; onDisk && i <= min(e.before, most); i++ {
		piece := fmt.Sprintf("%s.z%02d", stem(string(file)), i)
		if _, err := os.Stat(piece); err != nil {
			e.missing = append(e.missing, filepath.Base(piece))
		}
	}
	return e
}

// findZipDirectory reads the record at the end of a zip, which a comment of up to 64 KiB may follow.
func findZipDirectory(r io.ReaderAt, size int64) (zipDirectoryEnd, error) {
	const length = 22
	tail := make([]byte, min(size, length+1<<16))
	if _, err := r.ReadAt(tail, size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return zipDirectoryEnd{}, err
	}
	at := len(tail) - length
	for ; at >= 0; at-- {
		if bytes.HasPrefix(tail[at:], []byte("PK\x05\x06")) && at+length+int(binary.LittleEndian.Uint16(tail[at+20:])) <= len(tail) {
			break
		}
	}
	if at < 0 {
		return zipDirectoryEnd{}, errNotZip
	}
	rec := tail[at:]
	u16, u32 := binary.LittleEndian.Uint16, binary.LittleEndian.Uint32
	end := zipDirectoryEnd{records: uint64(u16(rec[10:])), size: int64(u32(rec[12:])), offset: int64(u32(rec[16:]))}
	endAt := size - int64(len(tail)) + int64(at)
	if before := u16(rec[4:]); before != 0 && before != 0xffff {
		return zipDirectoryEnd{}, splitZipError{before: int(before)}
	}
	if end.records == 0xffff || end.size == 0xffffffff || end.offset == 0xffffffff {
		if big, bigAt, err := findZip64Directory(r, endAt); err == nil {
			end, endAt = big, bigAt
		}
	}
	end.base = endAt - end.size - end.offset
	if end.size < 0 || end.offset < 0 || end.base < 0 || uint64(end.size)/46 < end.records {
		return zipDirectoryEnd{}, errNotZip
	}
	var first [4]byte
	if _, err := r.ReadAt(first[:], 0); err == nil && end.base > 0 && string(first[:]) == "PK\x03\x04" {
		return zipDirectoryEnd{}, errNotZip // of a zip within this one, of which the end is missing
	}
	return end, nil
}

// findZip64Directory reads the larger record of a zip with many members or beyond 4 GiB.
func findZip64Directory(r io.ReaderAt, endAt int64) (zipDirectoryEnd, int64, error) {
	var locator [20]byte
	if _, err := r.ReadAt(locator[:], endAt-int64(len(locator))); err != nil || string(locator[:4]) != "PK\x06\x07" {
		return zipDirectoryEnd{}, 0, errNotZip
	}
	u64 := binary.LittleEndian.Uint64
	at := int64(u64(locator[8:]))
	var rec [56]byte
	if _, err := r.ReadAt(rec[:], at); err != nil || string(rec[:4]) != "PK\x06\x06" {
		return zipDirectoryEnd{}, 0, errNotZip
	}
	return zipDirectoryEnd{records: u64(rec[32:]), size: int64(u64(rec[40:])), offset: int64(u64(rec[48:]))}, at, nil
}

func readZipEntry(r *bufio.Reader) (zipEntry, error) {
	var h [46]byte
	if _, err := io.ReadFull(r, h[:]); err != nil {
		return zipEntry{}, err
	}
	if string(h[:4]) != "PK\x01\x02" {
		return zipEntry{}, errors.New("its directory is damaged")
	}
	u16, u32 := binary.LittleEndian.Uint16, binary.LittleEndian.Uint32
	nameLength := int(u16(h[28:]))
	text := make([]byte, nameLength+int(u16(h[30:])))
	if _, err := io.ReadFull(r, text); err != nil {
		return zipEntry{}, err
	}
	if _, err := r.Discard(int(u16(h[32:]))); err != nil {
		return zipEntry{}, err
	}
	e := newZipEntry(h[8:], text[:nameLength])
	e.offset = int64(u32(h[42:]))
	if system := h[5]; system == 3 || system == 19 { // Unix, macOS: the file's mode
		kind := u32(h[38:]) >> 16 & 0xf000
		e.special = kind != 0 && kind != 0x8000 && kind != 0x4000
	}
	e.readExtra(text[nameLength:])
	if e.packed < 0 || e.size < 0 || e.offset < 0 {
		return zipEntry{}, errors.New("its directory is damaged")
	}
	return e, nil
}

// newZipEntry reads the fields that an entry of the directory and a local header have in common, from the
// flags on.
func newZipEntry(fields, name []byte) zipEntry {
	u16, u32 := binary.LittleEndian.Uint16, binary.LittleEndian.Uint32
	return zipEntry{
		name:      string(name),
		encrypted: u16(fields)&1 != 0,
		method:    u16(fields[2:]),
		modTime:   dosTime(u16(fields[6:]), u16(fields[4:])),
		crc:       u32(fields[8:]),
		packed:    int64(u32(fields[12:])),
		size:      int64(u32(fields[16:])),
	}
}

// member returns what it takes to open the member of the entry.
func (e *zipEntry) member(z *zipFile) zipMember {
	return zipMember{zip: z, offset: e.offset, packed: e.packed, size: e.size, crc: e.crc, method: e.method}
}

// readExtra takes over sizes beyond 32 bits, and a time that is in UTC.
func (e *zipEntry) readExtra(extra []byte) {
	for len(extra) >= 4 {
		id, length := binary.LittleEndian.Uint16(extra), int(binary.LittleEndian.Uint16(extra[2:]))
		if extra = extra[4:]; length > len(extra) {
			return
		}
		field := extra[:length]
		extra = extra[length:]
		switch id {
		case 0x0001: // zip64: in this order, each only if it did not fit
			for _, v := range []*int64{&e.size, &e.packed, &e.offset} {
				if *v == 0xffffffff && len(field) >= 8 {
					*v = int64(binary.LittleEndian.Uint64(field))
					field = field[8:]
				}
			}
		case 0x5455: // extended timestamp
			if len(field) >= 5 && field[0]&1 != 0 {
				e.modTime = time.Unix(int64(int32(binary.LittleEndian.Uint32(field[1:]))), 0).UTC()
			}
		}
	}
}

// dosTime reads a date and a time of day of MS-DOS, which has no time zone.
func dosTime(date, clock uint16) time.Time {
	return time.Date(1980+int(date>>9), time.Month(date>>5&15), int(date&31),
		int(clock>>11), int(clock>>5&63), int(clock&31)*2, 0, time.UTC)
}
