package importer

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"testing"
	"time"
)

// members reads all of a zip with this package's own reader: contents by name, and nil for what
// cannot be read.
func members(data []byte) (map[string][]byte, error) {
	found := map[string][]byte{}
	r := bytes.NewReader(data)
	z := &zipFile{r: r}
	err := zipDirectory(r, int64(len(data)), func(e zipEntry) error {
		m := &zipMember{zip: z, offset: e.offset, packed: e.packed, size: e.size, crc: e.crc, method: e.method}
		found[e.name] = nil
		content, err := m.open()
		if err != nil {
			return nil
		}
		defer content.Close()
		if text, err := io.ReadAll(io.LimitReader(content, 1<<20)); err == nil && len(text) < 1<<20 {
			found[e.name] = append([]byte{}, text...)
		}
		return nil
	})
	return found, err
}

func TestZipsOfAllKinds(t *testing.T) {
	t.Parallel()
	build := func(method uint16, comment string, n int) []byte {
		var b bytes.Buffer
		zw := zip.NewWriter(&b)
		for i := range n {
			w, err := zw.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("f%d", i), Method: method, Modified: utc(2025, 1, 2, 3, 4, 6)})
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(w, "content %d content %d", i, i)
		}
		if err := zw.SetComment(comment); err != nil {
			t.Fatal(err)
		}
		if err := zw.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	for name, c := range map[string]struct {
		data []byte
		n    int
	}{
		"stored":                       {build(zip.Store, "", 3), 3},
		"deflated":                     {build(zip.Deflate, "", 3), 3},
		"with a comment":               {build(zip.Deflate, "PK\x05\x06 in a comment that looks like an end", 3), 3},
		"behind something else":        {append([]byte("#!/bin/sh\nsome program\n"), build(zip.Deflate, "", 3)...), 3},
		"more than 65535 (zip64)":      {build(zip.Store, "", 65_600), 65_600},
		"exactly at the limit (zip64)": {build(zip.Store, "", 65_535), 65_535},
	} {
		t.Run(name, func(t *testing.T) {
			found, err := members(c.data)
			if err != nil || len(found) != c.n {
				t.Fatalf("%d members, %v", len(found), err)
			}
			for i := range c.n {
				if got := found[fmt.Sprintf("f%d", i)]; string(got) != fmt.Sprintf("content %d content %d", i, i) {
					t.Fatalf("f%d: %q", i, got)
				}
			}
		})
	}
}

func TestZipTimes(t *testing.T) {
	data := []byte(zipped(t, files{"a": "x"}))
	err := zipDirectory(bytes.NewReader(data), int64(len(data)), func(e zipEntry) error {
		if want := time.Date(2025, 1, 2, 3, 4, 6, 0, time.UTC); !e.modTime.Equal(want) {
			t.Errorf("%v, want %v", e.modTime, want)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestZipContentIsChecked(t *testing.T) {
	const text = "some content that is long enough to be damaged in the middle of it"
	good := zipMember{zip: &zipFile{}, method: zipStored, size: int64(len(text)), crc: 0}
	for name, m := range map[string]zipMember{
		"wrong checksum": good,
		"too short":      {zip: good.zip, size: good.size + 1},
		"too long":       {zip: good.zip, size: good.size - 1},
	} {
		c := &zipContent{m: &m, r: bytes.NewReader([]byte(text))}
		if _, err := io.ReadAll(c); err == nil {
			t.Errorf("%s: it was read", name)
		}
		if err := c.Close(); err != nil {
			t.Error(err)
		}
		if _, err := c.Read(make([]byte, 1)); !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("%s: after closing: %v", name, err)
		}
	}
}

// FuzzZip compares this package's reader with the standard library's: what that one can read, this
// one reads alike, unless the zip is odd in a way that no archive of a maker is.
func FuzzZip(f *testing.F) {
	f.Add([]byte(zipped(f, files{"a.csv": "x", "dir/b": "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy", "empty": ""})))
	f.Add(append([]byte("before"), zipped(f, files{"a": "x"})...))
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(func(t *testing.T, data []byte) {
		ours, ourErr := members(data)
		zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if ourErr != nil || err != nil && !errors.Is(err, zip.ErrInsecurePath) {
			return
		}
		var names []string
		for _, file := range zr.File {
			names = append(names, file.Name)
		}
		for _, file := range zr.File {
			r, err := file.Open()
			if err != nil {
				continue
			}
			text, err := io.ReadAll(io.LimitReader(r, 1<<20))
			r.Close()
			twice := slices.Index(names, file.Name) != len(names)-1-slices.Index(reversed(names), file.Name)
			if err != nil || len(text) == 1<<20 || twice || file.CRC32 == 0 || uint64(len(text)) != file.UncompressedSize64 {
				continue
			}
			if got, ok := ours[file.Name]; ok && !bytes.Equal(got, text) {
				t.Errorf("%q: %q, the standard library says %q", file.Name, got, text)
			}
		}
	})
}

func reversed(list []string) []string {
	list = slices.Clone(list)
	slices.Reverse(list)
	return list
}
