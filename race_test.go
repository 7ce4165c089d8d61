//go:build race

package main_test

// raceEnabled reports whether the race detector is on, which makes everything slow.
const raceEnabled = true
