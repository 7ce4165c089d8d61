package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// TimeFrom says how a recording's time was obtained, best first.
type TimeFrom string

// How a recording's time was obtained.
const (
	TimeExact      TimeFrom = "exact"      // a time field of the export
	TimeIdentifier TimeFrom = "identifier" // read out of the maker's identifier
	TimeName       TimeFrom = "name"       // read out of a file name
	TimeModified   TimeFrom = "mtime"      // a file's modification time
	TimeUnknown    TimeFrom = "unknown"    // nothing said when; Time is the zero Unix time
)

// LinkedBy says which rule joined a recording with its audio.
type LinkedBy string

// The rules that join a recording with its audio, surest first.
const (
	LinkedByName       LinkedBy = "name"       // the record names the file
	LinkedByIdentifier LinkedBy = "identifier" // the file's name carries the record's identifier
	LinkedByTime       LinkedBy = "time"       // same device, times within a few seconds
)

// surer reports whether a rule is surer than another one.
func (l LinkedBy) surer(than LinkedBy) bool {
	rules := []LinkedBy{LinkedByName, LinkedByIdentifier, LinkedByTime}
	return slices.Index(rules, l) < slices.Index(rules, than)
}

// State is where a recording is in its life here: live, then trashed, then purged.
// What the maker holds is another matter; see [RequestStatus].
type State string

// The states of a recording.
const (
	Live    State = "live"
	Trashed State = "trashed"
	Purged  State = "purged"
)

// Vendor names, as they stand in the database and in JSON.
const (
	Amazon        = "amazon"
	Google        = "google"
	ChatGPT       = "chatgpt"
	OVOS          = "ovos"
	HomeAssistant = "home-assistant"
	Files         = "files"
)

// Conversation is the type of a device that stands for a conversation: where a maker records no device, but in which
// conversation something was said. Its name is the title of the conversation.
const Conversation = "conversation"

// CaptureSource names the source that reads what a browser saved of the maker's pages, cookies and all.
const CaptureSource = "alexa-capture"

// Recording is one entry of the voice history.
type Recording struct {
	ID         int64 // ordered by time, see [MakeID]
	Time       time.Time
	TimeFrom   TimeFrom
	Device     Device
	Named      int64  // the device that its export names, which may be a part of Device
	Transcript string // what was said, "" if the export had no text
	Reply      string
	People     []string
	Kind       string // the maker's own word for it, "" if none
	Domain     string
	Intent     string
	Skill      string
	Unintended bool // the assistant woke or recorded though nobody meant it to
	Typed      bool // typed, not spoken
	Audio      *Audio
	VendorID   string // the maker's identifier, see [Incoming.Identifier]; "" if none
	State      State
	DeletionID int64         // the deletion that trashed it, 0 if live
	Request    RequestStatus // of the newest erasure request it is part of
}

// Audio describes a recording's sound; the bytes are read with [DB.AudioData].
type Audio struct {
	ID       int64
	Format   string // "wav", "mp3", … by content, not by suffix
	Bytes    int64
	Duration time.Duration // 0 if the header does not tell
	SHA256   string        // lower-case hex
	LinkedBy LinkedBy
}

// idBits is how many low bits of an id tell recordings of the same millisecond apart.
const idBits = 20

// firstKnown is the first id of a known time: ids of recordings of unknown time begin at 0.
const firstKnown = int64(1) << idBits

// MakeID returns the id of the recording at t: Unix milliseconds in the high bits, so that the
// order of ids is the order of time, and a disambiguator in the low 20 bits.
func MakeID(t time.Time, disambiguator uint32) int64 {
	return t.UnixMilli()<<idBits | int64(disambiguator&(1<<idBits-1))
}

// IDTime returns the time that an id stands for, in UTC, to the millisecond.
func IDTime(id int64) time.Time {
	return time.UnixMilli(id >> idBits).UTC()
}

const selectRecordings = `SELECT r.id, r.time_from, r.state, coalesce(r.deletion_id, 0), r.transcript, r.reply, r.kind, r.domain,
	r.intent, r.skill, r.unintended, r.typed, coalesce(r.vendor_id, ''), r.linked_by,
	coalesce(a.id, 0), coalesce(a.format, ''), coalesce(a.bytes, 0), coalesce(a.duration_ms, 0), a.sha256,
	(SELECT json_group_array(p.name) FROM recording_people rp JOIN people p ON p.id = rp.person_id WHERE rp.recording_id = r.id),
	` + standingOf + `, coalesce(r.named_id, r.device_id), ` + deviceColumns + `
	FROM recordings r JOIN devices d ON d.id = r.device_id LEFT JOIN audio a ON a.id = r.audio_id `

// standingOf is where the newest request about recording r stands.
const standingOf = `coalesce((SELECT CASE i.outcome WHEN '' THEN q.status ELSE i.outcome END FROM request_items i
	JOIN requests q ON q.id = i.request_id WHERE i.recording_id = r.id AND i.withdrawn = 0 ORDER BY i.request_id DESC LIMIT 1), 'none')`

func scanRecording(rows *sql.Rows) (Recording, error) {
	var r Recording
	var trashed bool
	var people string
	var sum []byte
	var duration int64
	var a Audio
	err := r.Device.scan(rows, &r.ID, &r.TimeFrom, &trashed, &r.DeletionID, &r.Transcript, &r.Reply, &r.Kind, &r.Domain,
		&r.Intent, &r.Skill, &r.Unintended, &r.Typed, &r.VendorID, &a.LinkedBy,
		&a.ID, &a.Format, &a.Bytes, &duration, &sum, &people, &r.Request, &r.Named)
	if err != nil {
		return r, err
	}
	r.Time, r.State = IDTime(r.ID), Live
	if trashed {
		r.State = Trashed
	}
	if a.ID != 0 {
		a.Duration, a.SHA256 = time.Duration(duration)*time.Millisecond, hex.EncodeToString(sum)
		r.Audio = &a
	}
	return r, json.Unmarshal([]byte(people), &r.People)
}

// Recordings reads the recordings with these ids, in the order of the ids. An id that is not,
// or no longer, in the library is left out; use [DB.Recording] to learn why.
func (db *DB) Recordings(ctx context.Context, ids []int64) ([]Recording, error) {
	var found []Recording
	for len(ids) > 0 {
		n := min(len(ids), 500)
		some, err := readRecordings(ctx, db.read, ids[:n])
		if err != nil {
			return nil, fmt.Errorf("read recordings: %w", err)
		}
		found, ids = append(found, some...), ids[n:]
	}
	return found, nil
}

func readRecordings(ctx context.Context, from querier, ids []int64) ([]Recording, error) {
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	marks := strings.TrimSuffix(strings.Repeat("?,", len(ids)), ",")
	some, err := all(ctx, from, scanRecording, selectRecordings+`WHERE r.id IN (`+marks+`)`, args...)
	if err != nil {
		return nil, err
	}
	byID := make(map[int64]Recording, len(some))
	for _, r := range some {
		byID[r.ID] = r
	}
	ordered := make([]Recording, 0, len(some))
	for _, id := range ids {
		if r, ok := byID[id]; ok {
			ordered = append(ordered, r)
		}
	}
	return ordered, nil
}

// Recording reads one recording. Of a purged one there is only what the tombstone keeps. It
// returns an error that wraps [ErrNotFound] if there never was one with this id.
func (db *DB) Recording(ctx context.Context, id int64) (Recording, error) {
	found, err := db.Recordings(ctx, []int64{id})
	if err != nil || len(found) == 1 {
		return append(found, Recording{})[0], err
	}
	r := Recording{ID: id, Time: IDTime(id), TimeFrom: TimeExact, State: Purged}
	err = r.Device.scan(db.read.QueryRowContext(ctx, `SELECT coalesce(r.vendor_id, ''), coalesce(r.deletion_id, 0), `+standingOf+`, coalesce(r.named_id, r.device_id), `+deviceColumns+`
		FROM tombstones r JOIN devices d ON d.id = r.device_id WHERE r.id = ?`, id), &r.VendorID, &r.DeletionID, &r.Request, &r.Named)
	if errors.Is(err, sql.ErrNoRows) {
		return Recording{}, WithRemedy(fmt.Errorf("recording %d: %w", id, ErrNotFound), FindID)
	}
	if err != nil {
		return Recording{}, fmt.Errorf("read recording %d: %w", id, err)
	}
	return r, nil
}

// AudioData returns the bytes of a sound as they were imported. It returns an error that wraps
// [ErrNotFound] if the sound was purged.
func (db *DB) AudioData(ctx context.Context, audioID int64) ([]byte, error) {
	var data []byte
	err := db.read.QueryRowContext(ctx, `SELECT data FROM audio_data WHERE audio_id = ?`, audioID).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("read the audio of a recording: %w", err)
	}
	return data, nil
}

// Totals sums up what is live in the library.
type Totals struct {
	Recordings int
	Devices    int
	Duration   time.Duration // of all audio
	Trashed    int
	Accounts   []string // the names of those with recordings, if there are several
}

// Totals counts the library.
func (db *DB) Totals(ctx context.Context) (Totals, error) {
	var t Totals
	var duration int64
	// Each part off an index of its own; the + keeps the sound's from going by the state, and so past what has none.
	err := db.read.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM recordings WHERE state = 0),
		(SELECT count(*) FROM devices d WHERE EXISTS (SELECT 1 FROM recordings WHERE device_id = d.id AND state = 0)),
		(SELECT coalesce(sum(a.duration_ms), 0) FROM recordings r JOIN audio a ON a.id = r.audio_id WHERE +r.state = 0 AND r.audio_id IS NOT NULL),
		(SELECT count(*) FROM recordings WHERE state = 1)`).
		Scan(&t.Recordings, &t.Devices, &duration, &t.Trashed)
	if err == nil {
		t.Accounts, err = all(ctx, db.read, scanValue[string], `SELECT DISTINCT name FROM account_names a WHERE name <> '' AND EXISTS (
			SELECT 1 FROM devices d JOIN recordings r ON r.device_id = d.id AND r.state = 0 WHERE d.account_id = a.id) ORDER BY a.id`)
	}
	if err != nil {
		return t, fmt.Errorf("count the library: %w", err)
	}
	t.Duration = time.Duration(duration) * time.Millisecond
	return t, nil
}
