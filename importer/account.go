package importer

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"unsaid/store"
)

// account is the [Sink] between the sources and the store. It keeps one outcome for each member and reports
// progress.
type account struct {
	im       *store.Import
	in       *Input
	progress func(Progress)
	started  time.Time

	source   string // the source at work; "" between sources
	named    bool   // whether the store knows of the source at work
	imported int    // members that went in
	exports  map[string]bool
	failures []store.MemberOutcome
	tables   []store.MemberOutcome // ignored ones that have a remedy
}

// maxFailuresKept is how many failures the error of an import lists.
const maxFailuresKept = 3

func newAccount(im *store.Import, in *Input, progress func(Progress)) *account {
	return &account{im: im, in: in, progress: progress, started: time.Now(), exports: map[string]bool{}}
}

// run lets every source read the input, then accounts for the members that none of them read.
func (a *account) run(ctx context.Context, sources []Source, failed []store.MemberOutcome) error {
	for _, f := range failed {
		if err := a.Member(ctx, f); err != nil {
			return err
		}
	}
	for _, src := range sources {
		if err := ctx.Err(); err != nil {
			return err
		}
		if !src.Recognize(a.in) {
			continue
		}
		a.source, a.named = src.Name(), false
		if err := src.Import(ctx, a.in, a); err != nil {
			return fmt.Errorf("%s: %w", src.Name(), err)
		}
	}
	a.source = ""
	for i := range a.in.members {
		m := &a.in.members[i]
		if m.accounted {
			continue
		}
		if err := a.Member(ctx, a.in.leftOver(m)); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// Device passes a device on.
func (a *account) Device(ctx context.Context, vendor string, d store.IncomingDevice) error {
	a.nameSource()
	return a.im.Device(ctx, vendor, d)
}

// Add passes a recording on.
func (a *account) Add(ctx context.Context, rec store.Incoming) error {
	a.nameSource()
	rec.Members = slices.DeleteFunc(rec.Members, func(o store.MemberOutcome) bool { return !a.note(o) })
	rec.List, rec.Customer = a.in.listing(&rec), customerOf(&rec)
	if err := a.im.Add(ctx, rec); err != nil {
		return err
	}
	a.tell("")
	return nil
}

// Export passes on that there is an export, once for each product.
func (a *account) Export(ctx context.Context, vendor, product string) error {
	if a.exports[vendor+"/"+product] {
		return nil
	}
	a.exports[vendor+"/"+product] = true
	return a.im.Export(ctx, vendor, product)
}

// Member passes an outcome on. Only the first outcome of a member counts.
func (a *account) Member(ctx context.Context, o store.MemberOutcome) error {
	if !a.note(o) {
		return nil
	}
	if err := a.im.Member(ctx, o); err != nil {
		return err
	}
	a.tell(o.Member)
	return nil
}

// note records an outcome and reports whether it is the first of its member.
func (a *account) note(o store.MemberOutcome) bool {
	if !o.Record {
		if m := a.in.member(o.Member); m != nil {
			if m.accounted {
				return false
			}
			m.accounted = true
			a.in.readTo(m, m.size)
		}
	}
	switch {
	case o.Outcome == store.MemberImported && !o.Record:
		a.imported++
		a.nameSource()
	case o.Outcome == store.MemberFailed && len(a.failures) < maxFailuresKept:
		a.failures = append(a.failures, o)
	case o.Outcome == store.MemberIgnored && o.Remedy != "" && len(a.tables) < maxFailuresKept:
		a.tables = append(a.tables, o)
	}
	return true
}

// nameSource names the current source to the store once it has read something.
func (a *account) nameSource() {
	if a.source != "" && !a.named {
		a.im.Source(a.source)
		a.named = true
	}
}

func (a *account) tell(member string) {
	if a.progress == nil {
		return
	}
	if member == "" {
		member = a.in.reading
	}
	a.progress(Progress{
		BytesRead:  a.in.bytesRead,
		BytesTotal: a.in.bytesTotal,
		Member:     member,
		Counts:     a.im.Counts(),
		Elapsed:    time.Since(a.started),
	})
}

// nothing is the error of an import that added nothing: it lists the failures, or else the ignored tables
// that have a remedy.
func (a *account) nothing(paths []string) error {
	what := "import " + strings.Join(paths, ", ")
	members := a.failures
	if len(members) == 0 {
		members = a.tables
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
