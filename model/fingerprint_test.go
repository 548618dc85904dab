package model_test

import (
	"strings"
	"testing"

	"weir/model"
)

// reordered is twoShares with its tables in another order.
func reordered(text string) string {
	head, rest, _ := strings.Cut(text, "[stock.students]")
	stock, rest, _ := strings.Cut(rest, "[constant.share]")
	return head + "[constant.share]" + rest + "[stock.students]" + stock
}

// A fingerprint names its version and does not change with the order of the file. One of the first
// version, without a version, is known as such.
func TestFingerprintVersions(t *testing.T) {
	other := reordered(twoShares)
	if other == twoShares {
		t.Fatal("nothing was reordered in", twoShares)
	}
	a, b := fingerprint(twoShares), fingerprint(other)
	if a != b || !strings.HasPrefix(a, "2:") {
		t.Errorf("%s in another order is %s", a, b)
	}
	_, r, _ := withValues(twoShares, fitted("", "pull = 1"))
	for _, row := range []struct {
		fingerprint string
		same, early bool
	}{
		{a, true, false},
		{strings.TrimPrefix(a, "2:"), false, true},
		// The program at 8a408a5, before there were versions, printed this for twoShares.
		{"f6b7eac5d95f4805eab3bb7c3abd447cf86857e890ca5f0f34f1a18e9ee938bf", true, true},
		{"3:" + strings.TrimPrefix(a, "2:"), false, false},
	} {
		if same, early := model.SameModel(row.fingerprint, r, "share", "pull"); same != row.same || early != row.early {
			t.Errorf("%s: the same %v, early %v; want %v, %v", row.fingerprint, same, early, row.same, row.early)
		}
	}
	_, _, list := withValues(twoShares, fitted("00", "pull = 1.5"))
	if len(list) == 0 || !strings.Contains(list[0].Message, "or the version of weir") {
		t.Error(list)
	}
}
