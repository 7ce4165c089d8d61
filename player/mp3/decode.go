package mp3

// Sound is a decoded stream.
type Sound struct {
	Info
	Data   []float32 // interleaved; full scale is 1, but samples can exceed it
	Silent int       // frames that are invalid or depend on missing frames, except at the start of a cut stream
}

// Decode decodes the frames in data, up to limit samples over all channels. It
// leaves out the samples that the encoder added before and after the sound.
func Decode(data []byte, limit int) (*Sound, error) {
	info, err := Scan(data)
	if err != nil {
		return nil, err
	}
	s := &Sound{Info: info}
	perFrame := info.Samples * info.Channels
	frames := min(info.Frames, limit/perFrame)
	s.Data = make([]float32, 0, frames*perFrame)
	w, d, heard := &walk{data: data}, &decoder{}, false
	for range frames {
		gaps := w.info.Gaps
		frame, _ := w.next()
		if w.info.Gaps > gaps {
			d.reservoir = nil // it is not the data that this frame refers to
		}
		s.Data = s.Data[:len(s.Data)+perFrame]
		if d.frame(frame, s.Data[len(s.Data)-perFrame:]) {
			heard = true
		} else if heard {
			s.Silent++
		}
	}
	from, to := info.span()
	end := min(to*info.Channels, len(s.Data))
	s.Data = s.Data[min(from*info.Channels, end):end]
	return s, nil
}

// decoder is the state that is kept from frame to frame.
type decoder struct {
	channels  [2]channel
	reservoir []byte // main data of earlier frames, where later ones can begin
}

const maxReservoir = 511 // how many bytes before a frame its main data can start

// frame decodes a frame into out. If the frame is invalid or needs main data that
// is missing, it writes silence and returns false.
func (d *decoder) frame(frame []byte, out []float32) bool {
	h, _ := ParseHeader(frame)
	mainStart := h.sideStart() + h.sideSize()
	side, main := readSide(h, frame[h.sideStart():mainStart]), frame[mainStart:]
	begin := len(d.reservoir) - side.mainBegin
	r := &bitReader{data: append(d.reservoir[max(begin, 0):len(d.reservoir):len(d.reservoir)], main...)}
	all := append(d.reservoir, main...)
	d.reservoir = append([]byte(nil), all[max(0, len(all)-maxReservoir):]...)

	sound := begin >= 0
	var scale [2]*scaleFactors
	for n := range h.granules() {
		granules := &side.granules[n]
		var lines [2]*spectrum
		for ch := range h.Channels {
			lines[ch] = &spectrum{}
			if sound {
				lines[ch], scale[ch], sound = granules[ch].lines(h, r, ch, scale[ch])
			}
		}
		if !sound {
			lines = [2]*spectrum{{}, {}}
		} else if h.Channels == 2 && (h.midSide || h.intense) {
			joinStereo(h, &granules[1], lines[0], lines[1], scale[1])
		}
		for ch := range h.Channels {
			g := &granules[ch]
			g.reorder(lines[ch])
			g.reduceAliases(h, lines[ch])
			at := n*granuleLines*h.Channels + ch
			d.channels[ch].synthesize(g, h, lines[ch], func(sample float32) {
				out[at] = sample
				at += h.Channels
			})
		}
	}
	return sound
}

// lines reads one granule of one channel from the main data. It returns false if
// the granule is incomplete or invalid.
func (g *granule) lines(h Header, r *bitReader, ch int, before *scaleFactors) (*spectrum, *scaleFactors, bool) {
	end := r.at + g.bits
	if end > 8*len(r.data) || 2*g.bigPairs > granuleLines {
		return &spectrum{}, nil, false
	}
	var s *scaleFactors
	if h.Version == MPEG1 {
		s = g.readScale(r, before)
	} else {
		s = g.readScale2(r, h.intense && ch == 1)
	}
	if r.at > end {
		return &spectrum{}, nil, false
	}
	q := g.readLines(r, end)
	return g.dequantize(&q, s), s, true
}
