package importer

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"unsaid/store"
)

const testAssistDevice = "4f17bb6b7102f82e8a91bf663bcb76f9"

func assistRuns() files {
	const device = testAssistDevice + "/Home Assistant Cloud/8123456789012/"
	return files{
		device + "00_wake-wake_word.openwakeword.wav":       wav(20, 1),
		device + "01_stt-stt.home_assistant_cloud.wav":      wav(20, 2),
		"Local/9123456789012/07_stt-stt.faster_whisper.wav": wav(20, 3),
	}
}

func TestHomeAssistant(t *testing.T) {
	c := collect(t, prefixed("assist", assistRuns()), Options{})
	satellite := store.IncomingDevice{Serial: testAssistDevice, Name: "Home Assistant 76f9"}
	unknown := store.IncomingDevice{Name: "Home Assistant (device not recorded)"}
	want := map[string]store.Incoming{
		testAssistDevice + "/Home Assistant Cloud/8123456789012/00_wake-wake_word.openwakeword.wav":  {Kind: "wake", Device: satellite},
		testAssistDevice + "/Home Assistant Cloud/8123456789012/01_stt-stt.home_assistant_cloud.wav": {Kind: "stt", Device: satellite},
		"Local/9123456789012/07_stt-stt.faster_whisper.wav":                                          {Kind: "stt", Device: unknown},
	}
	if len(c.recordings) != len(want) || len(c.members) != len(want) {
		t.Fatalf("%+v %+v", c.recordings, c.members)
	}
	for _, r := range c.recordings {
		w := want[r.VendorID]
		if r.Vendor != store.HomeAssistant || r.Kind != w.Kind || r.Device != w.Device || r.Audio == nil || r.Transcript != "" ||
			!r.Time.Equal(utc(2025, 1, 2, 3, 4, 5)) || r.TimeFrom != store.TimeModified {
			t.Errorf("%+v, want %+v", r, w)
		}
	}
}

func TestAssistPaths(t *testing.T) {
	for place, id := range map[string]string{
		"a/b/" + testAssistDevice + "/P/12/00_wake-x.wav": testAssistDevice + "/P/12/00_wake-x.wav",
		"assist_pipeline/P/12/00_wake-x.wav":              "P/12/00_wake-x.wav",
		"P/12/01_stt-x.wav":                               "P/12/01_stt-x.wav",
		"12/01_stt-x.wav":                                 "12/01_stt-x.wav",
		"P/12/01_tts-x.wav":                               "",
		"P/12/stt-x.wav":                                  "",
		"P/12/01_stt-":                                    "",
		"P/12a/01_stt-x.wav":                              "",
		"01_stt-x.wav":                                    "",
	} {
		if run, ok := readAssistRun(place); run.id != id || ok != (id != "") {
			t.Errorf("%s: %+v, %v", place, run, ok)
		}
	}
}

func TestHomeAssistantIsKnownAgain(t *testing.T) {
	root := onDisk(t, prefixed("assist", assistRuns()))
	db := openLibrary(t)
	first := mustRun(t, db, Options{Paths: []string{filepath.Join(root, "assist")}})
	if first.Added != 3 || first.Devices != 2 || len(first.Failed) > 0 || !slices.Equal(first.Sources, []string{"home-assistant"}) {
		t.Fatalf("%+v", first)
	}
	moved := filepath.Join(t.TempDir(), "copy of 2025")
	if err := os.Rename(filepath.Join(root, "assist"), moved); err != nil {
		t.Fatal(err)
	}
	for name := range assistRuns() {
		later := utc(2025, 6, 1, 0, 0, 0)
		if err := os.Chtimes(filepath.Join(moved, filepath.FromSlash(name)), later, later); err != nil {
			t.Fatal(err)
		}
	}
	packed := onDisk(t, files{"x.zip": zipped(t, prefixed("assist", assistRuns()))})
	for name, p := range map[string]string{
		"moved":         moved,
		"what is above": filepath.Dir(moved),
		"a device":      filepath.Join(moved, testAssistDevice),
		"a pipeline":    filepath.Join(moved, "Local"),
		"packed":        filepath.Join(packed, "x.zip"),
	} {
		if again := mustRun(t, db, Options{Paths: []string{p}}); again.Added != 0 || again.Completed != 0 || again.Known == 0 {
			t.Errorf("%s: %+v", name, again)
		}
	}
}
