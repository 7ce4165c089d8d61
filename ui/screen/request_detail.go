package screen

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"unsaid/deletion"
	"unsaid/phrase"
	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/keys"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// requestDetail is what the screen shows of a request besides the request itself.
type requestDetail struct {
	rows    map[int64]store.Recording // of steps that remove a single one
	verdict deletion.Verdict          // by the exports; of a draft there is none
	letters []store.Letter
}

// maxSingles is how many steps the screen shows; the files have all.
const maxSingles = 200

// showDetail reads what is shown of the request at the cursor, unless it is shown already.
func (r *requests) showDetail(c *common.Common) tea.Cmd {
	if len(r.all) == 0 || r.loaded == r.all[r.Cursor].ID {
		return nil
	}
	return r.loadDetail(c)
}

// loadDetail reads it anew. What is known of the same request stays until then.
func (r *requests) loadDetail(c *common.Common) tea.Cmd {
	if len(r.all) == 0 {
		return nil
	}
	request := r.all[r.Cursor]
	if r.loaded != request.ID {
		r.loaded, r.detail = request.ID, requestDetail{}
	}
	r.asked++
	r.reading = true
	asked := r.asked
	var ids []int64
	for _, s := range request.Steps {
		if s.Kind == store.Single && len(ids) < maxSingles {
			ids = append(ids, s.Recordings...)
		}
	}
	return common.Ask(nil, func() (requestDetail, error) { return readDetail(c, request, ids) }, func(detail requestDetail, err error) common.Action {
		if asked != r.asked {
			return nil
		}
		r.detail, r.reading = detail, false
		return common.Failed(err)
	})
}

// readDetail reads what is shown of a request, and the recordings with some ids.
func readDetail(c *common.Common, request store.Request, ids []int64) (requestDetail, error) {
	detail := requestDetail{rows: make(map[int64]store.Recording, len(ids))}
	found, err := c.DB.Recordings(c.Ctx, ids)
	if err != nil {
		return detail, err
	}
	for _, recording := range found {
		detail.rows[recording.ID] = recording
	}
	if request.Status == store.Draft {
		return detail, nil
	}
	if detail.letters, err = c.DB.Letters(c.Ctx, request.ID); err == nil {
		detail.verdict, err = c.Verdict(c.Ctx, request)
	}
	return detail, err
}

// lines draw the request at the cursor: where it stands, what the exports tell, and its steps.
func (r *requests) lines(c *common.Common, w int) []string {
	st, q := &c.Styles, r.all[r.Cursor]
	lines := []string{text.Fit(st.Strong.Render(text.Brief(phrase.Device(q.Device)))+st.Quiet.Render(fmt.Sprintf(" · request %d · %s · %s",
		q.ID, phrase.RequestStanding(q, c.Local()), phrase.Count(q.Recordings, "recording"))), w)}
	if r.reading {
		lines[0] = text.Fit(strings.TrimRight(lines[0], " ")+" "+c.Spinner.View(), w)
	}
	lines = append(lines, r.sent(c, w)...)
	lines = append(lines, r.describe(c, w)...)
	for i, s := range q.Steps {
		if i == maxSingles {
			return append(lines, st.Quiet.Render("… and "+phrase.Count(len(q.Steps)-i, "more step")+"; the files list all"))
		}
		lines = append(lines, text.Fit(fmt.Sprintf("%3d. %s", i+1, step(c, s, r.detail.rows)), w))
	}
	if r.open {
		lines = append(lines, rules(c, w)...)
	}
	return lines
}

// sent draws when the request was sent, by when an answer is due, and where its files are.
func (r *requests) sent(c *common.Common, w int) []string {
	st, q := &c.Styles, r.all[r.Cursor]
	var lines []string
	if q.Status != store.Draft {
		words := c.Dates().Sent(q.SentOn, q.DueOn)
		if deletion.Overdue(q, c.Local()) {
			words = st.Bad.Render(words + ": overdue")
		}
		lines = append(lines, text.Fit(words, w))
	}
	if q.Undone > 0 {
		lines = append(lines, text.Wrap(st.Warn.Render("restored since: "+phrase.Count(q.Undone, "recording")+"; unsaid requests withdraw writes a letter that takes them back"), w, 3)...)
	}
	for _, answer := range q.Answers {
		lines = append(lines, text.Fit(text.Brief(c.Dates().Answer(answer)), w))
	}
	if q.Written.Folder == "" {
		lines = append(lines, text.Wrap(st.Quiet.Render("no files written yet: "+c.Keys.KeyOf(keys.WriteFiles)+" writes request.md, letter.txt, letter.eml and the manifests"), w, 3)...)
	} else {
		lines = append(lines, text.Wrap("files in "+text.Brief(q.Written.Folder), w, 3)...)
	}
	if q.Outdated {
		lines = append(lines, widget.Wrap(st.Warn, "the files are "+deletion.OutOfDate+": "+c.Keys.KeyOf(keys.WriteFiles)+" writes them again", w, 3)...)
	}
	for _, l := range r.detail.letters {
		lines = append(lines, text.Fit(text.Brief(c.Dates().Letter(l)), w))
	}
	return lines
}

// mostDescribed is how many exports and reasons are named unless the detail has the whole body.
const mostDescribed = 2

// describe draws what the exports show about the request.
func (r *requests) describe(c *common.Common, w int) []string {
	st, v := &c.Styles, &r.detail.verdict
	if v.Request.ID == 0 {
		return nil
	}
	exports, proofs, reasons := v.Exports, v.Grounds(), v.Reasons
	if !r.open {
		exports, proofs, reasons = exports[:min(mostDescribed, len(exports))], proofs[:min(mostDescribed, len(proofs))], reasons[:min(mostDescribed, len(reasons))]
	}
	var lines []string
	if len(v.Exports) > 0 {
		lines = append(lines, text.Fit("exports show: "+v.Summary(), w))
	}
	for _, e := range exports {
		lines = append(lines, widget.Wrap(st.Quiet, fmt.Sprintf("import %d of %s, %s: %s", e.ImportID,
			c.Dates().Of(e.Imported), text.Brief(phrase.Paths(e.Paths)), e.Summary()), w, 2)...)
	}
	for _, proof := range proofs {
		lines = append(lines, text.Wrap(phrase.Proof(proof, c.Dates().Of(proof.Export.Made)), w, 3)...)
	}
	for _, reason := range reasons {
		style := st.Warn
		if reason.Kind == deletion.NoExport {
			style = st.Quiet
		}
		lines = append(lines, widget.Wrap(style, text.Brief(reason.Sentence()), w, 3)...)
		if reason.Settles() != deletion.ImportNewer { // which the sentence says
			lines = append(lines, widget.Wrap(st.Quiet, "  "+settles(c, reason.Settles()), w, 2)...)
		}
	}
	if v.Request.StillThere > 0 {
		lines = append(lines, widget.Wrap(st.Bad, phrase.Count(v.Request.StillThere, "recording")+" still there: "+c.Keys.KeyOf(keys.FollowUp)+
			" writes a follow-up with the evidence", w, 2)...)
	}
	return append(lines, "")
}

// settles says what would settle an outcome, and which key does.
func settles(c *common.Common, by deletion.Settle) string {
	said := phrase.Settles(by)
	switch by {
	case deletion.SayComplete:
		return said + " with " + c.Keys.KeyOf(keys.SayComplete)
	case deletion.CompareBoth:
		return said + ": " + c.Keys.KeyOf(keys.CompareBoth) + " shows them"
	case deletion.SayMadeOn:
		return said + " with " + c.Keys.KeyOf(keys.OpenImport) + ", a and m"
	}
	return said
}

// rules explain how it is judged what has become of a request.
func rules(c *common.Common, w int) []string {
	lines := []string{"", c.Styles.Strong.Render("How an export is judged")}
	for _, rule := range []string{
		"It counts if it was made after the request was sent: it has a later recording, its maker's stamp says so, or you do.",
		"Still there: such an export has the recording.",
		"Gone: such an export lacks it, has no other that may be it, and was read completely. It has what was recorded before it and after it, " +
			"on that device or in that account, or it is all that the account has, by your word.",
		"Otherwise it cannot be told: what is older or newer than everything in the export may simply not be in it.",
	} {
		lines = append(lines, widget.Wrap(c.Styles.Quiet, rule, w, 4)...)
	}
	return lines
}

// step says what a step asks for. Of a single recording it quotes the words, if rows has it.
func step(c *common.Common, s store.Step, rows map[int64]store.Recording) string {
	recording, known := rows[s.Recordings[0]]
	if !known {
		return c.Dates().Step(s)
	}
	return c.Dates().Step(s) + "  " + c.Styles.Quiet.Render(text.Brief(recording.Transcript))
}
