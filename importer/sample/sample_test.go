package sample_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/csv"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	"unsaid/importer/sample"
)

const (
	transcripts  = "Alexa/Transcripts.csv"
	registration = "Devices.Registration/registration.csv"
	audioFolder  = "Alexa/Audio/"
	placeholder  = "Audio was not intended for Alexa"
)

var utteranceID = regexp.MustCompile(`^(\w+):1\.0/(\d{4})/(\d\d)/(\d\d)/(\d\d)/(\w+)/(\d\d):(\d\d)::TNIH_2V\.([0-9a-f-]{36})([A-Z]{3})(?:/(\d+))?$`)

// members returns the archive's members by name.
func members(t *testing.T) map[string][]byte {
	t.Helper()
	content := sample.Archive()
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	found := make(map[string][]byte)
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if found[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		r.Close()
	}
	return found
}

// table returns the rows of a CSV, each by its column's name.
func table(t *testing.T, content []byte) []map[string]string {
	t.Helper()
	lines, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(lines) == 0 {
		t.Fatal("no header")
	}
	var rows []map[string]string
	for _, line := range lines[1:] {
		row := make(map[string]string)
		for i, name := range lines[0] {
			row[name] = line[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func TestArchiveIsSmallAndSaysItIsSynthetic(t *testing.T) {
	if size := len(sample.Archive()); size >= 1_500_000 {
		t.Errorf("%d bytes", size)
	}
	if readme := string(members(t)["README.txt"]); !strings.Contains(readme, "synthetic") {
		t.Errorf("README.txt = %q", readme)
	}
}

func TestArchiveIsTheCallersOwn(t *testing.T) {
	clear(sample.Archive())
	if content := sample.Archive(); string(content[:2]) != "PK" {
		t.Error("a caller's change reached the next caller")
	}
}

func TestRowsAreOfEveryKind(t *testing.T) {
	count := make(map[string]int)
	for _, row := range table(t, members(t)[transcripts]) {
		count["rows"]++
		count[row["Device Name"]]++
		switch text := row["Transcript"]; {
		case text == placeholder:
			count["unintended"]++
		case text == "Audio could not be understood":
			count["unclear"]++
		case strings.ContainsAny(text, "äöüñáéíóú"):
			count["accented"]++
		}
		if row["Audio File"] == "" {
			count["without audio"]++
		}
		if row["Alexa Response"] != "" {
			count["replies"]++
		}
		if strings.HasPrefix(row["Utterance ID"], "TextClient:") {
			count["typed"]++
		}
	}
	want := map[string]int{
		"rows": 59, "Kitchen Echo Dot": 24, "Living Room Echo": 19, "Mia's Room": 16,
		"unintended": 12, "unclear": 2, "accented": 7, "without audio": 5, "replies": 43, "typed": 1,
	}
	for name, n := range want {
		if count[name] != n {
			t.Errorf("%s: %d, want %d", name, count[name], n)
		}
	}
	if len(count) != len(want) {
		t.Errorf("counts = %v", count)
	}
}

func TestIdentifiersHaveTheVendorsFormAndAreUnique(t *testing.T) {
	seen := make(map[string]bool)
	for _, row := range table(t, members(t)[transcripts]) {
		id := row["Utterance ID"]
		parts := utteranceID.FindStringSubmatch(id)
		if parts == nil || seen[id] {
			t.Errorf("identifier %q", id)
			continue
		}
		seen[id] = true
		if parts[6] != row["Device Serial Number"] {
			t.Errorf("%s: of device %s", id, row["Device Serial Number"])
		}
		stamp := parts[2] + "-" + parts[3] + "-" + parts[4] + "T" + parts[5] + ":" + parts[7] + ":" + parts[8] + "Z"
		if stamp != row["Timestamp"] {
			t.Errorf("%s: of %s", id, row["Timestamp"])
		}
	}
}

func TestDevicesAreRegistered(t *testing.T) {
	all := members(t)
	names := make(map[string]string)
	for _, row := range table(t, all[registration]) {
		names[row["DeviceSerialNumber"]] = row["AccountName"]
	}
	if len(names) != 3 {
		t.Errorf("%d devices", len(names))
	}
	for _, row := range table(t, all[transcripts]) {
		if serial := row["Device Serial Number"]; names[serial] != row["Device Name"] {
			t.Errorf("%s is registered as %q, its row says %q", serial, names[serial], row["Device Name"])
		}
	}
}

func TestAudioCellsNameMembersAndOneMemberHasNoRow(t *testing.T) {
	all := members(t)
	named := 0
	for _, row := range table(t, all[transcripts]) {
		name := row["Audio File"]
		if name == "" {
			continue
		}
		named++
		if _, found := all[audioFolder+name]; !found {
			t.Errorf("no member for %s", name)
		}
	}
	audio := 0
	for name := range all {
		if strings.HasPrefix(name, audioFolder) {
			audio++
		}
	}
	if named != 54 || audio != named+1 {
		t.Errorf("%d audio files, %d of them named by a row", audio, named)
	}
}

func TestAudioIsWAV(t *testing.T) {
	for name, content := range members(t) {
		if !strings.HasSuffix(name, ".wav") {
			continue
		}
		if len(content) < 44 || string(content[:4]) != "RIFF" || string(content[8:16]) != "WAVEfmt " || string(content[36:40]) != "data" {
			t.Errorf("%s: not a plain WAV", name)
			continue
		}
		number := binary.LittleEndian.Uint32
		if int(number(content[4:])) != len(content)-8 || int(number(content[40:])) != len(content)-44 {
			t.Errorf("%s: lengths %d and %d in %d bytes", name, number(content[4:]), number(content[40:]), len(content))
		}
		// PCM in one channel at 16,000 samples a second of 16 bits.
		format := []byte{1, 0, 1, 0, 0x80, 0x3e, 0, 0, 0, 0x7d, 0, 0, 2, 0, 16, 0}
		if !bytes.Equal(content[20:36], format) {
			t.Errorf("%s: format % x", name, content[20:36])
		}
		if seconds := float64(len(content)-44) / 32000; seconds < 0.5 || seconds > 4 {
			t.Errorf("%s: %.1f s", name, seconds)
		}
		if bytes.Count(content[44:], []byte{0}) == len(content)-44 {
			t.Errorf("%s: silent", name)
		}
	}
}

// A script that was changed without building the archive again is found here.
func TestArchiveIsOfTheScript(t *testing.T) {
	script, err := os.ReadFile("script.csv")
	if err != nil {
		t.Fatal(err)
	}
	rows := table(t, members(t)[transcripts])
	for _, line := range table(t, script) {
		if line["kind"] == "no-row" {
			continue
		}
		if len(rows) == 0 {
			t.Fatal("the script has more lines than the archive has rows")
		}
		row := rows[0]
		rows = rows[1:]
		at := strings.NewReplacer("T", " ", "Z", "").Replace(row["Timestamp"])
		if at != line["time"] || row["Device Name"] != line["device"] || row["Alexa Response"] != line["reply"] {
			t.Errorf("row %v\nis not the script's %v", row, line)
		}
		if words := plain(line["speech"]); row["Person"] != "" && words != plain(row["Person"]+row["Transcript"]) {
			t.Errorf("row says %q, the script %q", row["Transcript"], line["speech"])
		}
	}
	if len(rows) > 0 {
		t.Errorf("%d rows are not in the script", len(rows))
	}
}

// plain returns the letters and digits of the text.
func plain(text string) string {
	return regexp.MustCompile(`[^\pL\pN]`).ReplaceAllString(strings.ToLower(text), "")
}
