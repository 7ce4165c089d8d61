package style

import (
	"errors"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"unsaid/ui/setting"
	"unsaid/ui/style/styletest"
)

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
						if got := styletest.Contrast(shown, lipgloss.Color(background)); got < least {
							t.Errorf("%s, %s: %s (%s) on %s has a contrast of %.2f", theme, depth, name, value, background, got)
						}
					}
				}
			}
		}
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
		wrong := (*setting.Error)(nil)
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
