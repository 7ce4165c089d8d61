package store

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"runtime/debug"
	"testing"
)

// memory reads a line of what the kernel knows of this process's memory, in bytes.
func memory(t *testing.T, line string) int {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Skip(err)
	}
	_, rest, _ := bytes.Cut(status, []byte("\n"+line+":"))
	var kilobytes int
	if _, err := fmt.Sscanf(string(rest), "%d", &kilobytes); err != nil {
		t.Skipf("%s: %v", line, err)
	}
	return kilobytes << 10
}

// peak returns by how much the process's memory grew at most while work ran, in bytes.
func peak(t *testing.T, work func() error) int {
	t.Helper()
	debug.FreeOSMemory()
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil { // the peak begins anew
		t.Skip(err)
	}
	before := memory(t, "VmRSS")
	if err := work(); err != nil {
		t.Fatal(err)
	}
	return memory(t, "VmHWM") - before
}

// What changes a whole library in one transaction must not hold the library in memory.
func TestLargeChangesTakeLittleMemory(t *testing.T) {
	ctx, db := context.Background(), open(t)
	importAll(t, db, said("Kitchen", "2025-03-01 18:42:07", "play jazz"), said("Bedroom", "2025-03-01 18:42:08", "play jazz"))
	const n, most = 6000, 20 << 20 // each fills a page
	if _, err := db.write.Exec(`INSERT INTO recordings (id, device_id, unintended, typed, time_from, linked_by, kind, domain, intent, skill, transcript, reply)
		WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ?)
		SELECT (1700000000000 + n * 1000) << 20, 1, 0, 0, 'exact', '', '', '', '', '', '', hex(zeroblob(1800)) FROM n`, n); err != nil {
		t.Fatal(err)
	}
	ids := idsOf(t, db, "device:kitchen")
	order := Order{IDs: ids, Local: true, TimeZone: "UTC", Requests: []DeviceRequest{{1, ids}}}
	for _, one := range []struct {
		what string
		work func() error
	}{
		{"delete", func() error { _, _, err := db.Delete(ctx, order); return err }},
		{"undo", func() error { _, err := db.Undo(ctx, 0, false); return err }},
		{"merge", func() error { _, err := db.MergeDevices(ctx, 1, 2); return err }},
		{"split", func() error { _, err := db.SplitDevice(ctx, 1); return err }},
	} {
		if got := peak(t, one.work); got > most {
			t.Errorf("%s: %d MB for %d recordings", one.what, got>>20, n)
		}
	}
	if got := idsOf(t, db, "device:kitchen"); len(got) != len(ids) {
		t.Errorf("%d of %d recordings are live", len(got), len(ids))
	}
}
