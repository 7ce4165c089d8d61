//go:build !darwin && !windows && !alsa

package player

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"github.com/jfreymuth/pulse/proto"
)

// connect dials the sound server and introduces the program.
//
// The pulse package has a function for it, but there the client has no callback
// yet while it connects, and a server that hangs up at that moment makes it
// call a nil one on its own goroutine: a crash.
func (o *pulseOutput) connect() error {
	conn, err := dialPulse()
	if err != nil {
		return err
	}
	o.conn = conn
	o.client = &proto.Client{Callback: o.event}
	o.client.SetTimeout(pulseTimeout)
	o.client.Open(&watchedConn{Conn: conn, dead: o.dead})
	var auth proto.AuthReply
	err = o.client.Request(&proto.Auth{Version: o.client.Version(), Cookie: pulseCookie()}, &auth)
	if err == nil {
		o.client.SetVersion(auth.Version)
		name := proto.PropList{"application.name": proto.PropListString("unsaid")}
		err = o.client.Request(&proto.SetClientName{Props: name}, &proto.SetClientNameReply{})
	}
	if err != nil {
		return errors.Join(fmt.Errorf("introduce to the sound server: %w", err), conn.Close())
	}
	return nil
}

// event is called on the client's reading goroutine; it must not wait.
func (o *pulseOutput) event(message any) {
	switch message := message.(type) {
	case *proto.Request:
		o.want(message.Length)
	case *proto.PlaybackStreamKilled:
		_ = o.conn.Close() // the server will not ask again; end like a lost connection
	}
}

// watchedConn closes dead when reading ends, for whatever reason. The client
// itself reports an orderly end only, and a killed server leaves none.
type watchedConn struct {
	net.Conn
	dead chan struct{}
	once sync.Once
}

func (c *watchedConn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	if err != nil {
		c.once.Do(func() { close(c.dead) })
	}
	return n, err
}

// dialPulse connects to the first server that answers.
func dialPulse() (net.Conn, error) {
	err := errors.New("no sound server is known: neither PULSE_SERVER nor XDG_RUNTIME_DIR is set")
	for _, server := range pulseServers() {
		network, address, serverErr := parsePulseServer(server)
		if serverErr != nil {
			err = serverErr
			continue
		}
		conn, dialErr := net.DialTimeout(network, address, pulseTimeout)
		if dialErr == nil {
			return conn, nil
		}
		err = fmt.Errorf("connect to the sound server: %w", dialErr)
	}
	return nil, err
}

// pulseServers lists where a server may be, in PulseAudio's server string form.
func pulseServers() []string {
	if named := strings.Fields(os.Getenv("PULSE_SERVER")); len(named) > 0 {
		return named
	}
	var servers []string
	if dir := os.Getenv("PULSE_RUNTIME_PATH"); dir != "" {
		servers = append(servers, filepath.Join(dir, "native"))
	}
	dir := os.Getenv("XDG_RUNTIME_DIR")
	if dir == "" {
		dir = "/run/user/" + strconv.Itoa(os.Getuid())
	}
	return append(servers, filepath.Join(dir, "pulse", "native"))
}

// parsePulseServer reads one server string: an absolute path, unix:PATH or
// tcp:HOST[:PORT], each after an optional {machine}. Only this machine is
// accepted: the program never sends anything over a network, sound included.
func parsePulseServer(server string) (network, address string, err error) {
	if strings.HasPrefix(server, "{") {
		_, server, _ = strings.Cut(server, "}")
	}
	if path := strings.TrimPrefix(server, "unix:"); strings.HasPrefix(path, "/") {
		return "unix", path, nil
	}
	for _, prefix := range []string{"tcp:", "tcp4:", "tcp6:"} {
		rest, ok := strings.CutPrefix(server, prefix)
		if !ok {
			continue
		}
		host, port, err := net.SplitHostPort(rest)
		if err != nil {
			host, port = strings.Trim(rest, "[]"), "4713"
		}
		if host == "localhost" {
			host = "127.0.0.1"
		}
		if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
			return "", "", fmt.Errorf("PULSE_SERVER names %q on a network, which unsaid does not use; name a local server", host)
		}
		return "tcp", net.JoinHostPort(host, port), nil
	}
	return "", "", fmt.Errorf("PULSE_SERVER %q is no server address", server)
}

// pulseCookie reads the secret that a server run by the same user accepts.
// A server that asks for none takes any 256 bytes.
func pulseCookie() []byte {
	home, _ := os.UserHomeDir()
	config, _ := os.UserConfigDir()
	for _, path := range []string{
		os.Getenv("PULSE_COOKIE"),
		filepath.Join(config, "pulse", "cookie"),
		filepath.Join(home, ".pulse-cookie"),
	} {
		if cookie, err := os.ReadFile(path); err == nil && len(cookie) == 256 {
			return cookie
		}
	}
	return make([]byte, 256)
}
