package importer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"unsaid/store"
)

// outcomes is the [Sink] between the sources and the store. It keeps one outcome for each member and reports
// progress.
type outcomes struct {
	im *store.Import
	in *Input

	source   string // the source at work; "" between sources
	named    bool   // whether the store knows of the source at work
	imported int    // members that went in
	devices  int    // that were named on their own
	exports  map[string]bool
	failures []store.MemberOutcome
	tables   []store.MemberOutcome // ignored ones that have a remedy
}

// maxFailuresKept is how many failures the error of an import lists.
const maxFailuresKept = 3

func newOutcomes(im *store.Import, in *Input) *outcomes {
	in.meter.beginReading(in.members)
	return &outcomes{im: im, in: in, exports: map[string]bool{}}
}

// run lets every source read the input, then accounts for the members that none of them read.
func (o *outcomes) run(ctx context.Context, sources []Source, failed []store.MemberOutcome) error {
	for _, f := range failed {
		if err := o.Member(ctx, f); err != nil {
			return err
		}
	}
	for _, src := range sources {
		if err := ctx.Err(); err != nil {
			return err
		}
		o.source, o.named = src.Name(), false
		if err := src.Import(ctx, o.in, o); err != nil {
			return fmt.Errorf("%s: %w", src.Name(), err)
		}
	}
	o.source = ""
	for i := range o.in.members {
		m := &o.in.members[i]
		if m.done {
			continue
		}
		if err := o.Member(ctx, o.in.leftOver(m)); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// Device passes a device on.
func (o *outcomes) Device(ctx context.Context, vendor string, d store.IncomingDevice) error {
	o.nameSource()
	o.devices++
	return o.im.Device(ctx, vendor, d)
}

// Add passes a recording on.
func (o *outcomes) Add(ctx context.Context, rec store.Incoming) error {
	o.nameSource()
	rec.Members = slices.DeleteFunc(rec.Members, func(m store.MemberOutcome) bool { return !o.note(m) })
	rec.List, rec.Customer = o.in.listing(&rec), customerOf(&rec)
	if err := o.im.Add(ctx, rec); err != nil {
		return err
	}
	o.tell("")
	return nil
}

// Export passes on that there is an export, once for each product.
func (o *outcomes) Export(ctx context.Context, vendor, product string) error {
	if o.exports[vendor+"/"+product] {
		return nil
	}
	o.exports[vendor+"/"+product] = true
	return o.im.Export(ctx, vendor, product)
}

// Member passes an outcome on. Only the first outcome of a member counts.
func (o *outcomes) Member(ctx context.Context, m store.MemberOutcome) error {
	if !o.note(m) {
		return nil
	}
	if err := o.im.Member(ctx, m); err != nil {
		return err
	}
	o.tell(m.Member)
	return nil
}

// note records an outcome and reports whether it is the first of its member.
func (o *outcomes) note(outcome store.MemberOutcome) bool {
	if m := o.in.member(outcome.Member); m != nil && !outcome.Record {
		if m.done {
			return false
		}
		m.done = true
		o.in.readTo(m, m.size)
	}
	switch {
	case outcome.Outcome == store.MemberImported && !outcome.Record:
		o.imported++
		o.nameSource()
	case outcome.Outcome == store.MemberFailed && len(o.failures) < maxFailuresKept:
		o.failures = append(o.failures, outcome)
	case outcome.Outcome == store.MemberIgnored && outcome.Remedy != "" && len(o.tables) < maxFailuresKept:
		o.tables = append(o.tables, outcome)
	}
	return true
}

// nameSource names the current source to the store once it has read something.
func (o *outcomes) nameSource() {
	if o.source != "" && !o.named {
		o.im.Source(o.source)
		o.named = true
	}
}

// tell reports progress at a member, or at the one being read.
func (o *outcomes) tell(member string) {
	meter := o.in.meter
	meter.Member, meter.Counts = cmp.Or(member, o.in.reading), o.im.Counts()
	meter.tell()
}

// nothing is the error of an import that added nothing: it lists the failures, or else the ignored tables
// that have a remedy.
func (o *outcomes) nothing(paths []string) error {
	what := "import " + strings.Join(paths, ", ")
	members := o.failures
	if len(members) == 0 {
		members = o.tables
	}
	if len(members) == 0 {
		return fmt.Errorf("%s: %w", what, errNothingKnown)
	}
	errs := make([]error, len(members))
	for i, f := range members {
		errs[i] = store.WithRemedy(fmt.Errorf("%s: %s: %s", what, f.Member, f.Reason), f.Remedy)
	}
	return errors.Join(errs...)
}

func imported(member, note string) store.MemberOutcome {
	return store.MemberOutcome{Member: member, Outcome: store.MemberImported, Reason: note}
}

func ignored(member, reason string) store.MemberOutcome {
	return store.MemberOutcome{Member: member, Outcome: store.MemberIgnored, Reason: reason}
}

func failed(member, reason string) store.MemberOutcome {
	return store.MemberOutcome{Member: member, Outcome: store.MemberFailed, Reason: reason}
}

// mendable returns o with a remedy.
func mendable(o store.MemberOutcome, r store.Remedy) store.MemberOutcome {
	o.Remedy = r
	return o
}

func failedRecord(place, reason string) store.MemberOutcome {
	return store.MemberOutcome{Member: place, Outcome: store.MemberFailed, Reason: reason, Record: true}
}

// unreadable accounts for a member that cannot be read to its end, unless the import was cancelled.
func unreadable(ctx context.Context, sink Sink, m *member, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return sink.Member(ctx, failed(m.path, err.Error()))
}
