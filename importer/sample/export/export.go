// Package export writes synthetic archives in the layout of Amazon's "Request
// my data". It serves the builders of the demo sample and of the archive of
// real speech; the importer has no part of it.
//
// Amazon does not document the layout. Its outer names, the registration table
// and the form of an utterance id are known from public downloads; the audio
// folder, the audio files' names and the transcript table's header are a guess
// that an importer must not depend on.
package export

import (
	"crypto/sha256"
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"time"
)

// Where the parts of an export stand inside its archive.
const (
	TranscriptsName  = "Alexa/Transcripts.csv"
	AudioFolder      = "Alexa/Audio/"
	RegistrationName = "registration.csv"
)

// Region suffixes of an utterance id.
const (
	RegionEU = "LPM"
	RegionUS = "ZXV"
)

// TypedPrefix stands in an utterance id where a spoken request has the device's
// type.
const TypedPrefix = "TextClient"

// A Device is one row of the registration table. Serial and Type are made of
// ASCII letters and digits only.
type Device struct {
	Name, Serial, Type string
	Registered         time.Time
}

// A Recording is one row of the transcript table and, if HasAudio, one audio
// file.
type Recording struct {
	Time       time.Time
	Device     Device
	Region     string // RegionEU or RegionUS
	Transcript string // empty if no words are known
	Reply      string
	Person     string
	Typed      bool
	HasAudio   bool
}

// UtteranceID returns the vendor's identifier of the recording. It holds the
// time in UTC to the second; its uuid depends on the device and the time alone,
// so that two builds agree.
func (r Recording) UtteranceID() string {
	prefix := r.Device.Type
	if r.Typed {
		prefix = TypedPrefix
	}
	t := r.Time.UTC()
	return fmt.Sprintf("%s:1.0/%s/%s/%s::TNIH_2V.%s%s", prefix,
		t.Format("2006/01/02/15"), r.Device.Serial, t.Format("04:05"), r.uuid(), r.Region)
}

// uuid has the form of a random (version 4) one.
func (r Recording) uuid() string {
	sum := sha256.Sum256([]byte(r.Device.Serial + r.Time.UTC().Format(time.RFC3339)))
	sum[6] = sum[6]&0x0f | 0x40
	sum[8] = sum[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}

// AudioName returns the name of the recording's audio file below AudioFolder:
// the utterance id without the characters that no file name may hold.
func (r Recording) AudioName() string {
	return strings.NewReplacer(":", "_", "/", "_").Replace(r.UtteranceID()) + ".wav"
}

// WriteTranscripts writes the transcript table, one row a recording, in the
// order given.
func WriteTranscripts(w io.Writer, recordings []Recording) error {
	table := csv.NewWriter(w)
	_ = table.Write([]string{
		"Timestamp", "Device Name", "Device Serial Number", "Device Type",
		"Utterance ID", "Transcript", "Alexa Response", "Audio File", "Person",
	})
	for _, r := range recordings {
		audio := ""
		if r.HasAudio {
			audio = r.AudioName()
		}
		_ = table.Write([]string{
			r.Time.UTC().Format(time.RFC3339), r.Device.Name, r.Device.Serial,
			r.Device.Type, r.UtteranceID(), r.Transcript, r.Reply, audio, r.Person,
		})
	}
	table.Flush()
	return table.Error() // of every Write above, too
}

// WriteRegistration writes the table of the account's devices.
func WriteRegistration(w io.Writer, devices []Device) error {
	table := csv.NewWriter(w)
	_ = table.Write([]string{"FirstTimeRegistered", "AccountName", "DeviceSerialNumber", "DeviceType"})
	for _, d := range devices {
		_ = table.Write([]string{d.Registered.UTC().Format(time.RFC3339), d.Name, d.Serial, d.Type})
	}
	table.Flush()
	return table.Error() // of every Write above, too
}
