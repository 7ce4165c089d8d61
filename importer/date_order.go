package importer

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Whether 03/04/2025 is in March or in April is decided from all of a table's rows, never from one
// and never by default: a wrong month would make requests to the maker ask for the wrong days.

// The values of the key dates in a mapping, and the answers to [Options.AskDates].
const (
	MonthFirst = "month-first"
	DayFirst   = "day-first"
)

// orderNamed returns the order that a mapping names.
func orderNamed(name string) dateOrder {
	switch name {
	case MonthFirst:
		return monthFirst
	case DayFirst:
		return dayFirst
	}
	return orderUnknown
}

var (
	errMixedOrder     = errors.New("some of its dates are written month first and others day first; say which is right")
	errAmbiguousOrder = errors.New("month first or day first")
)

// ambiguousOrder is the error of a table none of whose dates proves what comes first.
func ambiguousOrder(spelled []string) error {
	quoted := make([]string, len(spelled))
	for i, s := range spelled {
		quoted[i] = quote(s)
	}
	return fmt.Errorf("its dates, such as %s, can be read %w, and nothing in the table tells which; say which is right",
		strings.Join(quoted, " and "), errAmbiguousOrder)
}

// dateEvidence is what the rows of a table say about the order of its dates.
type dateEvidence struct {
	proved    [3]bool // by dates with a field that cannot be a month
	votes     [3]int  // by identifiers, which carry the time themselves
	sequences [3]sequence
	spelled   []string // of the dates that can be read in both orders, the first few
}

const dateExamples = 2

// settleDates finds out from all rows whether the month or the day comes first: a date may prove it,
// or an identifier beside one, or that the rows are in order of time in one of the two readings
// alone. The error is errAmbiguousOrder if nothing does.
func (t *transcripts) settleDates(ctx context.Context, in *Input) error {
	var e dateEvidence
	for r, err := range t.rows(ctx, in, false) {
		if err != nil {
			break // it is reported when the rows are imported
		}
		cell := t.timeCell(r.cells)
		if c, err := scanDate(cell); err == nil { // another is reported when the rows are imported
			e.add(c, cell, t.identifiers(r.cells).all())
		}
	}
	var err error
	t.order, err = e.order()
	t.spelled = e.spelled
	return err
}

// add takes the evidence of one date, and of the identifiers beside it.
func (e *dateEvidence) add(c civil, cell string, identifiers []string) {
	if !c.slashed {
		return
	}
	for _, order := range []dateOrder{monthFirst, dayFirst} {
		if at, err := c.time(order, time.UTC); err == nil {
			e.sequences[order].add(at)
		}
	}
	if own := c.evidence(); own != orderUnknown {
		e.proved[own] = true
		return
	}
	if c.a == c.b {
		return
	}
	if len(e.spelled) < dateExamples && !slices.Contains(e.spelled, cell) {
		e.spelled = append(e.spelled, strings.Clone(cell))
	}
	for _, s := range identifiers {
		if id, ok := identify(s); ok && !id.time.IsZero() {
			e.votes[c.closerTo(id.time, time.UTC)]++
		}
	}
}

// order weighs the evidence.
func (e *dateEvidence) order() (dateOrder, error) {
	month, day := e.sequences[monthFirst].sorted(), e.sequences[dayFirst].sorted()
	switch {
	case e.proved[monthFirst] && e.proved[dayFirst]:
		return orderUnknown, errMixedOrder
	case e.proved[monthFirst]:
		return monthFirst, nil
	case e.proved[dayFirst]:
		return dayFirst, nil
	case len(e.spelled) == 0:
		return monthFirst, nil // both are the same
	case e.votes[monthFirst] > e.votes[dayFirst]:
		return monthFirst, nil
	case e.votes[dayFirst] > e.votes[monthFirst]:
		return dayFirst, nil
	case month && !day:
		return monthFirst, nil
	case day && !month:
		return dayFirst, nil
	}
	return orderUnknown, ambiguousOrder(e.spelled)
}

// sequence watches whether times come in order, be it rising or falling.
type sequence struct {
	last       time.Time
	rose, fell bool
	steps      int
}

// minSteps is how many changes of time make an order that is hardly by chance.
const minSteps = 6

func (s *sequence) add(t time.Time) {
	if !s.last.IsZero() && !t.Equal(s.last) {
		s.steps++
		s.rose, s.fell = s.rose || t.After(s.last), s.fell || t.Before(s.last)
	}
	s.last = t
}

func (s *sequence) sorted() bool { return s.steps >= minSteps && s.rose != s.fell }

// closerTo returns the order in which c is within a day and a half of want, if only one is.
func (c civil) closerTo(want time.Time, zone *time.Location) dateOrder {
	const near = 36 * time.Hour
	var fits [3]bool
	for _, order := range []dateOrder{monthFirst, dayFirst} {
		t, err := c.time(order, zone)
		fits[order] = err == nil && t.Sub(want).Abs() < near
	}
	switch {
	case fits[monthFirst] && !fits[dayFirst]:
		return monthFirst
	case fits[dayFirst] && !fits[monthFirst]:
		return dayFirst
	}
	return orderUnknown
}
