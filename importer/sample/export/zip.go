package export

import (
	"archive/zip"
	"io"
	"time"
)

// A Zip writes a zip archive whose members all carry the same time, so that the
// same members give the same bytes.
type Zip struct {
	archive *zip.Writer
	made    time.Time
}

// NewZip returns a Zip that writes to w and dates its members made. The caller
// must Close it.
func NewZip(w io.Writer, made time.Time) *Zip {
	return &Zip{archive: zip.NewWriter(w), made: made}
}

// Create begins a compressed member. The writer it returns is good until the
// next Create, Store or Close.
func (z *Zip) Create(name string) (io.Writer, error) {
	return z.create(name, zip.Deflate)
}

// Store begins a member that is kept as it is: another zip, say.
func (z *Zip) Store(name string) (io.Writer, error) {
	return z.create(name, zip.Store)
}

func (z *Zip) create(name string, method uint16) (io.Writer, error) {
	return z.archive.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: z.made.UTC()})
}

// Add writes a whole compressed member.
func (z *Zip) Add(name string, content []byte) error {
	w, err := z.Create(name)
	if err != nil {
		return err
	}
	_, err = w.Write(content)
	return err
}

// Close writes the archive's directory. It does not close the writer below.
func (z *Zip) Close() error { return z.archive.Close() }
