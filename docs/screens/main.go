// Command screens makes the pictures of the documentation from the running program, as SVG, each for
// dark and for light pages:
//
//	go run ./docs/screens
//
// It builds the program, opens its sample in a terminal emulator, presses keys and draws what is on the
// screen.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

func main() {
	if err := paint("docs"); err != nil {
		fmt.Fprintln(os.Stderr, "screens:", err)
		os.Exit(1)
	}
}

// paint writes all pictures into a folder.
func paint(folder string) (err error) {
	work, err := os.MkdirTemp("", "unsaid-screens-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	program := filepath.Join(work, "unsaid")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		return fmt.Errorf("build the program: %w\n%s", err, out)
	}
	for _, look := range []look{dark, light} {
		for _, picture := range pictures() {
			s, err := record(program, look, 120, 36, picture.play)
			if err == nil {
				err = write(filepath.Join(folder, picture.name+"-"+look.name+".svg"), s.final.svg(look))
			}
			if err != nil {
				return fmt.Errorf("picture %s, %s: %w", picture.name, look.name, err)
			}
		}
	}
	s, err := record(program, dark, 100, 26, journey)
	if err != nil {
		return fmt.Errorf("journey: %w", err)
	}
	return write(filepath.Join(folder, "journey.svg"), animated(s.film, dark))
}

// record plays a script in a terminal of that size and returns the stage as it is at the end.
func record(program string, look look, width, height int, play func(*stage)) (*stage, error) {
	s, err := open(program, look, width, height)
	if err != nil {
		return nil, err
	}
	defer s.close()
	play(s)
	s.final = s.shot()
	return s, s.err
}

func write(path, svg string) error {
	if err := os.WriteFile(path, []byte(svg), 0o644); err != nil {
		return err
	}
	fmt.Println(path, len(svg)/1024, "KiB")
	return nil
}
