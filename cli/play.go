package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"unsaid/app"
	"unsaid/phrase"
	"unsaid/player"
	"unsaid/store"
)

// playOptions say how recordings are played.
type playOptions struct {
	player.Settings
	gap  time.Duration // of silence between two
	loop bool          // from the beginning again after the last
	open bool          // what cannot be played here is handed to the system's player
}

func (a *application) playCommand() *cobra.Command {
	o := playOptions{Settings: player.DefaultSettings()}
	cmd := &cobra.Command{
		Use:   "play ID... | QUERY",
		Short: "Play recordings to the sound output, one after the other, those of a query the newest first",
		Long: "Play recordings to the sound output, one after the other, those of a query the newest first. A recording that cannot be " +
			"played is named and skipped.\n\nWith --open it is handed to the system's player instead, as a copy in a temporary folder that only " +
			"you can read. The copy is removed when you press Enter; unsaid cannot know what the other program keeps.",
		Example: "unsaid play '\"good night\"'\nunsaid play device:kitchen on:2025-03-02 --gap 0.5s --speed 1.5 --normalise",
		Args:    cobra.MinimumNArgs(1),
		PreRunE: func(*cobra.Command, []string) error { return a.checkPlay(o) },
		RunE: a.onLibrary(func(ctx context.Context, db *store.DB, args []string) error {
			if len(idsOf(args)) == 0 { // of a query, only what can be heard; the last word may be unfinished
				args = append([]string{"has:audio"}, args...)
			}
			ids, err := a.named(ctx, db, args)
			if err != nil {
				return err
			}
			if len(ids) == 0 {
				a.say("no recordings with audio found")
				return nil
			}
			return a.playAll(ctx, db, ids, o)
		}),
	}
	flags := cmd.Flags()
	flags.DurationVar(&o.gap, "gap", 0, "silence between two recordings, as in 0.5s")
	flags.Float64Var(&o.Speed, "speed", o.Speed, fmt.Sprintf("speed, from %g to %g; the pitch is kept", player.MinSpeed, player.MaxSpeed))
	flags.IntVar(&o.Volume, "volume", o.Volume, fmt.Sprintf("volume in per cent, from 0 to %d", player.MaxVolume))
	flags.BoolVar(&o.Normalise, "normalise", false, "play quiet recordings louder")
	flags.BoolVar(&o.SkipSilence, "trim-silence", false, "skip the silence at the start of a recording")
	flags.BoolVar(&o.loop, "loop", false, "start again after the last, until interrupted")
	flags.BoolVar(&o.open, "open", false, "hand what cannot be played here to the system's player")
	return cmd
}

// checkPlay refuses options that are out of range or cannot work here.
func (a *application) checkPlay(o playOptions) error {
	switch {
	case !(o.Speed >= player.MinSpeed && o.Speed <= player.MaxSpeed): // false for NaN, too
		return usagef("--speed goes from %g to %g", player.MinSpeed, player.MaxSpeed)
	case o.Volume < 0 || o.Volume > player.MaxVolume:
		return usagef("--volume goes from 0 to %d", player.MaxVolume)
	case o.gap < 0:
		return usagef("--gap cannot be less than 0")
	case o.open && (!isTerminal(a.Stdin) || !isTerminal(a.Stderr)):
		return usagef("--open needs a terminal, where Enter says that a recording was heard and its copy can go; without one: unsaid export")
	}
	return nil
}

// named returns the recordings that the arguments name by id, each once, or choose by a query.
func (a *application) named(ctx context.Context, db *store.DB, args []string) ([]int64, error) {
	if ids := idsOf(args); len(ids) > 0 {
		return ids, nil
	}
	q, err := a.query(args)
	if err != nil {
		return nil, err
	}
	return db.IDs(ctx, q)
}

// idsOf returns the ids that the arguments are, each once, none unless all of them are ids.
func idsOf(args []string) []int64 {
	var ids []int64
	for _, arg := range args {
		id, err := strconv.ParseInt(arg, 10, 64)
		if err != nil || id < 0 {
			return nil
		}
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// playback is a list of recordings being played.
type playback struct {
	*application
	playOptions
	db     *store.DB
	player *player.Player
	begun  bool // whether anything was played, so that a gap comes before the next
}

// playAll plays recordings one after the other.
func (a *application) playAll(ctx context.Context, db *store.DB, ids []int64, o playOptions) (err error) {
	p := &playback{application: a, playOptions: o, db: db, player: player.New(player.DefaultOutput)}
	defer func() { err = errors.Join(err, p.player.Close()) }()
	p.player.Adjust(func(s *player.Settings) { *s = o.Settings })
	heard, problem, err := p.round(ctx, ids)
	if err != nil {
		return err
	}
	for again := heard; o.loop && len(again) > 0; {
		if again, _, err = p.round(ctx, again); err != nil {
			return err
		}
	}
	switch failed := len(ids) - len(heard); {
	case failed == 0:
		return nil
	case len(ids) == 1:
		return problem
	case failed == len(ids):
		return errors.New("none of the recordings could be played")
	default:
		return incomplete{phrase.Count(failed, "recording") + " could not be played"}
	}
}

// round plays recordings and returns those that were heard. It complains about each that cannot be played, or
// returns the problem if it is the only one.
func (p *playback) round(ctx context.Context, ids []int64) (heard []int64, problem, err error) {
	for i, id := range ids {
		place := ""
		if len(ids) > 1 {
			place = fmt.Sprintf(p.own("%d/%d · "), i+1, len(ids))
		}
		problem, err := p.one(ctx, id, place)
		switch {
		case err != nil:
			return heard, nil, err
		case problem == nil:
			heard = append(heard, id)
		case len(ids) == 1:
			return nil, problem, nil
		default:
			p.complain(problem.Error())
		}
	}
	return heard, nil, nil
}

// one plays a recording to its end. The problem says why this recording cannot be played; err says why nothing
// more can be played.
func (p *playback) one(ctx context.Context, id int64, place string) (problem, err error) {
	r, err := p.db.Recording(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("play: %w", err), nil
	}
	if err != nil {
		return nil, err
	}
	data, problem := p.on(p.db).Sound(ctx, &r)
	var clip *player.Clip
	if problem == nil {
		clip, problem = player.Decode(data)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	switch {
	case problem == nil:
		if err := p.rest(ctx); err != nil {
			return nil, err
		}
		if err := p.player.Play(clip); err != nil {
			return nil, err
		}
		return nil, p.hear(ctx, &r, place)
	case p.open && data != nil:
		if problem = p.handOver(ctx, &r, data); problem == nil || ctx.Err() != nil {
			return nil, problem
		}
	case data != nil:
		problem = fmt.Errorf("%w; or play it with --open", problem)
	}
	return fmt.Errorf("play recording %d (%s, %s): %w", id, p.moment(app.KnownTime(&r)), phrase.Device(r.Device), problem), nil
}

// rest is the gap between two recordings.
func (p *playback) rest(ctx context.Context) error {
	if !p.begun {
		p.begun = true
		return nil
	}
	gap := time.NewTimer(p.gap)
	defer gap.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-gap.C:
		return nil
	}
}

// hear waits until the clip was heard. On a terminal, it shows the position.
func (p *playback) hear(ctx context.Context, r *store.Recording, place string) error {
	heard := make(chan error, 1)
	go func() { heard <- p.player.Wait(ctx) }()
	line := p.newProgress()
	defer line.done()
	if !line.terminal {
		return <-heard
	}
	tick := time.NewTicker(redrawEvery)
	defer tick.Stop()
	for {
		select {
		case err := <-heard:
			return err
		case <-tick.C:
			s := p.player.Status()
			line.tell(func() string {
				return fmt.Sprintf(p.own("▶ %s%.1f / %.1f s · %s · %s · %s"), place, s.Position.Seconds(), s.Length.Seconds(),
					p.moment(app.KnownTime(r)), phrase.Device(r.Device), words(r))
			})
		}
	}
}

// handOver opens a copy of a sound with the system's player. The copy is removed when the user has heard it or
// interrupts.
func (a *application) handOver(ctx context.Context, r *store.Recording, data []byte) (err error) {
	path, err := copyForOthers(data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, removeCopy(path)) }()
	if err := opener(ctx, path).Run(); err != nil {
		return fmt.Errorf("open it with the system's player: %w; export it instead", err)
	}
	_, err = a.ask(ctx, fmt.Sprintf("opened elsewhere: %s, %s. Press Enter when it was heard; the copy is then removed.",
		a.moment(app.KnownTime(r)), phrase.Device(r.Device)))
	return err
}
