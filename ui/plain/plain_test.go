package plain

import (
	"bytes"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"unsaid/app"
	"unsaid/phrase"
	"unsaid/store"
)

func TestEveryCommandHasANameAndALetterOfItsOwn(t *testing.T) {
	names, letters := map[string]bool{}, map[string]bool{}
	for _, c := range commands() {
		if len(c.short) != 1 || letters[c.short] || len(c.name) < 2 || names[c.name] || c.does == "" || c.do == nil {
			t.Errorf("%+v", c)
		}
		names[c.name], letters[c.short] = true, true
		for _, word := range []string{c.name, c.short, strings.ToUpper(c.name)} {
			if found, err := lookup(word); err != nil || found.name != c.name {
				t.Errorf("%s: %s, %v", word, found.name, err)
			}
		}
	}
	for word, want := range map[string]string{"?": "help", "dev": "devices", "LET": "letter", "imp": "", "re": "", "": "", "findx": ""} {
		if found, _ := lookup(word); found.name != want {
			t.Errorf("%s: %s, want %s", word, found.name, want)
		}
	}
}

func TestAmountsAreWords(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "length unknown", time.Second: "1 second", 2400 * time.Millisecond: "2.4 seconds", time.Minute: "1 minute",
		time.Minute + 7*time.Second: "1 minute 7 seconds", 41*time.Hour + time.Minute: "41 hours 1 minute", 2000 * time.Hour: "2,000 hours",
	} {
		if got := length(d); got != want {
			t.Errorf("%v: %s, want %s", d, got, want)
		}
	}
	for n, want := range map[int64]string{
		-1: "0 bytes", 1: "1 byte", 999: "999 bytes", 1000: "1 kilobyte", 1500: "1.5 kilobytes", 16_044: "16 kilobytes", 999_600: "1 megabyte",
		2_000_000_000: "2 gigabytes", 1 << 62: "4611686 terabytes",
	} {
		if got := size(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
	for text, want := range map[string]string{"a word": "a word", "word after word": "word after, and more", "": "", "\u00e4\u00f6\u00fc \u00e4\u00f6\u00fc\u00e4\u00f6\u00fc": "\u00e4\u00f6\u00fc \u00e4\u00f6\u00fc\u00e4\u00f6\u00fc"} {
		if got := short(text, 10); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// Nothing of an archive steers a terminal, whichever command tells of it.
func TestHostileTextIsMadeSafe(t *testing.T) {
	const hostile = "a\x1b[2J\x1b]52;c;b3duZWQ=\x07b\u009b31mc\u202edcba\u2066\u2028line\rx\x00y\u200b\u200b"
	r := heard("Kitchen"+hostile, "2025-03-01 18:42:07", hostile)
	r.Reply, r.Kind, r.Domain, r.VendorID, r.People = hostile, hostile, hostile, hostile, []store.IncomingPerson{{ID: hostile, Name: hostile}}
	long := silent("Kitchen"+hostile, "2025-03-01 18:42:08", strings.Repeat("word "+hostile, 1<<14))
	shown := talk(t, sitting{recordings: []store.Incoming{r, long}}, "list", "open 1", "open 2", "devices", "devices 1", "insights", "suggestions", "delete device 1",
		"steps", "yes", "requests", "requests 1", "letter 1", "trash", "trash 1", "open 1", "imports", "undo", "mark all", "marks", "rename 1 x\x1b[31m\u202e", "devices",
		"find \x1b[31mx", "\x1b[31mfnd", "find foo:\x1b[31m", "import \x1b[31m", "help \u202e", "mark \u202e",
		"count device", "count person", "count kind", "count 1", "find alarm\u202e", "save x\x1b[2J\u202e", "searches", "searches drop 1", "undo", "merge 1 1", "split \x1b[31m", "sort \x1b[31m", "sound \u202e",
		"find", "export 1", "no", "elsewhere 1")
	typed := 0
	for line := range strings.Lines(shown) {
		if strings.HasPrefix(line, "> ") {
			typed++ // what somebody types, the terminal shows
			continue
		}
		line = strings.TrimSuffix(line, "\n")
		if at := strings.IndexFunc(line, func(r rune) bool { return !unicode.IsGraphic(r) || unicode.Is(unicode.Bidi_Control, r) }); at >= 0 {
			t.Errorf("character at %d of %.200q", at, line)
		}
		if len(line) > 1<<14 {
			t.Errorf("a line of %d bytes: %.80q", len(line), line)
		}
	}
	if !strings.Contains(shown, ", and more.\n") {
		t.Error("a long text ends without a word about the rest of it")
	}
	if typed != 45-3+1 { // steps, yes and no answer a question; the last one is the end
		t.Errorf("%d prompts in %.3000q", typed, shown)
	}
}

func TestLetterIsReadOut(t *testing.T) {
	shown := talk(t, sitting{recordings: household()}, "letter 1", "delete device 1", "yes", "letter 1")
	for _, part := range []string{"Request 1: not found. requests lists them.", "\nRequest for erasure under Article 17 GDPR:\n", "\nSerial number: G0911W07KITCHEN\n"} {
		if !strings.Contains(shown, part) {
			t.Errorf("%q is not in %q", part, shown)
		}
	}
}

func TestEndOfInputAgreesToNothing(t *testing.T) {
	for _, lines := range [][]string{{"delete device 1"}, {"delete device 1", "yes", "purge 1"}} {
		shown := talk(t, sitting{recordings: household()}, lines...)
		if !strings.HasSuffix(shown, "There was no answer; nothing was changed.\n> \n") {
			t.Errorf("%q ends with %q", lines, shown[max(0, len(shown)-200):])
		}
	}
}

func TestLines(t *testing.T) {
	long := strings.Repeat("x", 3*maxTyped)
	in := newLines(strings.NewReader(" a b \r\n\n" + long + "\nafter\xff\n" + "last"))
	defer in.close()
	for _, want := range []struct {
		text string
		err  error
	}{{"a b", nil}, {"", nil}, {"", errTooLong}, {"after", nil}, {"last", nil}, {"", io.EOF}, {"", io.EOF}} {
		text, err := in.next(t.Context(), nil)
		if text != want.text || !errors.Is(err, want.err) {
			t.Errorf("%.20q, %v, want %q, %v", text, err, want.text, want.err)
		}
	}
}

func TestLongLineDoesNothing(t *testing.T) {
	shown := talk(t, sitting{}, "quit"+strings.Repeat("x", 2*maxTyped), "quit")
	if !strings.HasSuffix(shown, "\nThat line is too long; nothing was done.\n> quit\n") {
		t.Errorf("ends with %q", shown[max(0, len(shown)-200):])
	}
}

// What is typed is looked up and read without a panic, whatever it is.
func FuzzTyped(f *testing.F) {
	for _, text := range []string{"find", "3-7, 2", "1 March 2025", "\xff", "x\x00", "-", "99999999999999999999", "0-0"} {
		f.Add(text)
	}
	s := &session{o: Options{App: &app.App{Zone: time.UTC, Now: func() time.Time { return today }}}, found: listing{ids: make([]int64, 5)}}
	f.Fuzz(func(t *testing.T, text string) {
		if _, err := lookup(text); err != nil && phrase.Sentence(err.Error()) == "" {
			t.Errorf("%q is refused without a word", text)
		}
		if day, err := s.readDay(text); err == nil && day == 0 {
			t.Errorf("%q is no day", text)
		}
		list, err := s.indexes(text)
		for i, index := range list {
			if err != nil || index < 0 || index >= 5 || i > 0 && index <= list[i-1] {
				t.Fatalf("%q means %v, %v", text, list, err)
			}
		}
		if got := short(text, 3); len(got) > len(text)+len(", and more") {
			t.Errorf("%q is cut to %q", text, got)
		}
	})
}

func TestListSaysWhatAnotherProcessHasChanged(t *testing.T) {
	path, ctx := filepath.Join(t.TempDir(), "unsaid.db"), t.Context()
	var said bytes.Buffer
	s := &session{o: Options{App: &app.App{DB: opened(t, path), Zone: time.UTC, Now: time.Now}, Out: &said}, marked: map[int64]bool{}}
	if err := s.find(ctx, ""); err != nil {
		t.Fatal(err)
	}
	add(t, opened(t, path), store.Incoming{Vendor: store.Amazon, Time: today, TimeFrom: store.TimeExact, VendorID: "1", Transcript: "open the door"})
	if err := s.relist(ctx, ""); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"1 recording found now", "open the door"} {
		if !strings.Contains(said.String(), want) {
			t.Errorf("%q is not said:\n%s", want, &said)
		}
	}
}

// opened opens a library as a process of its own does.
func opened(t *testing.T, path string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}
