package screen

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"unsaid/phrase"
	"unsaid/store"
	"unsaid/ui/text"
	"unsaid/ui/widget"
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
type chartSet [charts]widget.Chart

func newCharts() chartSet {
	return chartSet{
		monthsChart:     {Name: "Months", Shape: widget.Upright, None: noTimes},
		unintendedChart: {Name: "Unintended", Shape: widget.Upright, None: "No month has an unintended recording."},
		growthChart:     {Name: "Growth", Shape: widget.Upright, None: noTimes},
		weekChart:       {Name: "Week", Shape: widget.Grid, None: noTimes},
		devicesChart:    {Name: "Devices", Shape: widget.Lying, Note: widget.PartMark + " unintended"},
		phrasesChart:    {Name: "Phrases", Shape: widget.Lying, None: "Nothing was said twice, word for word."},
		peopleChart:     {Name: "People", Shape: widget.Lying, None: "The maker names nobody."},
		kindsChart:      {Name: "Kinds", Shape: widget.Lying, Note: "the maker's words"},
	}
}

const noTimes = "No recording has a known time."

// set draws other figures. Each cursor stays on what it is on, if that is still there.
func (cs *chartSet) set(f *store.Figures) {
	months, unintended, growth := monthCells(f.Months)
	cs[monthsChart].Set(months, len(months)-1)
	cs[unintendedChart].Set(unintended, len(months)-1)
	cs[growthChart].Set(growth, len(months)-1)
	cs.follow(monthsChart)
	week := weekCells(&f.Week)
	cs[weekChart].Set(week, widget.Largest(week))
	cs[devicesChart].Set(deviceCells(f.Devices), 0)
	cs[phrasesChart].Set(figureCells(f.Phrases, "%s: said %s times"), 0)
	cs[peopleChart].Set(figureCells(f.People, "%s: recognised %s times"), 0)
	cs[kindsChart].Set(figureCells(f.Kinds, "%s: %s times"), 0)
}

// follow brings the charts by months to the same one.
func (cs *chartSet) follow(id chartID) {
	if cs[id].Shape != widget.Upright {
		return
	}
	for _, other := range []chartID{monthsChart, unintendedChart, growthChart} {
		cs[other].Cursor = cs[id].Cursor
	}
}

func monthCells(months []store.MonthFigure) (recorded, unintended, growth []widget.Cell) {
	for _, m := range months {
		first := time.Date(m.Year, m.Month, 1, 12, 0, 0, 0, time.UTC)
		name, during := first.Format("Jan 2006"), "during:"+first.Format("2006-01")
		recorded = append(recorded, widget.Cell{
			Label: name, Value: m.Recordings, Number: short(m.Recordings),
			Says: name + ": " + phrase.Count(m.Recordings, "recording"), Term: during,
		})
		share := percent(m.Unintended, m.Recordings)
		unintended = append(unintended, widget.Cell{
			Label: name, Value: 10_000 * m.Unintended / max(1, m.Recordings), Number: share,
			Says: fmt.Sprintf("%s: %s, %s of %s", name, share, phrase.Comma(m.Unintended), phrase.Comma(m.Recordings)), Term: "is:unintended " + during,
		})
		growth = append(growth, widget.Cell{
			Label: name, Value: m.Total, Number: short(m.Total),
			Says: "up to " + name + ": " + phrase.Count(m.Total, "recording"), Term: "before:" + first.AddDate(0, 1, 0).Format("2006-01"),
		})
	}
	return recorded, unintended, growth
}

func weekCells(week *[7][24]int) []widget.Cell {
	var cells []widget.Cell
	for day, hours := range week {
		name := time.Weekday((day + 1) % 7).String()[:3]
		for hour, n := range hours {
			cells = append(cells, widget.Cell{
				Label: name[:2], Value: n, Number: phrase.Comma(n),
				Says: fmt.Sprintf("%s %d:00–%d:59: %s", name, hour, hour, phrase.Count(n, "recording")),
				Term: fmt.Sprintf("weekday:%s hour:%d", strings.ToLower(name), hour),
			})
		}
	}
	return cells
}

func deviceCells(devices []store.DeviceFigure) []widget.Cell {
	cells := make([]widget.Cell, len(devices))
	for i, d := range devices {
		name, share := labelOf(phrase.Device(d.Device)), percent(d.Unintended, d.Recordings)
		cells[i] = widget.Cell{
			Label: name, Value: d.Recordings, Part: d.Unintended, Number: phrase.Comma(d.Recordings) + text.FitRight(share, 7),
			Says: fmt.Sprintf("%s: %s, %s unintended", name, phrase.Comma(d.Recordings), share), Term: d.Term,
		}
	}
	return cells
}

func figureCells(figures []store.Figure, says string) []widget.Cell {
	cells := make([]widget.Cell, len(figures))
	for i, f := range figures {
		label := labelOf(f.Name)
		cells[i] = widget.Cell{
			Label: label, Value: f.Recordings, Number: phrase.Comma(f.Recordings),
			Says: fmt.Sprintf(says, label, phrase.Comma(f.Recordings)), Term: f.Term,
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
		return phrase.Comma(n)
	case n < 1_000_000:
		return fmt.Sprintf("%dk", n/1000)
	}
	return fmt.Sprintf("%.1fM", float64(n)/1e6)
}
