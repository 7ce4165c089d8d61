package importer

import (
	"io"
	"time"

	"unsaid/store"
)

// Progress tells how far an import is.
type Progress struct {
	// Opening is set as long as it is being found out what the input holds. Only Members tells
	// something then, and where a part has to be unpacked first the bytes, which are of its packed size.
	Opening bool
	Members int // found so far

	BytesRead  int64 // of the members' unpacked sizes
	BytesTotal int64
	Member     string // the member being read
	Counts     store.ImportCounts
	Elapsed    time.Duration
}

// Rate returns bytes a second, 0 while it is too early to tell.
func (p Progress) Rate() float64 {
	if p.Elapsed <= 0 {
		return 0
	}
	return float64(p.BytesRead) / p.Elapsed.Seconds()
}

// minElapsed is how long an import must have run before its rate tells anything.
const minElapsed = 2 * time.Second

// ETA returns how long the rest takes at the rate so far, 0 while it is too early to tell or
// when nothing is left.
func (p Progress) ETA() time.Duration {
	rate := p.Rate()
	if rate <= 0 || p.BytesRead >= p.BytesTotal || p.Elapsed < minElapsed {
		return 0
	}
	return time.Duration(float64(p.BytesTotal-p.BytesRead) / rate * float64(time.Second))
}

// opening tells how far the opening of an input is. Nil tells nobody.
type opening struct {
	tell    func(Progress)
	at      Progress
	started time.Time
}

func newOpening(tell func(Progress)) *opening {
	if tell == nil {
		return nil
	}
	return &opening{tell: tell, at: Progress{Opening: true}, started: time.Now()}
}

// found counts a member.
func (o *opening) found() {
	if o == nil {
		return
	}
	o.at.Members++
	o.report()
}

func (o *opening) report() {
	if o == nil {
		return
	}
	o.at.Elapsed = time.Since(o.started)
	o.tell(o.at)
}

// unpacking returns r, which holds size bytes, and tells how much of it has been read.
func (o *opening) unpacking(r io.Reader, size int64) io.Reader {
	if o == nil {
		return r
	}
	o.at.BytesTotal += size
	return openingReader{o, r}
}

type openingReader struct {
	o *opening
	r io.Reader
}

func (r openingReader) Read(p []byte) (int, error) {
	n, err := r.r.Read(p)
	r.o.at.BytesRead += int64(n)
	r.o.report()
	return n, err
}
