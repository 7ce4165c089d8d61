package ui

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"time"

	"unsaid/store"
)

// All recordings in these tests are synthetic: nobody ever said any of it.

// clockTime reads a time of the tests, in UTC.
func clockTime(text string) time.Time {
	when, err := time.Parse(time.DateTime, text)
	if err != nil {
		panic(err)
	}
	return when
}

// said is a recording with a sound of its own.
func said(device, when, words string) store.Incoming {
	rec := silent(device, when, words)
	length := time.Duration(900+100*len(words)) * time.Millisecond
	rec.Audio = &store.IncomingAudio{Data: tone(length, 200+len(words)), Format: "wav", Duration: length, LinkedBy: store.LinkedByName}
	return rec
}

// silent is a recording that came without sound.
func silent(device, when, words string) store.Incoming {
	return store.Incoming{
		Vendor: store.Amazon, Time: clockTime(when), TimeFrom: store.TimeExact, VendorID: "id#" + device + when, Transcript: words,
		Device: store.IncomingDevice{Serial: "G0911W07" + strings.ToUpper(device), Type: "A1RABVCI4QCIKC", Name: device},
		Kind:   "GENERAL",
	}
}

// household is what three devices of an invented household heard in February and March 2025.
func household() []store.Incoming {
	jazz := said("Kitchen", "2025-03-01 18:42:07", "alexa play some jazz")
	jazz.Reply, jazz.Intent, jazz.People = "Here's a station you might like.", "PlayMusicIntent", []store.IncomingPerson{{ID: "p1", Name: "Anna"}}
	unintended := said("Kitchen", "2025-03-01 18:41:55", "and then she said to me")
	unintended.Unintended, unintended.Kind = true, "FALSE_WAKE_WORD"
	typed := silent("Phone", "2025-02-27 07:00:00", "add milk to the list")
	typed.Typed = true
	all := []store.Incoming{
		jazz, unintended, typed,
		said("Kitchen", "2025-03-01 18:20:31", "what time is it"),
		said("Bedroom", "2025-03-01 07:05:00", "good morning"),
		said("Bedroom", "2025-02-28 23:10:00", "good night"),
		silent("Bedroom", "2025-02-28 23:09:00", ""),
		said("Kitchen", "2025-02-28 12:00:00", "jazz again please"),
	}
	for i := range 40 { // an alarm each morning and evening of three weeks before
		when := time.Date(2025, 2, 20, 6, 30, 0, 0, time.UTC).Add(-time.Duration(i) * 12 * time.Hour)
		all = append(all, silent("Bedroom", when.Format(time.DateTime), fmt.Sprintf("alarm number %d", i)))
	}
	return all
}

// tone is a WAV of a sine, 8 kHz mono 16-bit.
func tone(length time.Duration, hertz int) []byte {
	const rate = 8000
	samples := make([]int16, int(length.Seconds()*rate))
	for i := range samples {
		samples[i] = int16(12000 * math.Sin(2*math.Pi*float64(hertz)*float64(i)/rate) * math.Sin(math.Pi*float64(i)/float64(len(samples))))
	}
	var b bytes.Buffer
	for _, part := range []any{
		[]byte("RIFF"), uint32(36 + 2*len(samples)), []byte("WAVEfmt "), uint32(16), uint16(1), uint16(1),
		uint32(rate), uint32(2 * rate), uint16(2), uint16(16), []byte("data"), uint32(2 * len(samples)), samples,
	} {
		if err := binary.Write(&b, binary.LittleEndian, part); err != nil {
			panic(err) // a buffer takes all
		}
	}
	return b.Bytes()
}
