// Command build speaks the household of script.csv and packs it as sample.zip,
// the archive that `unsaid demo` opens. Run it in the project's root:
//
//	go run ./importer/sample/build
//
// It needs espeak-ng on the PATH. The same script, the same version of eSpeak NG
// and the same version of Go give the same bytes.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"unsaid/importer/sample/export"
)

// made is the day the sample claims to have been handed out.
var made = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)

const readme = `This is a synthetic sample made for the program unsaid.

Nobody said any of this: the household is invented and eSpeak NG speaks its
words. The archive follows the layout of Amazon's "Request my data".
`

func main() {
	folder := flag.String("dir", "importer/sample", "the folder of script.csv and sample.zip")
	flag.Parse()
	if err := run(*folder); err != nil {
		fmt.Fprintln(os.Stderr, "build:", err)
		os.Exit(1)
	}
}

func run(folder string) error {
	script, err := os.Open(filepath.Join(folder, "script.csv"))
	if err != nil {
		return err
	}
	defer script.Close()
	lines, err := readScript(script)
	if err != nil {
		return fmt.Errorf("read %s: %w", script.Name(), err)
	}
	archive, err := build(lines)
	if err != nil {
		return err
	}
	name := filepath.Join(folder, "sample.zip")
	if err := os.WriteFile(name, archive, 0o644); err != nil {
		return err
	}
	fmt.Printf("%s: %d lines, %d bytes\n", name, len(lines), len(archive))
	return nil
}

// build returns the archive of the lines.
func build(lines []line) ([]byte, error) {
	var out bytes.Buffer
	archive := export.NewZip(&out, made)
	if err := archive.Add("README.txt", []byte(readme)); err != nil {
		return nil, err
	}
	var rows []export.Recording
	for _, l := range lines {
		recording := l.recording()
		if l.kind != noRow {
			rows = append(rows, recording)
		}
		if !recording.HasAudio {
			continue
		}
		sound, err := speak(l.speech)
		if err != nil {
			return nil, fmt.Errorf("speak the line of %s: %w", l.time.Format(timeLayout), err)
		}
		if err := archive.Add(export.AudioFolder+recording.AudioName(), encodeWAV(sound)); err != nil {
			return nil, err
		}
	}
	table, err := archive.Create(export.TranscriptsName)
	if err != nil {
		return nil, err
	}
	if err := export.WriteTranscripts(table, rows); err != nil {
		return nil, err
	}
	table, err = archive.Create("Devices.Registration/" + export.RegistrationName)
	if err != nil {
		return nil, err
	}
	if err := export.WriteRegistration(table, devices); err != nil {
		return nil, err
	}
	if err := archive.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
