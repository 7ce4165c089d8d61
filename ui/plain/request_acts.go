package plain

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"unsaid/deletion"
)

func (s *session) writeRequest(ctx context.Context, arg string) error {
	r, err := s.request(ctx, arg)
	if err != nil {
		return err
	}
	folder, err := s.o.Correspondence.WriteRequest(ctx, s.o.DB, r.ID, s.o.RequestsDir, s.o.Now())
	if err != nil {
		return err
	}
	s.say("Written to %s", folder)
	s.say("sent %d notes that you have sent it.", r.ID)
	return nil
}

// folder shows the folder with a request's files with the program that the system has for it.
func (s *session) folder(ctx context.Context, arg string) error {
	r, err := s.request(ctx, arg)
	if err != nil {
		return err
	}
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
func (s *session) letter(ctx context.Context, arg string) error {
	r, err := s.request(ctx, arg)
	if err != nil {
		return err
	}
	letter, err := s.o.Correspondence.Letter(ctx, s.o.DB, r.ID, s.o.Now())
	if err != nil {
		return err
	}
	for line := range strings.Lines(letter) {
		s.say("%s", line)
	}
	return nil
}

// sent notes when a request was sent, or that it was not.
func (s *session) sent(ctx context.Context, args string) error {
	number, when, _ := strings.Cut(args, " ")
	r, err := s.request(ctx, number)
	if err != nil {
		return err
	}
	when = strings.TrimSpace(when)
	if strings.EqualFold(when, "not") {
		return s.notSent(ctx, r.ID)
	}
	if when == "" {
		when = "today"
	}
	day, err := s.readDay(when)
	switch {
	case err != nil:
		return err
	case day > s.today():
		return fmt.Errorf("%s is in the future", day.Format(dayLayout))
	}
	due, err := deletion.MarkSent(ctx, s.o.DB, r.ID, day, s.o.Correspondence.Law)
	if err != nil {
		return err
	}
	text := fmt.Sprintf("Request %d was sent on %s", r.ID, day.Format(dayLayout))
	if due != "" {
		text += ", an answer is due by " + s.dates().Day(due)
	}
	s.say("%s.", text)
	return nil
}

func (s *session) notSent(ctx context.Context, request int64) error {
	dropped, err := s.o.DB.MarkDraft(ctx, request)
	switch {
	case err != nil:
		return err
	case dropped:
		s.say("Request %d is dropped, since its deletion was taken back.", request)
	default:
		s.say("Request %d counts as not sent.", request)
	}
	return nil
}

func (s *session) followup(ctx context.Context, arg string) error {
	r, err := s.request(ctx, arg)
	if err != nil {
		return err
	}
	if r.StillThere == 0 {
		return errors.New("no export shows that anything of this request is still there")
	}
	folder, number, err := s.o.Correspondence.WriteFollowup(ctx, s.o.DB, r.ID, s.o.RequestsDir, s.o.Now())
	if err != nil {
		return err
	}
	s.say("Follow-up %d written to %s", number, folder)
	return nil
}

func (s *session) report(ctx context.Context, _ string) error {
	report, err := deletion.NewReport(ctx, s.o.DB, s.now())
	if err != nil {
		return err
	}
	folder, err := report.Write(s.o.RequestsDir)
	if err != nil {
		return err
	}
	s.say("Report written to %s", folder)
	return nil
}
