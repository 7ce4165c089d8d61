// Command screens makes the pictures of the documentation from the running program, as SVG, each for
// dark and for light pages:
//
//	go run ./docs/screens
//
// It builds the program, opens its sample in a terminal that is a piece of software, presses
// keys and writes down what stands on the screen.
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
			if err := still(program, filepath.Join(folder, picture.name+"-"+look.name+".svg"), look, picture); err != nil {
				return fmt.Errorf("picture %s, %s: %w", picture.name, look.name, err)
			}
		}
	}
	return film(program, filepath.Join(folder, "journey.svg"), dark)
}

// still writes a picture of one screen.
func still(program, path string, look look, p picture) error {
	s, err := open(program, look, 120, 36)
	if err != nil {
		return err
	}
	defer s.close()
	p.play(s)
	if s.err != nil {
		return s.err
	}
	return write(path, s.shot().svg(look))
}

// film writes the main journey as a moving picture.
func film(program, path string, look look) error {
	s, err := open(program, look, 100, 26)
	if err != nil {
		return err
	}
	defer s.close()
	journey(s)
	if s.err != nil {
		return s.err
	}
	return write(path, animated(s.film, look))
}

func write(path, svg string) error {
	if err := os.WriteFile(path, []byte(svg), 0o644); err != nil {
		return err
	}
	fmt.Println(path, len(svg)/1024, "KiB")
	return nil
}
