package importer

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"unsaid/store"
)

// alexaCapture reads what a browser saved of Amazon's history page (HAR 1.2, of Firefox and of Chrome, also
// gzipped): the answers with voice history, with devices, and with sound. The addresses are seen in alexa-remote,
// openHAB, aioamazondevices and others.
//
// A capture also holds cookies and tokens with which others could sign in. Of an exchange nothing is taken but the
// address, the body of the answer, and which piece of a whole it is; nothing of an address is kept but the
// identifier of an utterance.
type alexaCapture struct{}

func (alexaCapture) Name() string { return store.CaptureSource }

// These limits bound what a capture takes: bytes of one text in it, of one exchange in memory, and of all that
// is kept of it for the time of the import. No voice recording, nor page of the history, is as large.
const (
	maxCapturedText  = 24 << 20
	maxExchangeBytes = 64 << 20
	maxCaptured      = 8 << 30
)

func (alexaCapture) Import(ctx context.Context, in *Input, sink Sink) (err error) {
	members := in.of(contentCapture)
	if len(members) == 0 {
		return nil
	}
	kept := &archive{meter: newMeter(nil)}
	defer func() { err = errors.Join(err, kept.Close()) }()
	read := make([]*captureReading, len(members))
	for i, m := range members {
		read[i] = &captureReading{m: m, kept: kept, bodies: &spool{archive: kept}, sounds: map[string]*capturedSound{}}
		if read[i].err = read[i].exchanges(ctx, in); ctx.Err() != nil {
			return ctx.Err()
		}
		read[i].addSounds()
	}
	kept.settle()
	answers, err := newInput(ctx, &kept.tree, kept.meter)
	if err != nil {
		return err
	}
	answers.probe = in.probe
	inner := captureSink{sink}
	for _, m := range answers.of(contentHistory, contentActivities) {
		if err := importAlexaJSON(ctx, answers, inner, m); err != nil {
			return err
		}
	}
	if err := importLooseAudio(ctx, answers, inner, answers.of(contentAudio), looseAlexaRecording); err != nil {
		return err
	}
	for _, r := range read {
		if err := r.report(ctx, sink); err != nil {
			return err
		}
	}
	return nil
}

// captureReading is the reading of one capture. What it keeps become members of a tree, in a folder that is
// called like the capture.
type captureReading struct {
	m      *member
	kept   *archive
	bodies *spool
	err    error

	pages, taken  int                       // answers with history or devices; sounds that were taken
	sounds        map[string]*capturedSound // by the identifier in their address
	missingPages  int                       // answers that were saved without content
	missingSounds int
}

// capturedSound is the sound of one utterance, whole or in pieces.
type capturedSound struct {
	whole  *section
	pieces []soundPiece
	absent bool // an answer was saved without content
}

// soundPiece is a piece of a sound: bytes from one to another (not included) of a total.
type soundPiece struct {
	from, to, total int64
	data            section
}

// exchange is an entry of a capture, without what is none of an import's business.
type exchange struct {
	exchangeRequest
	Response struct {
		Status  looseText                 `json:"status"`
		Headers looseList[exchangeHeader] `json:"headers"`
		Content struct {
			Text     *string   `json:"text"`
			Encoding looseText `json:"encoding"`
		} `json:"content"`
	} `json:"response"`
}

type exchangeRequest struct {
	Request struct {
		URL looseText `json:"url"`
	} `json:"request"`
}

type exchangeHeader struct {
	Name  looseText `json:"name"`
	Value looseText `json:"value"`
}

// captureShape says where the exchanges of a capture are.
var captureShape = jsonShape{
	list:   func(_ int, key string) bool { return key == "entries" },
	single: func(map[string]json.RawMessage) bool { return false },
	limit:  maxExchangeBytes,
	cut:    maxCapturedText,
}

// exchanges reads the exchanges of a capture.
func (r *captureReading) exchanges(ctx context.Context, in *Input) error {
	for record, err := range in.records(ctx, r.m, captureShape, true) {
		if err == nil {
			err = r.exchange(record)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// exchange keeps what one exchange has of the history.
func (r *captureReading) exchange(record jsonRecord) error {
	var of exchangeRequest // most exchanges are with somebody else, or of scripts and pictures
	if json.Unmarshal(record.raw, &of) != nil {
		return nil
	}
	at, ok := readAddress(string(of.Request.URL))
	if !ok {
		return nil
	}
	var e exchange
	if json.Unmarshal(record.raw, &e) != nil {
		return nil
	}
	status := string(e.Response.Status)
	body, whole := e.body()
	switch {
	case status != "" && status[0] >= '4', status == "204":
		return nil // the website refused it
	case !whole && at.page:
		r.missingPages++
		return nil
	case !whole && at.utterance != "":
		r.sound(at.utterance).absent = true
		return nil
	case at.utterance != "" && (audioFormat(body) != "" || status == "206" || bytes.HasPrefix(body, []byte(gzipMagic))):
		return r.keepSound(at.utterance, status, &e, body)
	}
	return r.keepPage(record.index, body)
}

// body returns the content of an answer, false if it was saved without.
func (e *exchange) body() ([]byte, bool) {
	content := e.Response.Content
	if content.Text == nil || *content.Text == "" || len(*content.Text) >= maxCapturedText {
		return nil, false
	}
	if content.Encoding != "base64" {
		return []byte(*content.Text), true
	}
	body, err := base64.StdEncoding.DecodeString(*content.Text)
	return body, err == nil
}

// address is what the address of an exchange tells.
type address struct {
	page      bool   // it is of a page of the history, or of the list of devices
	utterance string // whose sound it is of, "" if of none
}

var (
	amazonHost  = regexp.MustCompile(`(?i)(^|\.)amazon\.[a-z]{2,3}(\.[a-z]{2})?$`)
	pageAddress = regexp.MustCompile(`(?i)/(customer|alexa)-history-records|/api/activities$|/api/devices-v2/device$`)
	soundPath   = regexp.MustCompile(`(?i)/audio(/data)?$`)
)

// readAddress reads the address of an exchange, false if it is not with Amazon.
func readAddress(s string) (address, bool) {
	u, err := url.Parse(s)
	if err != nil || !amazonHost.MatchString(u.Hostname()) {
		return address{}, false
	}
	at := address{page: pageAddress.MatchString(u.Path)}
	if soundPath.MatchString(u.Path) {
		for _, key := range []string{"uid", "id"} {
			if id := u.Query().Get(key); id != "" && at.utterance == "" {
				at.utterance = id
			}
		}
	}
	return at, true
}

func (r *captureReading) sound(utterance string) *capturedSound {
	s := r.sounds[utterance]
	if s == nil {
		s = &capturedSound{}
		r.sounds[utterance] = s
	}
	return s
}

var errCaptureTooLarge = fmt.Errorf("it has more than %d bytes of voice history, which nobody has", int64(maxCaptured))

// keep keeps a body for the time of the import.
func (r *captureReading) keep(body []byte) (section, error) {
	if r.bodies.size > maxCaptured {
		return section{}, errCaptureTooLarge
	}
	at := r.bodies.size
	_, err := r.bodies.Write(body)
	return section{r.bodies, at, int64(len(body))}, err
}

// keepPage keeps an answer if it holds voice history or devices.
func (r *captureReading) keepPage(index int, body []byte) error {
	text := bytes.TrimLeft(body[:min(len(body), headBytes)], " \t\r\n")
	if len(text) == 0 || text[0] != '{' && text[0] != '[' {
		return nil
	}
	if kind := jsonContent(text); kind != contentHistory && kind != contentActivities {
		return nil
	}
	kept, err := r.keep(body)
	if err == nil {
		r.pages++
		r.addMember(fmt.Sprintf("%d.json", index), kept.size, kept)
	}
	return err
}

// addMember adds what was kept as a member in the capture's folder.
func (r *captureReading) addMember(name string, size int64, src opener) {
	r.kept.members = append(r.kept.members, member{path: r.m.path + "/" + name, size: size, modTime: r.m.modTime, src: src})
}

// keepSound keeps a sound, or a piece of one.
func (r *captureReading) keepSound(utterance, status string, e *exchange, body []byte) error {
	s := r.sound(utterance)
	if s.whole != nil || len(s.pieces) >= maxEntryParts {
		return nil // it was played twice
	}
	kept, err := r.keep(body)
	if err != nil {
		return err
	}
	piece := soundPiece{to: kept.size, total: kept.size, data: kept}
	if status == "206" {
		for _, h := range e.Response.Headers {
			if strings.EqualFold(string(h.Name), "content-range") {
				piece.readRange(string(h.Value))
			}
		}
	}
	if piece.from == 0 && piece.to == piece.total {
		s.whole, s.pieces = &kept, nil
		return nil
	}
	s.pieces = append(s.pieces, piece)
	return nil
}

var contentRange = regexp.MustCompile(`^bytes (\d{1,12})-(\d{1,12})/(\d{1,12})$`)

// readRange reads which piece of a whole an answer is: bytes 0-1023/4096.
func (p *soundPiece) readRange(value string) {
	if m := contentRange.FindStringSubmatch(value); m != nil {
		p.from, p.total = int64(atoi(m[1])), int64(atoi(m[3]))
		p.to = p.from + p.data.size
	}
}

// joinPieces returns the pieces that make the whole, in order; nil if some are missing.
func joinPieces(pieces []soundPiece) joinedSections {
	slices.SortStableFunc(pieces, func(a, b soundPiece) int { return int(a.from - b.from) })
	var whole joinedSections
	at := int64(0)
	for _, p := range pieces {
		if p.from > at {
			return nil
		}
		if p.to > at {
			skip := at - p.from
			whole = append(whole, section{p.data.r, p.data.at + skip, p.data.size - skip})
			at = p.to
		}
	}
	if len(pieces) == 0 || at != pieces[0].total {
		return nil
	}
	return whole
}

// joinedSections are pieces of a file, one after the other.
type joinedSections []section

func (j joinedSections) open() (io.ReadCloser, error) {
	readers := make([]io.Reader, len(j))
	for i, s := range j {
		readers[i] = io.NewSectionReader(s.r, s.at, s.size)
	}
	return io.NopCloser(io.MultiReader(readers...)), nil
}

func (j joinedSections) size() (bytes int64) {
	for _, s := range j {
		bytes += s.size
	}
	return bytes
}

// addSounds adds the sounds as members that are called by their utterances.
func (r *captureReading) addSounds() {
	for utterance, s := range r.sounds {
		name := strings.NewReplacer("/", "_", ":", "_", `\`, "_").Replace(treeName(utterance)) + ".wav"
		whole := joinPieces(s.pieces)
		switch {
		case len(name) > maxNameLength:
		case s.whole != nil:
			r.taken++
			r.addMember(name, s.whole.size, *s.whole)
		case whole != nil:
			r.taken++
			r.addMember(name, whole.size(), whole)
		default:
			r.missingSounds++
		}
	}
}

// report accounts for a capture.
func (r *captureReading) report(ctx context.Context, sink Sink) error {
	if r.missingPages+r.missingSounds > 0 {
		missing := fmt.Sprintf("saved without content: %s of the history, %s", countOf(r.missingPages, "page"), countOf(r.missingSounds, "sound"))
		if err := sink.Member(ctx, mendable(failedRecord(r.m.path+"#answers", missing), store.CaptureAgain)); err != nil {
			return err
		}
	}
	switch {
	case r.err != nil:
		return sink.Member(ctx, failed(r.m.path, r.err.Error()))
	case r.pages+r.taken > 0:
		return sink.Member(ctx, imported(r.m.path, fmt.Sprintf("%s of the history or of devices, %s",
			countOf(r.pages, "page"), countOf(r.taken, "sound"))))
	case r.missingPages+r.missingSounds > 0:
		return sink.Member(ctx, mendable(failed(r.m.path, "it was saved without content"), store.CaptureAgain))
	}
	return sink.Member(ctx, mendable(ignored(r.m.path, "what a browser saved, without voice history"), store.CaptureAgain))
}

// captureSink is the [Sink] of what is inside a capture: it belongs to the capture, as its list.
type captureSink struct{ Sink }

// Add passes a recording on.
func (s captureSink) Add(ctx context.Context, rec store.Incoming) error {
	for _, m := range rec.Members {
		if err := s.Member(ctx, m); err != nil {
			return err
		}
	}
	rec.Members, rec.Origin = nil, path.Dir(rec.Origin)
	return s.Sink.Add(ctx, rec)
}

// Member passes on what failed.
func (s captureSink) Member(ctx context.Context, m store.MemberOutcome) error {
	if m.Outcome != store.MemberFailed {
		return nil
	}
	capture, name := path.Split(m.Member)
	exchange, _, _ := strings.Cut(name, ".json")
	return s.Sink.Member(ctx, failedRecord(strings.TrimSuffix(capture, "/")+"#"+exchange, m.Reason))
}
