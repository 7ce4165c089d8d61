package plain

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"unsaid/player"
)

// speed says how fast clips play, and changes it.
func (s *session) speed(_ context.Context, arg string) error {
	settings := s.o.Player.Settings()
	if arg != "" {
		speed, err := strconv.ParseFloat(arg, 64)
		if err != nil {
			return fmt.Errorf("%s is no speed; it is a number from %g to %g, and 1 is as recorded", arg, player.MinSpeed, player.MaxSpeed)
		}
		settings = s.o.Player.Adjust(func(now *player.Settings) { now.Speed = speed })
	}
	s.say("Speed %g.", settings.Speed)
	return nil
}

// volume says how loud clips play, and changes it.
func (s *session) volume(_ context.Context, arg string) error {
	settings := s.o.Player.Settings()
	if arg != "" {
		volume, err := strconv.Atoi(strings.TrimSuffix(arg, "%"))
		if err != nil {
			return fmt.Errorf("%s is no volume; it is a number of percent from 0 to %d, and 100 is as recorded", arg, player.MaxVolume)
		}
		settings = s.o.Player.Adjust(func(now *player.Settings) { now.Volume = volume })
	}
	s.say("Volume %d percent.", settings.Volume)
	return nil
}

// sound switches something about how clips play on or off.
func (s *session) sound(_ context.Context, arg string) error {
	onOff := map[bool]string{true: "on", false: "off"}
	switch strings.ToLower(arg) {
	case "loop":
		s.say("Repeat: %s.", onOff[s.o.Player.Adjust(func(now *player.Settings) { now.Repeat = !now.Repeat }).Repeat])
	case "loud":
		s.say("Quiet ones louder: %s.", onOff[s.o.Player.Adjust(func(now *player.Settings) { now.Normalise = !now.Normalise }).Normalise])
	case "trim":
		s.say("No silence at the start: %s.", onOff[s.o.Player.Adjust(func(now *player.Settings) { now.SkipSilence = !now.SkipSilence }).SkipSilence])
	default:
		return errors.New("say what to switch: loop, loud or trim, as in: sound loop")
	}
	return nil
}
