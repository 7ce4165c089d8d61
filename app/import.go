package app

import (
	"context"
	"errors"
	"slices"

	"unsaid/deletion"
	"unsaid/importer"
	"unsaid/store"
)

// Imported is what an import did and what it proves.
type Imported struct {
	Report   store.ImportReport
	Verdicts []deletion.Verdict // on the sent requests that this import says something about
}

// Import reads exports into the library and then judges the sent requests by all exports. A cancelled
// import keeps what it read, which is judged as well; the error then is the context's. An import that
// could not begin has a Report whose Finished is the zero Time.
func (a *App) Import(ctx context.Context, o importer.Options) (Imported, error) {
	o.Zone, o.Probe = a.Zone, probe
	report, err := importer.Run(ctx, a.DB, o)
	done := Imported{Report: report}
	if o.DryRun || report.Finished.IsZero() {
		return done, err
	}
	verdicts, unverified := a.Verify(context.WithoutCancel(ctx))
	for _, v := range verdicts {
		if slices.ContainsFunc(v.Exports, func(e deletion.Checked) bool { return e.ImportID == report.ID }) {
			done.Verdicts = append(done.Verdicts, v)
		}
	}
	return done, errors.Join(err, unverified)
}
