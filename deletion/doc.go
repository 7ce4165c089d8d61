// Package deletion plans what to ask of a maker, writes the files of a request, and judges what an
// export proves about it. [Plan] finds the fewest steps that remove exactly the chosen recordings.
// [Write] writes them into a folder, as a guide for the user and a letter to the maker. [Verify] returns
// a verdict. The package deletes nothing: no maker lets a program do that.
//
// Rules:
//
//   - A step never removes a recording that was not chosen.
//   - A verdict is never better than its proof; see the rules in verify.go.
//   - Planning and judging are pure functions. The package never opens or reads a library; package app does.
//   - Text from an export is hostile. It reaches a file only through [Line], [Cell], a code span, or
//     JSON, and the words of a recording only reach the files that [Words] names.
//   - Files are created in a new folder that only the user can read, and nothing is overwritten.
package deletion
