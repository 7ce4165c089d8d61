package plain

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"flag"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
	"unicode"

	"unsaid/app"
	"unsaid/deletion"
	"unsaid/player"
	"unsaid/store"
)

// All recordings in these tests are synthetic: nobody ever said any of it.

// TestMain has clips run their time in silence.
func TestMain(m *testing.M) {
	if err := os.Setenv("UNSAID_AUDIO", "null"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

var update = flag.Bool("update", false, "write the transcripts in testdata anew")

// today is when all sessions take place.
var today = time.Date(2025, 4, 1, 12, 0, 0, 0, time.UTC)

// What a typist can do besides typing a line.
const (
	interrupts = "<ctrl-c>"
	waits      = "<waits>" // for as long as one clip and a half
)

// typist types lines, each when one is wanted, and sees them on the terminal as people do.
type typist struct {
	lines    []string
	terminal *terminal
	signals  chan os.Signal
	rest     string // of a line that did not fit
}

func (y *typist) Read(p []byte) (int, error) {
	if y.rest != "" {
		n := copy(p, y.rest)
		y.rest = y.rest[n:]
		return n, nil
	}
	for len(y.lines) > 0 {
		line := y.lines[0]
		y.lines = y.lines[1:]
		switch line {
		case interrupts:
			_, _ = y.terminal.Write([]byte("^C"))
			y.signals <- os.Interrupt
			synctest.Wait() // the program has stopped before another line is typed
		case waits:
			time.Sleep(3 * time.Second / 2)
		default:
			_, _ = y.terminal.Write([]byte(line + "\n"))
			n := copy(p, line+"\n")
			y.rest = (line + "\n")[n:]
			return n, nil
		}
	}
	return 0, io.EOF
}

// terminal is what is seen. The typist and the program write to it.
type terminal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (t *terminal) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.text.Write(p)
}

// sitting is what a session finds: who sits down changes it before.
type sitting struct {
	recordings []store.Incoming
	keep       []deletion.Rule
	files      map[string]string // in the home folder
}

// talk has a session with somebody who types lines and then ends the input, and returns what stands on
// the terminal after it. It happens in a bubble of package synctest, whose clock moves only when all
// wait for it.
func talk(t *testing.T, with sitting, lines ...string) (shown string) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		<-time.After(time.Until(today))
		home := t.TempDir()
		db, err := store.Open(t.Context(), filepath.Join(home, "unsaid.db"))
		if err != nil {
			t.Fatal(err)
		}
		add(t, db, with.recordings...)
		for name, text := range with.files {
			if err := os.WriteFile(filepath.Join(home, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		sound := player.New(player.DefaultOutput)
		seen := &terminal{}
		signals := make(chan os.Signal)
		err = Run(context.Background(), Options{
			App: &app.App{
				DB: db, Zone: time.UTC, Now: time.Now, Correspondence: deletion.Correspondence{Law: deletion.GDPR}, Keep: with.keep,
				RequestsDir: filepath.Join(home, "requests"),
			},
			In: &typist{lines: lines, terminal: seen, signals: signals}, Out: seen, Interrupts: signals, Player: sound, Home: home,
			Open:      func(context.Context, string) error { return nil },
			OpenSound: func(context.Context, []byte) error { return nil },
		})
		for _, err := range []error{err, sound.Close(), db.Close()} {
			if err != nil {
				t.Error(err)
			}
		}
		shown = filepath.ToSlash(strings.ReplaceAll(seen.text.String(), home, "/home/anna"))
	})
	return shown
}

// isSpeakable fails the test if there is anything on the terminal but letters, signs and the ends of
// lines, or anything that stands there for the eye alone.
func isSpeakable(t *testing.T, shown string) {
	t.Helper()
	for line := range strings.Lines(shown) {
		line = strings.TrimSuffix(line, "\n")
		if at := strings.IndexFunc(line, func(r rune) bool { return !unicode.IsGraphic(r) || unicode.Is(unicode.So, r) }); at >= 0 {
			t.Errorf("character at %d of %q", at, line)
		}
		if strings.Contains(line, "  ") || strings.Contains(line, "%!") || strings.Contains(line, "..") {
			t.Errorf("not made to be heard: %q", line)
		}
	}
}

// transcript compares a session with testdata/<name>.txt. After a wanted change of what is said they
// are written anew with
//
//	go test ./ui/plain -run Transcript -update
func transcript(t *testing.T, name, got string) {
	t.Helper()
	isSpeakable(t, got)
	path := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	if text := strings.ReplaceAll(string(want), "\r\n", "\n"); got != text {
		t.Errorf("%s is another one (-update if that is wanted):\n%s\nwas:\n%s", path, got, text)
	}
}

// add imports recordings into a library.
func add(t *testing.T, db *store.DB, recordings ...store.Incoming) {
	t.Helper()
	if len(recordings) == 0 {
		return
	}
	im, err := db.BeginImport(t.Context(), []string{"synthetic"}, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range recordings {
		if err := im.Add(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := im.Finish(t.Context(), store.ImportDone); err != nil {
		t.Fatal(err)
	}
}

// heard is a recording with a second of sound.
func heard(device, when, words string) store.Incoming {
	rec := silent(device, when, words)
	rec.Audio = &store.IncomingAudio{Data: tone(len(words)), Format: "wav", Duration: time.Second, LinkedBy: store.LinkedByName}
	return rec
}

// silent is a recording that came without sound. Times are in UTC.
func silent(device, when, words string) store.Incoming {
	at, err := time.Parse(time.DateTime, when)
	if err != nil {
		panic(err)
	}
	return store.Incoming{
		Vendor: store.Amazon, Time: at, TimeFrom: store.TimeExact, VendorID: "id#" + device + when, Transcript: words, Kind: "GENERAL",
		Device: store.IncomingDevice{Serial: "G0911W07" + strings.ToUpper(device), Type: "A1RABVCI4QCIKC", Name: device},
	}
}

// household is what three devices of an invented household heard in February and March 2025.
func household() []store.Incoming {
	jazz := heard("Kitchen", "2025-03-01 18:42:07", "alexa play some jazz")
	jazz.Reply, jazz.Intent, jazz.People = "Here's a station you might like.", "PlayMusicIntent", []store.IncomingPerson{{ID: "p1", Name: "Anna"}}
	unintended := heard("Kitchen", "2025-03-01 18:41:55", "and then she said to me")
	unintended.Unintended, unintended.Kind = true, "FALSE_WAKE_WORD"
	typed := silent("Phone", "2025-02-27 07:00:00", "add milk to the list")
	typed.Typed = true
	return []store.Incoming{
		jazz, unintended, typed,
		heard("Kitchen", "2025-03-01 18:20:31", "what time is it?"),
		heard("Bedroom", "2025-03-01 07:05:00", "good morning"),
		heard("Bedroom", "2025-02-28 23:10:00", "good night"),
		silent("Bedroom", "2025-02-28 23:09:00", ""),
		heard("Kitchen", "2025-02-28 12:00:00", "jazz again please"),
		silent("Bedroom", "2025-02-20 06:30:00", "alarm number 1"),
		silent("Bedroom", "2025-02-19 06:30:00", "alarm number 2"),
		silent("Bedroom", "2025-02-18 06:30:00", "alarm number 3"),
		silent("Bedroom", "2024-12-31 06:30:00", "alarm number 4"),
	}
}

// tone is a second of a WAV of a sine, 8 kHz mono 16-bit.
func tone(pitch int) []byte {
	const rate = 8000
	samples := make([]int16, rate)
	for i := range samples {
		samples[i] = int16(12000 * math.Sin(2*math.Pi*float64((200+pitch)*i)/rate))
	}
	var b bytes.Buffer
	for _, part := range []any{
		[]byte("RIFF"), uint32(36 + 2*len(samples)), []byte("WAVEfmt "), uint32(16), uint16(1), uint16(1),
		uint32(rate), uint32(2 * rate), uint16(2), uint16(16), []byte("data"), uint32(2 * len(samples)), samples,
	} {
		if err := binary.Write(&b, binary.LittleEndian, part); err != nil {
			panic(err) // a buffer takes all
		}
	}
	return b.Bytes()
}
