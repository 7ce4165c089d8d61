package plain

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"unsaid/phrase"
	"unsaid/store"
)

// trash lists the deletions in the trash, or the recordings of one.
func (s *session) trash(ctx context.Context, arg string) error {
	if arg != "" {
		d, err := s.trashed(ctx, arg)
		if err != nil {
			return err
		}
		return s.show(ctx, fmt.Sprintf("deletion %d", d.ID), store.Query{State: store.Trashed, Deletion: d.ID})
	}
	all, err := s.o.DB.Trash(ctx)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		s.say("The trash is empty.")
		return nil
	}
	for i := range all {
		s.say("%s", s.deletion(&all[i]))
	}
	s.say("restore and a number restores one, purge erases it beyond recovery.")
	return nil
}

// deletion says what a deletion was.
func (s *session) deletion(d *store.Deletion) string {
	text := fmt.Sprintf("%d. %s of %s, %s", d.ID, phrase.Count(d.Recordings, "recording"), phrase.Count(d.Devices, "device"), s.dates().Span(d.From, d.To))
	if d.Bytes > 0 {
		text += ", " + size(d.Bytes) + " of sound"
	}
	text += ". Deleted " + s.dates().Minute(d.Created)
	if d.Query != "" {
		text += ": " + short(d.Query, wordsInLine)
	}
	return phrase.Closed(text)
}

// trashed finds a deletion in the trash by its number.
func (s *session) trashed(ctx context.Context, arg string) (store.Deletion, error) {
	number, err := id(arg, "trash")
	if err != nil {
		return store.Deletion{}, err
	}
	return s.o.Trashed(ctx, number)
}

func (s *session) restore(ctx context.Context, arg string) error {
	d, err := s.trashed(ctx, arg)
	if err != nil {
		return err
	}
	return s.takeBack(ctx, d.ID)
}

// undo undoes what was done last.
func (s *session) undo(ctx context.Context, _ string) error { return s.takeBack(ctx, 0) }

// takeBack undoes a certain deletion, or what was done last if its number is 0. Where a request was sent
// already, the user is asked first.
func (s *session) takeBack(ctx context.Context, deletion int64) error {
	undone, err := s.o.Undo(ctx, deletion, false)
	if sent := (*store.SentError)(nil); errors.As(err, &sent) {
		s.say("Warning: the maker was asked already.")
		for _, r := range sent.Sent {
			s.say("%d. %s, sent on %s, %s.", r.ID, phrase.Device(r.Device), s.dates().Day(r.SentOn), phrase.Standing(r.Status))
		}
		s.say("The recordings come back here, but the maker may delete all the same. If it was not really sent, say so first: sent, the number, and not.")
		yes, err := s.agrees(ctx, "Restore "+phrase.Count(sent.Deletion.Recordings, "recording")+"?")
		if err != nil {
			return err
		}
		if !yes {
			s.say("Nothing was changed.")
			return nil
		}
		if undone, err = s.o.Undo(ctx, sent.Deletion.ID, true); err != nil {
			return err
		}
	} else if err != nil {
		return err
	}
	s.say("%s. redo does it again.", undone.Text)
	return s.changed(ctx)
}

// redo redoes what was undone last.
func (s *session) redo(ctx context.Context, _ string) error {
	redone, err := s.o.Redo(ctx)
	return s.done(ctx, redone.Change, err)
}

// done tells of a change that can be undone, unless it failed.
func (s *session) done(ctx context.Context, c store.Change, err error) error {
	if err != nil {
		return err
	}
	s.say("%s. undo takes it back.", c.Text)
	return s.changed(ctx)
}

// eraseWord is what has to be typed before something is erased.
const eraseWord = "erase"

func (s *session) purge(ctx context.Context, arg string) error {
	d, err := s.trashed(ctx, arg)
	if err != nil {
		return err
	}
	s.say("Erase %s beyond recovery? %s", phrase.Count(d.Recordings, "recording"), phrase.PurgeErases)
	s.say("%s", phrase.PurgeLeaves)
	answer, err := s.ask(ctx, "Type "+eraseWord+" to erase, or anything else to keep it:")
	if err != nil {
		return err
	}
	if !strings.EqualFold(answer, eraseWord) {
		s.say("Nothing was changed.")
		return nil
	}
	told := s.newProgress()
	result, err := s.o.DB.Purge(ctx, d.ID, func(done, total int) {
		told.tell(func() string { return fmt.Sprintf("%d of %s erased.", done, phrase.Count(total, "recording")) })
	})
	if err != nil && ctx.Err() != nil {
		s.say("Stopped before all of it was erased. The rest is in the trash; purge goes on with it.")
		return s.changed(context.WithoutCancel(ctx))
	}
	if err != nil {
		return err
	}
	s.say("Erased %s, %s of sound.", phrase.Count(result.Recordings, "recording"), size(result.Bytes))
	return s.changed(ctx)
}
