package importer

import (
	"encoding/json"
	"strings"
	"testing"

	"unsaid/store"
)

// A page that was fetched for one person's voice says so, and then what it lacks is not known to be deleted. The pages
// are made up.
func TestPageForOnePerson(t *testing.T) {
	page := func(one string) string {
		return `{"customerHistoryRecords":[{"recordKey":"A1#1740850927041#A3S5#G0KITCHEN","timestamp":1740850927041,"voiceHistoryRecordItems":[` +
			`{"recordItemType":"CUSTOMER_TRANSCRIPT","transcriptText":"play jazz"}]}],"voiceProfileAssociatedWithPerson":` + one + `}`
	}
	capture := func(page string) string {
		text, err := json.Marshal(page)
		if err != nil {
			t.Fatal(err)
		}
		return `{"log":{"version":"1.2","creator":{"name":"made up"},"entries":[{"request":{"url":"https://www.amazon.com/alexa-privacy/apd/rvh/customer-history-records"},` +
			`"response":{"status":200,"content":{"text":` + string(text) + `}}}]}}`
	}
	for name, tc := range map[string]struct {
		file, content string
		want          bool
	}{
		"of everybody":            {"page.json", page("false"), false},
		"of one person":           {"page.json", page("true"), true},
		"in a capture":            {"history.har", capture(page("true")), true},
		"of everybody, a capture": {"history.har", capture(page("false")), false},
	} {
		t.Run(name, func(t *testing.T) {
			c := collect(t, files{tc.file: tc.content}, Options{})
			if len(c.members) != 1 || len(c.recordings) != 1 {
				t.Fatalf("%+v", c.members)
			}
			m := c.members[0]
			if m.Outcome != store.MemberImported || m.MayHold != tc.want || strings.Contains(m.Reason, "one person alone") != tc.want {
				t.Errorf("%+v", m)
			}
		})
	}
}
