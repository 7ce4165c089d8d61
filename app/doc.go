// Package app contains what a user can do with a library: import, delete, undo, purge, write requests,
// export. The screens, the prompt and the command line call the same functions; they only ask, show
// and report.
//
// Rules:
//
//   - The package decides what happens. Package phrase words it.
//   - It prints nothing and asks nothing. The caller passes everything it needs.
//   - Front ends read pages directly from package store. Changes go through this package.
package app
