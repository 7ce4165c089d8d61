package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"html/template"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"unsaid/deletion"
	"unsaid/store"
)

// Names of files of a bundle of evidence.
const (
	sumsFile      = "SHA256SUMS"
	signatureFile = sumsFile + ".sig"
	soundsFolder  = "sounds"
)

// EvidenceOptions says what a bundle of evidence is about and what it has.
type EvidenceOptions struct {
	Folder   string                      // made if there is none; it has to be empty
	Request  int64                       // whose recordings are written, 0 for those of IDs
	IDs      []int64                     // of recordings; those of a request that are to be written, nil for all of them
	Wordless bool                        // leave out what was said and answered
	SignedBy string                      // file of the key that signs the bundle, "" for none
	Say      func(deletion.Proof) string // words for what an outcome rests on
}

// Evidence is what was written. It is what --json prints.
type Evidence struct {
	Folder     string  `json:"folder"`
	Recordings int     `json:"recordings"`
	Sounds     int     `json:"sounds"`
	Requests   []int64 `json:"requests"`
	Files      int     `json:"files"`
	Signed     bool    `json:"signed"`
}

// evidenceJSON is the file evidence.json.
type evidenceJSON struct {
	Written    *string               `json:"written"`
	Recordings []evidenceRecording   `json:"recordings"`
	Requests   []evidenceRequest     `json:"requests"`
	Exports    []MakerExportJSON     `json:"exports"` // that brought the recordings, or that a verdict rests on
	Zone       string                `json:"time_zone"`
	verdicts   map[int64]findingJSON // by recording
}

// evidenceRecording is a recording with where it came from and what became of it.
type evidenceRecording struct {
	RecordingJSON
	File    *string      `json:"file"`   // of its sound, in the bundle
	Import  *int64       `json:"import"` // that brought it; null if it was purged
	Member  *string      `json:"member"` // of the archive that holds it alone; null where a table or a list holds many
	Verdict *findingJSON `json:"verdict"`
	local   string       // its time for people
}

// findingJSON is what the exports tell about a recording under a request.
type findingJSON struct {
	Request int64               `json:"request"`
	Outcome store.RequestStatus `json:"outcome"`
	Import  *int64              `json:"import"` // the one that proves it
	Ground  string              `json:"ground"` // how it is known, or why it is not, in words
}

// evidenceRequest is a request about recordings of the bundle.
type evidenceRequest struct {
	ID     int64   `json:"id"`
	Device string  `json:"device"`
	Vendor string  `json:"vendor"`
	Status string  `json:"status"`
	SentOn *string `json:"sent_on"`
	DueOn  *string `json:"due_on"`
	Letter *string `json:"letter"` // the file; null where nobody is written to
}

// WriteEvidence writes a folder that can be handed over: the sounds as they were imported, what is known of each
// recording and where it came from, the verdicts with their grounds, the letters, a page to look at it, and the
// SHA-256 of every file. On an error nothing that it wrote stays.
func (a *App) WriteEvidence(ctx context.Context, o EvidenceOptions) (done Evidence, err error) {
	if found, err := os.ReadDir(o.Folder); err == nil && len(found) > 0 {
		return done, store.WithRemedy(fmt.Errorf("write evidence: there are files in %s already", o.Folder), store.ChooseFolder)
	}
	e, err := newExport(a.DB, ExportOptions{Folder: filepath.Join(o.Folder, soundsFolder)}, a.Zone)
	if err != nil {
		return done, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("write evidence: %w", err), e.remove())
		}
	}()
	all, err := a.gatherEvidence(ctx, e, &o)
	if err != nil {
		return done, err
	}
	e.Folder = o.Folder
	if err := a.writeBundle(ctx, e, all); err != nil {
		return done, err
	}
	done = Evidence{Folder: o.Folder, Recordings: len(all.Recordings), Sounds: e.result.AudioFiles, Requests: []int64{}}
	for _, r := range all.Requests {
		done.Requests = append(done.Requests, r.ID)
	}
	sums, err := sumFiles(o.Folder)
	if err != nil {
		return done, err
	}
	done.Files = len(sums)
	if _, err := e.file(sumsFile, "", writeSums(sums)); err != nil {
		return done, err
	}
	if o.SignedBy != "" {
		if err := sign(ctx, o.SignedBy, filepath.Join(o.Folder, sumsFile)); err != nil {
			return done, err
		}
		done.Signed = true
	}
	return done, nil
}

// gatherEvidence reads all that a bundle is made of, and writes the sounds.
func (a *App) gatherEvidence(ctx context.Context, e *export, o *EvidenceOptions) (*evidenceJSON, error) {
	all := &evidenceJSON{Written: Instant(a.Now()), Zone: a.Zone.String(), Requests: []evidenceRequest{}, Exports: []MakerExportJSON{}, verdicts: map[int64]findingJSON{}}
	ids := o.IDs
	if o.Request != 0 {
		r, err := a.Request(ctx, o.Request)
		if err != nil {
			return nil, err
		}
		about := deletion.RecordingIDs(r)
		for _, id := range ids {
			if !slices.Contains(about, id) {
				return nil, fmt.Errorf("recording %d: request %d is not about it: %w", id, r.ID, store.ErrNotFound)
			}
		}
		if len(ids) == 0 {
			ids = about
		}
	}
	recordings, err := a.recordings(ctx, ids)
	if err != nil {
		return nil, err
	}
	if len(recordings) == 0 {
		return nil, errors.New("nothing was found")
	}
	imports, err := a.findVerdicts(ctx, all, ids, o.Say)
	if err != nil {
		return nil, err
	}
	origins, err := a.DB.Origins(ctx, ids)
	if err != nil {
		return nil, err
	}
	for i := range recordings {
		r := &recordings[i]
		written := evidenceRecording{RecordingJSON: NewRecordingJSON(r), local: a.localTime(r)}
		file, err := e.sound(ctx, r)
		switch {
		case err != nil:
			return nil, err
		case len(e.result.Failed) > 0:
			return nil, fmt.Errorf("recording %d: %s", r.ID, e.result.Failed[0].Reason)
		case file != "":
			written.File = OrNull(soundsFolder + "/" + file)
		}
		if from, ok := origins[r.ID]; ok {
			written.Import, written.Member = &from.Import, OrNull(from.Member)
			imports[from.Import] = true
		}
		if o.Wordless {
			written.Transcript, written.Reply, written.Member = nil, nil, nil // files are often called after their words
		}
		if f, ok := all.verdicts[r.ID]; ok {
			written.Verdict = &f
		}
		all.Recordings = append(all.Recordings, written)
	}
	exports, err := a.DB.Exports(ctx)
	if err != nil {
		return nil, err
	}
	for i := range exports {
		if imports[exports[i].ImportID] {
			all.Exports = append(all.Exports, NewMakerExportJSON(&exports[i]))
		}
	}
	return all, nil
}

// findVerdicts finds the requests about recordings and what the exports tell, and returns the imports that prove it.
func (a *App) findVerdicts(ctx context.Context, all *evidenceJSON, ids []int64, say func(deletion.Proof) string) (imports map[int64]bool, err error) {
	imports = map[int64]bool{}
	requests, err := a.Requests(ctx)
	if err != nil {
		return nil, err
	}
	wanted := map[int64]bool{}
	for _, id := range ids {
		wanted[id] = true
	}
	for _, r := range requests {
		if !slices.ContainsFunc(deletion.RecordingIDs(r), func(id int64) bool { return wanted[id] }) {
			continue
		}
		v, err := a.Verdict(ctx, r)
		if err != nil {
			return nil, err
		}
		all.Requests = append(all.Requests, evidenceRequest{
			ID: r.ID, Device: r.Device.Name, Vendor: r.Device.Vendor, Status: string(v.Request.Status), SentOn: OrNull(r.SentOn), DueOn: OrNull(r.DueOn),
		})
		for _, f := range v.Findings {
			if !wanted[f.Recording] || f.Outcome == "" {
				continue
			}
			found := findingJSON{Request: r.ID, Outcome: f.Outcome}
			proof := slices.IndexFunc(v.Exports, func(e deletion.Checked) bool { return e.ImportID == f.Import })
			switch {
			case f.Outcome == store.CannotTell:
				found.Ground = f.Reason.String()
			case proof >= 0:
				found.Import = &f.Import
				found.Ground = say(deletion.Proof{Outcome: f.Outcome, Export: v.Exports[proof], Ground: f.Ground, Matched: f.Matched, Recordings: 1})
				imports[f.Import] = true
			}
			all.verdicts[f.Recording] = found
		}
	}
	return imports, nil
}

// localTime is a recording's time for people.
func (a *App) localTime(r *store.Recording) string {
	if t := KnownTime(r); !t.IsZero() {
		return t.In(a.Zone).Format("2006-01-02 15:04:05")
	}
	return "not known"
}

//go:embed evidence.html.tmpl
var evidencePage string

// writeBundle writes the letters, the facts and the page.
func (a *App) writeBundle(ctx context.Context, e *export, all *evidenceJSON) error {
	for i := range all.Requests {
		r := &all.Requests[i]
		if deletion.IsLocal(r.Vendor) {
			continue
		}
		letter, err := a.Letter(ctx, r.ID)
		if err != nil {
			return err
		}
		name, err := e.file("letter-"+strconv.FormatInt(r.ID, 10), ".txt", []byte(letter))
		if err != nil {
			return err
		}
		r.Letter = &name
	}
	var facts, page bytes.Buffer
	if err := WriteJSON(&facts, all); err != nil {
		return err
	}
	if _, err := e.file("evidence", ".json", facts.Bytes()); err != nil {
		return err
	}
	tmpl, err := template.New("page").Funcs(template.FuncMap{
		"line":  line,
		"local": func(r evidenceRecording) string { return r.local },
	}).Parse(evidencePage)
	if err != nil {
		return err
	}
	if err := tmpl.Execute(&page, all); err != nil {
		return err
	}
	if _, err := e.file("index", ".html", page.Bytes()); err != nil {
		return err
	}
	_, err = e.file("HOW-TO-CHECK", ".txt", []byte(howToCheck))
	return err
}

// line makes text of an archive a line of a page; nil is an empty one.
func line(v any) string {
	switch v := v.(type) {
	case string:
		return deletion.Line(v)
	case *string:
		if v != nil {
			return deletion.Line(*v)
		}
	}
	return ""
}

// howToCheck tells whoever is given the bundle how to check it without unsaid.
const howToCheck = `How to check this folder

SHA256SUMS has the SHA-256 of every file. In this folder, run

    sha256sum --check SHA256SUMS          (Linux)
    shasum -a 256 --check SHA256SUMS      (macOS)

Each line has to end with OK. A file that is not listed was added later.

If there is a SHA256SUMS.sig, the list was signed. With the public key of the person who signed it, run

    ssh-keygen -Y check-novalidate -n unsaid-evidence -s SHA256SUMS.sig < SHA256SUMS

evidence.json has for each recording its SHA-256, when it was made and how that is known, the import that brought it,
and for each import the names and SHA-256 of the files that the maker handed out. A sound is unaltered if its
SHA-256 is the one in evidence.json; it can be found again in those files.

index.html shows all of it in a browser. It loads nothing from the network.
`

// sumFiles returns the SHA-256 of every file of a bundle by its path, without the list of them and its signature.
func sumFiles(folder string) (map[string]string, error) {
	sums := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(folder, path)
		if err != nil || name == sumsFile || name == signatureFile {
			return err
		}
		data, err := os.ReadFile(path)
		sum := sha256.Sum256(data)
		sums[filepath.ToSlash(name)] = hex.EncodeToString(sum[:])
		return err
	})
	return sums, err
}

// writeSums writes the list as sha256sum does.
func writeSums(sums map[string]string) []byte {
	var b bytes.Buffer
	for _, name := range slices.Sorted(maps.Keys(sums)) {
		fmt.Fprintf(&b, "%s  %s\n", sums[name], name)
	}
	return b.Bytes()
}
