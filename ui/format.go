package ui

import (
	"cmp"
	"fmt"
	"time"

	"unsaid/phrase"
)

// length is the length of a sound in a list: 2.4s, 1:07, 1:02:07; – if it is not known.
func length(d time.Duration) string { return cmp.Or(phrase.Length(d), "–") }

// clock is a position in a clip: 0:01.4.
func clock(d time.Duration) string {
	return fmt.Sprintf("%d:%04.1f", int(d.Minutes()), (d % time.Minute).Truncate(100*time.Millisecond).Seconds())
}

// Layouts of dates and times on the screen.
const (
	dayLayout    = "Mon 2 Jan 2006"
	timeLayout   = "15:04:05"
	minuteLayout = "2 Jan 2006 15:04"
)
