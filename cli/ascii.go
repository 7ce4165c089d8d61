package cli

import (
	"cmp"
	"strings"
)

// likenesses replaces the characters beyond ASCII that the program writes and draws with.
var likenesses = strings.NewReplacer("…", "...", "·", "-", "“", `"`, "”", `"`, "▶", ">", "█", "#", "░", ".")

// asciiOnly reports whether the locale is limited to ASCII. Without a locale, the terminal is assumed to be a
// modern one.
func (e Environment) asciiOnly() bool {
	locale := strings.ToLower(cmp.Or(e.Getenv("LC_ALL"), e.Getenv("LC_CTYPE"), e.Getenv("LANG")))
	return locale != "" && !strings.Contains(locale, "utf-8") && !strings.Contains(locale, "utf8")
}

// own returns the program's own words and marks as the locale can show them. Recorded text is printed as it is.
func (e Environment) own(text string) string {
	if e.asciiOnly() {
		return likenesses.Replace(text)
	}
	return text
}
