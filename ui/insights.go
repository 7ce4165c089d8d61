package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"unsaid/phrase"
	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/keys"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// insights is the screen that counts: one chart for each way to look at what was recorded.
type insights struct {
	plain
	charts  chartSet
	current chartID // that has the keys
	figures store.Figures
	scope   string // the search whose recordings are counted, "" for all
	asked   figuresQuestion
	stop    context.CancelFunc
	state   countState
}

// figuresQuestion is what figures answer: the library may change meanwhile, and what is counted of it.
type figuresQuestion struct {
	epoch int
	scope string
}

// figuresMsg is what was counted.
type figuresMsg struct {
	question figuresQuestion
	figures  store.Figures
	err      error
}

// slowMsg comes when counting takes so long that it has to be said.
type slowMsg struct{ question figuresQuestion }

// countState says how far the figures are.
type countState int

const (
	notCounted countState = iota
	counting
	countingLong // so long that the screen says so
	counted
	countFailed
)

// aWait is how long counting goes on before the screen says so: what is faster would only flicker.
const aWait = 150 * time.Millisecond

func newInsights() insights { return insights{charts: newCharts(), stop: func() {}} }

// waits reports whether figures are being counted.
func (in *insights) waits() bool { return in.state == counting || in.state == countingLong }

// load counts, unless what is wanted was counted already.
func (in *insights) load(c *common.Common) tea.Cmd {
	question := figuresQuestion{c.Epoch, in.scope}
	if question == in.asked && in.state != countFailed {
		return nil
	}
	query, err := store.ParseQuery(in.scope, c.Local())
	if err != nil {
		return func() tea.Msg { return common.Fail{Err: err} }
	}
	in.stop()
	ctx, stop := context.WithCancel(c.Ctx)
	in.asked, in.stop, in.state = question, stop, counting
	db, zone := c.DB, c.Zone
	return tea.Batch(
		func() tea.Msg {
			figures, err := db.Figures(ctx, query, zone)
			return figuresMsg{question, figures, err}
		},
		tea.Tick(aWait, func(time.Time) tea.Msg { return slowMsg{question} }))
}

// take takes what was counted, or that it takes long.
func (in *insights) take(c *common.Common, msg tea.Msg) common.Action {
	switch msg := msg.(type) {
	case figuresMsg:
		return in.takeFigures(c, msg)
	case slowMsg:
		if msg.question == in.asked && in.state == counting {
			in.state = countingLong
		}
	}
	return nil
}

func (in *insights) takeFigures(c *common.Common, msg figuresMsg) common.Action {
	switch {
	case msg.question != in.asked || msg.question.epoch != c.Epoch:
	case msg.err != nil:
		in.state = countFailed
		return common.Fail{Err: msg.err}
	default:
		in.state, in.figures = counted, msg.figures
		in.charts.set(&in.figures)
	}
	return nil
}

func (in *insights) acts(c *common.Common) acts {
	next := func(by chartID) func() common.Action {
		return just(func() { in.current = (in.current + charts + by) % charts })
	}
	return acts{
		keys.NextChart:   {do: next(1)},
		keys.ChartBefore: {do: next(-1)},
		keys.CountFound:  {do: func() common.Action { return in.toggle(c) }},
		keys.ClearAll: {do: func() common.Action {
			if in.scope == "" {
				return nil
			}
			return in.toggle(c)
		}},
		keys.Details: {do: in.open},
	}
}

// move moves within the chart. Up and down have no meaning in one that goes by months: there they
// lead to the charts around it.
func (in *insights) move(c *common.Common, what keys.Action) common.Action {
	chart := &in.charts[in.current]
	switch {
	case chart.Shape == widget.Upright && what == keys.MoveDown:
		in.current = (in.current + 1) % charts
	case chart.Shape == widget.Upright && what == keys.MoveUp:
		in.current = (in.current + charts - 1) % charts
	default:
		chart.Move(what, max(1, in.places(c.Layout)[in.current].H-2))
		in.charts.follow(in.current)
	}
	return nil
}

// toggle counts what the library's search finds, or everything again.
func (in *insights) toggle(c *common.Common) common.Action {
	switch {
	case in.scope != "":
		in.scope = ""
	case c.Search.Text == "":
		return common.Say{Text: "There is no search to count by: / searches"}
	case c.Search.Wrong != nil:
		return common.Fail{Err: c.Search.Wrong}
	default:
		in.scope = c.Search.Text
	}
	return in.load(c)
}

// open shows the recordings behind what the cursor is on.
func (in *insights) open() common.Action {
	at, ok := in.charts[in.current].Selected()
	switch {
	case !ok || in.state != counted:
		return nil
	case at.Term == "":
		return common.Say{Text: noTerm}
	}
	return common.SearchFor{Query: store.Narrow(in.scope, at.Term)}
}

// press chooses what is at a place of the screen, and opens it if it was chosen already.
func (in *insights) press(c *common.Common, x, y int) (press, common.Action) {
	if id, ok := in.menuAt(c.Layout, x, y); ok {
		in.current = id
		return press{}, nil
	}
	for id, place := range in.places(c.Layout) {
		if !place.Contains(x, y) {
			continue
		}
		again := in.current == chartID(id)
		in.current = chartID(id)
		chart := &in.charts[id]
		index, ok := chart.At(x-place.X, y-place.Y, place.W, place.H)
		if !ok {
			break
		}
		if again && index == chart.Cursor {
			return press{}, in.open()
		}
		chart.Cursor = index
		in.charts.follow(in.current)
	}
	return press{}, nil
}

// wheel moves in the chart at a place of the screen.
func (in *insights) wheel(c *common.Common, x, y, by int) common.Action {
	for id, place := range in.places(c.Layout) {
		if place.Contains(x, y) {
			chart := &in.charts[id]
			chart.Cursor += by
			chart.Keep(len(chart.Cells))
			in.charts.follow(chartID(id))
		}
	}
	return nil
}

func (in *insights) title(c *common.Common) string {
	st := &c.Styles
	var left string
	switch {
	case c.Empty():
	case in.state == countFailed:
		left = st.Bad.Render("This could not be counted. 6 tries again.")
	case in.state == countingLong:
		left = st.Quiet.Render("counting …")
	case in.state != counted:
	case in.scope == "":
		left = st.Strong.Render("All " + phrase.Count(in.figures.Recordings, "recording"))
	default:
		left = st.Strong.Render(phrase.Comma(in.figures.Recordings)+" of "+phrase.Count(c.Totals.Recordings, "recording")) + " found by " + st.Accent.Render(text.Brief(in.scope))
	}
	right := ""
	if in.figures.Undated > 0 && in.state == counted {
		right = st.Quiet.Render(phrase.Comma(in.figures.Undated) + " of unknown time")
	}
	return text.Sides(" "+left, right, c.Layout.W)
}
