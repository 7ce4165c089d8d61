// Package screen contains the six screens. Each receives [common.Common] and returns as an action what is to happen
// beyond itself; it knows neither the program nor a dialog. A command carries the number of its question, and its
// answer is dropped if a newer question was asked.
package screen
