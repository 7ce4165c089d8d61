package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"unsaid/store"
	"unsaid/ui/keys"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// insights is the screen that counts: one chart for each way to look at what was recorded.
type insights struct {
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

// counting reports whether figures are being counted.
func (in *insights) counting() bool { return in.state == counting || in.state == countingLong }

// load counts, unless what is wanted was counted already.
func (in *insights) load(a *App) tea.Cmd {
	question := figuresQuestion{a.epoch, in.scope}
	if question == in.asked && in.state != countFailed {
		return nil
	}
	query, err := store.ParseQuery(in.scope, a.Local())
	if err != nil {
		return a.fail(err)
	}
	in.stop()
	ctx, stop := context.WithCancel(a.Ctx)
	in.asked, in.stop, in.state = question, stop, counting
	db, zone := a.o.DB, a.o.Zone
	return tea.Batch(
		func() tea.Msg {
			figures, err := db.Figures(ctx, query, zone)
			return figuresMsg{question, figures, err}
		},
		tea.Tick(aWait, func(time.Time) tea.Msg { return slowMsg{question} }))
}

func (in *insights) take(a *App, msg figuresMsg) tea.Cmd {
	if msg.question != in.asked || msg.question.epoch != a.epoch {
		return nil
	}
	if msg.err != nil {
		in.state = countFailed
		return a.fail(msg.err)
	}
	in.state, in.figures = counted, msg.figures
	in.charts.set(&in.figures)
	return nil
}

func (in *insights) takeSlow(msg slowMsg) {
	if msg.question == in.asked && in.state == counting {
		in.state = countingLong
	}
}

func (in *insights) do(a *App, what keys.Action) tea.Cmd {
	switch what {
	case keys.NextChart:
		in.current = (in.current + 1) % charts
	case keys.ChartBefore:
		in.current = (in.current + charts - 1) % charts
	case keys.CountFound:
		return in.toggle(a)
	case keys.ClearAll:
		if in.scope != "" {
			return in.toggle(a)
		}
	case keys.Details:
		return in.open(a)
	default:
		in.move(a, what)
	}
	return nil
}

// move moves within the chart. Up and down have no meaning in one that goes by months: there they
// lead to the charts around it.
func (in *insights) move(a *App, what keys.Action) {
	c := &in.charts[in.current]
	switch {
	case c.Shape == widget.Upright && what == keys.MoveDown:
		in.current = (in.current + 1) % charts
	case c.Shape == widget.Upright && what == keys.MoveUp:
		in.current = (in.current + charts - 1) % charts
	default:
		c.Move(what, max(1, in.places(a.Layout)[in.current].H-2))
		in.charts.follow(in.current)
	}
}

// toggle counts what the library's search finds, or everything again.
func (in *insights) toggle(a *App) tea.Cmd {
	search := a.library.input.Value()
	switch {
	case in.scope != "":
		in.scope = ""
	case search == "":
		return a.say("There is no search to count by: / searches")
	case a.library.wrong != nil:
		return a.fail(a.library.wrong)
	default:
		in.scope = search
	}
	return in.load(a)
}

// open shows the recordings behind what the cursor is on.
func (in *insights) open(a *App) tea.Cmd {
	at, ok := in.charts[in.current].Selected()
	switch {
	case !ok || in.state != counted:
		return nil
	case at.Term == "":
		return a.say(noTerm)
	}
	return a.library.searchFor(a, store.Narrow(in.scope, at.Term))
}

// click chooses what is at a place of the screen, and opens it if it was chosen already.
func (in *insights) click(a *App, x, y int) tea.Cmd {
	if id, ok := in.menuAt(a.Layout, x, y); ok {
		in.current = id
		return nil
	}
	for id, place := range in.places(a.Layout) {
		if !place.Contains(x, y) {
			continue
		}
		again := in.current == chartID(id)
		in.current = chartID(id)
		c := &in.charts[id]
		index, ok := c.At(x-place.X, y-place.Y, place.W, place.H)
		if !ok {
			return nil
		}
		if again && index == c.Cursor {
			return in.open(a)
		}
		c.Cursor = index
		in.charts.follow(in.current)
	}
	return nil
}

// wheel moves in the chart at a place of the screen.
func (in *insights) wheel(a *App, x, y, by int) {
	for id, place := range in.places(a.Layout) {
		if place.Contains(x, y) {
			c := &in.charts[id]
			c.Cursor += by
			c.Keep(len(c.Cells))
			in.charts.follow(chartID(id))
		}
	}
}

func (in *insights) title(a *App) string {
	st := &a.Styles
	var left string
	switch {
	case a.empty():
	case in.state == countFailed:
		left = st.Bad.Render("This could not be counted. 6 tries again.")
	case in.state == countingLong:
		left = st.Quiet.Render("counting …")
	case in.state != counted:
	case in.scope == "":
		left = st.Strong.Render("All " + countOf(in.figures.Recordings, "recording"))
	default:
		left = st.Strong.Render(comma(in.figures.Recordings)+" of "+countOf(a.totals.Recordings, "recording")) + " found by " + st.Accent.Render(text.Brief(in.scope))
	}
	right := ""
	if in.figures.Undated > 0 && in.state == counted {
		right = st.Quiet.Render(comma(in.figures.Undated) + " of unknown time")
	}
	return text.Sides(" "+left, right, a.Layout.W)
}
