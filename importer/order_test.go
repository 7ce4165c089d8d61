package importer

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"unsaid/store"
)

// orderedExport are the parts of one account's exports (synthetic): tables of the archive and their sound, with and without
// words, clips that tell their times or carry identifiers, the history of the website, and clips that nothing names.
func orderedExport() files {
	f := files{
		"Alexa/history.json": `{"customerHistoryRecords":[
			{"recordKey":"A3TESTCUSTOMER#1614596521815#A1TESTTYPE#G0911W0000000TST","timestamp":1614596521815,"utteranceType":"GENERAL","device":{"deviceName":"Kitchen"},
			 "voiceHistoryRecordItems":[{"recordItemType":"CUSTOMER_TRANSCRIPT","transcriptText":"Turn on lamp 2"},{"recordItemType":"ALEXA_RESPONSE","transcriptText":"Sure."}]},
			{"recordKey":"A3TESTCUSTOMER#1612297041815#A1TESTTYPE#G0911W0000000TST","timestamp":1612297041815,"utteranceType":"GENERAL",
			 "voiceHistoryRecordItems":[{"recordItemType":"CUSTOMER_TRANSCRIPT","utteranceId":"` + testUtterance + `","transcriptText":"play some jazz"}]}]}`,
		"Alexa/" + strings.NewReplacer(":", "_", "/", "_").Replace(testUtterance) + ".wav": wav(50, 90),
		"Alexa/Audio/nobody.wav":                       wav(50, 91),
		"Alexa/Plain/2021-04-01_10-00-02.wav":          wav(50, 92),
		"Alexa/Plain/Transcript of April.csv":          "Timestamp,Transcript\n2021-04-01 10:00:00,nothing names my sound\n",
		"Additional Data/Alexa/Alexa/NLU/Intent-1.csv": "Screen Contents,Utterance text,Utterance Creation Date\nN/A,Not Available.,2021-05-01T10:00:00.123Z\nN/A,what a day,2021-05-01T11:00:00.123Z\nN/A,N/A,N/A\n",
	}
	table := "Wann,Gehört,Datei,Entgegnung\n"
	for i := range 12 {
		words, sound := fmt.Sprintf("turn on lamp %d", i), fmt.Sprintf("%04d.wav", i)
		if i%3 == 0 {
			words = "Not Available"
		}
		if i%4 == 1 {
			sound = "Data Not Available"
		} else {
			f["Alexa/Audio/"+sound] = wav(50, byte(i+1))
		}
		table += fmt.Sprintf("2021-03-01T11:%02d:01Z,%s,%s,\"Here it is, number %d.\"\n", i, words, sound, i)
	}
	f["Alexa/Transcriptions.csv"] = table
	return f
}

// onDiskAt writes files as onDisk does, with one time of modification.
func onDiskAt(t *testing.T, f files, at time.Time) string {
	t.Helper()
	dir := onDisk(t, f)
	for name := range f {
		if err := os.Chtimes(filepath.Join(dir, name), at, at); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// librarySummary says all that the order of imports must not change.
func librarySummary(t *testing.T, db *store.DB) []string {
	t.Helper()
	page, err := db.Page(t.Context(), store.Query{}, 1000, 0)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, r := range page {
		sound := "no sound"
		if r.Audio != nil {
			sound = r.Audio.SHA256[:8] + " by " + string(r.Audio.LinkedBy)
		}
		lines = append(lines, fmt.Sprintf("%s %s %q %q %s %s %q %s %s %v", r.Time.Format("2006-01-02T15:04:05.000"), r.TimeFrom, r.Transcript, r.Reply,
			r.Device.Name, r.Device.Serial, r.VendorID, sound, r.Kind, r.Unintended))
	}
	slices.Sort(lines)
	return lines
}

func TestTheOrderOfImportsDoesNotMatter(t *testing.T) {
	all := orderedExport()
	made := utc(2025, 1, 2, 3, 4, 5) // the time of a clip that nothing names
	whole := openLibrary(t)
	mustRun(t, whole, Options{Paths: []string{onDiskAt(t, all, made)}})
	want := librarySummary(t, whole)
	if len(want) != 17 {
		t.Fatalf("%d recordings:\n%s", len(want), strings.Join(want, "\n"))
	}
	for seed := range uint64(25) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(seed, 0))
			parts := make([]files, 1+random.IntN(5))
			for i := range parts {
				parts[i] = files{}
			}
			for _, name := range sortedNames(all) {
				for _, i := range random.Perm(len(parts))[:1+random.IntN(len(parts))/3] { // some in several
					parts[i][name] = all[name]
				}
			}
			db := openLibrary(t)
			for _, part := range parts {
				if len(part) > 0 {
					mustRun(t, db, Options{Paths: []string{onDiskAt(t, part, made)}})
				}
			}
			if got := librarySummary(t, db); !slices.Equal(got, want) {
				t.Errorf("in %d parts:\n%s\nat once:\n%s", len(parts), strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		})
	}
}

func TestACorrectedMappingReadsAgain(t *testing.T) {
	table := "When,Field 1,Field 2,Field 3\n"
	f := files{}
	for i := range 9 {
		sound := fmt.Sprintf("u%d.wav", i)
		table += fmt.Sprintf("2021-05-0%dT08:00:00Z,%s,%s,%s\n", i+1, []string{"stop", "louder", "next"}[i%3], sound, []string{"ok", "sure"}[i%2])
		f["Alexa/"+sound] = wav(50, byte(i+1))
	}
	f["Alexa/table.csv"] = table
	right := map[string]string{"time": "When", "text": "Field 1", "audio": "Field 2", "reply": "Field 3"}
	wrong := map[string]string{"time": "When", "text": "Field 3", "audio": "Field 2", "reply": "Field 1"}
	whole := openLibrary(t)
	mustRun(t, whole, Options{Paths: []string{onDisk(t, f)}, Map: right})
	want := librarySummary(t, whole)
	for name, maps := range map[string][]map[string]string{
		"after a failure": {nil, right}, "after a mistake": {wrong, right}, "after a failure and a mistake": {nil, wrong, wrong, right, right},
	} {
		db := openLibrary(t)
		var last store.ImportReport
		for _, m := range maps {
			report, err := Run(t.Context(), db, Options{Paths: []string{onDisk(t, f)}, Map: m})
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			last = report
		}
		if got := librarySummary(t, db); !slices.Equal(got, want) {
			t.Errorf("%s:\n%s\nwant:\n%s", name, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		if len(maps) > 3 && (last.Added > 0 || last.Completed > 0) {
			t.Errorf("%s, the same again: %+v", name, last.ImportCounts)
		}
	}
}
