package importer

import (
	"crypto/sha256"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"unsaid/store"
)

// sourceSample is a small export.
type sourceSample struct {
	files      files
	recordings int
	together   bool // its files belong side by side in one folder, and no maker hands them out in parts
}

// sourceSamples are exports of every source and shape.
func sourceSamples() map[string]sourceSample {
	return map[string]sourceSample{
		"customer history records":       {files{"a/history.json": `{"customerHistoryRecords":[` + historyJSON + `]}`}, 1, false},
		"history, overlapping pages":     {files{"a/history.json": `[{"customerHistoryRecords":[` + historyJSON + `]},{"customerHistoryRecords":[` + historyJSON + `]}]`}, 2, false},
		"history, bare list":             {files{"a/history.json": `[` + historyJSON + `]`}, 1, false},
		"history, one a line":            {files{"a/history.ndjson": strings.Repeat(strings.ReplaceAll(historyJSON, "\n", "")+"\n", 2)}, 2, false},
		"alexa history records":          {files{"a/history.json": `{"alexaHistoryRecords":[{"activityKey":"` + testKey + `","recordType":"utterance","timestamp":1612297041815,"deviceInfo":null,"title":"hello","subTitle":"hi"}],"paginationToken":null}`}, 1, false},
		"activities":                     {files{"a/activities.json": activitiesJSON}, 1, false},
		"activities in a capture":        {files{"a/capture.json": `[{"request":"/api/x","response":{}},{"request":"/api/activities","response":` + activitiesJSON + `}]`}, 1, false},
		"archive with a table and audio": {files{"Alexa/t.csv": eveningTable, "Alexa/Audio/one.wav": wav(100, 1), "Alexa/Audio/two.wav": wav(100, 2)}, 2, false},
		"archive in UTF-16 with tabs":    {files{"Alexa/t.csv": utf16LE(strings.ReplaceAll(eveningTable, ",", "\t"))}, 2, false},
		"dump with numbered audio":       {files{"d/dump.json": `[{"message":"hello","date":"March 1, 2025","time":"6:42 PM","device":"Kitchen","div_id":"x","audio_id":"y"}]`, "d/0.wav": wav(100, 1)}, 1, true},
		"Takeout, JSON":                  {files{assistantFolder + "MyActivity.json": `[` + loveJSON + `]`, assistantFolder + lovePath: wav(100, 1)}, 1, false},
		"Takeout, HTML":                  {files{assistantFolder + "MyActivity.html": takeoutPageOf(takeoutCells("Assistant", "Said hello", "6 Oct 2020, 14:32:28 PDT"))}, 1, false},
		"OVOS":                           {ovosBox(), 2, true},
		"Home Assistant":                 {assistRuns(), 3, false},
		"audio files":                    {files{"kitchen/2025-03-01_18_42_07.wav": wav(100, 1)}, 1, false},
		"several sources":                {files{"a/history.json": `[` + historyJSON + `]`, assistantFolder + "MyActivity.json": `[` + loveJSON + `]`, "k/2025-03-01_18_42_07.wav": wav(100, 1)}, 3, false},
	}
}

// containers are the ways to hand an export over. The first is the folder that the others are compared with.
var containers = []struct {
	name  string
	paths func(t *testing.T, f files) ([]string, io.Reader)
}{
	{"folder", func(t *testing.T, f files) ([]string, io.Reader) { return []string{onDisk(t, f)}, nil }},
	{"zip", func(t *testing.T, f files) ([]string, io.Reader) { return inFile(t, "x.zip", zipped(t, f)), nil }},
	{"zip in zip", func(t *testing.T, f files) ([]string, io.Reader) {
		return inFile(t, "x.zip", zipped(t, files{"in.zip": zipped(t, f)})), nil
	}},
	{"tar", func(t *testing.T, f files) ([]string, io.Reader) { return inFile(t, "x.tar", tarred(t, f)), nil }},
	{"tar.gz", func(t *testing.T, f files) ([]string, io.Reader) {
		return inFile(t, "x.tar.gz", gzipped(t, tarred(t, f))), nil
	}},
	{"tar.gz under another name", func(t *testing.T, f files) ([]string, io.Reader) {
		return inFile(t, "download", gzipped(t, tarred(t, f))), nil
	}},
	{"folder of parts", func(t *testing.T, f files) ([]string, io.Reader) { return []string{filepath.Dir(parts(t, f)[0])}, nil }},
	{"parts, the last one first", func(t *testing.T, f files) ([]string, io.Reader) {
		list := parts(t, f)
		slices.Reverse(list)
		return list, nil
	}},
	{"parts by a pattern", func(t *testing.T, f files) ([]string, io.Reader) {
		return []string{filepath.Join(filepath.Dir(parts(t, f)[0]), "takeout-*.zip")}, nil
	}},
	{"zip on the standard input", func(t *testing.T, f files) ([]string, io.Reader) {
		return []string{Stdin}, strings.NewReader(zipped(t, f))
	}},
	{"tar.gz on the standard input", func(t *testing.T, f files) ([]string, io.Reader) {
		return []string{Stdin}, strings.NewReader(gzipped(t, tarred(t, f)))
	}},
}

func inFile(t *testing.T, name, data string) []string {
	t.Helper()
	return []string{filepath.Join(onDisk(t, files{name: data}), name)}
}

// parts packs every member into a zip of its own, as the parts of one export.
func parts(t *testing.T, f files) []string {
	t.Helper()
	zips := files{}
	for i, name := range sortedNames(f) {
		zips[fmt.Sprintf("takeout-20240516T230250Z-%03d.zip", i+1)] = zipped(t, files{name: f[name]})
	}
	dir := onDisk(t, zips)
	var list []string
	for _, name := range sortedNames(zips) {
		list = append(list, filepath.Join(dir, name))
	}
	return list
}

// contents lists what the sources make of paths: device, time, words, reply and sound.
func contents(t *testing.T, paths []string, stdin io.Reader) (list []string, failed []store.MemberOutcome) {
	t.Helper()
	paths, err := Paths(paths)
	if err != nil {
		t.Fatal(err)
	}
	a, err := openArchive(t.Context(), paths, stdin, newMeter(nil))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	in, err := newInput(t.Context(), &a.tree, newMeter(nil))
	if err != nil {
		t.Fatal(err)
	}
	c := collectFrom(t, in, Options{})
	for _, r := range c.recordings {
		var sound []byte
		if r.Audio != nil {
			sound = r.Audio.Data
		}
		when := r.Time.Format(time.RFC3339Nano)
		if r.TimeFrom == store.TimeModified { // a container may not keep it to the second
			when = ""
		}
		list = append(list, fmt.Sprintf("%s|%s|%s|%s|%s|%x", r.Vendor, when, r.Transcript, r.Reply, r.VendorID, sha256.Sum256(sound)))
	}
	slices.Sort(list)
	return list, slices.DeleteFunc(c.members, func(m store.MemberOutcome) bool { return m.Outcome != store.MemberFailed })
}

func TestEverySourceInEveryContainer(t *testing.T) {
	samples := sourceSamples()
	for _, name := range slices.Sorted(maps.Keys(samples)) {
		t.Run(name, func(t *testing.T) {
			sample := samples[name]
			var want []string
			for _, c := range containers {
				if sample.together && strings.Contains(c.name, "parts") {
					continue
				}
				paths, stdin := c.paths(t, sample.files)
				got, failed := contents(t, paths, stdin)
				if want == nil {
					want = got
				}
				if len(got) != sample.recordings || !slices.Equal(got, want) || len(failed) > 0 {
					t.Errorf("%s: %d recordings, want %d\n%s\nwant\n%s\nfailed %v", c.name, len(got), sample.recordings,
						strings.Join(got, "\n"), strings.Join(want, "\n"), failed)
				}
			}
		})
	}
}
