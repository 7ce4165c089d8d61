package importer

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"time"
)

// takeoutRecord is an entry of MyActivity.json, as seen in published excerpts of exports and in
// the code of tools that read them. All of its keys stand in English in every language; any may
// be missing.
type takeoutRecord struct {
	Header    looseText               `json:"header"`
	Title     looseText               `json:"title"`
	Subtitles looseList[takeoutName]  `json:"subtitles"` // some are {}
	Time      looseText               `json:"time"`
	Audio     looseList[looseText]    `json:"audioFiles"`
	Products  looseList[looseText]    `json:"products"`
	Details   looseList[takeoutName]  `json:"details"`
	Answers   looseList[takeoutReply] `json:"safeHtmlItem"` // of Gemini
	Attached  looseList[looseText]    `json:"attachedFiles"`
}

type takeoutName struct {
	Name looseText `json:"name"`
}

func (n takeoutName) text() string { return string(n.Name) }

type takeoutReply struct {
	HTML looseText `json:"html"`
}

// isTakeoutJSON reports by the keys near the top of a JSON text whether it holds entries of My Activity.
func isTakeoutJSON(keys map[string]bool) bool {
	switch {
	case keys["audioFiles"], keys["safeHtmlItem"]:
		return true
	case keys["header"] && keys["title"]:
		return keys["time"] || keys["titleUrl"] || keys["products"] || len(keys) == 2 // a long title may fill the beginning
	}
	return keys["title"] && keys["time"] && (keys["products"] || keys["activityControls"])
}

var takeoutShape = jsonShape{
	list:   func(int, string) bool { return false },
	fields: keysOf(takeoutRecord{}),
	single: func(map[string]json.RawMessage) bool { return true },
}

// jsonEntries yields the entries of an activity file in JSON. The errors are those of [Input.records].
func (in *Input) jsonEntries(ctx context.Context, m *member, final bool) iter.Seq2[takeoutEntry, error] {
	return func(yield func(takeoutEntry, error) bool) {
		for r, err := range in.records(ctx, m, takeoutShape, final) {
			e := takeoutEntry{}
			if err == nil {
				e = readTakeoutRecord(r.raw)
				e.index = r.index
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

// readTakeoutRecord reads one entry.
func readTakeoutRecord(raw json.RawMessage) takeoutEntry {
	var r takeoutRecord
	if err := json.Unmarshal(raw, &r); err != nil {
		return takeoutEntry{broken: fmt.Errorf("it cannot be read as a record: %w", err)}
	}
	e := takeoutEntry{
		header:    string(r.Header),
		products:  takeoutTexts(r.Products),
		title:     string(r.Title),
		subtitles: takeoutTexts(r.Subtitles),
		details:   takeoutTexts(r.Details),
		audio:     takeoutTexts(r.Audio),
		attached:  takeoutTexts(r.Attached),
	}
	for _, a := range r.Answers {
		if text := htmlToText(string(a.HTML)); text != "" {
			e.answers = append(e.answers, text)
		}
	}
	if r.Time != "" {
		e.time, e.broken = takeoutTime(string(r.Time))
	}
	return e
}

var errNoTakeoutTime = errors.New("is not a date and time with a time zone")

// takeoutTime reads a time of the JSON: RFC 3339, with or without a fraction of the second.
func takeoutTime(s string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{}, fmt.Errorf("its time %s %w", quote(s), errNoTakeoutTime)
	}
	if _, ok := fromMillis(float64(t.UnixMilli())); !ok {
		return time.Time{}, fmt.Errorf("its time %s %w", quote(s), errNoSuchDate)
	}
	return t.UTC(), nil
}

// takeoutTexts returns the texts of a list that are not empty.
func takeoutTexts[T interface{ text() string }](list []T) []string {
	var kept []string
	for _, t := range list {
		if s := t.text(); s != "" {
			kept = append(kept, s)
		}
	}
	return kept
}
