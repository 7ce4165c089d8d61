package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"

	"unsaid/player"
	"unsaid/store"
)

// handOver opens a sound with the system's player: a copy of it, which is removed when the user says
// that it was heard, or interrupts. Only what is audio by its content is handed over, since another
// program would be opened for anything else.
func (a *app) handOver(ctx context.Context, r *store.Recording, data []byte) (err error) {
	switch info, ok := player.Probe(data); {
	case !ok:
		return errors.New("its content is no known audio; export it to look at it")
	case info.Gzipped:
		return errors.New("it is packed with gzip; export it and unpack it")
	}
	dir, err := os.MkdirTemp("", "unsaid-open-") // has mode 0700
	if err != nil {
		return err
	}
	defer func() {
		if left := os.RemoveAll(dir); left != nil { // as on Windows, where it is still open
			err = errors.Join(err, fmt.Errorf("%w; remove it yourself when it was heard", left))
		}
	}()
	path := filepath.Join(dir, "recording"+suffix(data))
	if err := os.WriteFile(path, data, 0o600); err != nil {
		return err
	}
	if err := opener(ctx, path).Run(); err != nil {
		return fmt.Errorf("open it with the system's player: %w; export it instead", err)
	}
	_, err = a.ask(ctx, fmt.Sprintf("opened elsewhere: %s, %s. Press Enter when it was heard; the copy is then removed.",
		a.moment(knownTime(r)), r.Device.Name))
	return err
}

// opener is the system's command that opens a file with the program that is set for its kind.
func opener(ctx context.Context, path string) *exec.Cmd {
	switch runtime.GOOS {
	case "darwin":
		return exec.CommandContext(ctx, "open", path)
	case "windows":
		return exec.CommandContext(ctx, "rundll32", "url.dll,FileProtocolHandler", path)
	}
	return exec.CommandContext(ctx, "xdg-open", path)
}
