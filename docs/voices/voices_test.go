package main

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"unsaid/importer/sample/export"
)

func TestParseWords(t *testing.T) {
	words, err := parseWords(strings.NewReader("\ufeff; a comment\n\n" +
		"activated: Activé.\r\n" +
		"digits/1F: una\n" +
		"at-the-tone:il est: 10 h\n" +
		"is:\n" +
		"digits/0: cero\n" +
		"digits/0: zero\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"activated":   "Activé.",
		"digits/1f":   "una",
		"at-the-tone": "il est: 10 h",
		"digits/0":    "cero",
	}
	if !maps.Equal(words, want) {
		t.Errorf("parseWords() = %q, want %q", words, want)
	}
}

func TestParseWordsRefusesWhatItCannotRead(t *testing.T) {
	for _, text := range []string{"a: b\nno colon here\n", "a: activ\xe9\n"} {
		if _, err := parseWords(strings.NewReader(text)); err == nil {
			t.Errorf("parseWords(%q): no error", text)
		}
	}
}

// fewClips returns clips of the first language with made-up audio.
func fewClips(t *testing.T, count int) []clip {
	file := filepath.Join(t.TempDir(), "clip.wav")
	if err := os.WriteFile(file, []byte("RIFF"), 0o600); err != nil {
		t.Fatal(err)
	}
	clips := make([]clip, count)
	for i := range clips {
		clips[i] = clip{file: file, recording: export.Recording{
			Device: languages[0].device, Region: export.RegionUS, HasAudio: true, Transcript: "seven",
		}}
	}
	return clips
}

func TestScheduleFollowsTheDay(t *testing.T) {
	clips := schedule(fewClips(t, 2000), 1)
	for i, c := range clips {
		at := c.recording.Time
		if at.Before(firstDay) || !at.Before(endDay) {
			t.Fatalf("clip %d at %v, outside the two years", i, at)
		}
		if at.Hour() == 3 {
			t.Errorf("clip %d at %v, when the household sleeps", i, at)
		}
		if i > 0 && !at.After(clips[i-1].recording.Time) {
			t.Errorf("clip %d at %v, not after the one before", i, at)
		}
	}
	again := schedule(fewClips(t, 2000), 1)
	other := schedule(fewClips(t, 2000), 2)
	if !again[7].recording.Time.Equal(clips[7].recording.Time) {
		t.Error("the same seed gave other times")
	}
	if other[7].recording.Time.Equal(clips[7].recording.Time) {
		t.Error("another seed gave the same times")
	}
}

func TestArchiveIsAZipOfZips(t *testing.T) {
	clips := schedule(fewClips(t, 3), 1)
	var out bytes.Buffer
	if err := writeArchive(&out, clips); err != nil {
		t.Fatal(err)
	}
	alexa := openZip(t, read(t, openZip(t, out.Bytes()), "Alexa.zip"))
	rows, err := csv.NewReader(bytes.NewReader(read(t, alexa, export.TranscriptsName))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 1+len(clips) {
		t.Errorf("%d rows for %d clips", len(rows)-1, len(clips))
	}
	for _, c := range clips {
		if got := read(t, alexa, export.AudioFolder+c.recording.AudioName()); string(got) != "RIFF" {
			t.Errorf("audio = %q", got)
		}
	}
	registration := openZip(t, read(t, openZip(t, out.Bytes()), "Devices.Registration.zip"))
	if table := read(t, registration, export.RegistrationName); !bytes.Contains(table, []byte(languages[0].device.Serial)) {
		t.Errorf("registration = %q", table)
	}
}

func openZip(t *testing.T, content []byte) *zip.Reader {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	return archive
}

func read(t *testing.T, archive *zip.Reader, name string) []byte {
	t.Helper()
	file, err := archive.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	content, err := io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	return content
}
