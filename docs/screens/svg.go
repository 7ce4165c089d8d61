package main

import (
	"fmt"
	"html"
	"image/color"
	"strings"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
)

// Measures of a picture, in its own units.
const (
	cellWidth  = 8.4
	cellHeight = 18.0
	baseline   = 13.5
	fontSize   = 14.0
	margin     = 14.0
)

// shot is the content of a screen.
type shot struct {
	width int
	rows  []string // each an SVG fragment at the height 0
}

// shot copies what is on the screen.
func (s *stage) shot() shot {
	taken := shot{width: s.screen.Width()}
	for y := range s.screen.Height() {
		var row strings.Builder
		for x := 0; x < taken.width; {
			run := s.run(x, y)
			run.draw(&row)
			x += run.width
		}
		taken.rows = append(taken.rows, row.String())
	}
	return taken
}

// run is cells beside each other that look alike.
type run struct {
	x, width int
	text     string
	style    uv.Style
}

// run reads the cells that look like the one at x. Line and block characters, and text wider than a cell, are
// runs of their own.
func (s *stage) run(x, y int) run {
	r := run{x: x}
	for ; x < s.screen.Width(); x++ {
		cell := s.screen.CellAt(x, y)
		if cell == nil || cell.Width == 0 {
			break
		}
		alone := cell.Width > 1 || drawn(cell.Content) != ""
		if r.width > 0 && (alone || !cell.Style.Equal(&r.style)) {
			return r
		}
		r.text, r.style, r.width = r.text+cell.Content, cell.Style, r.width+cell.Width
		if alone {
			return r
		}
	}
	r.width = max(1, r.width)
	return r
}

// draw writes the run as SVG.
func (r run) draw(out *strings.Builder) {
	foreground, background := r.style.Fg, r.style.Bg
	x, w := float64(r.x)*cellWidth, float64(r.width)*cellWidth
	if background != nil {
		fmt.Fprintf(out, `<rect x="%.1f" width="%.1f" height="%.0f" fill="%s"/>`, x, w+0.2, cellHeight, hex(background))
	}
	if strings.TrimSpace(r.text) == "" {
		return
	}
	fill := ""
	if foreground != nil {
		fill = ` fill="` + hex(foreground) + `"`
	}
	if path := drawn(r.text); path != "" {
		if opacity := shade(r.text); opacity < 1 {
			fill += fmt.Sprintf(` fill-opacity="%g"`, opacity)
		}
		fmt.Fprintf(out, `<path transform="translate(%.1f 0)"%s d="%s"/>`, x, fill, path)
		return
	}
	if r.style.Attrs&uv.AttrBold != 0 {
		fill += ` font-weight="bold"`
	}
	if r.style.Underline != uv.UnderlineNone {
		fill += ` text-decoration="underline"`
	}
	text := strings.TrimLeft(r.text, " ") // spaces at either end would be dropped, and others joined
	x += float64(len(r.text)-len(text)) * cellWidth
	w -= float64(len(r.text)-len(strings.Trim(r.text, " "))) * cellWidth
	text = strings.ReplaceAll(strings.TrimRight(text, " "), " ", "\u00a0")
	fmt.Fprintf(out, `<text x="%.1f" y="%.1f" textLength="%.1f"%s>%s</text>`, x, baseline, w, fill, html.EscapeString(text))
}

// shade is how dense a block is.
func shade(text string) float64 {
	if density, ok := map[string]float64{"░": 0.25, "▒": 0.5, "▓": 0.75}[text]; ok {
		return density
	}
	return 1
}

// drawn is the shape of a line or block character, which fonts draw at different sizes; "" for others.
func drawn(text string) string {
	const w, h, midX, midY, thin = cellWidth, cellHeight, cellWidth / 2, cellHeight / 2, 1.2
	box := func(x0, y0, x1, y1 float64) string {
		return fmt.Sprintf("M%.2f %.2fH%.2fV%.2fH%.2fZ", x0, y0, x1, y1, x0)
	}
	across := func(x0, x1 float64) string { return box(x0, midY-thin/2, x1, midY+thin/2) }
	down := func(y0, y1 float64) string { return box(midX-thin/2, y0, midX+thin/2, y1) }
	characters := []rune(text)
	if len(characters) != 1 {
		return ""
	}
	switch c := characters[0]; {
	case c >= '▁' && c <= '█':
		return box(0, h-h*float64(c-'▁'+1)/8, w+0.2, h)
	case shade(text) < 1:
		return box(0, 0, w+0.2, h)
	case c >= '▉' && c <= '▏':
		return box(0, 0, w*float64('▏'-c+1)/8, h)
	case c == '─':
		return across(0, w+0.2)
	case c == '│':
		return down(0, h)
	case c == '╭', c == '┌':
		return across(midX, w) + down(midY, h)
	case c == '╮', c == '┐':
		return across(0, midX) + down(midY, h)
	case c == '╰', c == '└':
		return across(midX, w) + down(0, midY)
	case c == '╯', c == '┘':
		return across(0, midX) + down(0, midY)
	}
	return ""
}

// frame begins a picture that is that many cells wide and high.
func frame(look look, width, height int) string {
	w, h := float64(width)*cellWidth+2*margin, float64(height)*cellHeight+2*margin
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" width="%.0f" height="%.0f" `, w, h, w, h) +
		fmt.Sprintf(`font-family="'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="%.0f" fill="%s">`, fontSize, hex(look.text)) +
		fmt.Sprintf(`<rect x="0.5" y="0.5" width="%.0f" height="%.0f" rx="8" fill="%s" stroke="%s"/>`, w-1, h-1, hex(look.background), hex(look.edge)) + "\n"
}

// svg is the picture of a shot.
func (s shot) svg(look look) string {
	var out strings.Builder
	out.WriteString(frame(look, s.width, len(s.rows)))
	for y, row := range s.rows {
		if row != "" {
			fmt.Fprintf(&out, `<g transform="translate(%.0f %.0f)">%s</g>`+"\n", margin, margin+float64(y)*cellHeight, row)
		}
	}
	return out.String() + "</svg>\n"
}

// animated is a film that starts again at its end. A row that is the same in several scenes is written once.
// Viewers who want no motion see the first scene.
func animated(film []scene, look look) string {
	var out, rows, scenes, rules strings.Builder
	var whole, at time.Duration
	for _, s := range film {
		whole += s.last
	}
	known := map[string]int{}
	for i, s := range film {
		from, to := share(at, whole), share(at+s.last, whole)
		at += s.last
		fmt.Fprintf(&rules, "@keyframes k%d{0%%{visibility:hidden}%s{visibility:visible}%s{visibility:hidden}100%%{visibility:hidden}}#s%d{animation-name:k%d}\n", i, from, to, i, i)
		fmt.Fprintf(&scenes, `<g class="s" id="s%d">`, i)
		for y, row := range s.shot.rows {
			if row == "" {
				continue
			}
			number, is := known[row]
			if !is {
				number = len(known)
				known[row] = number
				fmt.Fprintf(&rows, `<g id="r%d">%s</g>`+"\n", number, row)
			}
			fmt.Fprintf(&scenes, `<use href="#r%d" x="%.0f" y="%.0f"/>`, number, margin, margin+float64(y)*cellHeight)
		}
		scenes.WriteString("</g>\n")
	}
	out.WriteString(frame(look, film[0].shot.width, len(film[0].shot.rows)))
	fmt.Fprintf(&out, "<style>.s{visibility:hidden;animation:%.2fs step-end infinite}\n%s", whole.Seconds(), rules.String())
	out.WriteString("@media (prefers-reduced-motion){.s{animation:none}#s0{visibility:visible}}</style>\n")
	return out.String() + "<defs>" + rows.String() + "</defs>\n" + scenes.String() + "</svg>\n"
}

func share(at, whole time.Duration) string {
	return fmt.Sprintf("%.3f%%", 100*float64(at)/float64(whole))
}

func hex(c color.Color) string {
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}
