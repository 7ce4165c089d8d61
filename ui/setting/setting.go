package setting

import "strings"

// Error is a setting of the screens that cannot be followed.
type Error struct {
	Table   string // that it stands in, "" for none
	Setting string
	Reason  string // with the way out
}

func (e *Error) Error() string {
	return strings.TrimPrefix(e.Table+": ", ": ") + e.Setting + ": " + e.Reason
}
