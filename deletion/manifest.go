package deletion

import (
	"bytes"
	_ "embed" // the schema
	"encoding/csv"
	"strconv"
	"time"

	"unsaid/store"
)

// The name and version of the schema of manifest.json. The name is an identifier, not an address, so
// that validators do not go online; the schema is written beside the manifest. Any change of the fields
// gets a new version, and so a new name.
const (
	ManifestSchema  = "urn:unsaid:erasure-request:2"
	ManifestVersion = 2
)

// manifestSchema is manifest.schema.json. The published copy is in docs.
//
//go:embed manifest.schema.json
var manifestSchema []byte

// Manifest is the content of manifest.json, the request for programs. Identifiers of unsaid are
// strings, because they exceed the numbers of some programs.
type Manifest struct {
	Schema     string              `json:"schema"`
	Version    int                 `json:"version"`
	Request    string              `json:"request_id"`
	Created    string              `json:"created"` // UTC, RFC 3339
	Written    string              `json:"written"` // UTC, RFC 3339
	Vendor     string              `json:"vendor"`
	Device     *ManifestDevice     `json:"device"`                   // null if no export names it
	Merged     []ManifestDevice    `json:"merged_devices,omitempty"` // merged into Device
	TimeZone   string              `json:"time_zone"`                // of the steps' days
	Law        Law                 `json:"law"`
	Steps      []ManifestStep      `json:"steps"`
	Recordings []ManifestRecording `json:"recordings"` // oldest first
}

// ManifestDevice is a device as the maker's exports describe it.
type ManifestDevice struct {
	Name   string `json:"name"`
	Serial string `json:"serial,omitempty"`
	Type   string `json:"type,omitempty"`
}

// manifestDevice returns nil if no export names the device.
func manifestDevice(d store.Device) *ManifestDevice {
	if d.None {
		return nil
	}
	return &ManifestDevice{Name: d.MakerName, Serial: d.Serial, Type: d.Type}
}

// mergedDevices returns the devices merged into that of the request, as far as exports name them.
func (d *document) mergedDevices() []ManifestDevice {
	var list []ManifestDevice
	for _, merged := range d.req.Merged {
		if m := manifestDevice(merged); m != nil {
			list = append(list, *m)
		}
	}
	return list
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
	ID         string          `json:"id"`
	VendorID   string          `json:"vendor_id,omitempty"`
	Time       *string         `json:"time"` // UTC, RFC 3339 with milliseconds; null if not known
	TimeFrom   store.TimeFrom  `json:"time_from"`
	Device     *ManifestDevice `json:"device,omitempty"` // if it is another than the request's
	Audio      *ManifestAudio  `json:"audio"`
	Transcript string          `json:"transcript,omitempty"` // only with WordsInAll
	Reply      string          `json:"reply,omitempty"`      // only with WordsInAll
}

// ManifestAudio is the sound of a recording in the export.
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
		Merged:     d.mergedDevices(),
		TimeZone:   d.zone.String(),
		Law:        d.law,
		Steps:      make([]ManifestStep, len(d.req.Steps)),
		Recordings: make([]ManifestRecording, len(d.recordings)),
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
	if device := d.deviceOf(r); device.ID != d.req.Device.ID {
		m.Device = &ManifestDevice{Name: device.MakerName, Serial: device.Serial, Type: device.Type}
	}
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

// csv returns manifest.csv for the maker, people and spreadsheets: a row per recording, oldest first.
func (d *document) csv() ([]byte, error) {
	header := []string{
		"asked_as", "from", "to", "time_utc", "time_local", "device_name", "device_serial",
		"device_type", "vendor_id", "audio_sha256",
	}
	return d.table(header, func(r *store.Recording) []string {
		step, device := d.req.Steps[d.stepOf[r.ID]], d.deviceOf(r)
		utc, local := d.times(r)
		return []string{
			string(step.Kind), step.From, step.To, utc, local, Cell(device.MakerName), Cell(device.Serial),
			Cell(device.Type), Cell(r.VendorID), audioHash(r),
		}
	})
}

// table returns a CSV file with a row per recording, and with columns for the words if the maker gets
// them.
func (d *document) table(header []string, row func(*store.Recording) []string) ([]byte, error) {
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	words := d.words == WordsInAll
	if words {
		header = append(header, "transcript", "reply")
	}
	if err := out.Write(header); err != nil {
		return nil, err
	}
	for i := range d.recordings {
		r := &d.recordings[i]
		cells := row(r)
		if words {
			cells = append(cells, Cell(r.Transcript), Cell(r.Reply))
		}
		if err := out.Write(cells); err != nil {
			return nil, err
		}
	}
	out.Flush()
	return b.Bytes(), out.Error()
}

// times returns a recording's time in UTC and in the document's zone, or "" if it is not known.
func (d *document) times(r *store.Recording) (utc, local string) {
	if !hasTime(r) {
		return "", ""
	}
	return r.Time.UTC().Format(utcMillis), r.Time.In(d.zone).Format("2006-01-02 15:04:05 -07:00")
}

// audioHash is the SHA-256 of a recording's sound as a cell, or "" if it has no sound.
func audioHash(r *store.Recording) string {
	if r.Audio == nil {
		return ""
	}
	return Cell(r.Audio.SHA256)
}
