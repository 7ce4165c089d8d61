package plain

import (
	"context"
	"fmt"
	"strings"
	"time"

	"unsaid/app"
	"unsaid/deletion"
	"unsaid/phrase"
	"unsaid/store"
)

func evidenceCommands() []command {
	return []command{
		{"exports", "H", "N", "list what makers handed out, as evidence; with a number, all about one", "The names and hashes of the files that were imported are kept with it.", (*session).exports},
		{"complete", "Y", "N, or N not", "say that an export is all that the maker gave you, or take that back", "What it lacks then counts as gone, by your word.", (*session).complete},
		{"made", "@", "N DAY, or N not", "say on which day the maker made an export, or take that back", "A day is written as 2025-03-01, 1 March 2025, yesterday, Monday or 3 days ago.", (*session).made},
		{"compare", "=", "N", "hear what may be the same recording, for a request, and say whether it is", "", (*session).compare},
	}
}

func (s *session) exports(ctx context.Context, arg string) error {
	if arg != "" {
		number, err := id(arg, "exports")
		if err != nil {
			return err
		}
		return s.tellExport(ctx, number)
	}
	all, err := s.o.MakerExports(ctx)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		s.say("There are no exports. import reads them.")
		return nil
	}
	for _, e := range all {
		s.say("%d. %s", e.ID, phrase.Evidence(e, s.dates()))
	}
	s.say("exports and a number tells all about one.")
	return nil
}

func (s *session) tellExport(ctx context.Context, number int64) error {
	e, err := s.o.MakerExport(ctx, number)
	if err != nil {
		return err
	}
	s.say("Export %d, of import %d of %s. %s", e.ID, e.ImportID, s.dates().Minute(e.Imported), phrase.Evidence(e, s.dates()))
	text := phrase.Count(e.Recordings, "recording")
	if !e.First.IsZero() {
		text += ", " + s.dates().Span(e.First, e.Last)
	}
	s.say("%s. Made by mistake: %s.", text, phrase.Comma(e.Unintended))
	for _, d := range e.Devices {
		s.say("Device: %s.", phrase.Device(d))
	}
	if !e.Packed.IsZero() {
		s.say("Packed on %s by the clock of its archive, which proves nothing.", s.dates().Of(e.Packed))
	}
	for _, f := range e.Files {
		s.say("File: %s, %s, SHA-256 %s.", f.Name, size(f.Bytes), f.SHA256)
	}
	return nil
}

// numberAnd reads the number of an export and what stands behind it.
func numberAnd(args string) (number int64, rest string, err error) {
	first, rest, _ := strings.Cut(args, " ")
	number, err = id(first, "exports")
	return number, strings.TrimSpace(rest), err
}

func (s *session) complete(ctx context.Context, args string) error {
	number, rest, err := numberAnd(args)
	if err != nil {
		return err
	}
	answer := store.Yes
	switch {
	case strings.EqualFold(rest, "not"):
		answer = store.NotAnswered
	case rest != "":
		return fmt.Errorf("say complete %d, or complete %d not", number, number)
	}
	verdicts, err := s.o.SetComplete(ctx, answer, number)
	return s.told(ctx, number, verdicts, err)
}

func (s *session) made(ctx context.Context, args string) error {
	number, rest, err := numberAnd(args)
	if err != nil {
		return err
	}
	var day time.Time
	if rest == "" {
		return fmt.Errorf("say the day, as in: made %d 1 March 2025", number)
	}
	if !strings.EqualFold(rest, "not") {
		if day, err = s.o.ReadMadeOn(rest); err != nil {
			return err
		}
	}
	verdicts, err := s.o.SetMadeOn(ctx, day, number)
	return s.told(ctx, number, verdicts, err)
}

// told says what an export is after the user has said something of it, and what became of the requests.
func (s *session) told(ctx context.Context, number int64, verdicts []deletion.Verdict, err error) error {
	if err != nil {
		return err
	}
	e, err := s.o.MakerExport(ctx, number)
	if err != nil {
		return err
	}
	s.say("Export %d. %s", e.ID, phrase.Evidence(e, s.dates()))
	s.tellProved(verdicts)
	return nil
}

// compare tells each recording of a request that an export may have, beside what the export has, and asks.
func (s *session) compare(ctx context.Context, arg string) error {
	r, err := s.request(ctx, arg)
	if err != nil {
		return err
	}
	v, err := s.o.Verdict(ctx, r)
	if err != nil {
		return err
	}
	pairs := v.Alike()
	if len(pairs) == 0 {
		s.say("No export has another recording that may be one of request %d.", r.ID)
		return nil
	}
	for _, pair := range pairs {
		if err := s.compareBoth(ctx, pair); err != nil {
			return err
		}
	}
	v, err = s.o.Verdict(ctx, r)
	if err == nil {
		s.tellProved([]deletion.Verdict{v})
	}
	return err
}

// compareBoth tells two recordings and asks whether they are one.
func (s *session) compareBoth(ctx context.Context, pair [2]int64) error {
	both, err := s.o.Both(ctx, pair)
	if err != nil {
		return err
	}
	s.tellOne("You asked to delete", &both[0])
	s.tellOne("The export has", &both[1])
	for {
		answer, err := s.ask(ctx, "same, another, or skip:")
		if err != nil {
			return err
		}
		same := store.No
		switch strings.ToLower(answer) {
		case "same", "s":
			same = store.Yes
		case "another", "a":
		case "skip":
			return nil
		default:
			s.say("Type same, another or skip.")
			continue
		}
		_, err = s.o.Compare(ctx, pair[0], pair[1], same)
		return err
	}
}

// tellOne says when and where a recording was made, and its words.
func (s *session) tellOne(what string, r *store.Recording) {
	words := "no words came with it"
	switch {
	case r.State == store.Purged:
		words = "purged, so its words are not known here"
	case r.Transcript != "":
		words = short(r.Transcript, mostWords)
	}
	if r.Device.Name != "" {
		words = phrase.Device(r.Device) + ", " + words
	}
	s.say("%s: %s, %s", what, s.dates().Recorded(r), phrase.Closed(words))
}

// settles says what would settle an outcome, and which command does.
func settles(request int64, r deletion.Reason) string {
	text := phrase.Settles(r.Settles())
	switch r.Settles() {
	case deletion.SayMadeOn:
		text += fmt.Sprintf(": made %d and the day", r.Export)
	case deletion.SayComplete:
		text += fmt.Sprintf(": complete %d", r.Export)
	case deletion.ImportAgain:
		text += fmt.Sprintf("; imports %d says what that is", r.Import)
	case deletion.CompareBoth:
		text += fmt.Sprintf(": compare %d", request)
	}
	return phrase.Sentence(text)
}

// askComplete says how to tell that an import was of everything, if something depends on it.
func (s *session) askComplete(ctx context.Context, done app.Imported) error {
	exports, err := s.o.Undecided(ctx, done)
	for _, e := range exports {
		s.say("Is export %d, of %s, everything they gave you? If so, say: complete %d", e.ID, phrase.Product(e), e.ID)
	}
	return err
}
