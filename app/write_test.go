package app

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"unsaid/deletion"
	"unsaid/store"
)

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
			req, err := over(db, now, "").Request(ctx, request)
			if err != nil || !reflect.DeepEqual(stepsOf(req.Steps), []string{c.before}) {
				t.Fatalf("drafted %v, %v", stepsOf(req.Steps), err)
			}
			hear(t, db, c.vendor, c.late, "2025-03-01 12:00:00 late")
			folder, err := over(db, now, t.TempDir()).WriteRequest(ctx, request)
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
			folder, err := over(db, now, t.TempDir()).WriteRequest(context.Background(), request)
			if err != nil {
				t.Fatal(err)
			}
			guide := string(readFile(t, folder, "request.md"))
			offered := strings.Contains(guide, "say: “")
			if offered != (c.want != "") || !strings.Contains(guide, c.want) {
				t.Errorf("want the phrase %q in:\n%s", c.want, guide)
			}
		})
	}
}

func readManifest(t *testing.T, folder string) deletion.Manifest {
	t.Helper()
	var m deletion.Manifest
	if err := json.Unmarshal(readFile(t, folder, "manifest.json"), &m); err != nil {
		t.Fatal(err)
	}
	return m
}

func readFile(t *testing.T, folder, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	return content
}
