// Package keys is the table of keys and their actions. The screens act on it; the help, the hints, the
// palette and the README are made from it. It knows the names of the screens and nothing else about
// them.
package keys
