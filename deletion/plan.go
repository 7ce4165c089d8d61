package deletion

import (
	"cmp"
	"slices"
	"time"

	"unsaid/store"
)

// Role says whether the steps of a plan may or must remove a recording.
type Role int

// The roles.
const (
	Kept   Role = iota // no step may remove it
	Chosen             // exactly one step removes it
	Free               // steps may remove it, but need not; see roleOf
)

// Moment is one recording of a device's timeline.
type Moment struct {
	ID     int64 // [store.IDTime] is its time; the Unix zero time means that it is not known
	Role   Role
	Beside bool // it is not known of which device it is: a range may remove it, and the step for the device is not about it
}

// undated reports whether the recording's time is not known, so that it can be from any day.
func (m Moment) undated() bool {
	return store.IDTime(m.ID).UnixMilli() == 0
}

// Plan returns the fewest steps that remove every chosen recording of the timeline and no kept one, in
// order of time. It returns none if nothing is chosen. Each chosen recording is in exactly one step. The
// timeline must contain the whole device (see [AbilitiesOf] for makers whose ranges include all
// devices). Days are in the zone.
//
// If nothing is kept, the plan is the whole device. Otherwise it has one range for every run of days
// on which everything is chosen, and single recordings for the rest. A run includes days without
// recordings, but starts and ends on days that have some. If a run has only one recording, the step is
// a single recording, which is as short as a range and removes nothing recorded after the export.
//
// A recording of unknown time is never in a range. Since it can be from any day, a kept one on the
// timeline rules out all ranges.
func Plan(timeline []Moment, zone *time.Location, can Abilities) []store.Step {
	open := withoutFree(timeline)
	own := slices.DeleteFunc(slices.Clone(open), func(m Moment) bool { return m.Beside })
	chosen := count(own, func(m Moment) bool { return m.Role == Chosen })
	switch {
	case chosen == 0:
		return nil
	case chosen == len(own) && can.Device:
		return []store.Step{{Kind: store.WholeDevice, Recordings: ids(own)}}
	case !can.DayRange || RulesOutRanges(open):
		return singles(open)
	}

	undated := count(open, Moment.undated)
	var dated []Moment
	var steps []store.Step
	if undated == 0 {
		dated = open
	} else {
		for _, m := range open {
			if m.undated() {
				steps = append(steps, single(m))
			} else {
				dated = append(dated, m)
			}
		}
	}
	steps = append(steps, ranges(dated, zone)...)
	inOrder(steps)
	return steps
}

// inOrder sorts steps by time.
func inOrder(steps []store.Step) {
	slices.SortStableFunc(steps, func(a, b store.Step) int { return cmp.Compare(a.Recordings[0], b.Recordings[0]) })
}

// RulesOutRanges reports whether the timeline has a kept recording of unknown time, which any range of
// days might remove.
func RulesOutRanges(timeline []Moment) bool {
	return slices.ContainsFunc(timeline, func(m Moment) bool {
		return m.undated() && m.Role == Kept
	})
}

// ReachesBeyond reports whether the step may also remove recordings newer than last, the time of the
// device's newest recording in the library. A whole device always may; a range may if it includes the
// day of last.
func ReachesBeyond(step store.Step, last time.Time, zone *time.Location) bool {
	switch step.Kind {
	case store.WholeDevice:
		return true
	case store.DayRange:
		return step.To >= store.DayOf(last, zone).String()
	default:
		return false
	}
}

// withoutFree returns the moments that are chosen or kept, oldest first.
func withoutFree(timeline []Moment) []Moment {
	open := make([]Moment, 0, len(timeline))
	for _, m := range timeline {
		if m.Role != Free {
			open = append(open, m)
		}
	}
	// The plan of an unsorted timeline would ask for the wrong days.
	slices.SortStableFunc(open, func(a, b Moment) int { return cmp.Compare(a.ID, b.ID) })
	return open
}

// ranges plans recordings of known time, as ranges of days and single recordings.
func ranges(moments []Moment, zone *time.Location) []store.Step {
	order := byDay(moments, zone)
	var steps []store.Step
	var run []dated // chosen recordings of the days since the last one with a kept recording
	flush := func() {
		steps = append(steps, stepsOfRun(run)...)
		run = run[:0]
	}
	for len(order) > 0 {
		today := order[0].day
		end := slices.IndexFunc(order, func(d dated) bool { return d.day != today })
		if end < 0 {
			end = len(order)
		}
		here := order[:end]
		order = order[end:]
		if !slices.ContainsFunc(here, func(d dated) bool { return d.Role == Kept }) {
			run = append(run, here...)
			continue
		}
		flush()
		for _, d := range here {
			if d.Role == Chosen {
				steps = append(steps, single(d.Moment))
			}
		}
	}
	flush()
	return steps
}

// dated is a moment with its day.
type dated struct {
	Moment
	day store.Day
}

// byDay returns the moments sorted by day. The order of time can differ from the order of days: clocks
// set back across midnight return to the day before.
func byDay(moments []Moment, zone *time.Location) []dated {
	list := make([]dated, len(moments))
	for i, m := range moments {
		list[i] = dated{m, store.DayOf(store.IDTime(m.ID), zone)}
	}
	slices.SortStableFunc(list, func(a, b dated) int { return cmp.Compare(a.day, b.day) })
	return list
}

// stepsOfRun returns the step for a run of days on which everything is chosen, or none for an empty run.
func stepsOfRun(run []dated) []store.Step {
	switch len(run) {
	case 0:
		return nil
	case 1:
		return []store.Step{single(run[0].Moment)}
	}
	step := store.Step{
		Kind:       store.DayRange,
		From:       run[0].day.String(),
		To:         run[len(run)-1].day.String(),
		Recordings: make([]int64, len(run)),
	}
	for i, d := range run {
		step.Recordings[i] = d.ID
	}
	slices.Sort(step.Recordings)
	return []store.Step{step}
}

// singles returns a step for each chosen recording.
func singles(moments []Moment) []store.Step {
	var steps []store.Step
	for _, m := range moments {
		if m.Role == Chosen {
			steps = append(steps, single(m))
		}
	}
	return steps
}

func single(m Moment) store.Step {
	return store.Step{Kind: store.Single, Recordings: []int64{m.ID}}
}

func ids(moments []Moment) []int64 {
	list := make([]int64, len(moments))
	for i, m := range moments {
		list[i] = m.ID
	}
	return list
}

func count(moments []Moment, is func(Moment) bool) int {
	n := 0
	for _, m := range moments {
		if is(m) {
			n++
		}
	}
	return n
}
