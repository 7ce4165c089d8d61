package cli

import (
	"cmp"
	"strings"
)

// likenesses are what the program writes and draws with besides ASCII, and ASCII that says the same.
var likenesses = strings.NewReplacer("…", "...", "·", "-", "“", `"`, "”", `"`, "▶", ">", "█", "#", "░", ".")

// asciiOnly reports whether the locale has no letters but those of ASCII. Where none is named the terminal
// is taken to be one of today.
func (e Environment) asciiOnly() bool {
	locale := strings.ToLower(cmp.Or(e.Getenv("LC_ALL"), e.Getenv("LC_CTYPE"), e.Getenv("LANG")))
	return locale != "" && !strings.Contains(locale, "utf-8") && !strings.Contains(locale, "utf8")
}

// own is the program's own words and marks as the locale can show them. What was recorded is printed as it is.
func (e Environment) own(text string) string {
	if e.asciiOnly() {
		return likenesses.Replace(text)
	}
	return text
}
