package importer

import (
	"fmt"
	"strings"
	"testing"

	"unsaid/store"
)

// nasty is text that steers terminals, hides itself or is none.
const nasty = "a\x1b[31m\x07\u202eb\u2066c\u2028d\u0085e\u009bf\x7fg\u200b\u00adh\r\ti"

func TestNastyTextInEveryField(t *testing.T) {
	quoted := strings.NewReplacer("\x1b", `\u001b`, "\x07", `\u0007`, "\r", `\r`, "\t", `\t`).Replace(nasty)
	history := strings.ReplaceAll(`{"customerHistoryRecords":[{"recordKey":"A#1740999999000#N#N","timestamp":1740999999000,
		"device":{"deviceName":"N"},"deviceInfo":{"deviceSerialNumber":"N","deviceName":"N"},"personsInfo":[{"personId":"N","personFirstName":"N"}],
		"utteranceType":"N","domain":"N","intent":"N","skillName":"N","title":"N","subTitle":"N","voiceHistoryRecordItems":[
		{"recordItemKey":"N","recordItemType":"CUSTOMER_TRANSCRIPT","utteranceId":"N","transcriptText":"N"},
		{"recordItemType":"ALEXA_RESPONSE","transcriptText":"N"},{"recordItemType":"N","transcriptText":"N"}]}]}`, `"N"`, `"`+quoted+`"`)
	cell := `"` + nasty + ` \u0000` + "\x00" + `"`
	table := "Timestamp,Device Name,Serial,Device Type,utteranceId,Transcript,Response,Intent,Domain,Person,Audio File," + cell + "\n" +
		"2025-03-01 10:00:00" + strings.Repeat(","+cell, 11) + "\n" +
		strings.Repeat(cell+",", 11) + cell + "\n"
	dir := onDisk(t, files{"history.json": history, "t.csv": table, "Alexa.zip": zipped(t, files{nasty + "/" + nasty + ".csv": goodTable, nasty + ".txt": table})})
	db := openLibrary(t)
	report := mustRun(t, db, Options{Paths: []string{dir}})
	if report.Added < 3 {
		t.Errorf("%+v", report)
	}
	page, err := db.Page(t.Context(), store.Query{}, 100, 0)
	if err != nil || len(page) != report.Added {
		t.Fatalf("%d recordings, %v", len(page), err)
	}
	whole := 0
	for _, r := range page {
		if r.Transcript == nasty && r.Reply == nasty && r.Device.Name == nasty {
			whole++
		}
	}
	if whole == 0 {
		t.Errorf("nothing was kept as it is: %+v", page)
	}
	if check, err := db.Check(t.Context()); err != nil || !check.Sound() {
		t.Errorf("%+v, %v", check, err)
	}
}

func TestExtremeTables(t *testing.T) {
	t.Parallel()
	const row = "2025-03-02 10:00:00,turn on the light\n"
	megabyte := strings.Repeat("words ", 1<<20/6)
	for name, c := range map[string]struct {
		data    string
		added   int
		outcome string // of the table
		bad     int    // records that failed
	}{
		"a cell of a megabyte":         {goodTable + "2025-03-01 11:00:00," + megabyte + "\n" + row, 3, "imported", 0},
		"a cell beyond reason":         {"Timestamp,\"" + strings.Repeat("w", maxRecordBytes+1<<17), 0, "failed: one value is larger", 0},
		"a quotation mark never ended": {goodTable + "2025-03-01 11:00:00,\"never ended\n" + row + row, 1, "imported", 1},
		"a quotation mark in between":  {goodTable + "2025-03-01 11:00:00,say \"hello\" now\n" + row, 3, "imported", 0},
		"bytes that are no UTF-8":      {goodTable + "2025-03-01 11:00:00,caf\xe9 \xff\xfe\xf8\n" + row, 3, "imported", 0},
		"NUL bytes":                    {goodTable + "2025-03-01 11:00:00,nul\x00 nul\x00\n" + row, 3, "imported", 0},
		"NUL bytes far on":             {goodTable + strings.Repeat(row, 20) + "2025-03-01 11:00:00,nul\x00\n", 22, "imported", 0},
		"a hundred thousand columns":   {"Timestamp,Transcript" + strings.Repeat(",x", 100_000) + "\n" + row, 0, "failed: it has more than 1000 columns", 0},
		"a row of as many":             {goodTable + row + "2025-03-01 11:00:00,wide" + strings.Repeat(",x", 100_000) + "\n", 2, "failed: it has more than 1000 columns", 0},
		"UTF-16 of an odd length":      {utf16LE(goodTable+row) + "\x41", 2, "imported", 0},
		"UTF-16 with lone surrogates":  {utf16LE(goodTable+"2025-03-01 11:00:00,half ") + "\x00\xd8\x41\x00\x0a\x00", 2, "imported", 0},
		"only line ends":               {strings.Repeat("\r\n", 10_000), 0, "", 0},
		"times beyond all calendars":   {goodTable + "99999999999999999999,x\n-1,y\n1e400,z\n0000-00-00 00:00:00,a\n9999-99-99,b\n" + row, 2, "imported", 5},
	} {
		t.Run(name, func(t *testing.T) {
			dir := onDisk(t, files{"t.csv": c.data, "other/2025-01-01_10_00_00.wav": wav(10, 1)})
			report, account := accountOf(t, Options{Paths: []string{dir}})
			if report.Added != c.added+1 || !strings.HasPrefix(account["t.csv"], c.outcome) {
				t.Errorf("%d added, %q; want %d, %q", report.Added-1, account["t.csv"], c.added, c.outcome)
			}
			bad := 0
			for member := range account {
				if strings.HasPrefix(member, "t.csv:") {
					bad++
				}
			}
			if bad != c.bad {
				t.Errorf("%d records failed, want %d: %v", bad, c.bad, report.Failed)
			}
		})
	}
}

func TestExtremeJSON(t *testing.T) {
	t.Parallel()
	record := func(i int, more string) string {
		return fmt.Sprintf(`{"recordKey":"A1#%d#A3S5#G0","timestamp":%[1]d,"voiceHistoryRecordItems":[{"recordItemType":"CUSTOMER_TRANSCRIPT","transcriptText":"number %d"}]%s}`,
			1740999999000+int64(i)*1000, i, more)
	}
	list := func(records ...string) string {
		return `{"customerHistoryRecords":[` + strings.Join(records, ",") + `]}`
	}
	for name, c := range map[string]struct {
		data    string
		added   int
		outcome string
		bad     int
	}{
		"too deep beside the records": {`{"customerHistoryRecords":[` + record(1, "") + `],"x":` + strings.Repeat(`[`, 200_000), 1, "failed: after 1 record: it is nested more than 64 deep", 0},
		"too deep within a record":    {list(record(1, ""), record(2, `,"x":`+strings.Repeat(`[`, 200_000)+strings.Repeat(`]`, 200_000)), record(3, "")), 1, "failed: after 1 record: ", 0},
		"cut in a record":             {list(record(1, ""), record(2, ""))[:200], 1, "failed: it ends in the middle, after 1 record", 0},
		"lone surrogates":             {list(`{"recordKey":"\ud800","voiceHistoryRecordItems":[{"recordItemType":"CUSTOMER_TRANSCRIPT","transcriptText":"\udc00\ud800x"}]}`), 1, "imported", 0},
		"numbers beyond 64 bits":      {list(`{"recordKey":123456789012345678901234567890,"timestamp":99999999999999999999999,"domain":1e999}`, record(1, "")), 2, "imported", 0},
		"times beyond all calendars":  {list(`{"recordKey":"a","timestamp":1e400}`, `{"recordKey":"b","timestamp":-1}`, `{"recordKey":"c","timestamp":-9e18}`, `{"recordKey":"d","timestamp":9223372036854775807}`, record(1, "")), 5, "imported", 0},
		"keys that are there twice":   {list(`{"recordKey":"a","recordKey":"b","device":{"deviceName":"x"},"device":[1,{"deviceName":"y"}]}`, record(1, "")), 2, "imported", 0},
		"the list is there twice":     {`{"customerHistoryRecords":[` + record(1, "") + `],"customerHistoryRecords":[` + record(2, "") + `]}`, 2, "imported", 0},
		"values of other kinds":       {list(`null`, `7`, `"x"`, `[[]]`, `{"recordKey":{"a":[]},"device":7,"voiceHistoryRecordItems":"x","personsInfo":{"personFirstName":[1]}}`, record(1, "")), 1, "imported", 5},
		"NUL and no UTF-8":            {list(`{"recordKey":"a\u0000b`+"\xff\xc0"+`","timestamp":1740999999000}`, record(1, "")), 2, "imported", 0},
		"no JSON behind it":           {list(record(1, "")) + "\x00\x00\x00", 1, "failed: after 1 record", 0},
	} {
		t.Run(name, func(t *testing.T) {
			dir := onDisk(t, files{"h.json": c.data, "other/2025-01-01_10_00_00.wav": wav(10, 1)})
			report, account := accountOf(t, Options{Paths: []string{dir}})
			if report.Added != c.added+1 || !strings.HasPrefix(account["h.json"], c.outcome) {
				t.Errorf("%d added, %q; want %d, %q", report.Added-1, account["h.json"], c.added, c.outcome)
			}
			bad := 0
			for member := range account {
				if strings.HasPrefix(member, "h.json#") {
					bad++
				}
			}
			if bad != c.bad {
				t.Errorf("%d records failed, want %d: %v", bad, c.bad, report.Failed)
			}
		})
	}
}
