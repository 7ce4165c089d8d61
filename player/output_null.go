package player

import "time"

// nullOutput consumes frames in real time and makes no sound.
type nullOutput struct {
	quit, done chan struct{}
}

// nullRate is that of most clips of voice assistants: nobody hears what resampling them would add.
const nullRate = 16_000

func newNullOutput() *nullOutput { return &nullOutput{quit: make(chan struct{})} }

func (o *nullOutput) Rate() int              { return nullRate }
func (o *nullOutput) Latency() time.Duration { return 0 }
func (o *nullOutput) Recall() bool           { return false }

func (o *nullOutput) Start(fill func([][2]float64) bool, _ func(error)) error {
	o.done = make(chan struct{})
	go o.run(fill)
	return nil
}

func (o *nullOutput) run(fill func([][2]float64) bool) {
	defer close(o.done)
	const tick = 10 * time.Millisecond
	frames := make([][2]float64, nullRate/10)
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	start, passed := time.Now(), 0
	for {
		select {
		case <-o.quit:
			return
		case now := <-ticker.C:
			due := int(now.Sub(start).Seconds()*nullRate) - passed
			passed += due
			for due > 0 {
				n := min(due, len(frames))
				fill(frames[:n])
				due -= n
			}
		}
	}
}

func (o *nullOutput) Close() error {
	if o.done == nil {
		return nil
	}
	close(o.quit)
	<-o.done
	return nil
}
