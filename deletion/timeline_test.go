package deletion

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"unsaid/store"
)

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
		timeline := gather(store.Device{Vendor: store.Google}, own, others, chosen)
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
