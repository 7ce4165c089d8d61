package importer

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"

	"unsaid/store"
)

// activity is a record of /api/activities.
type activity struct {
	ID               looseText                 `json:"id"`
	Created          looseMillis               `json:"creationTimestamp"`
	Status           looseText                 `json:"activityStatus"`
	Description      json.RawMessage           `json:"description"`
	DomainAttributes json.RawMessage           `json:"domainAttributes"`
	DomainType       looseText                 `json:"domainType"`
	IntentType       looseText                 `json:"intentType"`
	Devices          looseList[activityDevice] `json:"sourceDeviceIds"`
	UtteranceID      looseText                 `json:"utteranceId"`
}

type activityDevice struct {
	Type   looseText `json:"deviceType"`
	Serial looseText `json:"serialNumber"`
}

// activityDescription is the JSON inside of the string in an activity's description.
type activityDescription struct {
	Summary          looseText `json:"summary"`
	FirstUtteranceID looseText `json:"firstUtteranceId"`
}

func isActivity(fields map[string]json.RawMessage) bool {
	return fields["creationTimestamp"] != nil && (fields["id"] != nil || fields["utteranceId"] != nil)
}

// readActivity reads one activity.
func readActivity(raw json.RawMessage) (store.Incoming, error) {
	var a activity
	if err := json.Unmarshal(raw, &a); err != nil {
		return store.Incoming{}, fmt.Errorf("it cannot be read as a record: %w", err)
	}
	attributes := a.bareAttributes()
	rec := store.Incoming{
		Vendor: store.Amazon,
		Kind:   cmp.Or(string(a.Status), attributes),
		Domain: string(a.DomainType),
		Intent: string(a.IntentType),
	}
	description := readDescription(a.Description)
	rec.Transcript = description.Summary.meant()
	ids := identifiers{key: string(a.ID)}
	ids.add(string(a.UtteranceID))
	ids.addFirst(string(description.FirstUtteranceID))
	ids.apply(&rec)
	for _, d := range a.Devices {
		if d.Serial != "" || d.Type != "" {
			rec.Device.Serial, rec.Device.Type = cmp.Or(string(d.Serial), rec.Device.Serial), cmp.Or(string(d.Type), rec.Device.Type)
			break
		}
	}
	if !a.Created.IsZero() {
		rec.Time, rec.TimeFrom = a.Created.Time, store.TimeExact
	}
	rec.Unintended = unintendedText(rec.Transcript) || unintendedKind(rec.Kind) || unintendedKind(attributes)
	if rec.Identifier() == "" && rec.Transcript == "" {
		return store.Incoming{}, errEmptyRecord
	}
	return rec, nil
}

// bareAttributes returns domainAttributes if it is a bare word such as FALSE_WAKE_WORD_1P, rather
// than JSON in a string.
func (a *activity) bareAttributes() string {
	var s looseText
	if len(a.DomainAttributes) == 0 || json.Unmarshal(a.DomainAttributes, &s) != nil {
		return ""
	}
	word := strings.Trim(string(s), `"`)
	if strings.Trim(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") != "" {
		return ""
	}
	return word
}

// readDescription reads a description: JSON in a string, or JSON as it is, or plain words.
func readDescription(raw json.RawMessage) activityDescription {
	var d activityDescription
	if len(raw) == 0 {
		return d
	}
	var s string
	if json.Unmarshal(raw, &s) != nil {
		s = string(raw)
	}
	s = strings.TrimSpace(s)
	switch {
	case s == "" || s == "null":
	case json.Unmarshal([]byte(s), &d) == nil:
	case !strings.HasPrefix(s, "{"):
		d.Summary = looseText(s)
	}
	return d
}

// alexaDevice is an entry of a device list.
type alexaDevice struct {
	Name   looseText `json:"accountName"`
	Serial looseText `json:"serialNumber"`
	Type   looseText `json:"deviceType"`
}

func isAlexaDevice(fields map[string]json.RawMessage) bool {
	return fields["accountName"] != nil && fields["serialNumber"] != nil
}
