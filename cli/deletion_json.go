package cli

import (
	"unsaid/app"
	"unsaid/deletion"
	"unsaid/phrase"
	"unsaid/store"
)

// deletionJSON is a deletion, done or proposed, as scripts see it.
type deletionJSON struct {
	DeletionID *int64               `json:"deletion_id"` // null if nothing was done
	DryRun     bool                 `json:"dry_run"`
	Recordings int                  `json:"recordings"`
	Devices    []deviceDeletionJSON `json:"devices"`
	Redone     store.ChangeKind     `json:"redone,omitempty"`
	Text       string               `json:"text,omitempty"`
}

type deviceDeletionJSON struct {
	DeviceID       int64      `json:"device_id"`
	Name           string     `json:"name"`
	Recordings     int        `json:"recordings"`
	From           *string    `json:"from"` // time of the first recording of known time
	To             *string    `json:"to"`
	DurationMS     int64      `json:"duration_ms"` // of sound, as is bytes
	Bytes          int64      `json:"bytes"`
	RequestID      *int64     `json:"request_id"`
	Steps          []stepJSON `json:"steps"`
	MayRemoveNewer bool       `json:"may_remove_newer"`
}

// stepJSON is a step of a request. Days are local and both included; only a single recording has
// an id.
type stepJSON struct {
	Kind       store.StepKind `json:"kind"`
	From       *string        `json:"from"`
	To         *string        `json:"to"`
	Recordings int            `json:"recordings"`
	ID         *string        `json:"id,omitempty"`
}

func newStepsJSON(steps []store.Step) []stepJSON {
	list := make([]stepJSON, len(steps))
	for i, s := range steps {
		list[i] = stepJSON{Kind: s.Kind, From: app.OrNull(s.From), To: app.OrNull(s.To), Recordings: len(s.Recordings)}
		if s.Kind == store.Single && len(s.Recordings) == 1 {
			list[i].ID = app.OrNull(idText(s.Recordings[0]))
		}
	}
	return list
}

// printDeletion prints what was done, or would be if done is the zero Deleted. redone is the zero Change unless a
// redo did it.
func (a *application) printDeletion(p deletion.Proposal, done app.Deleted, redone store.Change, f deleteFlags) error {
	if !a.json {
		return a.showDeletion(p, done, f)
	}
	j := deletionJSON{DryRun: f.dryRun, Recordings: len(p.IDs), Devices: []deviceDeletionJSON{}, Redone: redone.Kind, Text: redone.Text}
	if done.ID != 0 {
		j.DeletionID = &done.ID
	}
	for _, d := range p.Devices {
		first, last := d.Span()
		device := deviceDeletionJSON{
			DeviceID: d.Device.ID, Name: d.Device.Name, Recordings: len(d.IDs), From: app.Instant(first), To: app.Instant(last),
			DurationMS: d.Duration.Milliseconds(), Bytes: d.Bytes, Steps: []stepJSON{},
		}
		if f.request {
			device.Steps, device.MayRemoveNewer = newStepsJSON(d.Steps), d.Beyond
		}
		if request, drafted := done.Requests[d.Device.ID]; drafted {
			device.RequestID = &request
		}
		j.Devices = append(j.Devices, device)
	}
	return a.printJSON(j)
}

func (a *application) showDeletion(p deletion.Proposal, done app.Deleted, f deleteFlags) error {
	if len(p.IDs) == 0 {
		return a.printLines("no recordings found; nothing was changed")
	}
	if done.ID == 0 {
		return a.printLines(append([]string{"would delete " + phrase.Count(len(p.IDs), "recording") + "; nothing was changed:"}, a.proposalLines(p, f)...)...)
	}
	summary := "deletion " + idText(done.ID) + ": " + phrase.Count(done.Recordings, "recording") + " moved to the trash"
	if f.keepLocal {
		summary = "deletion " + idText(done.ID) + ": " + phrase.Count(done.Recordings, "recording") + " kept here"
	}
	lines := append([]string{summary}, a.proposalLines(p, f)...)
	for _, d := range p.Devices {
		if request, drafted := done.Requests[d.Device.ID]; drafted {
			lines = append(lines, "drafted request "+idText(request)+" for "+d.Device.Name+"; write its files with: unsaid requests write "+idText(request)+" --out DIR")
		}
	}
	return a.printLines(append(lines, "undo it with: unsaid undo "+idText(done.ID))...)
}
