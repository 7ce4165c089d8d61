// Package ui is the terminal program: screens and dialogs for the library, drawn with Bubble Tea.
//
// Rules:
//
//   - Update neither blocks nor does input or output; commands do.
//   - A command carries the number of its question. The answer is dropped if a newer question was
//     asked.
//   - Keys act through the table in package keys, and an action says in one place why it is not
//     available.
//   - An error is shown as an error, never as an empty list.
//   - Text from an archive goes through package text before it is drawn.
package ui
