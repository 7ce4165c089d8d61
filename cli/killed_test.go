package cli_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"unsaid/cli"
)

// process is the real program as a process of its own, on a library.
func process(t *testing.T, db string, args ...string) *exec.Cmd {
	t.Helper()
	return asProgram(t, exec.CommandContext(t.Context(), "unsaid", append([]string{"--db", db}, args...)...))
}

func asProgram(t *testing.T, cmd *exec.Cmd) *exec.Cmd {
	t.Helper()
	cmd.Env = append(os.Environ(), "UNSAID_CONFIG="+os.DevNull, "TMPDIR="+t.TempDir())
	cmd.Stdout, cmd.Stderr = &bytes.Buffer{}, &bytes.Buffer{}
	return cmd
}

// output returns what a process of [process] has written, and its exit code, -1 if it was killed.
func output(t *testing.T, cmd *exec.Cmd, err error) (code int, stdout, stderr string) {
	t.Helper()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), fmt.Sprint(cmd.Stdout), fmt.Sprint(cmd.Stderr)
}

// must runs the program to its end, which is to be a good one, and returns its standard output.
func must(t *testing.T, db string, args ...string) string {
	t.Helper()
	code, stdout, stderr := run(t.Context(), t, cli.Environment{}, append([]string{"--db", db}, args...)...)
	if code != 0 {
		t.Fatalf("%v: code %d, %s%s", args, code, stdout, stderr)
	}
	return stdout
}

// longArchive writes a made-up export: a table of n rows, a third of which have a clip and another
// third of which are in a history, too, and one device that is known by its serial only later on.
func longArchive(t *testing.T, n int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "Alexa.zip")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	zw := zip.NewWriter(f)
	add := func(name, text string) {
		w, err := zw.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	table, history := &strings.Builder{}, &strings.Builder{}
	table.WriteString("Timestamp,Device Name,Serial,utteranceId,Transcript,Audio File\n")
	history.WriteString(`{"customerHistoryRecords":[`)
	for i := range n {
		at := time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(i) * time.Minute)
		id, clip := "", ""
		switch i % 3 {
		case 0:
			clip = fmt.Sprintf("clip%d.wav", i)
			add("Alexa/Audio/"+clip, tone(200+i%7, byte(i%250)))
		case 1:
			id = fmt.Sprintf("A3S5:1.0/%s/G0KITCHEN0000001/%s::TNIH_2V.%08x-1111-2222-3333-444444444444ZXV", at.Format("2006/01/02/15"), at.Format("04:05"), i)
			if history.Len() > 40 {
				history.WriteString(",\n")
			}
			fmt.Fprintf(history, `{"recordKey":"A1#%d#A3S5#G0KITCHEN0000001","timestamp":%[1]d,"device":{"deviceName":"The kitchen"},"personsInfo":[{"personFirstName":"Anna"}],
				"voiceHistoryRecordItems":[{"recordItemType":"CUSTOMER_TRANSCRIPT","utteranceId":%q,"transcriptText":"count to %d"},{"recordItemType":"ALEXA_RESPONSE","transcriptText":"%[3]d"}]}`,
				at.UnixMilli(), id, i)
		}
		fmt.Fprintf(table, "%s,Kitchen,G0KITCHEN0000001,%s,count to %d,%s\n", at.Format("2006-01-02 15:04:05"), id, i-i%5, clip)
	}
	add("Alexa/history.json", history.String()+"]}")
	add("Alexa/Transcripts.csv", table.String())
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// tone returns a made-up WAV of n samples.
func tone(n int, seed byte) string {
	data := bytes.Repeat([]byte{seed, byte(n)}, n)
	b := append([]byte("RIFF"), binary.LittleEndian.AppendUint32(nil, uint32(36+len(data)))...)
	b = append(b, "WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x80\x3e\x00\x00\x00\x7d\x00\x00\x02\x00\x10\x00data"...)
	return string(append(binary.LittleEndian.AppendUint32(b, uint32(len(data))), data...))
}

// contents is all that a library holds, without the numbers that depend on the order of events.
func contents(t *testing.T, db string) string {
	t.Helper()
	must(t, db, "check")
	var lines []string
	keep := func(object map[string]any) {
		delete(object, "id")
		if device, ok := object["device"].(map[string]any); ok {
			delete(device, "id")
		}
		line, err := json.Marshal(object)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, string(line))
	}
	for line := range strings.Lines(must(t, db, "list", "--json")) {
		var recording map[string]any
		if err := json.Unmarshal([]byte(line), &recording); err != nil {
			t.Fatal(err)
		}
		keep(recording)
	}
	var devices []map[string]any
	if err := json.Unmarshal([]byte(must(t, db, "devices", "--json")), &devices); err != nil {
		t.Fatal(err)
	}
	for _, d := range devices {
		keep(d)
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// mustHold tells where the contents of a library differ from those of an undisturbed import.
func mustHold(t *testing.T, db, want string) {
	t.Helper()
	got, wanted := strings.Split(contents(t, db), "\n"), strings.Split(want, "\n")
	for _, line := range got {
		if !slices.Contains(wanted, line) {
			t.Fatalf("%d lines, want %d; for one, too much: %s", len(got), len(wanted), line)
		}
	}
	if len(got) != len(wanted) {
		t.Fatalf("%d lines, want %d", len(got), len(wanted))
	}
}

func library(t *testing.T) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "unsaid.db")
}

// ofProcesses leaves a test of processes that are killed, starved or in each other's way to the run
// without the race detector, which the checks of the project always make first: processes share no
// memory that they could race for, and what goes on within one, the other tests do under it.
func ofProcesses(t *testing.T) {
	t.Helper()
	if raceEnabled {
		t.Skip("processes share no memory; it is for the run without the race detector")
	}
	t.Parallel() // each test has a library of its own
}

// disturbed is what an import that is disturbed reads, and what the library must hold in the end.
type disturbed struct{ archive, want string }

// disturb imports an export that takes several batches without a disturbance.
func disturb(t *testing.T) disturbed {
	t.Helper()
	rows := 900
	if testing.Short() {
		rows = 450
	}
	archive, db := longArchive(t, rows), library(t)
	must(t, db, "import", archive)
	return disturbed{archive, contents(t, db)}
}

// kill runs a command of the program several times, each on a fresh library, and kills it: the first time in the
// first part of the time that an undisturbed run takes, and so on. It then has the library looked at.
func kill(t *testing.T, rounds int, fresh func() (db string), look func(db string, killed *exec.Cmd), args ...string) {
	t.Helper()
	began, whole := time.Now(), process(t, fresh(), args...)
	if code, stdout, stderr := output(t, whole, whole.Run()); code != 0 {
		t.Fatalf("code %d, %s%s", code, stdout, stderr)
	}
	part := time.Since(began) / time.Duration(rounds)
	killed := 0
	for round := range rounds {
		db, after := fresh(), time.Duration(round)*part+rand.N(part)
		cmd := process(t, db, args...)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(after, func() { _ = cmd.Process.Kill() }) // it may have ended
		if code, _, _ := output(t, cmd, cmd.Wait()); code < 0 {
			killed++
		}
		timer.Stop()
		if look(db, cmd); t.Failed() {
			t.Fatalf("killed after %s", after)
		}
	}
	if killed == 0 {
		t.Error("nothing was killed, so nothing was tested")
	}
}

func TestKilledImportLosesNothing(t *testing.T) {
	ofProcesses(t)
	rounds := 3
	if testing.Short() {
		rounds = 2
	}
	d := disturb(t)
	kill(t, rounds, func() string { return library(t) }, func(db string, _ *exec.Cmd) {
		if _, err := os.Stat(db); err == nil {
			must(t, db, "check")
		}
		must(t, db, "import", d.archive)
		mustHold(t, db, d.want)
	}, "import", d.archive)
}

// Of two imports into one library at once, each ends well or says that the other keeps it waiting;
// nothing is lost or there twice.
func TestTwoImportsAtOnceAreAsOne(t *testing.T) {
	ofProcesses(t)
	d, db := disturb(t), library(t)
	both := []*exec.Cmd{process(t, db, "import", d.archive), process(t, db, "import", d.archive)}
	for _, cmd := range both {
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
	}
	done := 0
	for _, cmd := range both {
		switch code, stdout, stderr := output(t, cmd, cmd.Wait()); {
		case code == 0:
			done++
		case code != 1 || !strings.Contains(stderr, "busy"):
			t.Errorf("code %d, %s%s", code, stdout, stderr)
		}
	}
	if done == 0 {
		t.Error("neither of them ended well")
	}
	mustHold(t, db, d.want)
}

// Where no file may grow further, an import fails and says why; with room, it is finished.
func TestImportWithoutRoomLosesNothing(t *testing.T) {
	ofProcesses(t)
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("no shell to limit the size of files")
	}
	d := disturb(t)
	for _, blocks := range []int{100, 500} { // of 512 bytes: too few to begin with, and to end with
		db := library(t)
		cmd := asProgram(t, exec.CommandContext(t.Context(), "sh", "-c", fmt.Sprintf(`ulimit -f %d && exec unsaid --db "$0" import "$1"`, blocks), db, d.archive))
		code, stdout, stderr := output(t, cmd, cmd.Run())
		if code != 1 || stdout != "" || !strings.Contains(stderr, "do it again") || strings.Count(stderr, "\n") > 3 {
			t.Errorf("%d blocks: code %d, %s%s", blocks, code, stdout, stderr)
		}
		if _, err := os.Stat(db); err == nil {
			must(t, db, "check")
		}
		must(t, db, "import", d.archive)
		mustHold(t, db, d.want)
	}
}
