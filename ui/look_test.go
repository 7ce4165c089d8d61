package ui

import (
	"fmt"
	"image/color"
	"strings"
	"testing"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"

	"unsaid/ui/style"
	"unsaid/ui/style/styletest"
)

// Whatever is drawn on a background of the program's can be read, on every screen: the row with the cursor
// above all, which has the terminal's own background nowhere.
func TestContrastOnTheRowWithTheCursor(t *testing.T) {
	t.Parallel()
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
			for _, theme := range style.Themes() {
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
			if got := styletest.Contrast(shown[0], shown[1]); got < 4.5 {
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
		look        style.Look
		msgs        []tea.Msg
		has, hasNot string
	}{
		{"usual", style.Look{}, nil, darkAccent, lightAccent},
		{"on white", style.Look{}, []tea.Msg{tea.BackgroundColorMsg{Color: color.White}}, lightAccent, darkAccent},
		{"always dark", style.Look{Theme: "dark"}, []tea.Msg{tea.BackgroundColorMsg{Color: color.White}}, darkAccent, lightAccent},
		{"always light", style.Look{Theme: "light"}, []tea.Msg{tea.BackgroundColorMsg{Color: color.Black}}, lightAccent, darkAccent},
		{"without colours", style.Look{Theme: "mono"}, nil, "\x1b[1;7m", "38;"},
		{"NO_COLOR", style.Look{}, []tea.Msg{tea.ColorProfileMsg{Profile: colorprofile.ASCII}}, "\x1b[1;7m", "38;"},
		{"NO_COLOR, whatever the settings", style.Look{Colors: map[string]string{"key": "#010203"}}, []tea.Msg{tea.ColorProfileMsg{Profile: colorprofile.ASCII}}, "\x1b[1;7m", "38;"},
		{"sixteen colours", style.Look{}, []tea.Msg{tea.ColorProfileMsg{Profile: colorprofile.ANSI}}, "\x1b[96m", "38;"},
		{"another colour", style.Look{Colors: map[string]string{"accent": "#010203", "key": "none"}}, nil, "38;2;1;2;3m", "\x1b[38;2;95;215;215m1"},
		{"high contrast", style.Look{Theme: "high-contrast"}, nil, "\x1b[38;2;127;255;255m", darkAccent},
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

// On a terminal for ASCII there is nothing else on any screen, and everything is where it was.
func TestScreensInASCII(t *testing.T) {
	recordings := household()
	recordings[0].Transcript = "grüße an Zoë 東京 שלום \U0001f44d"
	sitDown(t, recordings, func(u *user) {
		for _, keys := range [][]string{{"space"}, {"x", "j", "V"}, {"d"}, {"esc", "2"}, {"3"}, {"4"}, {"5"}, {"?"}, {"esc", ":"}, {"esc", "i"}, {"esc", "1", "/"}} {
			u.press(keys...)
			u.app.o.Look = style.Look{}
			usual := strings.Split(u.screen(), "\n")
			u.app.o.Look = style.Look{ASCIIText: true}
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
}
