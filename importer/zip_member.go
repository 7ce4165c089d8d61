package importer

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"sync"
)

// Ways in which members of a zip are packed.
const (
	zipStored   = 0
	zipDeflated = 8
)

// zipFile is an open zip.
type zipFile struct {
	r         io.ReaderAt
	inflaters sync.Pool // each is 40 KiB, too much to make one for every clip
}

// zipMember is a member of a zip: no more than what it takes to open it.
type zipMember struct {
	zip          *zipFile
	offset       int64
	packed, size int64
	crc          uint32
	method       uint16
}

var errZipSize = errors.New("its size differs from the one in the zip's directory")

// open returns the unpacked content. Reading it fails if its size or its checksum are wrong.
func (m *zipMember) open() (io.ReadCloser, error) {
	at, err := m.dataOffset()
	if err != nil {
		return nil, err
	}
	packed := io.NewSectionReader(m.zip.r, at, m.packed)
	switch m.method {
	case zipStored:
		return &zipContent{m: m, r: packed}, nil
	case zipDeflated:
		inflater, ok := m.zip.inflaters.Get().(io.ReadCloser)
		if !ok {
			return &zipContent{m: m, r: flate.NewReader(packed)}, nil
		}
		if err := inflater.(flate.Resetter).Reset(packed, nil); err != nil {
			return nil, fmt.Errorf("unpack it: %w", err)
		}
		return &zipContent{m: m, r: inflater}, nil
	}
	return nil, fmt.Errorf("it is packed by method %d, which unsaid cannot unpack; unpack the archive and import the folder", m.method)
}

// dataOffset returns where the packed content begins: behind a header whose length only it tells.
func (m *zipMember) dataOffset() (int64, error) {
	var h [30]byte
	if _, err := m.zip.r.ReadAt(h[:], m.offset); err != nil {
		return 0, fmt.Errorf("read its header: %w", err)
	}
	if !bytes.HasPrefix(h[:], []byte("PK\x03\x04")) {
		return 0, errors.New("there is no member where the zip's directory says")
	}
	return m.offset + int64(len(h)) + int64(binary.LittleEndian.Uint16(h[26:])) + int64(binary.LittleEndian.Uint16(h[28:])), nil
}

// zipContent reads the content of a member and checks it.
type zipContent struct {
	m   *zipMember
	r   io.Reader
	n   int64
	crc uint32
	err error
}

func (c *zipContent) Read(p []byte) (int, error) {
	if c.err != nil {
		return 0, c.err
	}
	n, err := c.r.Read(p)
	c.n += int64(n)
	c.crc = crc32.Update(c.crc, crc32.IEEETable, p[:n])
	switch {
	case c.n > c.m.size:
		err = errZipSize
	case errors.Is(err, io.EOF) && c.n < c.m.size:
		err = fmt.Errorf("%w: %w", errZipSize, io.ErrUnexpectedEOF)
	case errors.Is(err, io.EOF) && c.crc != c.m.crc:
		err = errors.New("its checksum is wrong")
	}
	c.err = err
	return n, err
}

// Close keeps the inflater for the next member.
func (c *zipContent) Close() error {
	if inflater, ok := c.r.(flate.Resetter); ok {
		c.m.zip.inflaters.Put(inflater)
	}
	c.r, c.err = nil, io.ErrClosedPipe
	return nil
}
