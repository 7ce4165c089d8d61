package common

// The smallest terminal that the screens are made for.
const (
	MinWidth  = 60
	MinHeight = 16
)

// Rect is a part of the screen, in cells.
type Rect struct{ X, Y, W, H int }

// NewRect is the part of the screen with its first cell at x and y.
func NewRect(x, y, w, h int) Rect { return Rect{X: x, Y: y, W: w, H: h} }

// Contains reports whether a cell of the screen is in the rectangle.
func (r Rect) Contains(x, y int) bool {
	return x >= r.X && x < r.X+r.W && y >= r.Y && y < r.Y+r.H
}

// Overlaps reports whether two parts of the screen share a cell.
func (r Rect) Overlaps(o Rect) bool {
	return r.W > 0 && r.H > 0 && o.W > 0 && o.H > 0 && r.X < o.X+o.W && o.X < r.X+r.W && r.Y < o.Y+o.H && o.Y < r.Y+r.H
}

// Layout says where things are. The header, the line for the search or title, the status and
// the key hints are one row each; the body is between them.
type Layout struct {
	W, H   int
	List   Rect
	Detail Rect // H is 0 if there is no room for it
	Beside bool // the detail is beside the list, not below it
}

// NewLayout divides a terminal of w by h cells.
func NewLayout(w, h int) Layout {
	l := Layout{W: w, H: h}
	body := Rect{0, 2, w, max(1, h-4)}
	switch {
	case w >= 110:
		l.Beside = true
		side := min(w*2/5, 64)
		l.List = Rect{0, body.Y, w - side - 1, body.H}
		l.Detail = Rect{w - side, body.Y, side, body.H}
	case h >= 20:
		below := min(body.H*2/5, 7+(body.H-20)/3)
		l.List = Rect{0, body.Y, w, body.H - below - 1}
		l.Detail = Rect{0, body.Y + body.H - below, w, below}
	default:
		l.List = body
	}
	return l
}

// TooSmall reports whether the terminal has fewer cells than the screens need.
func (l Layout) TooSmall() bool { return l.W < MinWidth || l.H < MinHeight }
