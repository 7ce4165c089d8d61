package importer

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"unsaid/store"
)

// goodTable stands beside whatever is bad, and must go in.
const goodTable = "Timestamp,Transcript\n2025-03-01 10:00:00,good morning\n"

// accountOf imports paths into a library and returns what became of each member, as
// "outcome: reason". Each has one outcome.
func accountOf(t *testing.T, o Options) (store.ImportReport, map[string]string) {
	t.Helper()
	db := openLibrary(t)
	report := mustRun(t, db, o)
	members, err := db.ImportMembers(t.Context(), report.ID)
	if err != nil {
		t.Fatal(err)
	}
	account := map[string]string{}
	for _, m := range members {
		if _, twice := account[m.Member]; twice {
			t.Errorf("%q has two outcomes", m.Member)
		}
		account[m.Member] = fmt.Sprintf("%s: %s", m.Outcome, m.Reason)
	}
	return report, account
}

// accountOfFile imports one file of the given name and content.
func accountOfFile(t *testing.T, name, data string) (store.ImportReport, map[string]string) {
	t.Helper()
	return accountOf(t, Options{Paths: []string{filepath.Join(onDisk(t, files{name: data}), name)}})
}

// mustAccount compares an account with the beginnings of what is wanted, member by member.
func mustAccount(t *testing.T, got, want map[string]string) {
	t.Helper()
	for member, beginning := range want {
		if !strings.HasPrefix(got[member], beginning) {
			t.Errorf("%q: %q, want %q", member, got[member], beginning)
		}
	}
	for member, outcome := range got {
		if _, ok := want[member]; !ok {
			t.Errorf("%q, of which nobody knows: %q", member, outcome)
		}
	}
}

// oddTar has one of every kind of member that is no file, names that point elsewhere, and one row.
func oddTar(t testing.TB) string {
	t.Helper()
	var b bytes.Buffer
	tw := tar.NewWriter(&b)
	for _, h := range []tar.Header{
		{Name: "link", Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"},
		{Name: "hard", Typeflag: tar.TypeLink, Linkname: "../../etc/passwd"},
		{Name: "char", Typeflag: tar.TypeChar},
		{Name: "block", Typeflag: tar.TypeBlock},
		{Name: "pipe", Typeflag: tar.TypeFifo},
		{Name: "folder/", Typeflag: tar.TypeDir},
		{Name: "../../up.csv", Typeflag: tar.TypeReg},
		{Name: "/etc/absolute.csv", Typeflag: tar.TypeReg},
		{Name: `C:\windows\w.csv`, Typeflag: tar.TypeReg},
	} {
		h.Mode, h.ModTime, h.Format = 0o600, time.Date(2025, 1, 2, 3, 4, 6, 0, time.UTC), tar.FormatPAX
		text := ""
		if h.Typeflag == tar.TypeReg {
			text = "Timestamp,Transcript\n2025-03-01 10:00:00," + strings.Trim(h.Name, "./") + "\n"
			h.Size = int64(len(text))
		}
		if err := tw.WriteHeader(&h); err != nil {
			t.Fatal(err)
		}
		if _, err := tw.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := tw.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// sparseTar has a member of which the tar leaves the holes out: a terabyte in no space.
func sparseTar(t testing.TB) string {
	t.Helper()
	var b bytes.Buffer
	tw := tar.NewWriter(&b)
	// The writer refuses such records by their names, which are put right afterwards.
	err := tw.WriteHeader(&tar.Header{Name: "sparse.csv", Typeflag: tar.TypeReg, Size: 512, Mode: 0o600, PAXRecords: map[string]string{
		"GNU_sparse.major": "1", "GNU_sparse.minor": "0", "GNU_sparse.realsize": "1099511627776", "GNU_sparse.name": "sparse.csv",
	}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tw.Write(append([]byte("1\n0\n0\n"), make([]byte, 506)...)); err != nil {
		t.Fatal(err)
	}
	if err := tw.Close(); err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(b.String(), "GNU_sparse", "GNU.sparse")
}

func TestTarLinksAndNamesLeadNowhere(t *testing.T) {
	const none = "ignored: a link or a special file"
	report, account := accountOfFile(t, "Alexa.tar", oddTar(t))
	mustAccount(t, account, map[string]string{
		"link": none, "hard": none, "char": none, "block": none, "pipe": none,
		"up.csv": "imported", "etc/absolute.csv": "imported", "C:/windows/w.csv": "imported",
	})
	if report.Added != 3 {
		t.Errorf("%+v", report)
	}
	dir := onDisk(t, files{"in/sparse.tar": sparseTar(t), "in/good.csv": goodTable})
	_, account = accountOf(t, Options{Paths: []string{filepath.Join(dir, "in")}})
	mustAccount(t, account, map[string]string{"sparse.tar/sparse.csv": none, "good.csv": "imported"})
}

// rawZip packs members whose names and kinds the writer of a zip would not choose.
func rawZip(t testing.TB, headers []*zip.FileHeader, text func(i int) string) string {
	t.Helper()
	var b bytes.Buffer
	zw := zip.NewWriter(&b)
	for i, h := range headers {
		w, err := zw.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, text(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestOddZipMembersAreAccountedFor(t *testing.T) {
	named := func(name string, mode os.FileMode) *zip.FileHeader {
		h := &zip.FileHeader{Name: name, Method: zip.Deflate}
		h.SetMode(mode)
		return h
	}
	headers := []*zip.FileHeader{
		named("twice.csv", 0o600), named("twice.csv", 0o600), named("both.csv", 0o600), named("both.csv/in.csv", 0o600),
		named("../../up.csv", 0o600), named("link.csv", 0o777|os.ModeSymlink), named("pipe.csv", 0o600|os.ModeNamedPipe), named("nul\x00.csv", 0o600),
		named("esc\x1b[31m\u202e.csv", 0o600), named("not\xffutf8.csv", 0o600), named("/", 0o600|os.ModeDir), named("..", 0o600),
	}
	packed := rawZip(t, headers, func(i int) string {
		if strings.HasSuffix(headers[i].Name, "/") {
			return ""
		}
		return fmt.Sprintf("Timestamp,Transcript\n2025-03-01 10:00:%02d,row of %d\n", i, i)
	})
	report, account := accountOfFile(t, "Alexa.zip", packed)
	renamed := ""
	for member := range account {
		if strings.HasPrefix(member, "twice~") {
			renamed = member
		}
	}
	mustAccount(t, account, map[string]string{
		"twice.csv": "imported", renamed: "imported", "both~0.csv": "imported", "both.csv/in.csv": "imported", "up.csv": "imported",
		"link.csv": "ignored: a link", "pipe.csv": "ignored: a link", "nul_.csv": "imported", "esc\x1b[31m\u202e.csv": "imported",
		"not_utf8.csv": "imported", "(no name)": "failed: it has no name",
	})
	if report.Added != 8 {
		t.Errorf("%+v", report)
	}
}

// overlapping returns a zip of n members that share their content, 4 MiB of zeros.
func overlapping(t testing.TB, n int) string {
	t.Helper()
	member := localMember{name: "a.csv", data: strings.Repeat("\x00", 4<<20), method: zipDeflated}.bytes(t)
	le := binary.LittleEndian
	var directory []byte
	for i := range n {
		name := fmt.Sprintf("%d.csv", i)
		directory = append(directory, "PK\x01\x02\x14\x00"...)
		directory = append(directory, member[4:28]...) // as in the local header
		le.PutUint16(directory[len(directory)-2:], uint16(len(name)))
		directory = append(directory, make([]byte, 16)...)
		directory = append(directory, name...)
	}
	end := append([]byte("PK\x05\x06\x00\x00\x00\x00"), make([]byte, 14)...)
	le.PutUint16(end[8:], uint16(n))
	le.PutUint16(end[10:], uint16(n))
	le.PutUint32(end[12:], uint32(len(directory)))
	le.PutUint32(end[16:], uint32(len(member)))
	return string(slices.Concat(member, directory, end))
}

func TestBombsAreRefusedAtOnce(t *testing.T) {
	zeros := func(n int) string {
		one := localMember{name: "0.csv", data: strings.Repeat("\x00", 4<<20), method: zipDeflated}.bytes(t)
		return strings.Repeat(string(one), n) // whose directory is missing
	}
	few := files{"1.zip": zeros(100), "2.zip": zeros(100), "3.zip": zeros(100), "good.csv": goodTable}
	dir := onDisk(t, files{"overlapping.zip": overlapping(t, 400), "piece.zip": zipped(t, few), "good.csv": goodTable})
	a := open(t, dir)
	var total int64
	for _, m := range a.members {
		total += m.size
	}
	for _, name := range []string{"good.csv", "piece.zip/good.csv"} {
		if a.member(name) == nil {
			t.Errorf("%s went with its neighbours", name)
		}
	}
	if total > ratioFreeBytes {
		t.Errorf("%d bytes", total)
	}
	if f := a.failed[0]; f.Member != "overlapping.zip" || !strings.Contains(f.Reason, "its directory lies") {
		t.Errorf("%+v", f)
	}
	if !slices.ContainsFunc(a.failed, func(f store.MemberOutcome) bool { return strings.Contains(f.Reason, errExpandsTooFar.Error()) }) {
		t.Errorf("%+v", a.failed)
	}
}

// bombIn returns archives of a bomb between good members, by the names of the archives.
func bombIn(t testing.TB, bomb string) files {
	t.Helper()
	const claimed = 3 << 30
	good := files{"a.csv": goodTable, "y.wav": wav(100, 3), "z.csv": strings.ReplaceAll(goodTable, "good", "bad")}
	names := []string{"a.csv", bomb, "y.wav", "z.csv"}
	var packed bytes.Buffer
	zw := zip.NewWriter(&packed)
	for _, name := range names {
		create := zw.Create
		if name == bomb {
			create = func(name string) (io.Writer, error) {
				return zw.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate, CompressedSize64: 4, UncompressedSize64: claimed})
			}
		}
		w, err := create(name)
		if err == nil {
			_, err = io.WriteString(w, cmp.Or(good[name], "\x01\x02\x03\x04"))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	whole := packed.String()
	var damaged []byte
	for _, name := range names {
		m := localMember{name: name, data: cmp.Or(good[name], "x"), method: zipDeflated, follow: name == bomb}
		if name == bomb {
			m.data = strings.Repeat("\x00", 1<<20)
		}
		b := m.bytes(t)
		if name == bomb {
			b[30+len(name)] |= 7 // a block of a kind that does not exist
		}
		damaged = append(damaged, b...)
	}
	return files{
		"a.zip": whole, "in.zip": zipped(t, files{"in.zip": whole}), "in.tar": tarred(t, files{"in.zip": whole}),
		"cut.zip": whole[:strings.Index(whole, "PK\x01\x02")], "damaged.zip": string(damaged),
	}
}

func TestABombLeavesItsNeighboursAlone(t *testing.T) {
	t.Parallel()
	for _, bomb := range []string{"b.csv", "b.json", "b.wav"} {
		for archive, data := range bombIn(t, bomb) {
			report, account := accountOfFile(t, archive, data)
			if report.Added != 3 {
				t.Errorf("%s in %s: %+v", bomb, archive, report)
			}
			failed := 0
			for member, outcome := range account {
				if strings.HasSuffix(member, bomb) && strings.HasPrefix(outcome, "failed: it ") {
					failed++
				}
			}
			if failed != 1 {
				t.Errorf("%s in %s is not named: %v", bomb, archive, account)
			}
		}
	}
}

// What follows a bomb in a packed tar is found by unpacking the bomb, which is kept nowhere.
func TestABombInAPackedTarIsPassed(t *testing.T) {
	const claimed = ratioFreeBytes/2 + 1<<20
	good := tarred(t, files{"z.csv": goodTable})
	var header bytes.Buffer
	tw := tar.NewWriter(&header)
	if err := tw.WriteHeader(&tar.Header{Name: "b.wav", Typeflag: tar.TypeReg, Mode: 0o600, Size: claimed}); err != nil {
		t.Fatal(err)
	}
	packed := gzipped(t, header.String()) + strings.Repeat(gzipped(t, strings.Repeat("\x00", 1<<20)), claimed>>20) + gzipped(t, good)
	dir := onDisk(t, files{"bomb.tgz": packed})
	a := open(t, filepath.Join(dir, "bomb.tgz"))
	mustRead(t, &a.tree, files{"z.csv": goodTable})
	if len(a.failed) != 1 || a.failed[0].Member != "b.wav" || a.held > 1<<20 {
		t.Errorf("%+v, %d bytes held", a.failed, a.held)
	}
	mustContain(t, a.failed[0].Reason, "expands to more than any voice history does")
}

// An archive with too many members is left out whole, and the next one goes in.
func TestTooManyMembersAreTheirArchivesAlone(t *testing.T) {
	crowd := strings.Repeat(string(localMember{name: strings.Repeat("n", maxNameLength)}.bytes(t)), maxNameBytes/maxNameLength+1)
	dir := onDisk(t, files{"in/crowd.zip": crowd, "in/good.zip": zipped(t, files{"z.csv": goodTable})})
	a := open(t, filepath.Join(dir, "in"))
	mustRead(t, &a.tree, files{"good.zip/z.csv": goodTable})
	if len(a.failed) != 1 || a.failed[0].Member != "crowd.zip" {
		t.Errorf("%+v", a.failed)
	}
}

func TestClaimedSizesDoNotOverflow(t *testing.T) {
	x := &expansion{packed: 1 << 62}
	for range 1000 {
		_ = x.grow(1 << 62)
	}
	if x.expanded < 0 || x.room() < 0 {
		t.Errorf("%+v", x)
	}
}

func TestGzipBombs(t *testing.T) {
	bomb := gzipped(t, "RIFF\x00\x00\x00\x00WAVE") + strings.Repeat(gzipped(t, strings.Repeat("\x00", 1<<20)), maxAudioBytes>>20)
	dir := onDisk(t, files{"in/bomb.wav": bomb, "in/good.csv": goodTable})
	_, account := accountOf(t, Options{Paths: []string{filepath.Join(dir, "in")}})
	mustAccount(t, account, map[string]string{"bomb.wav": "failed: it is larger than 64 MiB", "good.csv": "imported"})

	a := open(t, filepath.Join(dir, "in"))
	for _, limit := range []int64{1000, maxMemoryHeld + 1000} { // in memory, and in a temporary file
		content, err := gunzip(strings.NewReader(bomb))
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := a.spool(content, limit); !errors.Is(err, errExpandsTooFar) {
			t.Errorf("%d bytes: %v", limit, err)
		}
	}
}

func TestThereIsAnEndOfMembers(t *testing.T) {
	whole := zipped(t, files{"a.csv": "x"})
	for name, full := range map[string]*archive{
		"members, even if they failed": {tree: tree{members: make([]member, maxMembers/2)}, failed: make([]store.MemberOutcome, maxMembers/2)},
		"names":                        {named: maxNameBytes},
	} {
		for data, kind := range map[string]archiveKind{
			whole: zipArchive, whole[:len(whole)-30]: zipArchive, tarred(t, files{"a.csv": "x"}): tarArchive,
		} {
			n := nested{src: section{strings.NewReader(data), 0, int64(len(data))}, size: int64(len(data))}
			if err := full.expand(t.Context(), kind, n); !errors.Is(err, errTooManyMembers) {
				t.Errorf("%s, %d: %v", name, kind, err)
			}
		}
	}
}

// What lies before the damage of a tar or a packed tar goes in; the archive stands as failed.
func TestCutTarsKeepWhatIsWhole(t *testing.T) {
	noise := make([]byte, 20_000) // which does not compress
	for i := range noise {
		noise[i] = byte(i * i * i >> 5)
	}
	whole := tarred(t, files{"a.csv": goodTable, "b.wav": wav(100, 3), "c.bin": string(noise)})
	packed := gzipped(t, whole)
	damaged := []byte(packed)
	damaged[len(damaged)-6] ^= 1 // the checksum
	for name, c := range map[string]struct {
		file, data string
		cut        bool // whether c.bin is
	}{
		"a tar":                      {"Alexa.tar", whole[:len(whole)-15_000], true},
		"a packed tar":               {"Alexa.tgz", packed[:len(packed)-5000], true},
		"a packed tar with its end":  {"Alexa.tar.gz", string(damaged), false},
		"a packed tar without a sum": {"Alexa.tar.gz", packed[:len(packed)-8], false},
	} {
		report, account := accountOfFile(t, c.file, c.data)
		want := map[string]string{"a.csv": "imported", "b.wav": "imported", "c.bin": "ignored", c.file: "failed: "}
		if c.cut {
			want["c.bin"] = "failed: it is cut off"
		}
		mustAccount(t, account, want)
		mustContain(t, account[c.file], "download it again")
		if report.Added != 2 {
			t.Errorf("%s: %+v", name, report)
		}
	}
}

func TestTemporaryFolderOfNoUseIsNamed(t *testing.T) {
	large := files{"x.csv": goodTable, "noise.bin": strings.Repeat("\x00", maxMemoryHeld)}
	dir := onDisk(t, files{"in/all.zip": zipped(t, files{"large.zip": rawZip(t, []*zip.FileHeader{{Name: "noise.bin"}}, func(int) string { return large["noise.bin"] }), "good.csv": goodTable})})
	t.Setenv("TMPDIR", "/nonexistent")
	t.Setenv("TMP", "/nonexistent")
	_, account := accountOf(t, Options{Paths: []string{filepath.Join(dir, "in")}})
	mustAccount(t, account, map[string]string{"all.zip/large.zip": "failed: it cannot be unpacked to the temporary folder /nonexistent", "all.zip/good.csv": "imported"})
	mustContain(t, account["all.zip/large.zip"], "set TMPDIR", "unpack it and import the folder")
}

// Whatever happens to the input while it is read, what could be read is in, and what could not is named.
func TestInputsThatChangeWhileTheyAreRead(t *testing.T) {
	clip := func(i int) string { return fmt.Sprintf("2025-03-01_10_00_%02d.wav", i) }
	clips := files{}
	for i := range 5 {
		clips[clip(i)] = wav(4000+i, byte(i+1))
	}
	packed := rawZip(t, []*zip.FileHeader{{Name: clip(0)}, {Name: clip(1)}, {Name: clip(2)}}, func(i int) string { return clips[clip(i)] })
	for name, c := range map[string]struct {
		disk   files
		path   string
		change func(dir string) error
		failed []string
	}{
		"a file goes":       {clips, "", func(dir string) error { return os.Remove(filepath.Join(dir, clip(3))) }, []string{clip(3)}},
		"a file is emptied": {clips, "", func(dir string) error { return os.Truncate(filepath.Join(dir, clip(3)), 0) }, []string{clip(3)}},
		"a zip is cut":      {files{"Alexa.zip": packed}, "Alexa.zip", func(dir string) error { return os.Truncate(filepath.Join(dir, "Alexa.zip"), 8500) }, []string{clip(1), clip(2)}},
		"a zip is destroyed": {files{"Alexa.zip": packed}, "Alexa.zip", func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "Alexa.zip"), make([]byte, len(packed)), 0o600)
		}, []string{clip(1), clip(2)}},
		"a zip is replaced": {files{"Alexa.zip": packed, "other": "x"}, "Alexa.zip", func(dir string) error {
			return os.Rename(filepath.Join(dir, "other"), filepath.Join(dir, "Alexa.zip"))
		}, nil},
		"a file becomes a folder": {clips, "", func(dir string) error {
			return errors.Join(os.Remove(filepath.Join(dir, clip(3))), os.Mkdir(filepath.Join(dir, clip(3)), 0o700))
		}, []string{clip(3)}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := onDisk(t, c.disk)
			changed := false
			report, _ := accountOf(t, Options{Paths: []string{filepath.Join(dir, c.path)}, Progress: func(p Progress) {
				if !changed && !p.Opening {
					changed = true
					if err := c.change(dir); err != nil {
						t.Error(err)
					}
				}
			}})
			var names []string
			for _, f := range report.Failed {
				names = append(names, f.Member)
				mustContain(t, f.Reason, " ")
			}
			if !slices.Equal(names, c.failed) || report.Added == 0 {
				t.Errorf("failed %+v, want %v; %d added", report.Failed, c.failed, report.Added)
			}
		})
	}
}

// A member whose very beginning is damaged may be anything: it must not pass for something that is of no use.
func TestMemberThatCannotBeRecognisedFails(t *testing.T) {
	var packed []byte
	for _, m := range []localMember{
		{name: "Transcripts.csv", data: goodTable + "2025-03-02 10:00:00,this row is damaged\n", method: zipDeflated},
		{name: "history", data: "{}", method: zipDeflated},
		{name: "good.csv", data: goodTable},
	} {
		b := m.bytes(t)
		if m.method == zipDeflated {
			b[30+len(m.name)] |= 7 // a block of a kind that does not exist
		}
		packed = append(packed, b...)
	}
	_, account := accountOfFile(t, "Alexa.zip", string(packed))
	const damaged = "failed: it is damaged or unreadable"
	mustAccount(t, account, map[string]string{"Transcripts.csv": damaged, "history": damaged, "good.csv": "imported", "Alexa.zip": "failed: it is cut off"})
}
