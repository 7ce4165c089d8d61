package deletion

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

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

// WriteFollowup writes a follow-up to a request into a new folder in dir, and returns the folder's path: evidence.json
// and evidence.csv, which prove what the maker still has, and unless the recordings are local files letter.txt and
// letter.eml. recordings are those that are still there by the verdict.
func WriteFollowup(dir string, v Verdict, number int, recordings []store.Recording, o Options) (string, error) {
	f := newFollowup(v)
	f.number = number
	v.Request.Steps = eachSingle(v.StillThere())
	var err error
	if f.document, err = newDocument(v.Request, recordings, o); err != nil {
		return "", err
	}
	files, err := f.render()
	if err != nil {
		return "", err
	}
	name := fmt.Sprintf("%s-followup-%d", folderName(v.Request.ID, v.Request.Device.Name), number)
	folder, err := publish(dir, name, files)
	if err != nil {
		return "", fmt.Errorf("write into %s: %w", dir, err)
	}
	return folder, nil
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

// eachSingle returns a step for each recording.
func eachSingle(recordings []int64) []store.Step {
	steps := make([]store.Step, len(recordings))
	for i, id := range recordings {
		steps[i] = store.Step{Kind: store.Single, Recordings: []int64{id}}
	}
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
