package ui

import (
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"unsaid/player"
	"unsaid/store"
)

const (
	keptClips     = 24 // decoded clips that are kept at hand
	peaksPerClip  = 240
	tickWhilePlay = 40 * time.Millisecond
)

// sound is a decoded recording and its waveform, or why there is none.
type sound struct {
	clip  *player.Clip
	peaks []float32
	err   error
}

// playback is what is heard, and the clips at hand for it.
type playback struct {
	player  *player.Player
	order   *order
	sounds  map[int64]sound // by audio id
	recent  []int64         // audio ids, the oldest first
	loading map[int64]bool

	under   int64 // the recording the cursor is on
	seq     int   // of its coming to rest there
	wanted  int64 // the recording to play when its clip is there, 0 for none
	playing store.Recording
	status  player.Status
	ticking bool
}

// order keeps commands to the player in the order of the keys that gave them, although Bubble
// Tea runs each on a goroutine of its own: one that is no longer the newest is not carried out.
type order struct {
	mu     sync.Mutex
	newest int
}

// next announces a command, which carry will run unless another one was announced.
func (o *order) next() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.newest++
	return o.newest
}

func (o *order) carry(n int, command func() error) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if n != o.newest {
		return nil
	}
	return command()
}

func newPlayback(p *player.Player) playback {
	return playback{player: p, order: &order{}, sounds: map[int64]sound{}, loading: map[int64]bool{}}
}

// send has the player do something that may take a while, such as opening the sound output.
func (p *playback) send(recording int64, command func() error) tea.Cmd {
	order := p.order
	n := order.next()
	return func() tea.Msg { return playedMsg{recording, order.carry(n, command)} }
}

// toggle pauses and resumes what plays, or plays the recording at the cursor.
func (p *playback) toggle(a *App) tea.Cmd {
	r, ok := a.selected()
	active := p.status.State == player.Playing || p.status.State == player.Paused
	if active && (!ok || r.ID == p.playing.ID) {
		return p.send(p.playing.ID, func() error { p.player.Toggle(); return nil })
	}
	if !ok {
		return a.say(nothingToPlay)
	}
	return p.play(a, r)
}

func (p *playback) replay(a *App) tea.Cmd {
	r, ok := a.selected()
	if !ok {
		r, ok = p.playing, p.playing.ID != 0
	}
	if !ok {
		return nil
	}
	return p.play(a, r)
}

// play plays a recording from its start, as soon as it is decoded.
func (p *playback) play(a *App, r store.Recording) tea.Cmd {
	if r.Audio == nil {
		return a.say(noSound)
	}
	s, ready := p.sounds[r.Audio.ID]
	if !ready {
		p.wanted = r.ID
		return p.load(a, r.Audio.ID)
	}
	p.wanted = 0
	if s.err != nil {
		return a.fail(s.err)
	}
	p.playing = r
	return p.send(r.ID, func() error { return p.player.Play(s.clip) })
}

// seek moves the play head, if something plays.
func (p *playback) seek(by time.Duration) tea.Cmd {
	if p.status.State == player.Stopped {
		return nil
	}
	return p.send(p.playing.ID, func() error { p.player.SeekBy(by); return nil })
}

// follow notices that the cursor went to another recording. What it rests on is decoded, so
// that its waveform is seen and a key plays it at once; what it only passes is not.
func (p *playback) follow(a *App) tea.Cmd {
	r, ok := a.selected()
	if !ok || r.ID == p.under {
		return nil
	}
	p.under = r.ID
	p.seq++
	seq := p.seq
	return tea.Tick(aMoment, func(time.Time) tea.Msg { return restedMsg{seq} })
}

// load reads and decodes a sound, unless it is at hand or on its way.
func (p *playback) load(a *App, audio int64) tea.Cmd {
	if _, ready := p.sounds[audio]; ready || p.loading[audio] {
		return nil
	}
	p.loading[audio] = true
	ctx, db := a.ctx, a.o.DB
	return func() tea.Msg {
		data, err := db.AudioData(ctx, audio)
		if err != nil {
			return clipMsg{audio: audio, err: err}
		}
		clip, err := player.Decode(data)
		if err != nil {
			return clipMsg{audio: audio, err: err}
		}
		return clipMsg{audio, clip, clip.Peaks(peaksPerClip), nil}
	}
}

func (p *playback) answer(a *App, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case restedMsg:
		if r, ok := a.selected(); ok && msg.seq == p.seq && r.Audio != nil {
			return p.load(a, r.Audio.ID)
		}
	case clipMsg:
		return p.keep(a, msg)
	case playedMsg:
		p.status = p.player.Status()
		if msg.err != nil {
			return a.fail(msg.err)
		}
		return p.tick()
	case tickMsg:
		p.ticking = false
		before := p.status.State
		p.status = p.player.Status()
		if p.status.Err != nil && before == player.Playing {
			return a.fail(p.status.Err)
		}
		return p.tick()
	}
	return nil
}

// tick looks at the player again in a moment, as long as it plays.
func (p *playback) tick() tea.Cmd {
	if p.ticking || p.status.State != player.Playing {
		return nil
	}
	p.ticking = true
	return tea.Tick(tickWhilePlay, func(time.Time) tea.Msg { return tickMsg{} })
}

// keep takes a decoded clip, lets go of the one that was decoded longest ago, and plays it if
// that is what it was decoded for.
func (p *playback) keep(a *App, msg clipMsg) tea.Cmd {
	delete(p.loading, msg.audio)
	if len(p.recent) >= keptClips {
		delete(p.sounds, p.recent[0])
		p.recent = p.recent[1:]
	}
	p.sounds[msg.audio] = sound{msg.clip, msg.peaks, msg.err}
	p.recent = append(p.recent, msg.audio)
	if r, ok := a.selected(); ok && r.ID == p.wanted && r.Audio != nil && r.Audio.ID == msg.audio {
		return p.play(a, r)
	}
	return nil
}

// of returns the sound of a recording, if it is decoded.
func (p *playback) of(r store.Recording) (sound, bool) {
	if r.Audio == nil {
		return sound{}, false
	}
	s, ok := p.sounds[r.Audio.ID]
	return s, ok
}

// headIn returns where the play head is in a recording, as a share of its length, -1 if it is
// not the one that plays.
func (p *playback) headIn(r store.Recording) float64 {
	if r.ID != p.playing.ID || p.status.State == player.Stopped || p.status.Length <= 0 {
		return -1
	}
	return float64(p.status.Position) / float64(p.status.Length)
}
