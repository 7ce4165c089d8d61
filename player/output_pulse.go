//go:build !darwin && !windows && !alsa

package player

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"net"
	"slices"
	"sync/atomic"
	"time"

	"github.com/jfreymuth/pulse/proto"
)

const (
	pulseFrameBytes = 8 // two 32-bit floats
	pulseTimeout    = time.Second
	// leadIn is silence before the first sound of a stream. The server rewinds its
	// mix to start a new stream at once, but a program that records the sink has
	// already read that part and would miss the beginning.
	leadIn = 20 * time.Millisecond
	// ahead is how much sound the server buffers, so that it keeps playing while a
	// busy machine does not run this process. Pausing and the like recall it.
	ahead        = 400 * time.Millisecond
	measureEvery = time.Second
)

var errServerGone = errors.New("the sound server closed the connection; play again to reconnect")

// pulseOutput plays through a PulseAudio or PipeWire server. It uses the protocol
// layer of the pulse package instead of its PlaybackStream, which panics when the
// server dies: it closes channels that it still uses.
type pulseOutput struct {
	conn    net.Conn
	client  *proto.Client
	stream  uint32
	rate    int
	target  time.Duration // how much sound the server buffers for the sink
	latency atomic.Int64  // nanoseconds, as last reported by the server

	wanted atomic.Int64  // bytes that the server requested and has not received
	wake   chan struct{} // holds a token when wanted has grown or a recall is due
	dead   chan struct{} // closed when the connection has ended
	quit   chan struct{} // closed by Close
	done   chan struct{} // closed when feed has returned; nil before Start

	sent [][2]float64 // the last frames sent; used by feed only
}

func openDevice() (Output, error) { return openPulse(ahead) }

// openPulse opens an output that keeps the given amount of sound buffered.
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

// createStream creates a stream at the rate of the default sink, so that sound is
// not resampled twice. The stream stays corked until Start.
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
		BufferMaxLength:       proto.Undefined,
		BufferTargetLength:    o.bytesFor(buffered),
		BufferPrebufferLength: o.bytesFor(latency),
		BufferMinimumRequest:  o.bytesFor(latency / 6),
		Properties:            proto.PropList{"media.name": proto.PropListString("recording")},
	}
	var reply proto.CreatePlaybackStreamReply
	if err := o.client.Request(&request, &reply); err != nil {
		return fmt.Errorf("open a stream at the sound server: %w", err)
	}
	o.stream = reply.StreamIndex
	o.target = time.Duration(reply.BufferTargetLength/pulseFrameBytes) * time.Second / time.Duration(o.rate)
	o.latency.Store(int64(o.target))
	o.want(reply.Missing)
	return nil
}

func (o *pulseOutput) Rate() int              { return o.rate }
func (o *pulseOutput) Latency() time.Duration { return time.Duration(o.latency.Load()) }

func (o *pulseOutput) Recall() bool {
	o.want(0)
	return true
}

func (o *pulseOutput) Start(fill func([][2]float64) bool, lost func(error)) error {
	uncork := proto.CorkPlaybackStream{StreamIndex: o.stream, Corked: false}
	if err := o.client.Request(&uncork, nil); err != nil {
		return fmt.Errorf("start the stream at the sound server: %w", err)
	}
	o.done = make(chan struct{})
	go o.feed(fill, lost)
	return nil
}

// feed answers the server's requests. It also sends silence as samples: a stream
// that runs dry has to refill its buffer before the next sound.
func (o *pulseOutput) feed(fill func([][2]float64) bool, lost func(error)) {
	defer close(o.done)
	frames := make([][2]float64, 1024)
	var measured time.Time
	o.send(0, make([][2]float64, o.framesFor(leadIn)))
	for {
		select {
		case <-o.quit:
			return
		case <-o.dead:
			_ = o.conn.Close() // the server is gone
			lost(errServerGone)
			return
		case <-o.wake:
		}
		if time.Since(measured) > measureEvery {
			_, _ = o.measure() // if the server is gone, dead is closed
			measured = time.Now()
		}
		for first := true; first || o.wanted.Load() >= pulseFrameBytes; first = false {
			n := min(int(max(o.wanted.Load(), 0)/pulseFrameBytes), len(frames))
			if fill(frames[:n]) {
				o.recall()
			}
			if !o.send(0, frames[:n]) {
				break // the connection has ended; dead is closed
			}
		}
	}
}

// measure asks the server for its position in the stream and updates the latency:
// the sink's part of it changes with the other programs that use the sink.
func (o *pulseOutput) measure() (at proto.GetPlaybackLatencyReply, err error) {
	err = o.client.Request(&proto.GetPlaybackLatency{StreamIndex: o.stream}, &at)
	if err == nil {
		o.latency.Store(int64(o.target + time.Duration(at.Latency)*time.Microsecond))
	}
	return at, err
}

// recall replaces the sound that the server has buffered with a fade, except for
// the part that is about to be heard. The next frames sent follow the fade. If the
// server does not answer, all buffered sound is heard.
func (o *pulseOutput) recall() {
	at, err := o.measure()
	if err != nil {
		return
	}
	heard := at.ReadIndex/pulseFrameBytes - int64(o.framesFor(time.Duration(at.Latency)*time.Microsecond))
	left := at.WriteIndex/pulseFrameBytes - heard - int64(o.framesFor(recallAfter))
	back := min(int(max(left, 0)), len(o.sent))
	fade := slices.Clone(o.sent[len(o.sent)-back:])
	fade = fade[:min(back, fadeFrames)]
	for i := range fade {
		gain := 1 - float64(i+1)/float64(len(fade))
		fade[i][0] *= gain
		fade[i][1] *= gain
	}
	o.sent = o.sent[:len(o.sent)-back]
	o.send(back, fade)
}

// send overwrites the last back frames that the server has with frames, and
// appends the rest. It reports whether the connection still works. The pulse
// package cannot write a packet that overlaps the last one, so send writes to the
// connection itself; once the stream exists, only feed does.
func (o *pulseOutput) send(back int, frames [][2]float64) bool {
	if back == 0 && len(frames) == 0 {
		return true
	}
	o.sent = append(o.sent, frames...)
	if most := 2 * o.rate; len(o.sent) > 2*most {
		o.sent = append(o.sent[:0], o.sent[len(o.sent)-most:]...)
	}
	size := len(frames) * pulseFrameBytes
	packet := make([]byte, 0, 20+size)
	packet = binary.BigEndian.AppendUint32(packet, uint32(size))
	packet = binary.BigEndian.AppendUint32(packet, o.stream)
	packet = binary.BigEndian.AppendUint64(packet, uint64(-int64(back*pulseFrameBytes)))
	packet = binary.BigEndian.AppendUint32(packet, 0) // the offset is relative to the end of the sent data
	for _, frame := range frames {
		for _, x := range frame {
			packet = binary.LittleEndian.AppendUint32(packet, math.Float32bits(float32(x)))
		}
	}
	o.wanted.Add(int64((back - len(frames)) * pulseFrameBytes))
	_, err := o.conn.Write(packet)
	return err == nil
}

// framesFor is the number of frames in d.
func (o *pulseOutput) framesFor(d time.Duration) int { return int(d.Seconds() * float64(o.rate)) }

// bytesFor is the size of d in bytes, in whole frames.
func (o *pulseOutput) bytesFor(d time.Duration) uint32 {
	return uint32(o.framesFor(d)) * pulseFrameBytes
}

func (o *pulseOutput) Close() error {
	close(o.quit)
	err := o.conn.Close()
	if o.done != nil {
		<-o.done
	}
	if errors.Is(err, net.ErrClosed) {
		return nil // the output was lost before
	}
	return err
}

// want records that the server requests more bytes, and wakes feed.
func (o *pulseOutput) want(bytes uint32) {
	o.wanted.Add(int64(bytes))
	select {
	case o.wake <- struct{}{}:
	default:
	}
}
