package importer

import (
	"context"
	"path"
	"regexp"
	"strings"

	"unsaid/store"
)

// homeAssistant reads the sounds that Home Assistant writes for finding faults (seen in its
// component assist_pipeline), those of one run of a pipeline in one folder:
//
//	debug_recording_dir/[device_id/]pipeline/monotonic_ns/00_wake-entity.wav
//	debug_recording_dir/[device_id/]pipeline/monotonic_ns/01_stt-engine.wav
//
// The number counts from the start of the computer and is not a time of day, so the time is that of
// the file. There are no words. A run's wake word and its command are two sounds and become two
// recordings: each can be heard, kept or deleted without the other.
type homeAssistant struct{}

func (homeAssistant) Name() string { return "home-assistant" }

func (homeAssistant) Import(ctx context.Context, in *Input, sink Sink) error {
	for _, m := range in.of(contentAudio) {
		if err := ctx.Err(); err != nil {
			return err
		}
		run, ok := readAssistRun(in.place(m))
		if !ok || m.taken() {
			continue
		}
		rec := store.Incoming{Vendor: store.HomeAssistant, Device: run.device(), VendorID: run.id, Kind: run.stage}
		rec.Time, rec.TimeFrom = modifiedTime(m)
		if err := importAudio(ctx, in, sink, m, rec); err != nil {
			return err
		}
	}
	return nil
}

// assistRun is what the path of a sound says about the run of a pipeline that it comes from.
type assistRun struct {
	id       string // the end of the path, from the device or the pipeline on: it stays when the folder is moved
	deviceID string // "" if the run was not started by a device
	stage    string // what listened: wake or stt
}

var (
	assistFile     = regexp.MustCompile(`^\d+_(wake|stt)-.`)
	assistCounter  = regexp.MustCompile(`^\d+$`)
	assistDeviceID = regexp.MustCompile(`^[0-9a-f]{32}$`)
)

// readAssistRun reads a path; false if it is not that of a sound of Home Assistant. Whatever folder
// lies above the pipeline's may be the device, or the one that holds all recordings. It is taken for
// a device only if it is called as Home Assistant's registry makes its identifiers.
func readAssistRun(place string) (assistRun, bool) {
	parts := strings.Split(place, "/")
	n := len(parts)
	if n < 2 || !assistCounter.MatchString(parts[n-2]) {
		return assistRun{}, false
	}
	m := assistFile.FindStringSubmatch(parts[n-1])
	if m == nil {
		return assistRun{}, false
	}
	run := assistRun{stage: m[1]}
	from := max(0, n-3)
	if n >= 4 && assistDeviceID.MatchString(parts[n-4]) {
		from, run.deviceID = n-4, parts[n-4]
	}
	run.id = path.Join(parts[from:]...)
	return run, true
}

// device returns the device of a run. A pipeline is not a device: several devices may share one, and
// one may use several.
func (r assistRun) device() store.IncomingDevice {
	if r.deviceID == "" {
		return store.IncomingDevice{Name: "Home Assistant (device not recorded)"}
	}
	return store.IncomingDevice{Serial: r.deviceID, Name: "Home Assistant " + r.deviceID[len(r.deviceID)-4:]}
}
