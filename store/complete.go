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
	err := w.tx.QueryRowContext(ctx, `SELECT r.device_id, r.audio_id, a.sha256, r.unintended, r.typed, r.doubtful, r.vendor_id,
		r.kind, r.domain, r.intent, r.skill, r.transcript, r.reply
		FROM recordings r LEFT JOIN audio a ON a.id = r.audio_id WHERE r.id = ?`, id).Scan(&k.device, &k.audio, &k.sum, &k.unintended, &k.typed, &k.doubtful, &k.vendorID,
		&k.kind, &k.domain, &k.intent, &k.skill, &k.transcript, &k.reply)
	return k, err
}

// complete adds to a known recording what the incoming one knows more, and reports whether that
// was anything. What is known is never overwritten.
func (w *recordingWriter) complete(ctx context.Context, id int64, e *entry) (bool, error) {
	old, err := w.readKnown(ctx, id)
	if err != nil {
		return false, err
	}
	if err := w.putKeys(ctx, id, e.keys); err != nil {
		return false, err
	}
	if old.doubtful {
		there := *e
		there.millis = id >> idBits
		doubts, err := w.doubts(ctx, &there, &claims{})
		if err == nil {
			err = w.sightUnsure(ctx, doubts)
		}
		if err != nil {
			return false, err
		}
	}
	changed, err := w.putPeople(ctx, id, e)
	if err != nil {
		return false, err
	}
	if old.device != e.device.id && (e.Device.Serial != "" || e.Device.Name != "") {
		// A request names the device that it is about, so what it asks for stays there.
		moved, err := changes(w.tx.ExecContext(ctx, `UPDATE recordings SET device_id = ?1, named_id = nullif(?3, ?1)
			WHERE id = ?2 AND device_id IN (SELECT id FROM devices WHERE serial IS NULL AND maker_name = '')
			AND NOT EXISTS (SELECT 1 FROM request_items WHERE recording_id = ?2)`, e.device.id, id, e.device.named))
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
	fill(&now.kind, e.Kind)
	fill(&now.domain, e.Domain)
	fill(&now.intent, e.Intent)
	fill(&now.skill, e.Skill)
	fill(&now.transcript, e.Transcript)
	fill(&now.reply, e.Reply)
	fill(&now.vendorID.String, e.Identifier())
	if e.VendorID != "" && e.VendorID != now.vendorID.String { // the entry's own key comes first
		now.vendorID.String, changed = e.VendorID, true
	}
	now.vendorID.Valid = now.vendorID.String != ""
	if e.Unintended && !now.unintended {
		now.unintended, changed = true, true
	}
	if e.Typed && !now.typed {
		now.typed, changed = true, true
	}
	var linked LinkedBy
	heard := e.Audio != nil && !old.audio.Valid
	if heard {
		if now.audio, err = w.putAudio(ctx, e); err != nil {
			return false, err
		}
		linked, changed = e.Audio.LinkedBy, true
	}
	if !changed {
		return false, nil
	}
	if _, err := w.tx.ExecContext(ctx, `UPDATE recordings SET audio_id = ?, linked_by = CASE WHEN ? THEN ? ELSE linked_by END, unintended = ?,
		typed = ?, vendor_id = ?, kind = ?, domain = ?, intent = ?, skill = ?, transcript = ?, reply = ? WHERE id = ?`,
		now.audio, heard, linked, now.unintended, now.typed, now.vendorID,
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
	if !w.indexDirty && old.transcript+old.reply != "" {
		if err := markIndexDirty(ctx, w.tx.Tx); err != nil {
			return err
		}
		w.indexDirty = true
	}
	if _, err := w.tx.ExecContext(ctx, `INSERT INTO words (words, rowid, transcript, reply) VALUES ('delete', ?, ?, ?)`, id, old.transcript, old.reply); err != nil {
		return err
	}
	_, err := w.tx.ExecContext(ctx, `INSERT INTO words (rowid, transcript, reply) VALUES (?, ?, ?)`, id, now.transcript, now.reply)
	return err
}
