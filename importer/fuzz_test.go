package importer

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"
)

// FuzzTar: whatever the bytes are, each member that a tar is said to have is there in full.
func FuzzTar(f *testing.F) {
	whole := tarred(f, files{"a.csv": "x", "dir/b.wav": strings.Repeat("sound", 200), "empty": ""})
	f.Add([]byte(whole))
	f.Add([]byte(whole[:1700])) // within b.wav
	f.Add([]byte(oddTar(f)))
	f.Add([]byte(sparseTar(f)))
	f.Fuzz(func(t *testing.T, data []byte) {
		a := &archive{meter: newMeter(nil)}
		size := int64(len(data))
		_ = a.expandTar(t.Context(), bytes.NewReader(data), size, nested{outer: &expansion{packed: size}})
		for _, e := range a.members {
			content, err := e.src.open()
			if err != nil {
				t.Fatal(err)
			}
			if n, err := io.Copy(io.Discard, content); err != nil || n != e.size {
				t.Errorf("%q: %d of %d bytes, %v", e.path, n, e.size, err)
			}
		}
	})
}

// FuzzDecodeText: any bytes become UTF-8, the same however they come in pieces, and text that is
// UTF-8 stays as it is.
func FuzzDecodeText(f *testing.F) {
	for _, s := range []string{"", "plain", "caf\xe9 caf\xc3\xa9", "\xef\xbb\xbfmark", "\xff\xfea\x00b", "\xfe\xff\x00a\xd8\x00", "\xf0\x9f\x98", "nul\x00", "\u2028\u202e"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		text, err := io.ReadAll(decodeText(bytes.NewReader(data)))
		if err != nil || !utf8.Valid(text) {
			t.Fatalf("%q, %v", text, err)
		}
		pieces, err := io.ReadAll(decodeText(iotest.OneByteReader(bytes.NewReader(data))))
		if err != nil || !bytes.Equal(pieces, text) {
			t.Errorf("in pieces: %q, %v; at once: %q", pieces, err, text)
		}
		if utf8.Valid(data) && !bytes.HasPrefix(data, []byte("\xef\xbb\xbf")) && !bytes.Equal(text, data) {
			t.Errorf("%q became %q", data, text)
		}
	})
}

// FuzzIdentify: an identifier as Amazon writes it means the same when it is read again.
func FuzzIdentify(f *testing.F) {
	for _, s := range []string{
		testUtterance, testUtterance + "/0", strings.NewReplacer(":", "_", "/", "_").Replace(testUtterance) + ".wav",
		"A1B2#1612297041815#A3S5BH2HU6VAYF#G0911W0000000TST", "1612297041815#A3S5BH2HU6VAYF#G0911W0000000TST#1612297041815-0",
		"TextClient:1.0/2021/02/02/20/DEVICE_UNSPECIFIED/17:21::TNIH_2V.0cbcd1ac-2f1e-4d4b-9a6a-2c9f5b0ef2d3ZXV",
		"x#9999999999999#y#z", "x:1.0/0000/99/99/99/s/99:99::TNIH_2V.------------------------------------AAA",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		id, ok := identify(s)
		if !ok {
			return
		}
		if !id.time.IsZero() && (id.time.Year() < 0 || id.time.Year() > 9999) {
			t.Errorf("%q is of %v", s, id.time)
		}
		if id.canonical == "" {
			return
		}
		if again, ok := identify(id.canonical); !ok || again != id {
			t.Errorf("%q: %+v; read again: %v %+v", s, id, ok, again)
		}
	})
}
