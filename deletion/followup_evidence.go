package deletion

import (
	"strconv"
	"time"

	"unsaid/store"
)

// The name and version of the schema of evidence.json. Any change of its fields gets a new version.
const (
	EvidenceSchema  = "unsaid.erasure-evidence"
	EvidenceVersion = 2
)

// evidenceCSV is the name of the file that lists the evidence for the maker.
const evidenceCSV = "evidence.csv"

// Evidence is the content of evidence.json: the recordings that an export made after the request was
// sent still has.
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
	Device     *ManifestDevice     `json:"device"` // null if no export names it
	Merged     []ManifestDevice    `json:"merged_devices,omitempty"`
	Asked      int                 `json:"recordings_asked"`
	Exports    []EvidenceExport    `json:"exports"`
	Recordings []EvidenceRecording `json:"recordings"` // still there, oldest first
}

// EvidenceExport is an export that has some of the recordings.
type EvidenceExport struct {
	Import    int64        `json:"import_id"`
	Files     []string     `json:"files"`
	Imported  string       `json:"imported"`   // UTC, RFC 3339
	MadeAfter string       `json:"made_after"` // UTC, RFC 3339
	MadeBy    store.MadeBy `json:"made_by"`    // what that rests on
}

// EvidenceRecording is a recording that is still there.
type EvidenceRecording struct {
	ManifestRecording
	Export  int64         `json:"export"`     // the import_id of its export
	Matched store.Matched `json:"matched_by"` // "time" is weak evidence: no identifier or words prove the match
}

func (f *followup) evidence() Evidence {
	e := Evidence{
		Schema: EvidenceSchema, Version: EvidenceVersion,
		Request: strconv.FormatInt(f.req.ID, 10), Followup: f.number, Written: f.now.UTC().Format(time.RFC3339),
		SentOn: f.req.SentOn, DueOn: f.req.DueOn, TimeZone: f.zone.String(), Vendor: f.req.Device.Vendor,
		Device: manifestDevice(f.req.Device), Merged: f.mergedDevices(), Asked: f.asked,
		Recordings: make([]EvidenceRecording, len(f.recordings)),
	}
	for _, x := range f.used() {
		export := EvidenceExport{Import: x.ImportID, Imported: x.Imported.UTC().Format(time.RFC3339), MadeAfter: x.Made.UTC().Format(time.RFC3339), MadeBy: x.MadeBy}
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

// csv returns evidence.csv for people and spreadsheets: a row per recording, oldest first.
func (f *followup) csv() ([]byte, error) {
	header := []string{
		"time_utc", "time_local", "device_name", "device_serial", "vendor_id", "audio_sha256",
		"export_files", "export_imported", "export_made_after", "matched_by",
	}
	return f.table(header, func(r *store.Recording) []string {
		finding, device := f.findings[r.ID], f.deviceOf(r)
		e := f.exports[finding.Import]
		utc, local := f.times(r)
		return []string{
			utc, local, Cell(device.MakerName), Cell(device.Serial), Cell(r.VendorID), audioHash(r),
			Cell(fileNames(e.Paths)), e.Imported.UTC().Format(time.RFC3339), e.Made.UTC().Format(time.RFC3339), string(finding.Matched),
		}
	})
}
