//go:build race

package player

// raceEnabled reports whether the race detector is at work, which makes everything slow.
const raceEnabled = true
