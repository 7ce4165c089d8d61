// Package typedpath reads paths as users type them, paste them, or drop files on a terminal.
package typedpath
