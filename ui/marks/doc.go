// Package marks remembers which recordings are marked while recordings come and go.
package marks
