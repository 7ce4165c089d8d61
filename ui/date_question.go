package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"unsaid/importer"
	"unsaid/ui/common"
	"unsaid/ui/keys"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// dateQuestion is what a running import asks: how the dates of a table are meant. The import waits
// for the answer; everything else goes on.
type dateQuestion struct {
	member string
	dates  []string
	answer chan string // takes one answer
}

// askDates returns what asks from the goroutine of the import.
func askDates(questions chan<- *dateQuestion) func(context.Context, string, []string) (string, error) {
	return func(ctx context.Context, member string, dates []string) (string, error) {
		q := &dateQuestion{member, dates, make(chan string, 1)}
		select {
		case questions <- q:
		case <-ctx.Done():
			return "", ctx.Err()
		}
		select {
		case answer := <-q.answer:
			return answer, nil
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
}

// nextQuestion waits for the next question; there is none after the import.
func (r *importRun) nextQuestion() tea.Cmd {
	questions := r.questions
	return func() tea.Msg {
		q, open := <-questions
		if !open {
			return nil
		}
		return dateQuestionMsg{q}
	}
}

// takeQuestion shows a question, or says that there is one where another dialog is open.
func (r *importRun) takeQuestion(a *App, msg dateQuestionMsg) tea.Cmd {
	r.question, r.asked = msg.question, a.o.Now()
	if a.free() {
		a.dialog = &importDialog{}
	}
	if _, open := a.dialog.(*importDialog); open {
		return r.nextQuestion()
	}
	return tea.Batch(r.nextQuestion(), a.say("The import asks a question: %s shows it.", a.Keys.KeyOf(keys.OpenImport)))
}

// answers are what the keys say to the question.
var answers = map[string]string{"m": importer.MonthFirst, "d": importer.DayFirst, "s": ""}

// reply answers the question with a key; false if the key is no answer. The question comes up by itself, so a
// key that comes too soon was meant for something else.
func (r *importRun) reply(a *App, key string) bool {
	answer, is := answers[key]
	switch {
	case !is || r.question == nil:
		return false
	case a.o.Now().Sub(r.asked) < common.SeeTime:
		return true
	}
	r.question.answer <- answer
	r.question = nil
	return true
}

// questionLines draw the question.
func (r *importRun) questionLines(a *App, w int) []string {
	st, q := &a.Styles, r.question
	lines := []string{st.Strong.Render("Month first or day first?"), st.Quiet.Render(text.FitLeft(text.Brief(q.member), w)), ""}
	lines = append(lines, text.Wrap("Nothing in this table tells how its dates are meant:", w, 3)...)
	for _, date := range q.dates {
		lines = append(lines, "  "+st.Accent.Render(text.Fit(text.Brief(date), w-2)))
	}
	lines = append(lines, "")
	for _, line := range text.Wrap("A wrong month would ask the maker for the wrong days. The answer is remembered for tables with the same columns.", w, 3) {
		lines = append(lines, st.Quiet.Render(line))
	}
	return append(append(lines, ""), widget.Hints(st, w, 2, [][2]string{
		{"m", "month first"}, {"d", "day first"}, {"s", "skip the table"}, {"esc", "later"}, {"c", "stop the import"},
	})...)
}
