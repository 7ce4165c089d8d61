//go:build darwin || windows || (linux && alsa)

package player

import (
	"fmt"
	"sync"
	"time"

	"github.com/gopxl/beep/v2"
	"github.com/gopxl/beep/v2/speaker"
)

const speakerRate = beep.SampleRate(48_000)

// initSpeaker opens the only speaker of the process. Beep can open it only once,
// so after a failure the user has to restart the program.
var initSpeaker = sync.OnceValue(func() error {
	return quietly(func() error {
		if err := speaker.Init(speakerRate, speakerRate.N(latency)); err != nil {
			return err
		}
		// On Linux, Init succeeds even without a device; Suspend does not.
		return speaker.Suspend()
	})
})

// speakerOutput plays through beep/speaker.
type speakerOutput struct{}

func openDevice() (Output, error) {
	if err := initSpeaker(); err != nil {
		return nil, fmt.Errorf("no sound output (connect one and start unsaid again, or export the recording): %w", err)
	}
	return speakerOutput{}, nil
}

func (speakerOutput) Rate() int              { return int(speakerRate) }
func (speakerOutput) Latency() time.Duration { return latency }
func (speakerOutput) Recall() bool           { return false }

func (speakerOutput) Start(fill func([][2]float64) bool, _ func(error)) error {
	speaker.Play(beep.StreamerFunc(func(frames [][2]float64) (int, bool) {
		fill(frames)
		return len(frames), true
	}))
	return speaker.Resume()
}

func (speakerOutput) Close() error {
	speaker.Clear()
	return speaker.Suspend()
}
