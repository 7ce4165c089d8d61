package cli_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Where no file may grow as long as a sound is, an export fails, says why, and leaves nothing behind.
func TestExportWithoutRoomLeavesNothing(t *testing.T) {
	ofProcesses(t)
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("no shell to limit the size of files")
	}
	dir, db, out := t.TempDir(), library(t), filepath.Join(t.TempDir(), "deep", "out")
	for i, length := range []int{1000, 60_000} {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%d.wav", i)), []byte(tone(length, 3)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	must(t, db, "import", dir)
	const limited = `ulimit -f 150 && exec unsaid --db "$0" export --out "$1"` // blocks of 512 bytes
	cmd := asProgram(t, exec.CommandContext(t.Context(), "sh", "-c", limited, db, out))
	code, stdout, stderr := output(t, cmd, cmd.Run())
	if code != 1 || stdout != "" || !strings.Contains(stderr, "make room, or choose another folder") {
		t.Errorf("code %d, %s%s", code, stdout, stderr)
	}
	if _, err := os.Stat(filepath.Dir(out)); !os.IsNotExist(err) {
		t.Errorf("the folder is still there: %v", err)
	}
}
