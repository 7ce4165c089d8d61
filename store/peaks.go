package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Peaks returns the waveform of a sound as [DB.SetPeaks] kept it, nil if it has none yet or the sound
// was purged.
func (db *DB) Peaks(ctx context.Context, audioID int64) ([]byte, error) {
	var peaks []byte
	err := db.read.QueryRowContext(ctx, `SELECT peaks FROM audio_data WHERE audio_id = ?`, audioID).Scan(&peaks)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("read the waveform of a recording: %w", err)
	}
	return peaks, nil
}

// SetPeaks keeps the waveform of a sound, one byte for each part of it, from silence (0) to the
// loudest there can be (255). It is erased with the sound.
func (db *DB) SetPeaks(ctx context.Context, audioID int64, peaks []byte) error {
	if err := db.execute(ctx, `UPDATE audio_data SET peaks = ? WHERE audio_id = ?`, peaks, audioID); err != nil {
		return fmt.Errorf("keep the waveform of a recording: %w", err)
	}
	return nil
}
