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

// raisePriority gives the server the priority that it has on a desktop, if that is
// allowed, so that only this process is starved.
func (s *pulseServer) raisePriority(t *testing.T) {
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
			t.Log("the sound server is starved as well:", err)
		}
	}
}

// dropouts counts the gaps of silence in what was heard.
func dropouts(heard []float32) (n int) {
	const gap = 16 // zeros in a row, which the test's sound does not contain
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
func testHeardWholeWhileBusy(t *testing.T, server *pulseServer) {
	if raceEnabled {
		t.Skip("how slow the race detector makes it is not what is tested; it is for the run without")
	}
	server.raisePriority(t)
	r := record(t)
	spin(t)
	p := New(DefaultOutput)
	t.Cleanup(func() { p.Close() })
	clip := chordClip(2 * 16_000)
	retryBusy(t, func() error {
		mustPlay(t, p, clip)
		if gaps := dropouts(r.hearSound(t, sinkRate/2)); gaps > 0 {
			return fmt.Errorf("%d gaps", gaps)
		}
		return nil
	})
}

// After a pause, the sound that the server has buffered is not heard, and the
// position is that of the last sound heard.
func testPauseIsHeardAtOnce(t *testing.T, _ *pulseServer) {
	r := record(t)
	p := New(DefaultOutput)
	t.Cleanup(func() { p.Close() })
	retryBusy(t, func() error {
		mustPlay(t, p, chordClip(10*16_000))
		for firstSound(r.heard) > len(r.heard)-sinkRate {
			r.hear(t, sinkRate/100)
		}
		p.Pause()
		at := p.Status().Position
		heard := r.hearSound(t, sinkRate/2)
		length := time.Duration(len(heard)) * time.Second / sinkRate
		if off := (length - at).Abs(); off > ahead/4 {
			return fmt.Errorf("%v were heard up to %v", length, at)
		}
		return nil
	})
}
