package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"

	"unsaid/app"
	"unsaid/player"
)

// opener is the system's command that opens a file or folder with the program that is set for its
// kind. That program gets no terminal, so that it cannot write over the screen.
func opener(ctx context.Context, path string) *exec.Cmd {
	switch runtime.GOOS {
	case "darwin":
		return exec.CommandContext(ctx, "open", path)
	case "windows":
		return exec.CommandContext(ctx, "rundll32", "url.dll,FileProtocolHandler", path)
	}
	return exec.CommandContext(ctx, "xdg-open", path)
}

// openWithSystem shows a file or folder with the program that the system has for it, which outlives
// this one.
func openWithSystem(ctx context.Context, path string) error {
	if err := opener(context.WithoutCancel(ctx), path).Run(); err != nil {
		return fmt.Errorf("open %s with the system's program: %w (open it by hand)", path, err)
	}
	return nil
}

// copyForOthers writes a sound into a folder of its own that nobody else can read, and returns the
// file's path. Only what is audio by its content is written, since another program would be opened
// for anything else.
func copyForOthers(data []byte) (string, error) {
	switch info, ok := player.Probe(data); {
	case !ok:
		return "", errors.New("its content is no known audio; export it to look at it")
	case info.Gzipped:
		return "", errors.New("it is packed with gzip; export it and unpack it")
	}
	dir, err := os.MkdirTemp("", "unsaid-open-") // has mode 0700
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "recording"+app.SoundSuffix(data))
	if err := os.WriteFile(path, data, 0o600); err != nil {
		return "", errors.Join(err, os.RemoveAll(dir))
	}
	return path, nil
}

// removeCopy removes what copyForOthers wrote.
func removeCopy(path string) error {
	if err := os.RemoveAll(filepath.Dir(path)); err != nil { // as on Windows, where it is still open
		return fmt.Errorf("%w; remove it yourself when it was heard", err)
	}
	return nil
}

// openedCopies are copies that were opened with the system's player while the screens ran.
type openedCopies struct {
	mu    sync.Mutex
	paths []string
}

// open opens a copy of a sound with the system's player.
func (o *openedCopies) open(ctx context.Context, data []byte) error {
	path, err := copyForOthers(data)
	if err != nil {
		return err
	}
	o.mu.Lock()
	o.paths = append(o.paths, path)
	o.mu.Unlock()
	return openWithSystem(ctx, path)
}

// remove removes all copies.
func (o *openedCopies) remove() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	var errs []error
	for _, path := range o.paths {
		errs = append(errs, removeCopy(path))
	}
	return errors.Join(errs...)
}
