package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// household is what the library should hold: to which device each recording was said, and which devices are
// parts of others.
type household struct {
	said  map[int64]string    // by recording
	ids   map[string]int64    // of the devices
	part  map[string]string   // of what a device is a part
	again []map[string]string // part before each change in force
	redo  []map[string]string // part before each undo
}

func (h *household) root(device string) string {
	for h.part[device] != "" {
		device = h.part[device]
	}
	return device
}

func (h *household) change(device, into string) {
	h.again, h.redo = append(h.again, h.part), nil
	h.set(device, into)
}

func (h *household) set(device, into string) {
	part := map[string]string{device: into}
	for from, to := range h.part {
		if from != device {
			part[from] = to
		}
	}
	h.part = part
}

// However devices are merged and split, with imports in between, each recording is of the
// device that its export names, or of the one that this is merged into.
func TestMergesAndSplits(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		db, ctx := open(t), context.Background()
		names := []string{"Attic", "Bedroom", "Kitchen", "Office"}
		h := household{said: map[int64]string{}, ids: map[string]int64{}, part: map[string]string{}}
		minute := 0
		var begin []Incoming
		for _, name := range names {
			begin = append(begin, said(name, "2025-02-01 10:00:00", name+" begins"))
		}
		importAll(t, db, begin...)
		devices, err := db.DevicesOf(ctx, 1)
		if err != nil {
			rt.Fatal(err)
		}
		for _, d := range devices {
			h.ids[d.Name] = d.ID
			h.said[idsOf(t, db, `"`+d.Name+` begins"`)[0]] = d.Name
		}
		device := rapid.SampledFrom(names)
		rt.Repeat(map[string]func(*rapid.T){
			"import": func(rt *rapid.T) {
				name := device.Draw(rt, "device")
				minute++
				importAll(t, db, said(name, fmt.Sprintf("2025-03-01 %02d:%02d:00", 10+minute/60, minute%60), fmt.Sprintf("number n%d", minute)))
				h.said[idsOf(t, db, fmt.Sprintf("n%d", minute))[0]] = name
			},
			"merge": func(rt *rapid.T) {
				from, into := device.Draw(rt, "device"), device.Draw(rt, "into")
				_, err := db.MergeDevices(ctx, h.ids[from], h.ids[into])
				if allowed := from != into && h.part[from] == "" && h.part[into] == ""; allowed != (err == nil) {
					rt.Fatalf("merge %s into %s: %v", from, into, err)
				}
				if err == nil {
					h.change(from, into)
				}
			},
			"split": func(rt *rapid.T) {
				from := device.Draw(rt, "device")
				_, err := db.SplitDevice(ctx, h.ids[from])
				if (h.part[from] != "") != (err == nil) || err != nil && !errors.Is(err, ErrNotFound) {
					rt.Fatalf("split %s off: %v", from, err)
				}
				if err == nil {
					h.change(from, "")
				}
			},
			"undo": func(rt *rapid.T) {
				_, err := db.Undo(ctx, 0, false)
				if (err == nil) != (len(h.again) > 0) || err != nil && !errors.Is(err, ErrNothingToUndo) {
					rt.Fatalf("undo: %v", err)
				}
				if err != nil {
					rt.Skip()
				}
				last := len(h.again) - 1
				h.redo = append(h.redo, h.part)
				h.part, h.again = h.again[last], h.again[:last]
			},
			"redo": func(rt *rapid.T) {
				_, err := db.Redo(ctx, unasked)
				if (err == nil) != (len(h.redo) > 0) || err != nil && !errors.Is(err, ErrNothingToRedo) {
					rt.Fatalf("redo: %v", err)
				}
				if err != nil {
					rt.Skip()
				}
				last := len(h.redo) - 1
				h.again = append(h.again, h.part)
				h.part, h.redo = h.redo[last], h.redo[:last]
			},
			"": func(rt *rapid.T) {
				ids, err := db.IDs(ctx, Query{})
				if err != nil || len(ids) != len(h.said) {
					rt.Fatalf("%d recordings of %d, %v", len(ids), len(h.said), err)
				}
				recs, err := db.Recordings(ctx, ids)
				if err != nil {
					rt.Fatal(err)
				}
				for _, r := range recs {
					if want := h.root(h.said[r.ID]); r.Device.Name != want {
						rt.Fatalf("%s, said to %s, is %s's, not %s's", r.Transcript, h.said[r.ID], r.Device.Name, want)
					}
				}
			},
		})
	})
}

// What a request asks for both as one is not torn apart.
func TestASplitLeavesRequestsWhole(t *testing.T) {
	db, ctx := open(t), context.Background()
	importAll(t, db, said("Kitchen", "2025-03-01 10:00:00", "one"), said("Hall", "2025-03-01 11:00:00", "two"), said("Hall", "2025-03-01 12:00:00", "three"))
	devices, err := db.DevicesOf(ctx, 1)
	if err != nil {
		t.Fatal(err)
	}
	kitchen, hall := devices[0].ID, devices[1].ID
	ask := func(device int64, query string) (Deletion, []int64) {
		t.Helper()
		ids := idsOf(t, db, query)
		d, requests, err := db.Delete(ctx, Order{
			IDs: ids, Local: true, TimeZone: "UTC",
			Requests: []DeviceRequest{{device, ids}},
		})
		if err != nil {
			t.Fatal(err)
		}
		return d, requests
	}
	_, before := ask(hall, "three")
	if _, err := db.MergeDevices(ctx, hall, kitchen); err != nil {
		t.Fatal(err)
	}
	both, after := ask(kitchen, "before:2026")
	if after[0] != before[0] {
		t.Errorf("the merged device has two drafts, %d and %d", before[0], after[0])
	}
	send(t, db, after[0], "2025-03-02")
	if _, err := db.SplitDevice(ctx, hall); !errors.Is(err, ErrAskedTogether) {
		t.Errorf("a request is about both: %v", err)
	}
	if _, err := db.Purge(ctx, both.ID, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := db.SplitDevice(ctx, hall); !errors.Is(err, ErrAskedTogether) {
		t.Errorf("a request is about both, of which nothing is left here: %v", err)
	}
	if r, err := db.Request(ctx, before[0]); err != nil || r.Device.ID != kitchen {
		t.Errorf("merged: %+v, %v", r.Device, err)
	}
	// The merge cannot be undone any more, and does not keep what was done before it from being undone.
	undone, err := db.Undo(ctx, 0, true)
	if err != nil || undone.Kind != RecordingsDeleted {
		t.Errorf("undo after the purge: %+v, %v", undone, err)
	}
	if undo, _, err := db.Reversible(ctx); undo || err != nil {
		t.Errorf("the merge is still to be undone: %v", err)
	}
}

// A request that was sent outlives the undo of its deletion, and only taking it back lets the devices part.
func TestASplitWaitsForASentRequestOfAnUndoneDeletion(t *testing.T) {
	db, ctx := open(t), context.Background()
	importAll(t, db, said("Kitchen", "2025-03-01 10:00:00", "one"), said("Hall", "2025-03-01 11:00:00", "two"))
	devices, err := db.DevicesOf(ctx, 1)
	if err != nil {
		t.Fatal(err)
	}
	kitchen, hall := devices[0].ID, devices[1].ID
	if _, err := db.MergeDevices(ctx, hall, kitchen); err != nil {
		t.Fatal(err)
	}
	ids := idsOf(t, db, "")
	deleted, requests, err := db.Delete(ctx, Order{
		IDs: ids, Local: true, TimeZone: "UTC",
		Requests: []DeviceRequest{{kitchen, ids}},
	})
	if err != nil {
		t.Fatal(err)
	}
	send(t, db, requests[0], "2025-03-02")
	refused := func(says string, remedy Remedy) {
		t.Helper()
		_, err := db.SplitDevice(ctx, hall)
		if !errors.Is(err, ErrAskedTogether) || !strings.Contains(err.Error(), says) || RemedyOf(err) != remedy {
			t.Errorf("got %v with the remedy %q, want %q and %q", err, RemedyOf(err), says, remedy)
		}
	}
	refused("undo its deletion first", "")
	if _, err := db.Undo(ctx, deleted.ID, true); err != nil {
		t.Fatal(err)
	}
	refused("its deletion was undone", MarkDraft)
	if _, err := db.MarkDraft(ctx, requests[0]); err != nil {
		t.Fatal(err)
	}
	if _, err := db.SplitDevice(ctx, hall); err != nil {
		t.Error(err)
	}
}

// A split takes with it what was purged, and the request that was made before the merge.
func TestASplitTakesAllOfTheDevice(t *testing.T) {
	db, ctx := open(t), context.Background()
	recs := []Incoming{row("2025-03-01 10:00:00", "one"), said("Hall", "2025-03-01 11:00:00", "two"), said("Hall", "2025-03-01 12:00:00", "three")}
	importAll(t, db, recs...)
	devices, err := db.DevicesOf(ctx, 1)
	if err != nil {
		t.Fatal(err)
	}
	kitchen, hall := devices[0].ID, devices[1].ID
	deleteAll(t, db, "one") // with a request for the Kitchen
	if _, err := db.MergeDevices(ctx, kitchen, hall); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Purge(ctx, 0, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := db.SplitDevice(ctx, kitchen); err != nil {
		t.Fatal(err)
	}
	stones, err := db.Tombstones(ctx, -1, 0)
	if err != nil || len(stones) != 1 || stones[0].Device.ID != kitchen {
		t.Errorf("tombstones: %+v, %v", stones, err)
	}
	requests, err := db.Requests(ctx)
	if err != nil || len(requests) != 1 || requests[0].Device.ID != kitchen {
		t.Errorf("requests: %+v, %v", requests, err)
	}
	if report := importAll(t, db, recs...); report.Added > 0 || report.Doubtful != 1 {
		t.Errorf("what was purged came back: %+v", report.ImportCounts)
	}
	if report, err := db.Check(ctx); err != nil || !report.Sound() {
		t.Errorf("%+v, %v", report, err)
	}
}
