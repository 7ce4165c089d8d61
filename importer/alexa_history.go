package importer

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"unsaid/store"
)

// historyRecord is a record of the voice history, in either of its lists.
type historyRecord struct {
	RecordKey     looseText                    `json:"recordKey"`
	ActivityKey   looseText                    `json:"activityKey"`
	RecordType    looseText                    `json:"recordType"`
	Timestamp     looseMillis                  `json:"timestamp"`
	Device        looseList[historyDevice]     `json:"device"`
	DeviceInfo    looseList[historyDeviceInfo] `json:"deviceInfo"`
	UtteranceType looseText                    `json:"utteranceType"`
	Domain        looseText                    `json:"domain"`
	Intent        looseText                    `json:"intent"`
	SkillName     looseText                    `json:"skillName"`
	Title         looseText                    `json:"title"`
	SubTitle      looseText                    `json:"subTitle"`
	Summary       looseText                    `json:"summary"`      // these are of ioBroker, which writes its own records
	Answer        looseText                    `json:"answer"`       // of what it read
	Created       looseMillis                  `json:"creationTime"` //
	Name          looseText                    `json:"name"`         // of the device
	Serial        looseText                    `json:"serialNumber"` //
	Items         looseList[historyItem]       `json:"voiceHistoryRecordItems"`
	Persons       looseList[historyPerson]     `json:"personsInfo"`
}

type historyDevice struct {
	Name looseText `json:"deviceName"`
}

type historyDeviceInfo struct {
	Serial looseText `json:"deviceSerialNumber"`
	Name   looseText `json:"deviceName"`
}

type historyItem struct {
	Key         looseText                `json:"recordItemKey"`
	Type        looseText                `json:"recordItemType"`
	UtteranceID looseText                `json:"utteranceId"`
	Timestamp   looseMillis              `json:"timestamp"`
	Text        looseText                `json:"transcriptText"`
	Persons     looseList[historyPerson] `json:"personsInfo"`
}

// itemKind is what the text of an item is.
type itemKind int

const (
	itemOther itemKind = iota
	itemSaid
	itemPerhapsSaid
	itemReply
)

// kind tells what an item's text is by its type. Of a type that is not known it goes by the words in it.
func (it *historyItem) kind() itemKind {
	kind := string(it.Type)
	isText := strings.HasSuffix(kind, "_TEXT") || strings.Contains(kind, "TRANSCRIPT")
	switch {
	case kind == "CUSTOMER_TRANSCRIPT", kind == "ASR_REPLACEMENT_TEXT":
		return itemSaid
	case kind == "ALEXA_RESPONSE", strings.HasPrefix(kind, "TTS_") && isText, strings.Contains(kind, "RESPONSE") && isText:
		return itemReply
	case isText:
		return itemPerhapsSaid
	}
	return itemOther
}

type historyPerson struct {
	ID        looseText `json:"personId"`
	FirstName looseText `json:"personFirstName"`
}

func isHistoryRecord(fields map[string]json.RawMessage) bool {
	for _, key := range []string{"voiceHistoryRecordItems", "recordKey", "activityKey", "recordType", "utteranceType"} {
		if fields[key] != nil {
			return true
		}
	}
	return fields["creationTime"] != nil && fields["summary"] != nil
}

var errEmptyRecord = errors.New("it has neither an identifier nor words")

// readHistoryRecord reads one record of the voice history.
func readHistoryRecord(raw json.RawMessage) (store.Incoming, error) {
	var r historyRecord
	if err := json.Unmarshal(raw, &r); err != nil {
		return store.Incoming{}, fmt.Errorf("it cannot be read as a record: %w", err)
	}
	rec := store.Incoming{
		Vendor: store.Amazon,
		Kind:   string(cmp.Or(r.UtteranceType, r.RecordType)),
		Domain: string(r.Domain),
		Intent: string(r.Intent),
		Skill:  string(r.SkillName),
	}
	r.addItems(&rec)
	ids := identifiers{key: string(cmp.Or(r.RecordKey, r.ActivityKey))}
	for _, it := range r.Items {
		ids.add(string(it.UtteranceID))
		ids.hint(string(it.Key))
	}
	ids.addWhole()
	ids.apply(&rec)
	r.setDevice(&rec)
	exact := r.Timestamp.Time
	if exact.IsZero() {
		exact = r.Created.Time
	}
	for _, it := range r.Items {
		if exact.IsZero() && rec.Time.IsZero() {
			exact = it.Timestamp.Time
		}
	}
	if !exact.IsZero() {
		rec.Time, rec.TimeFrom = exact, store.TimeExact
	}
	if rec.Identifier() == "" && rec.Transcript == "" && rec.Reply == "" {
		return store.Incoming{}, errEmptyRecord
	}
	return rec, nil
}

// addItems takes over what was said, the replies and the people.
func (r *historyRecord) addItems(rec *store.Incoming) {
	var said, replies []string
	for _, it := range r.Items {
		text := it.Text.meant()
		switch it.kind() {
		case itemSaid:
			said = appendNew(said, text)
		case itemReply:
			replies = appendNew(replies, text)
		}
		rec.Unintended = rec.Unintended || it.kind() != itemReply && unintendedText(text)
		r.Persons = append(r.Persons, it.Persons...)
	}
	for _, it := range r.Items { // of a kind that is not known, but with words
		if text := it.Text.meant(); it.kind() == itemPerhapsSaid && !slices.Contains(said, text) {
			said = appendNew(said, text)
		}
	}
	if len(said) == 0 && len(replies) == 0 {
		said, replies = appendNew(said, cmp.Or(r.Title.meant(), r.Summary.meant())), appendNew(replies, cmp.Or(r.SubTitle.meant(), r.Answer.meant()))
	}
	rec.Transcript, rec.Reply = strings.Join(said, " "), strings.Join(replies, "\n")
	rec.Unintended = rec.Unintended || unintendedKind(rec.Kind) || unintendedText(rec.Transcript) || unintendedText(string(r.Title))
	for _, p := range r.Persons {
		person := store.IncomingPerson{ID: string(p.ID), Name: string(p.FirstName)}
		if person != (store.IncomingPerson{}) && !slices.Contains(rec.People, person) {
			rec.People = append(rec.People, person)
		}
	}
}

// setDevice completes the device, of which the identifiers gave the type and the serial.
func (r *historyRecord) setDevice(rec *store.Incoming) {
	for _, d := range r.DeviceInfo {
		rec.Device.Serial = cmp.Or(rec.Device.Serial, string(d.Serial))
		rec.Device.Name = cmp.Or(rec.Device.Name, d.Name.meant())
	}
	for _, d := range r.Device {
		rec.Device.Name = cmp.Or(rec.Device.Name, d.Name.meant())
	}
	if r.Created.IsZero() {
		return
	}
	rec.Device.Serial = cmp.Or(rec.Device.Serial, string(r.Serial))
	rec.Device.Name = cmp.Or(rec.Device.Name, r.Name.meant())
}

// identifiers gathers the identifiers of a record.
type identifiers struct {
	key        string   // the maker's key of the entry, which no other entry has
	utterances []string // of the pieces it was said in
	hints      []string // identifiers that are not the record's own, but give its time and device
}

func (ids *identifiers) add(utterance string) {
	if utterance != "" && !slices.Contains(ids.utterances, utterance) {
		ids.utterances = append(ids.utterances, utterance)
	}
}

// addFirst adds the identifier that an utterance began with, unless the record has one of another
// utterance: then it identifies the entry with which the conversation began.
func (ids *identifiers) addFirst(utterance string) {
	first, _ := identifyUtterance(utterance)
	for _, s := range ids.utterances {
		if own, ok := identifyUtterance(s); ok && own.uuid != first.uuid {
			return
		}
	}
	ids.add(utterance)
}

// addUnsure adds an identifier of the entry or of an utterance: of the entry if it has the form of the
// maker's keys of entries.
func (ids *identifiers) addUnsure(s string) {
	if id, ok := identify(s); ok && id.uuid == "" && id.canonical != "" {
		ids.key = s
		return
	}
	ids.add(s)
}

// addWhole adds the identifier of the whole utterance to a record that has several pieces of it:
// other exports, and the names of audio files, may leave the piece out. A record with one piece
// does not get it, since the other pieces may be records of their own.
func (ids *identifiers) addWhole() {
	pieces := map[string]int{}
	for _, s := range slices.Clone(ids.utterances) {
		if id, ok := identifyUtterance(s); ok && id.part != "" {
			whole := strings.TrimSuffix(id.canonical, "/"+id.part)
			if pieces[whole]++; pieces[whole] == 2 {
				ids.add(whole)
			}
		}
	}
}

func (ids *identifiers) hint(s string) {
	if s != "" {
		ids.hints = append(ids.hints, s)
	}
}

// all returns every identifier of the record, the surest first.
func (ids *identifiers) all() []string {
	list := ids.utterances
	if ids.key != "" {
		list = append([]string{ids.key}, list...)
	}
	return list
}

// apply sets the identifiers of rec, and what they tell of its time, its device and whether it
// was typed.
func (ids *identifiers) apply(rec *store.Incoming) {
	rec.VendorID, rec.Aliases = ids.key, slices.Clone(ids.utterances)
	rec.TimeFrom = store.TimeUnknown
	for _, s := range append(ids.all(), ids.hints...) {
		id, ok := identify(s)
		if !ok {
			continue
		}
		rec.Typed = rec.Typed || id.typed
		rec.Device.Serial = cmp.Or(rec.Device.Serial, id.serial)
		rec.Device.Type = cmp.Or(rec.Device.Type, id.model)
		if rec.Time.IsZero() && !id.time.IsZero() {
			rec.Time, rec.TimeFrom = id.time.In(time.UTC), store.TimeIdentifier
		}
	}
}

// appendNew appends text unless it is empty or was said just before: a replacement text often
// repeats the transcript.
func appendNew(list []string, text string) []string {
	if text == "" || len(list) > 0 && list[len(list)-1] == text {
		return list
	}
	return append(list, text)
}
