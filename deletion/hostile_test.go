package deletion

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"net/mail"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	gomail "github.com/emersion/go-message/mail"

	"unsaid/store"
)

// hostile are texts that an export may hold to break a document, to hide in it, or to have a
// program that opens it do something.
var hostile = []string{
	"# x\n- [x] done\n## Steps",
	"a\r\nBcc: victim@example.org\r\n\r\nb",
	"=HYPERLINK(\"http://example.org\")", "+1+1", "-2+3", "@SUM(1)", "\t=1", " =1", "'=1", "a;=1", "a;\"=1", "＝1",
	"\u202ecba\u202c \u2066x\u2069 \u200bz\ufeff", "a\u2028- [x] b\u2029c\u0085d", "\x1b[2J\x07\x9b31m\x00\x7f",
	"`` ` ``` code", "<script>alert(1)</script>", "[x](http://example.org) ![y](z) http://example.org www.example.org",
	"\xff\xfe\xc3(", "{{.Sender}} {{template \"head\"}}", "--unsaid-0\r\n", ".\r\n", "From x\r\n",
	"\U000e0041\U000e0042 tags", strings.Repeat("長", 5000), "", "   ", "👩‍👩‍👧", "\u0600 visible",
}

// hostileFiles renders the files of a request in which every text of the export is text.
func hostileFiles(t testing.TB, vendor, text string, language Language) map[string]string {
	t.Helper()
	when := time.Date(2025, 3, 1, 17, 42, 7, 0, time.UTC)
	device := store.Device{Vendor: vendor, Name: text, MakerName: text, Serial: text, Type: cmp.Or(text, "A1")} // which an export names
	recording := store.Recording{
		ID: store.MakeID(when, 0), Time: when, TimeFrom: store.TimeExact, Device: device,
		Transcript: text, Reply: text, VendorID: text, Audio: &store.Audio{SHA256: hash(1), Format: "wav"},
	}
	undated := recording
	undated.ID, undated.Time, undated.TimeFrom = 1, time.UnixMilli(0), store.TimeUnknown
	req := store.Request{ID: 12, Device: device, TimeZone: "Europe/Berlin", Steps: []store.Step{
		{Kind: store.Single, Recordings: []int64{undated.ID}}, {Kind: store.Single, Recordings: []int64{recording.ID}},
	}}
	o := Options{Now: when, Words: WordsInAll, Language: language, Sender: anna, Recipient: Recipient{Name: "Desk", Email: "desk@example.com"}}
	d, err := newDocument(req, []store.Recording{undated, recording}, o)
	if err != nil {
		t.Fatal(err)
	}
	files, err := d.render()
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]string{}
	for _, f := range files {
		byName[f.name] = string(f.content)
	}
	return byName
}

func TestHostileTexts(t *testing.T) {
	for i, text := range hostile {
		for j, vendor := range []string{store.Amazon, store.Google, store.OVOS} {
			checkHostile(t, vendor, text, Languages()[(i+j)%len(Languages())]) // each text in each language
		}
	}
}

func FuzzHostileTexts(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) { checkHostile(t, store.Amazon, text, German) })
}

func checkHostile(t *testing.T, vendor, text string, language Language) {
	t.Helper()
	files := hostileFiles(t, vendor, text, language)
	tame := hostileFiles(t, vendor, "tame", language)
	for name, content := range files {
		if !utf8.ValidString(content) {
			t.Errorf("%s of %q is not UTF-8", name, text)
		}
		for _, r := range strings.ReplaceAll(content, "\r\n", "\n") {
			if r != '\n' && unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || invisible(r) {
				t.Errorf("%s of %q holds %U", name, text, r)
			}
		}
	}
	for _, name := range []string{"request.md", "letter.txt"} {
		if got, want := outline(files[name]), outline(tame[name]); got != want {
			t.Errorf("%q changes the shape of %s from\n%s\nto\n%s", text, name, want, got)
		}
	}
	checkCSV(t, text, files[manifestCSV])
	checkJSON(t, text, files["manifest.json"])
	if vendor == store.Amazon {
		checkMail(t, text, files)
	}
}

// outline returns what a document's lines begin with, for those lines that mean something by it,
// without what the export may have put behind, or left out where it had nothing.
func outline(s string) string {
	var b strings.Builder
	for l := range strings.Lines(s) {
		l = strings.TrimSpace(l)
		for _, mark := range []string{"# ", "## ", "### ", "- [ ]", "- [x]", "---", "===", "```", ">", "<"} {
			if strings.HasPrefix(l, mark) {
				b.WriteString(mark + "\n")
			}
		}
	}
	return b.String()
}

func checkCSV(t *testing.T, text, content string) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(content)).ReadAll()
	if err != nil {
		t.Errorf("manifest.csv of %q: %v", text, err)
	}
	if len(rows) != 3 {
		t.Errorf("manifest.csv of %q has %d rows", text, len(rows))
	}
	for _, row := range rows {
		for _, c := range row {
			for part := range strings.SplitSeq(c, ";") {
				part = strings.TrimLeft(part, " \"")
				if part != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(part)[0]) {
					t.Errorf("manifest.csv of %q: a spreadsheet may compute %q", text, c)
				}
			}
		}
	}
}

// checkJSON fails unless the manifest has the text exactly, whatever it is.
func checkJSON(t *testing.T, text, content string) {
	t.Helper()
	var m Manifest
	if err := json.Unmarshal([]byte(content), &m); err != nil {
		t.Errorf("manifest.json of %q: %v", text, err)
		return
	}
	if !utf8.ValidString(text) {
		return // JSON cannot have it
	}
	if r := m.Recordings[0]; m.Device != nil && m.Device.Name != text || r.VendorID != text || r.Transcript != text {
		t.Errorf("manifest.json of %q has %+v, %q, %q", text, m.Device, r.VendorID, r.Transcript)
	}
}

// checkMail fails unless the draft is a message of the same letter and list, to the recipient
// alone.
func checkMail(t *testing.T, text string, files map[string]string) {
	t.Helper()
	raw := files["letter.eml"]
	for l := range strings.SplitSeq(raw, "\r\n") {
		if len(l) > 78 { // RFC 5322 § 2.1.1
			t.Errorf("letter.eml of %q has a line of %d bytes", text, len(l))
		}
		if strings.ContainsAny(l, "\r\n") {
			t.Errorf("letter.eml of %q has a line that does not end with CRLF: %q", text, l)
		}
	}
	m, err := mail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if m.Header.Get("Bcc") != "" || m.Header.Get("To") != "Desk <desk@example.com>" || m.Header.Get("X-Unsent") != "1" {
		t.Errorf("letter.eml of %q has the header %v", text, m.Header)
	}
	r, err := gomail.CreateReader(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := r.Header.Subject()
	if err != nil || strings.ContainsAny(subject, "\r\n") {
		t.Errorf("subject of %q: %q, %v", text, subject, err)
	}
	var parts [][]byte
	for {
		p, err := r.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(p.Body)
		if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, content)
	}
	if len(parts) != 2 {
		t.Fatalf("letter.eml of %q has %d parts", text, len(parts))
	}
	if letter := bytes.ReplaceAll(parts[0], []byte("\r\n"), []byte("\n")); string(letter) != files["letter.txt"] {
		t.Errorf("letter.eml of %q has another letter than letter.txt:\n%s", text, letter)
	}
	if string(parts[1]) != files[manifestCSV] {
		t.Errorf("letter.eml of %q has another list than manifest.csv", text)
	}
}

func TestWordsAreNeverInWhatIsSentUnlessAskedFor(t *testing.T) {
	const words = "what nobody else should read"
	when := time.Date(2025, 3, 1, 17, 42, 7, 0, time.UTC)
	device := store.Device{Vendor: store.Amazon, Name: "Kitchen", MakerName: "Kitchen"}
	r := store.Recording{ID: store.MakeID(when, 0), Time: when, Device: device, Transcript: words, Reply: words, People: []string{words}}
	req := store.Request{Device: device, Steps: []store.Step{{Kind: store.Single, Recordings: []int64{r.ID}}}}
	for asked, in := range map[Words]string{
		"":           "request.md",
		NoWords:      "",
		WordsInGuide: "request.md",
		WordsInAll:   "request.md manifest.json manifest.csv",
	} {
		d, err := newDocument(req, []store.Recording{r}, Options{Zone: time.UTC, Now: when, Words: asked})
		if err != nil {
			t.Fatal(err)
		}
		files, err := d.render()
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			has := bytes.Contains(f.content, []byte(words))
			if want := strings.Contains(in, f.name); has != want {
				t.Errorf("asked for words: %q; %s has them: %t", asked, f.name, has)
			}
		}
	}
}

func TestCode(t *testing.T) {
	for s, want := range map[string]string{
		"":           "",
		"plain":      "`plain`",
		"a`b":        "`` a`b ``",
		"``` x `` y": "```` ``` x `` y ````",
		"`":          "`` ` ``",
		"<b> *c*":    "`<b> *c*`",
	} {
		if got := code(s); got != want {
			t.Errorf("code(%q) = %s, want %s", s, got, want)
		}
	}
}

func TestCellLeavesOrdinaryTextAlone(t *testing.T) {
	for _, s := range []string{
		"A3NSX4MMJVG96V#1612297041815#A1RABVCI4QCIKC#G0911W0793360TLG",
		"A3S5BH2HU6VAYF:1.0/2021/02/02/20/G0911W0793360TLG/17:21::TNIH_2V.0f1e2d3c-0000-4000-8000-000000000000ZXV/1",
		"well, -5 degrees, isn't it", "",
	} {
		if got := Cell(s); got != s {
			t.Errorf("%q becomes %q", s, got)
		}
	}
}
