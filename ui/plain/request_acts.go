package plain

import (
	"context"
	"fmt"
	"strings"

	"unsaid/phrase"
	"unsaid/store"
)

func (s *session) writeRequest(ctx context.Context, r store.Request, _ string) error {
	folder, err := s.o.WriteRequest(ctx, r.ID)
	if err != nil {
		return err
	}
	s.say("Written to %s", folder)
	s.say("sent %d notes that you have sent it.", r.ID)
	return nil
}

// folder shows the folder with a request's files with the program that the system has for it.
func (s *session) folder(ctx context.Context, r store.Request, _ string) error {
	if r.Folder == "" {
		return fmt.Errorf("no files were written yet; write %d writes them", r.ID)
	}
	if err := s.o.Open(ctx, r.Folder); err != nil {
		return err
	}
	s.say("Opened %s", r.Folder)
	return nil
}

// letter reads out the letter of a request, line by line, as it can be copied into a form.
func (s *session) letter(ctx context.Context, r store.Request, _ string) error {
	letter, err := s.o.Letter(ctx, r.ID)
	if err != nil {
		return err
	}
	for line := range strings.Lines(letter) {
		s.say("%s", line)
	}
	return nil
}

// sent notes when a request was sent, or that it was not.
func (s *session) sent(ctx context.Context, r store.Request, when string) error {
	if strings.EqualFold(when, "not") {
		return s.notSent(ctx, r.ID)
	}
	day, err := s.o.ReadSentDay(when)
	if err != nil {
		return err
	}
	due, err := s.o.MarkSent(ctx, r.ID, day)
	if err != nil {
		return err
	}
	s.say("Request %d was %s.", r.ID, s.dates().Sent(day.String(), due))
	return nil
}

func (s *session) notSent(ctx context.Context, request int64) error {
	dropped, err := s.o.MarkDraft(ctx, request)
	if err != nil {
		return err
	}
	s.say("Request %d %s.", request, phrase.NotSent(dropped))
	return nil
}

func (s *session) followup(ctx context.Context, r store.Request, _ string) error {
	folder, number, err := s.o.WriteFollowup(ctx, r.ID)
	if err != nil {
		return err
	}
	s.say("Follow-up %d written to %s", number, folder)
	return nil
}

func (s *session) report(ctx context.Context, _ string) error {
	folder, err := s.o.WriteReport(ctx)
	if err != nil {
		return err
	}
	s.say("Report written to %s", folder)
	return nil
}
