package app

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"time"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"unsaid/store"
)

// WriteJSON writes a value as one line of JSON. Characters that cannot be seen, such as those
// that steer a terminal or turn the direction of writing, are escaped wherever they stand.
func WriteJSON(w io.Writer, v any) error {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	_, err := w.Write(escapeInvisible(text.Bytes()))
	return err
}

// escapeInvisible writes characters of JSON that have no shape of their own as \u escapes; they
// stand in strings only. The encoder has escaped those below the space already.
func escapeInvisible(text []byte) []byte {
	plain := func(r rune) bool {
		return r == '\n' || !unicode.IsControl(r) && !unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp)
	}
	if bytes.IndexFunc(text, func(r rune) bool { return !plain(r) }) < 0 {
		return text
	}
	escaped := make([]byte, 0, len(text)+64)
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		switch {
		case plain(r):
			escaped = append(escaped, text[:size]...)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			escaped = fmt.Appendf(escaped, `\u%04x\u%04x`, high, low)
		default:
			escaped = fmt.Appendf(escaped, `\u%04x`, r)
		}
		text = text[size:]
	}
	return escaped
}

// OrNull is a string for JSON: null for the empty string.
func OrNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// List is a list for JSON, where an empty one is [], not null.
func List[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// Mapped returns what of makes of each item of a list, for JSON: never nil.
func Mapped[T, J any](list []T, of func(*T) J) []J {
	made := make([]J, len(list))
	for i := range list {
		made[i] = of(&list[i])
	}
	return made
}

// Instant is a time for JSON, RFC 3339 in UTC with milliseconds: null for the zero Time.
func Instant(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	return OrNull(t.UTC().Format("2006-01-02T15:04:05.000Z"))
}

// RecordingJSON is a recording as scripts see it. Ids are strings, as they do not fit into the
// numbers of all programs.
type RecordingJSON struct {
	ID         string              `json:"id"`
	Time       *string             `json:"time"`
	TimeFrom   store.TimeFrom      `json:"time_from"`
	Vendor     string              `json:"vendor"`
	Account    AccountJSON         `json:"account"`
	Device     *DeviceJSON         `json:"device"` // null if no export names one
	In         *string             `json:"in"`     // the title of the conversation
	Transcript *string             `json:"transcript"`
	Reply      *string             `json:"reply"`
	People     []string            `json:"people"`
	Kind       *string             `json:"kind"`
	Unintended bool                `json:"unintended"`
	Typed      bool                `json:"typed"`
	Audio      *AudioJSON          `json:"audio"`
	VendorID   *string             `json:"vendor_id"`
	State      store.State         `json:"state"`
	Request    store.RequestStatus `json:"request"`
}

// AccountJSON is an account as scripts see it.
type AccountJSON struct {
	ID   int64  `json:"id"`
	Name string `json:"name"` // the maker's where nothing tells it from others
}

// NewAccountJSON returns the account of a device as scripts see it.
func NewAccountJSON(d store.Device) AccountJSON {
	return AccountJSON{d.Account.ID, cmp.Or(d.Account.Name, d.Vendor)}
}

// DeviceJSON is a device as scripts see it.
type DeviceJSON struct {
	ID     int64   `json:"id"`
	Name   string  `json:"name"`
	Serial *string `json:"serial"`
	Type   *string `json:"type"`
}

// AudioJSON is a sound as scripts see it.
type AudioJSON struct {
	Format     string         `json:"format"`
	Bytes      int64          `json:"bytes"`
	DurationMS int64          `json:"duration_ms"`
	SHA256     string         `json:"sha256"`
	LinkedBy   store.LinkedBy `json:"linked_by"`
}

// NewDeviceJSON returns a device as scripts see it, nil for none.
func NewDeviceJSON(d store.Device) *DeviceJSON {
	if d.None || d.Type == store.Conversation {
		return nil
	}
	return &DeviceJSON{d.ID, d.Name, OrNull(d.Serial), OrNull(d.Type)}
}

// NewRecordingJSON returns a recording as scripts see it.
func NewRecordingJSON(r *store.Recording) RecordingJSON {
	j := RecordingJSON{
		ID: strconv.FormatInt(r.ID, 10), Time: Instant(KnownTime(r)), TimeFrom: r.TimeFrom, Vendor: r.Device.Vendor, Account: NewAccountJSON(r.Device),
		Device:     NewDeviceJSON(r.Device),
		Transcript: OrNull(r.Transcript), Reply: OrNull(r.Reply), People: List(r.People), Kind: OrNull(r.Kind),
		Unintended: r.Unintended, Typed: r.Typed, VendorID: OrNull(r.VendorID), State: r.State, Request: r.Request,
	}
	if r.Device.Type == store.Conversation {
		j.In = OrNull(r.Device.Name)
	}
	if r.Audio != nil {
		j.Audio = &AudioJSON{r.Audio.Format, r.Audio.Bytes, r.Audio.Duration.Milliseconds(), r.Audio.SHA256, r.Audio.LinkedBy}
	}
	return j
}

// KnownTime is a recording's time, the zero Time if it is not known.
func KnownTime(r *store.Recording) time.Time {
	if r.TimeFrom == store.TimeUnknown {
		return time.Time{}
	}
	return r.Time
}
