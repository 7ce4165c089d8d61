package importer

import (
	"bytes"
	"encoding/json"
)

// jsonContent returns what a JSON text holds, by its beginning: by the keys that stand near the
// top, since a dump may be one object, a list of pages, a bare list of records, or one of these a line.
func jsonContent(head []byte) content {
	keys := topKeys(head)
	any := func(names ...string) bool {
		for _, n := range names {
			if keys[n] {
				return true
			}
		}
		return false
	}
	switch {
	case keys["log"] && any("entries", "creator", "pages"):
		return contentCapture
	case keys["mapping"] && any("title", "create_time", "conversation_id", "current_node"):
		return contentChatGPT
	case any("activities"),
		keys["request"] && keys["response"],
		any("creationTimestamp") && any("sourceDeviceIds", "activityStatus", "utteranceId", "description"),
		keys["devices"] && keys["serialNumber"]:
		return contentActivities
	case any("customerHistoryRecords", "alexaHistoryRecords", "voiceHistoryRecordItems"),
		any("recordKey", "activityKey") && any("recordType", "utteranceType", "deviceInfo", "device", "subTitle"):
		return contentHistory
	case keys["creationTime"] && keys["summary"] && keys["serialNumber"]: // of ioBroker
		return contentHistory
	case keys["serialNumber"] && keys["accountName"]:
		return contentActivities
	case head[0] == '{' && (keys["transcriptions"] || keys["name"] && keys["engine"] && keys["time"]):
		return contentOVOS
	case isTakeoutJSON(keys):
		return contentTakeout
	case len(keys) > 0:
		return contentRows
	}
	return contentJSON
}

// topKeys returns the keys of the objects that stand at most three levels deep in the beginning
// of a JSON text.
func topKeys(head []byte) map[string]bool {
	const levels = 4 // [ { response: { customerHistoryRecords
	keys := map[string]bool{}
	dec := json.NewDecoder(bytes.NewReader(head))
	var objects []bool // for every level: whether it is an object, not a list
	isKey := false
	for {
		tok, err := dec.Token()
		if err != nil {
			return keys // the end of the beginning, or no JSON: the reading reports it
		}
		delim, isDelim := tok.(json.Delim)
		switch {
		case isDelim && (delim == '{' || delim == '['):
			objects = append(objects, delim == '{')
			isKey = delim == '{'
			continue
		case isDelim:
			objects = objects[:len(objects)-1]
		case isKey:
			if name, ok := tok.(string); ok && len(objects) <= levels {
				keys[name] = true
			}
			isKey = false
			continue
		}
		isKey = len(objects) > 0 && objects[len(objects)-1]
	}
}

// isNDJSON reports whether the beginning of a JSON text is one whole value, with the next value on
// the next line.
func isNDJSON(head []byte) bool {
	first, rest, found := bytes.Cut(bytes.TrimLeft(head, " \t\r\n"), []byte("\n"))
	rest = bytes.TrimLeft(rest, " \t\r\n")
	return found && len(rest) > 0 && (rest[0] == '{' || rest[0] == '[') && json.Valid(first)
}
