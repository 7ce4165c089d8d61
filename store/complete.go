package store

import (
	"context"
	"database/sql"
)

// known is what the library has of a recording that comes in again.
type known struct {
	device                                         int64
	audio                                          sql.NullInt64
	sum                                            []byte
	unintended, typed, doubtful                    bool
	vendorID                                       sql.NullString
	kind, domain, intent, skill, transcript, reply string
}

func (w *recordingWriter) readKnown(ctx context.Context, id int64) (known, error) {
	var k known
	err := w.read.QueryRowContext(ctx, id).Scan(&k.device, &k.audio, &k.sum, &k.unintended, &k.typed, &k.doubtful, &k.vendorID,
		&k.kind, &k.domain, &k.intent, &k.skill, &k.transcript, &k.reply)
	return k, err
}

// complete adds to a known recording what the incoming one knows more, and reports whether that
// was anything. What is known is never overwritten.
func (w *recordingWriter) complete(ctx context.Context, id int64, rec *Incoming, device deviceID, sum []byte, keys []key) (bool, error) {
	old, err := w.readKnown(ctx, id)
	if err != nil {
		return false, err
	}
	if err := w.putKeys(ctx, id, keys); err != nil {
		return false, err
	}
	if old.doubtful {
		doubts, err := w.doubts(ctx, rec, device.id, id>>idBits, keys, &claims{})
		if err == nil {
			err = w.sightUnsure(ctx, doubts)
		}
		if err != nil {
			return false, err
		}
	}
	changed, err := w.putPeople(ctx, id, rec)
	if err != nil {
		return false, err
	}
	if old.device != device.id && (rec.Device.Serial != "" || rec.Device.Name != "") {
		moved, err := changes(w.moveDevice.ExecContext(ctx, device.id, id, device.named))
		if err != nil {
			return false, err
		}
		changed = changed || moved
	}

	now := old
	fill := func(field *string, with string) {
		if *field == "" && with != "" {
			*field, changed = with, true
		}
	}
	fill(&now.kind, rec.Kind)
	fill(&now.domain, rec.Domain)
	fill(&now.intent, rec.Intent)
	fill(&now.skill, rec.Skill)
	fill(&now.transcript, rec.Transcript)
	fill(&now.reply, rec.Reply)
	fill(&now.vendorID.String, rec.Identifier())
	if rec.VendorID != "" && rec.VendorID != now.vendorID.String { // the entry's own key comes first
		now.vendorID.String, changed = rec.VendorID, true
	}
	now.vendorID.Valid = now.vendorID.String != ""
	if rec.Unintended && !now.unintended {
		now.unintended, changed = true, true
	}
	if rec.Typed && !now.typed {
		now.typed, changed = true, true
	}
	var linked LinkedBy
	heard := rec.Audio != nil && !old.audio.Valid
	if heard {
		if now.audio, err = w.putAudio(ctx, rec.Audio, sum); err != nil {
			return false, err
		}
		linked, changed = rec.Audio.LinkedBy, true
	}
	if !changed {
		return false, nil
	}
	if _, err := w.update.ExecContext(ctx, now.audio, heard, linked, now.unintended, now.typed, now.vendorID,
		now.kind, now.domain, now.intent, now.skill, now.transcript, now.reply, id); err != nil {
		return false, err
	}
	return true, w.reindex(ctx, id, old, now)
}

// reindex brings the search index from the old words to the new ones.
func (w *recordingWriter) reindex(ctx context.Context, id int64, old, now known) error {
	if old.transcript == now.transcript && old.reply == now.reply {
		return nil
	}
	if !w.owes && old.transcript+old.reply != "" {
		if err := oweRebuild(ctx, w.tx); err != nil {
			return err
		}
		w.owes = true
	}
	if _, err := w.unindex.ExecContext(ctx, id, old.transcript, old.reply); err != nil {
		return err
	}
	_, err := w.index.ExecContext(ctx, id, now.transcript, now.reply)
	return err
}
