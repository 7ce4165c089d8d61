package deletion

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

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
			Time: at(t, time.UTC, s[0]+" 12:00:00"), TimeFrom: store.TimeExact, Transcript: "hello",
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
	if got, err := Suggest(context.Background(), db, now); err != nil || len(got) > 0 {
		t.Errorf("an empty library suggests %v, %v", got, err)
	}
	told(t, db, "Kitchen",
		[2]string{"2024-04-02", "Anna"}, [2]string{"2024-04-03", "Annabelle"}, [2]string{"2025-01-02", ""}, [2]string{"2025-01-03", "Jean Luc O'Hara"},
		[2]string{"2025-04-01", `the "voice"`}, [2]string{"2025-04-02", "\u202eevil"},
	)
	got, err := Suggest(context.Background(), db, now)
	if err != nil {
		t.Fatal(err)
	}
	want := []Suggestion{
		{"everything unintended", "is:unintended", 1},
		{"everything older than 1 year", "before:2024-04-03", 1},
		{"everything older than 90 days", "before:2025-01-03", 3},
		{"everything from Anna and Annabelle", "person:Anna", 2},
		{"everything from Annabelle", "person:Annabelle", 1},
		{"everything from Jean Luc O'Hara", `person:"Jean Luc O'Hara"`, 1},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestSuggestNamesOnlySoManyPeople(t *testing.T) {
	var people []string
	for i := range 3 * mostPeople {
		people = append(people, fmt.Sprintf("Person %d", i))
	}
	list := suggestions(people, time.Now())
	if n := len(slices.DeleteFunc(list, func(s Suggestion) bool { return !strings.HasPrefix(s.Query, "person:") })); n != mostPeople {
		t.Errorf("%d people", n)
	}
}

// A name from an export makes exactly one term of a query, whatever it contains.
func TestConditionIsOneTerm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.OneOf(rapid.String(), rapid.SampledFrom(hostile), rapid.StringMatching(`=?[a-z"\\: -]{0,12}`)).Draw(t, "name")
		term, ok := condition("person", name)
		if !ok {
			return
		}
		// A second term with an unknown field makes the query fail, and the error says where the first
		// term ends.
		_, err := store.ParseQuery(term+" nonsense:x", time.Now())
		var wrong *store.QueryError
		if !errors.As(err, &wrong) || wrong.At != len(term)+1 || wrong.Term != "nonsense:x" {
			t.Fatalf("%q becomes %q, which is read differently: %v", name, term, err)
		}
	})
}

func TestOutdated(t *testing.T) {
	db := library(t)
	now := time.Date(2025, 4, 3, 10, 0, 0, 0, time.UTC)
	told(t, db, "Kitchen", [2]string{"2025-01-02", ""}, [2]string{"2025-01-03", ""}, [2]string{"2025-04-01", ""})
	told(t, db, "Bed room", [2]string{"2025-01-01", ""}, [2]string{"2025-04-02", ""})
	for _, c := range []struct {
		name  string
		rules []Rule
		want  []Suggestion
	}{
		{"no rules", nil, nil},
		{"all devices", []Rule{{Days: 90}}, []Suggestion{{"everything older than 90 days", "before:2025-01-03", 2}}},
		{
			"a device",
			[]Rule{{Device: "kitchen", Days: 89}},
			[]Suggestion{{"kitchen: older than 89 days", "device:kitchen before:2025-01-04", 2}},
		},
		{
			"a device with a space, one day",
			[]Rule{{Device: "bed room", Days: 1}},
			[]Suggestion{{"bed room: older than 1 day", `device:"bed room" before:2025-04-02`, 1}},
		},
		{"nothing due", []Rule{{Days: 1000}, {Device: "attic", Days: 1}}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Outdated(context.Background(), db, c.rules, now)
			if err != nil || !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %v, %v; want %v", got, err, c.want)
			}
		})
	}
	if n := len(find(t, db, "")); n != 5 {
		t.Errorf("rules left %d of 5 recordings", n)
	}
}

// The day is that of the user, not of UTC.
func TestOutdatedCountsLocalDays(t *testing.T) {
	now := time.Date(2025, 4, 3, 23, 30, 0, 0, time.UTC).In(zone(t, "Pacific/Auckland")) // the 4th
	if got := (Rule{Days: 2}).suggestion(now).Query; got != "before:2025-04-02" {
		t.Errorf("got %s", got)
	}
}

func TestRuleCheck(t *testing.T) {
	for _, r := range []Rule{{}, {Days: -1}, {Days: maxDays + 1}, {Device: `a "b"`, Days: 1}, {Device: "a\nb", Days: 1}} {
		if err := r.Check(); err == nil {
			t.Errorf("%+v is accepted", r)
		}
		if _, err := Outdated(context.Background(), nil, []Rule{r}, time.Now()); err == nil {
			t.Errorf("%+v is acted upon", r)
		}
	}
	for _, days := range []int{1, maxDays} {
		s := Rule{Device: "Kitchen", Days: days}.suggestion(time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC))
		if _, err := store.ParseQuery(s.Query, time.Now()); err != nil {
			t.Errorf("%d days: %v", days, err)
		}
	}
}
