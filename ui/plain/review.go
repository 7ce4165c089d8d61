package plain

import (
	"context"
	"errors"
	"strings"

	"unsaid/phrase"
	"unsaid/player"
	"unsaid/store"
)

const reviewKeys = "enter goes on to the next one, b goes back, a plays it again, p pauses and goes on, o tells all of it, " +
	"m marks it or takes the mark off, s stops."

// turn is how a review goes on.
type turn int

const (
	stay turn = iota
	forward
	backward
	enough
)

// review plays what was found, one after another, until all of it was heard or the user has enough.
func (s *session) review(ctx context.Context, arg string) error {
	at := max(0, s.found.at)
	if arg != "" {
		var err error
		if at, err = s.index(arg); err != nil {
			return err
		}
	}
	if len(s.found.ids) == 0 {
		return errors.New("nothing was found; find finds everything")
	}
	s.say("A line each: %s", reviewKeys)
	defer s.o.Player.Stop()
	silent, by := 0, 1
	for ; at < len(s.found.ids); at += by {
		if at < 0 {
			s.say("That was the first one.")
			at, by = 0, 1
		}
		r, err := s.goTo(ctx, at)
		if err != nil {
			return err
		}
		if r.Audio == nil {
			silent++
			continue
		}
		if err := s.start(ctx, &r); err != nil {
			if ctx.Err() != nil {
				return err
			}
			s.fail(err)
			continue
		}
		switch went, err := s.listen(ctx, &r); {
		case err != nil || went == enough:
			return err
		case went == backward:
			by = -1
		default:
			by = 1
		}
	}
	s.say("That was the last one.")
	if silent > 0 {
		s.say("%s without sound passed over.", phrase.Count(silent, "recording"))
	}
	return nil
}

// listen waits until a recording was heard, and does what is typed meanwhile.
func (s *session) listen(ctx context.Context, r *store.Recording) (turn, error) {
	heard := make(chan error, 1)
	go func() { heard <- s.o.Player.Wait(ctx) }()
	for {
		select {
		case err := <-heard:
			return forward, err
		case line := <-s.in.coming():
			text, err := s.in.take(line)
			if err != nil {
				continue // after the end of input it goes on by itself
			}
			if t := s.during(text, r); t != stay {
				return t, nil
			}
		}
	}
}

// during does what is typed during a review.
func (s *session) during(text string, r *store.Recording) turn {
	switch strings.ToLower(text) {
	case "", "n", "next":
		return forward
	case "b", "back", "v", "previous":
		return backward
	case "s", "stop", "q", "quit":
		return enough
	case "a", "again":
		s.o.Player.Seek(0)
		s.o.Player.Resume()
	case "p", "z", "pause":
		if s.o.Player.Status().State == player.Paused {
			s.o.Player.Resume()
		} else {
			s.o.Player.Pause()
			s.say("Paused.")
		}
	case "o", "open":
		s.tell(r)
	case "m", "x", "mark":
		s.toggle(r.ID)
	default:
		s.say("A line each: %s", reviewKeys)
	}
	return stay
}
