package ui

import "testing"

// overlaps reports whether two parts of the screen share a cell.
func (r rect) overlaps(o rect) bool {
	return r.w > 0 && r.h > 0 && o.w > 0 && o.h > 0 && r.x < o.x+o.w && o.x < r.x+r.w && r.y < o.y+o.h && o.y < r.y+r.h
}

func TestLayoutFillsTheScreenWithoutOverlap(t *testing.T) {
	for w := minWidth; w <= 250; w++ {
		for h := minHeight; h <= 80; h++ {
			l := newLayout(w, h)
			if l.tooSmall() {
				t.Fatalf("%d×%d is too small", w, h)
			}
			body := rect{0, 2, w, h - 4}
			if l.list.overlaps(l.detail) {
				t.Fatalf("%d×%d: the list %+v and the detail %+v overlap", w, h, l.list, l.detail)
			}
			covered := l.list.w * l.list.h
			switch { // one row or column is the rule between the two
			case l.beside:
				covered += l.detail.w*l.detail.h + h - 4
			case l.detail.h > 0:
				covered += l.detail.w*l.detail.h + w
			}
			if covered != body.w*body.h {
				t.Fatalf("%d×%d: list %+v and detail %+v cover %d of %d cells", w, h, l.list, l.detail, covered, body.w*body.h)
			}
			for _, part := range []rect{l.list, l.detail} {
				if part.h > 0 && (part.x < 0 || part.y < body.y || part.x+part.w > w || part.y+part.h > body.y+body.h) {
					t.Fatalf("%d×%d: %+v is not within %+v", w, h, part, body)
				}
			}
			if l.list.h < 6 || l.list.w < 45 || l.detail.h > 0 && l.detail.h < 4 {
				t.Fatalf("%d×%d: too little room: list %+v, detail %+v", w, h, l.list, l.detail)
			}
		}
	}
}
