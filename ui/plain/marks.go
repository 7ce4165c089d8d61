package plain

import (
	"context"
	"errors"
	"slices"
	"strings"

	"unsaid/phrase"
)

// markedByHand is how a deletion of what was marked is said to have been chosen.
const markedByHand = "marked by hand"

func chooseCommands() []command {
	return []command{
		{"mark", "x", "N, N-M or all", "mark recordings", "Without a number it is the one spoken of last. Marks stay when something else is searched for.", (*session).mark},
		{"unmark", "X", "N, N-M or all", "take marks off", "", (*session).unmark},
		{"marks", "M", "", "list what is marked", "", (*session).marks},
	}
}

func (s *session) mark(ctx context.Context, args string) error {
	if s.found.inTrash() {
		return errors.New("these are in the trash already; find finds what is not")
	}
	ids, err := s.chosen(ctx, args)
	if err != nil {
		return err
	}
	for _, id := range ids {
		s.marked[id] = true
	}
	s.countMarks()
	return nil
}

func (s *session) unmark(ctx context.Context, args string) error {
	if strings.EqualFold(args, "all") {
		clear(s.marked)
		s.countMarks()
		return nil
	}
	ids, err := s.chosen(ctx, args)
	if err != nil {
		return err
	}
	for _, id := range ids {
		delete(s.marked, id)
	}
	s.countMarks()
	return nil
}

// chosen is the ids of the recordings that numbers name, all that was found, or the one spoken of last.
func (s *session) chosen(ctx context.Context, args string) ([]int64, error) {
	switch {
	case strings.EqualFold(args, "all"):
		return s.found.ids, nil
	case args == "":
		r, err := s.meant(ctx, "")
		return []int64{r.ID}, err
	}
	indexes, err := s.indexes(args)
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(indexes))
	for i, index := range indexes {
		ids[i] = s.found.ids[index]
	}
	s.found.at = indexes[len(indexes)-1]
	return ids, nil
}

// toggle marks a recording or takes its mark off.
func (s *session) toggle(id int64) {
	if s.marked[id] {
		delete(s.marked, id)
		s.say("Mark taken off. %s marked.", phrase.Comma(len(s.marked)))
		return
	}
	s.marked[id] = true
	s.say("Marked. %s marked.", phrase.Comma(len(s.marked)))
}

func (s *session) countMarks() { s.say("%s marked.", phrase.Count(len(s.marked), "recording")) }

// markedIDs is what is marked, the newest first.
func (s *session) markedIDs() []int64 {
	ids := make([]int64, 0, len(s.marked))
	for id := range s.marked {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	slices.Reverse(ids)
	return ids
}

// marks lists what is marked, instead of what was found.
func (s *session) marks(ctx context.Context, _ string) error {
	if len(s.marked) == 0 {
		return errors.New("nothing is marked; mark and a number marks a recording")
	}
	s.found = listing{text: markedByHand, ids: s.markedIDs(), at: -1, fixed: true}
	s.countMarks()
	return s.list(ctx, "")
}
