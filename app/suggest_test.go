package app

import (
	"context"
	"fmt"
	"reflect"
	"testing"
	"time"

	"unsaid/deletion"
	"unsaid/store"
)

// told imports recordings of people, each with a day and a name, on a device.
func told(t *testing.T, db *store.DB, device string, said ...[2]string) {
	t.Helper()
	ctx := context.Background()
	im, err := db.BeginImport(ctx, []string{"synthetic"}, false)
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range said {
		rec := store.Incoming{
			Vendor: store.Amazon, Device: store.IncomingDevice{Name: device, Serial: device},
			Time: at(t, s[0]+" 12:00:00"), TimeFrom: store.TimeExact, Transcript: "hello",
			VendorID: fmt.Sprint(device, i), Unintended: s[1] == "",
		}
		if s[1] != "" {
			rec.People = []store.IncomingPerson{{Name: s[1]}}
		}
		if err := im.Add(ctx, rec); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := im.Finish(ctx, store.ImportDone); err != nil {
		t.Fatal(err)
	}
}

func TestSuggest(t *testing.T) {
	db := library(t)
	now := time.Date(2025, 4, 3, 10, 0, 0, 0, time.UTC)
	if got, err := over(db, now, "").Suggest(context.Background()); err != nil || len(got) > 0 {
		t.Errorf("an empty library suggests %v, %v", got, err)
	}
	told(t, db, "Kitchen",
		[2]string{"2024-04-02", "Anna"}, [2]string{"2024-04-03", "Annabelle"}, [2]string{"2025-01-02", ""}, [2]string{"2025-01-03", "Jean Luc O'Hara"},
		[2]string{"2025-04-01", `the "voice"`}, [2]string{"2025-04-02", "\u202eevil"},
	)
	got, err := over(db, now, "").Suggest(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	want := []deletion.Suggestion{
		{Title: "everything unintended", Query: "is:unintended", Recordings: 1},
		{Title: "everything older than 1 year", Query: "before:2024-04-03", Recordings: 1},
		{Title: "everything older than 90 days", Query: "before:2025-01-03", Recordings: 3},
		{Title: "everything from Anna and Annabelle", Query: "person:Anna", Recordings: 2},
		{Title: "everything from Annabelle", Query: "person:Annabelle", Recordings: 1},
		{Title: "everything from Jean Luc O'Hara", Query: `person:"Jean Luc O'Hara"`, Recordings: 1},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestDue(t *testing.T) {
	db := library(t)
	now := time.Date(2025, 4, 3, 10, 0, 0, 0, time.UTC)
	told(t, db, "Kitchen", [2]string{"2025-01-02", ""}, [2]string{"2025-01-03", ""}, [2]string{"2025-04-01", ""})
	told(t, db, "Bed room", [2]string{"2025-01-01", ""}, [2]string{"2025-04-02", ""})
	for _, c := range []struct {
		name  string
		rules []deletion.Rule
		want  []deletion.Suggestion
	}{
		{"no rules", nil, nil},
		{"all devices", []deletion.Rule{{Days: 90}}, []deletion.Suggestion{{Title: "everything older than 90 days", Query: "before:2025-01-03", Recordings: 2, Due: true}}},
		{
			"a device",
			[]deletion.Rule{{Device: "kitchen", Days: 89}},
			[]deletion.Suggestion{{Title: "kitchen: older than 89 days", Query: "device:kitchen before:2025-01-04", Recordings: 2, Due: true}},
		},
		{
			"a device with a space, one day",
			[]deletion.Rule{{Device: "bed room", Days: 1}},
			[]deletion.Suggestion{{Title: "bed room: older than 1 day", Query: `device:"bed room" before:2025-04-02`, Recordings: 1, Due: true}},
		},
		{"nothing due", []deletion.Rule{{Days: 1000}, {Device: "attic", Days: 1}}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := over(db, now, "")
			a.Keep = c.rules
			got, err := a.Due(context.Background())
			if err != nil || !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %v, %v; want %v", got, err, c.want)
			}
		})
	}
	if n := len(find(t, db, "")); n != 5 {
		t.Errorf("rules left %d of 5 recordings", n)
	}
}
