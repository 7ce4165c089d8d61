package main

import (
	"fmt"
	"image/color"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// look is the colours of a terminal.
type look struct {
	name                   string
	text, background, edge color.RGBA
}

var (
	dark  = look{"dark", color.RGBA{0xd8, 0xd8, 0xde, 0xff}, color.RGBA{0x16, 0x16, 0x1a, 0xff}, color.RGBA{0x3a, 0x3a, 0x42, 0xff}}
	light = look{"light", color.RGBA{0x26, 0x26, 0x2b, 0xff}, color.RGBA{0xfc, 0xfc, 0xfd, 0xff}, color.RGBA{0xd0, 0xd0, 0xd8, 0xff}}
)

// stage is the program in a terminal, and what is filmed of it. After an error it does nothing more.
type stage struct {
	screen  *vt.SafeEmulator
	keys    *os.File
	command *exec.Cmd
	film    []scene
	final   shot // the screen at the end of the script
	err     error
}

// scene is a screen that is shown for a while.
type scene struct {
	shot shot
	last time.Duration
}

// patience is how long the program may take to show something.
const patience = 20 * time.Second

// open starts the demo of the program in a terminal of that size.
func open(program string, look look, width, height int) (*stage, error) {
	s := &stage{screen: vt.NewSafeEmulator(width, height), command: exec.Command(program, "demo", "--tz", "UTC")}
	s.screen.SetDefaultForegroundColor(look.text)
	s.screen.SetDefaultBackgroundColor(look.background)
	s.command.Env = append(os.Environ(), "TERM=xterm-256color", "COLORTERM=truecolor", "UNSAID_AUDIO=null", "UNSAID_CONFIG="+os.DevNull)
	var err error
	s.keys, err = pty.StartWithSize(s.command, &pty.Winsize{Cols: uint16(width), Rows: uint16(height)})
	if err != nil {
		return nil, fmt.Errorf("start the program: %w", err)
	}
	go func() { _, _ = io.Copy(s.screen, s.keys) }() // both end with the program
	go func() { _, _ = io.Copy(s.keys, s.screen) }() // the terminal's answers
	s.until("60 recordings found")
	return s, s.err
}

func (s *stage) close() {
	_, _ = s.keys.WriteString("\x03")
	_ = s.command.Wait() // it may have ended already
	_ = s.keys.Close()
}

// until waits for a text to be on the screen.
func (s *stage) until(text string) {
	for end := time.Now().Add(patience); s.err == nil; time.Sleep(10 * time.Millisecond) {
		if strings.Contains(s.screen.String(), text) {
			time.Sleep(50 * time.Millisecond) // for the rest of the frame
			return
		}
		if time.Now().After(end) {
			s.err = fmt.Errorf("the screen never showed %q:\n%s", text, s.screen.String())
		}
	}
}

// press presses keys one after the other.
func (s *stage) press(keys ...string) {
	codes := map[string]string{"enter": "\r", "space": " "}
	for _, key := range keys {
		if code, special := codes[key]; special {
			key = code
		}
		if s.err == nil {
			_, s.err = s.keys.WriteString(key)
		}
		time.Sleep(150 * time.Millisecond)
	}
}

// typed films how a text is typed.
func (s *stage) typed(text string) {
	for _, letter := range text {
		s.press(string(letter))
		s.hold(60 * time.Millisecond)
	}
}

// hold shows the screen as it is for that long.
func (s *stage) hold(d time.Duration) {
	time.Sleep(100 * time.Millisecond)
	s.film = append(s.film, scene{s.shot(), d})
}

// watch films what happens without keys.
func (s *stage) watch(d time.Duration) {
	const frame = 200 * time.Millisecond
	for range d / frame {
		time.Sleep(frame - 100*time.Millisecond)
		s.hold(frame)
	}
}
