// Package player decodes recordings into memory, computes their waveforms and
// plays them on the sound output.
//
// Rules:
//
//   - A recording is hostile input. Decode decodes all of it, within limits and
//     under recover, before any of it reaches the sound output. Playback only reads
//     a slice of samples.
//   - The content decides the format of a recording, never a name or an extension.
//   - The sound output calls back for frames. The callback does not block, does not
//     panic, and allocates a bounded amount of memory.
//   - The package prints nothing and contacts only the local sound server.
package player
