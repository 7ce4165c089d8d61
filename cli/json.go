package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"time"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"unsaid/store"
)

// printJSON prints a value as one line of JSON.
func (a *app) printJSON(v any) error { return writeJSON(a.out, v) }

// writeJSON writes a value as one line of JSON. Characters that cannot be seen, such as those
// that steer a terminal or turn the direction of writing, are escaped wherever they stand.
func writeJSON(w io.Writer, v any) error {
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

// orNull is a string for JSON: null where there is none.
func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// listOf is a list for JSON: an empty one is no null.
func listOf[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// instant is a time for JSON, RFC 3339 in UTC with milliseconds: null for the zero Time.
func instant(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	return orNull(t.UTC().Format("2006-01-02T15:04:05.000Z"))
}

// recordingJSON is a recording as scripts see it. Ids are strings, as they do not fit into the
// numbers of all programs.
type recordingJSON struct {
	ID         string              `json:"id"`
	Time       *string             `json:"time"`
	TimeFrom   store.TimeFrom      `json:"time_from"`
	Vendor     string              `json:"vendor"`
	Device     deviceJSON          `json:"device"`
	Transcript *string             `json:"transcript"`
	Reply      *string             `json:"reply"`
	People     []string            `json:"people"`
	Kind       *string             `json:"kind"`
	Unintended bool                `json:"unintended"`
	Typed      bool                `json:"typed"`
	Audio      *audioJSON          `json:"audio"`
	VendorID   *string             `json:"vendor_id"`
	State      store.State         `json:"state"`
	Request    store.RequestStatus `json:"request"`
}

type deviceJSON struct {
	ID     int64   `json:"id"`
	Name   string  `json:"name"`
	Serial *string `json:"serial"`
	Type   *string `json:"type"`
}

type audioJSON struct {
	Format     string         `json:"format"`
	Bytes      int64          `json:"bytes"`
	DurationMS int64          `json:"duration_ms"`
	SHA256     string         `json:"sha256"`
	LinkedBy   store.LinkedBy `json:"linked_by"`
}

func newRecordingJSON(r *store.Recording) recordingJSON {
	j := recordingJSON{
		ID: idText(r.ID), Time: instant(knownTime(r)), TimeFrom: r.TimeFrom, Vendor: r.Device.Vendor,
		Device:     deviceJSON{r.Device.ID, r.Device.Name, orNull(r.Device.Serial), orNull(r.Device.Type)},
		Transcript: orNull(r.Transcript), Reply: orNull(r.Reply), People: listOf(r.People), Kind: orNull(r.Kind),
		Unintended: r.Unintended, Typed: r.Typed, VendorID: orNull(r.VendorID), State: r.State, Request: r.Request,
	}
	if r.Audio != nil {
		j.Audio = &audioJSON{r.Audio.Format, r.Audio.Bytes, r.Audio.Duration.Milliseconds(), r.Audio.SHA256, r.Audio.LinkedBy}
	}
	return j
}

// knownTime is a recording's time, the zero Time if it is not known.
func knownTime(r *store.Recording) time.Time {
	if r.TimeFrom == store.TimeUnknown {
		return time.Time{}
	}
	return r.Time
}
