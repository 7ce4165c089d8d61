// Package plain is the program without screens: a prompt that prints and reads lines, for screen
// readers, braille displays and simple terminals. It has the same actions as the screens.
//
// Rules:
//
//   - It prints whole lines, without colours, cursor movement or redrawing. The terminal edits the line
//     that is typed.
//   - Its text is meant to be heard: short sentences, the number first where the user chooses by
//     number, dates in words, nothing that only helps the eye.
//   - It prints nothing while a line is being typed.
//   - Text from an archive goes through session.say, which makes it safe. Prompts contain none.
package plain
