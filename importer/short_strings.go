package importer

import "io"

// shortStrings passes a JSON text on, but cuts the strings in it that are longer than most bytes: a capture holds
// whole films, and a decoder would hold them in memory.
type shortStrings struct {
	r    io.Reader
	most int

	inside bool // a string
	cut    bool // what comes next in it is left out
	length int
	slash  bool // the last byte began an escape
	digits int  // of an escape that are still to come
}

func (s *shortStrings) Read(p []byte) (int, error) {
	for {
		n, err := s.r.Read(p)
		kept := p[:0]
		for _, b := range p[:n] {
			if s.passes(b) {
				kept = append(kept, b)
			}
		}
		if len(kept) > 0 || err != nil || len(p) == 0 {
			return len(kept), err
		}
	}
}

// passes reports whether a byte is to be passed on. An escape is passed as a whole or not at all.
func (s *shortStrings) passes(b byte) bool {
	switch {
	case !s.inside:
		s.inside, s.cut, s.length = b == '"', false, 0
		return true
	case s.slash:
		s.slash = false
		if b == 'u' {
			s.digits = 4
		}
	case s.digits > 0:
		s.digits--
	case b == '"':
		s.inside = false
		return true
	default:
		s.cut, s.slash = s.length >= s.most, b == '\\'
	}
	s.length++
	return !s.cut
}
