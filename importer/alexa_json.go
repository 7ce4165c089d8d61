package importer

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"

	"unsaid/store"
)

// importAlexaJSON reads the recordings and devices of one JSON member. Captures hold history
// records, activities and device lists side by side, so one reading takes all of them.
func importAlexaJSON(ctx context.Context, in *Input, sink Sink, m *member) error {
	taken := 0
	seen := occurrencesIn(m)
	walk := jsonWalk{
		lists:  map[string]bool{"activities": true, "devices": true},
		fields: map[string]bool{},
		single: func(f map[string]json.RawMessage) bool {
			return isHistoryRecord(f) || isActivity(f) || isAlexaDevice(f)
		},
	}
	maps.Copy(walk.lists, historyLists)
	for _, fields := range []map[string]bool{historyFields, activityFields, alexaDeviceFields} {
		maps.Copy(walk.fields, fields)
	}
	walk.emit = func(r jsonRecord) error {
		device, isDevice := readAlexaDevice(r)
		if isDevice && device == (store.IncomingDevice{}) {
			return nil // some other list of devices
		}
		if isDevice {
			taken++
			return sink.Device(ctx, store.Amazon, device)
		}
		rec, err := readAlexaRecord(r)
		if err != nil {
			return sink.Member(ctx, failedRecord(fmt.Sprintf("%s#%d", m.path, r.index), err.Error()))
		}
		taken++
		if audio := in.audio.identified(append([]string{rec.VendorID}, rec.Aliases...)...); audio != nil {
			in.attach(&rec, audio, store.LinkedByIdentifier)
		}
		seen.mark(&rec)
		return sink.Add(ctx, rec)
	}
	textErr, err := in.walkJSON(ctx, m, walk)
	switch {
	case err != nil:
		return err
	case textErr != nil:
		return sink.Member(ctx, failed(m.path, textErr.Error()))
	case taken == 0 && !in.holdsEmptyHistory(m):
		return sink.Member(ctx, ignored(m.path, m.content.ignoredBecause()))
	}
	if err := sink.Export(ctx, store.Amazon, ""); err != nil {
		return err
	}
	return sink.Member(ctx, imported(m.path, ""))
}

// holdsEmptyHistory reports whether a member without any recording is a voice history
// nevertheless: one of a time in which nothing was said.
func (in *Input) holdsEmptyHistory(m *member) bool {
	keys := topKeys(in.head(m, headBytes))
	return keys["customerHistoryRecords"] || keys["alexaHistoryRecords"] || keys["activities"]
}

// readAlexaRecord reads a record by the list it stood in, or by its fields.
func readAlexaRecord(r jsonRecord) (store.Incoming, error) {
	if r.list == "activities" {
		return readActivity(r.raw)
	}
	if r.list == "" {
		var fields map[string]json.RawMessage
		if err := json.Unmarshal(r.raw, &fields); err != nil {
			return store.Incoming{}, fmt.Errorf("it cannot be read as a record: %w", err)
		}
		if isActivity(fields) {
			return readActivity(r.raw)
		}
	}
	return readHistoryRecord(r.raw)
}

// readAlexaDevice reads an entry of a device list; false if r is none, or tells nothing.
func readAlexaDevice(r jsonRecord) (store.IncomingDevice, bool) {
	if r.list != "devices" && r.list != "" {
		return store.IncomingDevice{}, false
	}
	var d alexaDevice
	if json.Unmarshal(r.raw, &d) != nil {
		return store.IncomingDevice{}, r.list == "devices"
	}
	device := store.IncomingDevice{Serial: string(d.Serial), Type: string(d.Type), Name: string(d.Name)}
	return device, r.list == "devices" || d.Name != "" && d.Serial != ""
}
