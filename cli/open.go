package cli

import (
	"context"
	"fmt"
	"os/exec"
	"runtime"
)

// openWithSystem shows a file or folder with the program that the system has for it. That program gets
// no terminal, so that it cannot write over the screen, and outlives this one.
func openWithSystem(ctx context.Context, path string) error {
	opener := []string{"xdg-open"}
	switch runtime.GOOS {
	case "darwin":
		opener = []string{"open"}
	case "windows":
		opener = []string{"rundll32", "url.dll,FileProtocolHandler"}
	}
	err := exec.CommandContext(context.WithoutCancel(ctx), opener[0], append(opener[1:], path)...).Run()
	if err != nil {
		return fmt.Errorf("open %s with the system's program: %w (open it by hand)", path, err)
	}
	return nil
}
