package plain

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"unsaid/phrase"
	"unsaid/player"
	"unsaid/store"
)

func hearCommands() []command {
	return []command{
		{"play", "p", "N", "hear a recording", "Without a number it is the one spoken of last. The prompt comes back while it plays.", (*session).play},
		{"pause", "z", "", "hold what plays, and go on with it", "", (*session).pause},
		{"stop", "s", "", "stop what plays", "", (*session).stop},
		{"again", "a", "", "hear it from the start", "", (*session).again},
		{"skip", "k", "SECONDS", "forward 1 second, or as many as you say", "A number with a minus goes back, as in: skip -5.", (*session).skip},
		{"speed", "T", "NUMBER", "how fast it plays, or another speed", "1 is as recorded, 1.5 half as fast again. The pitch stays.", (*session).speed},
		{"volume", "V", "PERCENT", "how loud it plays, or another volume", "100 is as recorded.", (*session).volume},
		{"sound", "j", "loop, loud or trim", "switch something on or off: repeat, quiet ones louder, no silence at the start", "", (*session).sound},
		{"next", "n", "", "hear the next one found", "One without sound is read out.", func(s *session, ctx context.Context, _ string) error { return s.step(ctx, 1) }},
		{"previous", "v", "", "hear the one found before", "", func(s *session, ctx context.Context, _ string) error { return s.step(ctx, -1) }},
		{"review", "r", "N", "hear one after another, from the one spoken of last or from a number", "While it goes on, a line each does this: " + reviewKeys, (*session).review},
	}
}

// play plays a recording from its beginning.
func (s *session) play(ctx context.Context, arg string) error {
	r, err := s.meant(ctx, arg)
	if err != nil {
		return err
	}
	return s.start(ctx, &r)
}

// start plays a recording, saying only briefly which, since speech would be heard over it.
func (s *session) start(ctx context.Context, r *store.Recording) error {
	clip, err := s.clip(ctx, r)
	if err != nil {
		return err
	}
	if err := s.o.Player.Play(clip); err != nil {
		return err
	}
	s.heard = *r
	s.say("%d. %s", s.found.at+1, s.where(r))
	if clip.Note() != "" {
		s.say("%s", phrase.Sentence(clip.Note()))
	}
	return nil
}

// clip decodes the sound of a recording.
func (s *session) clip(ctx context.Context, r *store.Recording) (*player.Clip, error) {
	data, err := s.o.Sound(ctx, r)
	if err != nil {
		return nil, err
	}
	return player.Decode(data)
}

// step goes to the next recording found or the one before, and plays it.
func (s *session) step(ctx context.Context, by int) error {
	to := s.found.at + by
	if s.found.at < 0 {
		to = s.found.top
	}
	switch {
	case len(s.found.ids) == 0:
		return errors.New("nothing was found; find finds everything")
	case to >= len(s.found.ids):
		return errors.New("that was the last one")
	case to < 0:
		return errors.New("that was the first one")
	}
	r, err := s.goTo(ctx, to)
	if err != nil {
		return err
	}
	if r.Audio == nil {
		s.o.Player.Stop()
		s.say("%s", s.line(to, &r))
		return nil
	}
	return s.start(ctx, &r)
}

func (s *session) pause(context.Context, string) error {
	switch status := s.o.Player.Status(); {
	case status.Err != nil:
		return status.Err
	case status.State == player.Playing:
		s.o.Player.Pause()
		s.say("Paused at %s.", of(s.o.Player.Status()))
	case status.State == player.Paused:
		s.o.Player.Resume()
		s.say("It goes on.")
	default:
		return errors.New("nothing plays; play and a number plays a recording")
	}
	return nil
}

func (s *session) stop(context.Context, string) error {
	s.o.Player.Stop()
	s.say("Silence.")
	return nil
}

func (s *session) again(ctx context.Context, _ string) error {
	if s.heard.ID == 0 {
		return errors.New("nothing was played; play and a number plays a recording")
	}
	clip, err := s.clip(ctx, &s.heard)
	if err != nil {
		return err
	}
	if err := s.o.Player.Play(clip); err != nil {
		return err
	}
	s.say("Again.")
	return nil
}

func (s *session) skip(_ context.Context, arg string) error {
	seconds := 1.0
	if arg != "" {
		var err error
		if seconds, err = strconv.ParseFloat(arg, 64); err != nil || seconds < -3600 || seconds > 3600 {
			return fmt.Errorf("%s is no number of seconds, such as 5 or -5", arg)
		}
	}
	if s.o.Player.Status().State == player.Stopped {
		return errors.New("nothing plays; play and a number plays a recording")
	}
	s.o.Player.SeekBy(time.Duration(seconds * float64(time.Second)))
	s.say("At %s.", of(s.o.Player.Status()))
	return nil
}

// of says where the player is in its clip.
func of(status player.Status) string {
	at := strconv.FormatFloat(status.Position.Seconds(), 'f', 1, 64)
	return at + " of " + length(status.Length.Round(100*time.Millisecond))
}
