package screen

import (
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"unsaid/phrase"
	"unsaid/player"
	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// listRows draws the part of a list that is seen, w cells wide; focused says whether the keys go to it.
func listRows(c *common.Common, l *List, w int, focused bool) []string {
	st := &c.Styles
	from, to := l.spanned()
	name := min(max(8, c.DeviceName), w/4)
	var lines []string
	for _, index := range l.lines() {
		if index == heading {
			lines = append(lines, "")
			continue
		}
		id := l.IDs[index]
		r, known := l.row(id)
		if n := len(lines); n > 0 && lines[n-1] == "" {
			lines[n-1] = dayLine(c, store.IDTime(id), w)
		}
		sign, tick := " ", " "
		if known && r.ID == c.Heard.Recording.ID {
			switch c.Heard.State {
			case player.Playing:
				sign = st.Good.Render("●")
			case player.Paused:
				sign = st.Warn.Render("‖")
			}
		}
		if l.marked[id] || from <= index && index < to {
			tick = st.Mark.Render("✓")
		}
		when := time.TimeOnly
		if !l.headed() {
			when = time.DateOnly
		}
		row := sign + tick + " " + rowText(c, id, r, known, when, name, w-6)
		if index == l.Cursor {
			lines = append(lines, st.Accent.Render("▌")+widget.OnRow(st, focused, text.Fit(row, w-1)))
			continue
		}
		lines = append(lines, " "+row)
	}
	return lines
}

// dayLine heads the recordings of a day.
func dayLine(c *common.Common, when time.Time, w int) string {
	day := phrase.UnknownTime
	if when.UnixMilli() != 0 {
		day = c.Dates().Weekday(store.DayOf(when, c.Zone)) + " · " + ago(c, when)
	}
	return c.Styles.Quiet.Render(ansi.Truncate("── "+day+" "+strings.Repeat("─", w), w, ""))
}

// rowText is a recording in one line: when it was, as layout writes it, device, length, words.
func rowText(c *common.Common, id int64, r store.Recording, known bool, layout string, name, width int) string {
	st := &c.Styles
	when := store.IDTime(id).In(c.Zone).Format(layout)
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
	return st.Quiet.Render(when) + "  " + text.Fit(text.Brief(phrase.Device(r.Device)), name) + " " + st.Quiet.Render(text.FitRight(sound, 6)) + "  " +
		ansi.Truncate(words, max(1, width-name-len(layout)-11), "…")
}

// withDetail puts the detail of a recording beside or below a list.
func withDetail(c *common.Common, lines []string, r store.Recording, ok bool) []string {
	at := c.Layout.Detail
	if at.H == 0 {
		return lines
	}
	var detail []string
	if ok {
		detail = text.Indent(detailLines(c, r, at.W-2, at.H))
	}
	detail = text.Pad(detail, at.W, at.H)
	if !c.Layout.Beside {
		rule := c.Styles.Quiet.Render(strings.Repeat("─", c.Layout.W))
		return append(append(lines, rule), detail...)
	}
	for i := range lines {
		lines[i] += c.Styles.Quiet.Render("│") + detail[i]
	}
	return lines
}
