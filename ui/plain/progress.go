package plain

import "time"

// tellEvery is how often a long task says how far it is: seldom enough to be listened to.
const tellEvery = 5 * time.Second

// progress says now and then how far a long task is.
type progress struct {
	s    *session
	last time.Time
}

func (s *session) newProgress() *progress { return &progress{s, s.o.Now()} }

// tell says what make returns, unless something was said just now.
func (p *progress) tell(make func() string) {
	now := p.s.o.Now()
	if now.Sub(p.last) < tellEvery {
		return
	}
	p.last = now
	p.s.say("%s", make())
}
