//go:build linux && alsa

package player

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// The speaker can be opened only once in a process, so each of these tests runs in
// its own process, which prints only the output of the test.
func inProcess(t *testing.T, alsaConfig string, run func(t *testing.T)) {
	t.Helper()
	if os.Getenv("UNSAID_TEST_ALONE") == "1" {
		run(t)
		return
	}
	config := filepath.Join(t.TempDir(), "asound.conf")
	if err := os.WriteFile(config, []byte(alsaConfig), 0o600); err != nil {
		t.Fatal(err)
	}
	alone := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
	alone.Env = append(os.Environ(), "UNSAID_TEST_ALONE=1", "ALSA_CONFIG_PATH="+config)
	printed, err := alone.CombinedOutput()
	if err != nil || string(printed) != "PASS\n" {
		t.Errorf("%v, printed %q", err, printed)
	}
}

func TestALSAWithoutDevice(t *testing.T) {
	inProcess(t, "", func(t *testing.T) {
		p := New(DefaultOutput)
		defer p.Close()
		if err := p.Play(toneClip(300, 16_000, time.Second)); err == nil {
			t.Error("plays without a device")
		}
		if s := p.Status(); s.State != Stopped || s.Err == nil {
			t.Errorf("%+v", s)
		}
	})
}

func TestALSAPlays(t *testing.T) {
	inProcess(t, "pcm.!default { type null }", func(t *testing.T) {
		p := New(DefaultOutput)
		mustPlay(t, p, toneClip(300, 16_000, 300*time.Millisecond))
		if err := p.Wait(t.Context()); err != nil {
			t.Fatal(err)
		}
		wantStatus(t, p, Ended, 300*time.Millisecond)
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
}
