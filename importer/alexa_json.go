package importer

import (
	"context"
	"encoding/json"
	"fmt"

	"unsaid/store"
)

// alexaJSON reads the answers of Amazon's servers that its pages and apps get. There are two kinds, in
// members of their own or side by side in the capture of a whole session, so one reading takes both:
//
//   - the voice history as the privacy pages get it: "customer history records" (seen in alexa-remote,
//     openHAB and alexa-transcript-downloader) and "Alexa history records" (seen in aioamazondevices);
//   - /api/activities, as it was until 2023, and /api/devices-v2/device (both seen in AlexaPaperDatasets).
//
// A member is one answer, a list of them, a bare list of records, or one of these a line. Every key may
// be missing.
type alexaJSON struct {
	name string
	kind content // of the members that it reads
}

func (s alexaJSON) Name() string { return s.name }

func (s alexaJSON) Import(ctx context.Context, in *Input, sink Sink) error {
	for _, m := range in.of(s.kind) {
		if err := importAlexaJSON(ctx, in, sink, m); err != nil {
			return err
		}
	}
	return nil
}

// alexaShape says where the records and the devices are.
var alexaShape = jsonShape{
	list: func(_ int, key string) bool {
		switch key {
		case "customerHistoryRecords", "alexaHistoryRecords", "activities", "devices":
			return true
		}
		return false
	},
	fields: keysOf(historyRecord{}, activity{}, alexaDevice{}),
	single: func(f map[string]json.RawMessage) bool {
		return isHistoryRecord(f) || isActivity(f) || isAlexaDevice(f)
	},
	flag: onePerson,
}

// onePerson is true in a page of the history that was fetched for one person's voice profile, so that it lacks what
// others said (seen in alexa-remote).
const onePerson = "voiceProfileAssociatedWithPerson"

// importAlexaJSON reads the recordings and devices of one member.
func importAlexaJSON(ctx context.Context, in *Input, sink Sink, m *member) error {
	taken := 0
	outcome := imported(m.path, "")
	seen := occurrencesIn(m)
	for r, err := range in.records(ctx, m, alexaShape, true) {
		if err != nil {
			return unreadable(ctx, sink, m, err)
		}
		device, isDevice := readAlexaDevice(r)
		switch {
		case r.list == onePerson:
			outcome.Reason, outcome.MayHold = "a part of it was fetched for one person alone, so it lacks what others said", true
		case isDevice && device == (store.IncomingDevice{}): // some other list of devices
		case isDevice:
			taken++
			err = sink.Device(ctx, store.Amazon, device)
		default:
			var rec store.Incoming
			if rec, err = readAlexaRecord(r); err != nil {
				err = sink.Member(ctx, failedRecord(fmt.Sprintf("%s#%d", m.path, r.index), err.Error()))
				break
			}
			taken++
			if audio := in.audio.identified(append([]string{rec.VendorID}, rec.Aliases...)...); audio != nil {
				in.attach(&rec, audio, store.LinkedByIdentifier)
			}
			seen.mark(&rec)
			err = sink.Add(ctx, rec)
		}
		if err != nil {
			return err
		}
	}
	if taken == 0 && !in.holdsEmptyHistory(m) {
		return sink.Member(ctx, ignored(m.path, m.content.ignoredBecause()))
	}
	if err := sink.Export(ctx, store.Amazon, ""); err != nil {
		return err
	}
	return sink.Member(ctx, outcome)
}

// holdsEmptyHistory reports whether a member without any recording is a voice history
// nevertheless: one of a time in which nothing was said.
func (in *Input) holdsEmptyHistory(m *member) bool {
	keys := topKeys(in.head(m, headBytes))
	return keys["customerHistoryRecords"] || keys["alexaHistoryRecords"] || keys["activities"]
}

// readAlexaRecord reads a record by the list it stood in, or by its fields.
func readAlexaRecord(r jsonRecord) (store.Incoming, error) {
	if r.list == "activities" || isActivity(r.fields) {
		return readActivity(r.raw)
	}
	return readHistoryRecord(r.raw)
}

// readAlexaDevice reads an entry of a device list; false if r is none, or tells nothing.
func readAlexaDevice(r jsonRecord) (store.IncomingDevice, bool) {
	if r.list != "devices" && !isAlexaDevice(r.fields) {
		return store.IncomingDevice{}, false
	}
	var d alexaDevice
	if json.Unmarshal(r.raw, &d) != nil {
		return store.IncomingDevice{}, r.list == "devices"
	}
	device := store.IncomingDevice{Serial: string(d.Serial), Type: string(d.Type), Name: string(d.Name)}
	return device, r.list == "devices" || d.Name != "" && d.Serial != ""
}
