package cli_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/adrg/xdg"
	"github.com/rogpeppe/go-internal/testscript"

	"unsaid/cli"
)

// TestMain makes the test binary the program, too, for tests that need it as a process of its own.
func TestMain(m *testing.M) {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		panic(err)
	}
	time.Local = zone // wherever the tests run
	testscript.Main(m, map[string]func(){
		"unsaid": func() { os.Exit(cli.Main(context.Background(), os.Args[1:], cli.System())) },
	})
}

// The scripts run the program within the test, one command after the other: a process for each would
// take most of the time to start, and under the race detector nearly all of it. What needs a process
// is run by exec: signals, the standard input, the environment of the sound output. What was
// recorded in the scripts is made up.
func TestScripts(t *testing.T) {
	testscript.RunT(oneByOne{t}, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup:               setup,
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"run":     runs,
			"exits":   exits,
			"clean":   clean,
			"wav":     wav,
			"patch":   patch,
			"nothing": nothing,
			"packed":  packed,
			"found":   found,
			"without": without,
		},
	})
}

// oneByOne runs scripts one after the other, as the folder and the environment that the program is in
// are those of the whole test.
type oneByOne struct{ *testing.T }

func (oneByOne) Parallel() {}

func (oneByOne) Verbose() bool { return testing.Verbose() }

func (t oneByOne) Run(name string, script func(testscript.T)) {
	t.T.Run(name, func(t *testing.T) { script(oneByOne{t}) })
}

// setup gives each script an empty home and history.json to import.
func setup(env *testscript.Env) error {
	home := filepath.Join(env.WorkDir, "home")
	temp := filepath.Join(env.WorkDir, "tmp")
	for _, dir := range []string{home, temp} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return err
		}
	}
	t := env.T().(oneByOne)
	for name, value := range map[string]string{
		"HOME":            home,
		"XDG_DATA_HOME":   filepath.Join(home, "data"),
		"XDG_CONFIG_HOME": filepath.Join(home, "config"),
		"TMPDIR":          temp,
		"UNSAID_AUDIO":    "null",
	} {
		env.Setenv(name, value)
		t.Setenv(name, value)
	}
	xdg.Reload()
	env.Setenv("ESC", "\x1b")
	history, err := os.ReadFile("testdata/history.json")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(env.WorkDir, "history.json"), history, 0o600)
}

// runs is run unsaid ARGS…: runs the program within the test; it is to end well, or with ! not.
func runs(ts *testscript.TestScript, neg bool, args []string) {
	if code := program(ts, args); (code != 0) != neg {
		ts.Fatalf("exit code %d", code)
	}
}

// exits CODE unsaid ARGS…: runs the program within the test, which is to end with that code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE unsaid ARGS…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	if got := program(ts, args[1:]); got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// program runs the program in the script's folder and returns its exit code.
func program(ts *testscript.TestScript, args []string) int {
	if len(args) == 0 || args[0] != "unsaid" {
		ts.Fatalf("only unsaid is run within the test; others by exec")
	}
	back, err := os.Getwd()
	ts.Check(err)
	ts.Check(os.Chdir(ts.MkAbs(".")))
	defer func() { ts.Check(os.Chdir(back)) }()
	return cli.Main(context.Background(), args[1:], cli.Environment{
		Stdin: strings.NewReader(""), Stdout: ts.Stdout(), Stderr: ts.Stderr(), Getenv: ts.Getenv, Now: time.Now,
	})
}

// clean FILE…: no file has a character that steers a terminal or the direction of writing.
func clean(ts *testscript.TestScript, neg bool, args []string) {
	for _, name := range args {
		text := ts.ReadFile(name)
		at := strings.IndexFunc(text, func(r rune) bool {
			return r != '\n' && (unicode.IsControl(r) || unicode.In(r, unicode.Bidi_Control, unicode.Zl, unicode.Zp))
		})
		if dirty := at >= 0; dirty != neg {
			ts.Fatalf("%s: character at %d of %q", name, at, text)
		}
	}
}

// wav FILE MILLISECONDS: writes a synthetic tone, 16 kHz mono with 16 bits.
func wav(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: wav FILE MILLISECONDS")
	}
	millis, err := strconv.Atoi(args[1])
	ts.Check(err)
	samples := make([]int16, 16*millis)
	for i := range samples {
		samples[i] = int16(i%64*200 - 6400)
	}
	var file bytes.Buffer
	size := uint32(2 * len(samples))
	file.WriteString("RIFF")
	put := func(v any) { ts.Check(binary.Write(&file, binary.LittleEndian, v)) }
	put(36 + size)
	file.WriteString("WAVEfmt ")
	put([]uint32{16, 1 | 1<<16, 16000, 32000, 2 | 16<<16})
	file.WriteString("data")
	put(size)
	put(samples)
	path := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(filepath.Dir(path), 0o700))
	ts.Check(os.WriteFile(path, file.Bytes(), 0o600))
}

// patch FILE OFFSET BYTES…: overwrites bytes of a file, making it if there is none.
func patch(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 3 {
		ts.Fatalf("usage: patch FILE OFFSET BYTES…")
	}
	offset, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	f, err := os.OpenFile(ts.MkAbs(args[0]), os.O_CREATE|os.O_RDWR, 0o600)
	ts.Check(err)
	for i, arg := range args[2:] {
		b, err := strconv.ParseUint(arg, 0, 8)
		ts.Check(err)
		_, err = f.WriteAt([]byte{byte(b)}, offset+int64(i))
		ts.Check(err)
	}
	ts.Check(f.Close())
}

// nothing DIR…: there is no file in the folders, or no such folder.
func nothing(ts *testscript.TestScript, neg bool, args []string) {
	for _, dir := range args {
		var found []string
		err := filepath.WalkDir(ts.MkAbs(dir), func(path string, d os.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				found = append(found, path)
			}
			return nil
		})
		ts.Check(err)
		if (len(found) > 0) != neg {
			ts.Fatalf("in %s: %v", dir, found)
		}
	}
}

// packed ZIP FILE…: packs files into a zip, as written just now.
func packed(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: packed ZIP FILE…")
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range args[1:] {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Now()})
		ts.Check(err)
		_, err = w.Write([]byte(ts.ReadFile(name)))
		ts.Check(err)
	}
	ts.Check(z.Close())
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o600))
}

// found COUNT PATTERN: so many files match the pattern.
func found(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: found COUNT PATTERN")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	files, err := filepath.Glob(ts.MkAbs(args[1]))
	ts.Check(err)
	if len(files) != want {
		ts.Fatalf("%d files match, want %d: %v", len(files), want, files)
	}
}

// without TEXT DIR…: no file below the folders has the text in it, nor in its name.
func without(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: without TEXT DIR...")
	}
	for _, dir := range args[1:] {
		ts.Check(filepath.WalkDir(ts.MkAbs(dir), func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(p)
			if bytes.Contains(data, []byte(args[0])) || strings.Contains(p, args[0]) {
				ts.Fatalf("%s has %s", p, args[0])
			}
			return err
		}))
	}
}
