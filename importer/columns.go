package importer

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

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

// roles are all roles, in the order of reports.
var roles = []role{
	roleTime, roleClock, roleText, roleReply, roleDevice, roleSerial, roleType, roleAudio,
	roleID, roleUtterance, roleKind, roleDomain, roleIntent, rolePerson,
}

// mapDates is the key of a mapping that says how dates are meant; it names no column.
const mapDates = "dates"

// mappable are the roles that a mapping may name.
var mappable = []role{roleTime, roleText, roleReply, roleDevice, roleSerial, roleType, roleAudio, roleID}

// column is a column of a table, and how it was found to hold what it does.
type column struct {
	at int
	by store.DecidedBy
}

// columns say which columns of a table hold what. A role may have several.
type columns map[role][]column

func (c columns) has(r role) bool { return len(c[r]) > 0 }

// report lists the columns for the report of an import. A header that is a data row is not repeated: its
// columns are called by their numbers.
func (c columns) report(header []string) []store.Column {
	names := !isDataRow(header)
	var list []store.Column
	for _, r := range roles {
		for _, col := range c[r] {
			name := strconv.Itoa(col.at + 1)
			if names && strings.TrimSpace(header[col.at]) != "" {
				name = oneLine(strings.TrimSpace(header[col.at]))
			}
			list = append(list, store.Column{Role: string(r), Column: name, DecidedBy: col.by})
		}
	}
	return list
}

// isDataRow reports whether a header has a date or the name of a file in it: then what was said may be in it, too.
func isDataRow(header []string) bool {
	return slices.ContainsFunc(header, func(cell string) bool { return isDate(cell) || hasAudioSuffix(cell) })
}

// cell returns what a row holds for a role: "" if there is no such column, or nothing in it.
func (c columns) cell(row []string, r role) string {
	var words []string
	nothing := isAbsent
	if r == roleText || r == roleReply {
		nothing = isWordless
	}
	for _, col := range c[r] {
		if col.at < len(row) && !nothing(row[col.at]) {
			words = append(words, strings.TrimSpace(row[col.at]))
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
		cols[role(key)] = []column{{i, store.DecidedByMap}}
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
	key := foldName(name)
	for i, h := range header {
		if key != "" && foldName(h) == key {
			return i
		}
	}
	if n, err := strconv.Atoi(name); err == nil && 1 <= n && n <= len(header) {
		return n - 1
	}
	return -1
}
