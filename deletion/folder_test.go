package deletion

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"unsaid/store"
)

// small is a request for one recording.
func small(t testing.TB) (store.Request, []store.Recording, Options) {
	device, timeline := kitchen(t, time.UTC)
	req, chosen := ask(device, timeline, time.UTC, 3)
	return req, chosen, Options{Now: time.Date(2025, 4, 3, 10, 0, 0, 0, time.UTC)}
}

// entries returns the names of everything in a folder.
func entries(t *testing.T, folder string) []string {
	t.Helper()
	list, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range list {
		names = append(names, e.Name())
	}
	return names
}

func TestWriteKeepsOthersOut(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no permission bits")
	}
	req, chosen, o := small(t)
	dir := filepath.Join(t.TempDir(), "not", "there yet")
	written, err := Write(dir, req, chosen, o)
	folder := written.Folder
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{dir, folder} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
	}
	for _, name := range entries(t, folder) {
		if info, err := os.Stat(filepath.Join(folder, name)); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
}

func TestWriteNeverOverwrites(t *testing.T) {
	req, chosen, o := small(t)
	dir := t.TempDir()
	taken := filepath.Join(dir, "request-12-kitchen")
	if err := os.WriteFile(taken, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(taken+"-2", 0o700); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{taken + "-3", taken + "-4"} {
		if written, err := Write(dir, req, chosen, o); err != nil || written.Folder != want {
			t.Errorf("got %s, %v; want %s", written.Folder, err, want)
		}
	}
	if content, err := os.ReadFile(taken); err != nil || string(content) != "mine" {
		t.Errorf("the file in the way became %q, %v", content, err)
	}
	if names := entries(t, taken+"-2"); len(names) > 0 {
		t.Errorf("the folder in the way has %q", names)
	}
	if names := entries(t, dir); len(names) != 4 {
		t.Errorf("the folder has %q", names)
	}
}

func TestWriteLeavesNothingBehind(t *testing.T) {
	req, chosen, o := small(t)
	other := chosen[0]
	other.ID++
	twice := req
	twice.Steps = append(twice.Steps, twice.Steps...)
	for name, write := range map[string]func(dir string) error{
		"unknown law": func(dir string) error {
			o := o
			o.Law = "hipaa"
			_, err := Write(dir, req, chosen, o)
			return err
		},
		"marketplace elsewhere": func(dir string) error {
			o := o
			o.Marketplace = "amazon.com.example.org"
			_, err := Write(dir, req, chosen, o)
			return err
		},
		"no mail address": func(dir string) error {
			o := o
			o.Recipient.Email = "desk@example.org\r\nBcc: other@example.org"
			_, err := Write(dir, req, chosen, o)
			return err
		},
		"unknown zone": func(dir string) error {
			req := req
			req.TimeZone = "Mars/Olympus"
			_, err := Write(dir, req, chosen, o)
			return err
		},
		"no steps": func(dir string) error {
			req := req
			req.Steps = nil
			_, err := Write(dir, req, chosen, o)
			return err
		},
		"a step's recording is missing": func(dir string) error {
			_, err := Write(dir, req, []store.Recording{other}, o)
			return err
		},
		"a recording without a step": func(dir string) error {
			_, err := Write(dir, req, append([]store.Recording{other}, chosen...), o)
			return err
		},
		"a recording in two steps": func(dir string) error {
			_, err := Write(dir, twice, chosen, o)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "out")
			if err := os.Mkdir(dir, 0o700); err != nil {
				t.Fatal(err)
			}
			for _, target := range []string{dir, filepath.Join(dir, "new", "er")} {
				if write(target) == nil {
					t.Error("it is written all the same")
				}
				if left := entries(t, dir); len(left) > 0 {
					t.Errorf("it leaves %q", left)
				}
			}
		})
	}
}

// A file name that is a folder's path, and so cannot be written, stands for every error of a
// disk: it comes when some of the files are there already.
func TestPublishLeavesNothingBehind(t *testing.T) {
	root := t.TempDir()
	files := []file{{"first", []byte("1")}, {"no/such/folder", nil}}
	if path, err := publish(filepath.Join(root, "a", "b"), "request-1", files); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %q, %v", path, err)
	}
	if left := entries(t, root); len(left) > 0 {
		t.Errorf("it leaves %q", left)
	}
}

// A file in place of a folder cannot be written into by any user, not even root.
func TestWriteBelowAFile(t *testing.T) {
	req, chosen, o := small(t)
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, target := range []string{file, filepath.Join(file, "below")} {
		if written, err := Write(target, req, chosen, o); err == nil || !strings.Contains(err.Error(), "request 12") {
			t.Errorf("got %q, %v", written.Folder, err)
		}
	}
	if left := entries(t, dir); len(left) != 1 {
		t.Errorf("it leaves %q", left)
	}
}

func TestFolderName(t *testing.T) {
	for name, want := range map[string]string{
		"Kitchen":                             "request-1-kitchen",
		"Anna's Echo Dot":                     "request-1-annas-echo-dot",
		"Küche & Straße":                      "request-1-kuche-strasse",
		"../../etc/passwd":                    "request-1-etc-passwd",
		`C:\Windows\con`:                      "request-1-c-windows-con",
		"CON":                                 "request-1-con",
		"":                                    "request-1",
		"厨房":                                  "request-1",
		"Google Assistant (not recorded) … x": "request-1-google-assistant-not-recorded-x",
	} {
		if got := folderName(1, name); got != want {
			t.Errorf("%q gives %s, want %s", name, got, want)
		}
	}
}

func TestFolderNameIsSafe(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := folderName(1, string(rapid.SliceOf(rapid.Byte()).Draw(t, "name")))
		if len(name) > len("request-1-")+maxSlug || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" ||
			strings.HasSuffix(name, "-") || !strings.HasPrefix(name, "request-1") {
			t.Fatalf("%q", name)
		}
	})
}
