package importer

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"unsaid/store"
)

// identity is what one of Amazon's identifiers says about its recording.
type identity struct {
	time   time.Time // UTC; the zero Time if the identifier has none
	serial string
	model  string // the maker's code for the type of device
	uuid   string // of an utteranceId
	part   string // of an utteranceId: an utterance may come in pieces
	typed  bool

	canonical string // the identifier as Amazon writes it
}

// The identifiers, as seen in alexa-remote. They are also looked for in file names, where every
// separator may have been replaced by any one character:
//
//	recordKey      customerId#epochMillis#deviceType#serial
//	recordItemKey  recordMillis#deviceType#serial#itemMillis-index
//	utteranceId    deviceType:1.0/yyyy/mm/dd/hh/serial/mm:ss::TNIH_2V.uuidREGION/part
var (
	recordKeyPattern = regexp.MustCompile(`(?:^|[^A-Za-z0-9])([A-Za-z0-9]+)[^A-Za-z0-9](\d{13})[^A-Za-z0-9]([A-Za-z0-9]+)[^A-Za-z0-9](\w+)`)
	itemKeyPattern   = regexp.MustCompile(`(?:^|[^A-Za-z0-9])(\d{13})[^A-Za-z0-9]([A-Za-z0-9]+)[^A-Za-z0-9](\w+)[^A-Za-z0-9]\d{13}-\d+`)
	utterancePattern = regexp.MustCompile(`([A-Za-z0-9]+).1\.0.(\d{4}).(\d\d).(\d\d).(\d\d).(\w+).(\d\d).(\d\d)..TNIH_2V\.([0-9a-f-]{36})([A-Z]{3})(?:[^A-Za-z0-9](\d+))?`)
	uuidPattern      = regexp.MustCompile(`[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}`)
)

const deviceUnspecified = "DEVICE_UNSPECIFIED"

// identify reads an identifier, or a file name that carries one.
func identify(s string) (identity, bool) {
	if id, ok := identifyUtterance(s); ok {
		return id, true
	}
	if !hasMillis(s) {
		return identity{}, false
	}
	if m := itemKeyPattern.FindStringSubmatch(s); m != nil {
		return keyIdentity(m[1], m[2], m[3])
	}
	if m := recordKeyPattern.FindStringSubmatch(s); m != nil {
		id, ok := keyIdentity(m[2], m[3], m[4])
		id.canonical = strings.Join(m[1:5], "#")
		return id, ok
	}
	return identity{}, false
}

// customerKey is the beginning of a recordKey: the customer's id and the time.
var customerKey = regexp.MustCompile(`^([A-Za-z0-9]+)#\d{13}#`)

// customerOf returns the id of the customer whose recording it is, as Amazon's recordKey begins with it, "" if there is
// none.
func customerOf(rec *store.Incoming) string {
	if rec.Vendor != store.Amazon {
		return ""
	}
	if m := customerKey.FindStringSubmatch(rec.VendorID); m != nil {
		return m[1]
	}
	return ""
}

// hasMillis reports whether s has digits enough in a row to be a time in milliseconds. Most names
// of files have not, and the patterns take long to find that out.
func hasMillis(s string) bool {
	run := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			run = 0
		} else if run++; run == 13 {
			return true
		}
	}
	return false
}

func keyIdentity(millis, model, serial string) (identity, bool) {
	ms, err := strconv.ParseFloat(millis, 64)
	if err != nil {
		return identity{}, false
	}
	t, ok := fromMillis(ms)
	return identity{time: t, model: model, serial: serial}, ok
}

func identifyUtterance(s string) (identity, bool) {
	if !strings.Contains(s, "TNIH_2V.") {
		return identity{}, false
	}
	m := utterancePattern.FindStringSubmatch(s)
	if m == nil {
		return identity{}, false
	}
	id := identity{model: m[1], serial: m[6], uuid: m[9], part: m[11]}
	id.canonical = fmt.Sprintf("%s:1.0/%s/%s/%s/%s/%s/%s:%s::TNIH_2V.%s%s", m[1], m[2], m[3], m[4], m[5], m[6], m[7], m[8], m[9], m[10])
	if id.part != "" {
		id.canonical += "/" + id.part
	}
	if id.serial == deviceUnspecified {
		id.serial = ""
	}
	if id.model == "TextClient" {
		id.typed, id.model = true, ""
	}
	t, err := time.Parse("2006 01 02 15 04 05", strings.Join([]string{m[2], m[3], m[4], m[5], m[7], m[8]}, " "))
	if err == nil {
		id.time = t
	}
	return id, true
}

// likeIdentifier reports whether s looks like a maker's identifier rather than a row's number.
func likeIdentifier(s string) bool {
	if _, ok := identify(s); ok {
		return true
	}
	return uuidPattern.MatchString(s)
}
