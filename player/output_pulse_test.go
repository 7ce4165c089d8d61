//go:build linux && !alsa

package player

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// pulseServer is a PulseAudio server for one test, with a sink that can be recorded
// instead of a sound card.
type pulseServer struct {
	address string
	command *exec.Cmd
}

// startPulse starts a server in a temporary folder, sets PULSE_SERVER to it, and
// returns when it accepts connections.
func startPulse(t testing.TB) *pulseServer {
	t.Helper()
	for _, tool := range []string{"pulseaudio", "parec"} {
		if _, err := exec.LookPath(tool); err != nil {
			if os.Getenv("UNSAID_TEST_PULSE") == "1" {
				t.Fatalf("UNSAID_TEST_PULSE=1, but %s is not installed", tool)
			}
			t.Skipf("%s is not installed: playing to a real sound server is NOT tested (apt-get install pulseaudio pulseaudio-utils)", tool)
		}
	}
	home := t.TempDir()
	for _, name := range []string{"HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME"} {
		t.Setenv(name, home)
	}
	socket := filepath.Join(home, "pulse.sock")
	s := &pulseServer{address: "unix:" + socket}
	s.command = exec.Command("pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1",
		"--use-pid-file=no", "--disable-shm=yes", "--realtime=no", "--high-priority=no",
		"-L", "module-native-protocol-unix socket="+socket+" auth-anonymous=1",
		"-L", "module-null-sink sink_name=cap rate=44100 channels=2 format=s16le",
		"-L", "module-always-sink")
	if err := s.command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.kill)
	t.Setenv("PULSE_SERVER", s.address)
	waitFor(t, "the sound server", func() bool {
		conn, err := net.Dial("unix", socket)
		if err == nil {
			conn.Close()
		}
		return err == nil
	})
	return s
}

func (s *pulseServer) kill() {
	s.command.Process.Kill()
	s.command.Wait()
}

// recorder records the left channel of what the sink plays.
type recorder struct {
	out   io.Reader
	stop  func()
	heard []float32
}

// record starts parec and returns when it records.
func record(t testing.TB) *recorder {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	parec := exec.CommandContext(ctx, "parec", "-d", "cap.monitor", "--format=s16le", "--rate=44100",
		"--channels=2", "--raw", "--latency-msec=20")
	out, err := parec.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := parec.Start(); err != nil {
		t.Fatal(err)
	}
	r := &recorder{out: out, stop: func() { cancel(); parec.Wait() }}
	t.Cleanup(r.stop)
	r.hear(t, 1)
	return r
}

// listen records and discards the sound. A sink that is not recorded mixes two
// seconds ahead, and requests the rest of a clip only after they have passed.
func listen(t testing.TB) (stop func()) {
	r := record(t)
	go io.Copy(io.Discard, r.out)
	return r.stop
}

// hear waits for n more recorded frames and returns all frames so far.
func (r *recorder) hear(t testing.TB, n int) []float32 {
	t.Helper()
	more := make([]byte, n*4)
	if _, err := io.ReadFull(r.out, more); err != nil {
		t.Fatalf("record: %v", err)
	}
	for ; len(more) > 0; more = more[4:] {
		r.heard = append(r.heard, float32(int16(binary.LittleEndian.Uint16(more)))/(1<<15))
	}
	return r.heard
}

// hearSound waits for sound and then silence frames of silence, and returns the
// sound.
func (r *recorder) hearSound(t *testing.T, silence int) []float32 {
	t.Helper()
	for {
		heard := r.hear(t, sinkRate/40)
		if last := lastSound(heard); last >= 0 && len(heard)-last > silence {
			r.heard = nil
			return heard[firstSound(heard) : last+1]
		}
		if len(heard) > sinkRate*30 {
			t.Fatal("the clip did not end within half a minute")
		}
	}
}

// hearUntilQuiet returns the sound up to a quarter of a second of silence, without
// the gaps that a busy machine makes when it cannot keep up. No sound is lost in
// these gaps.
func (r *recorder) hearUntilQuiet(t *testing.T) []float32 {
	t.Helper()
	return gapless(r.hearSound(t, sinkRate/4))
}

// gapless removes the gaps of pure silence from what was heard.
func gapless(heard []float32) []float32 {
	const gap = 16 // zeros in a row, which no sound of these tests has
	var sound []float32
	zeros := 0
	for _, x := range heard {
		if x == 0 {
			zeros++
		} else {
			if zeros >= gap {
				sound = sound[:len(sound)-zeros]
			}
			zeros = 0
		}
		sound = append(sound, x)
	}
	return sound
}

func lastSound(heard []float32) int {
	for i := len(heard) - 1; i >= 0; i-- {
		if heard[i] != 0 {
			return i
		}
	}
	return -1
}

func firstSound(heard []float32) int {
	for i, s := range heard {
		if s != 0 {
			return i
		}
	}
	return len(heard)
}

// The tests of playing share a server whose sink is recorded all the time: an idle sink mixes two
// seconds ahead, and the first recorder waits until these have passed.
func TestPulse(t *testing.T) {
	server := startPulse(t)
	listen(t)
	for name, test := range map[string]func(*testing.T, *pulseServer){
		"hears":                            testHears,
		"is heard whole on a busy machine": testHeardWholeWhileBusy,
		"a pause is heard at once":         testPauseIsHeardAtOnce,
		"prints nothing":                   testPrintsNothing,
	} {
		t.Run(name, func(t *testing.T) { test(t, server) })
	}
}

// When the server is killed while a clip plays, the status has an error and the
// clip is paused. It resumes from there once there is a new server.
func TestPulseServerDiesAndReturns(t *testing.T) {
	goroutines := runtime.NumGoroutine()
	server := startPulse(t)
	stop := listen(t)
	p := New(DefaultOutput)
	clip := sweepClip(t, 16000*20, 16000)
	mustPlay(t, p, clip)
	waitFor(t, "sound", func() bool { return p.Status().Position > 100*time.Millisecond })
	server.kill()
	stop()
	if err := p.Wait(t.Context()); !errors.Is(err, errServerGone) {
		t.Errorf("Wait: %v", err)
	}
	s := p.Status()
	if s.State != Paused || !errors.Is(s.Err, errServerGone) {
		t.Errorf("%+v", s)
	}
	p.Resume()
	if err := p.Status().Err; err == nil || !strings.Contains(err.Error(), "no sound output") {
		t.Errorf("Resume without a server: %v", err)
	}
	wantStatus(t, p, Paused, s.Position)

	startPulse(t)
	stop = listen(t)
	p.Resume()
	waitFor(t, "sound again", func() bool { return p.Status().Position > s.Position+100*time.Millisecond })
	if err := p.Status().Err; err != nil {
		t.Error(err)
	}
	p.Close()
	stop()
	waitFor(t, "the end of all goroutines", func() bool { return runtime.NumGoroutine() <= goroutines })
}

// A server that hangs up while the program connects must neither crash nor block
// it.
func TestPulseServerHangsUp(t *testing.T) {
	for _, read := range []int{0, 1, 20, 300} {
		socket := filepath.Join(t.TempDir(), "s")
		listener, err := net.Listen("unix", socket)
		if err != nil {
			t.Fatal(err)
		}
		go func() {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			io.CopyN(io.Discard, conn, int64(read))
			conn.Close()
		}()
		t.Setenv("PULSE_SERVER", socket)
		if out, err := DefaultOutput(); err == nil {
			t.Errorf("after %d bytes: %v", read, out)
		}
		listener.Close()
	}
}

func TestPulseServerNames(t *testing.T) {
	for _, c := range []struct{ server, network, address string }{
		{"/run/user/1000/pulse/native", "unix", "/run/user/1000/pulse/native"},
		{"unix:/tmp/x", "unix", "/tmp/x"},
		{"{0123abcd}unix:/tmp/x", "unix", "/tmp/x"},
		{"tcp:localhost", "tcp", "127.0.0.1:4713"},
		{"tcp:127.0.0.1:99", "tcp", "127.0.0.1:99"},
		{"tcp6:[::1]", "tcp", "[::1]:4713"},
		{"tcp:192.0.2.1", "", ""},
		{"tcp:example.org:4713", "", ""},
		{"{unclosed", "", ""},
		{"unix:relative", "", ""},
		{"", "", ""},
	} {
		network, address, err := parsePulseServer(c.server)
		if network != c.network || address != c.address || (err != nil) != (c.network == "") {
			t.Errorf("%q: %q %q %v", c.server, network, address, err)
		}
	}
}

// Nothing is printed, since the user interface owns the terminal.
func testPrintsNothing(t *testing.T, _ *pulseServer) {
	printed := captureOutput(t, func() {
		p := New(DefaultOutput)
		mustPlay(t, p, sweepClip(t, 8000, 16000))
		if err := p.Wait(t.Context()); err != nil {
			t.Error(err)
		}
		p.Close()
		t.Setenv("PULSE_SERVER", "unix:/nonexistent")
		New(DefaultOutput).Play(sweepClip(t, 100, 16000))
	})
	if printed != "" {
		t.Errorf("printed %q", printed)
	}
}

// captureOutput returns what run prints on standard output and error.
func captureOutput(t *testing.T, run func()) string {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, stderr := os.Stdout, os.Stderr
	os.Stdout, os.Stderr = w, w
	run()
	os.Stdout, os.Stderr = stdout, stderr
	w.Close()
	var printed bytes.Buffer
	if _, err := printed.ReadFrom(r); err != nil {
		t.Fatal(err)
	}
	return printed.String()
}
