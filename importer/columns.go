package importer

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"unsaid/store"
)

// role is what a column of a table holds, as [Options.Map] names it.
type role string

const (
	roleTime      role = "time"
	roleClock     role = "clock" // the time of day, where the date has its own column
	roleText      role = "text"
	roleReply     role = "reply"
	roleDevice    role = "device"
	roleSerial    role = "serial"
	roleType      role = "type"
	roleAudio     role = "audio"
	roleID        role = "id"
	roleUtterance role = "utterance"
	roleKind      role = "kind"
	roleDomain    role = "domain"
	roleIntent    role = "intent"
	rolePerson    role = "person"
)

// mapDates is the key of a mapping that says how dates are meant; it names no column.
const mapDates = "dates"

// mappable are the roles that a mapping may name.
var mappable = []role{roleTime, roleText, roleReply, roleDevice, roleSerial, roleType, roleAudio, roleID}

// synonyms are the names of columns by role, likeliest first, in lower-case letters and digits.
// No header of Amazon's transcript table is publicly documented; these are the spellings seen in
// other tables of the archive, in Amazon's JSON, and in dumps that people made.
var synonyms = map[role][]string{
	roleTime: {
		"timestamp", "utterancetimestamp", "creationtimestamp", "creationtime", "createdat", "activitydate",
		"datetime", "dateandtime", "date", "time", "timeutc", "timestamputc", "timestampms", "recordedat", "eventtime", "localtime", "timetext",
	},
	roleText: {
		"transcript", "transcription", "customertranscript", "utterancetext", "recognizedspeech", "text",
		"transcripttext", "utterance", "summary", "spokentext", "message", "rawtext",
	},
	roleReply:     {"response", "alexaresponse", "responsetext", "ttstext", "reply"},
	roleDevice:    {"devicename", "device", "devicedevicename", "accountname", "activitydevice"},
	roleSerial:    {"serialnumber", "serial", "deviceserialnumber", "deviceserial", "dsn"},
	roleType:      {"devicetype", "asin", "deviceasin"},
	roleAudio:     {"audiofile", "audiofilename", "filename", "wav", "wavfile", "audio", "audiopath", "path", "audioid"},
	roleID:        {"recordkey", "activitykey", "activityid", "id"},
	roleUtterance: {"utteranceid"},
	roleKind:      {"utterancetype", "activitystatus"},
	roleDomain:    {"domain"},
	roleIntent:    {"intent"},
	rolePerson:    {"person", "activityuser", "personfirstname"},
}

// joined are columns of dumps with one column for each recordItemType, which may all have words.
var joined = map[role][]string{
	roleText:  {"customertranscript", "asrreplacementtext"},
	roleReply: {"alexaresponse", "ttsreplacementtext"},
}

// columns say which columns of a table hold what. A role may have several.
type columns map[role][]int

// cell returns what a row holds for a role: "" if there is no such column, or nothing in it.
func (c columns) cell(row []string, r role) string {
	var words []string
	for _, i := range c[r] {
		if i < len(row) && !isAbsent(row[i]) {
			words = append(words, strings.TrimSpace(row[i]))
		}
	}
	return strings.Join(words, " ")
}

// device returns the device that a row names.
func (c columns) device(row []string) store.IncomingDevice {
	return store.IncomingDevice{Serial: c.cell(row, roleSerial), Type: c.cell(row, roleType), Name: c.cell(row, roleDevice)}
}

// checkMapping refuses a mapping with a key that means nothing.
func checkMapping(mapping map[string]string) error {
	for key, value := range mapping {
		if key == mapDates {
			if orderNamed(value) == orderUnknown {
				return fmt.Errorf("map %s=%s: the value must be %s or %s", key, value, MonthFirst, DayFirst)
			}
			continue
		}
		if !slices.Contains(mappable, role(key)) {
			return fmt.Errorf("map %s=%s: the key must be time, text, reply, device, serial, type, audio, id or dates", key, value)
		}
	}
	return nil
}

// mapColumns applies a mapping; false if the table lacks one of the columns that it names.
func mapColumns(header []string, mapping map[string]string) (columns, bool) {
	cols := columns{}
	for _, key := range slices.Sorted(maps.Keys(mapping)) {
		if key == mapDates {
			continue
		}
		i := columnNamed(header, mapping[key])
		if i < 0 {
			return nil, false
		}
		cols[role(key)] = []int{i}
	}
	return cols, len(cols) > 0
}

// columnNamed returns the column called name, literally or else by its letters and digits, or
// the one with that number, counted from 1; -1 if there is none.
func columnNamed(header []string, name string) int {
	name = strings.TrimSpace(name)
	for i, h := range header {
		if strings.TrimSpace(h) == name {
			return i
		}
	}
	key := lettersAndDigits(name)
	for i, h := range header {
		if key != "" && lettersAndDigits(h) == key {
			return i
		}
	}
	if n, err := strconv.Atoi(name); err == nil && 1 <= n && n <= len(header) {
		return n - 1
	}
	return -1
}

// recognizeColumns finds out what the columns of a table hold: by a mapping, by their names, and
// failing that by the sampled rows.
func recognizeColumns(header []string, sample [][]string, mapping map[string]string) columns {
	f := &columnFinder{sample: sample, cols: columns{}, taken: map[int]bool{}}
	for _, h := range header {
		f.names = append(f.names, lettersAndDigits(h))
	}
	if mapped, ok := mapColumns(header, mapping); ok {
		f.cols = mapped
		for _, list := range mapped {
			f.taken[list[0]] = true
		}
	}
	f.findTime()
	f.findJoined()
	for _, r := range []role{roleText, roleReply, roleSerial, roleType, roleDevice, roleUtterance, roleID, roleAudio, roleKind, roleDomain, roleIntent, rolePerson} {
		f.find(r)
	}
	f.findText()
	f.findByContent(roleAudio, hasAudioSuffix)
	f.findByContent(roleUtterance, func(s string) bool { _, ok := identifyUtterance(s); return ok })
	f.findByContent(roleID, func(s string) bool { _, ok := identify(s); return ok })
	f.findUnreadDate()
	return f.cols
}

// columnFinder assigns columns to roles, each column once.
type columnFinder struct {
	names  []string
	sample [][]string
	cols   columns
	taken  map[int]bool
}

func (f *columnFinder) take(r role, i int) {
	f.cols[r] = append(f.cols[r], i)
	f.taken[i] = true
}

// find assigns the column with the likeliest name. A bare id is one only if its cells look like a
// maker's identifiers: as a mere row number it would make different recordings one.
func (f *columnFinder) find(r role) {
	if len(f.cols[r]) > 0 {
		return
	}
	for _, name := range synonyms[r] {
		i := slices.Index(f.names, name)
		if i < 0 || f.taken[i] || name == "id" && f.share(i, likeIdentifier) < 0.9 {
			continue
		}
		f.take(r, i)
		return
	}
}

// findTime assigns the likeliest name whose cells are dates, with a clock if any has one, or else
// any column of dates, or else the likeliest name with some dates. Where they have no clock, a column of clocks completes them.
func (f *columnFinder) findTime() {
	if len(f.cols[roleTime]) > 0 {
		return
	}
	var named, all []int
	for _, name := range synonyms[roleTime] {
		if i := slices.Index(f.names, name); i >= 0 {
			named = append(named, i)
		}
	}
	for i := range f.names {
		all = append(all, i)
	}
	clocked := func(i int) bool { return !f.taken[i] && f.share(i, isDateWithClock) >= 0.9 }
	dates := func(i int) bool { return !f.taken[i] && f.share(i, isDate) >= 0.9 }
	some := func(i int) bool { return !f.taken[i] && (f.share(i, isDate) > 0 || f.empty(i)) }
	for _, choice := range []struct {
		from []int
		is   func(int) bool
	}{{named, clocked}, {named, dates}, {all, dates}, {named, some}} {
		if at := slices.IndexFunc(choice.from, choice.is); at >= 0 {
			f.take(roleTime, choice.from[at])
			f.findClock()
			return
		}
	}
}

// findClock assigns a column of clocks if the dates have none.
func (f *columnFinder) findClock() {
	if f.share(f.cols[roleTime][0], isDateWithClock) > 0 {
		return
	}
	for i := range f.names {
		if !f.taken[i] && f.share(i, isClock) >= 0.9 {
			f.take(roleClock, i)
			return
		}
	}
}

// findUnreadDate assigns a column that is called a date where none holds one that can be read, but
// audio makes recordings of the rows nevertheless: they fail by name for what stands there, such as
// Yesterday, rather than go in without their time.
func (f *columnFinder) findUnreadDate() {
	if len(f.cols[roleTime]) > 0 || len(f.cols[roleAudio]) == 0 {
		return
	}
	for _, name := range synonyms[roleTime] {
		if i := slices.Index(f.names, name); i >= 0 && !f.taken[i] && strings.Contains(name, "date") {
			f.take(roleTime, i)
			f.findClock()
			return
		}
	}
}

func (f *columnFinder) findJoined() {
	for _, r := range []role{roleText, roleReply} {
		if len(f.cols[r]) > 0 {
			continue
		}
		for _, name := range joined[r] {
			if i := slices.Index(f.names, name); i >= 0 && !f.taken[i] {
				f.take(r, i)
			}
		}
	}
}

// findText assigns a column whose name says transcript among other words.
func (f *columnFinder) findText() {
	for i, name := range f.names {
		if len(f.cols[roleText]) == 0 && !f.taken[i] && strings.Contains(name, "transcript") && f.share(i, isWords) > 0.3 {
			f.take(roleText, i)
		}
	}
}

func (f *columnFinder) findByContent(r role, is func(string) bool) {
	for i := range f.names {
		if len(f.cols[r]) == 0 && !f.taken[i] && f.share(i, is) >= 0.9 {
			f.take(r, i)
		}
	}
}

// empty reports whether no sampled cell of a column holds anything.
func (f *columnFinder) empty(i int) bool {
	return !slices.ContainsFunc(f.sample, func(row []string) bool { return i < len(row) && !isAbsent(row[i]) })
}

// share returns which part of a column's sampled cells that hold something is of a kind.
func (f *columnFinder) share(i int, is func(string) bool) float64 {
	filled, hits := 0, 0
	for _, row := range f.sample {
		if i >= len(row) || isAbsent(row[i]) {
			continue
		}
		filled++
		if is(row[i]) {
			hits++
		}
	}
	if filled == 0 {
		return 0
	}
	return float64(hits) / float64(filled)
}

func isDate(cell string) bool {
	_, err := parseDate(cell, monthFirst, time.UTC)
	return err == nil
}

func isDateWithClock(cell string) bool {
	c, err := scanDate(cell)
	return err == nil && c.hasClock
}

func isClock(cell string) bool {
	var c civil
	before, _ := c.takeClock(plainDate(cell))
	return c.hasClock && before == ""
}

// isWords reports whether a cell is prose rather than a code or a number.
func isWords(cell string) bool {
	letters := 0
	for _, r := range cell {
		if isLetter(r) {
			letters++
		}
	}
	return letters*2 > len([]rune(cell)) && strings.Contains(strings.TrimSpace(cell), " ")
}

// isLetter reports whether r may be a letter of any script.
func isLetter(r rune) bool { return r > unicode.MaxASCII || unicode.IsLetter(r) }
