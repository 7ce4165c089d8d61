package importer

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"unsaid/store"
)

// benchmarkSize is how many records the exports of the benchmarks have; UNSAID_BENCH_RECORDINGS changes it.
func benchmarkSize(b *testing.B) int {
	text := os.Getenv("UNSAID_BENCH_RECORDINGS")
	if text == "" {
		return 100_000
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		b.Fatal(err)
	}
	return n
}

// longHistory writes a synthetic history to two files, the newest record first: one record a line as a maker hands
// them out, and its words as a plain table. It has 12 devices, nine years, and a vocabulary in which few words are frequent.
func longHistory(b *testing.B, n int) (ndjson, table string) {
	b.Helper()
	dir := b.TempDir()
	ndjson, table = filepath.Join(dir, "history.ndjson"), filepath.Join(dir, "rows.csv")
	lines, closeLines := create(b, ndjson)
	rows, closeRows := create(b, table)
	defer closeLines()
	defer closeRows()
	comma := csv.NewWriter(rows)
	defer comma.Flush()
	random := rand.New(rand.NewPCG(1, 2))
	zipf := rand.NewZipf(random, 1.1, 4, 20_000)
	words := func(n int) string {
		said := make([]string, n)
		for i := range said {
			said[i] = vocabularyWord(zipf.Uint64())
		}
		return strings.Join(said, " ")
	}
	at := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	step := int64(9*365*24*time.Hour/time.Millisecond) / int64(n)
	for i := range n {
		at = at.Add(-time.Duration(1+random.Int64N(2*step)) * time.Millisecond)
		device, said, reply := random.IntN(12), "alexa "+words(2+random.IntN(6)), words(4+random.IntN(16))
		serial := fmt.Sprintf("G0911W%010d", device)
		key := fmt.Sprintf("A3BENCHCUSTOMER#%d#A1BENCHTYPE#%s", at.UnixMilli(), serial)
		utterance := fmt.Sprintf("A1BENCHTYPE:1.0/%s/%s/%s::TNIH_2V.%08x-4a5b-4c6d-8e7f-%012xNAM",
			at.Format("2006/01/02/15"), serial, at.Format("04:05"), i, i)
		fmt.Fprintf(lines, `{"recordKey":"%s","recordType":"VOICE_HISTORY","timestamp":%d,"customerId":"A3BENCHCUSTOMER",`+
			`"device":{"deviceName":"Device %d","deviceEntityId":null},"isBinaryFeedbackProvided":false,"isFeedbackPositive":false,`+
			`"utteranceType":"GENERAL","domain":"Music","intent":"PlayMusicIntent","skillName":"Radio","voiceHistoryRecordItems":[`+
			`{"recordItemKey":null,"recordItemType":"CUSTOMER_TRANSCRIPT","utteranceId":"%s","timestamp":%d,"transcriptText":"%s","agentVisualName":null,"personsInfo":[]},`+
			`{"recordItemKey":null,"recordItemType":"ALEXA_RESPONSE","utteranceId":null,"timestamp":%d,"transcriptText":"%s","agentVisualName":null,"personsInfo":[]}],`+
			`"personsInfo":[{"personId":"p%d","personFirstName":"Person %d","personType":"ADULT"}],"cardResponse":null}`+"\n",
			key, at.UnixMilli(), device, utterance, at.UnixMilli(), said, at.UnixMilli(), reply, i%3, i%3)
		if err := comma.Write([]string{key, at.Format(time.RFC3339Nano), fmt.Sprintf("Device %d", device), serial, said, reply}); err != nil {
			b.Fatal(err)
		}
	}
	return ndjson, table
}

// vocabularyWord is the word of a rank: frequent words are short.
func vocabularyWord(rank uint64) string {
	const consonants, vowels = "bdfgklmnprstvz", "aeiou"
	word := ""
	for rank += 3; rank > 0; rank /= 70 {
		word += string(consonants[rank%14]) + string(vowels[rank/14%5])
	}
	return word
}

func create(b *testing.B, path string) (*bufio.Writer, func()) {
	b.Helper()
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	w := bufio.NewWriter(f)
	return w, func() {
		if err := w.Flush(); err != nil {
			b.Error(err)
		}
		if err := f.Close(); err != nil {
			b.Error(err)
		}
	}
}

// shellScript has the sqlite3 shell load the rows of a table, index them by key and device, and make them searchable.
const shellScript = `PRAGMA journal_mode = WAL;
CREATE TABLE rows (key TEXT, time TEXT, device TEXT, serial TEXT, transcript TEXT, reply TEXT);
BEGIN;
.import --csv %s rows
CREATE TABLE recordings (id INTEGER PRIMARY KEY, key TEXT, device TEXT, serial TEXT, transcript TEXT, reply TEXT);
INSERT INTO recordings SELECT substr(key, 17, 13) * 1048576 + rowid, key, device, serial, transcript, reply FROM rows ORDER BY 1;
DROP TABLE rows;
CREATE UNIQUE INDEX by_key ON recordings (key);
CREATE INDEX by_device ON recordings (device, id);
CREATE VIRTUAL TABLE words USING fts5 (transcript, reply, content = 'recordings', content_rowid = 'id',
	tokenize = 'unicode61 remove_diacritics 2', prefix = '1');
INSERT INTO words (rowid, transcript, reply) SELECT id, transcript, reply FROM recordings ORDER BY id;
COMMIT;
`

// BenchmarkImport measures an import of a long history into a new library, the import of the same once more, and, as the
// peer, what the sqlite3 shell takes for a table of the same words.
func BenchmarkImport(b *testing.B) {
	n := benchmarkSize(b)
	ndjson, table := longHistory(b, n)
	measure := func(b *testing.B, cpu time.Duration, libraryBytes int64) {
		b.ReportMetric(cpu.Seconds()*1e6/float64(b.N*n), "CPU-µs/recording")
		b.ReportMetric(float64(libraryBytes)/(1<<20), "MB")
	}
	run := func(b *testing.B, path string) store.ImportReport {
		db, err := store.Open(b.Context(), path)
		if err != nil {
			b.Fatal(err)
		}
		report, err := Run(b.Context(), db, Options{Paths: []string{ndjson}})
		if err != nil {
			b.Fatal(err)
		}
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
		return report
	}
	library := filepath.Join(b.TempDir(), "unsaid.db")
	for _, path := range []string{"", library} {
		b.Run(map[bool]string{true: "new", false: "again"}[path == ""], func(b *testing.B) {
			if path == library {
				run(b, path)
			}
			at, before := path, cpuTime(b)
			for b.Loop() {
				if path == "" {
					at = filepath.Join(b.TempDir(), "unsaid.db")
				}
				if report := run(b, at); path == "" && report.Added != n || path != "" && report.Known != n {
					b.Fatalf("%+v", report.ImportCounts)
				}
			}
			measure(b, cpuTime(b)-before, sizeOf(b, at))
		})
	}
	b.Run("sqlite3 shell", func(b *testing.B) {
		shell, err := exec.LookPath("sqlite3")
		if err != nil {
			b.Skip(err)
		}
		var at string
		var cpu time.Duration
		for b.Loop() {
			at = filepath.Join(b.TempDir(), "shell.db")
			command := exec.CommandContext(b.Context(), shell, at)
			command.Stdin = strings.NewReader(fmt.Sprintf(shellScript, table))
			if out, err := command.CombinedOutput(); err != nil {
				b.Fatalf("%v: %s", err, out)
			}
			cpu += command.ProcessState.UserTime() + command.ProcessState.SystemTime()
		}
		measure(b, cpu, sizeOf(b, at))
	})
}

// cpuTime is what this process has used of the processor, 0 where that is not known.
func cpuTime(b *testing.B) time.Duration {
	b.Helper()
	text, err := os.ReadFile("/proc/self/stat")
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')'):]))
	var ticks int64
	for _, f := range fields[12:14] { // user and system, in hundredths of a second
		n, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			b.Fatal(err)
		}
		ticks += n
	}
	return time.Duration(ticks) * 10 * time.Millisecond
}

func sizeOf(b *testing.B, path string) int64 {
	b.Helper()
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	return info.Size()
}
