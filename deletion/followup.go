package deletion

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"unsaid/store"
)

// followup is a letter that follows a request: about what the maker still has, with the evidence; about an answer that is
// overdue; or one that withdraws the request for what was restored since.
type followup struct {
	*document
	kind     store.LetterKind
	number   int
	asked    int // number of recordings in the request
	exports  map[int64]Checked
	findings map[int64]Finding // of what is still there, by recording
}

// followupLetter is the data of the templates followup.txt.tmpl and withdrawal.txt.tmpl, in addition to that of a first
// letter.
type followupLetter struct {
	letter
	Number   int
	Request  int64
	Law      Law
	Asked    int    // number of recordings in the request
	SentOn   string // local day, in the format of the language
	DueOn    string // likewise; "" if the law sets no day
	Overdue  bool
	Extended bool // by the maker
	List     string
	Exports  []exportLine // that have some of the recordings, newest first; none if only the answer is overdue
	ByTime   int          // number of recordings that were matched by device and time only
}

// exportLine describes an export in a letter.
type exportLine struct {
	Files      string
	Imported   string // local day
	MadeAfter  string // local time
	MadeBy     store.MadeBy
	Recordings int
}

// WriteFollowup writes a follow-up to a request into a new folder in dir, and returns the folder's path. recordings are
// those that are still there by the verdict, for which evidence.json and evidence.csv have the proof; or, if there are
// none, those whose answer is overdue, which manifest.csv lists. Unless the recordings are local files, there are
// letter.txt and letter.eml.
func WriteFollowup(dir string, v Verdict, number int, recordings []store.Recording, o Options) (string, error) {
	return newFollowup(v, number).write(dir, v.Request, recordings, o)
}

// WriteWithdrawal writes a letter into a new folder in dir that withdraws a request as far as its recordings were restored,
// and returns the folder's path. It has letter.txt, letter.eml and manifest.csv. It fails for a request about local files,
// to which no letter was sent.
func WriteWithdrawal(dir string, v Verdict, number int, recordings []store.Recording, o Options) (string, error) {
	if IsLocal(v.Request.Device.Vendor) {
		return "", errors.New("it is about files on your own machines, so nobody was asked")
	}
	f := &followup{kind: store.WithdrawalLetter, number: number, asked: len(v.Findings)}
	return f.write(dir, v.Request, recordings, o)
}

func (f *followup) write(dir string, r store.Request, recordings []store.Recording, o Options) (string, error) {
	if err := f.about(r, recordings, o); err != nil {
		return "", err
	}
	files, err := f.render()
	if err != nil {
		return "", err
	}
	folder, err := publish(dir, fmt.Sprintf("%s-%s-%d", folderName(r.ID, r.Device.MakerName), f.kind, f.number), files)
	if err != nil {
		return "", fmt.Errorf("write into %s: %w", dir, err)
	}
	return folder, nil
}

// about sets what the letter is about.
func (f *followup) about(r store.Request, recordings []store.Recording, o Options) (err error) {
	r.Steps = make([]store.Step, len(recordings))
	for i := range recordings {
		r.Steps[i] = single(Moment{ID: recordings[i].ID})
	}
	f.document, err = newDocument(r, recordings, o)
	return err
}

// newFollowup returns a follow-up about what is still there according to a verdict.
func newFollowup(v Verdict, number int) *followup {
	f := &followup{kind: store.FollowupLetter, number: number, asked: len(v.Findings), exports: map[int64]Checked{}, findings: map[int64]Finding{}}
	for _, finding := range v.Findings {
		if finding.Outcome == store.StillThere && !finding.Undone {
			f.findings[finding.Recording] = finding
		}
	}
	for _, e := range v.Exports {
		f.exports[e.ImportID] = e
	}
	return f
}

// render returns the files.
func (f *followup) render() ([]file, error) {
	if len(f.findings) == 0 {
		list, err := f.document.csv()
		if err != nil {
			return nil, err
		}
		letters, err := f.letterFiles(f.letter, manifestCSV, list)
		return append([]file{{manifestCSV, list}}, letters...), err
	}
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
	return f.language.fill(f.data(enclosed), []string{"subject"}, string(f.kind)+".txt.tmpl", "letter_parts.txt.tmpl")
}

func (f *followup) data(enclosed bool) followupLetter {
	l := followupLetter{
		letter: f.letterData(enclosed), Number: f.number, Request: f.req.ID, Law: f.law, Asked: f.asked,
		SentOn: f.day(f.req.SentOn), DueOn: f.day(f.req.DueOn), Overdue: Overdue(f.req, f.now), List: manifestCSV,
		Extended: slices.ContainsFunc(f.req.Answers, func(a store.Answered) bool { return a.Kind == store.Extended }),
	}
	by := map[int64]int{}
	for _, finding := range f.findings {
		l.List = evidenceCSV
		by[finding.Import]++
		if finding.Matched == store.MatchedByTime {
			l.ByTime++
		}
	}
	for _, e := range f.used() {
		l.Exports = append(l.Exports, exportLine{
			Files: short(fileNames(e.Paths), longestID), Imported: f.wording.format(e.Imported.In(f.zone), f.wording.dateline),
			MadeAfter: f.wording.stamp(e.Made.In(f.zone)), MadeBy: e.MadeBy, Recordings: by[e.ImportID],
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
