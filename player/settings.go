package player

import "math"

// The limits of Settings.
const (
	MinSpeed  = 0.5
	MaxSpeed  = 2.5
	MaxVolume = 150
)

// Settings are how clips are played. They hold from one clip to the next.
type Settings struct {
	Speed       float64 // from MinSpeed to MaxSpeed in hundredths; the pitch is kept. 1 is as recorded
	Volume      int     // from 0 to MaxVolume per cent, as the ear hears it; 100 is as recorded
	Muted       bool    // the clip runs on unheard
	Normalise   bool    // a quiet clip is played as loud as others are
	SkipSilence bool    // a clip begins just before its first sound
	Loop        bool    // a clip begins again at its end, after a moment
}

// DefaultSettings play a clip once, as it was recorded.
func DefaultSettings() Settings { return Settings{Speed: 1, Volume: 100} }

// Settings returns those in force.
func (p *Player) Settings() Settings {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.settings
}

// Adjust changes the settings, for the clip that plays and those after it, and
// returns what is now in force: values out of range are brought into it. What
// takes effect at the start of a clip, SkipSilence, waits for the next start.
// change must not call the player.
func (p *Player) Adjust(change func(*Settings)) Settings {
	p.mu.Lock()
	defer p.mu.Unlock()
	before, s := p.settings, p.settings
	change(&s)
	p.settings = s.inRange()
	if p.state == Playing && p.settings != before {
		p.takeBack() // where the output cannot, little is buffered
	}
	if p.voice != nil {
		p.voice.adjust(p.settings)
	}
	return p.settings
}

// inRange rounds the speed, too, so that steps up and down end at exactly 1.
func (s Settings) inRange() Settings {
	if math.IsNaN(s.Speed) {
		s.Speed = 1
	}
	s.Speed = min(max(math.Round(s.Speed*100)/100, MinSpeed), MaxSpeed)
	s.Volume = min(max(s.Volume, 0), MaxVolume)
	return s
}

// gain is the factor that volume and muting make. Like the per cent of a sound
// server it is a cube, with which equal steps sound equal.
func (s Settings) gain() float64 {
	if s.Muted {
		return 0
	}
	return math.Pow(float64(s.Volume)/100, 3)
}
