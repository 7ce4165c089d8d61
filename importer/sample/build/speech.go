package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"strings"
)

// espeakRate is the sample rate of eSpeak NG's voices.
const espeakRate = 22050

// pauseLength is the silence between two people, in samples.
const pauseLength = sampleRate / 5

// voices are eSpeak NG's options for each person of the script.
var voices = map[string][]string{
	"Anna":  {"-v", "en-gb+f2", "-p", "50", "-s", "185"},
	"Ben":   {"-v", "en-gb+m3", "-p", "38", "-s", "178"},
	"Lucía": {"-v", "es+f3", "-p", "60", "-s", "190"},
	"Mia":   {"-v", "en-gb+f4", "-p", "95", "-s", "180"},
	"Ruth":  {"-v", "de+f1", "-p", "30", "-s", "168"},
	"Tom":   {"-v", "en-gb+f1", "-p", "85", "-s", "190"},
}

// speak returns the sentences one after the other as samples at sampleRate.
func speak(speech []sentence) ([]int16, error) {
	var sound []int16
	for i, s := range speech {
		spoken, err := espeak(s)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			sound = append(sound, make([]int16, pauseLength)...)
		}
		sound = append(sound, trim(resample(spoken))...)
	}
	for i := range sound {
		sound[i] = shorten(sound[i])
	}
	return sound, nil
}

// espeak returns the sentence as samples at espeakRate.
func espeak(s sentence) ([]int16, error) {
	command := exec.Command("espeak-ng", append(slices.Clone(voices[s.person]), "-z", "-b", "1", "--stdin", "--stdout")...)
	command.Stdin = strings.NewReader(s.text)
	out, err := command.Output()
	if errors.Is(err, exec.ErrNotFound) {
		return nil, fmt.Errorf("%w; install espeak-ng", err)
	}
	if err != nil {
		return nil, fmt.Errorf("espeak-ng: %w", err)
	}
	// The data's length in the header is made up, since eSpeak NG cannot know it
	// when it writes to a pipe; the data goes on to the end.
	const header = 44
	if len(out) <= header || string(out[:4]) != "RIFF" || string(out[36:40]) != "data" ||
		binary.LittleEndian.Uint32(out[24:]) != espeakRate {
		return nil, fmt.Errorf("espeak-ng: output of %d bytes is not the WAV expected", len(out))
	}
	samples := make([]int16, (len(out)-header)/2)
	return samples, binary.Read(bytes.NewReader(out[header:]), binary.LittleEndian, samples)
}
