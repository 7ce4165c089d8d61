package importer

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"unsaid/store"
)

// All exports in these tests are synthetic: nobody ever said or recorded any of it.

// collector is a sink that keeps what it takes.
type collector struct {
	recordings []store.Incoming
	devices    []store.IncomingDevice
	members    []store.MemberOutcome
}

func (c *collector) Device(_ context.Context, _ string, d store.IncomingDevice) error {
	c.devices = append(c.devices, d)
	return nil
}

func (c *collector) Add(_ context.Context, rec store.Incoming) error {
	c.members = append(c.members, rec.Members...)
	rec.Members = nil
	c.recordings = append(c.recordings, rec)
	return nil
}

func (c *collector) Member(_ context.Context, m store.MemberOutcome) error {
	c.members = append(c.members, m)
	return nil
}

func (*collector) Export(context.Context, string, string) error { return nil }

// outcome returns what became of a member, "" if it was not accounted for.
func (c *collector) outcome(member string) (store.Outcome, string) {
	for _, m := range c.members {
		if m.Member == member {
			return m.Outcome, m.Reason
		}
	}
	return "", ""
}

// remedy returns the way to import a member after all.
func (c *collector) remedy(member string) store.Remedy {
	for _, m := range c.members {
		if m.Member == member {
			return m.Remedy
		}
	}
	return ""
}

// said returns the transcripts in the order in which they came.
func (c *collector) said() []string {
	var list []string
	for _, r := range c.recordings {
		list = append(list, r.Transcript)
	}
	return list
}

// files are the members of a synthetic export.
type files map[string]string

// tree makes an input of the files.
func (f files) tree() *tree {
	t := &tree{}
	modified := time.Date(2025, 1, 2, 3, 4, 5, 0, time.UTC).Unix()
	for name, data := range f {
		t.members = append(t.members, member{
			path: name, size: int64(len(data)), modTime: modified, src: section{strings.NewReader(data), 0, int64(len(data))},
		})
	}
	t.settle()
	return t
}

// collect runs all sources over f, without a store.
func collect(t *testing.T, f files, o Options) *collector {
	t.Helper()
	in, err := newInput(t.Context(), f.tree(), newMeter(nil))
	if err != nil {
		t.Fatal(err)
	}
	return collectFrom(t, in, o)
}

// collectFrom runs all sources over in, without a store.
func collectFrom(t *testing.T, in *Input, o Options) *collector {
	t.Helper()
	in.probe = o.Probe
	c := &collector{}
	for _, s := range sources(o, columnMemory{}) {
		if err := s.Import(t.Context(), in, c); err != nil {
			t.Fatalf("%s: %v", s.Name(), err)
		}
	}
	return c
}

// one runs all sources over a single member and returns its only recording.
func one(t *testing.T, name, data string) store.Incoming {
	t.Helper()
	c := collect(t, files{name: data}, Options{})
	if len(c.recordings) != 1 || len(c.members) != 1 { // and nothing that failed
		t.Fatalf("%d recordings, want 1; members: %+v", len(c.recordings), c.members)
	}
	return c.recordings[0]
}

// wav returns a WAV of n samples, 16 kHz mono 16-bit; seed makes its sound different from others.
func wav(n int, seed byte) string {
	var b bytes.Buffer
	b.WriteString("RIFF")
	b.Write(binary.LittleEndian.AppendUint32(nil, uint32(36+2*n)))
	b.WriteString("WAVEfmt ")
	b.Write([]byte{16, 0, 0, 0, 1, 0, 1, 0, 0x80, 0x3e, 0, 0, 0, 0x7d, 0, 0, 2, 0, 16, 0})
	b.WriteString("data")
	b.Write(binary.LittleEndian.AppendUint32(nil, uint32(2*n)))
	for i := range n {
		b.WriteByte(byte(i) * seed)
		b.WriteByte(seed)
	}
	return b.String()
}

// zipped packs f in order of names.
func zipped(t testing.TB, f files) string {
	t.Helper()
	var b bytes.Buffer
	zw := zip.NewWriter(&b)
	for _, name := range sortedNames(f) {
		w, err := zw.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(2025, 1, 2, 3, 4, 6, 0, time.UTC)})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(f[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func sortedNames(f files) []string {
	var names []string
	for name := range f {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// onDisk writes f below a new folder and returns it.
func onDisk(t testing.TB, f files) string {
	t.Helper()
	dir := t.TempDir()
	for name, data := range f {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func mustContain(t *testing.T, text string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(text, w) {
			t.Errorf("%q does not contain %q", text, w)
		}
	}
}

func utc(year int, month time.Month, day, hour, minute, second int) time.Time {
	return time.Date(year, month, day, hour, minute, second, 0, time.UTC)
}

func gzipped(t testing.TB, data string) string {
	t.Helper()
	var b bytes.Buffer
	zw := gzip.NewWriter(&b)
	if _, err := zw.Write([]byte(data)); err != nil {
		t.Fatal(err)
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
