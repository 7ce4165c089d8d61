package importer

import (
	"io"
	"time"

	"unsaid/store"
)

// Progress says how far an import is.
type Progress struct {
	// Opening is set as long as it is being found out what the input holds. Only Members is
	// known then, and while a part has to be unpacked first the bytes, which are of its packed size.
	Opening bool
	Members int // found so far

	BytesRead  int64 // of the members' unpacked sizes
	BytesTotal int64
	Member     string // the member being read
	Counts     store.ImportCounts
	Elapsed    time.Duration
}

// Rate returns bytes a second, 0 while it is too early to say.
func (p Progress) Rate() float64 {
	if p.Elapsed <= 0 {
		return 0
	}
	return float64(p.BytesRead) / p.Elapsed.Seconds()
}

// minElapsed is how long an import must have run before its rate means anything.
const minElapsed = 2 * time.Second

// ETA returns how long the rest takes at the rate so far, 0 while it is too early to say or
// when nothing is left.
func (p Progress) ETA() time.Duration {
	rate := p.Rate()
	if rate <= 0 || p.BytesRead >= p.BytesTotal || p.Elapsed < minElapsed {
		return 0
	}
	return time.Duration(float64(p.BytesTotal-p.BytesRead) / rate * float64(time.Second))
}

// meter reports how far an import is: first how far it has opened its input, then how far it has read it.
type meter struct {
	Progress
	report  func(Progress) // nil if nobody asks
	started time.Time
}

func newMeter(report func(Progress)) *meter {
	return &meter{Progress: Progress{Opening: true}, report: report, started: time.Now()}
}

// beginReading ends the opening.
func (m *meter) beginReading(members []member) {
	m.Progress, m.started = Progress{}, time.Now()
	for i := range members {
		m.BytesTotal += members[i].size
	}
}

// found counts a member.
func (m *meter) found() {
	m.Members++
	m.tell()
}

func (m *meter) tell() {
	if m.report != nil {
		m.Elapsed = time.Since(m.started)
		m.report(m.Progress)
	}
}

// unpacking returns r, which holds size bytes, and reports how much of it has been read.
func (m *meter) unpacking(r io.Reader, size int64) io.Reader {
	m.BytesTotal += size
	return meteredReader{m, r}
}

type meteredReader struct {
	m *meter
	r io.Reader
}

func (r meteredReader) Read(p []byte) (int, error) {
	n, err := r.r.Read(p)
	r.m.BytesRead += int64(n)
	r.m.tell()
	return n, err
}
