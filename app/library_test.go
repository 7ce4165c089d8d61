package app

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"unsaid/deletion"
	"unsaid/store"
)

// library is an empty library.
func library(t *testing.T) *store.DB {
	t.Helper()
	db, err := store.Open(context.Background(), filepath.Join(t.TempDir(), "unsaid.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// hear imports recordings made up for a device, each a UTC time followed by its words.
func hear(t *testing.T, db *store.DB, vendor string, device store.IncomingDevice, said ...string) {
	t.Helper()
	ctx := context.Background()
	im, err := db.BeginImport(ctx, []string{"synthetic"}, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range said {
		when, words := at(t, s[:len(time.DateTime)]), s[len(time.DateTime)+1:]
		rec := store.Incoming{
			Vendor: vendor, Device: device, Time: when, TimeFrom: store.TimeExact,
			Transcript: words, VendorID: vendor + device.Name + s,
		}
		if vendor == store.Google {
			rec.Domain, _, _ = strings.Cut(device.Name, " (")
		}
		if err := im.Add(ctx, rec); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := im.Finish(ctx, store.ImportDone); err != nil {
		t.Fatal(err)
	}
}

// The devices that Google's exports are sorted into.
var (
	assistant = store.IncomingDevice{Name: "Google Assistant (device not recorded)"}
	gemini    = store.IncomingDevice{Name: "Gemini (device not recorded)"}
)

func find(t *testing.T, db *store.DB, query string) []int64 {
	t.Helper()
	q, err := store.ParseQuery(query, time.Now().UTC())
	if err != nil {
		t.Fatal(err)
	}
	ids, err := db.IDs(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func proposed(t *testing.T, db *store.DB, query string) deletion.Proposal {
	t.Helper()
	p, err := over(db, time.Time{}, "").Propose(context.Background(), find(t, db, query))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// discard deletes what a query finds here, and asks the maker for it if ask is set; it returns the
// requests.
func discard(t *testing.T, db *store.DB, query string, ask bool) []int64 {
	t.Helper()
	_, requests, err := db.Delete(context.Background(), proposed(t, db, query).Order(query, true, ask))
	if err != nil {
		t.Fatal(err)
	}
	return requests
}

// markSent notes that a draft was sent at a moment, with the steps that it has now, and with a day on which an answer is due.
func markSent(t testing.TB, db *store.DB, id int64, when time.Time, due string) {
	t.Helper()
	r, err := over(db, time.Time{}, "").Request(context.Background(), id)
	if err == nil {
		err = db.MarkSent(context.Background(), id, store.Sending{
			On: store.DayOf(when, time.UTC).String(), At: when, Due: due, Steps: r.Steps, Written: r.Written,
		})
	}
	if err != nil {
		t.Fatal(err)
	}
}

// outlineOf tells the steps of a proposal, a line for each device.
func outlineOf(p deletion.Proposal) []string {
	var lines []string
	for _, d := range p.Devices {
		name, _, _ := strings.Cut(d.Device.Name, " (")
		lines = append(lines, name+": "+strings.Join(stepsOf(d.Steps), ", "))
	}
	slices.Sort(lines)
	return lines
}

func stepsOf(steps []store.Step) []string {
	var list []string
	for _, s := range steps {
		step := string(s.Kind)
		if s.Kind == store.DayRange {
			step += " " + s.From + " " + s.To
		}
		list = append(list, step)
	}
	return list
}

// over is the app of a library, at a time, that writes requests into a folder.
func over(db *store.DB, now time.Time, dir string) *App {
	return &App{DB: db, Zone: time.UTC, Now: func() time.Time { return now }, RequestsDir: dir}
}

// at returns an instant of a UTC time such as 2025-03-01 18:42:07.
func at(t *testing.T, when string) time.Time {
	t.Helper()
	instant, err := time.ParseInLocation(time.DateTime, when, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	return instant
}
