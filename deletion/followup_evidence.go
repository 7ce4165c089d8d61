package deletion

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"time"

	"unsaid/store"
)

// The name and version of evidence.json's schema, which changes as the manifest's does.
const (
	EvidenceSchema  = "unsaid.erasure-evidence"
	EvidenceVersion = 1
)

// evidenceCSV is the name of the list of evidence for the maker.
const evidenceCSV = "evidence.csv"

// Evidence is evidence.json: what an export that was made after the request was sent still has.
type Evidence struct {
	Schema     string              `json:"schema"`
	Version    int                 `json:"version"`
	Request    string              `json:"request_id"`
	Followup   int                 `json:"followup"`
	Written    string              `json:"written"` // UTC, RFC 3339
	SentOn     string              `json:"sent_on"` // local day
	DueOn      string              `json:"due_on,omitempty"`
	TimeZone   string              `json:"time_zone"`
	Vendor     string              `json:"vendor"`
	Device     ManifestDevice      `json:"device"`
	Merged     []ManifestDevice    `json:"merged_devices,omitempty"`
	Asked      int                 `json:"recordings_asked"`
	Exports    []EvidenceExport    `json:"exports"`
	Recordings []EvidenceRecording `json:"recordings"` // still there, oldest first
}

// EvidenceExport is an export that has some of the recordings.
type EvidenceExport struct {
	Import    int64    `json:"import_id"`
	Files     []string `json:"files"`
	Imported  string   `json:"imported"`   // UTC, RFC 3339
	MadeAfter string   `json:"made_after"` // UTC, RFC 3339
}

// EvidenceRecording is a recording that is still there.
type EvidenceRecording struct {
	ManifestRecording
	Export  int64         `json:"export"`     // the import_id of its export
	Matched store.Matched `json:"matched_by"` // time is weak: no identifier or words prove that it is this one
}

func (f *followup) evidence() Evidence {
	e := Evidence{
		Schema: EvidenceSchema, Version: EvidenceVersion,
		Request: strconv.FormatInt(f.req.ID, 10), Followup: f.number, Written: f.now.UTC().Format(time.RFC3339),
		SentOn: f.req.SentOn, DueOn: f.req.DueOn, TimeZone: f.zone.String(), Vendor: f.req.Device.Vendor,
		Device: manifestDevice(f.req.Device), Asked: f.asked,
		Recordings: make([]EvidenceRecording, len(f.recordings)),
	}
	for _, merged := range f.req.Merged {
		e.Merged = append(e.Merged, manifestDevice(merged))
	}
	for _, x := range f.used() {
		export := EvidenceExport{Import: x.ImportID, Imported: x.Imported.UTC().Format(time.RFC3339), MadeAfter: x.Made.UTC().Format(time.RFC3339)}
		for _, p := range x.Paths {
			export.Files = append(export.Files, fileNames([]string{p}))
		}
		e.Exports = append(e.Exports, export)
	}
	for i := range f.recordings {
		finding := f.findings[f.recordings[i].ID]
		e.Recordings[i] = EvidenceRecording{f.manifestRecording(&f.recordings[i]), finding.Import, finding.Matched}
	}
	return e
}

// csv returns evidence.csv, the evidence for people and spreadsheets: a row per recording, oldest
// first.
func (f *followup) csv() ([]byte, error) {
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	header := []string{
		"time_utc", "time_local", "device_name", "device_serial", "vendor_id", "audio_sha256",
		"export_files", "export_imported", "export_made_after", "matched_by",
	}
	if f.words == WordsInAll {
		header = append(header, "transcript", "reply")
	}
	if err := out.Write(header); err != nil {
		return nil, err
	}
	for i := range f.recordings {
		r := &f.recordings[i]
		finding := f.findings[r.ID]
		e := f.exports[finding.Import]
		row := []string{"", "", Cell(f.req.Device.Name), Cell(f.req.Device.Serial), Cell(r.VendorID), ""}
		if hasTime(r) {
			row[0], row[1] = r.Time.UTC().Format(utcMillis), f.local(r, "2006-01-02 15:04:05 -07:00")
		}
		if r.Audio != nil {
			row[5] = Cell(r.Audio.SHA256)
		}
		row = append(row, Cell(fileNames(e.Paths)), e.Imported.UTC().Format(time.RFC3339), e.Made.UTC().Format(time.RFC3339), string(finding.Matched))
		if f.words == WordsInAll {
			row = append(row, Cell(r.Transcript), Cell(r.Reply))
		}
		if err := out.Write(row); err != nil {
			return nil, err
		}
	}
	out.Flush()
	return b.Bytes(), out.Error()
}
