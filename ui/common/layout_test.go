package common

import "testing"

func TestLayoutFillsTheScreenWithoutOverlap(t *testing.T) {
	for w := MinWidth; w <= 250; w++ {
		for h := MinHeight; h <= 80; h++ {
			l := NewLayout(w, h)
			if l.TooSmall() {
				t.Fatalf("%d×%d is too small", w, h)
			}
			body := Rect{0, 2, w, h - 4}
			if l.List.Overlaps(l.Detail) {
				t.Fatalf("%d×%d: the list %+v and the detail %+v overlap", w, h, l.List, l.Detail)
			}
			covered := l.List.W * l.List.H
			switch { // one row or column is the rule between the two
			case l.Beside:
				covered += l.Detail.W*l.Detail.H + h - 4
			case l.Detail.H > 0:
				covered += l.Detail.W*l.Detail.H + w
			}
			if covered != body.W*body.H {
				t.Fatalf("%d×%d: list %+v and detail %+v cover %d of %d cells", w, h, l.List, l.Detail, covered, body.W*body.H)
			}
			for _, part := range []Rect{l.List, l.Detail} {
				if part.H > 0 && (part.X < 0 || part.Y < body.Y || part.X+part.W > w || part.Y+part.H > body.Y+body.H) {
					t.Fatalf("%d×%d: %+v is not within %+v", w, h, part, body)
				}
			}
			if l.List.H < 6 || l.List.W < 45 || l.Detail.H > 0 && l.Detail.H < 4 {
				t.Fatalf("%d×%d: too little room: list %+v, detail %+v", w, h, l.List, l.Detail)
			}
		}
	}
}
