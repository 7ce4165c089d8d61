package deletion

import (
	"cmp"
	"slices"
	"time"

	"unsaid/store"
)

// Role is what the steps of a plan may do with a recording.
type Role int

// The roles.
const (
	Kept   Role = iota // no step may remove it
	Chosen             // exactly one step removes it
	Free               // steps may remove it, but none has to: see roleOf
)

// Moment is one recording of a device's timeline.
type Moment struct {
	ID   int64 // its time is [store.IDTime]; the Unix zero time means that it is not known
	Role Role
}

// undated reports whether the recording's time is not known, so that it may be of any day.
func (m Moment) undated() bool {
	return store.IDTime(m.ID).UnixMilli() == 0
}

// Plan returns the fewest steps that remove every chosen recording and no kept one of the
// timeline, in order of time; none if nothing is chosen. Each chosen recording is in exactly one
// step. The timeline is the device's whole one (see [AbilitiesOf] for makers whose ranges take all
// devices); days are days of the zone.
//
// If nothing is kept, that is the whole device. Otherwise it is one range for every run of
// days on which everything is chosen, and single recordings for the rest. A run goes on across
// days without recordings, but begins and ends on a day that has one. A day or run that holds
// one recording is removed by a single step: it is as short as a range, and takes nothing that
// came to be on that day after the export.
//
// A recording of unknown time is never in a range. As it may be of any day, there are no ranges
// at all while one that is kept is on the timeline.
func Plan(timeline []Moment, zone *time.Location, can Abilities) []store.Step {
	open := withoutFree(timeline)
	chosen := count(open, func(m Moment) bool { return m.Role == Chosen })
	switch {
	case chosen == 0:
		return nil
	case chosen == len(open) && can.Device:
		return []store.Step{{Kind: store.WholeDevice, Recordings: ids(open)}}
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

// RulesOutRanges reports whether the timeline holds a recording of unknown time that is kept, so
// that any range of days might remove it.
func RulesOutRanges(timeline []Moment) bool {
	return slices.ContainsFunc(timeline, func(m Moment) bool {
		return m.undated() && m.Role == Kept
	})
}

// ReachesBeyond reports whether the step may also remove recordings newer than last, the time of
// the newest recording that the library has of the device: a whole device always does, and a
// range does if it includes the day of last.
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
	// A plan made from a disordered timeline would ask for the wrong days.
	slices.SortStableFunc(open, func(a, b Moment) int { return cmp.Compare(a.ID, b.ID) })
	return open
}

// ranges plans recordings of known time by ranges of days and singles.
func ranges(moments []Moment, zone *time.Location) []store.Step {
	order := byDay(moments, zone)
	var steps []store.Step
	var run []dated // chosen recordings of the full days since the last day that is not full
	flush := func() {
		steps = append(steps, full(run)...)
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

// dated is a moment with the day on which it was recorded.
type dated struct {
	Moment
	day store.Day
}

// byDay returns the moments with their days, the days in order. The order of time is not always
// the order of days: clocks set back across midnight return to the day before.
func byDay(moments []Moment, zone *time.Location) []dated {
	list := make([]dated, len(moments))
	for i, m := range moments {
		list[i] = dated{m, store.DayOf(store.IDTime(m.ID), zone)}
	}
	slices.SortStableFunc(list, func(a, b dated) int { return cmp.Compare(a.day, b.day) })
	return list
}

// full returns the step for a run of days on which everything is chosen, if there are any.
func full(run []dated) []store.Step {
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
