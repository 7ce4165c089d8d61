package player

import (
	"bytes"
	"encoding/binary"
	"slices"
	"testing"
)

// Every 16-bit value is preserved, and the file is identical to the original.
func TestWAVIsExactFor16Bit(t *testing.T) {
	var pcm []byte
	for v := -1 << 15; v < 1<<15; v++ {
		pcm = binary.LittleEndian.AppendUint16(pcm, uint16(int16(v)))
	}
	for _, channels := range []uint16{1, 2} {
		file := wav(tagPCM, channels, 22050, 16, pcm)
		if got := mustDecode(t, file).WAV(); !bytes.Equal(got, file) {
			t.Errorf("%d channels: not the file it was decoded from: % x …", channels, got[:44])
		}
	}
}

func TestWAVOfOtherDepths(t *testing.T) {
	clip := mustDecode(t, wav(tagFloat, 1, 48000, 32, quantize(tagFloat, 32, []float32{1, -1, 0.5, 1.5 / (1 << 15), 1e-9, -7})))
	again := mustDecode(t, clip.WAV())
	want := []float32{32767. / 32768, -1, 0.5, 2. / 32768, 0, -1}
	if again.rate != 48000 || !slices.Equal(again.samples, want) {
		t.Errorf("%d Hz, %v; want %v", again.rate, again.samples, want)
	}
}
