//go:build linux && !alsa

package player

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// spin keeps all cores busy with other processes until the test ends.
func spin(t *testing.T) {
	t.Helper()
	for range 2 * runtime.NumCPU() {
		busy := exec.CommandContext(t.Context(), "sh", "-c", "while :; do :; done")
		if err := busy.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { busy.Process.Kill(); busy.Wait() })
	}
}

// prefer gives the server the priority that it has on a desktop, where that is allowed:
// the one that is starved is this process.
func (s *pulseServer) prefer(t *testing.T) {
	t.Helper()
	threads, err := os.ReadDir(fmt.Sprintf("/proc/%d/task", s.command.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	for _, thread := range threads {
		id, err := strconv.Atoi(thread.Name())
		if err == nil {
			err = syscall.Setpriority(syscall.PRIO_PROCESS, id, -11)
		}
		if err != nil {
			t.Log("the sound server is starved, too:", err)
		}
	}
}

// dropouts counts the stretches of silence within what was heard.
func dropouts(heard []float32) (n int) {
	const gap = 16 // zeros in a row, which the sound of the test has not
	zeros := 0
	for _, x := range heard {
		switch {
		case x == 0:
			zeros++
			continue
		case zeros >= gap:
			n++
		}
		zeros = 0
	}
	return n
}

// With all cores busy, clips are heard without a gap.
func TestPulseIsHeardWholeWhileTheMachineIsBusy(t *testing.T) {
	server := startPulse(t)
	server.prefer(t)
	r := record(t)
	spin(t)
	p := New(DefaultOutput)
	t.Cleanup(func() { p.Close() })
	clip := chordClip(3 * 16_000)
	heardRight(t, func() error {
		mustPlay(t, p, clip)
		if gaps := dropouts(r.hearAll(t)); gaps > 0 {
			return fmt.Errorf("%d gaps", gaps)
		}
		return nil
	})
}

// What the server has ahead is not heard any more once the clip is paused, and the
// position is that of the sound that was.
func TestPulsePauseIsHeardAtOnce(t *testing.T) {
	startPulse(t)
	r := record(t)
	p := New(DefaultOutput)
	t.Cleanup(func() { p.Close() })
	heardRight(t, func() error {
		mustPlay(t, p, chordClip(10*16_000))
		for firstSound(r.heard) > len(r.heard)-sinkRate {
			r.hear(t, sinkRate/100)
		}
		p.Pause()
		at := p.Status().Position
		heard := r.hearAll(t)
		length := time.Duration(len(heard)) * time.Second / sinkRate
		if off := (length - at).Abs(); off > ahead/4 {
			return fmt.Errorf("%v were heard up to %v", length, at)
		}
		return nil
	})
}

// hearAll reads until sound has come and half a second of silence after it, and
// returns the sound with the gaps in it.
func (r *recorder) hearAll(t *testing.T) []float32 {
	t.Helper()
	for {
		heard := r.hear(t, sinkRate/40)
		if last := lastSound(heard); last >= 0 && len(heard)-last > sinkRate/2 {
			r.heard = nil
			return heard[firstSound(heard) : last+1]
		}
		if len(heard) > sinkRate*30 {
			t.Fatal("half a minute without the end of the clip")
		}
	}
}
