// Package text makes text safe to show and fits it into the cells of a terminal. All front ends pass
// text from archives through it.
package text
