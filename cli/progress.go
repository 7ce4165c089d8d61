package cli

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/clipperhouse/displaywidth"

	"unsaid/ui/text"
)

// How often progress is shown: on a terminal, where it is drawn over, and elsewhere, where it stays.
const (
	redrawEvery = 100 * time.Millisecond
	repeatEvery = 10 * time.Second
)

// interruptWidth is that of the ^C which a terminal shows behind the line.
const interruptWidth = 2

// progress shows on standard error how far a long task is.
type progress struct {
	out      io.Writer
	own      func(string) string // as the locale can show it
	terminal bool
	width    int
	now      func() time.Time
	last     time.Time
	drawn    int // width of the line that is drawn
}

func (a *application) newProgress() *progress {
	p := &progress{out: a.Stderr, own: a.own, terminal: isTerminal(a.Stderr), width: terminalWidth(a.Stderr), now: a.Now, last: a.Now()}
	if p.width == 0 { // some terminals do not say
		p.width = 80
	}
	return p
}

// tell shows the line that make returns, unless one was shown a moment ago.
func (p *progress) tell(make func() string) {
	every := repeatEvery
	if p.terminal {
		every = redrawEvery
	}
	now := p.now()
	if now.Sub(p.last) < every {
		return
	}
	p.last = now
	line := text.Line(make())
	if !p.terminal {
		_, _ = fmt.Fprintln(p.out, line) // progress is not worth failing for
		return
	}
	p.draw(displaywidth.TruncateString(line, max(1, p.width-1-interruptWidth), p.own("…")))
}

// draw replaces the line drawn before. It uses blanks, as not every terminal of Windows knows the escape
// sequence that clears a line.
func (p *progress) draw(line string) {
	width := displaywidth.String(line)
	_, _ = fmt.Fprint(p.out, "\r"+line+strings.Repeat(" ", max(0, p.drawn-width))) // as above
	p.drawn = width
}

// done takes the line away.
func (p *progress) done() {
	if p.drawn > 0 {
		p.drawn += interruptWidth
		p.draw("")
		_, _ = fmt.Fprint(p.out, "\r") // as above
	}
}

// bar draws the share that is done.
func (p *progress) bar(done, total int64) string {
	const width = 20
	filled := 0
	if total > 0 {
		filled = int(min(done, total) * width / total)
	}
	return p.own(strings.Repeat("█", filled) + strings.Repeat("░", width-filled))
}
