//go:build linux && alsa

package player

/*
#cgo pkg-config: alsa
#include <alsa/asoundlib.h>

static void unsaid_quiet(const char *file, int line, const char *function, int err, const char *fmt, ...) {}
static void unsaid_quiet_alsa(void) { snd_lib_error_set_handler(unsaid_quiet); }
*/
import "C"

import (
	"os"
	"syscall"
)

// quietly runs open and keeps its messages off the terminal. It turns off ALSA's
// own messages for good, and discards what plugins such as JACK write to standard
// error while they look for devices.
func quietly(open func() error) error {
	C.unsaid_quiet_alsa()
	const stderr = 2
	saved, err := syscall.Dup(stderr)
	if err != nil {
		return open()
	}
	defer syscall.Close(saved)
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		return open()
	}
	defer null.Close()
	if syscall.Dup3(int(null.Fd()), stderr, 0) == nil {
		defer syscall.Dup3(saved, stderr, 0)
	}
	return open()
}
