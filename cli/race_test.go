//go:build race

package cli_test

// raceEnabled reports whether the race detector is at work, which makes everything slow.
const raceEnabled = true
