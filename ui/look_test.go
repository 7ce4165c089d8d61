package ui

import (
	"errors"
	"fmt"
	"image/color"
	"math"
	"strings"
	"testing"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"

	"unsaid/ui/text"
)

// luminance is the relative luminance of a colour, as WCAG 2 defines it.
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	linear := func(v uint32) float64 {
		s := float64(v) / 0xffff
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

// contrast is the contrast of two colours, from 1 to 21.
func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// xterm is the sixteen colours as xterm has them.
var xterm = strings.Fields("#000000 #cd0000 #00cd00 #cdcd00 #0000ee #cd00cd #00cdcd #e5e5e5 #7f7f7f #ff0000 #00ff00 #ffff00 #5c5cff #ff00ff #00ffff #ffffff")

// Whatever is written can be read: on black, on white, and on what is common between.
func TestContrast(t *testing.T) {
	backgrounds := map[bool][]string{true: {"#000000", "#1E1E1E", "#282A36"}, false: {"#FFFFFF", "#FDF6E3", "#EFF1F5"}}
	text := map[bool]string{true: "#D8D8D8", false: "#000000"} // what terminals write with
	for _, theme := range Themes() {
		for _, depth := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ANSI256, colorprofile.ANSI, colorprofile.ASCII} {
			least := 4.5
			if theme == "high-contrast" && depth > colorprofile.ANSI {
				least = 7
			}
			for _, onDark := range []bool{true, false} {
				if theme == "light" && onDark || theme == "dark" && !onDark {
					continue
				}
				for name, value := range (Look{Theme: theme}).colours(onDark, depth) {
					shown := depth.Convert(lipgloss.Color(value))
					if basic, is := shown.(ansi.BasicColor); is {
						shown = lipgloss.Color(xterm[basic])
					}
					on := backgrounds[onDark]
					if strings.HasPrefix(name, "row") {
						on = []string{text[onDark]}
					} else if depth == colorprofile.ANSI {
						on = on[:1]
					}
					for _, background := range on {
						if got := contrast(shown, lipgloss.Color(background)); got < least {
							t.Errorf("%s, %s: %s (%s) on %s has a contrast of %.2f", theme, depth, name, value, background, got)
						}
					}
				}
			}
		}
	}
}

// Whatever is drawn on a background of the program's can be read, on every screen: the row with the cursor
// above all, which has the terminal's own background nowhere.
func TestContrastOnTheRowWithTheCursor(t *testing.T) {
	text := map[bool]color.Color{true: lipgloss.Color("#D8D8D8"), false: lipgloss.Color("#000000")}
	cells := 0
	sitDown(t, household(), func(u *user) {
		u.terminal(120, 36)
		for _, keys := range [][]string{
			{"space"},
			{"x", "j", "V"},
			{"g"},
			{"j", "esc"},
			{"f"},
			{"esc", "b"},
			{"esc", "/", "d", "e", "v", "tab"},
			{"esc", "esc", "esc", "2"},
			{"m"},
			{"esc", "3"},
			{"enter", "x"},
			{"k"},
			{"6"},
			{"J", "J", "J", "J"},
			{"D"},
			{"esc", ":"},
			{"esc", "i"},
			{"a"},
			{"esc", "esc", "1", "d", "enter", "5"},
			{"4"},
		} {
			u.press(keys...)
			for _, theme := range Themes() {
				for _, depth := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ANSI256} {
					for _, onDark := range []bool{true, false} {
						if theme == "light" && onDark || theme == "dark" && !onDark {
							continue
						}
						u.app.o.Look.Theme, u.app.background.Dark, u.app.depth = theme, onDark, depth
						u.app.restyle()
						terminal := [2]color.Color{text[onDark], map[bool]color.Color{true: color.Black, false: color.White}[onDark]}
						told, looked := unreadable(u.app.View().Content, depth, terminal)
						if told != "" {
							t.Errorf("after %q, %s on %s, dark %t: %s", keys, theme, depth, onDark, told)
						}
						cells += looked
					}
				}
			}
		}
	})
	if cells < 5_000 {
		t.Errorf("only %d cells were looked at", cells)
	}
}

// unreadable tells the first cell with a background of its own on which it can hardly be read, "" if there is
// none, and at how many it looked. terminal is what that writes with, and on.
func unreadable(screen string, depth colorprofile.Profile, terminal [2]color.Color) (told string, looked int) {
	canvas := lipgloss.NewCanvas(lipgloss.Width(screen), lipgloss.Height(screen))
	canvas.Compose(lipgloss.NewLayer(screen))
	for y := range canvas.Height() {
		for x := range canvas.Width() {
			cell := canvas.CellAt(x, y)
			if cell == nil || strings.TrimSpace(cell.Content) == "" || cell.Style.Bg == nil && cell.Style.Attrs&uv.AttrReverse == 0 {
				continue
			}
			shown := terminal
			for i, own := range []color.Color{cell.Style.Fg, cell.Style.Bg} {
				if own != nil {
					shown[i] = depth.Convert(own)
				}
			}
			if got := contrast(shown[0], shown[1]); got < 4.5 {
				return fmt.Sprintf("%q at %d, %d has a contrast of %.2f", cell.Content, x, y, got), looked
			}
			looked++
		}
	}
	return "", looked
}

func TestLookFollowsTheTerminalAndTheSettings(t *testing.T) {
	const darkAccent, lightAccent = "\x1b[38;2;95;215;215m", "\x1b[38;2;11;110;117m"
	for _, c := range []struct {
		name        string
		look        Look
		msgs        []tea.Msg
		has, hasNot string
	}{
		{"usual", Look{}, nil, darkAccent, lightAccent},
		{"on white", Look{}, []tea.Msg{tea.BackgroundColorMsg{Color: color.White}}, lightAccent, darkAccent},
		{"always dark", Look{Theme: "dark"}, []tea.Msg{tea.BackgroundColorMsg{Color: color.White}}, darkAccent, lightAccent},
		{"always light", Look{Theme: "light"}, []tea.Msg{tea.BackgroundColorMsg{Color: color.Black}}, lightAccent, darkAccent},
		{"without colours", Look{Theme: "mono"}, nil, "\x1b[1;7m", "38;"},
		{"NO_COLOR", Look{}, []tea.Msg{tea.ColorProfileMsg{Profile: colorprofile.ASCII}}, "\x1b[1;7m", "38;"},
		{"NO_COLOR, whatever the settings", Look{Colors: map[string]string{"key": "#010203"}}, []tea.Msg{tea.ColorProfileMsg{Profile: colorprofile.ASCII}}, "\x1b[1;7m", "38;"},
		{"sixteen colours", Look{}, []tea.Msg{tea.ColorProfileMsg{Profile: colorprofile.ANSI}}, "\x1b[96m", "38;"},
		{"another colour", Look{Colors: map[string]string{"accent": "#010203", "key": "none"}}, nil, "38;2;1;2;3m", "\x1b[38;2;95;215;215m1"},
		{"high contrast", Look{Theme: "high-contrast"}, nil, "\x1b[38;2;127;255;255m", darkAccent},
	} {
		sitDown(t, household(), func(u *user) {
			u.app.o.Look = c.look
			u.app.restyle()
			for _, msg := range c.msgs {
				u.give(msg)
			}
			if content := u.app.View().Content; !strings.Contains(content, c.has) || strings.Contains(content, c.hasNot) {
				t.Errorf("%s: %q has to be in this and %q not:\n%q", c.name, c.has, c.hasNot, content)
			}
		})
	}
}

func TestLooksThatAreNotAreRefused(t *testing.T) {
	for _, c := range []struct {
		look           Look
		setting, tells string
	}{
		{Look{Theme: "pink"}, "theme", `"pink" is none of auto, light, dark, high-contrast, mono`},
		{Look{Waveform: "sine"}, "waveform", "blocks, braille, ascii"},
		{Look{Colors: map[string]string{"acent": "#FFFFFF"}}, "acent", "no such colour; there are accent, bad, bar"},
		{Look{Colors: map[string]string{"accent": "#FFFFF"}}, "accent", "no colour"},
		{Look{Colors: map[string]string{"accent": "256"}}, "accent", "no colour"},
		{Look{Colors: map[string]string{"accent": "-1"}}, "accent", "no colour"},
		{Look{Colors: map[string]string{"accent": "red"}}, "accent", "no colour"},
		{Look{Colors: map[string]string{"accent": ""}}, "accent", "no colour"},
	} {
		wrong := (*SettingError)(nil)
		if err := c.look.Check(); !errors.As(err, &wrong) || wrong.Setting != c.setting || !strings.Contains(wrong.Reason, c.tells) {
			t.Errorf("%+v: %v", c.look, err)
		}
	}
	for _, theme := range Themes() {
		fine := Look{Theme: theme, Waveform: "braille", Colors: map[string]string{"row-off": "none", "mark": "#abc", "bad": "160"}}
		if err := fine.Check(); err != nil {
			t.Error(err)
		}
	}
}

// On a terminal for ASCII there is nothing else on any screen, and everything is where it was.
func TestScreensInASCII(t *testing.T) {
	recordings := household()
	recordings[0].Transcript = "grüße an Zoë 東京 שלום \U0001f44d"
	sitDown(t, recordings, func(u *user) {
		for _, keys := range [][]string{{"space"}, {"x", "j", "V"}, {"d"}, {"esc", "2"}, {"3"}, {"4"}, {"5"}, {"?"}, {"esc", ":"}, {"esc", "i"}, {"esc", "1", "/"}} {
			u.press(keys...)
			u.app.o.Look = Look{}
			usual := strings.Split(u.screen(), "\n")
			u.app.o.Look = Look{ASCIIText: true}
			for i, line := range strings.Split(u.screen(), "\n") {
				if at := strings.IndexFunc(line, func(r rune) bool { return r > unicode.MaxASCII }); at >= 0 {
					t.Errorf("after %q: %q", keys, line)
				}
				if got, want := ansi.StringWidth(line), ansi.StringWidth(usual[i]); got != want {
					t.Errorf("after %q: %d cells instead of %d: %q", keys, got, want, line)
				}
			}
		}
		u.press("esc", "esc", "G", "g")
	})
	const drawn = "\x1b[1m▌ grüße\x1b[m an Zoe\u0301 東京 …"
	if got, want := text.ASCII(drawn, false), "\x1b[1m> grüße\x1b[m an Zoe\u0301 東京.."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := text.ASCII(drawn, true), "\x1b[1m> gru?e\x1b[m an Zoe ????.."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestWaveforms(t *testing.T) {
	peaks := []float32{0, 0.25, 1, 1, 0.1, 0}
	for wave, want := range map[string]string{blocks: "▁▅██▃▁", ascii: "_=##,_", braille: "⣰⣿⣄"} {
		st := newStyles(colours{}, wave)
		cells := len([]rune(want))
		if got := ansi.Strip(st.waveform(peaks, cells, 0.5)); got != want {
			t.Errorf("%s: %q, want %q", wave, got, want)
		}
		if got := ansi.Strip(st.silence(cells)); len([]rune(got)) != cells {
			t.Errorf("%s: silence is %q", wave, got)
		}
	}
}
