package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"unsaid/importer/sample/export"
)

const timeLayout = time.DateTime

// What becomes of a line of the script.
const (
	said       = "said"       // a row with the words, and audio
	unintended = "unintended" // a row that says it was not meant for Alexa, and audio
	unclear    = "unclear"    // a row that says it was not understood, and audio
	noAudio    = "no-audio"   // a row with the words only
	noRow      = "no-row"     // audio only
	typed      = "typed"      // a row of words that were typed, not said
)

// Amazon's own texts in place of the words.
const (
	unintendedText = "Audio was not intended for Alexa"
	unclearText    = "Audio could not be understood"
)

// The household's devices; the time zone is London's in winter, that is UTC.
var devices = []export.Device{
	{
		Name: "Kitchen Echo Dot", Serial: "G0SAMPLE00000001", Type: "A0SAMPLEECHODOT",
		Registered: time.Date(2023, 11, 24, 19, 2, 11, 0, time.UTC),
	},
	{
		Name: "Living Room Echo", Serial: "G0SAMPLE00000002", Type: "A0SAMPLEECHO",
		Registered: time.Date(2022, 12, 25, 10, 45, 30, 0, time.UTC),
	},
	{
		Name: "Mia's Room", Serial: "G0SAMPLE00000003", Type: "A0SAMPLEECHODOT",
		Registered: time.Date(2025, 6, 14, 15, 20, 5, 0, time.UTC),
	},
}

// A line is one recording of the script.
type line struct {
	time   time.Time
	device export.Device
	kind   string
	speech []sentence
	reply  string
}

// A sentence is what one person says in a recording.
type sentence struct {
	person, text string
}

// readScript reads the columns time (UTC), device, kind, speech and reply.
// Speech is "Person: words"; several people are divided by " | ".
func readScript(r io.Reader) ([]line, error) {
	rows, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 || strings.Join(rows[0], ",") != "time,device,kind,speech,reply" {
		return nil, errors.New("the first line is not time,device,kind,speech,reply")
	}
	lines := make([]line, len(rows)-1)
	for i, row := range rows[1:] {
		if lines[i], err = readLine(row); err != nil {
			return nil, fmt.Errorf("line %d: %w", i+2, err)
		}
	}
	return lines, nil
}

func readLine(row []string) (line, error) {
	at, err := time.Parse(timeLayout, row[0])
	if err != nil {
		return line{}, err
	}
	device, err := deviceNamed(row[1])
	if err != nil {
		return line{}, err
	}
	switch row[2] {
	case said, unintended, unclear, noAudio, noRow, typed:
	default:
		return line{}, fmt.Errorf("unknown kind %q", row[2])
	}
	speech, err := readSpeech(row[3])
	if err != nil {
		return line{}, err
	}
	return line{time: at, device: device, kind: row[2], speech: speech, reply: row[4]}, nil
}

func deviceNamed(name string) (export.Device, error) {
	for _, d := range devices {
		if d.Name == name {
			return d, nil
		}
	}
	return export.Device{}, fmt.Errorf("unknown device %q", name)
}

func readSpeech(s string) ([]sentence, error) {
	var speech []sentence
	for _, part := range strings.Split(s, " | ") {
		person, text, found := strings.Cut(part, ": ")
		if _, known := voices[person]; !found || !known {
			return nil, fmt.Errorf("no known person speaks %q", part)
		}
		speech = append(speech, sentence{person, text})
	}
	return speech, nil
}

// recording returns what the export says of the line.
func (l line) recording() export.Recording {
	r := export.Recording{
		Time:     l.time,
		Device:   l.device,
		Region:   export.RegionEU,
		Reply:    l.reply,
		Typed:    l.kind == typed,
		HasAudio: l.kind != noAudio && l.kind != typed,
	}
	switch l.kind {
	case unintended:
		r.Transcript = unintendedText
	case unclear:
		r.Transcript = unclearText
	default:
		r.Transcript = asTranscribed(l.speech[0].text)
		r.Person = l.speech[0].person
	}
	return r
}

// asTranscribed gives words the look of a speech recogniser's: no capitals and
// no punctuation.
func asTranscribed(text string) string {
	return strings.ToLower(strings.NewReplacer(",", "", ".", "", "!", "", "?", "", "¿", "").Replace(text))
}
