//go:build unix

package importer

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

func TestSpecialFilesDoNotBlock(t *testing.T) {
	dir := onDisk(t, files{"in/good.csv": goodTable, "in/sub/x.bin": "\x00"})
	for _, problem := range []error{
		os.Symlink(filepath.Join(dir, "in"), filepath.Join(dir, "in/sub/loop")),
		os.Symlink("gone", filepath.Join(dir, "in/nowhere.csv")),
		syscall.Mkfifo(filepath.Join(dir, "in/pipe.csv"), 0o600),
	} {
		if problem != nil {
			t.Fatal(problem)
		}
	}
	t.Chdir(dir) // the path of a socket must be short
	socket, err := net.Listen("unix", "in/s.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	const none = "ignored: a link or a special file"
	_, account := accountOf(t, Options{Paths: []string{"in"}})
	mustAccount(t, account, map[string]string{
		"good.csv": "imported", "sub/x.bin": "ignored: not a kind", "sub/loop": none, "nowhere.csv": none, "pipe.csv": none, "s.csv": none,
	})
	mustContain(t, openError(t, "in/pipe.csv"), "neither a file nor a folder")
}

// A file that turns into a pipe after it was listed must not be waited for.
func TestFileThatBecomesAPipeFails(t *testing.T) {
	dir := onDisk(t, files{"a.wav": wav(10, 1), "b.wav": wav(10, 2)})
	changed := false
	report, _ := accountOf(t, Options{Paths: []string{dir}, Progress: func(p Progress) {
		if changed || p.Opening {
			return
		}
		changed = true
		if err := os.Remove(filepath.Join(dir, "b.wav")); err != nil {
			t.Error(err)
		}
		if err := syscall.Mkfifo(filepath.Join(dir, "b.wav"), 0o600); err != nil {
			t.Error(err)
		}
	}})
	if report.Added != 1 || len(report.Failed) != 1 {
		t.Errorf("%+v", report)
	}
}

// asNobody runs the test in a process of a user who may do nothing but what everybody may.
func asNobody(t *testing.T) {
	t.Helper()
	const nobody = 65534
	if runtime.GOOS != "linux" {
		t.Skip("no way to run the test as another user is known here")
	}
	test := exec.Command("/proc/self/exe", "-test.v", "-test.run=^"+t.Name()+"$") // whatever folder it lies in
	test.Dir, test.Env = "/", []string{"TMPDIR=/tmp"}
	test.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	if out, err := test.CombinedOutput(); err != nil || !strings.Contains(string(out), "--- PASS: "+t.Name()) {
		t.Fatalf("%v\n%s", err, out)
	}
}

func TestUnreadableFilesFailAlone(t *testing.T) {
	if os.Geteuid() == 0 { // who may read everything
		asNobody(t)
		return
	}
	dir := onDisk(t, files{"good.csv": goodTable, "locked.csv": goodTable, "locked/x.csv": goodTable})
	for _, name := range []string{"locked.csv", "locked"} {
		if err := os.Chmod(filepath.Join(dir, name), 0); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { _ = os.Chmod(filepath.Join(dir, "locked"), 0o700) }) // or it could not be removed
	_, account := accountOf(t, Options{Paths: []string{dir}})
	mustAccount(t, account, map[string]string{"good.csv": "imported", "locked.csv": "failed: ", "locked": "failed: "})
	mustContain(t, account["locked.csv"], "permission denied")
}
