package dialog

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"unsaid/app"
	"unsaid/deletion"
	"unsaid/store"
	"unsaid/ui/common"
)

func TestDeletionOfAMillionShowsItsNumber(t *testing.T) {
	part := deletion.DeviceProposal{Selection: store.Selection{IDs: make([]int64, 500_000)}}
	d := Delete{Selection: common.Selection{N: 1_000_000}, proposal: &deletion.Proposal{IDs: make([]int64, 1_000_000), Devices: []deletion.DeviceProposal{part, part}}}
	lines := d.devices(&common.Common{App: &app.App{Zone: time.UTC}}, 52, 5)
	if together := ansi.Strip(lines[len(lines)-1]); !strings.Contains(together, " 1,000,000 ") {
		t.Errorf("%q", together)
	}
}
