// Package store keeps the library: one SQLite file with all recordings, their sound, people and
// devices, and all imports, deletions and requests. All SQL of the program is in this package.
//
// Rules:
//
//   - One connection writes and a few others read, so that browsing continues during an import.
//   - Ids are ordered by time (see [MakeID]), so a page of any query is read from an index, without
//     sorting.
//   - A public method changes the file in one transaction, unless its comment says otherwise. After an
//     interruption the library is as it was before or after the change.
//   - A purge leaves no byte of words or sound in the file or beside it.
package store
