package store

import "context"

// readBefore returns the recording that an earlier import read with other columns in place of the entry, nil if there is
// none, or if it is purged.
func (w *writer) readBefore(e *entry) *known {
	if e.before == nil {
		return nil
	}
	k, _ := w.find(e.before)
	if k == nil || k.purged {
		return nil
	}
	return k
}

// correct makes a recording into what an entry says now.
func (w *writer) correct(ctx context.Context, k *known, e *entry) (putOutcome, error) {
	e.found, e.was = k, seen{putAdded, k.sum != nil, k.transcript != ""}
	k.transcript, k.reply, k.kind, k.unintended = e.Transcript, e.Reply, e.Kind, e.Unintended
	w.corrected, w.changed[k] = append(w.corrected, k), true
	if !k.asked && !k.trashed { // a request names the device and the day that it is about
		k.device, k.named, k.naming = e.device.id, e.device.named, w.naming[e.device.id]
		if e.millis != 0 && e.millis != k.id>>idBits {
			if err := w.move(ctx, k, e); err != nil {
				return 0, err
			}
		}
	}
	w.complete(e)
	w.noteClip(k, e, false)
	_, err := w.takeSound(ctx, k, e)
	return putCompleted, err
}

// dropOldKeys drops the keys that have the words of recordings that were corrected.
func (w *writer) dropOldKeys(ctx context.Context) error {
	for _, k := range w.corrected {
		if _, err := w.tx.ExecContext(ctx, `DELETE FROM recording_keys WHERE recording_id = ? AND kind = 0`, k.id); err != nil {
			return err
		}
	}
	w.corrected = nil
	return nil
}
