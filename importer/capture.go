package importer

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"path"
	"regexp"
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
	inner := captureSink{sink, map[string]bool{}}
	for _, m := range answers.of(contentHistory, contentActivities) {
		if err := importAlexaJSON(ctx, answers, inner, m); err != nil {
			return err
		}
	}
	if err := importLooseAudio(ctx, answers, inner, answers.of(contentAudio), looseAlexaRecording); err != nil {
		return err
	}
	for _, r := range read {
		if err := r.report(ctx, sink, inner.partial[r.m.path]); err != nil {
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

// exchange is an entry of a capture, without what is none of an import's business.
type exchange struct {
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
	URL looseText `json:"url"`
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
	at, ok := readAddress(addressIn(record.raw))
	if !ok {
		return nil
	}
	var e exchange
	if json.Unmarshal(record.raw, &e) != nil {
		e = exchange{} // as if it had been saved without content
	}
	status := string(e.Response.Status)
	body, whole := e.body()
	switch {
	case status >= "3" && status != "304", status == "204":
		return nil // the website answered something else
	case !whole && at.page:
		r.missingPages++
		return nil
	case !whole && at.utterance != "":
		r.sound(at.utterance) // stays without, unless another answer has it
		return nil
	case at.utterance != "" && (audioFormat(body) != "" || status == "206" || bytes.HasPrefix(body, []byte(gzipMagic))):
		return r.keepSound(at.utterance, status, &e, body)
	}
	return r.keepPage(record.index, body)
}

// addressIn returns the address of an exchange, "" if there is none. It reads no further than that: most exchanges are
// of scripts and pictures, and large.
func addressIn(raw json.RawMessage) string {
	dec := json.NewDecoder(bytes.NewReader(raw))
	if brace, err := dec.Token(); err != nil || brace != json.Delim('{') {
		return ""
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return ""
		}
		var request exchangeRequest
		var other json.RawMessage
		if key == "request" {
			if dec.Decode(&request) == nil {
				return string(request.URL)
			}
			return ""
		}
		if dec.Decode(&other) != nil {
			return ""
		}
	}
	return ""
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

// report accounts for a capture. partial is whether some of it was fetched for one person alone.
func (r *captureReading) report(ctx context.Context, sink Sink, partial bool) error {
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
		outcome := imported(r.m.path, fmt.Sprintf("%s of the history or of devices, %s", countOf(r.pages, "page"), countOf(r.taken, "sound")))
		if outcome.MayHold = partial; partial {
			outcome.Reason += "; a part of it was fetched for one person alone, so it lacks what others said"
		}
		return sink.Member(ctx, outcome)
	case r.missingPages+r.missingSounds > 0:
		return sink.Member(ctx, mendable(failed(r.m.path, "it was saved without content"), store.CaptureAgain))
	}
	return sink.Member(ctx, mendable(ignored(r.m.path, "what a browser saved, without voice history"), store.CaptureAgain))
}

// captureSink is the [Sink] of what is inside a capture: it belongs to the capture, as its list.
type captureSink struct {
	Sink
	partial map[string]bool // the captures of which some was fetched for one person alone
}

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
	capture, name := path.Split(m.Member)
	if m.MayHold {
		s.partial[strings.TrimSuffix(capture, "/")] = true
	}
	if m.Outcome != store.MemberFailed {
		return nil
	}
	exchange, _, _ := strings.Cut(name, ".json")
	return s.Sink.Member(ctx, failedRecord(strings.TrimSuffix(capture, "/")+"#"+exchange, m.Reason))
}
