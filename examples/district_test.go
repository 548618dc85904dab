package examples_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"weir/model"
	"weir/scenarios/calibrate"
	"weir/sim"
)

// Another district is the same model file beside other evidence. This one is made up: half the
// births, the students and the school buildings of St. Louis, and families who choose and leave
// otherwise. Counted as the state counts, and fitted from the constants of St. Louis, it gives its
// own back. It is a test of the way to another city, and says nothing about one.
func TestAnotherDistrictIsOtherEvidence(t *testing.T) {
	truth := map[string]float64{"capture_reference": 0.55, "leaving_level": 1.2, "lean[charter]": -0.4}
	dir := t.TempDir()
	text, err := os.ReadFile(filepath.Join(enrollment, "model.toml"))
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(enrollment, "evidence", "*.csv"))
	if err != nil || len(files) == 0 {
		t.Fatal(err, files)
	}
	if err := os.Mkdir(filepath.Join(dir, "evidence"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		rewrite(t, f, filepath.Join(dir, "evidence", filepath.Base(f)), func(column string, _ int, x float64) float64 {
			switch {
			case column == "births", len(column) == 2 && column != "PK", column == "K", // grades are "01" to "12"
				column == "slps_k12", column == "charter_k12", column == "public_k12_total",
				column == "slps_coded_buildings", column == "charter_coded_buildings":
				return math.Round(x / 2)
			}
			return x
		})
	}
	district := func() *model.Model {
		m, list := model.Parse(filepath.Join(dir, "model.toml"), append(bytes.Clone(text), `
[calibration]
from = 2007
to   = 2021
constants = ["capture_reference", "leaving_level", "lean[charter]"]
[calibration.fit.district]
variable = "district_total"
data     = "recorded_district"
[calibration.fit.charters]
variable = "charter_total"
data     = "recorded_charter"
`...), os.DirFS(dir))
		if list.HasErrors() {
			t.Fatal(list)
		}
		return m
	}
	var counted *sim.Result
	for range 4 { // the charters of 2006 are known by their grades of 2008, which are counts themselves
		counted = forecast(t, district(), truth)
		file := filepath.Join(dir, "evidence", "enrollment_city.csv")
		rewrite(t, file, file, func(column string, year int, x float64) float64 {
			name := map[string]string{"slps_k12": "district_total", "charter_k12": "charter_total"}[column]
			if name == "" || year <= 2006 || year > 2021 {
				return x
			}
			return math.Round(counted.At(name, float64(year)))
		})
	}
	report, err := calibrate.Run(context.Background(), district(), calibrate.Options{Starts: 1, Samples: 64, Seed: 1})
	if err != nil || !report.Converged {
		t.Fatal(err, report)
	}
	for _, c := range report.Constants {
		want := truth[c.Name]
		t.Logf("%s %.4f, true %.4f", c.Name, c.Value, want)
		if math.Abs(c.Value-want) > 0.01*max(1, math.Abs(want)) {
			t.Errorf("%s comes back as %.4f, not %.4f", c.Name, c.Value, want)
		}
	}
	st := run(t, enrollment, nil)
	if half := counted.At("public_total", 2021) / st.At("public_total", 2021); half < 0.3 || half > 0.6 {
		t.Errorf("the district has %.2f of the students of St. Louis", half)
	}
}

// rewrite copies a table with other numbers: one for each cell that holds a number, by its column and
// the year of its row.
func rewrite(t *testing.T, from, into string, other func(column string, year int, x float64) float64) {
	t.Helper()
	text, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	year := slices.Index(rows[0], "school_year_end")
	for _, r := range rows[1:] {
		when := 0
		if year >= 0 {
			when, _ = strconv.Atoi(r[year])
		}
		for i, column := range rows[0] {
			if x, err := strconv.ParseFloat(r[i], 64); err == nil && i != year {
				r[i] = fmt.Sprint(other(column, when, x))
			}
		}
	}
	var out bytes.Buffer
	if err := csv.NewWriter(&out).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(into, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}
