package plain

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"strings"
)

// maxTyped is how long a line can be, in bytes: enough for the paths of every part of an export.
const maxTyped = 1 << 16

var (
	errInterrupted = errors.New("interrupted")
	errTooLong     = errors.New("that line is too long; nothing was done")
)

// typed is a line, or why there is none.
type typed struct {
	text string
	err  error
}

// lines reads what is typed, a line whenever one is wanted and never ahead. Waiting for a line can be
// given up; the line then belongs to whoever wants the next one.
type lines struct {
	want chan struct{}
	got  chan typed
	open bool // whether a line is wanted that has not come
	end  error
}

// newLines begins to read. A read that nothing comes of outlasts close; it ends with the program.
func newLines(r io.Reader) *lines {
	l := &lines{want: make(chan struct{}), got: make(chan typed, 1)}
	go func() {
		in := bufio.NewReaderSize(r, maxTyped)
		for range l.want {
			l.got <- readLine(in)
		}
	}()
	return l
}

func (l *lines) close() { close(l.want) }

// next waits for a line until ctx ends or there is an interrupt. After the end of input it returns
// [io.EOF] each time.
func (l *lines) next(ctx context.Context, interrupts <-chan os.Signal) (string, error) {
	if l.end != nil {
		return "", l.end
	}
	select {
	case line := <-l.coming():
		return l.take(line)
	case <-interrupts:
		return "", errInterrupted
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// coming is where the next line comes; what comes goes to take. It is nil after the end of input.
func (l *lines) coming() <-chan typed {
	if l.end != nil {
		return nil
	}
	if !l.open {
		l.open = true
		l.want <- struct{}{}
	}
	return l.got
}

// take notes that a line has come.
func (l *lines) take(line typed) (string, error) {
	l.open = false
	if line.err != nil && !errors.Is(line.err, errTooLong) {
		l.end = line.err
	}
	return line.text, line.err
}

func readLine(in *bufio.Reader) typed {
	text, err := in.ReadSlice('\n')
	if !errors.Is(err, bufio.ErrBufferFull) {
		if errors.Is(err, io.EOF) && len(text) > 0 {
			err = nil // the last line may have no end
		}
		return typed{strings.ToValidUTF8(strings.TrimSpace(string(text)), ""), err}
	}
	for errors.Is(err, bufio.ErrBufferFull) {
		_, err = in.ReadSlice('\n')
	}
	return typed{err: errTooLong} // an end of input comes again
}

// ask asks a question and returns the line that was typed. The end of input is an error: nothing was
// agreed to.
func (s *session) ask(ctx context.Context, question string) (string, error) {
	s.prompt(question + " ")
	text, err := s.in.next(ctx, nil) // an interrupt ends ctx
	if errors.Is(err, io.EOF) {
		s.say("")
		return "", errors.New("there was no answer; nothing was changed")
	}
	return text, err
}

// agrees asks a question until the answer is yes or no.
func (s *session) agrees(ctx context.Context, question string) (bool, error) {
	for {
		answer, err := s.ask(ctx, question+" yes or no:")
		if err != nil {
			return false, err
		}
		switch strings.ToLower(answer) {
		case "yes", "y":
			return true, nil
		case "no", "n":
			return false, nil
		}
		s.say("Type yes or no.")
	}
}
