// Package importer reads the voice histories that makers hand out, and adds their recordings to the
// library.
//
// Rules:
//
//   - A source sees one tree of members, whether the input is a folder, a file, an archive, or several
//     parts of one.
//   - A member is recognised by its content; its name is only a hint.
//   - Every member has an outcome: imported, ignored with a reason, or failed with a reason.
//   - An error in one record or member does not stop the others.
//   - An archive is hostile: its names never become paths of the file system, and its declared sizes
//     are not trusted.
//   - Memory use does not grow with the input, except for an index of the members' names.
package importer
