package player

import (
	"math"
	"testing"
	"time"
)

func TestSettingsAreBroughtIntoRange(t *testing.T) {
	for _, c := range []struct{ set, want Settings }{
		{Settings{Speed: 0.1, Volume: -5}, Settings{Speed: MinSpeed, Volume: 0}},
		{Settings{Speed: 9, Volume: 900}, Settings{Speed: MaxSpeed, Volume: MaxVolume}},
		{Settings{Speed: math.NaN(), Repeat: true}, Settings{Speed: 1, Repeat: true}},
		{Settings{Speed: 0.7 + 0.1 + 0.1 + 0.1, Volume: 70}, Settings{Speed: 1, Volume: 70}}, // not exactly 1
	} {
		p, _ := newTestPlayer(t, 0)
		got := p.Adjust(func(s *Settings) { *s = c.set })
		if got != c.want || p.Settings() != c.want || p.Status().Settings != c.want {
			t.Errorf("%+v becomes %+v, want %+v", c.set, got, c.want)
		}
	}
}

func TestSettingsHoldFromClipToClip(t *testing.T) {
	p, out := newTestPlayer(t, 0)
	p.Adjust(func(s *Settings) { s.Speed, s.Volume = 2, 50 }) // before anything plays
	for range 2 {
		mustPlay(t, p, toneClip(300, fakeRate, time.Second))
		heard := out.pump(250 * time.Millisecond)
		if peak := loudest(heard[fadeFrames:]); math.Abs(peak-0.5*0.125) > 1e-3 {
			t.Errorf("%v loud at half the volume", peak)
		}
		wantStatus(t, p, Playing, 500*time.Millisecond)
		out.pump(260 * time.Millisecond)
		wantStatus(t, p, Ended, time.Second)
	}
}

// No change while a tone plays makes a larger step in the wave than a ramp would.
func TestChangesDoNotClick(t *testing.T) {
	const hz = 300
	smooth := 0.5 * 2 * math.Pi * hz / fakeRate
	for _, c := range []struct {
		name   string
		change func(p *Player)
		gain   float64 // after it
	}{
		{"quieter", func(p *Player) { p.Adjust(func(s *Settings) { s.Volume = 50 }) }, 0.125},
		{"silent", func(p *Player) { p.Adjust(func(s *Settings) { s.Volume = 0 }) }, 0},
		{"muted", func(p *Player) { p.Adjust(func(s *Settings) { s.Muted = true }) }, 0},
		{"muted and back", func(p *Player) {
			p.Adjust(func(s *Settings) { s.Muted = true })
			p.Adjust(func(s *Settings) { s.Muted = false })
		}, 1},
		{"faster", func(p *Player) { p.Adjust(func(s *Settings) { s.Speed = MaxSpeed }) }, 1},
		{"slower", func(p *Player) { p.Adjust(func(s *Settings) { s.Speed = MinSpeed }) }, 1},
		{"paused", (*Player).Pause, 0},
		{"paused and back", func(p *Player) { p.Pause(); p.Resume() }, 1},
		{"paused, changed and back", func(p *Player) {
			p.Pause()
			p.Adjust(func(s *Settings) { s.Volume, s.Speed = 50, 2 })
			p.Resume()
		}, 0.125},
		{"sought", func(p *Player) { p.SeekBy(123456 * time.Microsecond) }, 1},
		{"sought twice", func(p *Player) { p.SeekTo(0.7); p.SeekTo(0.21) }, 1},
		{"replayed", (*Player).Replay, 1},
		{"stopped", (*Player).Stop, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, out := newTestPlayer(t, 40*time.Millisecond)
			mustPlay(t, p, toneClip(hz, fakeRate, 2*time.Second))
			heard := out.pump(101 * time.Millisecond) // to the middle of a wave
			c.change(p)
			heard = append(heard, out.pump(200*time.Millisecond)...)
			if step, most := steepest(heard), smooth*1.05+0.5/fadeFrames; step > most {
				t.Errorf("a step of %.4f, want at most %.4f", step, most)
			}
			rest := heard[len(heard)-fakeRate/10:]
			if peak := loudest(rest); math.Abs(peak-0.5*c.gain) > 0.01 {
				t.Errorf("%.3f loud at last, want %.3f", peak, 0.5*c.gain)
			}
		})
	}
}

// A clip made louder than recorded stays within full scale, and its quiet parts
// become louder by the full factor.
func TestLouderThanRecordedDoesNotClip(t *testing.T) {
	p, out := newTestPlayer(t, 0)
	p.Adjust(func(s *Settings) { s.Volume = MaxVolume })
	loud := toneClip(300, fakeRate, time.Second)
	for i := range loud.samples {
		loud.samples[i] *= 2
	}
	mustPlay(t, p, loud)
	heard := out.pump(500 * time.Millisecond)
	if peak := loudest(heard); peak > 1 || peak < 0.95 {
		t.Errorf("%v loud", peak)
	}
	if got, want := heard[2][0], 3.375*float64(loud.samples[2]); math.Abs(got-want) > 1e-9 {
		t.Errorf("a quiet sample is %v, want %v", got, want)
	}
}

func TestNormalise(t *testing.T) {
	const rate = 8000
	scaled := func(factor float32) *Clip {
		c := toneClip(200, rate, time.Second)
		for i := range c.samples {
			c.samples[i] *= factor
		}
		return c
	}
	withPause := scaled(0.1)
	withPause.samples = append(withPause.samples, make([]float32, 4*rate)...)
	withPeak := scaled(0.1)
	withPeak.samples[rate/2] = 0.5
	for _, c := range []struct {
		name string
		clip *Clip
		want float64
	}{
		{"loud", scaled(1), 1},
		{"full scale", scaled(2), 1},
		{"quiet", scaled(0.1), 0.1 / (0.05 / math.Sqrt2)},
		{"quiet, with a long pause", withPause, 0.1 / (0.05 / math.Sqrt2)},
		{"quiet, with a peak", withPeak, 0.95 / 0.5},
		{"hardly heard", scaled(0.01), maxBoost},
		{"silent", scaled(0), 1},
	} {
		p, out := newTestPlayer(t, 0)
		p.Adjust(func(s *Settings) { s.Normalise = true })
		mustPlay(t, p, c.clip)
		_, peak := c.clip.levels(1)
		if got, want := loudest(out.pump(550*time.Millisecond)), peak*c.want; math.Abs(got-want) > 0.03*want {
			t.Errorf("%s: %.3f loud, want %.3f", c.name, got, want)
		}
	}
}

func TestSkipSilence(t *testing.T) {
	const rate = 16_000
	late := &Clip{rate: rate, channels: 1}
	for range rate {
		late.samples = append(late.samples, 0.001, -0.001) // two seconds of hiss
	}
	late.samples = append(late.samples, toneClip(300, rate, time.Second).samples...)
	p, out := newTestPlayer(t, 0)
	mustPlay(t, p, late)
	wantStatus(t, p, Playing, 0) // off by default
	p.Adjust(func(s *Settings) { s.SkipSilence = true })
	wantStatus(t, p, Playing, 0) // no effect on a clip that has started
	begin := 2*time.Second - preRoll
	p.Replay()
	wantStatus(t, p, Playing, begin)
	p.Seek(0)
	wantStatus(t, p, Playing, 0) // seeking does not skip silence
	mustPlay(t, p, late)
	wantStatus(t, p, Playing, begin)
	if early := loudest(out.pump(preRoll - 5*time.Millisecond)); early > 0.01 {
		t.Errorf("begins within the sound, %.3f loud", early)
	}
	if sound := loudest(out.pump(15 * time.Millisecond)); sound < 0.4 {
		t.Errorf("%.3f loud where the sound begins", sound)
	}
	for name, clip := range map[string]*Clip{
		"sound from the start": toneClip(300, rate, time.Second),
		"nothing but silence":  {rate: rate, channels: 1, samples: make([]float32, rate)},
	} {
		mustPlay(t, p, clip)
		if s := p.Status(); s.Position != 0 {
			t.Errorf("%s: begins at %v", name, s.Position)
		}
	}
}

func TestLoop(t *testing.T) {
	p, out := newTestPlayer(t, 40*time.Millisecond)
	clip := toneClip(300, fakeRate, 500*time.Millisecond)
	p.Adjust(func(s *Settings) { s.Repeat = true })
	mustPlay(t, p, clip)
	round := 500*time.Millisecond + repeatPause
	heard := out.pump(2*round + 240*time.Millisecond)
	wantStatus(t, p, Playing, 200*time.Millisecond)
	for i := range heard {
		want := clip.frame(i % int(round.Seconds()*fakeRate))
		if heard[i] != want {
			t.Fatalf("frame %d is %v, want %v", i, heard[i], want)
		}
	}
	out.pump(500 * time.Millisecond)
	wantStatus(t, p, Playing, 500*time.Millisecond) // in the pause
	p.Adjust(func(s *Settings) { s.Repeat = false })
	if again := loudest(out.pump(time.Second)); again != 0 {
		t.Errorf("%v loud after the last round", again)
	}
	wantStatus(t, p, Ended, 500*time.Millisecond)
	if err := p.Wait(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestReplayAndSeekTo(t *testing.T) {
	p, out := newTestPlayer(t, 0)
	p.Replay() // no clip
	p.SeekTo(0.5)
	wantStatus(t, p, Stopped, 0)

	mustPlay(t, p, sweepClip(t, 16_000, 16_000))
	for _, c := range []struct {
		share float64
		want  time.Duration
	}{{0.5, 500 * time.Millisecond}, {-1, 0}, {math.NaN(), 0}, {0.99, 990 * time.Millisecond}} {
		p.SeekTo(c.share)
		wantStatus(t, p, Playing, c.want)
	}
	p.Replay()
	wantStatus(t, p, Playing, 0)
	out.pump(300 * time.Millisecond)
	p.Pause()
	p.Replay()
	wantStatus(t, p, Playing, 0)
	p.SeekTo(2)
	out.pump(100 * time.Millisecond)
	wantState(t, p, Ended)
	p.Replay()
	wantStatus(t, p, Playing, 0)
	if s := p.Status(); s.Generation != 1 {
		t.Errorf("generation %d after one Play", s.Generation)
	}
}

// The position is what is heard, in the time of the clip. Sound that was buffered
// at the old speed counts at the old speed.
func TestPositionThroughChangesOfSpeed(t *testing.T) {
	p, out := newTestPlayer(t, 60*time.Millisecond)
	mustPlay(t, p, toneClip(300, 16_000, 10*time.Second))
	out.pump(560 * time.Millisecond)
	wantStatus(t, p, Playing, 500*time.Millisecond)
	p.Adjust(func(s *Settings) { s.Speed = 2 })
	wantStatus(t, p, Playing, 500*time.Millisecond)
	out.pump(60 * time.Millisecond)
	wantStatus(t, p, Playing, 560*time.Millisecond)
	out.pump(200 * time.Millisecond)
	wantStatus(t, p, Playing, 958*time.Millisecond) // 2 ms were read ahead for resampling
	p.Adjust(func(s *Settings) { s.Speed = MinSpeed })
	wantStatus(t, p, Playing, 958*time.Millisecond)
	out.pump(70 * time.Millisecond)
	before := p.Status().Position
	out.pump(time.Second)
	if passed := p.Status().Position - before; (passed - 500*time.Millisecond).Abs() > time.Millisecond {
		t.Errorf("%v of the clip in a second at half speed", passed)
	}
}
