package plain

import (
	"context"
	"fmt"
	"strings"

	"unsaid/deletion"
	"unsaid/phrase"
	"unsaid/store"
)

// judging is how it is judged what has become of a request.
const judging = "An export counts if it was made after the request was sent: it has a later recording, its maker's stamp says so, or you do.\n" +
	"Still there: such an export has the recording.\n" +
	"Gone: such an export lacks it, has no other that may be it, and was read completely. It has what was recorded before it and after it, " +
	"on that device or in that account, or it is all that the account has, by your word.\n" +
	"Otherwise it cannot be told: what is older or newer than everything in the export may simply not be in it."

func requestCommands() []command {
	return []command{
		{"requests", "e", "N", "list the requests to the makers; with a number, all about one", judging, (*session).requests},
		{"write", "w", "N", "write the files of a request", "They are steps to follow, a letter, and lists of the recordings.", onRequest((*session).writeRequest)},
		{"folder", "O", "N", "open the folder with a request's files, with the system's program", "", onRequest((*session).folder)},
		{"letter", "L", "N", "read out the letter of a request", "", onRequest((*session).letter)},
		{"sent", "S", "N, N DAY, or N not", "note that a request was sent, today or on a day, or that it was not", "A day is written as 2025-03-01, 1 March 2025, yesterday, Monday or 3 days ago.", onRequest((*session).sent)},
		{"tick", "+", "N STEP, N STEP DAY, or N STEP not", "note that you have done a step at the maker, or not", "", onRequest((*session).tick)},
		{"answer", "!", "N KIND, or N KIND GROUND", "note what the maker answered today", "A kind is received, confirmed, refused, identity, identified, extended, or note.", onRequest((*session).answer)},
		{"followup", "F", "N", "write a letter about what is still there, or an answer that is overdue", "", onRequest((*session).followup)},
		{"withdraw", "-", "N", "write a letter that takes back what was restored since", "", onRequest((*session).withdraw)},
		{"report", "W", "", "write a report of all requests", "", (*session).report},
	}
}

func (s *session) requests(ctx context.Context, arg string) error {
	if arg != "" {
		r, err := s.request(ctx, arg)
		if err != nil {
			return err
		}
		return s.tellRequest(ctx, &r)
	}
	all, err := s.o.Requests(ctx)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		s.say("There are no requests. delete drafts one for each device.")
		return nil
	}
	for i := range all {
		r := &all[i]
		text := fmt.Sprintf("%d. %s, %s, %s", r.ID, phrase.Device(r.Device), phrase.Count(r.Recordings, "recording"), phrase.RequestStanding(*r, s.now()))
		if r.Status != store.Draft {
			text += ", " + s.dates().Sent(r.SentOn, r.DueOn)
		}
		s.say("%s.", text)
	}
	s.say("requests and a number tells all about one.")
	return nil
}

// onRequest is a command whose first argument is the number of a request.
func onRequest(do func(s *session, ctx context.Context, r store.Request, rest string) error) func(*session, context.Context, string) error {
	return func(s *session, ctx context.Context, args string) error {
		number, rest, _ := strings.Cut(args, " ")
		r, err := s.request(ctx, number)
		if err != nil {
			return err
		}
		return do(s, ctx, r, strings.TrimSpace(rest))
	}
}

// request finds a request by its number.
func (s *session) request(ctx context.Context, arg string) (store.Request, error) {
	number, err := id(arg, "requests")
	if err != nil {
		return store.Request{}, err
	}
	return s.o.Request(ctx, number)
}

// tellRequest says where a request stands, what the exports tell about it, and its steps.
func (s *session) tellRequest(ctx context.Context, r *store.Request) error {
	s.say("Request %d: %s, of %s, %s. Status: %s.", r.ID, phrase.Device(r.Device), phrase.Maker(r.Device.Vendor), phrase.Count(r.Recordings, "recording"), phrase.RequestStanding(*r, s.now()))
	if r.Status != store.Draft {
		if err := s.tellVerdict(ctx, r); err != nil {
			return err
		}
	}
	if r.Written.Folder == "" {
		s.say("No files were written yet. write %d writes them.", r.ID)
	} else {
		s.say("Files in %s", r.Written.Folder)
	}
	if r.Outdated {
		s.say("The files are %s. write %d writes them again.", deletion.OutOfDate, r.ID)
	}
	return s.tellSteps(ctx, r.Steps)
}

// mostSteps is how many steps of a request are told; its files have all.
const mostSteps = 20

// tellSteps says what a request asks for, with the words of single recordings.
func (s *session) tellSteps(ctx context.Context, steps []store.Step) error {
	told := steps[:min(len(steps), mostSteps)]
	var ids []int64
	for _, step := range told {
		if step.Kind == store.Single {
			ids = append(ids, step.Recordings...)
		}
	}
	rows, err := s.rows(ctx, ids)
	if err != nil {
		return err
	}
	s.say("It asks for this, in %s:", phrase.Count(len(steps), "step"))
	for i, step := range told {
		text := phrase.Sentence(s.dates().Step(step))
		if r, single := rows[step.Recordings[0]]; single {
			text += " " + said(&r)
		}
		s.say("%d. %s", i+1, text)
	}
	if more := len(steps) - len(told); more > 0 {
		s.say("And %s. The files have all of them.", phrase.Count(more, "more step"))
	}
	return nil
}

// tellVerdict says when a request was sent, and what the exports tell about it, with the reasons.
func (s *session) tellVerdict(ctx context.Context, r *store.Request) error {
	text := s.dates().Sent(r.SentOn, r.DueOn)
	if deletion.Overdue(*r, s.now()) {
		text += ", overdue"
	}
	s.say("%s", phrase.Sentence(text))
	for _, answer := range r.Answers {
		s.say("%s", phrase.Sentence(s.dates().Answer(answer)))
	}
	letters, err := s.o.DB.Letters(ctx, r.ID)
	if err != nil {
		return err
	}
	for _, l := range letters {
		s.say("%s", phrase.Capital(s.dates().Letter(l)))
	}
	if r.Undone > 0 {
		s.say("Restored since: %s. withdraw %d writes a letter that takes them back.", phrase.Count(r.Undone, "recording"), r.ID)
	}
	v, err := s.o.Verdict(ctx, *r)
	if err != nil {
		return err
	}
	for _, e := range v.Exports {
		s.say("Import %d of %s, %s: %s.", e.ImportID, s.dates().Of(e.Imported), phrase.Paths(e.Paths), e.Summary())
	}
	if len(v.Exports) > 0 {
		s.say("All exports together: %s.", v.Summary())
	}
	for _, proof := range v.Grounds() {
		s.say("%s", phrase.Sentence(phrase.Proof(proof, s.dates().Of(proof.Export.Made))))
	}
	for _, reason := range v.Reasons {
		s.say("%s", phrase.Sentence(reason.Sentence()))
		if reason.Settles() != deletion.ImportNewer { // which the sentence says
			s.say("%s", settles(r.ID, reason))
		}
	}
	if v.Request.StillThere > 0 {
		s.say("followup %d writes a letter about what is still there, with the evidence.", r.ID)
	}
	return nil
}
