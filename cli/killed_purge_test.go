package cli_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// distinctive writes a made-up export in which each recording has words, and each third one a sound,
// that stand nowhere else. The first few are the hall's, up to a half the bedroom's, the rest the kitchen's.
func distinctive(t *testing.T, n, few int) (dir string, said []string, heard [][]byte) {
	t.Helper()
	dir = t.TempDir()
	table := &strings.Builder{}
	table.WriteString("Timestamp,Device Name,Serial,Transcript,Audio File\n")
	for i := range n {
		device, clip := "Bedroom", ""
		switch {
		case i < few:
			device = "Hall"
		case i >= n/2:
			device = "Kitchen"
		}
		word := fmt.Sprintf("zyx%04dwvu", i*7919%10000)
		said = append(said, word)
		if i%3 == 0 {
			clip = word + ".wav" // the name goes with the words
			sound := []byte(strings.Repeat(word, 60))
			heard = append(heard, sound[:len(word)*3])
			file := tone(len(sound)/2, 1)
			if err := os.WriteFile(filepath.Join(dir, clip), append([]byte(file[:44]), sound...), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		at := time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(i) * time.Minute)
		fmt.Fprintf(table, "%s,%s,G0%s000000001,alexa say %s,%s\n", at.Format("2006-01-02 15:04:05"), device, strings.ToUpper(device), word, clip)
	}
	if err := os.WriteFile(filepath.Join(dir, "Transcripts.csv"), []byte(table.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir, said, heard
}

// mustNotHold tells which of the words stand anywhere in the files of the folders.
func mustNotHold(t *testing.T, words []string, folders ...string) {
	t.Helper()
	for _, folder := range folders {
		entries, err := os.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			content := read(t, filepath.Join(folder, e.Name()))
			for _, word := range words {
				if bytes.Contains(content, []byte(word)) {
					t.Errorf("%s holds %s", e.Name(), word)
				}
			}
		}
	}
}

func countFound(t *testing.T, db, query string) int {
	t.Helper()
	var found struct{ Count int }
	if err := json.Unmarshal([]byte(must(t, db, "count", query, "--json")), &found); err != nil {
		t.Fatal(err)
	}
	return found.Count
}

// A purge that was killed, wherever it was, is finished by another one, which leaves nothing
// either. A small one cuts words out of the search index one by one, a large one makes it anew.
func TestKilledPurgeIsFinished(t *testing.T) {
	ofProcesses(t)
	rounds, n, few := 2, 2000, 20
	if testing.Short() {
		rounds, n = 2, 800
	}
	archive, said, heard := distinctive(t, n, few)
	imported := library(t)
	must(t, imported, "import", archive)
	content := read(t, imported)
	mustHoldAll(t, content, said, heard)
	for device, purged := range map[string][]string{"hall": said[:few], "bedroom": said[few : n/2]} {
		t.Run(device, func(t *testing.T) {
			ready := copied(t, content)
			must(t, ready, "delete", "device:"+device, "--yes")
			library := read(t, ready)
			kill(t, rounds, func() string { return copied(t, library) }, func(db string, killed *exec.Cmd) {
				must(t, db, "check")
				must(t, db, "purge", "--yes")
				must(t, db, "check")
				mustNotHold(t, purged, temporaryOf(killed.Env), filepath.Dir(db))
				if live, one := countFound(t, db, "alexa say"), countFound(t, db, said[n-1]); live != n-len(purged) || one != 1 {
					t.Errorf("%d are found of %d that were kept, and %d by its own word", live, n-len(purged), one)
				}
			}, "purge", "--yes")
		})
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func copied(t *testing.T, content []byte) (path string) {
	t.Helper()
	path = library(t)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// mustHoldAll makes sure that what is looked for could be found.
func mustHoldAll(t *testing.T, content []byte, said []string, heard [][]byte) {
	t.Helper()
	for _, word := range said {
		if !bytes.Contains(content, []byte(word)) {
			t.Fatalf("the library does not hold %s, so the test could not fail", word)
		}
	}
	for _, sound := range heard {
		if !bytes.Contains(content, sound) {
			t.Fatalf("the library does not hold the sound %.20s, so the test could not fail", sound)
		}
	}
}

// temporaryOf is the folder for temporary files that an environment sets.
func temporaryOf(environment []string) string {
	folder := ""
	for _, setting := range environment {
		if value, found := strings.CutPrefix(setting, "TMPDIR="); found {
			folder = value
		}
	}
	return folder
}
