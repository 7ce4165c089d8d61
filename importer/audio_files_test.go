package importer

import (
	"path/filepath"
	"testing"

	"unsaid/store"
)

// TestAFolderOfAudioIsItsDevice gives the same sounds as a folder, in it, packed and one by one.
func TestAFolderOfAudioIsItsDevice(t *testing.T) {
	f := files{
		"2025-03-01_10-00-00.wav":         wav(20, 1),
		"2025-03-01_10-00-01.wav":         wav(20, 2),
		"bedroom/2025-03-01_10-00-02.wav": wav(20, 3),
	}
	root := onDisk(t, prefixed("voices", f))
	packed := onDisk(t, files{"voices.zip": zipped(t, f)})
	voices := filepath.Join(root, "voices")
	db := openLibrary(t)
	if r := mustRun(t, db, Options{Paths: []string{voices}}); r.Added != 3 {
		t.Fatalf("%+v", r)
	}
	t.Chdir(voices)
	for name, list := range map[string][]string{
		"again":             {voices},
		"with a slash":      {voices + string(filepath.Separator)},
		"from inside":       {"."},
		"what is above":     {root},
		"packed":            {filepath.Join(packed, "voices.zip")},
		"with another part": {voices, filepath.Join(packed, "voices.zip")},
		"one file":          {"2025-03-01_10-00-00.wav"},
		"two files":         {"2025-03-01_10-00-00.wav", filepath.Join(voices, "2025-03-01_10-00-01.wav")},
	} {
		if r := mustRun(t, db, Options{Paths: list}); r.Added != 0 || r.Known == 0 {
			t.Errorf("%s: %+v", name, r)
		}
	}
	devices, err := db.Devices(t.Context())
	if err != nil || len(devices) != 2 {
		t.Fatalf("%+v, %v", devices, err)
	}
	for i, want := range []struct {
		name       string
		recordings int
	}{{"voices", 2}, {"bedroom", 1}} {
		if d := devices[i]; d.Name != want.name || d.Recordings != want.recordings || d.Vendor != store.Files {
			t.Errorf("%+v, want %+v", d, want)
		}
	}
}
