package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"unsaid/cli"
)

// patched returns data with other bytes at an offset.
func patched(data string, offset int, with string) string {
	return data[:offset] + with + data[offset+len(with):]
}

// Sounds whose headers lie are imported or refused, each for itself, and nothing is made as large as they claim.
func TestLyingSoundsAreImportedWithoutHarm(t *testing.T) {
	sound := func(name string) string {
		data, err := os.ReadFile(filepath.Join("..", "player", "testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	const most = "\xff\xff\xff\xff"
	wav, flac := tone(800, 7), sound("tone-16000.flac")
	for name, data := range map[string]string{
		"riff.wav":      patched(wav, 4, most),
		"nothing.wav":   patched(wav, 4, "\x00\x00\x00\x00"),
		"data.wav":      patched(wav, 40, most),
		"negative.wav":  patched(wav, 40, "\x00\x00\x00\x80"),
		"fmt.wav":       patched(wav, 16, most),
		"channels.wav":  patched(wav, 22, "\xff\xff"),
		"mute.wav":      patched(wav, 22, "\x00\x00"),
		"rate.wav":      patched(wav, 24, most+most),
		"still.wav":     patched(wav, 24, "\x00\x00\x00\x00\x00\x00\x00\x00"),
		"align.wav":     patched(wav, 32, "\x00\x00\x00\x00"),
		"bits.wav":      patched(wav, 34, "\xff\xff"),
		"chunks.wav":    wav[:36] + strings.Repeat("LIST\x00\x00\x00\x00", 20_000) + wav[36:],
		"header.wav":    wav[:12],
		"count.flac":    patched(flac, 21, "\xff"+most), // samples in all, beside the depth
		"blocks.flac":   patched(flac, 8, "\xff\xff\xff\xff"),
		"metadata.flac": patched(flac, 5, "\xff\xff\xff"),
		"picture.flac":  flac[:4] + "\x06\xff\xff\xff" + flac[8:],
		"frames.flac":   flac[:42] + strings.Repeat("\xff\xf8", 20_000),
		"id3.mp3":       "ID3\x03\x00\x00\x7f\x7f\x7f\x7f" + sound("tone-16000.mp3"),
		"pages.ogg":     strings.Repeat(sound("tone-16000.ogg")[:28], 5000),
		"good.wav":      wav,
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o600); err != nil {
				t.Fatal(err)
			}
			db := library(t)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			code, stdout, stderr := run(t.Context(), t, cli.Environment{}, "--db", db, "import", dir, "--json")
			runtime.ReadMemStats(&after)
			if made := (after.TotalAlloc - before.TotalAlloc) >> 20; made > 64 {
				t.Errorf("%d MiB were allocated for %d bytes", made, len(data))
			}
			var report struct{ Added int }
			if code == 0 {
				if err := json.Unmarshal([]byte(stdout), &report); err != nil || report.Added != 1 {
					t.Errorf("%v, %s", err, stdout)
				}
				code, stdout, stderr = run(t.Context(), t, cli.Environment{}, "--db", db, "list", "--json")
				if code != 0 || !strings.Contains(stdout, `"format":"`+strings.TrimPrefix(filepath.Ext(name), ".")) || strings.Contains(stdout, `"duration_ms":-`) {
					t.Errorf("code %d, %s%s", code, stdout, stderr)
				}
			} else if code != 1 || !strings.Contains(stderr, name) {
				t.Errorf("code %d, %s", code, stderr)
			}
		})
	}
}

func TestCutArchiveIsImportedAndTold(t *testing.T) {
	path := longArchive(t, 30)
	whole, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, whole.Size()*2/3); err != nil {
		t.Fatal(err)
	}
	code, stdout, stderr := run(t.Context(), t, cli.Environment{}, "--db", library(t), "import", path)
	if code != 3 || !strings.Contains(stdout, "Alexa.zip: it is cut off: its directory is missing") || !strings.Contains(stdout, "download it again") {
		t.Errorf("code %d, %s%s", code, stdout, stderr)
	}
}
