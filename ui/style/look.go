package style

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/colorprofile"

	"unsaid/ui/setting"
)

// Look is how the screens are drawn. The zero value is the usual look.
type Look struct {
	Theme     string            // one of [Themes], "" for the first
	Colors    map[string]string // other colours than the theme's: #rrggbb, #rgb, 0 to 255, or none
	Waveform  string            // one of [Waveforms], "" for the first
	ASCII     bool              // frames, bars and marks are drawn with ASCII
	ASCIIText bool              // words are, too: the terminal shows no other letters
}

// Themes are the themes that there are. Those that do not name a background go by that of the terminal.
func Themes() []string { return []string{"auto", "light", "dark", "high-contrast", "mono"} }

// What waveforms are drawn with.
const (
	Blocks  = "blocks"
	Braille = "braille"
	ASCII   = "ascii"
)

// Waveforms are what waveforms can be drawn with.
func Waveforms() []string { return []string{Blocks, Braille, ASCII} }

// colours are the colours of a theme by the names that they have in the settings, as [lipgloss.Color] takes
// them. One that is missing is the terminal's own.
type colours map[string]string

// The colours of the themes. All that is written in them has a contrast of 4.5 to 1 to what such terminals
// have as a background, and 7 to 1 with high contrast, where the row with the cursor is reversed.
var (
	light = colours{
		"accent": "#0B6E75", "key": "#0B6E75", "found": "#0B6E75", "quiet": "#65656F", "warn": "#805300", "bad": "#B3261E",
		"good": "#0F6A2C", "mark": "#703898", "bar": "#266C72", "row": "#DCEEEF", "row-off": "#EEEEF0",
	}
	dark = colours{
		"accent": "#5FD7D7", "key": "#5FD7D7", "found": "#5FD7D7", "quiet": "#A2A2AD", "warn": "#E5B567", "bad": "#FF7B72",
		"good": "#7CCF86", "mark": "#D2A8FF", "bar": "#52AFAF", "row": "#1F3A40", "row-off": "#26262C",
	}
	lightHigh = colours{
		"accent": "#00005F", "key": "#00005F", "found": "#00005F", "quiet": "#3A3A42", "warn": "#5A2A00", "bad": "#850000",
		"good": "#004518", "mark": "#4B0082", "bar": "#00005F", "row-off": "#D8D8D8",
	}
	darkHigh = colours{
		"accent": "#7FFFFF", "key": "#7FFFFF", "found": "#7FFFFF", "quiet": "#D0D0D0", "warn": "#FFD75F", "bad": "#FFB0A8",
		"good": "#8CFF9E", "mark": "#E5C7FF", "bar": "#7FFFFF", "row-off": "#303030",
	}
	// Of the sixteen colours nobody knows what they look like: these are legible where they are as in xterm, and
	// what has none of them is as legible as all other text.
	lightBasic = colours{"accent": "4", "bar": "4", "key": "4", "found": "4", "bad": "1"}
	darkBasic  = colours{"accent": "14", "bar": "14", "key": "14", "found": "14", "warn": "11", "bad": "9", "good": "10", "mark": "13"}
)

// colours are what the look comes to on a terminal. Bubble Tea brings them down to those that it can show.
func (l Look) colours(onDark bool, depth colorprofile.Profile) colours {
	switch l.Theme {
	case "light":
		onDark = false
	case "dark":
		onDark = true
	}
	pick := func(light, dark colours) colours {
		if onDark {
			return dark
		}
		return light
	}
	var c colours
	switch {
	case l.Theme == "mono", depth <= colorprofile.ASCII:
		c = colours{}
	case depth == colorprofile.ANSI:
		c = maps.Clone(pick(lightBasic, darkBasic))
	case l.Theme == "high-contrast":
		c = maps.Clone(pick(lightHigh, darkHigh))
	default:
		c = maps.Clone(pick(light, dark))
	}
	if depth > colorprofile.ASCII {
		for name, colour := range l.Colors {
			c[name] = strings.TrimPrefix(colour, "none")
		}
	}
	return c
}

var hex = regexp.MustCompile(`^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$`)

// Check returns a [SettingError] if a setting of the look is none that there is.
func (l Look) Check() error {
	for _, choice := range []struct {
		setting, value string
		of             []string
	}{{"theme", l.Theme, Themes()}, {"waveform", l.Waveform, Waveforms()}} {
		if choice.value != "" && !slices.Contains(choice.of, choice.value) {
			return &setting.Error{Setting: choice.setting, Reason: strconv.Quote(choice.value) + " is none of " + strings.Join(choice.of, ", ")}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(l.Colors)) {
		if _, known := light[name]; !known {
			return &setting.Error{Table: "colors", Setting: name, Reason: "there is no such colour; there are " + strings.Join(slices.Sorted(maps.Keys(light)), ", ")}
		}
		value := l.Colors[name]
		number, err := strconv.Atoi(value)
		if value != "none" && !hex.MatchString(value) && (err != nil || number < 0 || number > 255) {
			return &setting.Error{Table: "colors", Setting: name, Reason: strconv.Quote(value) + ` is no colour; one is written as "#5FD7D7", as "0" to "255", or "none"`}
		}
	}
	return nil
}
