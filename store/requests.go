package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// RequestStatus is what is known of a recording, or of a request, at the maker's end.
type RequestStatus string

// The life of an erasure request.
const (
	NotAsked   RequestStatus = "none"
	Draft      RequestStatus = "draft"
	Sent       RequestStatus = "sent"
	Gone       RequestStatus = "gone"
	StillThere RequestStatus = "still-there"
	CannotTell RequestStatus = "cannot-tell"
)

// StepKind is one of the ways a maker lets people delete.
type StepKind string

// The kinds of step, coarsest first.
const (
	WholeDevice StepKind = "device"
	DayRange    StepKind = "range"
	Single      StepKind = "single"
)

// Step is one thing to do, or to ask for, at the maker.
type Step struct {
	Kind       StepKind
	From       string  // local day YYYY-MM-DD, included; "" unless a day range
	To         string  // local day YYYY-MM-DD, included; "" unless a day range
	Recordings []int64 // ids of the chosen recordings that the step removes, oldest first
	DoneOn     string  // local day on which the user finished it, "" if it is not done
}

// SameSteps reports whether two lists have the same steps.
func SameSteps(a, b []Step) bool {
	return slices.EqualFunc(a, b, func(a, b Step) bool {
		return a.Kind == b.Kind && a.From == b.From && a.To == b.To && slices.Equal(a.Recordings, b.Recordings)
	})
}

// Request is an erasure request about the recordings of one device. While it is a draft, deletions add to it and
// undoing them takes out of it; [Request.Items] has what it asks for now. Sending freezes its steps, law, language and
// letter.
type Request struct {
	ID        int64
	Deletions []int64 // that ask for its recordings, oldest first
	Device    Device
	Merged    []Device // merged into it, which the maker knows as devices of their own
	Status    RequestStatus
	TimeZone  string // IANA name or "Local"; the days of the steps are days of this zone
	Created   time.Time
	SentOn    string     // local day YYYY-MM-DD, "" while a draft
	SentBy    string     // how, in the user's words; "" if not said
	SentAt    time.Time  // by which it was sent at the latest; the zero Time while a draft
	DueOn     string     // local day YYYY-MM-DD; "" while a draft, or if no answer is due
	After     int64      // the newest import when it was last added to: only later ones tell what became of it
	Written   Written    // as its files were last written, or as it was sent
	Outdated  bool       // whether the files have other steps than Steps; only package deletion knows
	Answers   []Answered // by the maker, and notes, in order of their days

	Recordings int
	Gone       int
	StillThere int
	CannotTell int
	Undone     int // recordings that were asked for, and restored or withdrawn since

	Items []Item // oldest first
	Steps []Step // in order of time, as last written or sent
}

// Written is what the files of a request say, apart from its steps. It is zero if none were written and nothing was sent.
type Written struct {
	Folder   string // absolute, "" if there are no files
	Law      string
	Language string
	Letter   string            // as text
	Files    map[string]string // SHA-256 in hex, by name
}

// Item is one recording of a request.
type Item struct {
	Recording int64
	InForce   bool   // whether it is still asked for: its deletion was not undone, nor the request for it withdrawn
	DoneOn    string // local day on which the user finished its step, "" if it is not done
	step      int
}

// SetSteps sets the steps of the request, with the day on which each was done.
func (r *Request) SetSteps(steps []Step) {
	r.Steps = steps
	for i := range steps {
		steps[i].DoneOn = r.doneOn(steps[i].Recordings)
	}
}

// doneOn is the day on which the last of some recordings was done, "" if one of them is not.
func (r *Request) doneOn(recordings []int64) (last string) {
	for _, id := range recordings {
		at, found := slices.BinarySearchFunc(r.Items, id, func(i Item, id int64) int { return cmp.Compare(i.Recording, id) })
		if !found || r.Items[at].DoneOn == "" {
			return ""
		}
		last = max(last, r.Items[at].DoneOn)
	}
	return last
}

// InForce returns the recordings that are still asked for, oldest first.
func (r *Request) InForce() []int64 {
	var ids []int64
	for _, i := range r.Items {
		if i.InForce {
			ids = append(ids, i.Recording)
		}
	}
	return ids
}

// StepsDone counts the steps that are done.
func (r *Request) StepsDone() (n int) {
	for _, s := range r.Steps {
		if s.DoneOn != "" {
			n++
		}
	}
	return n
}

const selectRequests = `SELECT q.id, q.status, q.created, q.time_zone, q.sent_on, q.sent_by, q.sent_at, q.due_on, q.after_import,
	q.folder, q.law, q.language, q.letter, q.files,
	(SELECT json_group_array(deletion_id) FROM (SELECT DISTINCT deletion_id FROM asked i
		WHERE i.request_id = q.id AND (i.in_force OR q.status <> 'draft') ORDER BY deletion_id)),
	(SELECT count(*) FROM asked i WHERE i.request_id = q.id AND (i.in_force OR q.status <> 'draft')),
	(SELECT count(*) FROM asked i WHERE i.request_id = q.id AND i.outcome = 'gone'),
	(SELECT count(*) FROM asked i WHERE i.request_id = q.id AND i.outcome = 'still-there' AND i.in_force),
	(SELECT count(*) FROM asked i WHERE i.request_id = q.id AND i.outcome = 'cannot-tell' AND i.in_force),
	(SELECT count(*) FROM asked i WHERE i.request_id = q.id AND NOT i.in_force AND q.status <> 'draft'),
	` + deviceColumns + `
	FROM requests q JOIN devices d ON d.id = q.device_id`

func scanRequest(rows *sql.Rows) (Request, error) {
	var r Request
	var created, sent int64
	var deletions, files []byte
	err := r.Device.scan(rows, &r.ID, &r.Status, &created, &r.TimeZone, &r.SentOn, &r.SentBy, &sent, &r.DueOn, &r.After,
		&r.Written.Folder, &r.Written.Law, &r.Written.Language, &r.Written.Letter, &files, &deletions,
		&r.Recordings, &r.Gone, &r.StillThere, &r.CannotTell, &r.Undone)
	if err != nil {
		return r, err
	}
	r.Created, r.SentAt = fromMillis(created), fromMillis(sent)
	return r, errors.Join(json.Unmarshal(files, &r.Written.Files), json.Unmarshal(deletions, &r.Deletions))
}

// Requests lists all erasure requests, the newest first.
func (db *DB) Requests(ctx context.Context) ([]Request, error) {
	found, err := all(ctx, db.read, scanRequest, selectRequests+` ORDER BY q.id DESC`)
	for i := range found {
		if err == nil {
			err = complete(ctx, db.read, &found[i])
		}
	}
	if err != nil {
		return nil, fmt.Errorf("list requests: %w", err)
	}
	return found, nil
}

// Request reads one erasure request. It returns an error that wraps [ErrNotFound] if there is none with this id.
func (db *DB) Request(ctx context.Context, id int64) (Request, error) {
	r, err := findRequest(ctx, db.read, id)
	if err != nil {
		return Request{}, fmt.Errorf("request %d: %w", id, err)
	}
	return r, nil
}

func findRequest(ctx context.Context, from querier, id int64) (Request, error) {
	found, err := all(ctx, from, scanRequest, selectRequests+` WHERE q.id = ?`, id)
	if err == nil && len(found) == 0 {
		err = WithRemedy(ErrNotFound, ListRequests)
	}
	if err != nil {
		return Request{}, err
	}
	return found[0], complete(ctx, from, &found[0])
}

// complete reads what several rows tell about a request: its items and steps, its answers, the devices merged into its own.
func complete(ctx context.Context, from querier, r *Request) error {
	items, err := all(ctx, from, func(rows *sql.Rows) (i Item, err error) {
		return i, rows.Scan(&i.Recording, &i.InForce, &i.DoneOn, &i.step)
	}, `SELECT recording_id, in_force, done_on, step FROM asked WHERE request_id = ? ORDER BY recording_id`, r.ID)
	if err != nil {
		return err
	}
	steps, err := all(ctx, from, func(rows *sql.Rows) (s Step, err error) {
		return s, rows.Scan(&s.Kind, &s.From, &s.To)
	}, `SELECT kind, from_day, to_day FROM request_steps WHERE request_id = ? ORDER BY step`, r.ID)
	if err != nil {
		return err
	}
	for _, i := range items {
		if i.step >= 0 && i.step < len(steps) {
			steps[i.step].Recordings = append(steps[i.step].Recordings, i.Recording)
		}
	}
	r.Items = items
	r.SetSteps(steps)
	if r.Answers, err = readAnswers(ctx, from, r.ID); err != nil {
		return err
	}
	r.Merged, err = partsOf(ctx, from, r.Device.ID)
	return err
}

// Moment is one recording of a device as the maker may hold it: live, trashed or purged here.
type Moment struct {
	ID int64
	// Request is what became of it at the maker by the newest request in force that asks for it, NotAsked if there is
	// none. Where the deletion was undone, or the request withdrawn, it counts only if an export showed that the
	// recording is gone.
	Request RequestStatus
}

// Timeline returns all that the maker may hold of a device, the oldest first, whatever became of it here.
func (db *DB) Timeline(ctx context.Context, device int64) ([]Moment, error) {
	found, err := all(ctx, db.read, func(rows *sql.Rows) (Moment, error) {
		var m Moment
		return m, rows.Scan(&m.ID, &m.Request)
	}, `SELECT id, coalesce((SELECT CASE i.outcome WHEN '' THEN q.status ELSE i.outcome END
			FROM asked i JOIN requests q ON q.id = i.request_id
			WHERE i.recording_id = m.id AND (i.in_force OR i.outcome = 'gone') ORDER BY i.request_id DESC LIMIT 1), 'none')
		FROM (SELECT id FROM recordings WHERE device_id = ?1 UNION ALL SELECT id FROM tombstones WHERE device_id = ?1) m
		ORDER BY id`, device)
	if err != nil {
		return nil, fmt.Errorf("read the timeline of a device: %w", err)
	}
	return found, nil
}
