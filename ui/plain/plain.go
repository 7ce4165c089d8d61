package plain

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"unsaid/app"
	"unsaid/phrase"
	"unsaid/player"
	"unsaid/store"
	"unsaid/ui/marks"
	"unsaid/ui/text"
)

// Options is what the prompt works with.
type Options struct {
	In         io.Reader
	Out        io.Writer
	Interrupts <-chan os.Signal // ctrl-c; may be nil

	*app.App
	Player    *player.Player
	Open      func(ctx context.Context, path string) error // shows a file or folder with the system's program for it
	OpenSound func(ctx context.Context, data []byte) error // plays a sound with the system's program for it
	Home      string                                       // what ~ means in paths, "" if it is not known
	Sample    bool                                         // the library is a throw-away sample
}

// session is one sitting at the prompt.
type session struct {
	o      Options
	in     *lines
	failed error // of writing; nobody hears what is said after it

	found   listing
	order   store.Sorting
	census  census
	sitting marks.Set
	marked  map[int64]bool  // by the user; marks of recordings that were deleted are not among them
	heard   store.Recording // what was played last, the zero Recording if nothing was
}

// errQuit ends the session.
var errQuit = errors.New("the user quits")

// Run talks with the user until they quit, the input ends, or ctx does.
func Run(ctx context.Context, o Options) error {
	s := &session{o: o, in: newLines(o.In), sitting: marks.NewSet()}
	s.marked = s.sitting.On
	defer s.in.close()
	if err := s.carryOut(ctx, s.greet); err != nil {
		return err
	}
	for ctx.Err() == nil && s.failed == nil {
		s.prompt("> ")
		text, err := s.in.next(ctx, o.Interrupts)
		switch {
		case errors.Is(err, errInterrupted):
			s.say("")
			s.say("quit ends the program, and so does the end of input, ctrl-d.")
			continue
		case errors.Is(err, errTooLong):
			s.fail(err)
			continue
		case errors.Is(err, io.EOF):
			s.say("")
			return s.failed
		case ctx.Err() != nil:
			return s.failed
		case err != nil:
			return fmt.Errorf("read what is typed: %w", err)
		}
		err = s.carryOut(ctx, func(ctx context.Context) error { return s.obey(ctx, text) })
		switch {
		case errors.Is(err, errQuit):
			return s.failed
		case errors.Is(err, errInterrupted) && ctx.Err() == nil:
			s.say("") // the terminal shows ^C on the line
			s.say("Stopped.")
		case err != nil && ctx.Err() == nil:
			s.fail(err)
		}
	}
	return s.failed
}

// carryOut does something that an interrupt stops: then the error wraps errInterrupted, since a stop
// shows as all kinds of errors.
func (s *session) carryOut(ctx context.Context, do func(context.Context) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	done := make(chan struct{})
	defer close(done)
	go func() {
		select {
		case <-s.o.Interrupts:
			stop()
		case <-done:
		}
	}()
	err := do(ctx)
	if err != nil && ctx.Err() != nil {
		return fmt.Errorf("%w: %w", errInterrupted, err)
	}
	return err
}

// say prints a line, cut where it is very long: a transcript can have megabytes.
func (s *session) say(format string, args ...any) {
	s.write(text.Paragraph(fmt.Sprintf(format, args...)) + "\n")
}

// prompt prints what stands before a line that is typed.
func (s *session) prompt(text string) { s.write(text) }

func (s *session) write(text string) {
	if s.failed == nil {
		_, s.failed = io.WriteString(s.o.Out, text)
	}
}

// fail says what went wrong and what can be done about it.
func (s *session) fail(err error) {
	text := phrase.Sentence(err.Error())
	if way := hint(store.RemedyOf(err)); way != "" {
		text += " " + phrase.Closed(way)
	}
	s.say("%s", text)
}

// today is the time now, where the user is.
func (s *session) now() time.Time { return s.o.Now().In(s.o.Zone) }

// today is the local day that it is.
func (s *session) today() store.Day { return store.DayOf(s.o.Now(), s.o.Zone) }
