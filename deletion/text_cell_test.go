package deletion

import "testing"

func TestCellsAreNoFormulas(t *testing.T) {
	for cell, want := range map[string]string{
		"=1+1": "'=1+1", " =1": "'=1", "+49 30": "'+49 30", "-alarm": "'-alarm", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'=1",
		"＝1": "'＝1", `"=1`: `"'=1`, "a;=1": "a;'=1", "\x00=1": "'=1", "\u200b=1": "'=1",
		"play jazz": "play jazz", "1+1=2": "1+1=2", "": "",
	} {
		if got := Cell(cell); got != want {
			t.Errorf("%q became %q, want %q", cell, got, want)
		}
	}
}
