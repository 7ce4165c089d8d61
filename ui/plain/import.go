package plain

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"unsaid/deletion"
	"unsaid/importer"
	"unsaid/phrase"
	"unsaid/store"
	"unsaid/ui/typedpath"
)

// importPaths imports what was typed.
func (s *session) importPaths(ctx context.Context, text string) error {
	paths, err := s.readPaths(text)
	if err != nil {
		return err
	}
	report, err := s.run(ctx, importer.Options{Paths: paths})
	if err != nil || report.Doubtful == 0 || report.State == store.ImportCancelled {
		return err
	}
	if err := s.tellDoubts(ctx, &report); err != nil {
		return err
	}
	yes, err := s.agrees(ctx, "Import what was left out, too?")
	if err != nil || !yes {
		return err
	}
	_, err = s.run(ctx, importer.Options{Paths: paths, Doubtful: true})
	return err
}

// mostDoubts is how many of the recordings that were left out are told.
const mostDoubts = 10

// tellDoubts says what was left out since it may be purged.
func (s *session) tellDoubts(ctx context.Context, r *store.ImportReport) error {
	doubts, err := s.o.DB.Doubts(ctx, r.ID, mostDoubts)
	if err != nil {
		return err
	}
	s.say("%s left out. Nobody can tell whether that is what you purged or something else of the same moment:", phrase.Count(r.Doubtful, "recording"))
	for _, d := range doubts {
		when := "at a time that is not known"
		if !d.Time.IsZero() {
			when = s.dates().Minute(d.Time)
		}
		s.say("%s, %s.", phrase.Device(d.Device), when)
	}
	if more := r.Doubtful - len(doubts); more > 0 {
		s.say("And %s more.", phrase.Comma(more))
	}
	return nil
}

// run imports what the options say, and says what came of it.
func (s *session) run(ctx context.Context, o importer.Options) (store.ImportReport, error) {
	s.say("Importing %s. ctrl-c stops it; what was read stays.", phrase.Paths(o.Paths))
	told := s.newProgress()
	o.AskDates, o.AskZone = s.askDates, s.askZone
	o.Progress = func(p importer.Progress) { told.tell(func() string { return importLine(p) }) }
	imported, err := s.o.Import(ctx, o)
	if open := (*store.AccountError)(nil); errors.As(err, &open) {
		if o.Account, err = s.askAccount(ctx, open); err != nil {
			return store.ImportReport{}, err
		}
		imported, err = s.o.Import(ctx, o)
	}
	report := imported.Report
	if err != nil && (ctx.Err() == nil || report.Finished.IsZero()) {
		return report, err
	}
	ctx = context.WithoutCancel(ctx)
	if report.State == store.ImportCancelled {
		s.say("") // the terminal shows ^C on the line
		s.say("Stopped. What was read is in your library; importing again adds the rest.")
	}
	s.tellReport(&report)
	s.tellProved(imported.Verdicts)
	if err := s.askComplete(ctx, imported); err != nil {
		return report, err
	}
	return report, s.changed(ctx)
}

// readPaths finds the files that are meant by what was typed.
func (s *session) readPaths(text string) ([]string, error) {
	if text == "" {
		return nil, errors.New("say the path of what the maker sent you, as in: import Downloads/Alexa.zip")
	}
	at := typedpath.Place{Home: s.o.Home}
	paths, missing := typedpath.Find(at, text)
	switch {
	case len(missing) == 0:
	case strings.ContainsAny(text, "*?["):
		paths = typedpath.Split(text)
		for i := range paths {
			paths[i] = at.Absolute(paths[i])
		}
	default:
		return nil, fmt.Errorf("there is no %s; check the path", missing[0])
	}
	if slices.Contains(paths, importer.Stdin) {
		return nil, errors.New("this prompt has the standard input; save the export as a file and name that")
	}
	return importer.Paths(paths)
}

// importLine says how far an import is.
func importLine(p importer.Progress) string {
	if p.Opening || p.BytesTotal <= 0 {
		return "Opening it: " + phrase.Count(p.Members, "file") + " so far."
	}
	text := fmt.Sprintf("%d percent, %s", min(100, 100*p.BytesRead/p.BytesTotal), phrase.Count(p.Counts.Added, "new recording"))
	if left := p.ETA(); left > 0 {
		text += ", " + length(max(time.Second, left.Round(time.Second))) + " left"
	}
	return text + "."
}

// askAccount asks whose history it is.
func (s *session) askAccount(ctx context.Context, open *store.AccountError) (string, error) {
	s.say("%s", phrase.WhoseIsIt(open))
	for _, a := range open.Accounts {
		s.say("%d. %s", a.ID, phrase.Account(a))
	}
	answer, err := s.ask(ctx, "Whose is it? A number, or a name, also a new one:")
	if err == nil && answer == "" {
		err = errors.New("there was no answer; nothing was imported")
	}
	return answer, err
}

// askZone asks for the time zone of a file's dates.
func (s *session) askZone(ctx context.Context, q importer.ZoneQuestion) (*time.Location, error) {
	s.say("In which time zone are the dates of %s? %s", q.Member, phrase.Sentence(q.String()))
	for {
		answer, err := s.ask(ctx, "a zone such as Asia/Kolkata, an offset such as +05:30, or skip to leave the file out:")
		if err != nil || strings.EqualFold(answer, "skip") {
			return nil, err
		}
		zone, err := importer.ParseZone(answer)
		if err == nil {
			return zone, nil
		}
		s.say("%s", phrase.Sentence(err.Error()))
	}
}

// askDates asks how the dates of a table are meant.
func (s *session) askDates(ctx context.Context, member string, dates []string) (string, error) {
	s.say("Month first or day first? Nothing in %s tells how its dates are meant, such as %s.", member, strings.Join(dates, " and "))
	s.say("%s", phrase.WrongMonth)
	for {
		answer, err := s.ask(ctx, "month, day, or skip to leave the table out:")
		if err != nil {
			return "", err
		}
		switch strings.ToLower(answer) {
		case "month", "m":
			return importer.MonthFirst, nil
		case "day", "d":
			return importer.DayFirst, nil
		case "skip", "s":
			return "", nil
		}
		s.say("Type month, day or skip.")
	}
}

// tellReport says what came of an import.
func (s *session) tellReport(r *store.ImportReport) {
	s.say("Import %d: %s.", r.ID, phrase.Imported(r.ImportCounts))
	if r.Members == 0 {
		return
	}
	s.say("%s.", phrase.Files(*r))
	if guessed, maps := phrase.Guessed(r.Tables); guessed != nil {
		s.say("Columns were recognised by what they hold: %s. If one is wrong, import again on the command line with --map %s.", strings.Join(guessed, "; "), maps)
	}
	if len(r.Failed) > 0 {
		s.say("%s:", phrase.Count(len(r.Failed), "failure"))
		s.tellMembers(r.Failed, fewFailures)
		s.say("imports %d failed says them all.", r.ID)
	}
	if advice := phrase.Advice(r.Sources); advice != "" {
		s.say("%s.", advice)
	}
}

// fewFailures is how many failures are told unasked.
const fewFailures = 5

// tellProved says what an import proves about requests.
func (s *session) tellProved(verdicts []deletion.Verdict) {
	for i := range verdicts {
		v := &verdicts[i]
		s.say("Request %d, %s: %s. requests %d says why.", v.Request.ID, phrase.Device(v.Request.Device), v.Summary(), v.Request.ID)
	}
}
