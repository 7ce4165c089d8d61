//go:build !darwin && !windows && !alsa

package player

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"net"
	"sync/atomic"
	"time"

	"github.com/jfreymuth/pulse/proto"
)

const (
	pulseFrameBytes = 8 // two 32-bit floats
	pulseTimeout    = time.Second
	// leadIn is silence before the first sound of a stream. The server takes back
	// what it has mixed ahead to start a new stream at once, but what records the
	// sink has that part already and would miss the beginning.
	leadIn = 20 * time.Millisecond
)

var errServerGone = errors.New("the sound server closed the connection; play again to reconnect")

// pulseOutput plays through a PulseAudio or PipeWire server. It speaks to the
// server on the protocol level of the pulse package, not through its
// PlaybackStream: that one closes channels under its own feet when the server
// dies, which takes the whole process with it.
type pulseOutput struct {
	conn    net.Conn
	client  *proto.Client
	stream  uint32
	rate    int
	latency time.Duration

	wanted atomic.Int64  // bytes the server asked for and did not get yet
	wake   chan struct{} // holds a token when wanted has grown
	dead   chan struct{} // closed when the connection ended
	quit   chan struct{} // closed by Close
	done   chan struct{} // closed when feed has returned; nil before Start
}

func openDevice() (Output, error) { return openPulse(latency) }

// openPulse opens an output that keeps so much sound buffered.
func openPulse(buffered time.Duration) (Output, error) {
	o := &pulseOutput{
		wake: make(chan struct{}, 1),
		dead: make(chan struct{}),
		quit: make(chan struct{}),
	}
	err := o.connect()
	if err == nil {
		if err = o.createStream(buffered); err != nil {
			err = errors.Join(err, o.conn.Close())
		}
	}
	if err != nil {
		return nil, fmt.Errorf("no sound output (start PulseAudio or PipeWire, or export the recording): %w", err)
	}
	return o, nil
}

// createStream asks for a stream at the rate of the default sink, so that sound
// is not resampled twice; it stays corked until Start.
func (o *pulseOutput) createStream(buffered time.Duration) error {
	o.rate = 48_000
	var sink proto.GetSinkInfoReply
	if err := o.client.Request(&proto.GetSinkInfo{SinkIndex: proto.Undefined}, &sink); err != nil {
		return fmt.Errorf("ask the sound server for its output: %w", err)
	}
	if sink.Rate == 44_100 {
		o.rate = 44_100
	}
	request := proto.CreatePlaybackStream{
		SampleSpec:            proto.SampleSpec{Format: proto.FormatFloat32LE, Channels: 2, Rate: uint32(o.rate)},
		ChannelMap:            proto.ChannelMap{proto.ChannelLeft, proto.ChannelRight},
		ChannelVolumes:        proto.ChannelVolumes{uint32(proto.VolumeNorm), uint32(proto.VolumeNorm)},
		SinkIndex:             proto.Undefined,
		Corked:                true,
		AdjustLatency:         true,
		BufferMaxLength:       proto.Undefined,
		BufferTargetLength:    o.bytesFor(buffered),
		BufferPrebufferLength: proto.Undefined,
		BufferMinimumRequest:  o.bytesFor(latency / 6),
		Properties:            proto.PropList{"media.name": proto.PropListString("recording")},
	}
	var reply proto.CreatePlaybackStreamReply
	if err := o.client.Request(&request, &reply); err != nil {
		return fmt.Errorf("open a stream at the sound server: %w", err)
	}
	o.stream = reply.StreamIndex
	o.latency = time.Duration(reply.BufferTargetLength/pulseFrameBytes)*time.Second/time.Duration(o.rate) +
		time.Duration(reply.SinkLatency)*time.Microsecond
	o.want(reply.Missing)
	return nil
}

func (o *pulseOutput) Rate() int              { return o.rate }
func (o *pulseOutput) Latency() time.Duration { return o.latency }

func (o *pulseOutput) Start(fill func([][2]float64), lost func(error)) error {
	uncork := proto.CorkPlaybackStream{StreamIndex: o.stream, Corked: false}
	if err := o.client.Request(&uncork, nil); err != nil {
		return fmt.Errorf("start the stream at the sound server: %w", err)
	}
	o.done = make(chan struct{})
	go o.feed(fill, lost)
	return nil
}

// feed answers the server's requests. Silence is sent as samples too: a stream
// that is not fed would have to refill its buffer before the next sound.
func (o *pulseOutput) feed(fill func([][2]float64), lost func(error)) {
	defer close(o.done)
	frames := make([][2]float64, 1024)
	packet := make([]byte, 0, len(frames)*pulseFrameBytes)
	o.send(make([]byte, o.bytesFor(leadIn)))
	for {
		select {
		case <-o.quit:
			return
		case <-o.dead:
			_ = o.conn.Close() // it is gone
			lost(errServerGone)
			return
		case <-o.wake:
		}
		for o.wanted.Load() >= pulseFrameBytes {
			n := min(int(o.wanted.Load()/pulseFrameBytes), len(frames))
			fill(frames[:n])
			packet = packet[:0]
			for _, frame := range frames[:n] {
				for _, x := range frame {
					packet = binary.LittleEndian.AppendUint32(packet, math.Float32bits(float32(x)))
				}
			}
			if !o.send(packet) {
				break // the connection has ended, which dead tells
			}
		}
	}
}

func (o *pulseOutput) send(packet []byte) bool {
	o.wanted.Add(-int64(len(packet)))
	return o.client.Send(o.stream, packet) == nil
}

// bytesFor is the size of so much sound, in whole frames.
func (o *pulseOutput) bytesFor(d time.Duration) uint32 {
	return uint32(d.Seconds()*float64(o.rate)) * pulseFrameBytes
}

func (o *pulseOutput) Close() error {
	close(o.quit)
	err := o.conn.Close()
	if o.done != nil {
		<-o.done
	}
	if errors.Is(err, net.ErrClosed) {
		return nil // it was lost before
	}
	return err
}

// want notes that the server asks for more.
func (o *pulseOutput) want(bytes uint32) {
	o.wanted.Add(int64(bytes))
	select {
	case o.wake <- struct{}{}:
	default:
	}
}
