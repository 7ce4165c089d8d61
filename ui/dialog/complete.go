package dialog

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"unsaid/store"
	"unsaid/ui/common"
)

// sayComplete notes that, by the user's word, exports are all that the maker gave them, or takes that back.
func sayComplete(c *common.Common, exports []store.Export) tea.Cmd {
	answer, said := store.Yes, "The export counts as complete, by your word"
	if allComplete(exports) {
		answer, said = store.NotAnswered, "The export no longer counts as complete"
	}
	return func() tea.Msg {
		_, err := c.SetComplete(c.Ctx, answer, idsOf(exports)...)
		return common.Changed{Text: said, Err: err}
	}
}

// sayEverything answers the question of the report, which comes up by itself and is asked once.
func (r *Run) sayEverything(c *common.Common) common.Action {
	if c.Now().Sub(r.asked) < common.SeeTime {
		return nil
	}
	exports := r.undecided
	r.undecided = nil
	return sayComplete(c, exports)
}

// completeHint says what the key does that calls [sayComplete].
func completeHint(exports []store.Export) string {
	if allComplete(exports) {
		return "it is not everything they gave me"
	}
	return "it is everything they gave me"
}

// allComplete reports whether exports are all that the account has, by the user's word.
func allComplete(exports []store.Export) bool {
	return !slices.ContainsFunc(exports, func(e store.Export) bool { return e.Complete != store.Yes })
}

func idsOf(exports []store.Export) []int64 {
	ids := make([]int64, len(exports))
	for i, e := range exports {
		ids[i] = e.ID
	}
	return ids
}

// newMadeOn asks on which day the maker made what an import read.
func newMadeOn(c *common.Common, exports []store.Export) *Prompt {
	p := NewPrompt("When did the maker make this export?", "")
	p.Enter, p.Width = "note it", 56
	p.Note = "The proof says that it rests on your word. Leave the field empty to remove the day."
	for _, e := range exports {
		switch {
		case e.MadeBy == store.MadeByUser:
			p.input.SetValue(store.DayOf(e.Made, c.Zone).String())
		case !e.Packed.IsZero():
			p.Body = []string{"The clock of the archive says " + c.Dates().Of(e.Packed) + ", which proves nothing."}
		}
	}
	p.input.CursorEnd()
	p.Accept = func(typed string) (common.Action, string) {
		if typed == "" {
			return setMadeOn(c, exports, time.Time{}, "The day that you gave is removed"), ""
		}
		made, err := c.ReadMadeOn(typed)
		for _, e := range exports {
			if err == nil {
				err = c.CheckMadeOn(made, e)
			}
		}
		if err != nil {
			return nil, err.Error()
		}
		return setMadeOn(c, exports, made, "The export counts as made on "+c.Dates().Of(made)+", by your word"), ""
	}
	return p
}

// setMadeOn notes when exports were made.
func setMadeOn(c *common.Common, exports []store.Export, made time.Time, said string) tea.Cmd {
	return func() tea.Msg {
		_, err := c.SetMadeOn(c.Ctx, made, idsOf(exports)...)
		return common.Changed{Text: said, Err: err}
	}
}
