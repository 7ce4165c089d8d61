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

// BenchmarkFinding measures what the screens ask beside pages and ids.
func BenchmarkFinding(b *testing.B) {
	ctx, db := context.Background(), open(b)
	importAll(b, db, synthetic(benchmarkSize(b))...)
	for _, text := range []string{
		`INSERT INTO audio (id, sha256, format, bytes, duration_ms) SELECT id, CAST(id AS BLOB), 'wav', 64044, id % 9000 FROM recordings`,
		`UPDATE recordings SET audio_id = id`,
	} {
		if _, err := db.write.Exec(text); err != nil {
			b.Fatal(err)
		}
	}
	for _, text := range []string{"", "alexa b", "hour:7-9"} {
		q := mustParse(b, text)
		for _, by := range []Grouping{ByDay, ByHour, ByDevice, ByPerson, ByKind, BySource} {
			b.Run(fmt.Sprintf("by %s/%s", by, text), func(b *testing.B) {
				for b.Loop() {
					if _, err := db.Groups(ctx, q, by); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
		for name, sort := range map[string]Sorting{"oldest": Oldest, "longest": Longest} {
			q.Sort = sort
			b.Run(name+"/"+text, func(b *testing.B) {
				for b.Loop() {
					if _, err := db.IDs(ctx, q); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
	for _, text := range []string{"is:unintended", "is:typed", "is:requested", "is:still-there", "has:audio", "has:transcript", "has:reply", "no:audio"} {
		q := mustParse(b, text)
		b.Run("count/"+text, func(b *testing.B) {
			for b.Loop() {
				if _, err := db.Count(ctx, q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkTrash measures a deletion, its undo and its purge, and how long a page takes to be read
// meanwhile at most. It is for -benchtime 1x: nothing is purged twice.
func BenchmarkTrash(b *testing.B) {
	db := open(b)
	importAll(b, db, synthetic(benchmarkSize(b))...)
	for _, n := range []int{100, 10_000, 100_000} {
		ids, err := db.IDs(context.Background(), Query{})
		if err != nil {
			b.Fatal(err)
		}
		if n > len(ids) {
			break
		}
		rand.New(rand.NewPCG(3, 4)).Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
		remove := func() error {
			_, _, err := db.Delete(context.Background(), Order{IDs: ids[:n], Local: true})
			return err
		}
		once(b, db, fmt.Sprintf("delete/%d", n), remove)
		once(b, db, fmt.Sprintf("undo/%d", n), func() error {
			_, err := db.Undo(context.Background(), 0, true)
			return err
		})
		once(b, db, fmt.Sprintf("delete-again/%d", n), remove)
		once(b, db, fmt.Sprintf("purge/%d", n), func() error {
			_, err := db.Purge(context.Background(), 0, nil)
			return err
		})
	}
}

// once times work while pages are read, and reports the longest that one took.
func once(b *testing.B, db *DB, name string, work func() error) {
	b.Helper()
	b.Run(name, func(b *testing.B) {
		if b.N > 1 {
			b.Skip("use -benchtime 1x")
		}
		done, longest := make(chan struct{}), make(chan time.Duration)
		go func() {
			var most time.Duration
			for {
				began := time.Now()
				if _, err := db.Page(context.Background(), Query{}, 50, 0); err != nil {
					b.Error(err)
				}
				most = max(most, time.Since(began))
				select {
				case <-done:
					longest <- most
					return
				case <-time.After(20 * time.Millisecond):
				}
			}
		}()
		b.ResetTimer()
		err := work()
		b.StopTimer()
		close(done)
		b.ReportMetric(float64((<-longest).Milliseconds()), "ms-longest-page")
		if err != nil {
			b.Fatal(err)
		}
	})
}
