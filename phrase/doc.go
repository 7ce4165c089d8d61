// Package phrase words what the program says: counts, makers, the standing of requests, the results of
// actions. The screens, the prompt and the command line share these texts.
//
// Rules:
//
//   - One thing has one name, on the screen, at the prompt and on the command line.
//   - A text names no key and no command: only a front end knows its own.
//   - The package decides nothing; packages app, deletion and store do.
package phrase
