package plain

import (
	"context"
	"fmt"
	"strings"

	"unsaid/phrase"
	"unsaid/store"
)

// imports lists past imports, or accounts for one.
func (s *session) imports(ctx context.Context, args string) error {
	if args != "" {
		return s.account(ctx, args)
	}
	all, err := s.o.DB.Imports(ctx)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		s.say("Nothing was imported yet.")
		return nil
	}
	for i := range all {
		one := &all[i]
		s.say("%d. %s, %s, %s: %s.", one.ID, phrase.Paths(one.Paths), s.dates().Minute(one.Started), phrase.ImportState(one.State, false), phrase.Imported(one.ImportCounts))
	}
	s.say("imports and a number accounts for one.")
	return nil
}

// account says what became of the members of an import: of those that failed, unless others are
// asked for.
func (s *session) account(ctx context.Context, args string) error {
	number, which, asked := strings.Cut(args, " ")
	wanted, err := id(number, "imports")
	if err != nil {
		return err
	}
	outcome := store.MemberFailed
	switch which = strings.ToLower(strings.TrimSpace(which)); which {
	case "", string(store.MemberFailed):
	case string(store.MemberImported), string(store.MemberIgnored):
		outcome = store.Outcome(which)
	case "all":
		outcome = ""
	default:
		return fmt.Errorf("%s is not an outcome; say failed, imported, ignored or all", which)
	}
	report, err := s.o.DB.Import(ctx, wanted)
	if err != nil {
		return err
	}
	if !asked {
		s.tellImport(&report)
		if report.Doubtful > 0 {
			if err := s.tellDoubts(ctx, &report); err != nil {
				return err
			}
		}
	}
	return s.tellOutcomes(ctx, wanted, outcome)
}

func (s *session) tellImport(one *store.ImportReport) {
	s.say("Import %d of %s, %s: %s.", one.ID, s.dates().Minute(one.Started), phrase.Paths(one.Paths), phrase.ImportState(one.State, false))
	s.say("%s", phrase.Sentence(phrase.Imported(one.ImportCounts)))
	s.say("%s.", phrase.Files(*one))
	if one.State == store.ImportRunning { // no import of this program runs while the prompt waits
		s.say("%s; importing again adds the rest.", phrase.Interrupted)
	}
}

// mostMembers is how many members of an import are told.
const mostMembers = 50

// tellOutcomes says what became of the members of an import.
func (s *session) tellOutcomes(ctx context.Context, number int64, outcome store.Outcome) error {
	ids, err := s.o.DB.MemberIDs(ctx, number, outcome)
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		what := string(outcome)
		if what == "" {
			what = "read"
		}
		s.say("Nothing was %s.", what)
		return nil
	}
	read, err := s.o.DB.Members(ctx, ids[:min(len(ids), mostMembers)])
	if err != nil {
		return err
	}
	var members []store.MemberOutcome
	for _, id := range ids[:min(len(ids), mostMembers)] {
		if m, there := read[id]; there {
			members = append(members, m)
		}
	}
	s.tellMembers(members, mostMembers)
	if more := len(ids) - mostMembers; more > 0 {
		s.say("And %s more. On the command line, unsaid imports %d lists all of them.", phrase.Comma(more), number)
	}
	return nil
}

// tellMembers says what became of members, of so many at most.
func (s *session) tellMembers(members []store.MemberOutcome, most int) {
	for i, m := range members {
		if i == most {
			s.say("And %s more.", phrase.Comma(len(members)-i))
			return
		}
		text := m.Member + ", " + string(m.Outcome)
		if m.Reason != "" {
			text += ": " + m.Reason
		}
		if way := hint(m.Remedy); way != "" {
			text = phrase.Closed(text) + " " + way
		}
		s.say("%s", phrase.Closed(text))
	}
}
