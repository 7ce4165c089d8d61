package deletion

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"text/template"
	"time"

	"unsaid/store"
)

// Report is what was asked of the makers over time, and what has become of it.
type Report struct {
	Written  time.Time // in the zone that the report is for
	Requests []Reported
	Totals   Totals
}

// Reported is a request with what the exports tell about it. Of a draft they tell nothing.
type Reported struct {
	Verdict
	Letters []store.Letter
}

// Totals sums up a report.
type Totals struct {
	Requests   int
	Status     map[store.RequestStatus]int // requests by where they stand
	Recordings int                         // of requests that were sent
	Gone       int
	StillThere int
	CannotTell int
	Letters    int
}

// NewReport reports on requests, listed the newest first, by the verdicts on those that were sent. The report begins
// with the oldest.
func NewReport(requests []store.Request, verdicts []Verdict, letters []store.Letter, now time.Time) Report {
	r := Report{Written: now, Totals: Totals{Status: map[store.RequestStatus]int{}, Letters: len(letters)}}
	for i := len(requests) - 1; i >= 0; i-- {
		reported := Reported{Verdict: Verdict{Request: requests[i]}}
		for _, v := range verdicts {
			if v.Request.ID == requests[i].ID {
				reported.Verdict = v
			}
		}
		for _, l := range letters {
			if l.Request == requests[i].ID {
				reported.Letters = append(reported.Letters, l)
			}
		}
		r.add(reported)
	}
	return r
}

func (r *Report) add(reported Reported) {
	r.Requests = append(r.Requests, reported)
	q, t := &reported.Request, &r.Totals
	t.Requests++
	t.Status[q.Status]++
	if q.Status != store.Draft {
		t.Recordings += q.Recordings
	}
	t.Gone, t.StillThere, t.CannotTell = t.Gone+q.Gone, t.StillThere+q.StillThere, t.CannotTell+q.CannotTell
}

// Markdown writes the report for people.
func (r Report) Markdown(w io.Writer) error {
	words := template.FuncMap{
		"count": recordingCount,
		"code":  func(s string) string { return code(short(s, longestName)) },
		"day":   func(t time.Time) string { return t.In(r.Written.Location()).Format(time.DateOnly) },
		"files": func(paths []string) string { return code(short(fileNames(paths), longestID)) },
		"what":  what,
		"said":  said,
	}
	t, err := template.New("report.md.tmpl").Funcs(words).ParseFS(templates, "templates/en/report.md.tmpl")
	if err != nil {
		return err
	}
	return t.Execute(w, r)
}

// Write writes the report for people into a new folder in dir and returns the folder's path. Only the
// user can read it.
func (r Report) Write(dir string) (string, error) {
	var text bytes.Buffer
	err := r.Markdown(&text)
	var folder string
	if err == nil {
		folder, err = publish(dir, "report-"+r.Written.Format(time.DateOnly), []file{{"report.md", text.Bytes()}})
	}
	if err != nil {
		return "", fmt.Errorf("write the report into %s: %w", dir, err)
	}
	return folder, nil
}

// said says what the maker answered, or what the user noted.
func said(a store.Answered) string {
	text := map[store.AnswerKind]string{
		store.Received: "Receipt confirmed", store.Confirmed: "Deletion confirmed by the maker", store.Refused: "Refused",
		store.Identity: "Asked who the sender is", store.Identified: "That was answered", store.Extended: "Time extended by the maker", store.Note: "Note",
	}[a.Kind] + " on " + a.On
	if a.Text != "" {
		text += ": " + code(short(a.Text, longestWords))
	}
	return text
}

// what says what a request asks for.
func what(r store.Request) string {
	var parts []string
	singles := 0
	for _, s := range r.Steps {
		switch {
		case s.Kind == store.Single:
			singles++
		case s.Kind == store.WholeDevice:
			parts = append(parts, "everything of the device ("+recordingCount(len(s.Recordings))+")")
		case s.From == s.To:
			parts = append(parts, fmt.Sprintf("all of %s (%s)", s.From, recordingCount(len(s.Recordings))))
		default:
			parts = append(parts, fmt.Sprintf("%s to %s (%s)", s.From, s.To, recordingCount(len(s.Recordings))))
		}
	}
	if singles > 0 {
		parts = append(parts, English.wording().count(singles, "single recording", "single recordings"))
	}
	return strings.Join(parts, "; ")
}

func recordingCount(n int) string { return English.wording().count(n, "recording", "recordings") }
