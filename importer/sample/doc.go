// Package sample contains a small archive for trying the program: two months of an invented household
// in the layout of Amazon's "Request my data". It is synthetic, as its README.txt says: nobody said any
// of it, and a speech synthesiser made the voices. LICENSE.md names their origin. script.csv is the
// text, and the program in build makes the archive from it.
package sample
