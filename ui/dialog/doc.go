// Package dialog has what lies over a screen and takes the keys: the help, the palette, the filter menu, the questions
// before a deletion, the import.
//
// The rules it keeps:
//
//   - A dialog is given [common.Common] and what it is about. It knows neither the program nor a screen.
//   - It returns what is to happen as a [common.Action], and changes nothing but itself.
//   - View draws what is known. A command reads or writes, and its message comes back to the dialog ([common.Ask]).
//   - Keys within dialogs stay as they are, whatever the settings say.
package dialog
