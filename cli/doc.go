// Package cli is the command line, with one file for each subcommand. A command reads flags, calls the
// packages that do the work, and prints the result.
//
// Rules:
//
//   - Results go to standard output; errors, questions and progress go to standard error.
//   - The exit code is 0 after success, 1 after a failure, 2 after wrong usage, and 3 after a success
//     except for some members or items, which are listed.
//   - Text from an archive never reaches a terminal unchanged: tables and messages are sanitised, JSON
//     is escaped.
//   - A command that deletes asks first, or requires --yes if nobody can be asked.
package cli
