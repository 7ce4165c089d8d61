package ui

import (
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"unsaid/player"
	"unsaid/store"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// listRows draws the part of a list that is seen, w cells wide; focused says whether the keys go to it.
func (a *App) listRows(l *list, w int, focused bool) []string {
	st := &a.Styles
	from, to := l.spanned()
	name := a.devices.nameWidth(w / 4)
	var lines []string
	for _, index := range l.lines() {
		if index == heading {
			lines = append(lines, "")
			continue
		}
		id := l.ids[index]
		r, known := l.row(id)
		if n := len(lines); n > 0 && lines[n-1] == "" {
			lines[n-1] = a.dayLine(store.IDTime(id), w)
		}
		sign, tick := " ", " "
		if known && r.ID == a.playback.playing.ID {
			switch a.playback.status.State {
			case player.Playing:
				sign = st.Good.Render("●")
			case player.Paused:
				sign = st.Warn.Render("‖")
			}
		}
		if l.marked[id] || from <= index && index < to {
			tick = st.Mark.Render("✓")
		}
		when := timeLayout
		if !l.headed() {
			when = time.DateOnly
		}
		row := sign + tick + " " + a.rowText(id, r, known, when, name, w-6)
		if index == l.cursor {
			lines = append(lines, st.Accent.Render("▌")+widget.OnRow(st, focused, text.Fit(row, w-1)))
			continue
		}
		lines = append(lines, " "+row)
	}
	return lines
}

// dayLine heads the recordings of a day.
func (a *App) dayLine(when time.Time, w int) string {
	day := unknownTime
	if when.UnixMilli() != 0 {
		day = when.In(a.o.Zone).Format(dayLayout) + " · " + a.ago(when)
	}
	return a.Styles.Quiet.Render(ansi.Truncate("── "+day+" "+strings.Repeat("─", w), w, ""))
}

// rowText is a recording in one line: when it was, as layout writes it, device, length, words.
func (a *App) rowText(id int64, r store.Recording, known bool, layout string, name, width int) string {
	st := &a.Styles
	when := store.IDTime(id).In(a.o.Zone).Format(layout)
	if store.IDTime(id).UnixMilli() == 0 {
		when = strings.NewReplacer("15", "--", "04", "--", "05", "--", "2006", "----", "01", "--", "02", "--").Replace(layout)
	}
	if !known {
		return st.Quiet.Render(when)
	}
	var sound string
	if r.Audio != nil {
		sound = length(r.Audio.Duration)
	} else {
		sound = "–"
	}
	words := text.Brief(r.Transcript)
	switch {
	case r.Unintended:
		words = st.Warn.Render("⚠ " + strings.TrimSpace(words+" "))
	case words == "":
		words = st.Quiet.Render("(no words)")
	}
	return st.Quiet.Render(when) + "  " + text.Fit(text.Brief(r.Device.Name), name) + " " + st.Quiet.Render(text.FitRight(sound, 6)) + "  " +
		ansi.Truncate(words, max(1, width-name-len(layout)-11), "…")
}
