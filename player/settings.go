package player

import "math"

// The limits of Settings.
const (
	MinSpeed  = 0.5
	MaxSpeed  = 2.5
	MaxVolume = 150
)

// Settings say how clips are played. They stay the same from one clip to the next.
type Settings struct {
	Speed       float64 // from MinSpeed to MaxSpeed in hundredths, at constant pitch; 1 is as recorded
	Volume      int     // perceived, from 0 to MaxVolume per cent; 100 is as recorded
	Muted       bool    // clips play silently
	Normalise   bool    // quiet clips are as loud as others
	SkipSilence bool    // a clip starts just before its first sound
	Repeat      bool    // a clip starts again after a pause when it ends
}

// DefaultSettings play a clip once, as it was recorded.
func DefaultSettings() Settings { return Settings{Speed: 1, Volume: 100} }

// Settings returns the current settings.
func (p *Player) Settings() Settings {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.settings
}

// Adjust changes the settings for the current clip and those after it, limits
// them to their ranges, and returns them. SkipSilence takes effect when a clip
// starts the next time. change must not call the player.
func (p *Player) Adjust(change func(*Settings)) Settings {
	p.mu.Lock()
	defer p.mu.Unlock()
	before, s := p.settings, p.settings
	change(&s)
	p.settings = s.inRange()
	if p.state == Playing && p.settings != before {
		p.recallBuffered() // an output that cannot recall has little buffered
	}
	if p.voice != nil {
		p.voice.adjust(p.settings)
	}
	return p.settings
}

// inRange limits the settings. It also rounds the speed, so that steps up and down
// reach exactly 1.
func (s Settings) inRange() Settings {
	if math.IsNaN(s.Speed) {
		s.Speed = 1
	}
	s.Speed = min(max(math.Round(s.Speed*100)/100, MinSpeed), MaxSpeed)
	s.Volume = min(max(s.Volume, 0), MaxVolume)
	return s
}

// gain is the factor for volume and mute. It is cubic, as in sound servers, so
// that equal steps sound equal.
func (s Settings) gain() float64 {
	if s.Muted {
		return 0
	}
	return math.Pow(float64(s.Volume)/100, 3)
}
