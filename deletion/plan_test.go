package deletion

import (
	"math/bits"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"unsaid/store"
)

// zones have clocks that change at different hours, lead or lag by half hours, skip a day (Apia,
// 30 December 2011), skip midnight (São Paulo), or go back across it (St. John's, at 00:01).
var zones = []string{
	"UTC", "Europe/Berlin", "America/New_York", "Pacific/Apia", "Asia/Kolkata",
	"Australia/Lord_Howe", "America/Sao_Paulo", "America/St_Johns",
}

// changes are instants round which the clocks of one of the zones change.
var changes = []string{
	"2025-03-30T01:00:00Z", "2025-10-26T01:00:00Z", // Berlin
	"2025-03-09T07:00:00Z", "2025-11-02T06:00:00Z", // New York
	"2011-12-30T10:00:00Z",                         // Apia
	"2018-11-04T03:00:00Z", "2018-02-18T02:00:00Z", // São Paulo
	"2010-11-07T02:31:00Z", // St. John's
}

// drawnTimelines draws timelines of up to n recordings within some days of a change of clocks, so that
// days are often full. Some recordings are of unknown time.
func drawnTimelines(n int) *rapid.Generator[[]Moment] {
	return rapid.Custom(func(t *rapid.T) []Moment {
		change, err := time.Parse(time.RFC3339, rapid.SampledFrom(changes).Draw(t, "change"))
		if err != nil {
			t.Fatal(err)
		}
		common := rapid.Float64Range(0, 1).Draw(t, "share chosen")
		var timeline []Moment
		for i := range rapid.IntRange(0, n).Draw(t, "recordings") {
			var m Moment
			if rapid.IntRange(0, 30).Draw(t, "undated") == 0 {
				m.ID = int64(i + 1)
			} else {
				minutes := rapid.IntRange(-4*24*60, 4*24*60).Draw(t, "minutes")
				m.ID = store.MakeID(change.Add(time.Duration(minutes)*time.Minute), uint32(i))
			}
			if rapid.Float64Range(0, 1).Draw(t, "chosen") <= common {
				m.Role = Chosen
			}
			if rapid.IntRange(0, 9).Draw(t, "free") == 0 {
				m.Role = Free
			}
			timeline = append(timeline, m)
		}
		slices.SortFunc(timeline, func(a, b Moment) int { return int(min(1, max(-1, a.ID-b.ID))) })
		return timeline
	})
}

func abilities() *rapid.Generator[Abilities] {
	return rapid.Custom(func(t *rapid.T) Abilities {
		return AbilitiesFor(store.Device{
			Vendor: rapid.SampledFrom([]string{store.Amazon, store.Google, store.OVOS, store.HomeAssistant, store.Files}).Draw(t, "vendor"),
			None:   rapid.Bool().Draw(t, "none"),
		})
	})
}

// removes reports whether the step, carried out by somebody who knows nothing but it, removes a
// recording.
func removes(step store.Step, m Moment, z *time.Location) bool {
	switch step.Kind {
	case store.WholeDevice:
		return true
	case store.DayRange:
		if m.ID>>20 == 0 {
			return false
		}
		day := store.IDTime(m.ID).In(z).Format(time.DateOnly)
		return step.From <= day && day <= step.To
	default:
		return step.Recordings[0] == m.ID
	}
}

func TestPlanRemovesExactlyTheChosen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		timeline := drawnTimelines(60).Draw(t, "timeline")
		z := draw(t)
		can := abilities().Draw(t, "can")
		steps := Plan(timeline, z, can)

		named := map[int64]int{}
		for _, step := range steps {
			checkShape(t, step, can)
			for _, id := range step.Recordings {
				named[id]++
			}
		}
		for _, m := range timeline {
			want := 0
			if m.Role == Chosen {
				want = 1
			}
			if named[m.ID] != want {
				t.Fatalf("%v is named by %d steps, want %d: %v", m, named[m.ID], want, steps)
			}
			for _, step := range steps {
				if m.Role == Free {
					continue
				}
				if removes(step, m, z) != slices.Contains(step.Recordings, m.ID) {
					t.Fatalf("step %v names and removes different recordings: %v", step, m)
				}
				if step.Kind == store.DayRange && m.ID>>20 == 0 && m.Role == Kept {
					t.Fatalf("range %v may remove %v, whose day is not known", step, m)
				}
			}
		}
		for i := 1; i < len(steps); i++ {
			if steps[i-1].Recordings[0] >= steps[i].Recordings[0] {
				t.Fatalf("steps are not in order of time: %v", steps)
			}
		}
	})
}

// checkShape fails unless the step is complete, in order, and something that the maker offers.
func checkShape(t *rapid.T, step store.Step, can Abilities) {
	offered := map[store.StepKind]bool{
		store.WholeDevice: can.Device, store.DayRange: can.DayRange, store.Single: can.Single,
	}
	if !offered[step.Kind] {
		t.Fatalf("the maker has no such step: %v", step)
	}
	if (step.From != "") != (step.Kind == store.DayRange) || (step.To != "") != (step.Kind == store.DayRange) || step.From > step.To {
		t.Fatalf("days of step: %v", step)
	}
	if len(step.Recordings) == 0 || !slices.IsSorted(step.Recordings) {
		t.Fatalf("recordings of step: %v", step)
	}
	if step.Kind == store.Single && len(step.Recordings) != 1 || step.Kind == store.DayRange && len(step.Recordings) < 2 {
		t.Fatalf("number of recordings of step: %v", step)
	}
}

func draw(t *rapid.T) *time.Location {
	z, err := time.LoadLocation(rapid.SampledFrom(zones).Draw(t, "zone"))
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func TestPlanIsShortest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		timeline := drawnTimelines(9).Draw(t, "timeline")
		z := draw(t)
		can := abilities().Draw(t, "can")
		got, want := Plan(timeline, z, can), shortest(timeline, z, can)
		if len(got) != want {
			t.Fatalf("%d steps, but %d are enough: %v", len(got), want, got)
		}
	})
}

// shortest returns the least number of steps that remove every chosen recording and no other, by
// trying all of them.
func shortest(timeline []Moment, z *time.Location, can Abilities) int {
	open := slices.DeleteFunc(slices.Clone(timeline), func(m Moment) bool { return m.Role == Free })
	candidates := []store.Step{}
	if can.Device {
		candidates = append(candidates, store.Step{Kind: store.WholeDevice})
	}
	mayBeAnyDay := slices.ContainsFunc(open, func(m Moment) bool { return m.ID>>20 == 0 && m.Role == Kept })
	for _, a := range open {
		candidates = append(candidates, store.Step{Kind: store.Single, Recordings: []int64{a.ID}})
		if !can.DayRange || mayBeAnyDay || a.ID>>20 == 0 {
			continue
		}
		for _, b := range open {
			if b.ID>>20 == 0 {
				continue
			}
			from, to := store.IDTime(a.ID).In(z).Format(time.DateOnly), store.IDTime(b.ID).In(z).Format(time.DateOnly)
			candidates = append(candidates, store.Step{Kind: store.DayRange, From: from, To: to})
		}
	}
	var chosen uint
	for i, m := range open {
		if m.Role == Chosen {
			chosen |= 1 << i
		}
	}
	least := map[uint]int{0: 0} // by set of removed recordings
	for round := 0; ; round++ {
		if n, done := least[chosen]; done {
			return n
		}
		for have, n := range least {
			if n != round {
				continue
			}
			for _, step := range candidates {
				var takes uint
				for i, m := range open {
					if removes(step, m, z) {
						takes |= 1 << i
					}
				}
				if takes&^chosen == 0 {
					if _, known := least[have|takes]; !known {
						least[have|takes] = round + 1
					}
				}
			}
		}
		if round > bits.OnesCount(chosen) {
			panic("singles alone would have done")
		}
	}
}

// moments returns a timeline of local times; those with a + before them are chosen, with a ~
// free, and "?" is of unknown time.
func moments(t *testing.T, z *time.Location, times ...string) []Moment {
	var list []Moment
	for i, s := range times {
		var m Moment
		switch s[0] {
		case '+':
			m.Role, s = Chosen, s[1:]
		case '~':
			m.Role, s = Free, s[1:]
		}
		if s == "?" {
			m.ID = int64(i + 1)
		} else {
			m.ID = store.MakeID(at(t, z, s+":00"), uint32(i))
		}
		list = append(list, m)
	}
	return list
}

func TestPlan(t *testing.T) {
	for _, c := range []struct {
		name, zone, vendor string
		timeline           []string
		want               []string // the kinds and days
	}{
		{"nothing", "UTC", store.Amazon, []string{"2025-03-01 10:00"}, nil},
		{"all", "UTC", store.Amazon, []string{"+?", "+2025-03-01 10:00", "~2025-03-02 10:00"}, []string{"device"}},
		{"all of a maker without devices", "UTC", store.Google, []string{"+2025-03-01 10:00", "+2025-03-05 10:00"}, []string{"range 2025-03-01 2025-03-05"}},
		{"all of a maker without ranges", "UTC", store.OVOS, []string{"+2025-03-01 10:00", "+2025-03-01 11:00"}, []string{"single", "single"}},
		{
			"empty days are no gap", "UTC", store.Amazon,
			[]string{"2025-01-01 10:00", "+2025-03-01 10:00", "+2025-06-05 10:00", "2025-07-01 10:00"},
			[]string{"range 2025-03-01 2025-06-05"},
		},
		{"a day of one recording", "UTC", store.Amazon, []string{"2025-01-01 10:00", "+2025-03-01 10:00"}, []string{"single"}},
		{
			"a day with another one", "UTC", store.Amazon,
			[]string{"+2025-03-01 10:00", "+2025-03-01 11:00", "2025-03-01 12:00"},
			[]string{"single", "single"},
		},
		{
			"free ones are not in the way", "UTC", store.Amazon,
			[]string{"2025-01-01 10:00", "+2025-03-01 10:00", "~2025-03-01 11:00", "+2025-03-02 12:00"},
			[]string{"range 2025-03-01 2025-03-02"},
		},
		{
			"unknown time, chosen", "UTC", store.Amazon,
			[]string{"+?", "2025-01-01 10:00", "+2025-03-01 10:00", "+2025-03-01 11:00"},
			[]string{"single", "range 2025-03-01 2025-03-01"},
		},
		{
			"unknown time, not chosen", "UTC", store.Amazon,
			[]string{"?", "+2025-03-01 10:00", "+2025-03-01 11:00"},
			[]string{"single", "single"},
		},
		{
			"before midnight of a long day", "Europe/Berlin", store.Amazon,
			[]string{"+2025-10-26 00:00", "+2025-10-26 23:59", "2025-10-27 00:00"},
			[]string{"range 2025-10-26 2025-10-26"},
		},
		{
			"before midnight of a short day", "America/New_York", store.Amazon,
			[]string{"+2025-03-09 00:00", "+2025-03-09 23:59", "2025-03-10 00:00"},
			[]string{"range 2025-03-09 2025-03-09"},
		},
		{
			"round a day that never was", "Pacific/Apia", store.Amazon,
			[]string{"2011-12-28 10:00", "+2011-12-29 23:59", "+2011-12-31 00:00", "2012-01-01 00:00"},
			[]string{"range 2011-12-29 2011-12-31"},
		},
		{
			"half-hour zone", "Asia/Kolkata", store.Amazon,
			[]string{"2025-03-01 23:59", "+2025-03-02 00:00", "+2025-03-02 23:59", "2025-03-03 00:00"},
			[]string{"range 2025-03-02 2025-03-02"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			z := zone(t, c.zone)
			var got []string
			for _, step := range Plan(moments(t, z, c.timeline...), z, AbilitiesOf(c.vendor)) {
				s := string(step.Kind)
				if step.From != "" {
					s += " " + step.From + " " + step.To
				}
				got = append(got, s)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestPlanSortsADisorderedTimeline(t *testing.T) {
	timeline := moments(t, time.UTC, "+2025-03-01 10:00", "2025-03-02 10:00", "+2025-03-01 12:00")
	before := slices.Clone(timeline)
	steps := Plan(timeline, time.UTC, AbilitiesOf(store.Amazon))
	if len(steps) != 1 || steps[0].From != "2025-03-01" || steps[0].To != "2025-03-01" {
		t.Errorf("got %v", steps)
	}
	if !slices.Equal(timeline, before) {
		t.Error("Plan changed the caller's timeline")
	}
}

// In St. John's clocks went back from 00:01 to 23:01 of the day before, so that a recording of the
// 6th followed one of the 7th.
func TestPlanWhereADayComesTwice(t *testing.T) {
	z := zone(t, "America/St_Johns")
	change := time.Date(2010, 11, 7, 2, 31, 0, 0, time.UTC)
	before := store.MakeID(change.Add(-30*time.Second), 0) // 00:00:30 on the 7th
	after := store.MakeID(change.Add(30*time.Minute), 0)   // 23:31 on the 6th
	later := store.MakeID(change.Add(2*time.Hour), 0)      // 01:01 on the 7th
	earlier := Moment{ID: store.MakeID(change.Add(-48*time.Hour), 0)}
	for _, c := range []struct {
		name     string
		timeline []Moment
		want     store.Step
	}{
		{
			"both days",
			[]Moment{earlier, {ID: before, Role: Chosen}, {ID: after, Role: Chosen}},
			store.Step{Kind: store.DayRange, From: "2010-11-06", To: "2010-11-07", Recordings: []int64{before, after}},
		},
		{
			"the 7th",
			[]Moment{earlier, {ID: before, Role: Chosen}, {ID: after}, {ID: later, Role: Chosen}},
			store.Step{Kind: store.DayRange, From: "2010-11-07", To: "2010-11-07", Recordings: []int64{before, later}},
		},
	} {
		steps := Plan(c.timeline, z, AbilitiesOf(store.Amazon))
		if !reflect.DeepEqual(steps, []store.Step{c.want}) {
			t.Errorf("%s: got %v, want %v", c.name, steps, c.want)
		}
	}
}

func TestReachesBeyond(t *testing.T) {
	berlin := zone(t, "Europe/Berlin")
	last := time.Date(2025, 3, 1, 23, 30, 0, 0, time.UTC) // the second in Berlin
	for _, c := range []struct {
		step store.Step
		want bool
	}{
		{store.Step{Kind: store.WholeDevice}, true},
		{store.Step{Kind: store.DayRange, From: "2025-02-01", To: "2025-03-01"}, false},
		{store.Step{Kind: store.DayRange, From: "2025-02-01", To: "2025-03-02"}, true},
		{store.Step{Kind: store.Single}, false},
	} {
		if got := ReachesBeyond(c.step, last, berlin); got != c.want {
			t.Errorf("%v: got %t", c.step, got)
		}
	}
}

func BenchmarkPlan(b *testing.B) {
	z := zone(b, "Europe/Berlin")
	start := time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC)
	timeline := make([]Moment, 1_000_000)
	for i := range timeline {
		when := start.Add(time.Duration(i) * 5 * time.Minute)
		timeline[i] = Moment{ID: store.MakeID(when, 0)}
		if i/1000%3 != 0 || i%7 == 0 {
			timeline[i].Role = Chosen
		}
	}
	for b.Loop() {
		Plan(timeline, z, AbilitiesOf(store.Amazon))
	}
}

// What no export puts on a device may be of the device that a range takes, but it is no part of the step for the device.
func TestARangeKeepsClearOfWhatMayBeOfTheDevice(t *testing.T) {
	at := func(day, n int, role Role, beside bool) Moment {
		return Moment{ID: store.MakeID(time.Date(2024, 8, day, 10, n, 0, 0, time.UTC), 0), Role: role, Beside: beside}
	}
	can := AbilitiesFor(store.Device{Vendor: store.Amazon, Name: "Kitchen"})
	all := []Moment{at(1, 0, Chosen, false), at(1, 1, Kept, true), at(2, 0, Chosen, false), at(2, 1, Chosen, false)}
	if steps := Plan(all, time.UTC, can); len(steps) != 1 || steps[0].Kind != store.WholeDevice || len(steps[0].Recordings) != 3 {
		t.Errorf("the whole device: %+v", steps)
	}
	some := append(all, at(1, 2, Chosen, false), at(3, 0, Kept, false))
	kinds := map[store.StepKind]int{}
	for _, step := range Plan(some, time.UTC, can) {
		kinds[step.Kind]++
	}
	if kinds[store.Single] != 2 || kinds[store.DayRange] != 1 {
		t.Errorf("a day beside what may be of it: %v", kinds)
	}
	none := AbilitiesFor(store.Device{Vendor: store.Amazon, None: true})
	if steps := Plan([]Moment{at(1, 0, Chosen, false), at(1, 1, Chosen, false)}, time.UTC, none); len(steps) != 1 || steps[0].Kind != store.DayRange {
		t.Errorf("without a device: %+v", steps)
	}
}
