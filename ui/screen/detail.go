package screen

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"unsaid/phrase"
	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/style"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// labelWidth is the column of "you" and "alexa" in the detail.
const labelWidth = 8

// roomy is the height from which a detail has a line for each fact.
const roomy = 13

// detailLines draws all that is known of a recording within a width, in at most height lines.
func detailLines(c *common.Common, r store.Recording, width, height int) []string {
	st := &c.Styles
	name, when := st.Strong.Render(text.Brief(phrase.Device(r.Device))), c.Dates().Recorded(&r)
	if r.TimeFrom != store.TimeUnknown {
		when += " · " + ago(c, r.Time)
	}
	var lines []string
	if height < roomy {
		lines = append(lines, name+st.Quiet.Render(" · ")+when)
		facts := facts(c, r)
		texts := make([]string, len(facts))
		for i, f := range facts {
			texts[i] = f.text
		}
		meta := text.Wrap(strings.Join(texts, " · "), width, max(1, height/4))
		lines = append(lines, spoken(c, r, width, max(2, height-2-len(meta)))...)
		lines = append(lines, soundLine(c, r, width))
		for _, line := range meta {
			lines = append(lines, st.Quiet.Render(line))
		}
		return lines[:min(len(lines), height)]
	}
	facts := append(facts(c, r), finePrint(r)...)
	lines = append(lines, name, st.Quiet.Render(when), "")
	lines = append(lines, spoken(c, r, width, max(4, height-7-len(facts)))...)
	lines = append(lines, "", soundLine(c, r, width), "")
	for _, f := range facts {
		lines = append(lines, labelled(st, f.label, widget.Wrap(st.Quiet, f.text, width-labelWidth, 3))...)
	}
	return lines[:min(len(lines), height)]
}

// labelled puts a label before the first of some lines, and its room before the others.
func labelled(st *style.Styles, label string, lines []string) []string {
	for i := range lines {
		lines[i] = st.Quiet.Render(text.Fit(label, labelWidth)) + lines[i]
		label = ""
	}
	return lines
}

// spoken draws what was said and what was answered, in at most rows lines.
func spoken(c *common.Common, r store.Recording, width, rows int) []string {
	st := &c.Styles
	paragraph := func(label, words string, rows int) []string {
		return labelled(st, label, text.Wrap(text.Paragraph(words), width-labelWidth, rows))
	}
	who := "you"
	switch {
	case r.Unintended:
		who = "heard"
	case r.Typed:
		who = "typed"
	}
	said := r.Transcript
	if said == "" {
		said = "(no transcript)"
	}
	if r.Reply == "" {
		return paragraph(who, said, rows)
	}
	lines := paragraph(who, said, max(1, rows-max(1, rows/2)))
	return append(lines, paragraph(phrase.Assistant(r.Device.Vendor), r.Reply, max(1, rows-len(lines)))...)
}

// soundLine draws the waveform with the play head, or why there is none.
func soundLine(c *common.Common, r store.Recording, width int) string {
	st := &c.Styles
	if r.Audio == nil {
		return st.Quiet.Render("no sound")
	}
	s, ready := c.Heard.Sound(r)
	switch {
	case !ready:
		return widget.Silence(st, max(4, width-18)) + st.Quiet.Render("  "+length(r.Audio.Duration)+" "+c.Spinner.View())
	case s.Err != nil:
		return st.Bad.Render(text.Fit(text.Brief(s.Err.Error()), width))
	}
	at, text := c.Heard.Head(r), length(r.Audio.Duration)
	if s.Clip != nil {
		text = length(s.Clip.Duration())
	}
	if at >= 0 {
		text = fmt.Sprintf("%s / %s", common.Clock(c.Heard.Position), common.Clock(c.Heard.Length))
	}
	return widget.Waveform(st, s.Peaks, max(4, width-18), at) + "  " + text
}

// length is the length of a sound: 2.4s, 1:07, 1:02:07; – if it is not known.
func length(d time.Duration) string { return cmp.Or(phrase.Length(d), "–") }

// fact is something known of a recording.
type fact struct{ label, text string }

// facts is what people want to know of a recording besides its words.
func facts(c *common.Common, r store.Recording) []fact {
	var facts []fact
	add := func(label, words string) {
		if words = text.Brief(words); words != "" {
			facts = append(facts, fact{label, words})
		}
	}
	if r.Unintended {
		add("", "⚠ not intended for the assistant")
	}
	if r.State == store.Trashed {
		add("here", "in the trash")
	}
	if r.Request != store.NotAsked {
		add("maker", "maker: "+phrase.Standing(r.Request))
	}
	if len(r.People) > 0 {
		add("person", "voice of "+strings.Join(r.People, ", "))
	}
	add("kind", r.Kind)
	add("topic", strings.Join(strings.Fields(r.Domain+" "+r.Intent+" "+r.Skill), " "))
	if r.Audio != nil {
		file := fmt.Sprintf("%s, %s", r.Audio.Format, phrase.Size(r.Audio.Bytes))
		if r.Audio.LinkedBy == store.LinkedByTime {
			file += ", linked by its time"
		}
		if s, ok := c.Heard.Sound(r); ok && s.Clip != nil && s.Clip.Note() != "" {
			file += ", " + s.Clip.Note()
		}
		add("sound", file)
	}
	return facts
}

// finePrint is what only those who look closely want to know.
func finePrint(r store.Recording) []fact {
	var facts []fact
	for _, f := range []fact{{"type", r.Device.Type}, {"serial", r.Device.Serial}, {"id", r.VendorID}} {
		if f.text = text.Brief(f.text); f.text != "" {
			facts = append(facts, f)
		}
	}
	return facts
}
