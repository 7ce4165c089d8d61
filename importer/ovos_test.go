package importer

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"unsaid/store"
)

const (
	testOVOSName   = "0a1b2c3d4e5f60718293a4b5c6d7e8f9-6f1c2d3e-4a5b-4c6d-8e7f-0123456789ab"
	testOVOSNumber = "6f1c2d3e-4a5b-4c6d-8e7f-0123456789ab"
	testWakeName   = "Anon_b1946ac92492d2347c6235b4d2611184_0_hey_mycroft_default_1740851400123"
	testWake       = `{"name":"hey_mycroft","engine":"b1946ac92492d2347c6235b4d2611184","time":"1740851400123","sessionId":"default","accountId":"Anon","model":"0"}`
)

// ovosBox is the folder of a synthetic OVOS device.
func ovosBox() files {
	return files{
		"listener/utterances/" + testOVOSName + ".json": `{"transcriptions":[["play chess",0.4],["play jazz",0.9]],"stt_lang":"en-us"}`,
		"listener/utterances/" + testOVOSName + ".wav":  wav(20, 1),
		"listener/wake_words/" + testWakeName + ".json": testWake,
		"listener/wake_words/" + testWakeName + ".wav":  wav(20, 2),
	}
}

func TestOVOS(t *testing.T) {
	c := collect(t, ovosBox(), Options{})
	if len(c.recordings) != 2 || len(c.members) != 4 {
		t.Fatalf("%+v\n%+v", c.recordings, c.members)
	}
	said, wake := c.recordings[0], c.recordings[1]
	if said.Vendor != store.OVOS || said.Transcript != "play jazz" || said.Kind != "" || said.VendorID != testOVOSNumber ||
		!said.Time.Equal(utc(2025, 1, 2, 3, 4, 5)) || said.TimeFrom != store.TimeModified {
		t.Errorf("%+v", said)
	}
	if wake.Transcript != "hey mycroft" || wake.Kind != "wake_word" || wake.VendorID != "1740851400123" ||
		!wake.Time.Equal(time.UnixMilli(1740851400123)) || wake.TimeFrom != store.TimeExact {
		t.Errorf("%+v", wake)
	}
	for i, want := range []string{wav(20, 1), wav(20, 2)} {
		if a := c.recordings[i].Audio; a == nil || string(a.Data) != want || a.LinkedBy != store.LinkedByName {
			t.Errorf("audio of %d: %+v", i, a)
		}
	}
	for _, m := range c.members {
		if m.Outcome != store.MemberImported {
			t.Errorf("%+v", m)
		}
	}
}

func TestOVOSTranscriptions(t *testing.T) {
	for list, want := range map[string]string{
		`[["play chess",0.4],["play jazz",0.9]]`:     "play jazz",
		`[["play jazz","0.9"],["play chess","0.4"]]`: "play jazz",
		`[["play jazz",0.5],["play chess",0.5]]`:     "play jazz",
		`[["play jazz",-0.1],["play chess",-0.4]]`:   "play jazz",
		`[["",1],["play jazz",0.1]]`:                 "play jazz",
		`[["play jazz"]]`:                            "play jazz",
		`["play jazz","play chess"]`:                 "play jazz",
		`["play jazz",0.9]`:                          "play jazz",
		`"play jazz"`:                                "play jazz",
		`[{"transcript":"play chess","confidence":0.2},{"text":"play jazz","confidence":1}]`: "play jazz",
		`[["play jazz",null],7,null,[],{},[["x"]]]`:                                          "play jazz",
		`[]`:   "",
		`null`: "",
	} {
		got := one(t, "utterances/"+testOVOSName+".json", `{"transcriptions":`+list+`}`)
		if got.Vendor != store.OVOS || got.Transcript != want || got.Audio != nil {
			t.Errorf("%s: %+v", list, got)
		}
	}
	if got, err := parseOVOS([]byte(`{"transcription":"play jazz"}`)); err != nil || got.best() != "play jazz" {
		t.Errorf("of an older version: %+v, %v", got, err)
	}
}

func TestOVOSWakeWordTimes(t *testing.T) {
	for spelled, want := range map[string]time.Time{
		`"1740851400123"`: time.UnixMilli(1740851400123),
		`1740851400123`:   time.UnixMilli(1740851400123),
		`1740851400.5`:    time.UnixMilli(1740851400500),
		`"1740851400"`:    time.UnixMilli(1740851400000),
	} {
		got := one(t, "wake_words/w.json", `{"name":"hey_mycroft","engine":"e","time":`+spelled+`}`)
		if !got.Time.Equal(want) || got.TimeFrom != store.TimeExact {
			t.Errorf("%s: %v %s", spelled, got.Time, got.TimeFrom)
		}
	}
	for _, spelled := range []string{`"soon"`, `"NaN"`, `-1`, `1e300`, `"Inf"`} {
		got := one(t, "wake_words/w.json", `{"name":"hey_mycroft","engine":"e","time":`+spelled+`}`)
		if got.Kind != "wake_word" || got.TimeFrom != store.TimeModified {
			t.Errorf("%s: %v %s", spelled, got.Time, got.TimeFrom)
		}
	}
}

func TestOVOSMembersFailAlone(t *testing.T) {
	second := testOVOSName[:len(testOVOSName)-1] + "c"
	third := testOVOSName[:len(testOVOSName)-1] + "d"
	fourth := testOVOSName[:len(testOVOSName)-1] + "e"
	c := collect(t, files{
		"u/" + testOVOSName + ".json": `{"transcriptions":[["play`,
		"u/" + testOVOSName + ".wav":  wav(20, 1),
		"u/" + second + ".json":       `{"transcriptions":[["stop",1]]}`,
		"u/" + second + ".wav":        "no sound",
		"u/" + third + ".wav":         wav(20, 3),
		"u/" + fourth + ".json":       "",
		"u/" + fourth + ".flac":       "fLaC",
	}, Options{})
	type short struct {
		id, said string
		heard    bool
	}
	var got []short
	for _, r := range c.recordings {
		if r.Vendor != store.OVOS || r.TimeFrom != store.TimeModified {
			t.Errorf("%+v", r)
		}
		got = append(got, short{r.VendorID, r.Transcript, r.Audio != nil})
	}
	number := func(name string) string { _, n, _ := strings.Cut(name, "-"); return n }
	want := []short{{testOVOSNumber, "", true}, {number(second), "stop", false}, {number(fourth), "", true}, {number(third), "", true}}
	if !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	for member, want := range map[string]store.Outcome{
		testOVOSName + ".json": store.MemberFailed, testOVOSName + ".wav": store.MemberImported,
		second + ".json": store.MemberImported, second + ".wav": store.MemberFailed,
		third + ".wav": store.MemberImported, fourth + ".json": store.MemberFailed, fourth + ".flac": store.MemberImported,
	} {
		outcome, reason := c.outcome("u/" + member)
		if outcome != want {
			t.Errorf("%s: %s %s", member, outcome, reason)
		}
		if want == store.MemberFailed && reason == "" {
			t.Errorf("%s failed without a reason", member)
		}
	}
}

// TestOVOSLeavesOthersAlone has JSON with the keys of a record that lacks the other signs.
func TestOVOSLeavesOthersAlone(t *testing.T) {
	c := collect(t, files{
		"history.json":      `{"transcriptions":[{"timestamp":"2025-03-01T18:42:07Z","device":"Kitchen","transcript":"play jazz"}]}`,
		"engine.json":       `{"name":"V8","engine":"petrol","time":"0 to 100"}`,
		"voices/1.wav":      wav(10, 1),
		"utterances/a.json": `[{"timestamp":"2025-03-01T18:42:07Z","transcript":"stop","file":"a.wav"}]`, "utterances/a.wav": wav(10, 2),
	}, Options{})
	for _, r := range c.recordings {
		if r.Vendor == store.OVOS {
			t.Errorf("%+v", r)
		}
	}
	if said := c.said(); !slices.Equal(said, []string{"play jazz", "stop", ""}) {
		t.Errorf("%+v %+v", c.recordings, c.members)
	}
}

func TestOVOSDevices(t *testing.T) {
	for place, want := range map[string]string{
		"kitchen/listener/utterances/x.wav":                      "kitchen",
		"kitchen/.local/share/mycroft/listener/wake_words/x.wav": "kitchen",
		"kitchen/custom/x.wav":                                   "custom",
		"kitchen.tar.gz/utterances/x.wav":                        "kitchen",
		"listener/utterances/x.wav":                              "OVOS (device not recorded)",
		"x.wav":                                                  "OVOS (device not recorded)",
	} {
		if got := ovosDevice(place); got != want {
			t.Errorf("%s: %s, want %s", place, got, want)
		}
	}
}

// TestOVOSIsKnownAgain moves and copies a box, which changes the files' times, and gives its parts.
func TestOVOSIsKnownAgain(t *testing.T) {
	root := onDisk(t, prefixed("kitchen", ovosBox()))
	db := openLibrary(t)
	first := mustRun(t, db, Options{Paths: []string{filepath.Join(root, "kitchen")}})
	if first.Added != 2 || len(first.Failed) > 0 || !slices.Equal(first.Sources, []string{"ovos"}) || first.Devices != 1 {
		t.Fatalf("%+v", first)
	}
	devices, err := db.Devices(t.Context())
	if err != nil || len(devices) != 1 || devices[0].Name != "kitchen" || devices[0].Vendor != store.OVOS {
		t.Errorf("%+v, %v", devices, err)
	}
	moved := filepath.Join(t.TempDir(), "moved")
	if err := os.Rename(filepath.Join(root, "kitchen"), moved); err != nil {
		t.Fatal(err)
	}
	later := utc(2025, 6, 1, 0, 0, 0)
	for name := range ovosBox() {
		if err := os.Chtimes(filepath.Join(moved, filepath.FromSlash(name)), later, later); err != nil {
			t.Fatal(err)
		}
	}
	folder := filepath.Join(moved, "listener", "utterances")
	for name, list := range map[string][]string{
		"moved":             {moved},
		"a part":            {folder},
		"files, one by one": {filepath.Join(folder, testOVOSName+".json"), filepath.Join(folder, testOVOSName+".wav")},
	} {
		if again := mustRun(t, db, Options{Paths: list}); again.Added != 0 || again.Completed != 0 || again.Known == 0 || len(again.Failed) > 0 {
			t.Errorf("%s: %+v", name, again)
		}
	}
	if n, err := db.Count(t.Context(), store.Query{}); err != nil || n != 2 {
		t.Errorf("%d recordings, %v", n, err)
	}
}

// TestOVOSSameWordsOnTwoBoxes has files whose names are the hash of the words alone, as the
// assistant can be set to call them.
func TestOVOSSameWordsOnTwoBoxes(t *testing.T) {
	const name = "/utterances/5d41402abc4b2a76b9719d911017c592"
	dir := onDisk(t, files{
		"kitchen" + name + ".json": `{"transcriptions":[["hello",1]]}`, "kitchen" + name + ".wav": wav(20, 1),
		"study" + name + ".json": `{"transcriptions":[["hello",1]]}`, "study" + name + ".wav": wav(20, 2),
	})
	db := openLibrary(t)
	for i, want := range []int{2, 0} {
		if r := mustRun(t, db, Options{Paths: []string{dir}}); r.Added != want {
			t.Errorf("import %d added %d", i+1, r.Added)
		}
	}
}

func prefixed(folder string, f files) files {
	in := files{}
	for name, data := range f {
		in[folder+"/"+name] = data
	}
	return in
}

func BenchmarkOVOS(b *testing.B) {
	f := files{}
	for i := range 5000 {
		name := fmt.Sprintf("kitchen/utterances/%032x-%08x-4a5b-4c6d-8e7f-0123456789ab", i, i)
		f[name+".json"], f[name+".wav"] = `{"transcriptions":[["play jazz",0.9]]}`, wav(8, byte(i))
	}
	dir := onDisk(b, f)
	for b.Loop() {
		arch, err := openArchive(b.Context(), []string{dir}, nil, newMeter(nil))
		if err != nil {
			b.Fatal(err)
		}
		in, err := newInput(b.Context(), &arch.tree, newMeter(nil))
		if err != nil {
			b.Fatal(err)
		}
		c := &collector{}
		if err := (ovos{}).Import(b.Context(), in, c); err != nil || len(c.recordings) != 5000 {
			b.Fatal(len(c.recordings), err)
		}
	}
}

func FuzzOVOS(f *testing.F) {
	for _, seed := range []string{
		testWake,
		`{"transcriptions":[["play chess",0.4],["play jazz",0.9]],"stt_lang":"en-us"}`,
		`{"transcriptions":["play jazz",{"text":"play","confidence":"1"}]}`,
		`{"transcriptions":[[[]],{},null,"",[null,null]],"transcription":3}`,
		`{"name":"hey","engine":null,"time":-1e309}`,
		"\xef\xbb\xbf{\"transcriptions\":[[\"play\u0000\",1]]}",
		`{"transcriptions":[["play`,
		`[]`,
		"\xff\xf300", // the beginning of an MP3
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		in, err := newInput(t.Context(), files{testOVOSName + ".json": string(raw), testOVOSName + ".wav": wav(4, 1)}.tree(), newMeter(nil))
		if err != nil {
			t.Fatal(err)
		}
		if in.members[0].content == contentAudio {
			t.Skip("a sound, in spite of its name")
		}
		c := &collector{}
		if err := (ovos{}).Import(t.Context(), in, c); err != nil {
			t.Fatal(err)
		}
		if len(c.recordings) != 1 || c.recordings[0].Audio == nil || c.recordings[0].VendorID != testOVOSNumber {
			t.Fatalf("%q: %+v %+v", raw, c.recordings, c.members)
		}
		outcome, reason := c.outcome(testOVOSName + ".json")
		if outcome == "" || outcome == store.MemberFailed && reason == "" {
			t.Errorf("%q: %s %q", raw, outcome, reason)
		}
		if at := c.recordings[0].Time; at.Before(utc(1970, 1, 1, 0, 0, 0)) || at.After(utc(2200, 1, 1, 0, 0, 0)) {
			t.Errorf("%q: %v", raw, at)
		}
	})
}
