package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"
)

// benchmarkSize is how many recordings the benchmarks' library has; UNSAID_BENCH_RECORDINGS
// changes it.
func benchmarkSize(b *testing.B) int {
	size := 50_000
	if text := os.Getenv("UNSAID_BENCH_RECORDINGS"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			b.Fatal(err)
		}
		size = n
	}
	return size
}

// synthetic makes n recordings of a few devices, some minutes apart, of a few words each.
func synthetic(n int) []Incoming {
	random := rand.New(rand.NewPCG(1, 2))
	vocabulary := make([]string, 3000)
	for i := range vocabulary {
		vocabulary[i] = fmt.Sprintf("%c%s", 'a'+rune(random.IntN(26)), strconv.FormatUint(random.Uint64(), 36)[:2+random.IntN(7)])
	}
	recs := make([]Incoming, n)
	when := time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range recs {
		when = when.Add(time.Duration(random.IntN(600_000)) * time.Millisecond)
		rec := Incoming{
			Vendor: Amazon, Device: IncomingDevice{Serial: fmt.Sprintf("G0BENCH%d", random.IntN(6)), Name: "Kitchen"},
			Time: when, TimeFrom: TimeExact, VendorID: fmt.Sprintf("A3NS#%d#A1RA#G0BENCH", when.UnixMilli()),
			Aliases: []string{fmt.Sprintf("A1RA:1.0/%d/TNIH", i)}, Transcript: "alexa", Reply: "ok", Unintended: random.IntN(20) == 0,
		}
		for range 2 + random.IntN(5) {
			rec.Transcript += " " + vocabulary[int(float64(len(vocabulary))*random.Float64()*random.Float64())]
		}
		recs[i] = rec
	}
	return recs
}

func BenchmarkImport(b *testing.B) {
	recs := synthetic(benchmarkSize(b))
	for b.Loop() {
		importAll(b, open(b), recs...)
	}
	b.ReportMetric(float64(len(recs)*b.N)/b.Elapsed().Seconds(), "recordings/s")
}

func BenchmarkQueries(b *testing.B) {
	db := open(b)
	importAll(b, db, synthetic(benchmarkSize(b))...)
	for _, query := range []string{"", "device:kitchen", "is:unintended", "alexa", "a", "alexa b", "on:2015-03-01", "alexa -device:kitchen"} {
		q := mustParse(b, query)
		b.Run("page/"+query, func(b *testing.B) {
			for b.Loop() {
				if _, err := db.Page(context.Background(), q, 50, 0); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("ids/"+query, func(b *testing.B) {
			for b.Loop() {
				if _, err := db.IDs(context.Background(), q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
