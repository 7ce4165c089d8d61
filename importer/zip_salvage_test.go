package importer

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"unsaid/store"
)

// localMember is how a zip may write a member: its header, content and descriptor, without the
// entry in the directory.
type localMember struct {
	name, data string
	method     uint16
	zip64      bool // sizes of 8 bytes
	follow     bool // sizes in a descriptor behind the content
	bare       bool // the descriptor has no signature
	encrypted  bool
}

func (m localMember) bytes(t testing.TB) []byte {
	t.Helper()
	packed := []byte(m.data)
	if m.method == zipDeflated {
		var b bytes.Buffer
		w, err := flate.NewWriter(&b, flate.BestCompression)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(packed); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		packed = b.Bytes()
	}
	le := binary.LittleEndian
	var flags uint16
	if m.encrypted {
		flags |= 1
	}
	crc := crc32.ChecksumIEEE([]byte(m.data))
	sizes := func(b []byte, wide bool) []byte {
		if wide {
			return le.AppendUint64(le.AppendUint64(b, uint64(len(packed))), uint64(len(m.data)))
		}
		return le.AppendUint32(le.AppendUint32(b, uint32(len(packed))), uint32(len(m.data)))
	}
	var extra, descriptor []byte
	header := []byte("PK\x03\x04\x14\x00")
	fields := sizes(le.AppendUint32(nil, crc), false)
	if m.zip64 {
		extra = le.AppendUint64(le.AppendUint64([]byte{1, 0, 16, 0}, uint64(len(m.data))), uint64(len(packed)))
		fields = append(le.AppendUint32(nil, crc), "\xff\xff\xff\xff\xff\xff\xff\xff"...)
	}
	if m.follow {
		flags |= 8
		fields = make([]byte, 12)
		extra = nil
		if !m.bare {
			descriptor = []byte("PK\x07\x08")
		}
		descriptor = sizes(le.AppendUint32(descriptor, crc), m.zip64)
	}
	header = le.AppendUint16(header, flags)
	header = le.AppendUint16(header, m.method)
	header = append(header, 0, 0, 0x22, 0x5a)
	header = append(header, fields...)
	header = le.AppendUint16(header, uint16(len(m.name)))
	header = le.AppendUint16(header, uint16(len(extra)))
	return bytes.Join([][]byte{header, []byte(m.name), extra, packed, descriptor}, nil)
}

// salvaged opens what is there of a zip.
func salvaged(t testing.TB, data []byte) (*archive, error) {
	t.Helper()
	a := &archive{meter: newMeter(nil)}
	size := int64(len(data))
	err := a.expandZip(t.Context(), bytes.NewReader(data), size, nested{outer: &expansion{packed: size}})
	a.settle()
	return a, err
}

// Whatever is cut off of a zip, all members before the cut are there, as they were.
func TestCutZipsKeepWhatIsWhole(t *testing.T) {
	for name, kind := range map[string]localMember{
		"stored":                           {},
		"deflated":                         {method: zipDeflated},
		"stored, 8 bytes":                  {zip64: true},
		"deflated, 8 bytes":                {method: zipDeflated, zip64: true},
		"stored, size behind":              {follow: true},
		"stored, size of 8 bytes behind":   {follow: true, zip64: true},
		"deflated, size behind":            {method: zipDeflated, follow: true},
		"deflated, size of 8 bytes behind": {method: zipDeflated, follow: true, zip64: true},
		"deflated, bare size behind":       {method: zipDeflated, follow: true, bare: true},
		"deflated, bare 8 bytes behind":    {method: zipDeflated, follow: true, bare: true, zip64: true},
	} {
		t.Run(name, func(t *testing.T) {
			var data []byte
			var ends []int
			want := []string{"first, first, first", "PK\x07\x08 and PK\x03\x04 in its content", "third"}
			for i, text := range want {
				kind.name, kind.data = fmt.Sprintf("%d.csv", i), text
				data = append(data, kind.bytes(t)...)
				ends = append(ends, len(data))
			}
			for cut := 1; cut <= len(data); cut += 2 {
				a, err := salvaged(t, data[:cut])
				if err == nil || !strings.Contains(err.Error(), "download it again") {
					t.Fatalf("cut at %d: %v", cut, err)
				}
				whole := 0
				for whole < len(ends) && ends[whole] <= cut {
					whole++
				}
				if len(a.members) != whole {
					t.Fatalf("cut at %d of %v: %d members, %v", cut, ends, len(a.members), err)
				}
				for i := range whole {
					if text, err := contentOf(&a.tree, fmt.Sprintf("%d.csv", i)); err != nil || text != want[i] {
						t.Fatalf("cut at %d: %q, %v", cut, text, err)
					}
				}
			}
		})
	}
}

func TestCutMemberIsNamed(t *testing.T) {
	row := "Timestamp,Transcript\n2025-03-01 10:00:00,good morning\n"
	whole := localMember{name: "a.csv", data: row, method: zipDeflated, follow: true}.bytes(t)
	for name, c := range map[string]struct {
		next localMember
		want string
	}{
		"of known size":            {localMember{name: "b.csv", data: row}, "b.csv: it is cut off"},
		"of a size behind":         {localMember{name: "b.csv", data: row, follow: true}, "b.csv: it is cut off"},
		"deflated":                 {localMember{name: "b.csv", data: row, method: zipDeflated, follow: true}, "b.csv: it is cut off"},
		"encrypted, of any size":   {localMember{name: "b.csv", data: row, method: zipDeflated, follow: true, encrypted: true}, "b.csv: it is cut off"},
		"with a path that goes up": {localMember{name: "../b.csv", data: row}, "b.csv: it is cut off"},
	} {
		next := c.next.bytes(t)
		dir := onDisk(t, files{"Alexa.zip": string(whole) + string(next[:len(next)-20])})
		report := mustRun(t, openLibrary(t), Options{Paths: []string{filepath.Join(dir, "Alexa.zip")}})
		told := ""
		for _, f := range report.Failed {
			told += f.Member + ": " + f.Reason + "\n"
		}
		if report.Added != 1 || len(report.Failed) != 2 || report.State != store.ImportDone {
			t.Errorf("%s: %+v", name, report)
		}
		mustContain(t, told, c.want, "Alexa.zip: it is cut off: its directory is missing; 1 member was found in what is there; download it again")
	}
}

func TestDamagedDirectoryIsDoneWithout(t *testing.T) {
	good := []byte(zipped(t, files{"a.csv": "x", "b.csv": "y", "c/": ""}))
	directory := bytes.Index(good, []byte("PK\x01\x02"))
	second := directory + 1 + bytes.Index(good[directory+1:], []byte("PK\x01\x02"))
	for name, harm := range map[string]func(data []byte){
		"an entry":               func(data []byte) { data[second] = 'X' },
		"the length of a name":   func(data []byte) { data[second+28] = 0xff },
		"the number of entries":  func(data []byte) { data[len(data)-12] = 0xff },
		"the end's signature":    func(data []byte) { data[len(data)-22] = 'X' },
		"where it is said to be": func(data []byte) { data[len(data)-5] = 0x7f },
	} {
		data := bytes.Clone(good)
		harm(data)
		a, err := salvaged(t, data)
		if err == nil {
			t.Errorf("%s: no word of it", name)
			continue
		}
		mustContain(t, err.Error(), "directory", "2 members were found", "download it again")
		mustRead(t, &a.tree, files{"a.csv": "x", "b.csv": "y"})
	}
}

// The end of a zip that lies stored in a zip that is cut off must not pass for the outer one's.
func TestCutZipOfZipsIsNotItsLastOne(t *testing.T) {
	first, last := zipped(t, files{"a.csv": "x"}), zipped(t, files{"b.csv": "y"})
	data := append(localMember{name: "1.zip", data: first}.bytes(t), localMember{name: "2.zip", data: last}.bytes(t)...)
	a, err := salvaged(t, data)
	if err == nil {
		t.Fatal("no word of it")
	}
	mustContain(t, err.Error(), "its directory is missing; 2 members were found")
	mustRead(t, &a.tree, files{"1.zip/a.csv": "x", "2.zip/b.csv": "y"})
}

func TestCutZipWithinAZip(t *testing.T) {
	inner := zipped(t, files{"a.csv": "x", "b.csv": "y"})
	inner = inner[:strings.Index(inner, "PK\x01\x02")]
	dir := onDisk(t, files{"all.zip": zipped(t, files{"in.zip": inner, "c.csv": "z"})})
	a := open(t, filepath.Join(dir, "all.zip"))
	mustRead(t, &a.tree, files{"in.zip/a.csv": "x", "in.zip/b.csv": "y", "c.csv": "z"})
	if len(a.failed) != 1 || a.failed[0].Member != "in.zip" {
		t.Fatalf("%+v", a.failed)
	}
	mustContain(t, a.failed[0].Reason, "2 members were found")
}

func TestSalvageRefusesBombs(t *testing.T) {
	claim := localMember{name: "a.csv", data: "x", zip64: true}.bytes(t)
	binary.LittleEndian.PutUint64(claim[30+len("a.csv")+4:], 1<<60)
	zeros := localMember{name: "b.csv", data: strings.Repeat("\x00", 1<<20), method: zipDeflated, follow: true}.bytes(t)
	if a, err := salvaged(t, claim); err == nil || len(a.failed) != 1 || !strings.Contains(a.failed[0].Reason, "expands") {
		t.Errorf("a claim: %v, %+v", err, a.failed)
	}
	walk := &zipWalk{ctx: t.Context(), r: bytes.NewReader(zeros), size: int64(len(zeros)), room: 1 << 19}
	if e, err := walk.next(); err != nil || e.problem == nil || !strings.Contains(e.problem.Error(), "expands") {
		t.Errorf("zeros: %+v, %v", e, err)
	}
}

// FuzzSalvageZip: whatever the bytes are, the walk goes forward and ends, and so does the reading of
// all that it finds.
func FuzzSalvageZip(f *testing.F) {
	for _, m := range []localMember{
		{name: "a.csv", data: "x"},
		{name: "a.csv", data: "x", zip64: true},
		{name: "a.csv", data: "xxxxxxxxxxxxxx", method: zipDeflated, follow: true},
		{name: "a.csv", data: "xxxxxxxxxxxxxx", method: zipDeflated, follow: true, bare: true, zip64: true},
		{name: "a.csv", data: "PK\x07\x08", follow: true},
		{name: "a.csv", data: "x", method: zipDeflated, follow: true, encrypted: true},
	} {
		data := m.bytes(f)
		f.Add(append(bytes.Clone(data), data...))
	}
	whole := []byte(zipped(f, files{"a.csv": "x", "b.zip": zipped(f, files{"c": "y"})}))
	f.Add(whole)
	f.Add(whole[:len(whole)-30])
	f.Fuzz(func(t *testing.T, data []byte) {
		size := int64(len(data))
		walk := &zipWalk{ctx: t.Context(), r: bytes.NewReader(data), size: size, room: 1 << 20}
		before := int64(-1)
		for {
			e, err := walk.next()
			if err != nil {
				break
			}
			if e.offset <= before || e.packed < 0 || e.size < 0 || e.packed > size || walk.at > size+24 {
				t.Fatalf("%+v after %d, then %d of %d", e, before, walk.at, size)
			}
			before = e.offset
			m := &zipMember{zip: &zipFile{r: walk.r}, offset: e.offset, packed: e.packed, size: e.size, crc: e.crc, method: e.method}
			if content, err := m.open(); err == nil {
				_, _ = io.Copy(io.Discard, content) // whatever it is, it ends
				if err := content.Close(); err != nil {
					t.Error(err)
				}
			}
		}
		if a, err := salvaged(t, data); err == nil && len(a.members) > 0 && !bytes.Contains(data, []byte("PK\x05\x06")) {
			t.Error("members without a directory, and no word of it")
		}
	})
}
