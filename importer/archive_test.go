package importer

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"unsaid/store"
)

// open opens paths as one tree, and checks that closing it leaves no temporary file behind.
func open(t *testing.T, paths ...string) *archive {
	t.Helper()
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	t.Setenv("TMP", temp)
	a, err := openArchive(t.Context(), paths, nil, newMeter(nil))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
		if left, _ := os.ReadDir(temp); len(left) > 0 {
			t.Errorf("temporary files were left: %v", left)
		}
	})
	return a
}

// openError returns the error of opening paths.
func openError(t *testing.T, paths ...string) string {
	t.Helper()
	a, err := openArchive(t.Context(), paths, nil, newMeter(nil))
	if err == nil {
		t.Fatal("it was opened", a.Close())
	}
	return err.Error()
}

func paths(tr *tree) []string {
	var list []string
	for _, m := range tr.members {
		list = append(list, m.path)
	}
	return list
}

// contentOf reads a member.
func contentOf(tr *tree, path string) (string, error) {
	m := tr.member(path)
	if m == nil {
		return "", fs.ErrNotExist
	}
	f, err := m.src.open()
	if err != nil {
		return "", err
	}
	data, err := io.ReadAll(f)
	return string(data), errors.Join(err, f.Close())
}

func mustRead(t *testing.T, tr *tree, want files) {
	t.Helper()
	if got := paths(tr); !slices.Equal(slices.Sorted(slices.Values(got)), sortedNames(want)) {
		t.Errorf("members %v, want %v", got, sortedNames(want))
	}
	for name, data := range want {
		if got, err := contentOf(tr, name); err != nil || got != data {
			t.Errorf("%s: %q, %v; want %q", name, got, err, data)
		}
	}
}

func TestInputsBecomeOneTree(t *testing.T) {
	inner := files{"Alexa/t.csv": "rows", "Alexa/Audio/1.wav": "sound"}
	for _, c := range []struct {
		name string
		disk files
		open []string
		want files
	}{
		{"a folder", inner, []string{"."}, inner},
		{"a file", files{"t.csv": "rows"}, []string{"t.csv"}, files{"t.csv": "rows"}},
		{"a zip", files{"Alexa.zip": zipped(t, inner)}, []string{"Alexa.zip"}, inner},
		{"a zip without its suffix", files{"download": zipped(t, inner)}, []string{"download"}, inner},
		{"a tar", files{"Alexa.tar": tarred(t, inner)}, []string{"Alexa.tar"}, inner},
		{"a packed tar", files{"Alexa.tgz": gzipped(t, tarred(t, inner))}, []string{"Alexa.tgz"}, inner},
		{
			"a zip of zips",
			files{"all.zip": zipped(t, files{"Alexa.zip": zipped(t, inner), "Devices.Registration.zip": zipped(t, files{"registration.csv": "x"})})},
			[]string{"all.zip"},
			files{"Alexa.zip/Alexa/t.csv": "rows", "Alexa.zip/Alexa/Audio/1.wav": "sound", "Devices.Registration.zip/registration.csv": "x"},
		},
		{
			"a packed tar in a zip",
			files{"all.zip": zipped(t, files{"Alexa.tar.gz": gzipped(t, tarred(t, inner))})},
			[]string{"all.zip"},
			files{"Alexa.tar.gz/Alexa/t.csv": "rows", "Alexa.tar.gz/Alexa/Audio/1.wav": "sound"},
		},
		{
			"parts",
			files{"p1.zip": zipped(t, files{"Alexa/t.csv": "rows"}), "p2.zip": zipped(t, files{"Alexa/1.wav": "sound"})},
			[]string{"p1.zip", "p2.zip"},
			files{"p1.zip/Alexa/t.csv": "rows", "p2.zip/Alexa/1.wav": "sound"},
		},
		{
			"a folder of parts",
			files{"p1.zip": zipped(t, files{"t.csv": "rows"}), "sub/p2.zip": zipped(t, files{"t.csv": "more"})},
			[]string{"."},
			files{"p1.zip/t.csv": "rows", "sub/p2.zip/t.csv": "more"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := onDisk(t, c.disk)
			var list []string
			for _, p := range c.open {
				list = append(list, filepath.Join(dir, p))
			}
			a := open(t, list...)
			mustRead(t, &a.tree, c.want)
			if len(a.failed) > 0 {
				t.Errorf("failed: %+v", a.failed)
			}
		})
	}
}

func TestLargeNestedArchiveGoesThroughATemporaryFile(t *testing.T) {
	noise := make([]byte, maxMemoryHeld+1000)
	for i := range noise {
		noise[i] = byte(i * i >> 7)
	}
	var inner bytes.Buffer
	zw := zip.NewWriter(&inner)
	w, err := zw.CreateHeader(&zip.FileHeader{Name: "big.wav", Method: zip.Store})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(noise); err != nil {
		t.Fatal(err)
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	dir := onDisk(t, files{"all.zip": zipped(t, files{"Alexa.zip": inner.String()})})
	a := open(t, filepath.Join(dir, "all.zip"))
	mustRead(t, &a.tree, files{"Alexa.zip/big.wav": string(noise)})
}

func TestNamesNeverLeaveTheTree(t *testing.T) {
	dir := onDisk(t, files{"x.zip": zipped(t, files{
		"../../etc/a.csv": "1", "/abs/b.csv": "2", `win\c.csv`: "3", "bad\xff\xfename.csv": "4", "d/../e.csv": "5", "nul\x00.csv": "6", "same": "7", "same/f": "8",
	})})
	a := open(t, filepath.Join(dir, "x.zip"))
	for _, p := range paths(&a.tree) {
		if !fs.ValidPath(p) || strings.Contains(p, `\`) {
			t.Errorf("%q is no path of a tree", p)
		}
	}
	if len(a.members) != 8 {
		t.Errorf("%d members: %v", len(a.members), paths(&a.tree))
	}
}

func TestMembersThatCannotBeListedFailAlone(t *testing.T) {
	deep := zipped(t, files{"t.csv": "rows"})
	for i := range 4 {
		deep = zipped(t, files{fmt.Sprintf("level%d.zip", i): deep})
	}
	dir := onDisk(t, files{"all.zip": zipped(t, files{
		"good.csv":                           "rows",
		"broken.zip":                         "PK\x03\x04 this is no zip",
		"deep.zip":                           deep,
		strings.Repeat("n", maxNameLength+1): "x",
	})})
	a := open(t, filepath.Join(dir, "all.zip"))
	mustRead(t, &a.tree, files{"good.csv": "rows"})
	if len(a.failed) != 3 {
		t.Fatalf("failed: %+v", a.failed)
	}
	for i, word := range []string{"incomplete", "deep", "longer"} {
		if !slices.ContainsFunc(a.failed, func(m store.MemberOutcome) bool { return strings.Contains(m.Reason, word) }) {
			t.Errorf("%d: nothing failed because of %q: %+v", i, word, a.failed)
		}
	}
}

func TestEncryptedMembersAreNamed(t *testing.T) {
	plain := zipped(t, files{"secret.csv": "rows"})
	locked := []byte(plain)
	for i := 0; i+4 < len(locked); i++ { // sets the flag in the local and in the central header
		switch string(locked[i : i+4]) {
		case "PK\x03\x04":
			locked[i+6] |= 1
		case "PK\x01\x02":
			locked[i+8] |= 1
		}
	}
	dir := onDisk(t, files{"x.zip": string(locked)})
	mustContain(t, openError(t, filepath.Join(dir, "x.zip")), "secret.csv", "encrypted", "password")
}

func TestBombsAreRefused(t *testing.T) {
	var bomb bytes.Buffer
	zw := zip.NewWriter(&bomb)
	w, err := zw.CreateRaw(&zip.FileHeader{Name: "zeros.csv", Method: zip.Deflate, CompressedSize64: 4, UncompressedSize64: 1 << 40})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte{1, 2, 3, 4}); err != nil {
		t.Fatal(err)
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	dir := onDisk(t, files{"bomb.zip": bomb.String()})
	mustContain(t, openError(t, filepath.Join(dir, "bomb.zip")), "zeros.csv", "expand")
}

func TestInputsThatCannotBeOpened(t *testing.T) {
	whole := zipped(t, files{"t.csv": "rows"})
	dir := onDisk(t, files{"cut.zip": whole[:36], "text.zip": "hello", "empty/x": "", "none.zip": zipped(t, nil)})
	if err := os.Remove(filepath.Join(dir, "empty/x")); err != nil {
		t.Fatal(err)
	}
	for name, words := range map[string][]string{
		"missing":  {"missing", "check the path"},
		"cut.zip":  {"cut.zip", "incomplete"},
		"text.zip": {"text.zip", "download it again"},
		"empty":    {"empty", "nothing in it"},
		"none.zip": {"none.zip", "nothing in it"},
	} {
		mustContain(t, openError(t, filepath.Join(dir, name)), words...)
	}
}

func TestOneBrokenPartDoesNotStopTheOthers(t *testing.T) {
	dir := onDisk(t, files{"p1.zip": zipped(t, files{"t.csv": "rows"}), "p2.zip": "PK\x03\x04 cut off"})
	a := open(t, filepath.Join(dir, "p1.zip"), filepath.Join(dir, "p2.zip"))
	mustRead(t, &a.tree, files{"p1.zip/t.csv": "rows"})
	if len(a.failed) != 1 || a.failed[0].Member != "p2.zip" {
		t.Errorf("%+v", a.failed)
	}
}

func TestLinksAreNotFollowed(t *testing.T) {
	dir := onDisk(t, files{"in/t.csv": "rows", "secret.csv": "outside"})
	if err := os.Symlink(filepath.Join(dir, "secret.csv"), filepath.Join(dir, "in/link.csv")); err != nil {
		t.Fatal(err)
	}
	a := open(t, filepath.Join(dir, "in"))
	mustRead(t, &a.tree, files{"t.csv": "rows"})
	if len(a.failed) != 1 || a.failed[0].Outcome != store.MemberIgnored {
		t.Errorf("%+v", a.failed)
	}
}

func tarred(t testing.TB, f files) string {
	t.Helper()
	var b bytes.Buffer
	tw := tar.NewWriter(&b)
	for _, name := range sortedNames(f) {
		err := tw.WriteHeader(&tar.Header{Name: name, Size: int64(len(f[name])), Mode: 0o600, ModTime: time.Date(2025, 1, 2, 3, 4, 6, 0, time.UTC)})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tw.Write([]byte(f[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := tw.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func FuzzOpenArchive(f *testing.F) {
	f.Add([]byte(zipped(f, files{"a.csv": "x", "b.zip": zipped(f, files{"c": "y"})})))
	f.Add([]byte(tarred(f, files{"a.csv": "x"})))
	f.Add([]byte(gzipped(f, tarred(f, files{"a.csv": "x"}))))
	f.Add([]byte("PK\x05\x06"))
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, name := range []string{"x.zip", "x.tgz"} {
			p := filepath.Join(dir, name)
			if err := os.WriteFile(p, data, 0o600); err != nil {
				t.Fatal(err)
			}
			a, err := openArchive(t.Context(), []string{p}, nil, newMeter(nil))
			if err != nil {
				continue
			}
			in, err := newInput(t.Context(), &a.tree, newMeter(nil))
			if err != nil {
				t.Error(err)
			} else {
				for i := range in.members {
					audio, err := in.readAudio(&in.members[i], store.LinkedByName)
					if (audio == nil) == (err == nil) {
						t.Errorf("audio %v, error %v", audio, err)
					}
				}
			}
			if err := a.Close(); err != nil {
				t.Error(err)
			}
		}
	})
}
