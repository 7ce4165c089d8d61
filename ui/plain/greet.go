package plain

import (
	"context"

	"unsaid/deletion"
	"unsaid/phrase"
	"unsaid/store"
)

// greet says what there is and what is due, and finds everything.
func (s *session) greet(ctx context.Context) error {
	totals, err := s.o.DB.Totals(ctx)
	if err != nil {
		return err
	}
	s.found = listing{at: -1}
	if s.o.Sample {
		s.say("This is unsaid with the recordings of an invented household, which are thrown away when you quit.")
	} else {
		s.say("This is unsaid.")
	}
	if totals.Recordings+totals.Trashed == 0 {
		s.welcome()
		return nil
	}
	s.say("%s of %s, %s.", phrase.Count(totals.Recordings, "recording"), phrase.Count(totals.Devices, "device"), ofSound(totals.Duration))
	if totals.Trashed > 0 {
		s.say("%s in the trash.", phrase.Count(totals.Trashed, "recording"))
	}
	if err := s.tellDue(ctx); err != nil {
		return err
	}
	if s.found.ids, err = s.o.DB.IDs(ctx, store.Query{}); err != nil {
		return err
	}
	s.say("list says the newest, find searches, help lists the commands.")
	return nil
}

// welcome says what to do with an empty library.
func (s *session) welcome() {
	s.say("The library is empty. Ask the maker of your assistant for your voice history, then import what it sends you.")
	s.say("Amazon Alexa: amazon, dot, your country, then /hz/privacy-central/data-requests. Choose Alexa and Echo Devices; the archive comes by mail.")
	s.say("import and its path imports it. help lists the commands. To try it without, quit and type unsaid demo, with two dashes and plain behind it.")
}

// tellDue says what is due by the rules of the settings, and which requests are overdue.
func (s *session) tellDue(ctx context.Context) error {
	due, err := s.o.Due(ctx)
	if err != nil {
		return err
	}
	for _, d := range due {
		s.say("Due by your retention rules: %s, %s.", d.Title, phrase.Count(d.Recordings, "recording"))
	}
	if len(due) > 0 {
		s.say("suggestions finds them.")
	}
	requests, err := s.o.DB.Requests(ctx)
	if err != nil {
		return err
	}
	overdue := 0
	for _, r := range requests {
		if deletion.Overdue(r, s.now()) {
			overdue++
		}
	}
	if overdue > 0 {
		s.say("%s overdue. requests lists them.", phrase.Count(overdue, "request"))
	}
	return nil
}
