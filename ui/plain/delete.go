package plain

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"unsaid/deletion"
	"unsaid/phrase"
	"unsaid/store"
	"unsaid/ui/marks"
)

func takeBackCommands() []command {
	return []command{
		{"delete", "d", "N, N-M, marks, found, or device N", "delete recordings", "Without more it deletes what is marked, else the one spoken of last. " +
			"It says first what that comes to, and asks.", (*session).delete},
		{"undo", "u", "", "undo what was done last", "", (*session).undo},
		{"redo", "U", "", "do it again after all", "", (*session).redo},
		{"suggestions", "g", "N", "what may be worth deleting, and what is due; with a number, find it", "", (*session).suggestions},
		{"trash", "t", "N", "list the deletions in the trash; with a number, the recordings of one", "", (*session).trash},
		{"restore", "R", "N", "restore a deletion from the trash", "The number is the one that trash tells.", (*session).restore},
		{"purge", "P", "N", "erase a deletion beyond recovery", "The number is the one that trash tells. It asks first for a word to be typed.", (*session).purge},
	}
}

// delete deletes what its arguments choose, if the user agrees to what that comes to.
func (s *session) delete(ctx context.Context, args string) error {
	ids, how, err := s.toDelete(ctx, args)
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		return errors.New("there is nothing to delete")
	}
	proposal, err := s.o.Propose(ctx, ids)
	if err != nil {
		return err
	}
	s.say("Delete %s, %s.", phrase.Count(len(ids), "recording"), how)
	s.tellDevices(proposal)
	here, ask := true, true
	s.tellPlan(proposal, fewSteps)
	s.tellSwitches(here, ask)
	s.say("Type here or maker to switch one of the two, steps to hear every step.")
	for {
		answer, err := s.ask(ctx, "Delete? yes or no:")
		if err != nil {
			return err
		}
		switch strings.ToLower(answer) {
		case "here", "h":
			here = !here
			s.tellSwitches(here, ask)
		case "maker", "m":
			ask = !ask
			s.tellSwitches(here, ask)
		case "steps", "s":
			s.tellPlan(proposal, len(ids))
		case "no", "n":
			s.say("Nothing was changed.")
			return nil
		case "yes", "y":
			if here || ask {
				return s.carryOutDeletion(ctx, proposal, how, here, ask)
			}
			s.say("Nothing would be done. Switch one of the two on, or type no.")
		default:
			s.say("Type yes, no, here, maker or steps.")
		}
	}
}

// toDelete finds what the arguments of delete choose, and says how.
func (s *session) toDelete(ctx context.Context, args string) (ids []int64, how string, err error) {
	what, rest, _ := strings.Cut(args, " ")
	switch {
	case strings.EqualFold(what, "device"):
		return s.ofDevice(ctx, rest)
	case strings.EqualFold(args, "marks"), args == "" && len(s.marked) > 0:
		return s.markedIDs(), markedByHand, nil
	case s.found.inTrash():
		return nil, "", errors.New("these are in the trash already; purge erases them, restore brings them back")
	case strings.EqualFold(args, "found"), strings.EqualFold(args, "all"):
		how = s.found.text
		if how == "" {
			how = "everything"
		}
		return s.found.ids, how, nil
	}
	ids, err = s.chosen(ctx, args)
	return ids, "chosen by number", err
}

// ofDevice finds all recordings of a device.
func (s *session) ofDevice(ctx context.Context, arg string) ([]int64, string, error) {
	d, err := s.device(ctx, arg)
	if err != nil {
		return nil, "", err
	}
	ids, err := s.o.DB.IDs(ctx, store.Query{Device: d.ID})
	return ids, "all of " + phrase.Device(d.Device), err
}

// tellDevices says what of each device would be deleted, and what that is together.
func (s *session) tellDevices(p deletion.Proposal) {
	tell := func(name string, d deletion.DeviceProposal) {
		amount := "no sound"
		if d.Bytes > 0 {
			amount = length(d.Duration.Round(time.Second/10)) + " of sound, " + size(d.Bytes)
		}
		s.say("%s: %s, %s, %s.", name, phrase.Count(len(d.IDs), "recording"), s.dates().Span(d.Span()), amount)
	}
	for _, d := range p.Devices {
		tell(phrase.Device(d.Device), d)
	}
	if len(p.Devices) > 1 {
		tell("Together", p.Together())
	}
}

// fewSteps is how many steps of a plan are told unasked.
const fewSteps = 5

// tellPlan says the first steps of what would be asked of the makers.
func (s *session) tellPlan(p deletion.Proposal, most int) {
	together := p.Together()
	if why := together.NothingToAsk(); why != "" {
		s.say("%s", phrase.Sentence(why))
		return
	}
	s.say("What to ask for, in %s:", phrase.Count(len(together.Steps), "step"))
	n := 0
	for _, d := range p.Devices {
		for _, step := range d.Steps {
			if n++; n <= most {
				s.say("%d. %s: %s.", n, phrase.Device(d.Device), s.dates().Step(step))
			}
		}
	}
	if n > most {
		s.say("And %s.", phrase.Count(n-most, "more step"))
	}
	if together.Beyond {
		s.say("Warning: %s", phrase.StepsAreWide)
	}
}

func (s *session) tellSwitches(here, ask bool) {
	onOff := map[bool]string{true: "on", false: "off"}
	s.say("To the trash here: %s. Ask the maker: %s.", onOff[here], onOff[ask])
	if !ask {
		s.say("What the maker holds stays there.")
	}
}

func (s *session) carryOutDeletion(ctx context.Context, p deletion.Proposal, how string, here, ask bool) error {
	d, err := s.o.Delete(ctx, p, how, here, ask)
	return s.done(ctx, store.Change{Kind: store.RecordingsDeleted, Text: d.Text(len(d.Requests))}, err)
}

// changed finds anew what was found, and warns if the numbers are others now. The marks of what was deleted go,
// and come back with it.
func (s *session) changed(ctx context.Context) error {
	marked := s.sitting.All()
	here, err := marks.Here(ctx, s.o.DB, marked)
	if err != nil {
		return err
	}
	s.sitting.Settle(marked, here)
	before := s.found.ids
	if err := s.refresh(ctx); err != nil {
		return err
	}
	switch n := len(s.found.ids); {
	case slices.Equal(before, s.found.ids):
	case n == 0:
		s.say("Nothing of what was found is left.")
	default:
		s.say("%s found now. list says the new numbers.", phrase.Count(n, "recording"))
	}
	return nil
}
