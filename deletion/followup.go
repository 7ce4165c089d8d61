package deletion

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"unsaid/store"
)

// followup is a letter about the recordings that the maker still has, with the evidence.
type followup struct {
	*document
	number   int
	asked    int // number of recordings in the request
	exports  map[int64]Checked
	findings map[int64]Finding // by recording
}

// followupLetter is the data of templates/*/followup.txt.tmpl, in addition to that of a first letter.
type followupLetter struct {
	letter
	Number  int
	Request int64
	Law     Law
	Asked   int    // number of recordings in the request
	SentOn  string // local day, in the format of the language
	DueOn   string // likewise; "" if the law sets no day
	Overdue bool
	Exports []exportLine // newest first
	ByTime  int          // number of recordings that were matched by device and time only
}

// exportLine describes an export in a letter.
type exportLine struct {
	Files      string
	Imported   string // local day
	MadeAfter  string // local time
	Recordings int
}

// WriteFollowup writes a follow-up to a request into a new folder in dir: evidence.json and
// evidence.csv, which prove what the maker still has, and unless the recordings are local files
// letter.txt and letter.eml. It numbers and notes it in the library, and returns the folder's path
// and the number. The error is for a request of which no export shows anything to be still there.
func (c Correspondence) WriteFollowup(ctx context.Context, db *store.DB, id int64, dir string, now time.Time) (string, int, error) {
	f, err := c.followup(ctx, db, id, now)
	if err != nil {
		return "", 0, fmt.Errorf("follow up on request %d: %w", id, err)
	}
	files, err := f.render()
	if err != nil {
		return "", 0, fmt.Errorf("follow up on request %d: %w", id, err)
	}
	name := fmt.Sprintf("%s-followup-%d", folderName(id, f.req.Device.Name), f.number)
	folder, err := publish(dir, name, files)
	if err != nil {
		return "", 0, fmt.Errorf("follow up on request %d: write into %s: %w", id, dir, err)
	}
	noted := store.Followup{Request: id, Number: f.number, Written: now, Recordings: len(f.recordings), Folder: folder}
	if err := db.AddFollowup(ctx, noted); err != nil {
		return "", 0, fmt.Errorf("the files are in %s, but: %w", folder, err)
	}
	return folder, f.number, nil
}

// followup gathers what a follow-up is made from.
func (c Correspondence) followup(ctx context.Context, db *store.DB, id int64, now time.Time) (*followup, error) {
	verdicts, err := VerifyAll(ctx, db)
	if err != nil {
		return nil, err
	}
	request, err := db.Request(ctx, id)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(verdicts, func(v Verdict) bool { return v.Request.ID == id })
	switch {
	case at < 0:
		return nil, store.WithRemedy(errors.New("it was not sent yet"), store.MarkSent)
	case verdicts[at].Request.StillThere == 0:
		return nil, store.WithRemedy(fmt.Errorf("no export shows that anything of it is still there (it is %s)", verdicts[at].Request.Status), store.ExplainVerdict)
	}
	f := newFollowup(verdicts[at])
	f.number = 1
	earlier, err := db.Followups(ctx, id)
	if err != nil {
		return nil, err
	}
	for _, e := range earlier {
		f.number = max(f.number, e.Number+1)
	}
	request.Steps = f.steps()
	recordings, err := recordingsOf(ctx, db, request)
	if err != nil {
		return nil, err
	}
	f.document, err = newDocument(request, recordings, Options{
		Sender: c.Sender, Recipient: c.Recipients[request.Device.Vendor], Law: c.Law, Marketplace: c.Marketplace,
		Now: now, Words: c.Words, Language: c.Language,
	})
	return f, err
}

// newFollowup returns a follow-up about what is still there according to a verdict.
func newFollowup(v Verdict) *followup {
	f := &followup{asked: len(v.Findings), exports: map[int64]Checked{}, findings: map[int64]Finding{}}
	for _, finding := range v.Findings {
		if finding.Outcome == store.StillThere {
			f.findings[finding.Recording] = finding
		}
	}
	for _, e := range v.Exports {
		f.exports[e.ImportID] = e
	}
	return f
}

// steps returns a step for each recording that is still there.
func (f *followup) steps() []store.Step {
	var steps []store.Step
	for recording := range f.findings {
		steps = append(steps, store.Step{Kind: store.Single, Recordings: []int64{recording}})
	}
	slices.SortFunc(steps, func(a, b store.Step) int { return int(min(1, max(-1, a.Recordings[0]-b.Recordings[0]))) })
	return steps
}

// render returns the follow-up's files.
func (f *followup) render() ([]file, error) {
	list, err := f.csv()
	if err != nil {
		return nil, err
	}
	evidence, err := indented(f.evidence())
	if err != nil {
		return nil, err
	}
	letters, err := f.letterFiles(f.letter, evidenceCSV, list)
	return append([]file{{"evidence.json", evidence}, {evidenceCSV, list}}, letters...), err
}

// letter returns the letter's subject and its text, with lines that end in LF.
func (f *followup) letter(enclosed bool) (subject string, text []byte, err error) {
	return f.language.fill(f.data(enclosed), []string{"subject"}, "followup.txt.tmpl", "letter_parts.txt.tmpl")
}

func (f *followup) data(enclosed bool) followupLetter {
	l := followupLetter{
		letter: f.letterData(enclosed), Number: f.number, Request: f.req.ID, Law: f.law, Asked: f.asked,
		SentOn: f.day(f.req.SentOn), DueOn: f.day(f.req.DueOn), Overdue: Overdue(f.req, f.now),
	}
	by := map[int64]int{}
	for _, finding := range f.findings {
		by[finding.Import]++
		if finding.Matched == store.MatchedByTime {
			l.ByTime++
		}
	}
	for _, e := range f.used() {
		l.Exports = append(l.Exports, exportLine{
			Files: short(fileNames(e.Paths), longestID), Imported: f.wording.format(e.Imported.In(f.zone), f.wording.dateline),
			MadeAfter: f.wording.stamp(e.Made.In(f.zone)), Recordings: by[e.ImportID],
		})
	}
	return l
}

// day formats a local day YYYY-MM-DD like the date of the letter. It returns "" for "".
func (f *followup) day(text string) string {
	d, err := store.ParseDay(text)
	if err != nil {
		return ""
	}
	return f.wording.format(d, f.wording.dateline)
}

// used returns the exports that prove something, newest first.
func (f *followup) used() []Checked {
	proving := map[int64]bool{}
	for _, finding := range f.findings {
		proving[finding.Import] = true
	}
	var used []Checked
	for _, e := range f.exports {
		if proving[e.ImportID] {
			used = append(used, e)
		}
	}
	slices.SortFunc(used, func(a, b Checked) int { return int(b.ImportID - a.ImportID) })
	return used
}

// fileNames lists the names of an import's files, without their folders on the user's machine.
func fileNames(paths []string) string {
	names := make([]string, len(paths))
	for i, p := range paths {
		names[i] = filepath.Base(p)
	}
	return strings.Join(names, ", ")
}
