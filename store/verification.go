package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
)

// Sighting is a recording under a request that an export was found to have.
type Sighting struct {
	Recording int64
	List      int64
	Matched   Matched
}

// Evidence is all that is known about what became of the recordings under a request at the maker.
type Evidence struct {
	Lists      []ExportList // of all exports, in the order in which they were read
	Sightings  []Sighting
	Lookalikes []Lookalike
	Unintended map[int64]bool // the recordings that were not meant for the assistant
}

// Judgement is what the exports tell about a request: where it stands, and where each of its
// recordings does, "" for what nothing can be said of yet.
type Judgement struct {
	Status   RequestStatus
	Outcomes map[int64]RequestStatus
}

// Verify has every sent request judged by the evidence, and writes the judgements, all in one transaction. judge must
// not use the library.
func (db *DB) Verify(ctx context.Context, judge func(Request, Evidence) Judgement) error {
	err := db.update(ctx, func(tx *sql.Tx) error {
		requests, err := all(ctx, tx, scanRequest, selectRequests+` WHERE q.status <> 'draft' ORDER BY q.id`)
		if err != nil || len(requests) == 0 {
			return err
		}
		lists, err := readLists(ctx, tx)
		if err != nil {
			return err
		}
		for _, r := range requests {
			if err := complete(ctx, tx, &r); err != nil {
				return err
			}
			evidence, err := readEvidence(ctx, tx, r.ID, lists)
			if err != nil {
				return err
			}
			if err := writeJudgement(ctx, tx, r.ID, judge(r, evidence)); err != nil {
				return fmt.Errorf("request %d: %w", r.ID, err)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("verify the requests: %w", err)
	}
	return nil
}

// Evidence returns the evidence about a request.
func (db *DB) Evidence(ctx context.Context, request int64) (Evidence, error) {
	lists, err := readLists(ctx, db.read)
	if err != nil {
		return Evidence{}, fmt.Errorf("read what the exports cover: %w", err)
	}
	evidence, err := readEvidence(ctx, db.read, request, lists)
	if err != nil {
		return Evidence{}, fmt.Errorf("read what exports have of request %d: %w", request, err)
	}
	return evidence, nil
}

func readEvidence(ctx context.Context, from querier, request int64, lists []ExportList) (Evidence, error) {
	e := Evidence{Lists: lists, Unintended: map[int64]bool{}}
	var err error
	if e.Sightings, err = readSightings(ctx, from, request); err != nil {
		return e, err
	}
	if e.Lookalikes, err = readLookalikes(ctx, from, request); err != nil {
		return e, err
	}
	unintended, err := all(ctx, from, scanValue[int64], `SELECT i.recording_id FROM request_items i WHERE i.request_id = ? AND (
		EXISTS (SELECT 1 FROM recordings WHERE id = i.recording_id AND unintended = 1)
		OR EXISTS (SELECT 1 FROM tombstones WHERE id = i.recording_id AND unintended = 1))`, request)
	for _, id := range unintended {
		e.Unintended[id] = true
	}
	return e, err
}

func writeJudgement(ctx context.Context, tx *sql.Tx, request int64, j Judgement) error {
	if _, err := tx.ExecContext(ctx, `UPDATE requests SET status = ?2 WHERE id = ?1 AND status <> ?2`, request, j.Status); err != nil {
		return err
	}
	write, err := tx.PrepareContext(ctx, `UPDATE request_items SET outcome = ?3 WHERE request_id = ?1 AND recording_id = ?2 AND outcome <> ?3`)
	if err != nil {
		return err
	}
	defer write.Close()
	for recording, outcome := range j.Outcomes {
		if _, err := write.ExecContext(ctx, request, recording, outcome); err != nil {
			return err
		}
	}
	return nil
}

func readSightings(ctx context.Context, from querier, request int64) ([]Sighting, error) {
	return all(ctx, from, func(rows *sql.Rows) (Sighting, error) {
		var s Sighting
		return s, rows.Scan(&s.Recording, &s.List, &s.Matched)
	}, `SELECT s.recording_id, s.list_id, s.matched FROM request_items i JOIN sightings s ON s.recording_id = i.recording_id
		WHERE i.request_id = ? ORDER BY s.recording_id, s.list_id`, request)
}

// ExportLists returns the lists of all exports that were imported, in the order in which they
// were read.
func (db *DB) ExportLists(ctx context.Context) ([]ExportList, error) {
	lists, err := readLists(ctx, db.read)
	if err != nil {
		return nil, fmt.Errorf("read what the exports cover: %w", err)
	}
	return lists, nil
}

func readLists(ctx context.Context, from querier) ([]ExportList, error) {
	// An export without a recording has no list, and stands for itself.
	lists, err := all(ctx, from, scanList, `SELECT coalesce(l.id, 0), e.id, e.import_id, e.account_id, e.vendor, e.product, i.started, coalesce((SELECT max(first) FROM (SELECT (SELECT min(o.started) FROM export_files g JOIN imports o ON o.id = g.import_id
			WHERE g.sha256 = f.sha256) AS first FROM export_files f WHERE f.import_id = i.id)), i.started), i.paths, coalesce(l.made, 0), coalesce(l.made_by, ''), coalesce(l.packed, 0),
		e.made_on, coalesce(e.complete, 0), i.state = 'done' AND i.missing = '[]' AND NOT EXISTS (SELECT 1 FROM import_members m WHERE m.import_id = i.id AND m.may_hold = 1)
		FROM exports e JOIN imports i ON i.id = e.import_id LEFT JOIN import_lists l ON l.export_id = e.id WHERE coalesce(l.own, 0) = 0 ORDER BY e.import_id, l.id`)
	if err != nil {
		return nil, err
	}
	byID := make(map[int64]*ExportList, len(lists))
	for i := range lists {
		if lists[i].ID != 0 {
			byID[lists[i].ID] = &lists[i]
		}
	}
	_, err = all(ctx, from, func(rows *sql.Rows) (struct{}, error) {
		var list int64
		var c Coverage
		err := rows.Scan(&list, &c.DeviceID, &c.First, &c.Last, &c.Vendor, &c.Serial, &c.MakerName, &c.Unintended, &c.Known)
		if l := byID[list]; l != nil {
			l.Coverage = append(l.Coverage, c)
		}
		return struct{}{}, err
	}, `SELECT c.list_id, d.id, coalesce(min(nullif(c.first_id, 0)), 0), max(c.last_id), d.vendor, coalesce(d.serial, ''), d.maker_name, max(c.unintended) > 0,
		max(EXISTS (SELECT 1 FROM recordings WHERE id IN (c.first_id, c.last_id) AND (import_id IS NOT l.import_id OR vendor_id IS NOT NULL))
			OR EXISTS (SELECT 1 FROM tombstones WHERE id IN (c.first_id, c.last_id) AND purged <= i.started))
		FROM list_coverage c JOIN import_lists l ON l.id = c.list_id JOIN imports i ON i.id = l.import_id JOIN roots r ON r.id = c.device_id JOIN devices d ON d.id = r.root GROUP BY c.list_id, d.id ORDER BY c.list_id, d.id`)
	return lists, err
}

func scanList(rows *sql.Rows) (ExportList, error) {
	var l ExportList
	var imported, read, made, packed, madeOn int64
	var paths []byte
	if err := rows.Scan(&l.ID, &l.Export, &l.ImportID, &l.Account, &l.Vendor, &l.Product, &imported, &read, &paths, &made, &l.MadeBy, &packed,
		&madeOn, &l.Complete, &l.Whole); err != nil {
		return l, err
	}
	l.MadeOn = fromMillis(madeOn)
	if madeOn > made {
		made, l.MadeBy = madeOn, MadeByUser
	}
	l.Imported, l.Read, l.Made, l.Packed = fromMillis(imported), fromMillis(read), fromMillis(made), fromMillis(packed)
	return l, json.Unmarshal(paths, &l.Paths)
}
