package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"unsaid/player"
	"unsaid/store"
)

func (a *app) playCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "play ID… | QUERY",
		Short: "Play recordings to the sound output, those of a query the newest first",
		Args:  cobra.MinimumNArgs(1),
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
			return a.playAll(ctx, db, ids)
		}),
	}
}

// named returns the recordings that the arguments name by id, each once, or choose by a query.
func (a *app) named(ctx context.Context, db *store.DB, args []string) ([]int64, error) {
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

// playAll plays recordings one after the other. One that cannot be played is told and passed over.
func (a *app) playAll(ctx context.Context, db *store.DB, ids []int64) (err error) {
	p := player.New(player.DefaultOutput)
	defer func() { err = errors.Join(err, p.Close()) }()
	failed := 0
	var problem error
	for _, id := range ids {
		r, err := db.Recording(ctx, id)
		if err != nil {
			return err
		}
		clip, err := loadClip(ctx, db, &r)
		if err != nil {
			failed++
			problem = fmt.Errorf("play recording %d: %w", id, err)
			if len(ids) > 1 && ctx.Err() == nil {
				a.complain(problem.Error())
			}
			continue
		}
		if err := p.Play(clip); err != nil {
			return err
		}
		if err := a.hear(ctx, p, &r); err != nil {
			return err
		}
	}
	switch {
	case failed == 0:
		return nil
	case failed == len(ids):
		return problem
	}
	return incomplete{countOf(failed, "recording") + " could not be played"}
}

func loadClip(ctx context.Context, db *store.DB, r *store.Recording) (*player.Clip, error) {
	if r.Audio == nil {
		return nil, errors.New("it has no audio")
	}
	data, err := db.AudioData(ctx, r.Audio.ID)
	if err != nil {
		return nil, err
	}
	return player.Decode(data)
}

// hear waits until the clip was heard, showing on a terminal where it is.
func (a *app) hear(ctx context.Context, p *player.Player, r *store.Recording) error {
	heard := make(chan error, 1)
	go func() { heard <- p.Wait(ctx) }()
	line := a.newProgress()
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
			s := p.Status()
			line.tell(func() string {
				return fmt.Sprintf("▶ %.1f / %.1f s  %s  %s  %s", s.Position.Seconds(), s.Length.Seconds(),
					a.moment(knownTime(r)), r.Device.Name, strings.TrimSpace(words(r)))
			})
		}
	}
}
