package dialog

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"unsaid/importer"
	"unsaid/phrase"
	"unsaid/ui/common"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// Question is what a running import asks: how the dates of a table are meant. The import waits
// for the answer; everything else goes on.
type Question struct {
	Member string
	Dates  []string
	Answer chan string // takes one answer
}

// QuestionMsg is a question of the running import.
type QuestionMsg struct{ Question *Question }

// askDates returns what asks from the goroutine of the import.
func askDates(questions chan<- tea.Msg) func(context.Context, string, []string) (string, error) {
	return func(ctx context.Context, member string, dates []string) (string, error) {
		q := &Question{member, dates, make(chan string, 1)}
		select {
		case questions <- QuestionMsg{q}:
		case <-ctx.Done():
			return "", ctx.Err()
		}
		select {
		case answer := <-q.Answer:
			return answer, nil
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
}

// Ask notes a question, and waits for the next.
func (r *Run) Ask(c *common.Common, q *Question) tea.Cmd {
	r.question, r.asked = q, c.Now()
	return next(r.questions)
}

// reply answers the question with a key; false if the key is no answer. The question comes up by itself, so a
// key that comes too soon was meant for something else.
func (r *Run) reply(c *common.Common, key string) bool {
	answer, is := map[string]string{"m": importer.MonthFirst, "d": importer.DayFirst, "s": ""}[key]
	switch {
	case !is || r.question == nil:
		return false
	case c.Now().Sub(r.asked) < common.SeeTime:
		return true
	}
	r.question.Answer <- answer
	r.question = nil
	return true
}

// questionLines draws the question.
func (r *Run) questionLines(c *common.Common, w int) []string {
	st, q := &c.Styles, r.question
	lines := []string{st.Strong.Render("Month first or day first?"), st.Quiet.Render(text.FitLeft(text.Brief(q.Member), w)), ""}
	lines = append(lines, text.Wrap("Nothing in this table says which it is:", w, 3)...)
	for _, date := range q.Dates {
		lines = append(lines, "  "+st.Accent.Render(text.Fit(text.Brief(date), w-2)))
	}
	lines = append(lines, "")
	lines = append(lines, widget.Wrap(st.Quiet, phrase.WrongMonth, w, 3)...)
	return append(append(lines, ""), widget.Hints(st, w, 2, [][2]string{
		{"m", "month first"}, {"d", "day first"}, {"s", "skip the table"}, {"esc", "later"}, {"c", "stop the import"},
	})...)
}
