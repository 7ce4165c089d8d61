package ui

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"unsaid/store"
	"unsaid/ui/text"
)

// chartID names a chart.
type chartID int

const (
	monthsChart chartID = iota
	unintendedChart
	growthChart
	weekChart
	devicesChart
	phrasesChart
	peopleChart
	kindsChart
	charts // how many there are
)

// chartSet is all charts.
type chartSet [charts]chart

func newCharts() chartSet {
	return chartSet{
		monthsChart:     {name: "Months", shape: upright, none: noTimes},
		unintendedChart: {name: "Unintended", shape: upright, none: "No month has any that was unintended."},
		growthChart:     {name: "Growth", shape: upright, none: noTimes},
		weekChart:       {name: "Week", shape: grid, none: noTimes},
		devicesChart:    {name: "Devices", shape: lying, note: partMark + " unintended"},
		phrasesChart:    {name: "Phrases", shape: lying, none: "Nothing was said twice, word for word."},
		peopleChart:     {name: "People", shape: lying, none: "The maker names nobody."},
		kindsChart:      {name: "Kinds", shape: lying, note: "the maker's words"},
	}
}

const noTimes = "Nothing with a known time is among them."

// set draws other figures. Each cursor stays on what it is on, if that is still there.
func (cs *chartSet) set(f *store.Figures) {
	months, unintended, growth := monthCells(f.Months)
	cs[monthsChart].set(months, len(months)-1)
	cs[unintendedChart].set(unintended, len(months)-1)
	cs[growthChart].set(growth, len(months)-1)
	cs.follow(monthsChart)
	week := weekCells(&f.Week)
	cs[weekChart].set(week, largest(week))
	cs[devicesChart].set(deviceCells(f.Devices), 0)
	cs[phrasesChart].set(figureCells(f.Phrases, "%s: said %s times"), 0)
	cs[peopleChart].set(figureCells(f.People, "%s: recognised %s times"), 0)
	cs[kindsChart].set(figureCells(f.Kinds, "%s: %s times"), 0)
}

// follow brings the charts by months to the same one.
func (cs *chartSet) follow(id chartID) {
	if cs[id].shape != upright {
		return
	}
	for _, other := range []chartID{monthsChart, unintendedChart, growthChart} {
		cs[other].cursor = cs[id].cursor
	}
}

func monthCells(months []store.MonthFigure) (recorded, unintended, growth []cell) {
	for _, m := range months {
		first := time.Date(m.Year, m.Month, 1, 12, 0, 0, 0, time.UTC)
		name, during := first.Format("Jan 2006"), "during:"+first.Format("2006-01")
		recorded = append(recorded, cell{
			label: name, value: m.Recordings, number: short(m.Recordings),
			says: name + ": " + countOf(m.Recordings, "recording"), term: during,
		})
		share := percent(m.Unintended, m.Recordings)
		unintended = append(unintended, cell{
			label: name, value: 10_000 * m.Unintended / max(1, m.Recordings), number: share,
			says: fmt.Sprintf("%s: %s, %s of %s", name, share, comma(m.Unintended), comma(m.Recordings)), term: "is:unintended " + during,
		})
		growth = append(growth, cell{
			label: name, value: m.Total, number: short(m.Total),
			says: "up to " + name + ": " + countOf(m.Total, "recording"), term: "before:" + first.AddDate(0, 1, 0).Format("2006-01"),
		})
	}
	return recorded, unintended, growth
}

func weekCells(week *[7][24]int) []cell {
	var cells []cell
	for day, hours := range week {
		name := time.Weekday((day + 1) % 7).String()[:3]
		for hour, n := range hours {
			cells = append(cells, cell{
				label: name[:2], value: n, number: comma(n),
				says: fmt.Sprintf("%s %d:00–%d:59: %s", name, hour, hour, countOf(n, "recording")),
				term: fmt.Sprintf("weekday:%s hour:%d", strings.ToLower(name), hour),
			})
		}
	}
	return cells
}

func deviceCells(devices []store.DeviceFigure) []cell {
	cells := make([]cell, len(devices))
	for i, d := range devices {
		name, share := labelOf(d.Name), percent(d.Unintended, d.Recordings)
		cells[i] = cell{
			label: name, value: d.Recordings, part: d.Unintended, number: comma(d.Recordings) + text.FitRight(share, 7),
			says: fmt.Sprintf("%s: %s, %s unintended", name, comma(d.Recordings), share), term: d.Term,
		}
	}
	return cells
}

func figureCells(figures []store.Figure, says string) []cell {
	cells := make([]cell, len(figures))
	for i, f := range figures {
		label := labelOf(f.Name)
		cells[i] = cell{
			label: label, value: f.Recordings, number: comma(f.Recordings),
			says: fmt.Sprintf(says, label, comma(f.Recordings)), term: f.Term,
		}
	}
	return cells
}

// labelOf is a name as it is shown.
func labelOf(name string) string { return cmp.Or(text.Brief(name), "(none)") }

// percent is a share in words: 5.1 %.
func percent(part, whole int) string {
	return fmt.Sprintf("%.1f %%", 100*float64(part)/float64(max(1, whole)))
}

// short is a number in at most six cells: 9,999, 48k, 1.2M.
func short(n int) string {
	switch {
	case n < 10_000:
		return comma(n)
	case n < 1_000_000:
		return fmt.Sprintf("%dk", n/1000)
	}
	return fmt.Sprintf("%.1fM", float64(n)/1e6)
}

// largest is the index of the first cell with the largest value.
func largest(cells []cell) int {
	at := 0
	for i, c := range cells {
		if c.value > cells[at].value {
			at = i
		}
	}
	return at
}
