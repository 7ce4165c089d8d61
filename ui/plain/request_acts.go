package plain

import (
	"context"
	"fmt"
	"strconv"
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
	if r.Written.Folder == "" {
		return fmt.Errorf("no files were written yet; write %d writes them", r.ID)
	}
	if err := s.o.Open(ctx, r.Written.Folder); err != nil {
		return err
	}
	s.say("Opened %s", r.Written.Folder)
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
	due, err := s.o.MarkSent(ctx, r.ID, day, "")
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

// tick notes that a step was done at the maker, today or on a day, or that it was not.
func (s *session) tick(ctx context.Context, r store.Request, args string) error {
	number, when, _ := strings.Cut(args, " ")
	step, err := strconv.Atoi(number)
	if err != nil {
		return fmt.Errorf("say which step; requests %d lists them", r.ID)
	}
	var day store.Day
	if !strings.EqualFold(when, "not") {
		if day, err = s.o.ReadSentDay(when); err != nil {
			return err
		}
	}
	if r, err = s.o.Tick(ctx, r.ID, step, day); err != nil {
		return err
	}
	s.say("%d of %s done.", r.StepsDone(), phrase.Count(len(r.Steps), "step"))
	return nil
}

// answer notes what the maker answered today.
func (s *session) answer(ctx context.Context, r store.Request, args string) error {
	name, ground, _ := strings.Cut(args, " ")
	kind, err := store.ParseAnswer(name)
	if err != nil {
		return err
	}
	if r, err = s.o.Answer(ctx, r.ID, kind, store.DayOf(s.o.Now(), s.o.Zone), ground); err != nil {
		return err
	}
	s.say("%s.", phrase.Capital(s.dates().Answer(r.Answers[len(r.Answers)-1])))
	return nil
}

func (s *session) withdraw(ctx context.Context, r store.Request, _ string) error {
	folder, number, err := s.o.WriteWithdrawal(ctx, r.ID)
	if err != nil {
		return err
	}
	s.say("Withdrawal %d written to %s", number, folder)
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
