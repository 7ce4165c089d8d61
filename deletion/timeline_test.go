package deletion

import (
	"context"
	"encoding/json"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

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
		when, words := at(t, time.UTC, s[:len(time.DateTime)]), s[len(time.DateTime)+1:]
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

func propose(t *testing.T, db *store.DB, query string) Proposal {
	t.Helper()
	p, err := Propose(context.Background(), db, find(t, db, query), time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// discard deletes what a query finds here, and asks the maker for it if ask is set; it returns the
// requests.
func discard(t *testing.T, db *store.DB, query string, ask bool) []int64 {
	t.Helper()
	_, requests, err := db.Delete(context.Background(), propose(t, db, query).Order(query, true, ask))
	if err != nil {
		t.Fatal(err)
	}
	return requests
}

// outlineOf tells the steps of a proposal, a line for each device.
func outlineOf(p Proposal) []string {
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

func TestProposeForAMakerWhoseRangesTakeEveryDevice(t *testing.T) {
	spoken := []string{
		"2025-03-01 10:00:00 one", "2025-03-01 11:00:00 one", "2025-03-03 10:00:00 one", "2025-03-03 12:00:00 two", "2025-03-05 10:00:00 two",
	}
	for _, c := range []struct {
		name     string
		prompted []string // on the account's other device
		before   func(t *testing.T, db *store.DB)
		query    string
		want     []string
	}{
		{
			name: "one device alone", query: "before:2025-03-03",
			want: []string{"Google Assistant: range 2025-03-01 2025-03-01"},
		},
		{
			name: "across days on which there is nothing", query: "before:2025-03-04",
			want: []string{"Google Assistant: range 2025-03-01 2025-03-03"},
		},
		{
			name: "the other device is in the way of its day alone", query: "before:2025-03-04 device:assistant",
			prompted: []string{"2025-03-03 23:59:59 other"},
			want:     []string{"Google Assistant: range 2025-03-01 2025-03-01, single, single"},
		},
		{
			name: "the other device is in the way of a day between", query: "before:2025-03-04 device:assistant",
			prompted: []string{"2025-03-02 10:00:00 other"},
			want:     []string{"Google Assistant: range 2025-03-01 2025-03-01, range 2025-03-03 2025-03-03"},
		},
		{
			name: "both devices chosen", query: "before:2025-03-04",
			prompted: []string{"2025-03-01 09:00:00 other", "2025-03-02 10:00:00 other"},
			want: []string{
				"Gemini: range 2025-03-01 2025-03-02",
				"Google Assistant: range 2025-03-01 2025-03-03",
			},
		},
		{
			name: "the other device was asked for before", query: "before:2025-03-04 device:assistant",
			prompted: []string{"2025-03-02 10:00:00 other"},
			before:   func(t *testing.T, db *store.DB) { discard(t, db, "device:gemini", true) },
			want:     []string{"Google Assistant: range 2025-03-01 2025-03-03"},
		},
		{
			name: "the other device was deleted here alone", query: "before:2025-03-04 device:assistant",
			prompted: []string{"2025-03-02 10:00:00 other"},
			before:   func(t *testing.T, db *store.DB) { discard(t, db, "device:gemini", false) },
			want:     []string{"Google Assistant: range 2025-03-01 2025-03-01, range 2025-03-03 2025-03-03"},
		},
		{
			name: "what was purged without asking is in the way, too", query: "before:2025-03-04 device:assistant",
			prompted: []string{"2025-03-02 10:00:00 other"},
			before: func(t *testing.T, db *store.DB) {
				discard(t, db, "device:gemini", false)
				if _, err := db.Purge(context.Background(), 0, nil); err != nil {
					t.Fatal(err)
				}
			},
			want: []string{"Google Assistant: range 2025-03-01 2025-03-01, range 2025-03-03 2025-03-03"},
		},
		{
			name: "another maker is not in the way", query: "before:2025-03-04 source:google",
			before: func(t *testing.T, db *store.DB) {
				hear(t, db, store.Amazon, store.IncomingDevice{Name: "Kitchen", Serial: "G1"}, "2025-03-02 10:00:00 other")
			},
			want: []string{"Google Assistant: range 2025-03-01 2025-03-03"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			db := library(t)
			hear(t, db, store.Google, assistant, spoken...)
			hear(t, db, store.Google, gemini, c.prompted...)
			if c.before != nil {
				c.before(t, db)
			}
			if got := outlineOf(propose(t, db, c.query)); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// account draws the timelines of an account's devices, and which of it is chosen.
func account(t *rapid.T, most int) (devices [][]store.Moment, chosen map[int64]bool) {
	devices, chosen = make([][]store.Moment, 3), map[int64]bool{}
	for _, m := range drawnTimelines(most).Draw(t, "timeline") {
		at := rapid.IntRange(0, len(devices)-1).Draw(t, "device")
		stands := store.NotAsked
		if m.Role == Free {
			stands = rapid.SampledFrom([]store.RequestStatus{store.Draft, store.Sent, store.Gone, store.StillThere, store.CannotTell}).Draw(t, "request")
		}
		devices[at] = append(devices[at], store.Moment{ID: m.ID, Request: stands})
		if m.Role == Chosen || stands != store.NotAsked && rapid.Bool().Draw(t, "chosen again") {
			chosen[m.ID] = true
		}
	}
	return devices, chosen
}

// mayGo and mustGo say what the steps may and have to do with a recording, in the words of the rule.
func mayGo(m store.Moment, chosen map[int64]bool) bool {
	return chosen[m.ID] || m.Request != store.NotAsked
}

func mustGo(m store.Moment, chosen map[int64]bool) bool {
	return chosen[m.ID] && (m.Request == store.NotAsked || m.Request == store.StillThere)
}

// planAccount plans each of the devices, and returns the plans along with the timelines they were
// made from.
func planAccount(devices [][]store.Moment, chosen map[int64]bool, z *time.Location) (plans [][]store.Step, timelines [][]Moment) {
	for i, own := range devices {
		var others []store.Moment
		for j, moments := range devices {
			if i != j {
				others = append(others, moments...)
			}
		}
		timeline := gather(own, others, chosen)
		timelines = append(timelines, timeline)
		plans = append(plans, Plan(timeline, z, AbilitiesOf(store.Google)))
	}
	return plans, timelines
}

// A range takes every device of the account, whichever of their requests it is a step of.
func TestPlansOfAnAccountRemoveExactlyTheChosen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		devices, chosen := account(t, 40)
		z := draw(t)
		plans, _ := planAccount(devices, chosen, z)
		for i, own := range devices {
			named := map[int64]int{}
			for _, step := range plans[i] {
				checkShape(t, step, AbilitiesOf(store.Google))
				for _, id := range step.Recordings {
					named[id]++
				}
			}
			for _, m := range own {
				want := 0
				if mustGo(m, chosen) {
					want = 1
				}
				if named[m.ID] != want {
					t.Fatalf("%v is named by %d steps, want %d: %v", m, named[m.ID], want, plans[i])
				}
				delete(named, m.ID)
			}
			if len(named) > 0 {
				t.Fatalf("steps of device %d name others' recordings: %v", i, named)
			}
			for _, step := range plans[i] {
				for _, m := range slices.Concat(devices...) {
					if !mayGo(m, chosen) && removes(step, Moment{ID: m.ID}, z) {
						t.Fatalf("step %v of device %d removes %v, which is not chosen", step, i, m)
					}
					if step.Kind == store.DayRange && m.ID>>20 == 0 && !mayGo(m, chosen) {
						t.Fatalf("range %v may remove %v, whose day is not known", step, m)
					}
				}
			}
		}
	})
}

func TestPlansOfAnAccountAreShortest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		devices, chosen := account(t, 10)
		z := draw(t)
		plans, timelines := planAccount(devices, chosen, z)
		for i, plan := range plans {
			if want := shortest(timelines[i], z, AbilitiesOf(store.Google)); len(plan) != want {
				t.Fatalf("device %d: %d steps, but %d are enough: %v", i, len(plan), want, plan)
			}
		}
	})
}

// A later import may show that a day was not full. What is written then must not ask for it.
func TestWriteRequestPlansByWhatIsKnownNow(t *testing.T) {
	ctx, now := context.Background(), time.Date(2025, 4, 3, 10, 0, 0, 0, time.UTC)
	kitchen := store.IncomingDevice{Name: "Kitchen", Serial: "G1", Type: "A1"}
	for _, c := range []struct {
		name   string
		vendor string
		device store.IncomingDevice
		late   store.IncomingDevice
		before string
		after  []string
	}{
		{"a device that was whole", store.Amazon, kitchen, kitchen, "device", []string{"single", "single"}},
		{"a range of an account", store.Google, assistant, gemini, "range 2025-03-01 2025-03-01", []string{"single", "single"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			db := library(t)
			hear(t, db, c.vendor, c.device, "2025-03-01 10:00:00 one", "2025-03-01 11:00:00 two")
			request := discard(t, db, "on:2025-03-01", true)[0]
			req, err := db.Request(ctx, request)
			if err != nil || !reflect.DeepEqual(stepsOf(req.Steps), []string{c.before}) {
				t.Fatalf("drafted %v, %v", stepsOf(req.Steps), err)
			}
			hear(t, db, c.vendor, c.late, "2025-03-01 12:00:00 late")
			folder, err := Correspondence{}.WriteRequest(ctx, db, request, t.TempDir(), now)
			if err != nil {
				t.Fatal(err)
			}
			if got := manifestSteps(t, folder); !slices.Equal(got, c.after) {
				t.Errorf("written steps %v, want %v", got, c.after)
			}
		})
	}
}

// manifestSteps reads the kinds of the steps out of a written folder.
func manifestSteps(t *testing.T, folder string) []string {
	t.Helper()
	var kinds []string
	for _, step := range readManifest(t, folder).Steps {
		kinds = append(kinds, string(step.Kind))
	}
	return kinds
}

// What is said takes the whole account, so it is offered only where all of that is asked for.
func TestPhraseIsNeverOfferedWhereItWouldTakeMore(t *testing.T) {
	now := time.Date(2025, 3, 5, 20, 0, 0, 0, time.UTC)
	kitchen := store.IncomingDevice{Name: "Kitchen", Serial: "G1", Type: "A1"}
	bedroom := store.IncomingDevice{Name: "Bedroom", Serial: "G2", Type: "A1"}
	today := []string{"2025-03-05 08:00:00 one", "2025-03-05 09:00:00 two"}
	earlier := []string{"2025-03-01 08:00:00 one", "2025-03-01 09:00:00 two"}
	for _, c := range []struct {
		name   string
		vendor string
		heard  map[store.IncomingDevice][]string
		before string // query of what is deleted here beforehand, without asking
		query  string
		want   string // "" for no phrase
	}{
		{"all of the only device", store.Amazon, map[store.IncomingDevice][]string{kitchen: earlier}, "", "device:kitchen", "everything I've ever said"},
		{"today on the only device", store.Amazon, map[store.IncomingDevice][]string{kitchen: slices.Concat(earlier, today)}, "", "on:2025-03-05", "everything I said today"},
		{"another day", store.Amazon, map[store.IncomingDevice][]string{kitchen: slices.Concat(earlier, today)}, "", "on:2025-03-01", ""},
		{"today and another day", store.Amazon, map[store.IncomingDevice][]string{kitchen: slices.Concat([]string{"2025-02-01 08:00:00 x"}, earlier, today)}, "", "after:2025-03-01", ""},
		{"part of today", store.Amazon, map[store.IncomingDevice][]string{kitchen: slices.Concat(earlier, today)}, "", "on:2025-03-05 hour:8", ""},
		{"today, with another device", store.Amazon, map[store.IncomingDevice][]string{kitchen: slices.Concat(earlier, today), bedroom: earlier}, "", "on:2025-03-05", ""},
		{"all, with another device", store.Amazon, map[store.IncomingDevice][]string{kitchen: earlier, bedroom: earlier}, "", "device:kitchen", ""},
		{"all, with another device that was deleted here alone", store.Amazon, map[store.IncomingDevice][]string{kitchen: earlier, bedroom: earlier}, "device:bedroom", "device:kitchen", ""},
		{"today at Google", store.Google, map[store.IncomingDevice][]string{assistant: slices.Concat(earlier, today)}, "", "on:2025-03-05", "today's activity"},
		{"today at Google, with Gemini elsewhere", store.Google, map[store.IncomingDevice][]string{assistant: slices.Concat(earlier, today), gemini: earlier}, "", "on:2025-03-05", "today's activity"},
		{"today at Google, with Gemini in the way", store.Google, map[store.IncomingDevice][]string{assistant: slices.Concat(earlier, today), gemini: today}, "", "on:2025-03-05 device:assistant", ""},
		{"Gemini, which no phrase is known for", store.Google, map[store.IncomingDevice][]string{gemini: slices.Concat(earlier, today)}, "", "on:2025-03-05", ""},
		{"everything at Google", store.Google, map[store.IncomingDevice][]string{assistant: slices.Concat(earlier, today)}, "", "source:google", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			db := library(t)
			for device, said := range c.heard {
				hear(t, db, c.vendor, device, said...)
			}
			if c.before != "" {
				discard(t, db, c.before, false)
			}
			request := discard(t, db, c.query, true)[0]
			folder, err := Correspondence{}.WriteRequest(context.Background(), db, request, t.TempDir(), now)
			if err != nil {
				t.Fatal(err)
			}
			guide := readFolder(t, folder)["request.md"]
			offered := strings.Contains(guide, "say: “")
			if offered != (c.want != "") || !strings.Contains(guide, c.want) {
				t.Errorf("want the phrase %q in:\n%s", c.want, guide)
			}
		})
	}
}

func TestSpanPassesOverUnknownTimes(t *testing.T) {
	first, last := time.UnixMilli(1_700_000_000_000).UTC(), time.UnixMilli(1_700_000_900_000).UTC()
	d := DeviceProposal{Selection: store.Selection{IDs: []int64{3, store.MakeID(first, 0), store.MakeID(last, 0)}}}
	if from, to := d.Span(); !from.Equal(first) || !to.Equal(last) {
		t.Errorf("from %v to %v", from, to)
	}
	d.IDs = d.IDs[:1]
	if from, to := d.Span(); !from.IsZero() || !to.IsZero() {
		t.Errorf("of unknown time: from %v to %v", from, to)
	}
}

func readManifest(t *testing.T, folder string) Manifest {
	t.Helper()
	var m Manifest
	if err := json.Unmarshal([]byte(readFolder(t, folder)["manifest.json"]), &m); err != nil {
		t.Fatal(err)
	}
	return m
}
