package deletion

import (
	"bytes"
	_ "embed" // the schema
	"encoding/csv"
	"strconv"
	"time"

	"unsaid/store"
)

// The name and version of manifest.json's schema. The name is an identifier and no address, so that
// nobody who validates goes online; the schema itself is written beside the manifest. A version
// is exactly its schema: any change of the fields has another number, and so another name.
const (
	ManifestSchema  = "urn:unsaid:erasure-request:1"
	ManifestVersion = 1
)

// manifestSchema is manifest.schema.json; docs has the published copy.
//
//go:embed manifest.schema.json
var manifestSchema []byte

// Manifest is manifest.json: the request for programs to read. Identifiers of unsaid are
// strings, as they do not fit into the numbers of all programs.
type Manifest struct {
	Schema     string              `json:"schema"`
	Version    int                 `json:"version"`
	Request    string              `json:"request_id"`
	Created    string              `json:"created"` // UTC, RFC 3339
	Written    string              `json:"written"` // UTC, RFC 3339
	Vendor     string              `json:"vendor"`
	Device     ManifestDevice      `json:"device"`
	Merged     []ManifestDevice    `json:"merged_devices,omitempty"` // that are treated as one with it
	TimeZone   string              `json:"time_zone"`                // the zone of the steps' days
	Law        Law                 `json:"law"`
	Steps      []ManifestStep      `json:"steps"`
	Recordings []ManifestRecording `json:"recordings"` // oldest first
}

// ManifestDevice is the device as the export names it.
type ManifestDevice struct {
	Name   string `json:"name"`
	Serial string `json:"serial,omitempty"`
	Type   string `json:"type,omitempty"`
}

func manifestDevice(d store.Device) ManifestDevice {
	return ManifestDevice{Name: d.Name, Serial: d.Serial, Type: d.Type}
}

// ManifestStep is one step of the request.
type ManifestStep struct {
	Kind       store.StepKind `json:"kind"`
	From       string         `json:"from,omitempty"` // local day, included
	To         string         `json:"to,omitempty"`   // local day, included
	Recordings []string       `json:"recordings"`
}

// ManifestRecording is one recording to be erased.
type ManifestRecording struct {
	ID         string         `json:"id"`
	VendorID   string         `json:"vendor_id,omitempty"`
	Time       *string        `json:"time"` // UTC, RFC 3339 with milliseconds; null if not known
	TimeFrom   store.TimeFrom `json:"time_from"`
	Audio      *ManifestAudio `json:"audio"`
	Transcript string         `json:"transcript,omitempty"` // only if the words were asked for
	Reply      string         `json:"reply,omitempty"`      // only if the words were asked for
}

// ManifestAudio is the sound of a recording as the export had it.
type ManifestAudio struct {
	SHA256     string `json:"sha256"` // lower-case hex
	Format     string `json:"format"`
	Bytes      int64  `json:"bytes"`
	DurationMS int64  `json:"duration_ms,omitempty"`
}

// utcMillis is RFC 3339 in UTC with milliseconds.
const utcMillis = "2006-01-02T15:04:05.000Z"

// manifest returns the document's manifest.
func (d *document) manifest() Manifest {
	m := Manifest{
		Schema:     ManifestSchema,
		Version:    ManifestVersion,
		Request:    strconv.FormatInt(d.req.ID, 10),
		Created:    d.req.Created.UTC().Format(time.RFC3339),
		Written:    d.now.UTC().Format(time.RFC3339),
		Vendor:     d.req.Device.Vendor,
		Device:     manifestDevice(d.req.Device),
		TimeZone:   d.zone.String(),
		Law:        d.law,
		Steps:      make([]ManifestStep, len(d.req.Steps)),
		Recordings: make([]ManifestRecording, len(d.recordings)),
	}
	for _, merged := range d.req.Merged {
		m.Merged = append(m.Merged, manifestDevice(merged))
	}
	for i, step := range d.req.Steps {
		m.Steps[i] = ManifestStep{Kind: step.Kind, From: step.From, To: step.To}
		for _, id := range step.Recordings {
			m.Steps[i].Recordings = append(m.Steps[i].Recordings, strconv.FormatInt(id, 10))
		}
	}
	for i := range d.recordings {
		m.Recordings[i] = d.manifestRecording(&d.recordings[i])
	}
	return m
}

func (d *document) manifestRecording(r *store.Recording) ManifestRecording {
	m := ManifestRecording{ID: strconv.FormatInt(r.ID, 10), VendorID: r.VendorID, TimeFrom: r.TimeFrom}
	if hasTime(r) {
		utc := r.Time.UTC().Format(utcMillis)
		m.Time = &utc
	}
	if r.Audio != nil {
		m.Audio = &ManifestAudio{
			SHA256: r.Audio.SHA256, Format: r.Audio.Format,
			Bytes: r.Audio.Bytes, DurationMS: r.Audio.Duration.Milliseconds(),
		}
	}
	if d.words == WordsInAll {
		m.Transcript, m.Reply = r.Transcript, r.Reply
	}
	return m
}

// json returns manifest.json.
func (d *document) json() ([]byte, error) { return indented(d.manifest()) }

// csv returns manifest.csv, the list for the maker, for people and spreadsheets: a row per
// recording, oldest first.
func (d *document) csv() ([]byte, error) {
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	header := []string{
		"asked_as", "from", "to", "time_utc", "time_local", "device_name", "device_serial",
		"device_type", "vendor_id", "audio_sha256",
	}
	if d.words == WordsInAll {
		header = append(header, "transcript", "reply")
	}
	if err := out.Write(header); err != nil {
		return nil, err
	}
	device := []string{Cell(d.req.Device.Name), Cell(d.req.Device.Serial), Cell(d.req.Device.Type)}
	for i := range d.recordings {
		r := &d.recordings[i]
		step := d.req.Steps[d.stepOf[r.ID]]
		row := []string{string(step.Kind), step.From, step.To, "", ""}
		if hasTime(r) {
			row[3] = r.Time.UTC().Format(utcMillis)
			row[4] = r.Time.In(d.zone).Format("2006-01-02 15:04:05 -07:00")
		}
		row = append(append(row, device...), Cell(r.VendorID), "")
		if r.Audio != nil {
			row[len(row)-1] = Cell(r.Audio.SHA256)
		}
		if d.words == WordsInAll {
			row = append(row, Cell(r.Transcript), Cell(r.Reply))
		}
		if err := out.Write(row); err != nil {
			return nil, err
		}
	}
	out.Flush()
	return b.Bytes(), out.Error()
}
