//go:build darwin || windows

package player

// quietly runs open; the sound libraries of these systems print nothing.
func quietly(open func() error) error { return open() }
