package ui

// The smallest terminal that the screens are made for.
const (
	minWidth  = 60
	minHeight = 16
)

// rect is a part of the screen, in cells.
type rect struct{ x, y, w, h int }

func (r rect) contains(x, y int) bool {
	return x >= r.x && x < r.x+r.w && y >= r.y && y < r.y+r.h
}

// layout says where things are. The header, the line for the search or title, the status and
// the key hints are one row each; the body is between them.
type layout struct {
	w, h   int
	list   rect
	detail rect // h is 0 if there is no room for it
	beside bool // the detail is beside the list, not below it
}

// newLayout divides a terminal of w by h cells.
func newLayout(w, h int) layout {
	l := layout{w: w, h: h}
	body := rect{0, 2, w, max(1, h-4)}
	switch {
	case w >= 110:
		l.beside = true
		side := min(w*2/5, 64)
		l.list = rect{0, body.y, w - side - 1, body.h}
		l.detail = rect{w - side, body.y, side, body.h}
	case h >= 20:
		below := min(body.h*2/5, 7+(body.h-20)/3)
		l.list = rect{0, body.y, w, body.h - below - 1}
		l.detail = rect{0, body.y + body.h - below, w, below}
	default:
		l.list = body
	}
	return l
}

func (l layout) tooSmall() bool { return l.w < minWidth || l.h < minHeight }
