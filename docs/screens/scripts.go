package main

import "time"

// picture is a screen and the way to it.
type picture struct {
	name string
	play func(s *stage)
}

// pictures are those of the documentation.
func pictures() []picture {
	return []picture{
		{"library", func(s *stage) {
			s.press("j", "j", "space")
			s.until("▶")
			time.Sleep(1200 * time.Millisecond)
		}},
		{"delete", func(s *stage) {
			s.press("2", "G", "d")
			s.until("What to ask for")
		}},
		{"calendar", func(s *stage) {
			s.press("3")
			s.until("February 2026")
			time.Sleep(300 * time.Millisecond)
		}},
		{"insights", func(s *stage) {
			s.press("6", "J")
			s.until("Growth")
			time.Sleep(300 * time.Millisecond)
		}},
		{"filter", func(s *stage) {
			s.press("f")
			s.until("What became of it")
			time.Sleep(500 * time.Millisecond)
		}},
	}
}

// journey goes from recordings made by mistake to the request.
func journey(s *stage) {
	s.hold(1500 * time.Millisecond)
	s.press("/")
	s.typed("is:unintended")
	s.until("recordings found")
	s.hold(time.Second)
	s.press("enter", "A")
	s.until("▶")
	s.watch(5 * time.Second)
	s.press(".", "*")
	s.hold(1200 * time.Millisecond)
	s.press("d")
	s.until("What to ask for")
	s.hold(2500 * time.Millisecond)
	s.press("enter")
	s.until("Deleted ")
	s.hold(1800 * time.Millisecond)
	s.press("5")
	s.hold(1800 * time.Millisecond)
	s.press("w")
	s.until("Written to")
	s.hold(2 * time.Second)
	s.press("s")
	s.hold(1500 * time.Millisecond)
	s.press("enter")
	s.until("asked")
	s.hold(2500 * time.Millisecond)
}
