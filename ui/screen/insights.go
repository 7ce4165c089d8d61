package screen

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

func newInsights() *insights { return &insights{charts: newCharts(), stop: func() {}} }

func (in *insights) Waits(*common.Common) bool {
	return in.state == counting || in.state == countingLong
}

func (in *insights) Load(c *common.Common) tea.Cmd {
	if c.Screen != keys.InsightsScreen {
		return nil
	}
	return in.Show(c)
}

// Show counts, unless what is wanted was counted already.
func (in *insights) Show(c *common.Common) tea.Cmd {
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
		common.Ask(nil, func() (store.Figures, error) { return db.Figures(ctx, query, zone) },
			func(figures store.Figures, err error) common.Action { return in.take(c, question, figures, err) }),
		common.After(aWait, func() common.Action {
			if question == in.asked && in.state == counting {
				in.state = countingLong
			}
			return nil
		}))
}

// take takes what was counted.
func (in *insights) take(c *common.Common, question figuresQuestion, figures store.Figures, err error) common.Action {
	switch {
	case question != in.asked || question.epoch != c.Epoch:
	case err != nil:
		in.state = countFailed
		return common.Fail{Err: err}
	default:
		in.state, in.figures = counted, figures
		in.charts.set(&in.figures)
	}
	return nil
}

func (in *insights) Acts(c *common.Common) Acts {
	next := func(by chartID) func() common.Action {
		return just(func() { in.current = (in.current + charts + by) % charts })
	}
	return Acts{
		keys.NextChart:   {Do: next(1)},
		keys.ChartBefore: {Do: next(-1)},
		keys.CountFound:  {Do: func() common.Action { return in.toggle(c) }},
		keys.ClearAll: {Do: func() common.Action {
			if in.scope == "" {
				return nil
			}
			return in.toggle(c)
		}},
		keys.Details: {Do: in.open},
	}
}

// Move moves within the chart. Up and down have no meaning in one that goes by months: there they
// lead to the charts around it.
func (in *insights) Move(c *common.Common, what keys.Action) common.Action {
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
		return common.Say{Text: "There is no search to count by: " + c.Keys.KeyOf(keys.Search) + " searches"}
	case c.Search.Wrong != nil:
		return common.Fail{Err: c.Search.Wrong}
	default:
		in.scope = c.Search.Text
	}
	return in.Show(c)
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

// Press chooses what is at a place of the screen, and opens it if it was chosen already.
func (in *insights) Press(c *common.Common, x, y int) (Press, common.Action) {
	if id, ok := in.menuAt(c.Layout, x, y); ok {
		in.current = id
		return Press{}, nil
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
			return Press{}, in.open()
		}
		chart.Cursor = index
		in.charts.follow(in.current)
	}
	return Press{}, nil
}

// Wheel moves in the chart at a place of the screen.
func (in *insights) Wheel(c *common.Common, x, y, by int) common.Action {
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

func (in *insights) Title(c *common.Common) string {
	st := &c.Styles
	var left string
	switch {
	case c.Empty():
	case in.state == countFailed:
		left = st.Bad.Render("This could not be counted. " + c.Keys.KeyOf(keys.GoInsights) + " tries again.")
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
