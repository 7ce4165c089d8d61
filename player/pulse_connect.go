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

// connect dials the sound server and registers the program with it.
//
// The pulse package has a function for this, but it sets the client's callback
// only after connecting: a server that hangs up in between makes the client call
// a nil function on its own goroutine, which crashes the program.
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
		return errors.Join(fmt.Errorf("register with the sound server: %w", err), conn.Close())
	}
	return nil
}

// event is called on the client's reading goroutine and must not block.
func (o *pulseOutput) event(message any) {
	switch message := message.(type) {
	case *proto.Request:
		o.want(message.Length)
	case *proto.PlaybackStreamKilled:
		_ = o.conn.Close() // the server requests nothing more: treat it as a lost connection
	}
}

// watchedConn closes dead when reading ends for any reason. The client itself
// reports only an orderly end, which a killed server does not send.
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
	err := errors.New("PULSE_SERVER names no sound server")
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

// pulseServers lists the addresses to try, as PulseAudio server strings.
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

// parsePulseServer parses one server string: an absolute path, unix:PATH or
// tcp:HOST[:PORT], each with an optional {machine} prefix. It accepts only this
// machine: the program sends nothing over a network, not even sound.
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
			return "", "", fmt.Errorf("PULSE_SERVER names the remote host %q, and unsaid does not use the network; name a local server", host)
		}
		return "tcp", net.JoinHostPort(host, port), nil
	}
	return "", "", fmt.Errorf("PULSE_SERVER %q is not a server address", server)
}

// pulseCookie reads the secret that the user's own server accepts. A server
// without authentication accepts any 256 bytes.
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
