package app

import (
	"cmp"

	"unsaid/store"
)

// MakerExportJSON is an export as scripts see it.
type MakerExportJSON struct {
	ID       int64            `json:"id"`
	ImportID int64            `json:"import_id"`
	Account  AccountJSON      `json:"account"`
	Imported *string          `json:"imported"`
	Vendor   string           `json:"vendor"`
	Product  *string          `json:"product"` // null where the maker has only one
	Own      bool             `json:"written_by_unsaid"`
	Files    []ExportFileJSON `json:"files"`
	Made     *string          `json:"made"`    // it was certainly made after this; null if nothing proves any moment
	MadeBy   *string          `json:"made_by"` // what that rests on: recording, name, user or import
	Packed   *string          `json:"packed"`  // by the clock of its archive, which proves nothing
	Covers   CoversJSON       `json:"covers"`
	Unread   int              `json:"unread"`   // files and records that may hold recordings and were not read
	Missing  []string         `json:"missing"`  // parts of the archive that were not imported
	Finished bool             `json:"finished"` // whether the import came to its end
	Complete *bool            `json:"complete"` // by the user's word; null if nothing was said
}

// ExportFileJSON is a file that was imported.
type ExportFileJSON struct {
	Name   string `json:"name"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// CoversJSON is what an export has.
type CoversJSON struct {
	From       *string       `json:"from"`
	To         *string       `json:"to"`
	Recordings int           `json:"recordings"`
	Unintended int           `json:"unintended"`
	Devices    []*DeviceJSON `json:"devices"`
}

// NewMakerExportJSON returns an export as scripts see it.
func NewMakerExportJSON(e *store.Export) MakerExportJSON {
	j := MakerExportJSON{
		ID: e.ID, ImportID: e.ImportID, Account: AccountJSON{ID: e.Account.ID, Name: cmp.Or(e.Account.Name, e.Vendor)},
		Imported: Instant(e.Imported), Vendor: e.Vendor, Product: OrNull(e.Product), Own: e.Own,
		Files: Mapped(e.Files, func(f *store.ExportFile) ExportFileJSON { return ExportFileJSON(*f) }), Made: Instant(e.Made), MadeBy: OrNull(string(e.MadeBy)), Packed: Instant(e.Packed),
		Covers: CoversJSON{Instant(e.First), Instant(e.Last), e.Recordings, e.Unintended, namedDevices(e.Devices)},
		Unread: e.Unread, Missing: List(e.Missing), Finished: e.Finished,
	}
	if e.Complete != store.NotAnswered {
		complete := e.Complete == store.Yes
		j.Complete = &complete
	}
	return j
}

// namedDevices returns those of some devices that an export names.
func namedDevices(devices []store.Device) []*DeviceJSON {
	named := []*DeviceJSON{}
	for _, d := range devices {
		if j := NewDeviceJSON(d); j != nil {
			named = append(named, j)
		}
	}
	return named
}
