// Package mp3 decodes MPEG audio Layer III: MPEG 1 and 2 (ISO/IEC 11172-3,
// 13818-3) and the unofficial MPEG 2.5, at all nine sampling rates.
//
// Rules:
//
//   - A stream is hostile input. The package does not panic, and the memory that it
//     allocates is proportional to the frames in the data.
//   - Section and table numbers in comments refer to ISO/IEC 11172-3, or to 13818-3
//     where that is named.
package mp3
