package ui

import (
	"fmt"
	"strings"

	"unsaid/player"
	"unsaid/store"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// labelWidth is the column of "you" and "alexa" in the detail.
const labelWidth = 8

// roomy is the height from which a detail has a line for each fact.
const roomy = 13

// detailLines draws all that is known of a recording within a width, in at most height lines.
func (a *App) detailLines(r store.Recording, width, height int) []string {
	st := &a.Styles
	name, when := st.Strong.Render(text.Brief(r.Device.Name)), moment(&r, a.o.Zone)
	if r.TimeFrom != store.TimeUnknown {
		when += " · " + a.ago(r.Time)
	}
	var lines []string
	if height < roomy {
		lines = append(lines, name+st.Quiet.Render(" · ")+when)
		facts := a.facts(r)
		texts := make([]string, len(facts))
		for i, f := range facts {
			texts[i] = f.text
		}
		meta := text.Wrap(strings.Join(texts, " · "), width, max(1, height/4))
		lines = append(lines, a.spoken(r, width, max(2, height-2-len(meta)))...)
		lines = append(lines, a.soundLine(r, width))
		for _, line := range meta {
			lines = append(lines, st.Quiet.Render(line))
		}
		return lines[:min(len(lines), height)]
	}
	facts := append(a.facts(r), a.finePrint(r)...)
	lines = append(lines, name, st.Quiet.Render(when), "")
	lines = append(lines, a.spoken(r, width, max(4, height-7-len(facts)))...)
	lines = append(lines, "", a.soundLine(r, width), "")
	for _, f := range facts {
		for i, line := range text.Wrap(f.text, width-labelWidth, 3) {
			label := f.label
			if i > 0 {
				label = ""
			}
			lines = append(lines, st.Quiet.Render(text.Fit(label, labelWidth)+line))
		}
	}
	return lines[:min(len(lines), height)]
}

// spoken draws what was said and what was answered, in at most rows lines.
func (a *App) spoken(r store.Recording, width, rows int) []string {
	st := &a.Styles
	paragraph := func(label, words string, rows int) []string {
		var lines []string
		for i, line := range text.Wrap(text.Brief(words), width-labelWidth, rows) {
			if i > 0 {
				label = ""
			}
			lines = append(lines, st.Quiet.Render(text.Fit(label, labelWidth))+line)
		}
		return lines
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
		said = "(no words came with this recording)"
	}
	if r.Reply == "" {
		return paragraph(who, said, rows)
	}
	lines := paragraph(who, said, max(1, rows-max(1, rows/2)))
	return append(lines, paragraph(assistant(r.Device.Vendor), r.Reply, max(1, rows-len(lines)))...)
}

// soundLine draws the waveform with the play head, or why there is none.
func (a *App) soundLine(r store.Recording, width int) string {
	st := &a.Styles
	if r.Audio == nil {
		return st.Quiet.Render("no sound came with this recording")
	}
	s, ready := a.playback.of(r)
	switch {
	case !ready:
		return widget.Silence(st, max(4, width-18)) + st.Quiet.Render("  "+length(r.Audio.Duration)+" "+a.Spinner.View())
	case s.err != nil:
		return st.Bad.Render(text.Fit(text.Brief(s.err.Error()), width))
	}
	at, text := a.playback.headIn(r), length(r.Audio.Duration)
	if s.clip != nil {
		text = length(s.clip.Duration())
	}
	if at >= 0 {
		text = fmt.Sprintf("%s / %s", clock(a.playback.status.Position), clock(a.playback.status.Length))
	}
	return widget.Waveform(st, s.peaks, max(4, width-18), at) + "  " + text
}

// fact is something known of a recording.
type fact struct{ label, text string }

// facts is what people want to know of a recording besides its words.
func (a *App) facts(r store.Recording) []fact {
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
		add("maker", "maker: "+standing(r.Request))
	}
	if len(r.People) > 0 {
		add("person", "voice of "+strings.Join(r.People, ", "))
	}
	add("kind", r.Kind)
	add("topic", strings.Join(strings.Fields(r.Domain+" "+r.Intent+" "+r.Skill), " "))
	if r.Audio != nil {
		file := fmt.Sprintf("%s, %s", r.Audio.Format, size(r.Audio.Bytes))
		if r.Audio.LinkedBy == store.LinkedByTime {
			file += ", linked by its time"
		}
		if s, ok := a.playback.of(r); ok && s.clip != nil && s.clip.Note() != "" {
			file += ", " + s.clip.Note()
		}
		add("sound", file)
	}
	return facts
}

// finePrint is what only those who look closely want to know.
func (a *App) finePrint(r store.Recording) []fact {
	var facts []fact
	for _, f := range []fact{{"type", r.Device.Type}, {"serial", r.Device.Serial}, {"id", r.VendorID}} {
		if f.text = text.Brief(f.text); f.text != "" {
			facts = append(facts, f)
		}
	}
	return facts
}

// nowPlaying draws what is heard, for the status row: "" if nothing is. bare leaves it at the time.
func (a *App) nowPlaying(bare bool) string {
	p, st := &a.playback, &a.Styles
	var sign string
	switch p.status.State {
	case player.Playing:
		sign = st.Good.Render("▶")
	case player.Paused:
		sign = st.Warn.Render("‖")
	default:
		return ""
	}
	heard := fmt.Sprintf("%s %s/%s", sign, clock(p.status.Position), clock(p.status.Length))
	if bare {
		return heard
	}
	bar := ""
	if s, ok := p.of(p.playing); ok {
		bar = widget.Waveform(st, s.peaks, 12, p.headIn(p.playing)) + " "
	}
	name := text.Brief(p.playing.Device.Name)
	if how := unusual(p.settings); how != "" {
		name += " · " + how
	}
	return heard + " " + bar + st.Quiet.Render(name)
}
