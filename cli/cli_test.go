package cli_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/rogpeppe/go-internal/testscript"

	"unsaid/cli"
)

// The scripts run the real program. What was recorded in them is made up.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"unsaid": func() { os.Exit(cli.Main(context.Background(), os.Args[1:], cli.System())) },
	})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup:               setup,
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"exits":   exits,
			"clean":   clean,
			"wav":     wav,
			"patch":   patch,
			"nothing": nothing,
			"packed":  packed,
		},
	})
}

// setup gives each script an empty home, a fixed time zone, and history.json to import.
func setup(env *testscript.Env) error {
	home := filepath.Join(env.WorkDir, "home")
	temp := filepath.Join(env.WorkDir, "tmp")
	for _, dir := range []string{home, temp} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return err
		}
	}
	env.Setenv("HOME", home)
	env.Setenv("XDG_DATA_HOME", filepath.Join(home, "data"))
	env.Setenv("XDG_CONFIG_HOME", filepath.Join(home, "config"))
	env.Setenv("TMPDIR", temp)
	env.Setenv("TZ", "Europe/Berlin")
	env.Setenv("UNSAID_AUDIO", "null")
	env.Setenv("ESC", "\x1b")
	history, err := os.ReadFile("testdata/history.json")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(env.WorkDir, "history.json"), history, 0o600)
}

// exits CODE unsaid ARGS…: runs the program, which is to end with that code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM ARGS…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		coded, ok := err.(interface{ ExitCode() int })
		if !ok {
			ts.Fatalf("%v", err)
		}
		got = coded.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
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
